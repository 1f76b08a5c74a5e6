"""再委託先監督記録: what the agreement binds the sub-contractor to, its workers, and how it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import Block, Column, Grid, Item, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import (
    Assignment,
    Check,
    Oath,
    Person,
    Statement,
    Subcontract,
    Subcontractor,
    Training,
)
from app.records.check import CheckKind
from app.records.oath import OathKind
from app.records.ordering import in_order
from app.records.person import Employment
from forms.form import Form
from forms.layout.registers import register_sheet
from forms.parts.about import About
from forms.parts.cells import Cell, always, field
from forms.parts.lasting import planned
from forms.parts.letter import under
from forms.parts.paper import Paper
from forms.parts.texts import NONE, OPEN, day_text, full_width, lines, or_none

_NO_WORKER = "従事者の記録はありません。"
_NO_CHECK = "点検の記録はありません。"
_WORKERS = (
    Column("№", 5, "center"),
    Column("氏名", 26, fit=True),
    Column("従事の期間", 25),
    Column("研修の受講日", 22, "center", fit=True),
    Column("誓約書の署名日", 22, "center", fit=True),
)
_CHECKS = (
    Column("実施日", 15, "center", fit=True),
    Column("実施者", 15, fit=True),
    Column("点検の内容", 25),
    Column("点検項目と結果", 28),
    Column("是正の措置", 17),
)


def _delegations(case: Case) -> tuple[Subcontract, ...]:
    """Every delegation that had begun by the day, or is agreed and will; ended ones included."""
    held = case.facts.of(Subcontract, "contract", case.contract.id)
    return tuple(sorted(held, key=lambda one: (one.tier, one.starts_on, one.id)))


def _agreed(case: Case, one: Subcontract) -> str:
    """The day of the agreement; one that had not come by the day printed is no agreement yet."""
    if one.agreed_on is None or one.agreed_on > case.day:
        return "未締結" if one.agreed_on else "締結の記録なし"
    how = {True: "（書面）", False: "（口頭）", None: "（方式の記録なし）"}[one.agreement_written]
    return f"{wareki(one.agreed_on)}{how}"


def _bound(case: Case, one: Subcontract) -> bool:
    return one.agreed_on is not None and one.agreed_on <= case.day


def _duties(case: Case, one: Subcontract) -> str:
    return or_none("、".join(one.duty_names)) if _bound(case, one) else NONE


def _period(_case: Case, one: Subcontract) -> str:
    ends = f"{wareki(one.ends_on)}まで" if one.ends_on else OPEN
    return f"{wareki(one.starts_on)}から\n{ends}"


def _tier(case: Case, one: Subcontract) -> str:
    parent = case.facts.find(Subcontract, one.parent)
    above = case.facts.find(Subcontractor, parent.subcontractor) if parent else None
    return f"{one.tier}次" + (f"（委託元　{above.name}）" if above else "")


def _staff(case: Case, one: Subcontract) -> list[tuple[Person, list[Assignment]]]:
    """The company's people who were assigned to the contract by the day; whose company is not named, of all.

    A worker of whom nobody wrote down the company counts only where one company alone works.
    """
    companies = {held.subcontractor for held in _delegations(case)}
    found: dict[int, list[Assignment]] = {}
    for assigned in case.facts.of(Assignment, "contract", case.contract.id):
        person = case.facts.find(Person, assigned.person)
        if person is None or person.employment != Employment.SUBCONTRACTOR or assigned.starts_on > case.day:
            continue
        company = person.subcontractor or (one.subcontractor if len(companies) == 1 else None)
        if company == one.subcontractor:
            found.setdefault(person.id, []).append(assigned)
    people = in_order(case.facts.get(Person, number) for number in found)
    return [(person, found[person.id]) for person in people]


def _worked(held: list[Assignment]) -> str:
    ends = ((one, f"{wareki(one.ends_on)}まで" if one.ends_on else "") for one in held)
    return lines(*(f"{wareki(one.starts_on)}から{until}" for one, until in ends))


def _trained(case: Case, person: Person) -> str:
    """The last training for the contract that the worker attended by the day."""
    held = case.facts.covering(Training, case.contract.id)
    days = [on for one in held if (on := one.attended_on(person.id)) is not None and on <= case.day]
    return day_text(max(days, default=None), "記録なし")


def _sworn(case: Case, person: Person) -> str:
    """The last oath for the contract that the worker had signed by the day."""
    days = [
        oath.signed_on
        for oath in case.facts.of(Oath, "person", person.id)
        if oath.kind == OathKind.STARTING
        and case.contract.id in oath.contract_ids
        and oath.signed_on is not None
        and oath.signed_on <= case.day
    ]
    return day_text(max(days, default=None), "記録なし")


def _workers(case: Case, one: Subcontract) -> list[list[str]]:
    return [
        [person.name, _worked(held), _trained(case, person), _sworn(case, person)]
        for person, held in _staff(case, one)
    ]


def _checked(case: Case, one: Subcontract) -> list[list[str]]:
    """The checks of the delegation by the day, by day."""
    held = case.facts.of(Check, "subcontract", one.id)
    done = [check for check in held if check.kind == CheckKind.SUBCONTRACTOR and check.done_on <= case.day]
    return [_check(case, check) for check in sorted(done, key=lambda check: (check.done_on, check.id))]


def _check(case: Case, check: Check) -> list[str]:
    person = case.facts.find(Person, check.checked_by)
    items = (f"{row.item}：{row.result}" + (f"（{row.remark}）" if row.remark else "") for row in check.items)
    return [
        wareki(check.done_on),
        person.name if person else "記録なし",
        or_none(check.subject),
        lines(*items) or "項目の記録なし",
        or_none(check.action),
    ]


def _rows(rows: list[list[str]]) -> str:
    return or_none("\n".join("　".join(" ".join(row).split("\n")) for row in rows))


_PERIOD = Cell("再委託の期間", _period)
_NAME = field(Subcontract, "subcontractor.name", label="再委託先の名称", needed=always)
_WORK = field(Subcontract, "work", needed=always)
_LINES: tuple[tuple[Cell[Subcontract], ...], ...] = (
    (_NAME,),
    (Cell("段階", _tier), _PERIOD),
    (_WORK,),
    (field(Subcontract, "information", label="含まれる情報"),),
    (Cell("再委託契約の締結", _agreed), field(Subcontract, "further", label="さらなる委託")),
    (Cell("契約で負わせた義務", _duties),),
    (field(Subcontract, "instructed", label="発注者の指示の伝達"),),
    (field(Subcontract, "control", label="管理・監督の方法"),),
)


def _facts(paper: Paper[Subcontract]) -> dict[str, Any]:
    told = zip(paper.things, paper.entries, strict=True)
    return {"delegations": [_told(paper.case, one, entry) for one, entry in told]}


def _told(case: Case, one: Subcontract, entry: Mapping[str, str]) -> dict[str, Any]:
    """What is printed of a delegation; what has not begun is marked as such."""
    ahead = planned(one.starts_on, case.day)
    texts = {**entry, _PERIOD.label: entry[_PERIOD.label] + ahead}
    return {
        "grid": [[part for cell in line for part in (cell.label, texts[cell.label])] for line in _LINES],
        "workers": _workers(case, one),
        "checks": _checked(case, one),
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One register: each delegation with its agreement, its workers and its checks."""
    held = statement.facts["delegations"]
    sentence = f"　{under(statement)}再委託先に負わせた義務とその監督の状況は、次のとおりです。"
    blocks: list[Block] = [Text(sentence, align="justify", before=2)]
    for number, one in enumerate(held, 1):
        blocks += _drawn(full_width(number), one)
    return (register_sheet(statement, FORM.title, tuple(blocks)),)


def _drawn(number: str, one: dict[str, Any]) -> tuple[Block, ...]:
    workers = tuple((str(at), *row) for at, row in enumerate(one["workers"], 1))
    checks = tuple(map(tuple, one["checks"]))
    return (
        Item(number, "再委託契約とその内容"),
        Grid(tuple(map(tuple, one["grid"])), size=9.5, label=0.2),
        _head("再委託先の従事者の研修と誓約書"),
        Table(_WORKERS, workers) if workers else Text(_NO_WORKER, size=9, indent=1),
        _head("再委託先の点検"),
        Table(_CHECKS, checks) if checks else Text(_NO_CHECK, size=9, indent=1),
    )


def _head(text: str) -> Text:
    return Text(text, size=9.5, bold=True, before=6, after=2, leads=True)


FORM = Form(
    id="subcontract-supervision",
    title="再委託先監督記録",
    proves=(Each("subcontract-flowdown"),),
    about=About(Subcontract, _delegations),
    entry=(
        *(cell for line in _LINES for cell in line),
        Cell("従事者", lambda case, one: _rows(_workers(case, one))),
        Cell("点検", lambda case, one: _rows(_checked(case, one))),
    ),
    facts=_facts,
    draw=draw,
)
