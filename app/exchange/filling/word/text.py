"""The text of Word's paragraphs, and text written into them with the formatting that is there."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from app.exchange.filling import spans
from app.exchange.filling.package import Node
from app.exchange.filling.spans import Piece

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

P, R, T, TBL, TR, TC = (f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc"))
SDT, SDT_PR, CONTENT = f"{W}sdt", f"{W}sdtPr", f"{W}sdtContent"
SYM, FIELD = f"{W}sym", f"{W}fldChar"
FALLBACK, CHOICE, ALTERNATE = f"{MC}Fallback", f"{MC}Choice", f"{MC}AlternateContent"

_SKIPPED = {P, f"{W}del", f"{W}moveFrom", f"{W}rt", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}sdtPr"}
"""What holds no text of this paragraph: other paragraphs, what is deleted, readings above kanji."""
_MARKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-", ALTERNATE: "\n"}
_WINGDINGS = {"F0A8": "□", "F06F": "□", "F071": "□", "F0FE": "☑", "F0FD": "☒", "F06E": "■"}
"""Signs of the font Wingdings that stand for boxes."""
_OF_CHANGES = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange")}


def pieces(paragraph: Node) -> list[Piece]:
    """The texts of a paragraph in their order; a box that is no character counts as one."""
    return list(_pieces(paragraph))


def _pieces(node: Node) -> Iterator[Piece]:
    for child in node:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        if tag == T:
            yield Piece(child, child.text or "")
            continue
        if mark := _MARKS.get(tag):
            yield Piece(None, mark)
        if sign := box_sign(child):
            yield Piece(child, sign)
        yield from _pieces(child)


def box_sign(node: Node) -> str:
    """The character for a box that is a sign of Wingdings or an old form field; empty for anything else."""
    if node.tag == SYM and node.get(f"{W}font", "").startswith("Wingdings"):
        return _WINGDINGS.get(node.get(f"{W}char", "").upper(), "")
    if node.tag == FIELD and (box := node.find(f"{W}ffData/{W}checkBox")) is not None:
        return "☑" if _is_on(box.find(f"{W}checked"), box.find(f"{W}default")) else "□"
    return ""


def _is_on(*settings: Node | None) -> bool:
    for one in settings:
        if one is not None:
            return one.get(f"{W}val", "1") in ("1", "true", "on")
    return False


def paragraph_text(paragraph: Node) -> str:
    """What a paragraph says."""
    return spans.text_of(pieces(paragraph))


def own_paragraphs(holder: Node) -> Iterator[Node]:
    """The paragraphs of a cell or control, not those of tables and boxes in it."""
    for child in holder:
        if child.tag == P:
            yield child
        elif child.tag in (SDT, CONTENT, f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from own_paragraphs(child)


def text_in(holder: Node) -> str:
    """What a cell or control says, one line for each paragraph."""
    return "\n".join(paragraph_text(one) for one in own_paragraphs(holder))


def new_line(node: Node, text: str) -> Node:
    """A line break behind a text element, and an element for the text of the new line."""
    mark, line = etree.Element(f"{W}br"), etree.Element(T)
    node.addnext(mark)
    mark.addnext(line)
    spans.set_text(line, text)
    return line


def replace_span(paragraph: Node, start: int, end: int, value: str) -> None:
    """Write over part of a paragraph; a control that it lies in shows its own text from now on."""
    held = pieces(paragraph)
    spans.put(held, start, end, value, new_line)
    at = 0
    for piece in held:
        if piece.node is not None and at <= start < at + len(piece.text):
            for control in piece.node.iterancestors(SDT):
                release(control)
        at += len(piece.text)


def write_paragraph(paragraph: Node, value: str) -> None:
    """Give a paragraph ``value`` for its whole text, in the formatting of its first text."""
    held = pieces(paragraph)
    texts = [at for at, piece in enumerate(held) if piece.node is not None and piece.node.tag == T]
    if not texts:
        line = etree.SubElement(_run(paragraph), T)
        first, *others = value.split("\n")
        spans.set_text(line, first)
        for one in others:
            line = new_line(line, one)
        return
    start = len(spans.text_of(held[: texts[0]]))
    end = len(spans.text_of(held[: texts[-1] + 1]))
    if start == end:
        # Empty text elements: nothing can be written over, only into them.
        first, *others = value.split("\n")
        line = held[texts[0]].node
        spans.set_text(line, first)
        for one in others:
            line = new_line(line, one)
        return
    replace_span(paragraph, start, end, value)


def write_holder(holder: Node, value: str) -> Node:
    """Give a cell or control ``value`` for its whole text; the paragraph that now has it."""
    held = list(own_paragraphs(holder))
    if not held:
        held = [etree.SubElement(holder, P)]
    first = next((one for one in held if paragraph_text(one).strip()), held[0])
    for other in held:
        if other is not first and paragraph_text(other):
            write_paragraph(other, "")
    write_paragraph(first, value)
    return first


def _run(paragraph: Node) -> Node:
    """A new run at the end of a paragraph, formatted as the paragraph's own mark is."""
    run = etree.SubElement(paragraph, R)
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    if mark is not None:
        made = etree.SubElement(run, f"{W}rPr")
        made.extend(deepcopy(one) for one in mark if one.tag not in _OF_CHANGES)
    return run


def release(control: Node) -> None:
    """A control that was filled is no longer a hint, nor fed from data elsewhere that would win over it."""
    held = control.find(SDT_PR)
    if held is None:
        return
    hint = held.find(f"{W}showingPlcHdr")
    for name in (f"{W}showingPlcHdr", f"{W}dataBinding"):
        for one in held.findall(name):
            held.remove(one)
    for one in held.findall(f"{W}date"):
        one.attrib.pop(f"{W}fullDate", None)
    if hint is not None:
        for style in control.iterfind(f"{CONTENT}//{W}rStyle"):
            style.getparent().remove(style)
