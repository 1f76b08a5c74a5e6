"""The job by typst, through its own binding for Python: the job is read by the template as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from pressing import CELL_END, CELL_LEADING, CELL_SIDE, LEADING, MARGINS, MARGINS_WIDE, Job, press


def _margin(sides: tuple[float, ...]) -> str:
    return ", ".join(
        f"{name}: {side}mm" for name, side in zip(("top", "right", "bottom", "left"), sides, strict=True)
    )


_TEMPLATE = f"""
#let job = json(bytes(sys.inputs.job))
#set text(font: "BIZ UDMincho", lang: "ja", fallback: false, top-edge: 0.88em, bottom-edge: -0.12em)
#let head(it) = text(font: "BIZ UDGothic", weight: "bold", it)
#let said(block) = {{
  set text(size: block.size * 1pt)
  set par(leading: {LEADING - 1}em, spacing: {LEADING - 1}em, justify: block.align == "justify")
  let sides = (left: left, right: right, center: center, justify: left)
  align(sides.at(block.align), if block.bold {{ head(block.text) }} else {{ block.text }})
}}
#let ruled(block) = {{
  set text(size: block.size * 1pt)
  set par(leading: {CELL_LEADING - 1:.2f}em)
  table(
    columns: block.columns.map(column => column.at(1) * 1fr),
    stroke: 0.4pt, inset: (x: {CELL_SIDE}pt, y: {CELL_END}pt),
    table.header(..block.columns.map(column => head(column.at(0)))),
    ..block.rows.flatten().map(cell => [#cell]),
  )
}}
#let paper(sheet) = {{
  for block in sheet.blocks {{ if "text" in block {{ said(block) }} else {{ ruled(block) }} }}
}}
#for sheet in job.sheets {{
  if sheet.landscape {{
    page(paper: "a4", flipped: true, margin: ({_margin(MARGINS_WIDE)}), paper(sheet))
  }} else {{
    page(paper: "a4", margin: ({_margin(MARGINS)}), paper(sheet))
  }}
}}
"""


def printed(job: Job) -> bytes:
    """The file."""
    folder = Path(job["fonts"]["body"]).parent
    made = typst.compile(
        _TEMPLATE.encode("utf-8"),
        font_paths=[str(folder)],
        ignore_system_fonts=True,
        sys_inputs={"job": json.dumps({"sheets": job["sheets"]})},
        format="pdf",
    )
    return bytes(made)


if __name__ == "__main__":
    press(printed)
