"""Rows below a head that are no records: sums, repeated heads, notes, blank forms. Each is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from app.exchange.sheets.book import Cell
from app.exchange.tables.columns import RUNNING_NUMBER, Column
from app.exchange.tables.grid import Grid, without_number, without_numbers
from app.exchange.tables.head import Head
from app.exchange.tables.words import plain

_SUMS = frozenset(
    {
        "合計",
        "小計",
        "計",
        "総計",
        "総合計",
        "累計",
        "平均",
        "総数",
        "total",
        "subtotal",
        "合計数",
        "件数計",
        "台数計",
    }
)
_SUM = re.compile(
    r"(.{0,12}(小計|合計|総計|累計|頁計|ページ計)|(.{1,12}\s)?計)\s*[:：]?\s*([\d,.]+\s*\D{0,2})?"
)
_SUM_SIGNS = re.compile("[計均数tT]")
"""One of them stands in every word for a sum."""
_DIGITS = re.compile("[0-9]")
_EXAMPLE = re.compile(r"[(（【《<＜]?(記入|記載)?例[)）】》>＞]?[\d０-９]?")
_ONLY_NOTE = re.compile(r"(※|＊|\*|注|注記|備考|凡例|\(注\))\s*\d*\s*[:：.)]?")
_NOTE = re.compile(r"^\s*(※|＊|\*|注[)）:：\d１-９]|[(（]注|備考[:：]|凡例|以上$|以下余白|【|■|●|◆|▼|□|＜|<)")
BAND = "注記や区切りの行です。"
_LOOKED_AT = 4
_WIDE = 3


class Skipping:
    """Looks at the rows of one table, of which it prepares once what each is compared with.

    ``numbered``: the columns with the number by which a record is called. ``literal``: this program wrote
    the table, in which every row with a value is a record or a part of one.
    """

    def __init__(
        self,
        grid: Grid,
        head: Head,
        columns: Sequence[Column],
        *,
        numbered: frozenset[int] = frozenset(),
        literal: bool = False,
    ) -> None:
        self._grid, self._numbered, self._literal = grid, numbered, literal
        self._mapped = {column.number for column in columns if column.path}
        self._running = {column.number for column in columns if column.left == RUNNING_NUMBER}
        self._titles = {number: frozenset(map(plain, titles)) for number, titles in head.titles.items()}
        self._digits = {sign for titles in self._titles.values() for title in titles for sign in title}
        self._above = grid.titles(head.rows[0])
        self._words = frozenset().union(*self._above)

    def why(self, row: int) -> str:
        """Why the row is no record, in one sentence; empty where it may be one."""
        held = self._grid.cells(row)
        if self._literal:
            return "" if any(number in self._mapped for number in held) else "値のない行です。"
        texts = [held[number].shown.strip() for number in sorted(held)]
        if self._repeats(held) or self._titles_again(held):
            return "見出しの繰り返しの行です。"
        if self._is_sum(held, texts):
            return "合計の行です。"
        if len(texts) > 1 and _ONLY_NOTE.fullmatch(unicodedata.normalize("NFKC", texts[0])):
            return BAND
        if any(_EXAMPLE.fullmatch("".join(text.split())) for text in texts[:2]):
            return "記入例の行です。"
        said = [number for number in held if number in self._mapped]
        if len(texts) == 1 and _is_note(self._grid, row, next(iter(held)), texts[0]):
            return BAND
        if not said:
            bare = held.keys() <= self._running
            return "番号だけで、記入のない行です。" if bare else "取り込む列に値のない行です。"
        if not any(_says(held[number]) for number in said):
            return "記入のない行です。"
        return ""

    def _repeats(self, held: Mapping[int, Cell]) -> bool:
        """Whether most titles stand there again: print-ready sheets repeat the head on every page."""
        same, left = 0, len(held)
        for number, cell in held.items():
            left -= 1
            titles = self._titles.get(number)
            if titles and self._may_be_title(cell.shown) and plain(cell.shown) in titles:
                same += 1
            elif (same + left) * 2 <= len(held):
                return False
        return same >= 2 and same * 2 > len(held)

    def _may_be_title(self, text: str) -> bool:
        """Whether no digit of the text speaks against it: most cells that differ in each row have one."""
        return all(sign in self._digits for sign in _DIGITS.findall(text))

    def _titles_again(self, held: Mapping[int, Cell]) -> bool:
        """Whether the row says what one above the head says, but for its numbers: a next page's title."""
        if not self._words:
            return False
        # Most rows say in their first cells what stands in no title.
        for cell in held.values():
            if (text := without_number(cell.shown)) and text not in self._words:
                return False
        return without_numbers(held.values()) in self._above

    def _is_sum(self, held: Mapping[int, Cell], texts: Sequence[str]) -> bool:
        numbers = [held[number].shown.strip() for number in self._numbered if number in held]
        # 納付額合計 beside a number of its own is the name of something.
        return any(map(_sums, numbers or texts[:_LOOKED_AT]))


def _sums(text: str) -> bool:
    narrow = unicodedata.normalize("NFKC", text)
    if not _SUM_SIGNS.search(narrow):
        return False
    return plain(text) in _SUMS or bool(_SUM.fullmatch(narrow))


def _is_note(grid: Grid, row: int, column: int, text: str) -> bool:
    return bool(_NOTE.match("".join(text.split()))) or grid.wide.get((row, column), 1) >= _WIDE


def _says(cell: Cell) -> bool:
    """Whether a cell is more than the blank of a printed form: □, a dash, 年　月　日."""
    bare = re.sub(r"[\s　□☐・/／（）()\-－ー―_年月日時分]", "", cell.shown)
    return bool(bare) or not isinstance(cell.value, str)
