"""The parts of a workbook of Excel as text: styles, cells, sheets, and the zip file around them.

Written in memory alone: a library would put the names of people into files beside it on the way.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from app.exchange.sheets.book import letters
from app.records.days import DayOnly, wareki, wareki_moment

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_FIRST_DAY = date(1900, 3, 1)
"""From here on the days of a sheet are those of the calendar."""
_BEFORE_FIRST = date(1899, 12, 30)
LONGEST_CELL = 32_767
_LIVE = ("=", "+", "-", "@")
"""What makes a spreadsheet take a text that someone types anew for a formula."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_DAY = '[$-ja-JP-x-gannen]ggge"年"m"月"d"日"'
_MOMENT = f'{_DAY} h"時"mm"分"'


class Style(IntEnum):
    """How a cell looks, in the order of the styles below."""

    PLAIN = 0
    TEXT = 1
    QUOTED = 2
    DAY = 3
    MOMENT = 4
    NUMBER = 5
    AMOUNT = 6
    TITLE = 7
    NEEDED = 8


_TOP = '<alignment vertical="top"/>'
_WRAPPED = '<alignment vertical="top" wrapText="1"/>'
_STYLES = (
    f"<styleSheet xmlns={quoteattr(_MAIN)}><numFmts count='3'>"
    f"<numFmt numFmtId='164' formatCode={quoteattr(_DAY)}/>"
    f"<numFmt numFmtId='165' formatCode={quoteattr(_MOMENT)}/>"
    "<numFmt numFmtId='166' formatCode='#,##0.###'/></numFmts>"
    "<fonts count='2'><font><sz val='11'/><name val='游ゴシック'/></font>"
    "<font><b/><sz val='11'/><name val='游ゴシック'/></font></fonts>"
    "<fills count='4'><fill><patternFill patternType='none'/></fill>"
    "<fill><patternFill patternType='gray125'/></fill>"
    "<fill><patternFill patternType='solid'><fgColor rgb='FFE8EDF2'/></patternFill></fill>"
    "<fill><patternFill patternType='solid'><fgColor rgb='FFFFE8C7'/></patternFill></fill></fills>"
    "<borders count='1'><border/></borders>"
    "<cellStyleXfs count='1'><xf numFmtId='0' fontId='0' fillId='0' borderId='0'/></cellStyleXfs>"
    "<cellXfs count='9'><xf numFmtId='0' fontId='0' fillId='0' borderId='0' xfId='0'/>"
    f"<xf numFmtId='49' applyNumberFormat='1' applyAlignment='1'>{_WRAPPED}</xf>"
    f"<xf numFmtId='49' applyNumberFormat='1' applyAlignment='1' quotePrefix='1'>{_WRAPPED}</xf>"
    f"<xf numFmtId='164' applyNumberFormat='1' applyAlignment='1'>{_TOP}</xf>"
    f"<xf numFmtId='165' applyNumberFormat='1' applyAlignment='1'>{_TOP}</xf>"
    f"<xf numFmtId='3' applyNumberFormat='1' applyAlignment='1'>{_TOP}</xf>"
    f"<xf numFmtId='166' applyNumberFormat='1' applyAlignment='1'>{_TOP}</xf>"
    f"<xf numFmtId='49' fontId='1' fillId='2' applyFont='1' applyFill='1' applyAlignment='1'>{_WRAPPED}</xf>"
    f"<xf numFmtId='49' fontId='1' fillId='3' applyFont='1' applyFill='1' applyAlignment='1'>{_WRAPPED}</xf>"
    "</cellXfs><cellStyles count='1'><cellStyle name='標準' xfId='0' builtinId='0'/></cellStyles>"
    "</styleSheet>"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet: its name, its rows as text, what stands before and behind them."""

    name: str
    rows: str
    before: str = ""
    behind: str = ""
    hidden: bool = False
    titles: bool = False
    """Whether the first row is printed on every page."""


def cell(row: int, column: int, value: Any, style: Style | None = None) -> str:
    """One cell: a day and a number as such, all else as text, which never comes alive."""
    address = f"{letters(column)}{row}"
    held = value.day if isinstance(value, DayOnly) else value
    if isinstance(held, date):
        day = held.date() if isinstance(held, datetime) else held
        if day < _FIRST_DAY:
            held = wareki_moment(value) if isinstance(value, datetime) else wareki(day)
        else:
            return f'<c r="{address}" s="{_style_of(held)}"><v>{_serial(held)}</v></c>'
    if isinstance(held, int | Decimal) and not isinstance(held, bool):
        number = Style.NUMBER if isinstance(held, int) else Style.AMOUNT
        return f'<c r="{address}" s="{number}"><v>{held:f}</v></c>'
    text = str(held)
    shown = style if style is not None else Style.QUOTED if text.startswith(_LIVE) else Style.TEXT
    inner = f'<is><t xml:space="preserve">{_escaped(text)}</t></is>'
    return f'<c r="{address}" s="{shown}" t="inlineStr">{inner}</c>'


def _style_of(held: date) -> Style:
    return Style.MOMENT if isinstance(held, datetime) else Style.DAY


def _serial(held: date) -> str:
    day = held.date() if isinstance(held, datetime) else held
    whole = (day - _BEFORE_FIRST).days
    if not isinstance(held, datetime):
        return str(whole)
    seconds = held.hour * 3600 + held.minute * 60 + held.second
    return f"{whole + seconds / 86_400:.10f}"


def _escaped(text: str) -> str:
    """A text as XML holds it; what XML cannot hold, in Excel's own spelling."""
    return escape(_UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text))


def row(number: int, values: Sequence[Any], style: Style | None = None) -> str:
    """One row; None leaves a cell empty."""
    cells = [cell(number, at, value, style) for at, value in enumerate(values, 1) if value is not None]
    return f'<row r="{number}">{"".join(cells)}</row>'


def packed(sheets: Sequence[Part]) -> bytes:
    """The file. Names of sheets are at most 31 characters long."""
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": _relations({"b": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            {f"s{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
            | {"styles": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": _STYLES,
    }
    for number, sheet in zip(numbers, sheets, strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f"<worksheet xmlns={quoteattr(_MAIN)}>{sheet.before}<sheetData>{sheet.rows}</sheetData>"
            f"{sheet.behind}</worksheet>"
        )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, (_DECLARED + text).encode("utf-8"))
    return out.getvalue()


def _workbook(sheets: Sequence[Part]) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="s{n}"'
        f"{' state=' + quoteattr('hidden') if sheet.hidden else ''}/>"
        for n, sheet in enumerate(sheets, 1)
    )
    named = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">'
        f"{escape(quoted(sheet.name))}!$1:$1</definedName>"
        for at, sheet in enumerate(sheets)
        if sheet.titles
    )
    return (
        f"<workbook xmlns={quoteattr(_MAIN)} xmlns:r={quoteattr(_OFFICE)}><sheets>{listed}</sheets>"
        f"{f'<definedNames>{named}</definedNames>' if named else ''}</workbook>"
    )


def quoted(name: str) -> str:
    """The name of a sheet as a reference writes it."""
    return "'" + name.replace("'", "''") + "'"


def _relations(held: Mapping[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in held.items()
    )
    return f"<Relationships xmlns={quoteattr(_PACKAGE + '/relationships')}>{listed}</Relationships>"


def _content_types(numbers: Sequence[int]) -> str:
    listed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for n in numbers
    )
    return (
        f"<Types xmlns={quoteattr(_PACKAGE + '/content-types')}>"
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{listed}</Types>'
    )
