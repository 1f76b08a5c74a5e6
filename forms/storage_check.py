"""保管状況点検記録: each look at what is kept: where, what, with which result, by whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Each
from app.printing.blocks import Block, Column, Sheet, Table
from app.printing.type.wareki import wareki
from app.records import Check, Location, Statement, System
from app.records.check import CheckKind
from forms.denied import CHECKED
from forms.form import Form
from forms.layout.checked import about_checks, items_of, mending_of, result_of, subject_of
from forms.layout.period import UNRECORDED, since_signing
from forms.layout.photos import numbers_of, photo_blocks, photos_of, stated_photos
from forms.layout.registers import register_sheet
from forms.parts.cells import Cell, always, field
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import NONE, lines, or_none

_COLUMNS = (
    Column("№", 4, "center"),
    Column("実施日", 13, "center"),
    Column("場所", 14),
    Column("点検の対象", 17),
    Column("点検項目", 20),
    Column("結果", 7, "center"),
    Column("所見・是正の措置", 14),
    Column("実施者", 11),
)
_LANES = 2
"""Texts that stand of each item: what was looked at, and its result."""


def _place(case: Case, check: Check) -> str:
    place, system = case.facts.find(Location, check.location), case.facts.find(System, check.system)
    kept = case.facts.find(Location, system.location) if system else None
    held = place or kept
    return lines(held.name, held.room) if held else system.name if system else ""


_ON = field(Check, "done_on")
_PLACE: Cell[Check] = Cell("場所", _place)
_SUBJECT: Cell[Check] = Cell("点検の対象", lambda case, check: subject_of(case, check, placed=False))
_ITEMS: Cell[Check] = Cell("点検項目と結果", lambda _case, check: items_of(check))
_MENDED = field(Check, "action")
_BY = field(Check, "checked_by.name", label="実施者", needed=always)


def _placeless(paper: Paper[Check]) -> Iterator[tuple[int, str]]:
    for check in paper.things:
        if not _place(paper.case, check):
            yield check.id, f"{wareki(check.done_on)}の保管状況の点検に、場所を選んでください。"


def _facts(paper: Paper[Check]) -> dict[str, Any]:
    case = paper.case
    photos = photos_of(case, paper.things)
    numbers = numbers_of(photos)
    rows = []
    for check, entry in zip(paper.things, paper.entries, strict=True):
        lanes = [[row.item, row.result] for row in check.items]
        remarks = (row.remark for row in check.items)
        pictures = f"写真{numbers[check.id]}" if check.id in numbers else ""
        rows.append(
            {
                "on": entry[_ON.label],
                "place": entry[_PLACE.label],
                "subject": entry[_SUBJECT.label],
                "items": lanes or [[NONE, result_of(check)]],
                "mended": or_none(lines(*remarks, mending_of(case, check) or _open(check), pictures)),
                "by": entry[_BY.label],
            }
        )
    return {"rows": rows, "photos": stated_photos(photos)}


def _open(check: Check) -> str:
    return "" if check.good else f"是正の{UNRECORDED}"


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One register: a row for each check with a lane for each item, then the pictures."""
    rows = []
    for at, row in enumerate(statement.facts["rows"], 1):
        lanes = (tuple(item[lane] for item in row["items"]) for lane in range(_LANES))
        rows.append((str(at), row["on"], row["place"], row["subject"], *lanes, row["mended"], row["by"]))
    blocks: tuple[Block, ...] = (Table(_COLUMNS, tuple(rows), size=8.5),)
    blocks += photo_blocks(statement.facts["photos"])
    return (register_sheet(statement, FORM.title, blocks, landscape=True),)


FORM = Form(
    id="storage-check",
    title="保管状況点検記録",
    proves=(Each("locked-storage"), Each("backup-check", rank=1)),
    about=about_checks(CheckKind.STORAGE),
    entry=(_ON, _PLACE, _SUBJECT, _ITEMS, _MENDED, _BY),
    needs=(Asked(Check, "location", _placeless), CHECKED),
    under=("locked-storage", "backup-check"),
    facts=_facts,
    draw=draw,
    periodic=True,
    begins=since_signing,
)
