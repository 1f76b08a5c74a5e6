"""監査対応記録: an audit from its notice to the answers: when, by whom, on what, what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import Block, Column, Grid, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Audit, Improvement, Location, Statement
from app.records.audit import Finding
from forms.form import Form
from forms.layout.period import UNRECORDED, falls, since_signing
from forms.layout.registers import register_sheet
from forms.parts.about import About
from forms.parts.cells import Cell, field, options
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import lines

_FINDINGS = (
    Column("№", 6, "center"),
    Column("指摘事項", 31),
    Column("回答", 31),
    Column("回答日", 16, "center", fit=True),
    Column("改善の状況", 16),
)
_UNANSWERED, _NOT_HELD = "未回答", "実施の記録なし"


def _known(case: Case) -> list[Audit]:
    """The audits of the contract announced or held in the period, by day; one without a day is told too."""
    held = case.facts.of(Audit, "contract", case.contract.id)
    found = ((_first(one), one) for one in held)
    return [
        one
        for day, one in sorted(found, key=lambda pair: (pair[0] or date.min, pair[1].id))
        if day is None or falls(case, day)
    ]


def _first(audit: Audit) -> date | None:
    return min((day for day in (audit.announced_on, audit.held_on) if day), default=None)


def _by(case: Case, day: date | None) -> date | None:
    """The day, where it had come on the day printed."""
    return day if day is not None and day <= case.day else None


def _announced(_case: Case, audit: Audit) -> str:
    day = wareki(audit.announced_on) if audit.announced_on else UNRECORDED
    return lines(day, audit.announced_how)


def _accepted(case: Case, audit: Audit) -> str:
    """What was answered; of an audit that was refused at first that as well, with the reason given then."""
    told = case.facts.shown(audit, "accepted") or UNRECORDED
    label = "（先に断った理由）" if audit.accepted else "（理由）"
    return lines(told, f"{label}{audit.refused_why}" if audit.refused_why else "")


def _held(case: Case, audit: Audit) -> str:
    """When it was held; what is only planned is never told as held."""
    if on := _by(case, audit.held_on):
        return wareki(on)
    plan = f"（予定　{wareki(audit.planned_on)}）" if audit.planned_on else ""
    return f"{_NOT_HELD}{plan}"


def _place(case: Case, audit: Audit) -> str:
    location = case.facts.find(Location, audit.location)
    return "　".join(filter(None, (location.name if location else "", audit.place))) or UNRECORDED


def _answer(case: Case, row: Finding) -> tuple[str, str]:
    """The answer and its day; one that has no day by then was not given."""
    on = _by(case, row.answered_on)
    if on is None:
        return (f"{_UNANSWERED}\n（案）{row.answer}" if row.answer else _UNANSWERED), "－"
    return row.answer or f"回答の内容の{UNRECORDED}", wareki(on)


def _findings(case: Case, audit: Audit) -> str:
    told = ("　".join((row.finding, *_answer(case, row))) for row in audit.findings)
    return "／".join(" ".join(text.split("\n")) for text in told) or _no_findings(case, audit)


def _no_findings(case: Case, audit: Audit) -> str:
    return f"指摘の{UNRECORDED}" if _by(case, audit.held_on) else _NOT_HELD


_KIND = field(Audit, "kind")
_NUMBER = field(Audit, "number", label="監査番号")
_ANNOUNCED: Cell[Audit] = Cell("通知", _announced)
_ACCEPTED: Cell[Audit] = Cell("受入れ", _accepted)
_HELD: Cell[Audit] = Cell("実施日", _held)
_PLACE: Cell[Audit] = Cell("実施場所", _place)
_AUDITOR = field(Audit, "auditor", otherwise=UNRECORDED)
_ATTENDED = field(Audit, "attended", otherwise=UNRECORDED)
_MATERIAL = field(Audit, "material", otherwise=UNRECORDED)
_ANSWERS: Cell[Audit] = Cell("指摘と回答", _findings)


def _dateless(paper: Paper[Audit]) -> Any:
    for audit in paper.things:
        if _first(audit) is None:
            yield audit.id, f"監査・調査「{audit.number}」の通知を受けた日又は実施日を入力してください。"


def _facts(paper: Paper[Audit]) -> dict[str, Any]:
    return {"audits": [_told(paper.case, *pair) for pair in zip(paper.things, paper.entries, strict=True)]}


def _told(case: Case, audit: Audit, entry: Mapping[str, str]) -> dict[str, Any]:
    def pair(cell: Cell[Audit]) -> list[str]:
        return [cell.label, entry[cell.label]]

    return {
        "head": [
            [*pair(_KIND), *pair(_HELD)],
            pair(_ANNOUNCED),
            [*pair(_ACCEPTED), *pair(_PLACE)],
            [*pair(_AUDITOR), *pair(_ATTENDED)],
            pair(_MATERIAL),
        ],
        "findings": [
            [str(number), row.finding, *_answer(case, row), _improved(case, audit, number)]
            for number, row in audit.numbered_findings
        ],
        "none": _no_findings(case, audit),
    }


def _improved(case: Case, audit: Audit, number: int) -> str:
    """What improvements made of a finding by the day printed; a due day is not a day on which it was done."""
    only = len(audit.findings) == 1
    found = (
        one
        for one in case.facts.of(Improvement, "audit", audit.id)
        if one.found_on <= case.day and (one.finding_number == number or (only and not one.finding_number))
    )
    return lines(*(_state(case, one) for one in found)) or "－"


def _state(case: Case, one: Improvement) -> str:
    if on := _by(case, one.done_on):
        return f"{wareki(on)}に実施"
    return "未実施" + (f"\n期日\n{wareki(one.due_on)}" if one.due_on else "")


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A sheet for each audit."""
    sheets = (_sheet(statement, audit) for audit in statement.facts["audits"])
    return tuple(replace(sheet, continues=bool(at)) for at, sheet in enumerate(sheets))


def _sheet(statement: Statement, audit: Mapping[str, Any]) -> Sheet:
    rows = tuple(tuple(row) for row in audit["findings"])
    told: Block = Table(_FINDINGS, rows, size=9) if rows else Text(f"　{audit['none']}", size=9.5)
    blocks: tuple[Block, ...] = (
        Grid(tuple(tuple(row) for row in audit["head"]), size=9.5, label=0.18),
        Text("指摘事項と回答", size=10, bold=True, before=6, after=2, leads=True),
        told,
    )
    return register_sheet(statement, FORM.title, blocks)


FORM = Form(
    id="audit-response",
    title="監査対応記録",
    proves=(Each("audit"),),
    about=About(Audit, _known, past=True),
    entry=(
        _NUMBER,
        _KIND,
        _ANNOUNCED,
        _ACCEPTED,
        _HELD,
        _PLACE,
        _AUDITOR,
        _ATTENDED,
        _MATERIAL,
        _ANSWERS,
    ),
    needs=(Asked(Audit, "announced_on", _dateless),),
    facts=_facts,
    choices={cell.label: options(cell) for cell in (_KIND,)},
    draw=draw,
    periodic=True,
    begins=since_signing,
)
