"""Proof-reading: the finished file is read back and compared with the document it was made from.

What a clerk would find on paper is found here first: a text that is not there, a character without
a glyph, a font that is not in the file, ink outside the margins, over other ink or over a rule; what a
screen reader would stumble over: a mark that no element of the structure owns; and what an archive
would refuse: a file that is not PDF/A-2b.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from app.printing import blocks as b
from app.printing.codes.proving import code_stands
from app.printing.furniture import code_text, furniture_texts, numbering
from app.printing.pages import OpenPdf
from app.printing.paper import HALF, paper
from app.printing.proof.archive import broken_rules
from app.printing.proof.fonts import font_findings
from app.printing.proof.layout import layout_findings
from app.printing.proof.tags import tag_findings
from app.printing.proof.told import told
from app.printing.type.words import all_texts, in_told_order, printable, spoken

_MOST_LAYOUT_PAGES = 16
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""The reader marks a hyphen at the end of a line; here it is a hyphen like any other."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. ``page`` counts from 1, 0: the file as a whole; ``detail`` never holds printed text."""

    kind: str
    page: int
    detail: str

    def __str__(self) -> str:
        return f"{self.kind} page {self.page}: {self.detail}"


class ProofError(Exception):
    """The file is not what the document says; it must not be shown or archived. A fault of the program.

    ``findings`` and the text of the error name places and kinds only, so that they may be logged.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(str(finding) for finding in self.findings[:10]))


def proof_read(pdf: bytes, document: b.Document) -> None:
    """Compare ``pdf`` with ``document``: PDF/A-2b, all texts and fonts, layout and code of up to 16 pages.

    Raises :class:`ProofError` with everything found.
    """
    findings = [Finding(kind, page, detail) for kind, page, detail in font_findings(BytesIO(pdf))]
    findings += [Finding(kind, page, detail) for kind, page, detail in tag_findings(BytesIO(pdf))]
    if rules := broken_rules(pdf):
        findings.append(Finding("not PDF/A-2b", 0, ", ".join(rules)))
    with OpenPdf(pdf) as opened:
        spans = _spans(opened, document)
        if spans is None:
            findings.append(Finding("outline", 0, "sheets and outline entries differ"))
        else:
            findings += _page_findings(pdf, opened, document, spans)
    if findings:
        raise ProofError(findings)


def _spans(opened: OpenPdf, document: b.Document) -> list[range] | None:
    """The pages of each sheet, from the outline; None if the outline is not that of the document."""
    outline = opened.outline()
    if [entry.title for entry in outline] != [printable(sheet.title) for sheet in document.sheets]:
        return None
    starts = [entry.page for entry in outline]
    ends = [*starts[1:], opened.page_count]
    spans = [range(start, end) for start, end in zip(starts, ends, strict=True)]
    return spans if all(spans) and (not starts or starts[0] == 0) else None


def _numbered(
    document: b.Document, spans: Iterable[range]
) -> Iterator[tuple[b.Sheet, range, tuple[int, int]]]:
    """Each sheet with its pages, the number of the first and of how many."""
    held = list(spans)
    return zip(document.sheets, held, numbering(document.sheets, [len(span) for span in held]), strict=True)


def _page_findings(
    pdf: bytes, opened: OpenPdf, document: b.Document, spans: Iterable[range]
) -> Iterator[Finding]:
    """Texts and layout, each page opened once."""
    chosen = set(_sample(opened.page_count, _MOST_LAYOUT_PAGES))
    for sheet, span, (first, total) in _numbered(document, spans):
        size, read = paper(sheet.landscape, halved=sheet.second is not None), []
        for number, page in enumerate(span, first):
            furniture = "".join(spoken(part) for part in furniture_texts(document, sheet, number, total))
            with opened.reading(page) as (raw_page, text_page):
                text = spoken(text_page.get_text_range().translate(_HYPHENS))
                drawn = layout_findings(raw_page, text_page, size, len(furniture)) if page in chosen else ()
                faults = [Finding(kind, page + 1, detail) for kind, detail in drawn]
                said = code_text(document, page + 1) if page in chosen else ""
                shifts = (at * HALF.width for at in range(len(sheet.halves)))
                if said and not all(code_stands(raw_page, size, said, shift) for shift in shifts):
                    faults.append(Finding("code", page + 1, "differs, or is printed over"))
            yield from faults
            if not text.startswith(furniture):
                yield Finding("furniture", page + 1, "page number, mark or draft sign differs")
            read.append(text.removeprefix(furniture))
        yield from _missing(pdf, opened, sheet, span, "".join(read))


def _missing(pdf: bytes, opened: OpenPdf, sheet: b.Sheet, span: range, read: str) -> Iterator[Finding]:
    """Every text must be there, in the order of the blocks and as often as it was given.

    ``read``: what stands on the pages of ``span``. Where a row goes on overleaf its texts stand there in
    parts: then each must be told whole, and nothing else.
    """
    if not any(_lost(read, sheet)):
        return
    whole, position = spoken(told(pdf, opened, span).translate(_HYPHENS)), 0
    for number, text in enumerate(all_texts(sheet.printed, in_told_order)):
        wanted = spoken(text)
        at = whole.find(wanted, position)
        if at != position:
            fault = "is missing" if at < 0 else "does not follow the one before it"
            detail = f"string {number} of the sheet ({len(wanted)} characters) {fault}"
            yield Finding("text", span.start + 1, detail)
        position = max(at + len(wanted), position)
    if position < len(whole):
        yield Finding("text", span.stop, f"{len(whole) - position} characters that nobody gave")


def _lost(read: str, sheet: b.Sheet) -> Iterator[bool]:
    """Of each text of a sheet whether it does not follow the former ones on its pages."""
    position = 0
    for text in all_texts(sheet.printed):
        wanted = spoken(text)
        at = read.find(wanted, position)
        yield at < 0
        position = max(at + len(wanted), position)


def _sample(count: int, most: int) -> Iterator[int]:
    """At most ``most`` page numbers, first and last among them, evenly spread."""
    if count <= most:
        yield from range(count)
    else:
        yield from (round(step * (count - 1) / (most - 1)) for step in range(most))
