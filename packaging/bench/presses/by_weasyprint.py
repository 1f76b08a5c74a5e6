"""The job by WeasyPrint: HTML with a style sheet for paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from pressing import (
    CELL_END,
    CELL_LEADING,
    CELL_SIDE,
    LEADING,
    MARGINS,
    MARGINS_WIDE,
    Job,
    press,
)
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration


def printed(job: Job) -> bytes:
    """The file."""
    fonts = FontConfiguration()
    style = CSS(string=_style(job), font_config=fonts)
    page = "".join(_page(job))
    return bytes(HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts) or b"")


def _style(job: Job) -> str:
    faces = "".join(
        f'@font-face {{ font-family: {name}; src: url("{Path(file).as_uri()}") }}'
        for name, file in job["fonts"].items()
    )
    upright, wide = (" ".join(f"{side}mm" for side in sides) for sides in (MARGINS, MARGINS_WIDE))
    return (
        f"{faces} @page upright {{ size: A4; margin: {upright} }}"
        f"@page wide {{ size: A4 landscape; margin: {wide} }}"
        "section.upright { page: upright } section.wide { page: wide }"
        "section + section { break-before: page }"
        f"body {{ font-family: body; line-height: {LEADING} }} p {{ margin: 0; white-space: pre-wrap }}"
        "table { table-layout: fixed; width: 100%; border-collapse: collapse }"
        f"table {{ line-height: {CELL_LEADING} }}"
        "th { font-family: bold; font-weight: normal; text-align: left } tr { break-inside: avoid }"
        f"td, th {{ border: 0.4pt solid black; padding: {CELL_END}pt {CELL_SIDE}pt; white-space: pre-wrap }}"
    )


def _page(job: Job) -> Iterator[str]:
    yield '<html lang="ja"><body>'
    for sheet in job["sheets"]:
        yield f'<section class="{"wide" if sheet["landscape"] else "upright"}">'
        for block in sheet["blocks"]:
            yield from _block(block)
        yield "</section>"
    yield "</body></html>"


def _block(block: Job) -> Iterator[str]:
    if "text" in block:
        family = "bold" if block["bold"] else "body"
        said = f"font: {block['size']}pt/{LEADING} {family}; text-align: {block['align']}"
        yield f'<p style="{said}">{escape(block["text"])}</p>'
        return
    total = sum(wide for _, wide in block["columns"])
    yield f'<table style="font-size: {block["size"]}pt"><thead><tr>'
    for title, wide in block["columns"]:
        yield f'<th style="width: {wide * 100 / total:.3f}%">{escape(title)}</th>'
    yield "</tr></thead><tbody>"
    for row in block["rows"]:
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
    yield "</tbody></table>"


if __name__ == "__main__":
    press(printed)
