"""Boxes: ticked as the form does it, whatever they are made of."""

from __future__ import annotations

from app.exchange.filling import spans
from app.exchange.filling.package import Node
from app.exchange.filling.values import BOXES, TICKED, Finder, Put
from app.exchange.filling.word.stories import Box, Table, where
from app.exchange.filling.word.text import (
    FIELD,
    SDT,
    SDT_PR,
    SYM,
    TC,
    W14,
    W,
    own_paragraphs,
    paragraph_text,
    pieces,
)

_SIGNS = {"☑": "F0FE", "□": "F0A8"}


class Boxes:
    """A document's boxes, each ticked once: those in rows that repeat with their rows, then the others."""

    def __init__(self, held: list[Box], finder: Finder) -> None:
        self._held = held
        self._finder = finder
        self._sign = ticked_sign([one.sign for one in held])
        self._done: set[int] = set()
        self._of_cell: dict[Node, list[Box]] = {}
        for box in held:
            for paragraph in box.paragraphs:
                cell = next(paragraph.iterancestors(TC), None)
                if cell is not None and paragraph in own_paragraphs(cell):
                    self._of_cell.setdefault(cell, []).append(box)

    def placed_in(self, cell: Node) -> bool:
        """Whether a choice is placed on a box of a cell."""
        return any(self._finder.has(_place(box)) for box in self._of_cell.get(cell, ()))

    def take(self, cell: Node) -> list[Box]:
        """The boxes of a cell, from now on left to the row that they stand in."""
        held = self._of_cell.get(cell, [])
        for box in held:
            self._done.add(box.number)
            self._finder.at(_place(box))  # who points at the boxes of each row by itself is heard
        return held

    def tick_row(self, cell: Node, held: list[Box], row: tuple[str, int], told: str) -> None:
        """Tick or clear those of a cell for one entry of a list; an empty ``told`` tells of nothing."""
        spots = [
            (paragraph, at)
            for paragraph in own_paragraphs(cell)
            for at, sign in enumerate(paragraph_text(paragraph))
            if sign in BOXES
        ]
        for box, (paragraph, at) in zip(held, spots, strict=False):
            on = self._finder.ticks(_place(box), box.caption, row)
            if on is not None:
                self._set(box, paragraph, at, told, on=on)

    def tick_others(self, all_tables: list[Table]) -> None:
        """Tick or clear every box outside those rows that a choice is placed on."""
        for box in self._held:
            on = None if box.number in self._done else self._finder.ticks(_place(box), box.caption)
            for copy, paragraph in enumerate(box.paragraphs if on is not None else ()):
                told = "" if copy else where(box.story, paragraph, all_tables)
                self._set(box, paragraph, box.at, told, on=bool(on))

    def _set(self, box: Box, paragraph: Node, at: int, told: str, *, on: bool) -> None:
        empty = box.sign if box.sign not in TICKED else "□"
        _set(paragraph, at, on=on, sign=self._sign, empty=empty)
        if on and told:
            shown = paragraph_text(paragraph)[at]
            name = f"チェック「{box.caption}」"
            self._finder.outcome.put.append(Put(told, name, shown, box.story.part))


def _place(box: Box) -> str:
    return f"チェック{box.number}"


def ticked_sign(signs: list[str]) -> str:
    """The sign that the form itself uses for a ticked box: ■ where it has that one and no ☑."""
    return "■" if "■" in signs and "☑" not in signs else "☑"


def _set(paragraph: Node, at: int, *, on: bool, sign: str, empty: str) -> None:
    held = pieces(paragraph)
    begin = 0
    for piece in held:
        end = begin + len(piece.text)
        if begin <= at < end and piece.node is not None:
            _set_node(piece.node, held, at, on=on, sign=sign, empty=empty)
            return
        begin = end


def _set_node(node: Node, held: list[spans.Piece], at: int, *, on: bool, sign: str, empty: str) -> None:
    if node.tag == SYM:
        node.set(f"{W}char", _SIGNS["☑" if on else "□"])
    elif node.tag == FIELD:
        _set_field(node, on=on)
    else:
        control = next((one for one in node.iterancestors(SDT) if _checkbox(one) is not None), None)
        checkbox = None if control is None else _checkbox(control)
        if checkbox is not None:
            sign, empty = _set_control(checkbox, on=on)
        spans.swap(held, at, sign if on else empty)


def _set_field(node: Node, *, on: bool) -> None:
    box = node.find(f"{W}ffData/{W}checkBox")
    held = box.find(f"{W}checked")
    if held is None:
        held = box.makeelement(f"{W}checked")
        box.append(held)
    held.set(f"{W}val", "1" if on else "0")


def _checkbox(control: Node) -> Node | None:
    return control.find(f"{SDT_PR}/{W14}checkbox")


def _set_control(checkbox: Node, *, on: bool) -> tuple[str, str]:
    """Set the control's own state; its signs for ticked and empty."""
    held = checkbox.find(f"{W14}checked")
    if held is None:
        held = checkbox.makeelement(f"{W14}checked")
        checkbox.insert(0, held)
    held.set(f"{W14}val", "1" if on else "0")
    return _sign(checkbox, "checkedState", "☒"), _sign(checkbox, "uncheckedState", "☐")


def _sign(checkbox: Node, name: str, otherwise: str) -> str:
    state = checkbox.find(f"{W14}{name}")
    try:
        return chr(int(state.get(f"{W14}val", ""), 16)) if state is not None else otherwise
    except (ValueError, OverflowError):
        return otherwise
