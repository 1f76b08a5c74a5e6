"""One register of an office as a real file, and what must come of each of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.tables.mapping import Said

Value = str | int | float | date | tuple[str, Any] | None
"""A cell: a value, or a number format with the value that it shows; None for an empty one."""
Row = Sequence[Value]
Rows = Sequence[Row]
WAREKI = '[$-411]ggge"年"m"月"d"日"'
ERA = "[$-411]ge.m.d"


@dataclass(frozen=True)
class Page:
    """A sheet of a workbook. ``merges`` are ranges (A1:C1), ``struck`` rows that are lined out."""

    rows: Rows
    name: str = "Sheet1"
    merges: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    struck: Sequence[int] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Office:
    """A register and what a person reads in it.

    ``right``: rows that are read, each as a file of records says it. ``asked``: the places (C5, or 5 for the
    row) that people are asked about, no other. ``skipped``: rows that are told to be none. ``undecided``:
    columns of which people say what becomes. ``stopped``: words of what else stops the whole.
    ``refused``: words of the sentence that refuses the whole. ``beside``: how many records of other types
    the rows tell of. Of forms and crosses, rows are counted in the order in which they are read.
    """

    name: str
    kind: str
    data: bytes
    right: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    asked: Iterable[str] = ()
    skipped: Iterable[int] = ()
    undecided: str = ""
    stopped: str = ""
    said: Said = field(default_factory=Said)
    refused: str = ""
    beside: Mapping[str, int] = field(default_factory=dict)
    file: str = "台帳.xlsx"


def xlsx(*pages: Page) -> bytes:
    """The workbook of those sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        _written(book.create_sheet(page.name), page)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def csv(*lines: str) -> bytes:
    """A text as Excel in Japan saves it."""
    return "".join(f"{line}\r\n" for line in lines).encode("cp932")


def _written(sheet: Worksheet, page: Page) -> None:
    for number, row in enumerate(page.rows, 1):
        for column, value in enumerate(row, 1):
            if value is None:
                continue
            form, held = value if isinstance(value, tuple) else ("", value)
            cell = sheet.cell(number, column, held)
            if form:
                cell.number_format = form
            if number in page.struck:
                cell.font = Font(strike=True)
    for merge in page.merges:
        sheet.merge_cells(merge)
    for at in page.hidden_rows:
        sheet.row_dimensions[at].hidden = True
    for letter in page.hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    if page.hidden:
        sheet.sheet_state = "hidden"
