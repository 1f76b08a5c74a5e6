"""Proof-reading as an archive would: the file against ISO 19005-2."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf

from app.printing.proof.fonts import bare
from app.printing.proof.remembering import note_codes_once, remember_sound_objects

FLAVOUR = "2b"


def broken_rules(pdf: bytes) -> tuple[str, ...]:
    """The rules of PDF/A-2b that a file of this room breaks, each once, without the objects that break them.

    The validator takes each outline of each font apart, which is most of its time and says only whether it
    can be read: ``font_findings`` asks that of every outline on its own, once for the same bytes. So it is
    handed the file with empty outlines; every object, width, code and word of the file is the same. The
    structure tree is left out as well: the flavour asks nothing of it, and ``tag_findings`` looks at it.
    """
    return _rules(_without_outlines(pdf))


def _rules(pdf: BytesIO) -> tuple[str, ...]:
    from pikepdf import pdfa

    remember_sound_objects(FLAVOUR)
    note_codes_once()
    report = pdfa.validate_written(pdf, FLAVOUR)
    if report.passed:
        return ()
    return tuple(dict.fromkeys(finding.rule for finding in report.findings)) or ("unknown",)


def _without_outlines(pdf: bytes) -> BytesIO:
    out = BytesIO()
    # What pages inherit stays where it is: written into each page, it would be another file.
    with pikepdf.open(BytesIO(pdf), inherit_page_attributes=False) as opened:
        if "/StructTreeRoot" in opened.Root:
            del opened.Root.StructTreeRoot
        for program in _programs(opened):
            program.write(bare(program.read_bytes()))
        opened.save(out, compress_streams=False)
    out.seek(0)
    return out


def _programs(opened: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The programs of all fonts that pages name; the objects of a large tree need not be read for them."""
    seen = set()
    for page in opened.pages:
        for font in page.resources.get("/Font", pikepdf.Dictionary()).values():
            if font.objgen in seen:
                continue
            seen.add(font.objgen)
            program = font.get("/FontDescriptor", pikepdf.Dictionary()).get("/FontFile2")
            if isinstance(program, pikepdf.Stream) and program.objgen not in seen:
                seen.add(program.objgen)
                yield program
