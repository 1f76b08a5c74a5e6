"""Boxes: ticked as the form does it, whatever they are made of."""

from __future__ import annotations

from app.exchange.filling import spans
from app.exchange.filling.package import Node
from app.exchange.filling.values import TICKED, Finder, Put
from app.exchange.filling.word.stories import Box, Table, where
from app.exchange.filling.word.text import FIELD, SDT, SDT_PR, SYM, W14, W, paragraph_text, pieces

_SIGNS = {"☑": "F0FE", "□": "F0A8"}


def tick(held: list[Box], all_tables: list[Table], finder: Finder) -> None:
    """Tick or clear every box that a choice is placed on."""
    sign = ticked_sign([one.sign for one in held])
    for box in held:
        on = finder.ticks(f"チェック{box.number}", box.caption)
        if on is None:
            continue
        for paragraph in box.paragraphs:
            _set(paragraph, box.at, on=on, sign=sign, empty=box.sign if box.sign not in TICKED else "□")
        if on:
            told = where(box.story, box.paragraphs[0], all_tables)
            shown = paragraph_text(box.paragraphs[0])[box.at]
            finder.outcome.put.append(Put(told, f"チェック「{box.caption}」", shown, box.story.part))


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
