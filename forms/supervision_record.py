"""周知・監督記録: what was made known to workers and how they were supervised, when and by whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import Column, Sheet, Table, Text
from app.records import Assignment, Check, Person, Statement
from app.records.check import CheckKind
from app.records.ordering import in_order
from forms.form import Form
from forms.layout.registers import register_sheet
from forms.parts.about import About
from forms.parts.cells import Cell, always, field
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.texts import lines, or_none

_KINDS = (CheckKind.NOTICE, CheckKind.SUPERVISION)
_NOBODY = "対象の要員の記録なし"
_COLUMNS = (
    Column("№", 3.5, "center"),
    Column("実施日", 12, "center", fit=True, lower="区分"),
    Column("内容", 30),
    Column("周知・監督した事項", 23),
    Column("対象者", 24),
    Column("実施者", 12, fit=True),
    Column("結果・是正の措置", 22),
)


def _made(case: Case) -> tuple[Check, ...]:
    """What was made known or looked at by the day, in the period, by day."""
    first, last = case.within or (case.contract.signed_on, case.day)
    named = bool(case.only)
    found = (
        check
        for check in case.facts.covering(Check, case.contract.id)
        if check.kind in _KINDS and check.done_on <= case.day and (named or first <= check.done_on <= last)
    )
    return tuple(sorted(found, key=lambda check: (check.done_on, check.id)))


def _begins(case: Case) -> date:
    """What is made known before the work starts belongs to it."""
    return min(case.contract.signed_on, case.contract.starts_on)


def _reached(case: Case, check: Check) -> tuple[Person, ...]:
    """Whom it reached: of a check for several contracts, a client is told of its own workers only."""
    ever = {one.person for one in case.facts.of(Assignment, "contract", case.contract.id)}
    shared = len(check.contract_ids) > 1
    held = (case.facts.find(Person, row.person) for row in check.persons if not shared or row.person in ever)
    return tuple(in_order(person for person in held if person))


def _told_to(_case: Case, check: Check) -> bool:
    """What is made known is made known to somebody; a round of the rooms may have met nobody."""
    return check.kind == CheckKind.NOTICE


def _people(case: Case, check: Check) -> str:
    names = [person.name for person in _reached(case, check)]
    return lines("、".join(names), f"（計{len(names)}人）" if len(names) > 1 else "") if names else _NOBODY


def _result(_case: Case, check: Check) -> str:
    told = (f"{row.item}：{row.result}" + (f"（{row.remark}）" if row.remark else "") for row in check.items)
    return or_none(lines(*told, f"是正：{check.action}" if check.action else ""))


_ENTRY: tuple[Cell[Check], ...] = (
    field(Check, "done_on"),
    field(Check, "kind", label="区分"),
    field(Check, "subject", label="内容", needed=always),
    Cell("周知・監督した事項", lambda _case, check: or_none(lines(*check.themes))),
    Cell("対象者", _people),
    field(Check, "checked_by", label="実施者", needed=always),
    Cell("結果・是正の措置", _result),
)


def _facts(paper: Paper[Check]) -> dict[str, Any]:
    return {"rows": [list(entry.values()) for entry in paper.entries]}


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """The record across, a line for each notice and each check."""
    rows = tuple(
        (str(number), (on, kind), *rest)
        for number, (on, kind, *rest) in enumerate(statement.facts["rows"], 1)
    )
    count = Text(f"計{len(rows)}件", size=9, align="right", before=3)
    return (register_sheet(statement, FORM.title, (Table(_COLUMNS, rows, size=8), count), landscape=True),)


FORM = Form(
    id="supervision-record",
    title="周知・監督記録",
    proves=(Each("supervision"),),
    about=About(
        Check,
        _made,
        past=True,
        empty="この契約の周知又は監督の記録が、対象とする期間にありません。点検に登録してください。",
    ),
    entry=_ENTRY,
    needs=(need(Check, "persons", _told_to),),
    facts=_facts,
    draw=draw,
    periodic=True,
    begins=_begins,
)
