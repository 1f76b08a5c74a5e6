"""A new workbook (.xlsx, .xlsm, also in the strict spelling of the standard), sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from operator import itemgetter, lt

from app.common import PeopleError
from app.exchange.sheets.book import Cell, Sheet
from app.exchange.sheets.excel.contents import Damaged, Looks
from app.exchange.sheets.excel.grid import Grid
from app.exchange.sheets.excel.package import Attributes, Package, Reader, Relation
from app.exchange.sheets.excel.styles import Styles
from app.exchange.sheets.excel.texts import Notes, SharedTexts
from app.exchange.sheets.limits import MOST_SHEETS, Counted

_PLACE = itemgetter(0, 1)
_TRUE = frozenset({"1", "true"})


def sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook in their order.

    Raises ``PeopleError``, or whatever zipfile and expat raise for a damaged file.
    """
    counted = Counted()
    package = Package(data, counted)
    place = next((r.target for r in package.relations("").values() if r.kind == "officeDocument"), "")
    if not package.has(place):
        raise Damaged
    book = _Book()
    package.feed(place, book)
    if len(book.sheets) > MOST_SHEETS:
        raise PeopleError(
            f"シートが多すぎます（{MOST_SHEETS}枚まで）。要るシートだけを写してから取り込んでください。"
        )
    relations = package.relations(place)
    texts = SharedTexts(counted)
    styles = Styles()
    for relation in relations.values():
        if relation.kind == "sharedStrings" and package.has(relation.target):
            package.feed(relation.target, texts)
        elif relation.kind == "styles" and package.has(relation.target):
            package.feed(relation.target, styles)
    formats = styles.formats(since_1904=book.since_1904)
    for name, held, hidden in book.sheets:
        yield _sheet(
            package,
            relations.get(held),
            name,
            hidden,
            Looks(texts.held, formats, styles.struck(), texts.struck),
            counted,
        )


def _sheet(
    package: Package,
    relation: Relation | None,
    name: str,
    hidden: bool,
    looks: Looks,
    counted: Counted,
) -> Sheet:
    if relation is None or not package.has(relation.target):
        raise Damaged
    if relation.kind != "worksheet":
        return Sheet(name, (), hidden=hidden, told=("グラフなど、表でないシートは読みません。",))
    notes = Notes(counted)
    for other in package.relations(relation.target).values():
        if other.kind == "comments" and package.has(other.target):
            package.feed(other.target, notes)
    grid = Grid(looks, notes.held, counted)
    package.feed(relation.target, grid)
    return Sheet(name, tuple(in_order(grid.cells)), tuple(grid.merges), hidden, tuple(_told(grid)))


def in_order(cells: list[Cell]) -> list[Cell]:
    """Cells from the top and from the left; where one place is filled twice, no two programs agree."""
    places = list(map(_PLACE, cells))
    if all(map(lt, places, islice(places, 1, None))):
        return cells
    if len(set(places)) < len(places):
        raise Damaged
    return sorted(cells, key=_PLACE)


def _told(grid: Grid) -> Iterator[str]:
    if grid.objects:
        yield "図形、画像、ボタンに書かれた文字は読みません。"
    for address in list(grid.unnoted)[:5]:
        yield f"空のセル{address}に付いたコメントは読みません。"


class _Book(Reader):
    """Which sheets there are, and from which day the workbook counts."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in _TRUE
        elif name == "sheet":
            relation = next(
                (value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), ""
            )
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), relation, hidden))
