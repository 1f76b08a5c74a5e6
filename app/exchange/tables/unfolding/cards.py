"""One form per thing: a label left of each value or above it, one on a sheet or several below each other."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.exchange.sheets.book import LAST_COLUMN, LAST_ROW, Cell, Sheet
from app.exchange.tables.grid import Grid
from app.exchange.tables.unfolding.unfolded import Maker, Unfolded
from app.exchange.tables.words import Words, plain

LEAST = 3
"""Known labels by which a form is seen to be one."""
_LONGEST_LABEL = 24
_MOST_SHEETS = 5
_EXAMPLE = re.compile(r"記入例|記載例|見本|サンプル|[(（【]例[)）】]")
_BLANK = re.compile(r"([\s　□☐・/／（）()\-－ー―_年月日時分様円台]|令和|平成|昭和|西暦)*")
_PIECE = re.compile(
    r"[\d.,/-]+|令和|平成|昭和|西暦|元|[年月日時分台枚個本冊箱件人]|(?i:[kmgt]i?b)|[□☐☑■✓✔▣☒].*", re.DOTALL
)
_EXAMPLE_SHEET, _BLANK_FORM = "記入例の様式です。", "記入のない様式です。"


@dataclass(frozen=True, slots=True)
class _Label:
    """A label and the cells of its value; ``known``: whether it names a field."""

    cell: Cell
    values: tuple[Cell, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What a sheet says as a form: its labels with their values, and the texts that are neither."""

    sheet: Sheet
    labels: tuple[_Label, ...]
    rest: tuple[Cell, ...]

    @property
    def known(self) -> int:
        """How many different labels name a field."""
        return len({plain(one.cell.shown) for one in self.labels if one.known})

    @property
    def widest(self) -> int:
        """The most different known labels in one row: in a table all of them stand so."""
        said = {(one.cell.row, plain(one.cell.shown)) for one in self.labels if one.known}
        return max(Counter(row for row, _ in said).values(), default=0)

    @property
    def goes_on(self) -> bool:
        """Whether something stands below a value: then it is the column of a table."""
        below = {(one.row, one.column) for one in self.rest}
        return any((cell.row + 1, cell.column) in below for one in self.labels for cell in one.values)


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet read in both ways: as if each label stood left of its value, and above it.

    ``head``: the known titles of the head of a table in it.
    """

    left: Card
    above: Card
    head: int


def read(grid: Grid, words: Words, head: int) -> Read:
    """The sheet as a form, if it is one."""
    return Read(_read(grid, words, right=True), _read(grid, words, right=False), head)


def found(sheets: Sequence[Read]) -> list[Card]:
    """The forms among the sheets. All are filled in in one way: an empty one does not tell in which."""
    filled = sum(_filled(one.above) for one in sheets)
    most = max(sum(_filled(one.left) for one in sheets), sum(one.above.known for one in sheets) // 2)
    above = filled > most
    held = [(one.above if above else one.left, one.head) for one in sheets]
    return [card for card, head in held if _is_form(card, head) and not (above and card.goes_on)]


def _is_form(card: Card, head: int) -> bool:
    rows = {one.cell.row for one in card.labels if one.known}
    return card.known >= LEAST and len(rows) > 1 and card.known >= 2 * max(card.widest, head)


def unfolded(cards: Sequence[Card]) -> Unfolded:
    """The forms as one table: a record for each, and each label a column."""
    maker = Maker(cards[0].sheet.name)
    told: list[str] = []
    skipped: dict[int, str] = {}
    row = 0
    for card in cards:
        said = [f"「{' '.join(cell.shown.split())}」" for cell in card.rest]
        if said:
            more = f"ほか{len(said) - _MOST_SHEETS}か所" if len(said) > _MOST_SHEETS else ""
            named = f"シート「{card.sheet.name}」の" if card.sheet.name else ""
            told.append(f"{named}{'、'.join(said[:_MOST_SHEETS])}{more}は取り込みません。")
        for block in _blocks(card.labels):
            row += 1
            _put(maker, row, card, block)
            if why := _why(card, block):
                skipped[row] = why
    sheets = tuple(dict.fromkeys(card.sheet.name for card in cards))
    return Unfolded(maker.sheet(), maker.places, "枚目", (), tuple(told), skipped, sheets)


def _read(grid: Grid, words: Words, *, right: bool) -> Card:
    """The labels of a sheet, if each stands left of its value (``right``), or above it."""
    taken: set[tuple[int, int]] = set()
    lined = {
        column for row in grid.filled() for column, cell in grid.cells(row).items() if _is_label(cell, words)
    }
    labels: list[_Label] = []
    for row in grid.filled():
        for column, cell in sorted(grid.cells(row).items()):
            if (row, column) in taken or not (_is_label(cell, words) or _may_be_label(cell)):
                continue
            values = _right_of(grid, words, cell) if right else _below(grid, words, cell)
            known = _is_label(cell, words)
            if not known and (not values or column not in lined):
                continue
            taken |= {(one.row, one.column) for one in (cell, *values)}
            labels.append(_Label(cell, tuple(values), known))
    rest = [cell for row in grid.filled() for at, cell in grid.cells(row).items() if (row, at) not in taken]
    return Card(grid.sheet, tuple(labels), tuple(rest))


def _filled(card: Card) -> int:
    return sum(1 for one in card.labels if one.known and one.values)


def _is_label(cell: Cell, words: Words) -> bool:
    text = cell.shown.strip()
    return isinstance(cell.value, str) and len(text) <= _LONGEST_LABEL and bool(words.named(text))


def _may_be_label(cell: Cell) -> bool:
    text = cell.shown.strip()
    return isinstance(cell.value, str) and len(text) <= _LONGEST_LABEL and not text[:1].isdigit()


def _right_of(grid: Grid, words: Words, label: Cell) -> list[Cell]:
    """The cells of a value: from the place beside the label to the next label or the end of the row."""
    wide = grid.wide.get((label.row, label.column), 1)
    held = grid.cells(label.row)
    first = label.column + wide
    found: list[Cell] = []
    for column in sorted(at for at in held if at >= first):
        cell = held[column]
        if _is_label(cell, words) and not (column == first and _is_value(label, cell, words)):
            break
        if not found and column != first and _may_be_label(cell):
            # Nothing stands beside the label: what comes further right is something else.
            break
        if found and not (_is_piece(found[0]) and _is_piece(cell)):
            break
        found.append(cell)
    return found


def _is_piece(cell: Cell) -> bool:
    """Whether the cell may be a part of a value over several: 令和, 8, 年, 256, GB, a box to be ticked."""
    return bool(_PIECE.fullmatch(unicodedata.normalize("NFKC", cell.shown).strip()))


def _below(grid: Grid, words: Words, label: Cell) -> list[Cell]:
    cell = grid.cells(label.row + 1).get(label.column)
    if cell is None or (_is_label(cell, words) and not _is_value(label, cell, words)):
        return []
    return [cell]


def _is_value(label: Cell, cell: Cell, words: Words) -> bool:
    """Whether what looks like a label is a word that the field of ``label`` may say."""
    text = plain(cell.shown)
    paths = [path for _, path in words.named(label.shown)]
    return any(text in map(plain, words.values.get(path, ())) for path in paths)


def _blocks(labels: Sequence[_Label]) -> Iterator[list[_Label]]:
    """The forms of one sheet: another begins where the label comes again with which the first began.

    What comes again further right within one form (a second disk) stays in it.
    """
    firsts = [one for one in labels if one.known]
    if not firsts:
        return
    anchor = plain(firsts[0].cell.shown)
    starts = [one.cell for one in firsts if plain(one.cell.shown) == anchor]
    # A foreign label may stand above the first known one, in each of the forms.
    above = starts[0].row - labels[0].cell.row
    rows = [row - above for row in sorted({cell.row for cell in starts})]
    across = sorted({cell.column for cell in starts})
    for top, bottom in zip(rows, (*rows[1:], LAST_ROW + 1), strict=True):
        band = [one for one in labels if top <= one.cell.row < bottom]
        for left, right in zip((0, *across[1:]), (*across[1:], LAST_COLUMN + 1), strict=True):
            if block := [one for one in band if left <= one.cell.column < right]:
                yield block


def _put(maker: Maker, row: int, card: Card, block: Sequence[_Label]) -> None:
    first = block[0].cell
    maker.begin(row, card.sheet.name, first.row, first.column)
    seen: Counter[str] = Counter()
    for one in block:
        title = " ".join(one.cell.shown.split())
        seen[plain(title)] += 1
        if seen[plain(title)] > 1:
            title = f"{title} {seen[plain(title)]}つ目"
        maker.column(title)
        if (value := _joined(one.values)) is not None:
            maker.put(row, title, value, card.sheet.name)


def _joined(cells: Sequence[Cell]) -> Cell | None:
    """A value over several cells as people read it: 令和 8 年 4 月 1 日, 256 GB."""
    if len(cells) < 2:
        return cells[0] if cells else None
    text = "".join(cell.shown.strip() for cell in cells)
    return cells[0]._replace(
        shown=text,
        value=text,
        struck=any(cell.struck for cell in cells),
        hidden=all(cell.hidden for cell in cells),
    )


def _why(card: Card, block: Sequence[_Label]) -> str:
    """Why a form is no record; empty where it is one."""
    texts = [cell.shown for cell in card.rest]
    if _EXAMPLE.search(card.sheet.name) or any(map(_EXAMPLE.search, texts)):
        return _EXAMPLE_SHEET
    said = any(not _BLANK.fullmatch(cell.shown) for one in block for cell in one.values)
    return "" if said else _BLANK_FORM
