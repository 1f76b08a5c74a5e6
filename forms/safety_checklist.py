"""安全管理措置点検表: one check of the measures, class by class, with result and evidence of every item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import Block, CellText, Column, Grid, Sheet, Table, Text
from app.records import Check, SafetyMeasure, Statement
from app.records.check import CheckItem, CheckKind, Measure, Result
from forms.denied import CHECKED
from forms.form import Form
from forms.layout.checked import about_checks, items_of, mending_of, result_of, subject_of
from forms.layout.period import UNRECORDED, since_signing
from forms.layout.photos import numbers_of, photo_blocks, photos_of, stated_photos
from forms.layout.registers import register_sheet
from forms.parts.cells import Cell, always, field
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.texts import NONE, lines, or_none

_COLUMNS = (
    Column("措置の区分", 12, "center"),
    Column("№", 5, "center"),
    Column("点検項目", 35),
    Column("結果", 9, "center"),
    Column("根拠（確かめた記録・現物）・所見", 39),
)
_OTHER = "その他"

_ON = field(Check, "done_on")
_BY = field(Check, "checked_by.name", label="実施者", needed=always)
_SUBJECT: Cell[Check] = Cell("点検の対象", subject_of)
_ITEMS: Cell[Check] = Cell("点検項目と結果", lambda _case, check: items_of(check))
_MENDED = field(Check, "action")


def _facts(paper: Paper[Check]) -> dict[str, Any]:
    case = paper.case
    photos = {check.id: photos_of(case, (check,)) for check in paper.things}
    return {
        "checks": [
            {
                "head": [
                    [_ON.label, entry[_ON.label], _BY.label, entry[_BY.label]],
                    [_SUBJECT.label, entry[_SUBJECT.label]],
                    ["点検の方法", or_none(check.how), "結果", result_of(check)],
                ],
                "rows": [list(row) for row in _rows(case, check)],
                "mended": mending_of(case, check) or _unmended(check),
                "photos": stated_photos(photos[check.id]),
                "numbers": numbers_of(photos[check.id]).get(check.id, ""),
            }
            for check, entry in zip(paper.things, paper.entries, strict=True)
        ]
    }


def _unmended(check: Check) -> str:
    """What is said where nothing was mended: that nothing had to be, or that nothing is known."""
    return NONE if check.items and check.good else UNRECORDED


def _rows(case: Case, check: Check) -> Iterator[tuple[Any, ...]]:
    """Class by class, each with a lane for every item; a class of which no item was seen is told as such."""
    at = 0
    for name in (*map(str, Measure), _OTHER):
        items = [row for row in check.items if (row.measure or _OTHER) == name]
        if not items:
            seen = "項目ごとの記録なし" if name in check.measures else "点検の記録なし"
            if name != _OTHER:
                yield name, NONE, seen, UNRECORDED, NONE
            continue
        numbers = [str(number) for number in range(at + 1, at + len(items) + 1)]
        at += len(items)
        lanes = ([_item(case, row) for row in items], [row.result for row in items], [*map(_ground, items)])
        yield name, numbers, *lanes


def _item(case: Case, row: CheckItem) -> str:
    measure = case.facts.find(SafetyMeasure, row.safety)
    what = measure.what if measure else ""
    return lines(row.item, f"（措置）{what}" if what and what != row.item else "")


def _ground(row: CheckItem) -> str:
    """What shows it. What was found right without a ground on record is told so."""
    absent = f"根拠の{UNRECORDED}" if row.result == Result.GOOD and not row.remark else ""
    return or_none(lines(row.evidence or absent, row.remark))


def _cell(held: Any) -> CellText:
    return tuple(held) if isinstance(held, list) else str(held)


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A sheet for each check."""
    sheets = (_sheet(statement, check) for check in statement.facts["checks"])
    return tuple(replace(sheet, continues=bool(at)) for at, sheet in enumerate(sheets))


def _sheet(statement: Statement, check: Mapping[str, Any]) -> Sheet:
    rows = tuple(tuple(map(_cell, row)) for row in check["rows"])
    mended: tuple[tuple[str, ...], ...] = ((_MENDED.label, check["mended"]),)
    if check["numbers"]:
        mended = (*mended, ("写真", f"写真{check['numbers']}"))
    blocks: tuple[Block, ...] = (
        Grid(tuple(tuple(row) for row in check["head"]), size=9.5, label=0.18),
        Text("", size=5),
        Table(_COLUMNS, rows, size=9),
        Text("", size=5),
        Grid(mended, size=9.5, label=0.18),
        *photo_blocks(check["photos"]),
    )
    return register_sheet(statement, FORM.title, blocks)


FORM = Form(
    id="safety-checklist",
    title="安全管理措置点検表",
    proves=(Each("security-measures"), Each("access-control"), Each("locked-storage", rank=1)),
    about=about_checks(CheckKind.SAFETY),
    entry=(_ON, _BY, _SUBJECT, _ITEMS, _MENDED),
    needs=(need(Check, "items"), CHECKED),
    facts=_facts,
    draw=draw,
    periodic=True,
    begins=since_signing,
)
