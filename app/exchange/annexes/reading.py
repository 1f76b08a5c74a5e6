"""The text of an annex from a file of any kind, and what was read of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.annexes.reading import judging
from app.annexes.reading.model import Reading
from app.annexes.reading.reader import read
from app.common import PeopleError, Progress
from app.exchange.sheets import AS_TEXT
from app.exchange.sheets.book import Book, Sheet
from app.exchange.sheets.limits import LARGEST_FILE
from app.exchange.text_file import NoTextError, any_text
from app.file_kinds import FileKind, kind_of
from app.filesystem import read_given

_TEXTS = (FileKind.TEXT, FileKind.CSV, FileKind.JSON, FileKind.UNKNOWN)
_DOCUMENTS = frozenset({".docx", ".docm", ".doc", ".pdf", ".xlsx", ".xlsm", ".xls"})
"""Names of files that are none of text, whatever is in them."""
LARGEST_TEXT = 4 * judging.LARGEST
"""Bytes: what is larger has more characters than are read, in any encoding."""
_SMALLER = "特記事項の部分だけを取り出して指定してください。"
_BLANK = 4
"""Empty lines kept of any number between two rows of a sheet: more than between two lines of a sentence."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What was read of a file. ``told``: a sentence for whatever of it was not."""

    reading: Reading
    told: tuple[str, ...] = ()


def read_file(path: Path, progress: Progress | None = None) -> ReadFile:
    """The annex in the file at ``path``. Raises ``PeopleError`` in one sentence, ``Cancelled``."""
    return read_data(read_given(path, LARGEST_FILE, _SMALLER), path.name, progress)


def read_data(data: bytes, name: str, progress: Progress | None = None) -> ReadFile:
    """The annex in ``data``, the content of the file called ``name``. Raises as ``read_file``."""
    if kind_of(data, name) in _TEXTS:
        return ReadFile(_read(_plain(data, name), f"「{name}」", progress))
    from app.exchange.sheets import apart

    book = apart.read(data, AS_TEXT + name, progress)
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden]
    told = book.told + tuple(sentence for sheet in book.sheets for sentence in sheet.told)
    if hidden:
        told += (f"表示されていないシート（{'、'.join(hidden)}）は読んでいません。",)
    return ReadFile(_read(_text(book), f"「{name}」", progress), told)


def read_pasted(text: str, progress: Progress | None = None) -> ReadFile:
    """The annex that was pasted or typed. Raises ``PeopleError`` in one sentence, ``Cancelled``."""
    return ReadFile(_read(text, "貼り付けた文章", progress))


def _read(text: str, called: str, progress: Progress | None) -> Reading:
    # Half a character, as a clipboard may hold one, can be stored nowhere.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    try:
        return read(whole, progress)
    except PeopleError as error:
        raise PeopleError(f"{called}を読み取れません。{error.sentence}") from None


def _plain(data: bytes, name: str) -> str:
    if len(data) > LARGEST_TEXT:
        raise PeopleError(f"「{name}」は文章が長すぎます（{judging.LARGEST:,}文字まで）。{_SMALLER}")
    try:
        return any_text(data)
    except NoTextError as error:
        if Path(name).suffix.lower() in _DOCUMENTS:
            # Who saves what was a document as text loses it.
            raise PeopleError(
                f"「{name}」は壊れているため読めません。元の文書を開いて保存し直してください。"
            ) from None
        raise PeopleError(
            f"「{name}」の{error.line}行目に、文字として読めないものがあります。"
            "テキストファイルかを確かめ、文字コードをUTF-8にして保存し直してください。"
        ) from None


def _text(book: Book) -> str:
    return "\f".join(_lines(sheet) for sheet in book.sheets if not sheet.hidden)


def _lines(sheet: Sheet) -> str:
    """A sheet line by line, its cells parted by tabs."""
    made: list[str] = []
    before = 0
    for row, cells in sheet.rows():
        made.append("\n" * min(row - before, _BLANK) if before else "")
        made.append("\t".join(cell.shown for cell in cells if not cell.hidden))
        before = row
    return "".join(made)
