"""A table as a workbook of Excel: real days and numbers, no text that comes alive, ready to be printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from app.common import PeopleError, Progress
from app.exchange.going_out.layout import Layout
from app.exchange.going_out.parts import LONGEST_CELL, Part, Style, cell, packed, quoted, row
from app.exchange.sheets.book import letters
from app.exchange.tables.own import MARK, MARK_SHEET
from app.exchange.tables.words import Target
from app.records import Spec
from app.records.days import DayOnly, wareki, wareki_moment
from app.records.kinds import Choice, Flag, Kind

_LISTS, _HELP = "選択肢", "書き方"
_SPARE_ROWS = 500
"""Rows below the last record that offer the lists as well."""
_NARROW, _WIDE, _MEASURED = 8, 50, 1_000
_EVERY = 500
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_A4 = 9


def made(
    spec: Spec[Any], layout: Layout, progress: Progress | None = None, notes: Sequence[Sequence[str]] = ()
) -> bytes:
    """The workbook of a table that comes back. ``notes``: the rows of a further sheet for people.

    Raises ``PeopleError`` for a text that no cell can hold; ``Cancelled``.
    """
    lists = {
        at: choices for at, target in enumerate(layout.targets, 1) if (choices := _choices(target.field.kind))
    }
    titles = [target.label for target in layout.targets]
    needed = [_required(target) for target in layout.targets]
    sheets = [
        _sheet(spec.label, titles, layout.rows, progress or Progress(), needed, _offers(lists, layout.rows))
    ]
    if notes:
        sheets.append(_explained(notes))
    if lists:
        longest = max(map(len, lists.values()))
        held = [[one[at] if at < len(one) else None for one in lists.values()] for at in range(longest)]
        sheets.append(Part(_LISTS, _rows(held, Progress()), hidden=True))
    sheets.append(Part(MARK_SHEET, row(1, [MARK]), hidden=True))
    return packed(sheets)


def made_for_people(
    label: str, titles: Sequence[str], rows: Sequence[Sequence[Any]], *, own: bool = False
) -> bytes:
    """The workbook of a list as the window shows it. ``own``: its texts are meant as they stand, come back.

    Raises as ``made``.
    """
    filled = [[None if value == "" else value for value in one] for one in rows]
    shown = _sheet(label, titles, filled, Progress(), [False] * len(titles), "")
    return packed([shown, Part(MARK_SHEET, row(1, [MARK]), hidden=True)] if own else [shown])


def _sheet(
    label: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[Any]],
    progress: Progress,
    needed: Sequence[bool],
    offers: str,
) -> Part:
    """A sheet with widths, titles that stay in view, filters, and set up for A4 across."""
    head = "".join(
        cell(1, at, title, Style.NEEDED if must else Style.TITLE)
        for at, (title, must) in enumerate(zip(titles, needed, strict=True), 1)
    )
    last = f"{letters(len(titles))}{len(rows) + 1}"
    name = escape(label.replace("&", "&&"))
    return Part(
        _NOT_IN_NAMES.sub("_", label)[:_LONGEST_NAME],
        f'<row r="1">{head}</row>{_rows(rows, progress, first=2)}',
        before=(
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
            '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{_widths(titles, rows)}</cols>"
        ),
        behind=(
            f'<autoFilter ref="A1:{last}"/>{offers}'
            f'<pageSetup paperSize="{_A4}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
            f"<headerFooter><oddHeader>&amp;C{name}</oddHeader>"
            "<oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
        ),
        titles=True,
    )


def _rows(rows: Sequence[Sequence[Any]], progress: Progress, first: int = 1) -> str:
    found = []
    for number, values in enumerate(rows, first):
        if number % _EVERY == 0:
            progress.step(number, len(rows))
        for column, value in enumerate(values, 1):
            if isinstance(value, str) and len(value) > LONGEST_CELL:
                raise PeopleError(
                    f"{number}行目の{letters(column)}列「{value[:20]}…」は長すぎて、Excelのセルに入りません"
                    f"（{LONGEST_CELL:,}文字まで）。CSV（.csv）で書き出すと、全文が残ります。"
                )
        found.append(row(number, values))
    return "".join(found)


def _widths(titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    found = []
    for at, title in enumerate(titles):
        seen = [_width(_shown(one[at])) for one in rows[:_MEASURED] if one[at] is not None]
        wide = min(max([*seen, _width(title), _NARROW]) + 2, _WIDE)
        found.append(f'<col min="{at + 1}" max="{at + 1}" width="{wide}" customWidth="1"/>')
    return "".join(found)


def _shown(value: Any) -> str:
    if isinstance(value, datetime | DayOnly):
        return wareki_moment(value)
    if isinstance(value, date):
        return wareki(value)
    return max(str(value).splitlines() or [""], key=_width)


def _width(text: str) -> int:
    """How wide a text is, in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def _required(target: Target) -> bool:
    return target.field.required and target.rows is None


def _choices(kind: Kind) -> tuple[str, ...]:
    if isinstance(kind, Choice):
        return kind.choices
    return (kind.yes, kind.no) if isinstance(kind, Flag) else ()


def _offers(lists: Mapping[int, Sequence[str]], rows: Sequence[Any]) -> str:
    """Each cell that takes one of a list offers it; another text is warned of, not refused (その他：…)."""
    if not lists:
        return ""
    last = len(rows) + 1 + _SPARE_ROWS
    found = []
    for order, (at, values) in enumerate(lists.items(), 1):
        source = f"{quoted(_LISTS)}!${letters(order)}$1:${letters(order)}${len(values)}"
        found.append(
            '<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" '
            f'error="一覧から選んでください。" sqref="{letters(at)}2:{letters(at)}{last}">'
            f"<formula1>{escape(source)}</formula1></dataValidation>"
        )
    return f'<dataValidations count="{len(found)}">{"".join(found)}</dataValidations>'


def _explained(notes: Sequence[Sequence[str]]) -> Part:
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{wide}" customWidth="1"/>'
        for at, wide in enumerate((26, 8, 70, 30), 1)
    )
    held = [[text or None for text in one] for one in notes[1:]]
    head = row(1, notes[0], Style.TITLE)
    return Part(_HELP, head + _rows(held, Progress(), first=2), before=f"<cols>{widths}</cols>")
