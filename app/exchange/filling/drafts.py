"""A draft of a client's file says so on its pages, wherever its form has a place for a number or none.

The mark takes no room: the draft shows what the issued file will look like. A file that is issued has none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from app.exchange.filling import spans
from app.exchange.filling.book.sheets import Book, S, Sheet
from app.exchange.filling.filler import Filled
from app.exchange.filling.package import Node, Package, serialized
from app.exchange.filling.word.stories import stories
from app.exchange.filling.word.text import P, R, T, W
from app.file_kinds import FileKind

_LARGE = "36"
"""Half points of the mark in a document."""
_BEFORE = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader")
_BEHIND = tuple(
    f"{S}{name}"
    for name in (
        *("rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags"),
        *("drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects"),
        *("controls", "webPublishItems", "tableParts", "extLst"),
    )
)
"""What follows the heads and feet of a sheet; in another order Excel calls the file damaged."""
_RIGHT = re.compile(r"(?<!&)((?:&&)*)&R")
_YES = ("1", "true")


def marked(filled: Filled, word: str) -> Filled:
    """The file with ``word`` at the upper edge of its pages.

    Of a document that has no heads it is the first page alone.
    """
    package = Package.open(filled.data, f"draft{filled.suffix}")
    if package.kind is FileKind.WORD:
        pages = [one for one in stories(package) if one.label in ("本文", "ヘッダー")]
        for one in pages:
            _mark_page(one.root, word)
        changed = {one.part: serialized(one.root) for one in pages}
    else:
        sheets = Book(package).sheets
        for sheet in sheets:
            _mark_sheet(sheet, word)
        changed = {sheet.part: serialized(sheet.root) for sheet in sheets}
    return replace(filled, data=package.written(changed))


def _mark_page(root: Node, word: str) -> None:
    """A paragraph in a frame of its own, placed by the page and not by the text."""
    made = etree.Element(P)
    settings = etree.SubElement(made, f"{W}pPr")
    frame = {"wrap": "around", "vAnchor": "page", "hAnchor": "margin", "xAlign": "right", "y": "360"}
    etree.SubElement(settings, f"{W}framePr", {f"{W}{name}": value for name, value in frame.items()})
    run = etree.SubElement(made, R)
    look = etree.SubElement(run, f"{W}rPr")
    etree.SubElement(look, f"{W}color", {f"{W}val": "C00000"})
    etree.SubElement(look, f"{W}sz", {f"{W}val": _LARGE})
    spans.set_text(etree.SubElement(run, T), word)
    body = root.find(f"{W}body")
    (root if body is None else body).insert(0, made)


def _mark_sheet(sheet: Sheet, word: str) -> None:
    held = sheet.root.find(f"{S}headerFooter")
    if held is None:
        held = etree.Element(f"{S}headerFooter")
        behind = next((one for one in sheet.root if one.tag in _BEHIND), None)
        if behind is None:
            sheet.root.append(held)
        else:
            behind.addprevious(held)
    names = ["oddHeader"]
    names += ["evenHeader"] if held.get("differentOddEven") in _YES else []
    names += ["firstHeader"] if held.get("differentFirst") in _YES else []
    for name in names:
        _mark_head(held, name, word)


def _mark_head(held: Node, name: str, word: str) -> None:
    head = held.find(f"{S}{name}")
    if head is None:
        head = etree.Element(f"{S}{name}")
        before = {f"{S}{one}" for one in _BEFORE[: _BEFORE.index(name)]}
        held.insert(sum(one.tag in before for one in held), head)
    text = head.text or ""
    parted, count = _RIGHT.subn(rf"\1&R&18{word}&11\n", text, count=1)
    head.text = parted if count else f"{text}&R&18{word}"
