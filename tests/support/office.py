"""Word and Excel files as clients make them, written part by part: what no library would write."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" mc:Ignorable="w14"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
FONT = '<w:rPr><w:rFonts w:ascii="Century" w:eastAsia="ＭＳ 明朝"/><w:sz w:val="21"/></w:rPr>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of parts by name."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def relations(*held: tuple[str, str], external: str = "") -> str:
    """A part of relationships: kind and target of each; ``external``: the kind of those that lie outside."""
    outside = ' TargetMode="External"'
    lines = "".join(
        f'<Relationship Id="rId{at}" Type="{_REL}{kind}" Target="{target}"'
        f"{outside if kind == external else ''}/>"
        for at, (kind, target) in enumerate(held, 1)
    )
    return f"{HEAD}<Relationships {_RELS}>{lines}</Relationships>"


def types(overrides: Mapping[str, str]) -> str:
    """The part that says of what type each part is."""
    lines = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{lines}</Types>'
    )


def run(text: str, settings: str = FONT) -> str:
    """A run of one text."""
    return f'<w:r>{settings}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*texts: str, settings: str = "") -> str:
    """A paragraph, each text in a run of its own; what begins with ``<`` is taken as it is."""
    return f"<w:p>{settings}{''.join(one if one.startswith('<') else run(one) for one in texts)}</w:p>"


def cell(*held: str, settings: str = "") -> str:
    """A cell of paragraphs or tables; a bare text is a paragraph."""
    inner = "".join(one if one.startswith("<") else par(*([one] if one else [])) for one in held or ("",))
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{settings}</w:tcPr>{inner}</w:tc>'


def row(*cells: str, settings: str = "") -> str:
    """A row; a bare text is a cell."""
    inner = "".join(one if one.startswith("<w:tc") else cell(one) for one in cells)
    return f"<w:tr>{settings}{inner}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def text_box(inner: str, height: int = 1_270_000) -> str:
    """A paragraph with a text box in both its copies, as Word writes one."""
    return (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f'<wp:extent cx="1270000" cy="{height}"/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>'
        f"{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def control(inner: str, settings: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def check_box(on: str = "0") -> str:
    """A check box of Word 2010 and later, within a line."""
    return control(
        run("☐", '<w:rPr><w:rFonts w:eastAsia="ＭＳ ゴシック" w:hint="eastAsia"/></w:rPr>'),
        f'<w14:checkbox><w14:checked w14:val="{on}"/>'
        '<w14:checkedState w14:val="2612" w14:font="ＭＳ ゴシック"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="ＭＳ ゴシック"/></w14:checkbox>',
    )


def docx(
    body: str, more: Mapping[str, str | bytes] | None = None, stories: Mapping[str, str] | None = None
) -> bytes:
    """A document with ``body``; ``stories``: name (header1, footnotes …) → its paragraphs; ``more`` parts."""
    held = dict(stories or {})
    kinds = {"word/document.xml": f"{_WORD}document.main+xml"}
    parts: dict[str, str | bytes] = {}
    for name, inner in held.items():
        kind = name.rstrip("0123456789")
        tag = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        if kind in ("footnotes", "endnotes"):
            inner = f'<w:{kind[:-1]} w:id="1">{inner}</w:{kind[:-1]}>'
        kinds[f"word/{name}.xml"] = f"{_WORD}{kind}+xml"
        parts[f"word/{name}.xml"] = f"{HEAD}<w:{tag} {W}>{inner}</w:{tag}>"
    named = [(name.rstrip("0123456789"), f"{name}.xml") for name in held]
    return packed(
        {
            "[Content_Types].xml": types(kinds),
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/document.xml": f"{HEAD}<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*named),
            **parts,
            **(more or {}),
        }
    )


S = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
STYLES = (
    f'{HEAD}<styleSheet {S}><fonts><font><sz val="11"/><name val="ＭＳ 明朝"/></font></fonts>'
    "<fills><fill><patternFill/></fill></fills>"
    '<borders><border/><border><left style="thin"/><bottom style="thin"/></border></borders>'
    '<cellStyleXfs><xf fontId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs><xf fontId="0" borderId="0"/><xf fontId="0" borderId="1"/>'
    '<xf fontId="0" borderId="1"><alignment wrapText="1"/></xf></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Style 0 plain, 1 ruled, 2 ruled and wrapping."""


def xlsx(
    rows: str,
    more: Mapping[str, str | bytes] | None = None,
    *,
    before: str = "",
    after: str = "",
    strings: str = "",
    names: str = "",
    kinds: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook of one sheet 様式 with ``rows``; ``before`` and ``after``: what stands around its cells."""
    held = {
        "xl/workbook.xml": f"{_SHEET}sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{_SHEET}worksheet+xml",
        "xl/styles.xml": f"{_SHEET}styles+xml",
        "xl/sharedStrings.xml": f"{_SHEET}sharedStrings+xml",
        **(kinds or {}),
    }
    return packed(
        {
            "[Content_Types].xml": types(held),
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f"{HEAD}<workbook {S}>"
            '<sheets><sheet name="様式" sheetId="1" r:id="rId1"/></sheets>'
            f"{names}</workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                ("worksheet", "worksheets/sheet1.xml"),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ),
            "xl/worksheets/sheet1.xml": f"{HEAD}<worksheet {S}>{before}"
            f"<sheetData>{rows}</sheetData>{after}</worksheet>",
            "xl/styles.xml": STYLES,
            "xl/sharedStrings.xml": f"{HEAD}<sst {S}>{strings}</sst>",
            **(more or {}),
        }
    )


def text_cell(ref: str, text: str = "", style: int = 0) -> str:
    """A cell of the sheet, blank without a text."""
    if not text:
        return f'<c r="{ref}" s="{style}"/>'
    return f'<c r="{ref}" s="{style}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_row(number: int, *cells: str) -> str:
    """A row of the sheet."""
    return f'<row r="{number}" spans="1:5">{"".join(cells)}</row>'
