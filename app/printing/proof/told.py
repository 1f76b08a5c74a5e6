"""What pages say to those who are read them: each text whole, also where it goes on overleaf.

On paper the cells of a row that goes on overleaf stand in parts, the first ones of all before the rest of
any, and nobody can say by looking at letters alone where one ends. The structure of the file can.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf
import pypdfium2.raw as pdfium

from app.printing.pages import OpenPdf

_Id: TypeAlias = tuple[int, int]
"""By what a file calls an object."""


def told(pdf: bytes, opened: OpenPdf, pages: range) -> str:
    """All that ``pages`` say, element by element; ``opened``: the same file, held open by its reader.

    Nothing is told of what belongs to no element: ``tag_findings`` says that of it.
    """
    said: dict[_Id, dict[_Id, str]] = {}
    rows: dict[_Id, pikepdf.Object] = {}
    with pikepdf.open(BytesIO(pdf)) as file:
        if "/StructTreeRoot" not in file.Root:
            return ""
        parents = pikepdf.NumberTree(file.Root.StructTreeRoot.ParentTree)
        for page in pages:
            key = int(file.pages[page].obj.get("/StructParents", -1))
            owners = list(parents[key]) if key in parents else []
            with opened.reading(page) as (raw_page, text_page):
                marked = _marked(raw_page, text_page)
            for number in sorted(number for number in marked if number < len(owners)):
                element = owners[number]
                row = element.P
                if row.S == pikepdf.Name.TR:
                    rows[row.objgen] = row
                held = said.setdefault((row if row.objgen in rows else element).objgen, {})
                held[element.objgen] = held.get(element.objgen, "") + marked[number]
        return "".join(_ordered(said, rows))


def _ordered(said: Mapping[_Id, Mapping[_Id, str]], rows: Mapping[_Id, pikepdf.Object]) -> Iterator[str]:
    """Of a row its cells as they stand beside each other: of one nothing may be there before overleaf."""
    for key, held in said.items():
        if key in rows:
            yield from (held.get(cell.objgen, "") for cell in rows[key].K)
        else:
            yield from held.values()


def _marked(page: Any, text_page: Any) -> dict[int, str]:
    """What each mark of a page says, by its number; artifacts have none."""
    found: dict[int, str] = {}
    for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, at)
        if pdfium.FPDFPageObj_GetType(drawn) == pdfium.FPDF_PAGEOBJ_TEXT:
            number = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
            if number >= 0:
                found[number] = found.get(number, "") + _text(drawn, text_page)
    return found


def _text(drawn: Any, text_page: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(drawn, text_page.raw, None, 0)
    held = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(
        drawn, text_page.raw, ctypes.cast(held, ctypes.POINTER(pdfium.FPDF_WCHAR)), size
    )
    return held.raw.decode("utf-16-le").rstrip("\0")
