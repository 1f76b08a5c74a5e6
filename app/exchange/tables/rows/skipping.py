"""Rows below a head that are no records: sums, repeated heads, notes, blank forms. Each is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from app.exchange.sheets.book import Cell
from app.exchange.tables.columns import RUNNING_NUMBER, Column
from app.exchange.tables.grid import Grid, without_numbers
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
_EXAMPLE = re.compile(r"[(（【《<＜]?(記入|記載)?例[)）】》>＞]?[\d０-９]?")
_ONLY_NOTE = re.compile(r"(※|＊|\*|注|注記|備考|凡例|\(注\))\s*\d*\s*[:：.)]?")
_NOTE = re.compile(r"^\s*(※|＊|\*|注[)）:：\d１-９]|[(（]注|備考[:：]|凡例|以上$|以下余白|【|■|●|◆|▼|□|＜|<)")
BAND = "注記や区切りの行です。"
_LOOKED_AT = 4
_WIDE = 3


def why(
    grid: Grid,
    head: Head,
    columns: Sequence[Column],
    row: int,
    *,
    numbered: frozenset[int] = frozenset(),
    literal: bool = False,
) -> str:
    """Why the row is no record, in one sentence; empty where it may be one.

    ``numbered``: the columns with the number by which a record is called. ``literal``: this program wrote
    the table, in which every row with a value is a record or a part of one.
    """
    held = grid.cells(row)
    if literal:
        return "" if any(column.path and column.number in held for column in columns) else "値のない行です。"
    texts = [cell.shown.strip() for _, cell in sorted(held.items())]
    if _repeats(grid, head, row) or _titles_again(grid, head, row):
        return "見出しの繰り返しの行です。"
    if _is_sum(held, numbered) or (not _number_of(held, numbered) and any(map(_sums, texts[:_LOOKED_AT]))):
        return "合計の行です。"
    if len(texts) > 1 and _ONLY_NOTE.fullmatch(unicodedata.normalize("NFKC", texts[0])):
        return BAND
    if any(_EXAMPLE.fullmatch("".join(text.split())) for text in texts[:2]):
        return "記入例の行です。"
    mapped = {column.number for column in columns if column.path}
    running = {column.number for column in columns if column.left == RUNNING_NUMBER}
    said = [number for number in held if number in mapped]
    if len(texts) == 1 and _is_note(grid, row, next(iter(held)), texts[0]):
        return BAND
    if not said:
        return "番号だけで、記入のない行です。" if held.keys() <= running else "取り込む列に値のない行です。"
    if all(not _says(held[number]) for number in said):
        return "記入のない行です。"
    return ""


def _titles_again(grid: Grid, head: Head, row: int) -> bool:
    """Whether the row says what one above the head says, but for its numbers: the title of the next page."""
    return without_numbers(grid.cells(row).values()) in grid.titles(head.rows[0])


def _sums(text: str) -> bool:
    return plain(text) in _SUMS or bool(_SUM.fullmatch(unicodedata.normalize("NFKC", text)))


def _number_of(held: Mapping[int, Cell], numbered: frozenset[int]) -> bool:
    """Whether the row has a number of its own: 納付額合計 beside it is the name of something."""
    return any(number in held for number in numbered)


def _is_sum(held: Mapping[int, Cell], numbered: frozenset[int]) -> bool:
    return any(number in held and _sums(held[number].shown.strip()) for number in numbered)


def _is_note(grid: Grid, row: int, column: int, text: str) -> bool:
    return bool(_NOTE.match("".join(text.split()))) or grid.wide.get((row, column), 1) >= _WIDE


def _says(cell: Cell) -> bool:
    """Whether a cell is more than the blank of a printed form: □, a dash, 年　月　日."""
    bare = re.sub(r"[\s　□☐・/／（）()\-－ー―_年月日時分]", "", cell.shown)
    return bool(bare) or not isinstance(cell.value, str)


def _repeats(grid: Grid, head: Head, row: int) -> bool:
    """Whether most titles stand there again: print-ready sheets repeat the head on every page."""
    held = grid.cells(row)
    same = sum(
        1 for number, cell in held.items() if plain(cell.shown) in map(plain, head.titles.get(number, ()))
    )
    return same >= 2 and same * 2 > len(held)
