"""The job by ReportLab's Paragraph and LongTable, the named baseline."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from io import BytesIO
from typing import Any

from pressing import CELL_END, CELL_LEADING, CELL_SIDE, LEADING, Job, margins, press
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
)

_ALIGN = {"left": TA_LEFT, "right": TA_RIGHT, "center": TA_CENTER, "justify": TA_JUSTIFY}
_RULES = [
    ("GRID", (0, 0), (-1, -1), 0.4, colors.black),
    ("LEFTPADDING", (0, 0), (-1, -1), CELL_SIDE),
    ("RIGHTPADDING", (0, 0), (-1, -1), CELL_SIDE),
    ("TOPPADDING", (0, 0), (-1, -1), CELL_END),
    ("BOTTOMPADDING", (0, 0), (-1, -1), CELL_END),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
]


def printed(job: Job) -> bytes:
    """The file."""
    for name in ("body", "bold"):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, job["fonts"][name]))
    out = BytesIO()
    document = BaseDocTemplate(out, initialFontName="body")
    document.addPageTemplates(
        [_template(job["sheets"][0]), *map(_template, ({"landscape": False}, {"landscape": True}))]
    )
    story: list[Any] = []
    for number, sheet in enumerate(job["sheets"]):
        if number:
            story += [NextPageTemplate(_name(sheet)), PageBreak()]
        story += [flowable for block in sheet["blocks"] for flowable in _flowables(block, _room(sheet))]
    document.build(story)
    return out.getvalue()


def _name(sheet: Job) -> str:
    return "wide" if sheet["landscape"] else "upright"


def _size(sheet: Job) -> tuple[float, float]:
    wide, high = landscape(A4) if sheet["landscape"] else A4
    return float(wide), float(high)


def _room(sheet: Job) -> float:
    _, right, _, left = margins(sheet)
    return _size(sheet)[0] - (right + left) * float(mm)


def _template(sheet: Job) -> PageTemplate:
    top, _, bottom, left = margins(sheet)
    high = _size(sheet)[1] - (top + bottom) * mm
    frame = Frame(left * mm, bottom * mm, _room(sheet), high, 0, 0, 0, 0)
    return PageTemplate(_name(sheet), [frame], pagesize=_size(sheet))


def _flowables(block: Job, room: float) -> Iterator[Any]:
    if "text" in block:
        font, size = "bold" if block["bold"] else "body", block["size"]
        style = _style(font, size, size * LEADING, _ALIGN[block["align"]])
        yield from (Paragraph(escape(line), style) for line in block["text"].split("\n"))
        return
    size, columns = block["size"], block["columns"]
    total = sum(wide for _, wide in columns)
    body, head = (_style(font, size, size * CELL_LEADING, TA_LEFT) for font in ("body", "bold"))
    rows = [[Paragraph(escape(title), head) for title, _ in columns]]
    rows += [[Paragraph(escape(cell), body) for cell in row] for row in block["rows"]]
    yield LongTable(rows, colWidths=[wide * room / total for _, wide in columns], repeatRows=1, style=_RULES)


def _style(font: str, size: float, leading: float, align: int) -> ParagraphStyle:
    return ParagraphStyle("s", fontName=font, fontSize=size, leading=leading, alignment=align, wordWrap="CJK")


if __name__ == "__main__":
    press(printed)
