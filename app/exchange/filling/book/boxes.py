"""Boxes in cells: ticked by a choice, in rows that repeat for each entry by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.exchange.filling import spans
from app.exchange.filling.book.cells import Cells, where
from app.exchange.filling.book.sheets import At, Book, Sheet, texts
from app.exchange.filling.values import BOXES, TICKED, Put
from app.exchange.filling.word.boxes import ticked_sign
from app.exchange.filling.word.stories import caption_of

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Box:
    """A box: the ``offset`` of its sign in the text of its cell, and what stands behind it.

    ``alone``: the cell holds nothing but its sign, and the caption is that of the cell beside it.
    """

    number: int
    sheet: Sheet
    at: At
    offset: int
    sign: str
    caption: str
    alone: bool

    @property
    def place(self) -> str:
        """As placements call it."""
        return f"チェック{self.number}"

    @property
    def empty(self) -> str:
        """Its sign where it is not ticked."""
        return self.sign if self.sign not in TICKED else "□"


def found_boxes(book: Book) -> Iterator[Box]:
    """Every box of a book, in the order of its cells."""
    number = 0
    for sheet in book.sheets:
        for at, cell in sheet.cells.items():
            text = book.text(cell) if book.string(cell) is not None else ""
            for offset, sign in enumerate(text):
                if sign in BOXES:
                    number += 1
                    caption = caption_of(text[offset + 1 :])
                    shown = caption or _behind(book, sheet, at)
                    yield Box(number, sheet, at, offset, sign, shown, alone=not caption)


def _behind(book: Book, sheet: Sheet, at: At) -> str:
    area = sheet.area(at)
    beside = (at[0], (area.right if area else at[1]) + 1)
    return " ".join(book.text(sheet.cells.get(beside)).split())[:_LONGEST]


class Boxes:
    """The boxes of a book, each ticked once: those in rows that repeat with their rows, then the others."""

    def __init__(self, cells: Cells, held: list[Box]) -> None:
        self._cells = cells
        self._held = held
        self.sign = ticked_sign([one.sign for one in held])
        self._done: set[int] = set()
        self._of_cell: dict[tuple[str, At], list[Box]] = {}
        for box in held:
            self._of_cell.setdefault((box.sheet.part, box.at), []).append(box)

    def placed_in(self, sheet: Sheet, at: At) -> bool:
        """Whether a choice is placed on a box of a cell."""
        return any(self._cells.finder.has(box.place) for box in self._of_cell.get((sheet.part, at), ()))

    def take(self, sheet: Sheet, at: At) -> list[Box]:
        """The boxes of a cell, from now on left to the row that they stand in."""
        held = self._of_cell.get((sheet.part, at), [])
        for box in held:
            self._done.add(box.number)
            self._cells.finder.at(box.place)  # who points at the boxes of each row by itself is heard
        return held

    def ticked(self, box: Box, row: tuple[str, int]) -> bool | None:
        """Whether a box is ticked for one entry of a list; None where nothing is placed on it."""
        return self._cells.finder.ticks(box.place, box.caption, row)

    def tick_row(self, sheet: Sheet, at: At, held: list[Box], row: tuple[str, int]) -> None:
        """Tick or clear those of a cell for one entry of a list; its text is not filled yet."""
        cell = sheet.cells.get(at)
        spots = [offset for offset, sign in enumerate(self._cells.book.text(cell)) if sign in BOXES]
        for box, offset in zip(held, spots, strict=False):
            on = self.ticked(box, row)
            if on is not None:
                self._set(box, sheet, at, offset, on=on)

    def tick_others(self) -> None:
        """Tick or clear every box outside those rows that a choice is placed on."""
        for box in self._held:
            on = None
            if box.number not in self._done:
                on = self._cells.finder.ticks(box.place, box.caption)
            if on is not None:
                self._set(box, box.sheet, box.at, box.offset, on=on)

    def _set(self, box: Box, sheet: Sheet, at: At, offset: int, *, on: bool) -> None:
        held = texts(self._cells.book.own_string(sheet.cells[at]))
        spans.swap(held, offset, self.sign if on else box.empty)
        self._cells.put_in.add((sheet.part, at))
        if on:
            told = Put(where(sheet, at), f"チェック「{box.caption}」", self.sign, sheet.part)
            self._cells.finder.outcome.put.append(told)
