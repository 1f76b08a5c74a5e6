"""A workbook from outside, read with every limit in place before anything is made of it."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from app.common import PeopleError
from app.exchange.json_text import LARGEST_FILE

LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes of all parts of a workbook, counted while they are unpacked."""
MOST_ROWS = 100_000
MOST_COLUMNS = 256

_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell with a formula: its value is whatever another program last made of it, so it is never read."""


Rows = list[tuple[Any, ...]]


def read_workbook(data: bytes, shown: str) -> dict[str, Rows]:
    """The values of every sheet by its name, row by row. Raises ``PeopleError`` for anything else."""
    if len(data) > LARGEST_FILE:
        raise PeopleError(f"{shown} は大きすぎます（{LARGEST_FILE // 1024 // 1024}MBまで）。")
    try:
        _unpack(data, shown)
        return dict(_sheets(data, shown))
    except PeopleError:
        raise
    except Exception as error:  # a foreign file: whatever its reader stumbles over, it is no workbook to us
        raise PeopleError(
            f"{shown} をExcelブック（.xlsx）として読めません。Excelで開いて保存し直してください。"
        ) from error


def _unpack(data: bytes, shown: str) -> None:
    """Unpack every part once and throw it away: what the file says of its sizes need not be true."""
    total = 0
    with zipfile.ZipFile(BytesIO(data)) as packed:
        for entry in packed.infolist():
            with packed.open(entry) as part:
                while block := part.read(_AT_ONCE):
                    total += len(block)
                    if total > LARGEST_UNPACKED:
                        limit = LARGEST_UNPACKED // 1024 // 1024
                        raise PeopleError(f"{shown} は展開すると大きすぎます（{limit}MBまで）。")


def _sheets(data: bytes, shown: str) -> Iterator[tuple[str, Rows]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # Of extensions that only Excel draws; they do not touch the values.
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                yield sheet.title, _rows(sheet, shown)
        finally:
            book.close()


def _rows(sheet: Any, shown: str) -> Rows:
    rows: Rows = []
    for cells in sheet.iter_rows():
        values = [Formula() if cell.data_type == "f" else cell.value for cell in cells]
        while values and values[-1] is None:
            values.pop()
        if len(values) > MOST_COLUMNS:
            raise PeopleError(f"{shown} のシート「{sheet.title}」は{MOST_COLUMNS}列を超えています。")
        rows.append(tuple(values))
        if len(rows) > MOST_ROWS:
            raise PeopleError(f"{shown} のシート「{sheet.title}」は{MOST_ROWS:,}行を超えています。")
    return rows
