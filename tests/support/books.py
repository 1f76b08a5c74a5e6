"""Workbooks written part by part, as no library writes them: whatever a file from outside may hold."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def cell(address: str, value: object, style: int = 0) -> str:
    """One cell: a text in place, or a number with a style."""
    if isinstance(value, str):
        return f'<c r="{address}" t="inlineStr" s="{style}"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{address}" s="{style}"><v>{value}</v></c>'


def rows(*held: Sequence[object], first: int = 1) -> str:
    """Rows of texts and numbers from the row ``first``; None leaves a cell out."""
    found = []
    for number, row in enumerate(held, first):
        cells = [cell(f"{chr(65 + at)}{number}", v) for at, v in enumerate(row) if v is not None]
        found.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(found)


def book(  # the parts of a workbook, each left out where it plays no part
    data: str = "",
    *,
    formats: Mapping[int, str] | None = None,
    styles: Sequence[int] = (0,),
    texts: str = "",
    before: str = "",
    after: str = "",
    since_1904: bool = False,
    sheets: Mapping[str, str] | None = None,
    states: Mapping[str, str] | None = None,
    strict: bool = False,
    prefix: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A workbook with one sheet of the rows ``data``, or with ``sheets``.

    ``formats``: number formats by id; ``styles``: the format id of each style; ``texts``: the items of the
    shared table; ``before`` and ``after``: what stands around the rows of every sheet; ``more``: further
    parts, which may replace those made here.
    """
    held = sheets or {"台帳": data}
    main, relations = (STRICT, _STRICT_RELATIONS) if strict else (_MAIN, _RELATIONS)
    numbers, shown = range(1, len(held) + 1), states or {}
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}" state="{shown.get(name, "visible")}"/>'
        for n, name in zip(numbers, held, strict=True)
    )
    parts: dict[str, str | bytes] = {
        "_rels/.rels": _related({"w": ("officeDocument", "xl/workbook.xml")}, relations),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{relations}">'
            f'<workbookPr date1904="{int(since_1904)}"/><sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _related(
            {f"r{n}": ("worksheet", f"worksheets/s{n}.xml") for n in numbers}
            | {"t": ("sharedStrings", "sharedStrings.xml"), "s": ("styles", "styles.xml")},
            relations,
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{main}"><numFmts>'
            + "".join(
                f'<numFmt numFmtId="{n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
                for n, code in (formats or {}).items()
            )
            + '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
            + "".join(f'<xf numFmtId="{n}"/>' for n in styles)
            + "</cellXfs></styleSheet>"
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{texts}</sst>',
    }
    for n, inner in zip(numbers, held.values(), strict=True):
        data = f"{before}<sheetData>{inner}</sheetData>{after}"
        text = f"<worksheet xmlns='{main}' xmlns:r='{relations}'>{data}</worksheet>"
        parts[f"xl/worksheets/s{n}.xml"] = _prefixed(text, prefix) if prefix else text
    return packed(parts | dict(more or {}))


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts in a zip file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _related(held: Mapping[str, tuple[str, str]], relations: str) -> str:
    return (
        "<Relationships>"
        + "".join(
            f'<Relationship Id="{key}" Type="{relations}/{kind}" Target="{target}"/>'
            for key, (kind, target) in held.items()
        )
        + "</Relationships>"
    )


def _prefixed(text: str, prefix: str) -> str:
    return (
        text.replace("<", f"<{prefix}:")
        .replace(f"<{prefix}:/", f"</{prefix}:")
        .replace("xmlns=", f"xmlns:{prefix}=")
    )
