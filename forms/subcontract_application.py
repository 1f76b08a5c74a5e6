"""再委託承諾申請書: to whom what is delegated and why, with which information, chosen and watched how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.type.wareki import wareki
from app.records import Approval, Location, Person, Subcontract, Subcontractor
from app.records.approval import ApprovalKind
from forms.asking.applications import Application, Part
from forms.asking.consenting import can_be_asked
from forms.parts.cells import Cell, always, field
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import NONE, OPEN, day_text, or_none


def _delegations(case: Case, approval: Approval) -> tuple[Subcontract, ...]:
    """The delegations for which the approval is asked: the facts stand there, and there alone."""
    held = case.facts.of(Subcontract, "approval", approval.id)
    return tuple(sorted(held, key=lambda one: (one.tier, one.starts_on, one.id)))


def _undescribed(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    for one in paper.things:
        if can_be_asked(paper.case, one) and not _delegations(paper.case, one):
            yield (
                0,
                f"{one.number}で承諾を求める再委託が登録されていません。"
                f"再委託を登録し、その「承諾」に{one.number}を選んでください。",
            )


def _asked(paper: Paper[Approval]) -> Iterator[Subcontract]:
    for one in paper.things:
        if can_be_asked(paper.case, one):
            yield from _delegations(paper.case, one)


def _unplaced(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    for one in _asked(paper):
        company = paper.case.facts.find(Subcontractor, one.subcontractor)
        if company is not None and not company.address:
            yield company.id, f"再委託先「{company.name}」の所在地を入力してください。"


def _endless(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    for one in _asked(paper):
        if one.ends_on is None:
            yield one.id, f"再委託「{paper.case.facts.title(one)}」の再委託の終期を入力してください。"


def _unchosen(paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    """What was found when the company was chosen, on a day that has come."""
    for one in _asked(paper):
        name = f"再委託「{paper.case.facts.title(one)}」"
        if not one.selection:
            yield one.id, f"{name}の選定時の確認を入力してください。"
        elif one.selected_on is None:
            yield one.id, f"{name}の選定の確認日を入力してください。"
        elif one.selected_on > paper.case.day:
            yield (
                one.id,
                f"{name}の選定の確認日（{wareki(one.selected_on)}）が、"
                f"書類の日付（{wareki(paper.case.day)}）より後です。どちらかの日付を改めてください。",
            )


def _tier(case: Case, one: Subcontract) -> str:
    parent = case.facts.find(Subcontract, one.parent)
    above = case.facts.find(Subcontractor, parent.subcontractor) if parent else None
    return f"{one.tier}次" + (f"（委託元　{above.name}）" if above else "")


def _address(case: Case, one: Subcontract) -> str:
    company = case.facts.find(Subcontractor, one.subcontractor)
    if company is None or not company.address:
        return NONE
    return f"〒{company.postal_code}　{company.address}" if company.postal_code else company.address


def _period(_case: Case, one: Subcontract) -> str:
    return f"{wareki(one.starts_on)}から{day_text(one.ends_on, OPEN)}まで"


def _place(case: Case, one: Subcontract) -> str:
    place = case.facts.find(Location, one.location)
    return f"{place.name}（{place.address}）" if place else NONE


def _workers(case: Case, one: Subcontract) -> str:
    """How many work there: as stated, else as many as are registered by name."""
    named = len(case.facts.of(Person, "subcontractor", one.subcontractor))
    number = one.workers or named
    return f"{number}人" if number else NONE


def _selection(_case: Case, one: Subcontract) -> str:
    day = f"（確認日　{wareki(one.selected_on)}）" if one.selected_on else ""
    return or_none(f"{one.selection}{day}")


def _needed(name: str, label: str = "") -> Cell[Any]:
    return field(Subcontract, name, label=label, needed=always)


FORM = Application(
    id="subcontract-application",
    title="再委託承諾申請書",
    kinds={ApprovalKind.SUBCONTRACT: "subcontract-approval"},
    act=lambda _approval: "業務の一部を再委託し",
    parts=(
        Part(
            "再委託の内容",
            (
                (
                    _needed("subcontractor.name", "再委託先の名称"),
                    _needed("subcontractor.representative", "代表者"),
                ),
                (Cell("所在地", _address),),
                (
                    Cell("段階", _tier),
                    field(Subcontract, "subcontractor.subsidiary", label="会社法上の子会社"),
                ),
                (_needed("work"),),
                (_needed("information", "再委託する業務に含まれる情報"),),
                (_needed("reason"),),
                (Cell("再委託の期間", _period),),
                (field(Subcontract, "responsible"), Cell("従事者の人数", _workers)),
                (Cell("作業場所", _place),),
                (_needed("control", "管理・監督の方法"),),
                (Cell("選定時の確認", _selection),),
                (_needed("further", "さらなる委託"),),
            ),
            _delegations,
        ),
    ),
    proves=(Each("subcontract-approval"),),
    needs=(
        Asked(Subcontract, "approval", _undescribed),
        Asked(Subcontractor, "address", _unplaced),
        Asked(Subcontract, "ends_on", _endless),
        Asked(Subcontract, "selection", _unchosen),
    ),
).form
