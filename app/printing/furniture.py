"""What stands on every page besides the text: number, way back to the archive, which copy, 下書き."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.printing.blocks import Document, Sheet
from app.printing.codes.drawing import CLEAR, LEFT, WIDE, draw_code
from app.printing.codes.payload import payload
from app.printing.paper import HALF, MM, Paper, paper
from app.printing.pen import Pen
from app.printing.tagging.tree import Element
from app.printing.type.fonts import fonts
from app.printing.type.lines import Line, break_text
from app.printing.type.words import DRAFT

_PAGE_SIZE, _MARK_SIZE, _DRAFT_SIZE = 9.0, 7.5, 130.0
_MARK_LEADING = 8.4
_DRAFT_GREY = 0.94
_GROUP = 4
_EDGE = 12 * MM
_COPY_SIZE, _COPY_TOP = 11.0, 9 * MM
CUT = "切取線"
"""What stands above the line along which two copies on one sheet are cut apart."""
_CUT_SIZE, _CUT_TOP, _DASH = 7.5, 5 * MM, 4


def together(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """The sheets in groups: what continues a sheet is numbered on with it."""
    found: list[list[Sheet]] = []
    for sheet in sheets:
        if found and sheet.continues:
            found[-1].append(sheet)
        else:
            found.append([sheet])
    return found


def numbering(sheets: Sequence[Sheet], counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """For each sheet: the number of its first page, and how many pages are numbered together with it.

    ``counts``: how many pages each sheet takes.
    """
    start = 0
    for group in together(sheets):
        held = counts[start : start + len(group)]
        yield from ((sum(held[:at]) + 1, sum(held)) for at in range(len(group)))
        start += len(group)


def furniture_texts(document: Document, sheet: Sheet, page: int, pages: int) -> tuple[str, ...]:
    """What a page of ``sheet`` carries besides its text, in the order in which it is drawn."""
    number, texts = f"{page}／{pages}", [CUT] if sheet.second else []
    for half in sheet.halves:
        copy = copy_mark(half)
        texts += (DRAFT, copy, number) if document.number is None else (copy, number, foot(document))
    return tuple(texts)


def copy_mark(sheet: Sheet) -> str:
    """（正）, （副）, （控）: which copy a page belongs to; empty where a paper is printed once."""
    return f"（{sheet.copy}）" if sheet.copy else ""


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


def code_text(document: Document, page: int) -> str:
    """What the code on page ``page`` of the file says, from 1; empty where there is none, as on a draft."""
    mark = document.mark
    return "" if document.number is None or mark is None else payload(mark.ledger, mark.code, page)


def draw_furniture(
    pen: Pen, document: Document, sheet: Sheet, number: tuple[int, int], in_file: int, code: Element
) -> None:
    """Draw it first: what lies under the text must not cover it. All of it is an artifact but the code.

    ``number``: of the page, and of how many; ``in_file``: which page of the file it is, from 1; ``code``: to
    what the code on it belongs.
    """
    size = HALF if sheet.second else paper(sheet.landscape)
    if sheet.second:
        _draw_cut(pen, size)
    text = code_text(document, in_file)
    for at, half in enumerate(sheet.halves):
        _draw_around(pen, size, (document, half), number, text, at * size.width)
    if text:
        pen.reads(code)
        for at in range(len(sheet.halves)):
            draw_code(pen, size, text, at * size.width)


def _draw_cut(pen: Pen, size: Paper) -> None:
    """The dashed line between two copies, and what it is for above it."""
    (line,) = break_text(fonts().body, CUT, float("inf"))
    pen.line(line, size.width - line.width * _CUT_SIZE / 2000, _CUT_TOP, _CUT_SIZE)
    steps = range(int(_CUT_TOP + 2 * _CUT_SIZE), int(size.height - _CUT_TOP), 2 * _DASH)
    pen.rules(((size.width, top, size.width, top + _DASH) for top in steps), 0.5)


def _draw_around(
    pen: Pen, size: Paper, of: tuple[Document, Sheet], number: tuple[int, int], code: str, shift: float
) -> None:
    """What stands around the text of one sheet, ``shift`` to the right."""
    document, sheet = of
    if document.number is None:
        glyphs = fonts().bold.glyphs(DRAFT)
        pen.slanted(glyphs, shift + size.width / 2, size.height / 2, _DRAFT_SIZE, _DRAFT_GREY)
    if mark := copy_mark(sheet):
        (line,) = break_text(fonts().bold, mark, float("inf"))
        left = shift + size.width - size.right - line.width * _COPY_SIZE / 1000
        pen.line(line, left, _COPY_TOP, _COPY_SIZE)
    (line,) = break_text(fonts().body, f"{number[0]}／{number[1]}", float("inf"))
    _place(pen, size, line, shift + _middle(size, line, _PAGE_SIZE), size.foot, _PAGE_SIZE)
    _draw_way_back(pen, size, document, code, shift)


def _draw_way_back(pen: Pen, size: Paper, document: Document, code: str, shift: float) -> None:
    """Beside the code, the line that says in plain letters what it leads to."""
    left = LEFT + WIDE + CLEAR if code else _EDGE
    lines = break_text(fonts().body, foot(document), (size.width - left - _EDGE) * 1000 / _MARK_SIZE)
    for at, line in enumerate(lines):
        start = left if code else _middle(size, line, _MARK_SIZE)
        _place(pen, size, line, shift + start, size.mark + (len(lines) - 1 - at) * _MARK_LEADING, _MARK_SIZE)


def _middle(size: Paper, line: Line, points: float) -> float:
    """Where a line starts that stands in the middle of the page."""
    return (size.width - line.width * points / 1000) / 2


def _place(pen: Pen, size: Paper, line: Line, x: float, above_edge: float, points: float) -> None:
    pen.line(line, x, size.height - above_edge - points, points)
