"""The job by fpdf2: its tables, lines broken at any character."""

from __future__ import annotations

from fpdf import FPDF, FontFace
from fpdf.enums import WrapMode
from pressing import CELL_END, CELL_LEADING, CELL_SIDE, LEADING, Job, margins, press

_ALIGN = {"left": "L", "right": "R", "center": "C", "justify": "J"}
_MM = 72 / 25.4


def printed(job: Job) -> bytes:
    """The file."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.c_margin = CELL_SIDE
    pdf.add_font("body", "", job["fonts"]["body"])
    pdf.add_font("bold", "", job["fonts"]["bold"])
    for sheet in job["sheets"]:
        top, right, bottom, left = (side * _MM for side in margins(sheet))
        pdf.set_margins(left, top, right)
        pdf.set_auto_page_break(True, bottom)
        pdf.add_page(orientation="L" if sheet["landscape"] else "P")
        for block in sheet["blocks"]:
            _put(pdf, block)
    return bytes(pdf.output())


def _put(pdf: FPDF, block: Job) -> None:
    size = block["size"]
    if "text" in block:
        pdf.set_font("bold" if block["bold"] else "body", size=size)
        align = _ALIGN[block["align"]]
        pdf.multi_cell(
            0,
            size * LEADING,
            block["text"],
            align=align,
            wrapmode=WrapMode.CHAR,
            new_x="LMARGIN",
            new_y="NEXT",
        )
        return
    pdf.set_font("body", size=size)
    with pdf.table(
        col_widths=tuple(wide for _, wide in block["columns"]),
        line_height=size * CELL_LEADING,
        padding=(CELL_END, 0),
        text_align="LEFT",
        headings_style=FontFace(family="bold"),
        wrapmode=WrapMode.CHAR,
    ) as table:
        for cells in ([title for title, _ in block["columns"]], *block["rows"]):
            row = table.row()
            for cell in cells:
                row.cell(cell)


if __name__ == "__main__":
    press(printed)
