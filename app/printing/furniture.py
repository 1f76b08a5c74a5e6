"""What stands on every page besides the text: page number, way back to the archive, 下書き."""

from __future__ import annotations

from app.printing.blocks import Document
from app.printing.paper import MM, Paper
from app.printing.pen import Pen
from app.printing.type.fonts import fonts
from app.printing.type.lines import break_text, width_of
from app.printing.type.words import DRAFT

_PAGE_SIZE, _MARK_SIZE, _DRAFT_SIZE = 9.0, 6.5, 130.0
_DRAFT_GREY = 0.94
_GROUP = 4
_EDGE = 12 * MM


def furniture_texts(document: Document, page: int, pages: int) -> tuple[str, ...]:
    """What a page carries besides its text, in the order in which it is drawn."""
    number = f"{page}／{pages}"
    return (DRAFT, number) if document.number is None else (number, foot(document))


def foot(document: Document) -> str:
    """The line that leads from paper back to the archived copy; empty for a draft."""
    if document.number is None:
        return ""
    mark = document.mark
    if mark is None:
        return document.number
    code = mark.code.replace(" ", "")
    groups = " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
    return f"{document.number}　照合コード {groups}　台帳 {mark.sequence} : {mark.head}"


def draw_furniture(pen: Pen, paper: Paper, document: Document, page: int, pages: int) -> None:
    """Draw it first: what lies under the text must not cover it."""
    if document.number is None:
        glyphs = fonts().bold.glyphs(DRAFT)
        pen.slanted(glyphs, paper.width / 2, paper.height / 2, _DRAFT_SIZE, _DRAFT_GREY)
    _centred(pen, paper, f"{page}／{pages}", paper.foot, _PAGE_SIZE)
    text = foot(document)
    if text:
        room = paper.width - 2 * _EDGE
        natural = width_of(fonts().body, text) / 1000
        _centred(pen, paper, text, paper.mark, min(_MARK_SIZE, room / natural))


def _centred(pen: Pen, paper: Paper, text: str, above_edge: float, size: float) -> None:
    (line,) = break_text(fonts().body, text, float("inf"))
    wide = line.width * size / 1000
    pen.line(line, (paper.width - wide) / 2, paper.height - above_edge - size, size)
