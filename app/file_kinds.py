"""What a file from outside is, told by its content; the ending of its name only decides within a family.

People choose the wrong file and give files the wrong ending: a sentence about the characters of a text tells
nobody what to do who has a Word document before them.
"""

from __future__ import annotations

import re
import zipfile
from enum import Enum
from io import BytesIO
from pathlib import PurePath
from types import MappingProxyType


class FileKind(Enum):
    """A kind of file; ``label`` is what people call it."""

    BOOK = "Excelブック（.xlsx）"
    MACRO_BOOK = "マクロ有効のExcelブック（.xlsm）"
    BINARY_BOOK = "Excelバイナリブック（.xlsb）"
    OLD_BOOK = "Excel 97-2003 ブック（.xls）"
    OPEN_BOOK = "OpenDocumentの表（.ods）"
    LOCKED = "パスワードで保護されたOfficeの文書"
    WORD = "Word文書（.docx）"
    OLD_WORD = "Word 97-2003 文書（.doc）"
    SLIDES = "PowerPointの文書（.pptx）"
    OLD_OFFICE = "Office 97-2003 の文書"
    OPEN_TEXT = "OpenDocumentの文書（.odt）"
    ARCHIVE = "圧縮したファイル（.zipなど）"
    PDF = "PDFファイル"
    PICTURE = "画像ファイル"
    RICH_TEXT = "リッチテキスト（.rtf）"
    PAGE = "Webページ（.html）"
    XML = "XMLファイル"
    DATABASE = "データベース"
    CSV = "CSVファイル（.csv）"
    JSON = "JSONファイル（.json）"
    TEXT = "テキストファイル"
    EMPTY = "空のファイル"
    UNKNOWN = "中身の分からないファイル"

    @property
    def label(self) -> str:
        return self.value

    @property
    def is_book(self) -> bool:
        """Whether the reader of workbooks can read it."""
        return self in (FileKind.BOOK, FileKind.MACRO_BOOK)

    @property
    def is_table(self) -> bool:
        """Whether a spreadsheet can open it and save it as a workbook."""
        return self in _TABLES

    @property
    def is_text(self) -> bool:
        """Whether it is plain text of some kind."""
        return self in (FileKind.TEXT, FileKind.JSON, FileKind.CSV)


_TABLES = (
    FileKind.BOOK,
    FileKind.MACRO_BOOK,
    FileKind.BINARY_BOOK,
    FileKind.OLD_BOOK,
    FileKind.OPEN_BOOK,
    FileKind.CSV,
)
_STARTS = MappingProxyType(
    {
        b"%PDF": FileKind.PDF,
        b"\x89PNG": FileKind.PICTURE,
        b"\xff\xd8\xff": FileKind.PICTURE,
        b"GIF8": FileKind.PICTURE,
        b"II*\0": FileKind.PICTURE,
        b"MM\0*": FileKind.PICTURE,
        b"{\\rtf": FileKind.RICH_TEXT,
        b"SQLite format 3\0": FileKind.DATABASE,
        b"7z\xbc\xaf": FileKind.ARCHIVE,
        b"\x1f\x8b": FileKind.ARCHIVE,
        b"Rar!": FileKind.ARCHIVE,
    }
)
_PICTURE = re.compile(rb"RIFF....WEBP|....ftyp(hei[cx]|mif1|msf1|avif)|BM.{4}\0{4}", re.DOTALL)
"""Pictures of phones and of Windows, which say what they are behind their first bytes."""
_ZIPPED = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_BY_ENDING = MappingProxyType(
    {
        ".xlsx": FileKind.BOOK,
        ".xlsm": FileKind.MACRO_BOOK,
        ".xlsb": FileKind.BINARY_BOOK,
        ".docx": FileKind.WORD,
        ".pptx": FileKind.SLIDES,
        ".ods": FileKind.OPEN_BOOK,
        ".odt": FileKind.OPEN_TEXT,
        ".xls": FileKind.OLD_BOOK,
        ".doc": FileKind.OLD_WORD,
    }
)
_IN_ZIP = (
    (b"word/", FileKind.WORD),
    (b"ppt/", FileKind.SLIDES),
    (b"xl/workbook.bin", FileKind.BINARY_BOOK),
    (b"xl/vbaProject.bin", FileKind.MACRO_BOOK),
    (b"xl/", FileKind.BOOK),
    (b"opendocument.spreadsheet", FileKind.OPEN_BOOK),
    (b"opendocument", FileKind.OPEN_TEXT),
)
_IN_OLE = (
    ("EncryptedPackage", FileKind.LOCKED),
    ("WordDocument", FileKind.OLD_WORD),
    ("Workbook", FileKind.OLD_BOOK),
    ("Book", FileKind.OLD_BOOK),
)
_LONGEST_MARK = 4096
_SETTING = re.compile(r"\s*(\[\[?[\w\"'.-]+\]\]?\s*$|[\w\"'.-]+\s*=)")
"""A line of an annex as text: a table or a key with its value."""


def kind_of(data: bytes, name: str = "") -> FileKind:
    """What the file called ``name`` is; ``data`` may be its beginning alone."""
    if not data:
        return FileKind.EMPTY
    ending = _BY_ENDING.get(PurePath(name).suffix.lower())
    old = ending in (FileKind.OLD_BOOK, FileKind.OLD_WORD)
    if data.startswith(_ZIPPED):
        return _zipped(data) or (FileKind.ARCHIVE if old or ending is None else ending)
    if data.startswith(_OLE):
        found = (kind for mark, kind in _IN_OLE if mark.encode("utf-16-le") in data)
        return next(found, ending if old and ending else FileKind.OLD_OFFICE)
    if _PICTURE.match(data):
        return FileKind.PICTURE
    return next((kind for start, kind in _STARTS.items() if data.startswith(start)), None) or _text(data)


def _zipped(data: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = "\n".join(packed.namelist()).encode("utf-8", "replace")
            marks = names + (_mark(packed) if "mimetype" in packed.namelist() else b"")
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        marks = data[:_LONGEST_MARK]
    return next((kind for mark, kind in _IN_ZIP if mark in marks), None)


def _mark(packed: zipfile.ZipFile) -> bytes:
    with packed.open("mimetype") as part:
        return part.read(_LONGEST_MARK)


def _text(data: bytes) -> FileKind:
    text = _decoded(data)
    if text is None:
        return FileKind.UNKNOWN
    start = text.lstrip("\ufeff \t\r\n")[:_LONGEST_MARK].lower()
    if start.startswith(("<!doctype html", "<html")):
        return FileKind.PAGE
    if start.startswith("<?xml"):
        return FileKind.OLD_BOOK if "excel.sheet" in start else FileKind.XML
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    if any(_SETTING.match(line) for line in lines):
        return FileKind.TEXT
    if start.startswith(("{", "[")):
        return FileKind.JSON
    parted = [line for line in lines if "," in line or "\t" in line]
    return FileKind.CSV if lines and len(parted) == len(lines) else FileKind.TEXT


def _decoded(data: bytes) -> str | None:
    """The text of a file in one of the encodings of Japanese Windows; None for what is no text."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp932")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if any(c < " " and c not in "\t\r\n\f" for c in text) else text
    return None
