"""アクセス記録分析報告書: which days of each system's log were read, how, and what was found and done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Block, Column, Grid, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import AccessReview, Statement, System
from app.records.statement import Within
from forms.denied import REVIEWED
from forms.form import Form
from forms.layout.period import UNRECORDED, touches
from forms.layout.registers import covered
from forms.parts.about import About
from forms.parts.cells import Cell, always, field
from forms.parts.letter import Section, letter_sheet, under
from forms.parts.paper import Paper
from forms.parts.texts import full_width, lines, or_none

_COLUMNS = (
    Column("記録の対象期間", 20),
    Column("分析した日\n分析した者", 17),
    Column("分析の方法", 22),
    Column("異常", 7, "center"),
    Column("異常の内容・措置", 19),
    Column("記録の\n保存期限", 15, fit=True),
)
_A_DAY = timedelta(days=1)
_NONE_LEFT = "なし"


def _systems(case: Case) -> list[System]:
    """The systems of the contract that were in use on a day of the period."""
    held = case.facts.covering(System, case.contract.id)
    used = (one for one in held if touches(case, one.starts_on or date.min, one.ends_on))
    return sorted(used, key=lambda one: one.id)


def _reviews(case: Case) -> Iterator[AccessReview]:
    """The readings, known by the day, of logs that reach into the period; system by system, by day."""
    for system in _systems(case):
        held = case.facts.of(AccessReview, "system", system.id)
        yield from sorted(
            (one for one in held if _counts(case, one)), key=lambda one: (one.period_from, one.id)
        )


def _counts(case: Case, one: AccessReview) -> bool:
    return one.reviewed_on <= case.day and touches(case, one.period_from, one.period_to)


def _logged(case: Case, one: AccessReview) -> str:
    del case
    return f"{wareki(one.period_from)}から{wareki(one.period_to)}まで"


def _result(case: Case, one: AccessReview) -> str:
    return case.facts.shown(one, "anomalies") or UNRECORDED


def _action(_case: Case, one: AccessReview) -> str:
    missing = "措置の記録なし" if one.anomalies and not one.action else ""
    return or_none(lines(one.found, f"（措置）{one.action}" if one.action else missing))


_SYSTEM = field(AccessReview, "system.name")
_LOGGED: Cell[AccessReview] = Cell("記録の対象期間", _logged)
_ON = field(AccessReview, "reviewed_on")
_BY = field(AccessReview, "reviewed_by.name", label="分析した者", needed=always)
_METHOD = field(AccessReview, "method", needed=always)
_RESULT: Cell[AccessReview] = Cell("異常", _result)
_ACTION: Cell[AccessReview] = Cell("異常の内容・措置", _action)
_KEPT = field(AccessReview, "kept_until", otherwise=UNRECORDED)


def unread(within: Within, read: list[Within]) -> list[Within]:
    """The days of ``within`` that no stretch of ``read`` covers, as stretches in order of time."""
    first, last = within
    left: list[Within] = []
    for since, until in sorted(read):
        if since > first:
            left.append((first, min(last, since - _A_DAY)))
        first = max(first, until + _A_DAY)
        if first > last:
            return left
    return [*left, (first, last)]


def _left(case: Case, system: System) -> str:
    """The days in which the system was used for the contract and of which no log was read."""
    if case.within is None:
        raise LookupError("a form that covers a period always has one")
    first = max(case.within[0], case.contract.starts_on, system.starts_on or date.min)
    last = min(case.within[1], system.ends_on or date.max)
    if first > last:
        return _NONE_LEFT
    reviews = case.facts.of(AccessReview, "system", system.id)
    read = [(one.period_from, one.period_to) for one in reviews if _counts(case, one)]
    inside = [(since, until) for since, until in read if until >= first and since <= last]
    days = unread((first, last), inside)
    return "\n".join(f"{wareki(since)}から{wareki(until)}まで" for since, until in days) or _NONE_LEFT


def _kept(case: Case, system: System) -> str:
    months = f"{system.log_kept_months}か月" if system.log_kept_months else UNRECORDED
    return f"{case.facts.shown(system, 'logged') or UNRECORDED}（保存期間　{months}）"


def _facts(paper: Paper[AccessReview]) -> dict[str, Any]:
    case = paper.case
    told = list(zip(paper.things, paper.entries, strict=True))
    systems = []
    for system in _systems(case):
        entries = [entry for one, entry in told if one.system == system.id]
        systems.append(
            {
                "name": system.name,
                "logged": _kept(case, system),
                "watched": system.monitoring or UNRECORDED,
                "left": _left(case, system),
                "rows": [
                    [
                        entry[_LOGGED.label].replace("から", "から\n"),
                        lines(entry[_ON.label], entry[_BY.label]),
                        entry[_METHOD.label],
                        entry[_RESULT.label],
                        entry[_ACTION.label],
                        entry[_KEPT.label],
                    ]
                    for entry in entries
                ],
            }
        )
    return {"systems": systems}


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A letter: system by system how its log is kept, what was read of it, and what was not."""
    systems = statement.facts["systems"]
    sections: list[Section] = [
        ("対象期間", (Grid((("対象期間", covered(statement)),), size=9.5, label=0.18),))
    ]
    for at, system in enumerate(systems, 1):
        name = f"情報システム{full_width(at)}" if len(systems) > 1 else "情報システム"
        grid = Grid(
            (
                ("情報システム", system["name"]),
                ("アクセスの記録", system["logged"]),
                ("不正なアクセスの監視", system["watched"]),
                ("分析の記録のない期間", system["left"]),
            ),
            size=9.5,
            label=0.25,
        )
        rows = tuple(tuple(row) for row in system["rows"])
        told: Block = Table(_COLUMNS, rows, size=8.5) if rows else Text("　分析の記録はありません。")
        sections.append((f"{name}の記録と分析", (grid, Text("", size=4), told)))
    sentence = (
        f"{under(statement)}下記の契約に係る情報システムのアクセス記録の保存及び分析の状況を、"
        "次のとおり報告します。"
    )
    return (letter_sheet(statement, FORM.title, sentence, tuple(sections), close=True),)


FORM = Form(
    id="access-review",
    title="アクセス記録分析報告書",
    proves=(Whole("access-log"),),
    about=About(
        AccessReview,
        _reviews,
        past=True,
        empty="対象期間のアクセス記録の分析が登録されていません。アクセス記録の分析を登録してください。",
    ),
    entry=(_SYSTEM, _LOGGED, _ON, _BY, _METHOD, _RESULT, _ACTION, _KEPT),
    needs=(REVIEWED,),
    facts=_facts,
    draw=draw,
    periodic=True,
)
