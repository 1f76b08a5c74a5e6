"""Which column fills which field: by its title first, then by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.exchange.sheets.book import Cell, letters
from app.exchange.tables.grid import Grid
from app.exchange.tables.head import Head, paths_of
from app.exchange.tables.own import REST_COLUMNS
from app.exchange.tables.words import RUNNING, Words, plain
from app.records.kinds import Choice
from app.records.spelling.fold import squeezed

_SAMPLES = 3
_LONGEST_SAMPLE = 40
_BY_CONTENT = 3
"""Values of a column that must all be choices of one field before it is taken for that without a title."""
RUNNING_NUMBER = "通し番号"
"""Why a column of running numbers fills no field."""
ADDED = "受託台帳が付けた列"
"""Why a column that this program added to rows saved for mending fills no field."""
MAKER_AND_MODEL = "maker+model"
"""The field of a column in which both stand."""
INTO_NOTE = "note+"
"""The field of a column that has none: its values go into 備考 behind its title, and several may."""
_FAMILY, _GIVEN = frozenset({"姓", "氏", "苗字", "名字"}), frozenset({"名", "名前"})
_FAMILY_READ, _GIVEN_READ = (
    frozenset({"せい", "姓かな", "姓ふりがな"}),
    frozenset({"めい", "名かな", "名ふりがな"}),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``path``: the field that it fills, None for none.

    ``left``: why it fills none, where that is settled (running numbers, dropped by hand); else people decide.
    ``part``: 1 and 2 for a name in two columns. ``filled`` counts its values, ``samples`` are the first.
    """

    number: int
    title: str
    path: str | None = None
    left: str = ""
    part: int = 0
    filled: int = 0
    samples: tuple[str, ...] = ()
    hidden: bool = False

    @property
    def letter(self) -> str:
        """As people call it."""
        return letters(self.number)

    @property
    def undecided(self) -> bool:
        """Whether it holds values and nobody said what becomes of them."""
        return self.path is None and not self.left and self.filled > 0


def match(
    grid: Grid, head: Head, rows: Sequence[int], words: Words, given: Mapping[int, str | None]
) -> tuple[Column, ...]:
    """The columns of a table. ``given``: what people say of a column, whatever its title."""
    held = _held(grid, rows)
    numbers = sorted({*head.titles, *held})
    found = [_column(grid, head, number, held.get(number, []), given) for number in numbers]
    taken = {column.path for column in found if column.path}
    found = _named(found, head, words, taken, given)
    found = _by_content(found, held, words, taken, given)
    return tuple(found)


def _held(grid: Grid, rows: Sequence[int]) -> dict[int, list[Cell]]:
    held: dict[int, list[Cell]] = {}
    for row in rows:
        for number, cell in grid.cells(row).items():
            held.setdefault(number, []).append(cell)
    return held


def _column(
    grid: Grid, head: Head, number: int, cells: Sequence[Cell], given: Mapping[int, str | None]
) -> Column:
    tops = [grid.cells(row).get(number) for row in head.rows]
    hidden = bool(cells) and all(cell.hidden for cell in cells) and all(top.hidden for top in tops if top)
    column = Column(
        number,
        head.title(number),
        filled=len(cells),
        samples=tuple(cell.shown.strip()[:_LONGEST_SAMPLE] for cell in cells[:_SAMPLES]),
        hidden=hidden and any(tops),
    )
    if number in given:
        path = given[number]
        return replace(column, path=path, left="" if path else "使わない列")
    if column.title in REST_COLUMNS:
        return replace(column, left=ADDED)
    if plain(column.title) in RUNNING and _running(cells):
        return replace(column, left=RUNNING_NUMBER)
    return column


def _running(cells: Sequence[Cell]) -> bool:
    numbers = [cell.value for cell in cells if isinstance(cell.value, int)]
    texts = [
        int(cell.shown) for cell in cells if isinstance(cell.value, str) and cell.shown.strip().isdecimal()
    ]
    found = numbers or texts
    return len(found) > 0 and all(a < b for a, b in pairwise(found))


def _named(
    found: list[Column], head: Head, words: Words, taken: set[str], given: Mapping[int, str | None]
) -> list[Column]:
    """The columns whose title names a field; of two that name one, the nearer title, then the left one."""
    free = [c for c in found if c.number not in given and not c.left and not c.hidden]
    wishes = sorted(
        (near, column.number, path)
        for column in free
        for near, path in paths_of(head.titles.get(column.number, ()), words)
    )
    chosen: dict[int, tuple[str, int]] = {}
    for _, number, path in wishes:
        if number not in chosen and path not in taken:
            chosen[number] = (path, 0)
            taken.add(path)
    for column in free:
        if column.number not in chosen:
            for part in _parts(column.title, words):
                if part[0] not in taken or part[1] == 2:
                    chosen[column.number] = part
                    taken.add(part[0])
    return [
        replace(c, path=chosen[c.number][0], part=chosen[c.number][1]) if c.number in chosen else c
        for c in found
    ]


def _parts(title: str, words: Words) -> list[tuple[str, int]]:
    """A title that names two fields, or one of two columns of a name."""
    bare = plain(title)
    if "name" in words.targets and "kana" in words.targets:
        for names, path, part in (
            (_FAMILY, "name", 1),
            (_GIVEN, "name", 2),
            (_FAMILY_READ, "kana", 1),
            (_GIVEN_READ, "kana", 2),
        ):
            if bare in names:
                return [(path, part)]
    if "maker" in words.targets and "model" in words.targets:
        for at in range(1, len(bare)):
            first, second = words.named(bare[:at].removesuffix("と")), words.named(bare[at:])
            if first and second and first[0][1] == "maker" and second[0][1] == "model":
                return [(MAKER_AND_MODEL, 0)]
    return []


def _by_content(
    found: list[Column],
    held: Mapping[int, Sequence[Cell]],
    words: Words,
    taken: set[str],
    given: Mapping[int, str | None],
) -> list[Column]:
    """A column under a foreign title, whose every value is a choice of one field that no title names."""
    open_paths = {
        path: words.values[path]
        for path, target in words.targets.items()
        if isinstance(target.field.kind, Choice) and target.rows is None and path not in taken
    }
    made = []
    for column in found:
        cells = held.get(column.number, ())
        if (
            column.undecided
            and column.number not in given
            and not column.hidden
            and len(cells) >= _BY_CONTENT
        ):
            texts = {squeezed(cell.shown) for cell in cells}
            fitting = [path for path, values in open_paths.items() if texts <= values.keys()]
            if len(fitting) == 1 and len(texts) > 1:
                made.append(replace(column, path=fitting[0]))
                del open_paths[fitting[0]]
                continue
        made.append(column)
    return made
