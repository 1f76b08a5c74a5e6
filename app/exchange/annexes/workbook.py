"""A workbook from outside, read with every limit in place before anything is made of it."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from app.common import Cancelled, PeopleError, Progress
from app.exchange.json_text import LARGEST_FILE

LARGEST_UNPACKED = 64 * 1024 * 1024
"""Bytes of all parts of a workbook, counted while they are unpacked."""
MOST_ROWS = 100_000
MOST_COLUMNS = 256
MOST_CELLS = 200_000
"""Cells of all sheets, empty ones among them: a hundred times what an annex needs, and seconds to read."""
MOST_SHEETS = 100
MOST_PARTS = 1_000
"""Files packed in a workbook."""
MOST_TAGS = 2_500_000
"""Tags of all parts: so much can its reader keep in memory, whatever they say."""
MOST_ATTRIBUTES = 1_500_000
"""Equals signs of all parts, one at least for every attribute of a tag; a cell has three."""
LONGEST_PIECE = 512 * 1024
"""Bytes from one tag to the next: twice what Excel's longest cell takes, whatever is escaped in it."""

_AT_ONCE = 1 << 20
_BLANK = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
"""What may stand before the first tag of a part."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell with a formula: its value is whatever another program last made of it, so it is never read."""


Rows = list[tuple[Any, ...]]


def read_workbook(data: bytes, shown: str, progress: Progress | None = None) -> dict[str, Rows]:
    """The values of every sheet by its name, row by row.

    Raises ``PeopleError`` for anything else, ``Cancelled``.
    """
    progress = progress or Progress()
    if len(data) > LARGEST_FILE:
        raise PeopleError(f"{shown} は大きすぎます（{LARGEST_FILE // 1024 // 1024}MBまで）。")
    try:
        _unpack(data, shown, progress)
        return dict(_sheets(data, shown, progress))
    except (PeopleError, Cancelled):
        raise
    except Exception as error:  # a foreign file: whatever its reader stumbles over, it is no workbook to us
        raise PeopleError(
            f"{shown} をExcelブック（.xlsx）として読めません。Excelで開いて保存し直してください。"
        ) from error


def _unpack(data: bytes, shown: str, progress: Progress) -> None:
    """Unpack every part once and throw it away: what the file says of its sizes need not be true."""
    total = 0
    counted = _Counted(shown)
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if len(packed.infolist()) > MOST_PARTS:
            raise PeopleError(
                f"{shown} は部品が多すぎます。Excelで新しいブックに写して保存し直してください。"
            )
        for entry in packed.infolist():
            counted.begin()
            with packed.open(entry) as part:
                while block := part.read(_AT_ONCE):
                    progress.step(0, 0)
                    total += len(block)
                    if total > LARGEST_UNPACKED:
                        limit = LARGEST_UNPACKED // 1024 // 1024
                        raise PeopleError(f"{shown} は展開すると大きすぎます（{limit}MBまで）。")
                    counted.add(block)


class _Counted:
    """What the parts would make their reader work, counted before it sees any of them."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._tags = self._attributes = self._since = 0
        self._markup: bool | None = None

    def begin(self) -> None:
        """Another part starts."""
        self._since, self._markup = 0, None

    def add(self, block: bytes) -> None:
        """Count the next bytes of a part. Raises ``PeopleError``."""
        self._tags += block.count(b"<")
        if self._tags > MOST_TAGS:
            raise _too_many_cells(self._shown)
        if self._markup is None and (bare := block.lstrip(_BLANK)):
            # A picture is never parsed, and may have no such byte for long.
            self._markup = bare.startswith(b"<")
        if not self._markup:
            return
        self._attributes += block.count(b"=")
        if self._attributes > MOST_ATTRIBUTES:
            raise _too_many_cells(self._shown)
        if self._longest(block) > LONGEST_PIECE:
            raise PeopleError(
                f"{self._shown} に、Excelのセルに入らない長さの内容があります。"
                "Excelで新しいブックに写して保存し直してください。"
            )

    def _longest(self, block: bytes) -> int:
        """Bytes of the longest piece that ends in ``block`` or goes on behind it."""
        first, *others = map(len, block.split(b"<"))
        longest = max(self._since + first, *others, 0)
        self._since = others[-1] if others else self._since + first
        return longest


def _too_many_cells(shown: str) -> PeopleError:
    return PeopleError(
        f"{shown} はセルが多すぎます（すべてのシートを合わせて{MOST_CELLS:,}個まで）。"
        "使っていない行と列を削除してください。"
    )


def _sheets(data: bytes, shown: str, progress: Progress) -> Iterator[tuple[str, Rows]]:
    from openpyxl import load_workbook

    reading = _Reading(shown, progress)
    with warnings.catch_warnings():
        # Of extensions that only Excel draws; they do not touch the values.
        warnings.simplefilter("ignore")
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        try:
            if len(book.worksheets) > MOST_SHEETS:
                raise PeopleError(f"{shown} はシートが多すぎます（{MOST_SHEETS}枚まで）。")
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                yield sheet.title, reading.rows(sheet)
        finally:
            book.close()


class _Reading:
    """Counts the cells of all sheets while they are read."""

    def __init__(self, shown: str, progress: Progress) -> None:
        self._shown = shown
        self._progress = progress
        self._cells = 0

    def rows(self, sheet: Any) -> Rows:
        rows: Rows = []
        for cells in sheet.iter_rows():
            self._progress.step(0, 0)
            self._cells += len(cells)
            values = [Formula() if cell.data_type == "f" else cell.value for cell in cells]
            while values and values[-1] is None:
                values.pop()
            if len(values) > MOST_COLUMNS:
                raise PeopleError(
                    f"{self._shown} のシート「{sheet.title}」は{MOST_COLUMNS}列を超えています。"
                )
            if self._cells > MOST_CELLS:
                raise _too_many_cells(self._shown)
            rows.append(tuple(values))
            if len(rows) > MOST_ROWS:
                raise PeopleError(f"{self._shown} のシート「{sheet.title}」は{MOST_ROWS:,}行を超えています。")
        return rows
