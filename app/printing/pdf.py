"""One file in the making: ReportLab's canvas, its pictures and outline, and the step to PDF/A-2b.

Nothing touches the disk: a printed form is full of names, and a temporary file would outlive it.
The same content gives the same bytes, so that a re-print can be compared with the archive.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import pdfa
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

from app.printing.pictures import Picture
from app.printing.tagging.tree import Tree
from app.printing.tagging.writing import with_tree
from app.printing.type.fonts import BODY, BOXES, Chain, fonts, load_face
from app.printing.type.lines import KnownCells, Line, break_text

FLAVOUR = "2b"
PRODUCER = "Jutaku Daicho"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<pdf:Producer>{producer}</pdf:Producer>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}{made}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_MADE = "<xmp:CreateDate>{day}T00:00:00+09:00</xmp:CreateDate>\n"
_AUTHOR = "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"


class Run(NamedTuple):
    """Glyphs of a line in one font of the file. ``narrower``: by how much each is moved closer, in 1/1000 em.

    ``font`` and ``shown``: the operands of Tf and Tj.
    """

    font: str
    narrower: int
    shown: str


class Book:
    """One PDF in the making. ``canvas``: where its pages are drawn, one after the other.

    ``page``: the number of the page that is drawn, from 1; ``tree``: what stands where, for those who are
    read the file; ``cells``: those of all its tables, so that a sheet that is set closer breaks none anew.
    """

    def __init__(self) -> None:
        self.canvas = Canvas(
            BytesIO(),
            pdfVersion=(1, 7),
            pageCompression=0,  # compressed once, when it becomes PDF/A: never as ASCII85
            invariant=1,
            initialFontName=load_face(BODY).fontName,  # otherwise Helvetica, which is not in the file
            lang="ja-JP",
        )
        self.page = 0
        self.tree = Tree()
        self.cells: KnownCells = {}
        self._sheets = 0
        self._runs: dict[Line, tuple[Run, ...]] = {}
        self._paragraphs: dict[tuple[Chain, str, float, float], list[Line]] = {}

    def keep_boxes_readable(self) -> None:
        """Before anything is drawn: check boxes stand in one piece of the font with the blank beside them.

        A font is cut into pieces as characters come up, and at a piece what is shown is cut as well. Readers
        of PDF drop what has no outline from end to end, as a box alone has none: it could not be copied out,
        and the proof would miss it.
        """
        chain = fonts().body
        for glyph in chain.glyphs("\u3000" + "".join(BOXES)):
            list(self.shown(glyph.font, glyph.written))

    def start_sheet(self, title: str) -> None:
        """The next page begins a sheet, with an entry of its own in the outline."""
        self._sheets += 1
        key = f"sheet{self._sheets}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(title, key)

    def start_page(self, width: float, height: float) -> None:
        """What is drawn from here on stands on a page of ``width`` × ``height`` points."""
        self.page += 1
        self.tree.start_page()
        self.canvas.setPageSize((round(width, 2), round(height, 2)))

    def end_page(self) -> None:
        """The page is complete."""
        self.canvas.showPage()

    def paragraph(self, chain: Chain, text: str, limit: float, first: float) -> list[Line]:
        """As :func:`break_text`; what a batch says on every sheet is only broken once."""
        key = (chain, text, limit, first)
        lines = self._paragraphs.get(key)
        if lines is None:
            lines = self._paragraphs[key] = break_text(chain, text, limit, first)
        return lines

    def runs(self, line: Line) -> tuple[Run, ...]:
        """How ``line`` is drawn; a cell that a register repeats is only taken apart once."""
        runs = self._runs.get(line)
        if runs is None:
            runs = self._runs[line] = tuple(self._split(line))
        return runs

    def shown(self, font: str, written: str) -> Iterator[tuple[str, str]]:
        """The operands of Tf and Tj for what is ``written``; a font is cut into pieces of 255 glyphs."""
        document, face = self.canvas._doc, pdfmetrics.getFont(font)
        for piece, codes in face.splitString(written, document):
            yield face.getSubsetInternalName(piece, document), f"<{codes.hex()}>"

    def _split(self, line: Line) -> Iterator[Run]:
        """A reader advances by the widths of the font: where marks share their blank halves a run ends."""
        first = line.glyphs[0].font
        if line.natural and all(glyph.font is first for glyph in line.glyphs):
            for name, shown in self.shown(first, "".join([glyph.written for glyph in line.glyphs])):
                yield Run(name, 0, shown)
            return
        advanced = zip(line.glyphs, line.advances, strict=True)
        for (font, narrower), part in groupby(advanced, lambda pair: (pair[0].font, pair[0].width - pair[1])):
            for name, shown in self.shown(font, "".join(glyph.written for glyph, _ in part)):
                yield Run(name, narrower, shown)

    def picture(self, picture: Picture) -> str:
        """The name under which the canvas draws ``picture``; the same picture is stored once."""
        name = picture.digest
        if not self.canvas.hasForm(name):
            image = _image(name, picture, picture.data, "DeviceRGB")
            if picture.mask:
                mask = _image(f"{name}-mask", picture, picture.mask, "DeviceGray")
                image.smask = self.canvas._doc.Reference(mask)
            self.canvas._doc.addForm(name, image)
        return name

    def close(self, title: str, author: str, on: date | None = None) -> bytes:
        """The finished file, made on the day ``on``, as PDF/A-2b; the proof validates that it is."""
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        if self._sheets > 1:
            self.canvas.showOutline()
        out = BytesIO()
        with pikepdf.open(BytesIO(self.canvas.getpdfdata())) as pdf:
            for number, page in enumerate(pdf.pages):
                del page["/Trans"]
                page.StructParents, page.Tabs = number, pikepdf.Name.S
            pdfa.prepare(pdf, FLAVOUR)
            describe(pdf, title, author, on)
            pdf.save(out, **pdfa.resolve_save_kwargs(FLAVOUR, deterministic_id=True))
        return with_tree(out.getvalue(), self.tree)


def describe(pdf: pikepdf.Pdf, title: str, author: str, on: date | None) -> None:
    """Metadata without the time of making, so that the same document gives the same bytes.

    The day on which it was made is the day that is printed.
    """
    title, author = _without_controls(title), _without_controls(author)
    info = pdf.docinfo
    for key in list(info.keys()):
        del info[key]
    info.Title, info.Producer = pikepdf.String(title), pikepdf.String(PRODUCER)
    if author:
        info.Author = pikepdf.String(author)
    if on:
        info.CreationDate = pikepdf.String(f"D:{on:%Y%m%d}000000+09'00'")
    packet = _XMP.format(
        producer=escape(PRODUCER),
        title=escape(title),
        author=_AUTHOR.format(author=escape(author)) if author else "",
        made=_MADE.format(day=on.isoformat()) if on else "",
    )
    names = {"Type": pikepdf.Name.Metadata, "Subtype": pikepdf.Name.XML}
    pdf.Root.Metadata = pdf.make_stream(packet.encode("utf-8"), **names)


def _image(name: str, picture: Picture, samples: bytes, colours: str) -> PDFImageXObject:
    """A picture for the canvas; ReportLab's own way would write it as ASCII85, a quarter larger."""
    image = PDFImageXObject(name)
    image.width, image.height = picture.width, picture.height
    image.colorSpace, image.bitsPerComponent = colours, 8
    image._filters = ("DCTDecode",) if picture.jpeg else ()
    image.streamContent = samples
    return image


def _without_controls(text: str) -> str:
    """Metadata is XML, which has no way to hold control characters."""
    return "".join(character for character in text if unicodedata.category(character) != "Cc")
