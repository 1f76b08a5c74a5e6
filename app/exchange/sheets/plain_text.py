"""A table as text: CSV and TSV files in the encodings of Japanese offices, and what the clipboard holds."""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections.abc import Iterable, Iterator
from io import StringIO

from app.common import PeopleError
from app.exchange.sheets import clipboard
from app.exchange.sheets.book import LAST_COLUMN, LAST_ROW, Book, Cell, Sheet
from app.exchange.sheets.limits import LONGEST_TEXT, Counted, too_long

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_ESCAPE = b"\x1b"
_DELIMITERS = ",\t;|"
_LOOKED_AT = 50
"""Records of which the delimiters are counted."""
_QUOTED = 20
PASTED_SHEET = "貼り付けた表"
"""What the sheet is called that was copied and never was a file."""


def read(data: bytes) -> Book:
    """A file of text as one sheet. Raises ``PeopleError`` for what is no text, or no table."""
    text, encoding, doubt = decoded(data)
    sheet = sheet_of(text, "")
    return Book(
        (sheet,), tuple(told for told in (f"文字コードは{encoding}として読みました。", doubt) if told)
    )


def pasted(text: str) -> Book:
    """What was copied from a spreadsheet; without a tab, as in a file of text. Raises ``PeopleError``."""
    _checked(text, "")
    if "\t" not in text:
        return Book((sheet_of(text, PASTED_SHEET),))
    counted = Counted()
    counted.text(len(text))
    return Book((Sheet(PASTED_SHEET, _cells(enumerate(clipboard.records(text), 1), counted)),))


def decoded(data: bytes) -> tuple[str, str, str]:
    """The text, the name of its encoding, and a sentence if another encoding is as likely, else empty.

    In this order, since each is stricter than the next: a mark at the beginning, JIS with its escapes,
    UTF-8, the code page of Japanese Windows. Detectors are wrong on short Japanese registers.
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _checked(_strictly(data, encoding), name)
    if _ESCAPE in data:
        return _checked(_strictly(data, "iso2022_jp_ext"), "JIS（ISO-2022-JP）")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _checked(_strictly(data, "cp932"), "Shift_JIS（CP932）")
    return (*_checked(text, "UTF-8")[:2], _doubt(text, data))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise PeopleError(
            "文字コードが分かりません（UTF-8、Shift_JIS、UTF-16、JISのいずれでもありません）。"
            "Excelで開き、「.xlsx」で保存し直してください。"
        ) from None


def _checked(text: str, name: str) -> tuple[str, str, str]:
    if any(sign < " " and sign not in "\t\r\n\f" for sign in set(text)):
        raise PeopleError(
            "文字でないものを含むため、表として読めません。Excelで開き、「.xlsx」で保存し直してください。"
        )
    return text, name, ""


def _doubt(text: str, data: bytes) -> str:
    """Two half-width kana side by side can be one Latin letter of UTF-8."""
    odd = next((at for at, sign in enumerate(text) if "\x80" <= sign < "\u0370" and sign.isalpha()), None)
    if odd is None:
        return ""
    try:
        other = data.decode("cp932")
    except UnicodeDecodeError:
        return ""
    kana = next(
        (at for at, sign in enumerate(other) if "HALFWIDTH KATAKANA" in unicodedata.name(sign, "")), None
    )
    if kana is None:
        return ""
    here, there = (" ".join(held[at : at + _QUOTED].split()) for held, at in ((text, odd), (other, kana)))
    return (
        f"文字コードが2通りに読めます。UTF-8では「{here}」、Shift_JISでは「{there}」です。"
        "後者が正しいときは、Excelで開き、「.xlsx」で保存し直してください。"
    )


def sheet_of(text: str, name: str) -> Sheet:
    """The table that ``text`` is. Records are counted, also empty ones. Raises ``PeopleError``."""
    text = text.removeprefix("\ufeff")
    counted = Counted()
    counted.text(len(text))
    return Sheet(name, _cells(_records(text, _delimiter(text)), counted))


def _cells(records: Iterable[tuple[int, list[str]]], counted: Counted) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for row, record in records:
        if row > LAST_ROW or len(record) > LAST_COLUMN:
            raise PeopleError("行か列が多すぎます。分けてから取り込んでください。")
        for column, held in enumerate(record, 1):
            if not held.strip():
                continue
            if len(held) > LONGEST_TEXT:
                raise too_long()
            counted.cell()
            cells.append(Cell(row, column, held, held))
    return tuple(cells)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    # Not strict, an unclosed quotation mark would swallow the rest of the file into one cell.
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise PeopleError(
                f'{reader.line_num}行目の付近で、引用符（"）の組が合いません。Excelで開き、「.xlsx」で保存し直してください。'
            ) from None
        row += 1
        yield row, record


def _delimiter(text: str) -> str:
    """The sign that parts the first records most evenly: counted outside quotation marks."""
    counts: list[dict[str, int]] = [dict.fromkeys(_DELIMITERS, 0)]
    quoted = False
    for sign in text[: 1 << 16]:
        if sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in _DELIMITERS:
            counts[-1][sign] += 1
        elif sign == "\n":
            if len(counts) == _LOOKED_AT:
                break
            counts.append(dict.fromkeys(_DELIMITERS, 0))

    def worth(delimiter: str) -> tuple[int, int]:
        found = [count[delimiter] for count in counts]
        return sum(1 for count in found if count), sum(found)

    return max(_DELIMITERS, key=worth)
