"""A text file that a person wrote with the tools of Japanese Windows: read, or refused in one sentence."""

from __future__ import annotations

import codecs
from pathlib import Path

from app.common import PeopleError
from app.file_kinds import FileKind, kind_of
from app.filesystem import read_given

_LARGEST = 1024 * 1024
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKED = (("utf-16", "UTF-16"),)
_UNMARKED = (("utf-8-sig", "UTF-8"), ("cp932", "Shift_JIS（CP932）"))
_READ = (
    *(FileKind.TEXT, FileKind.CSV, FileKind.JSON, FileKind.XML, FileKind.PAGE),
    *(FileKind.EMPTY, FileKind.UNKNOWN),
)
"""What is read as text, or refused for the line that is none."""
_STRAYS = 0.1
"""Part of a text that may be control characters where they are borne."""
_KANA = 0.15
"""Part of a Japanese text that is hiragana or katakana at least; in a wrong encoding next to none is."""
_AGAIN = "テキストファイルかを確かめ、文字コードをUTF-8にして保存し直してください。"


class NoTextError(ValueError):
    """Bytes that are no text of a known encoding; ``line``: the first that cannot be read, from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_text(path: Path) -> str:
    """The text of the file at ``path``, its line ends as they are.

    Raises ``PeopleError`` for what is no file, is no text, or holds a line that no encoding reads.
    """
    data = read_given(path, _LARGEST, "分けてから指定してください。")
    kind = kind_of(data, path.name)
    if kind not in _READ:
        raise PeopleError(
            f"「{path.name}」は{kind.label}のため読めません。メモ帳などで作ったテキストファイルを指定してください。"
        )
    try:
        return decoded(data)[0]
    except NoTextError as error:
        raise PeopleError(
            f"「{path.name}」の{error.line}行目に、文字として読めないものがあります。{_AGAIN}"
        ) from None


def decoded(data: bytes, *, strays: bool = False) -> tuple[str, str]:
    """The text and the name of its encoding: that of its mark, else UTF-8, else the code page of Windows.

    ``strays``: a few control characters are borne, as converters leave them in a text. Raises
    ``NoTextError`` where a line is text in none of them, or holds what no text holds.
    """
    furthest = 0
    for encoding, name in _MARKED if data.startswith(_UTF16) else _UNMARKED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            before = data[: error.start].decode(encoding, "ignore")
            furthest = max(furthest, before.count("\n") + 1)
            continue
        wrong = next((at for at, sign in enumerate(text) if sign < " " and sign not in "\t\r\n\f"), None)
        if wrong is not None and not (strays and _few(text)):
            raise NoTextError(text.count("\n", 0, wrong) + 1)
        return text, name
    raise NoTextError(furthest)


def any_text(data: bytes) -> str:
    """As ``decoded`` with strays, and also what other programs and mail write: UTF-16 without its mark, EUC,
    JIS. Each is taken only where it gives Japanese, since nothing else tells them apart."""
    for encoding in _likely(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_japanese(text):
            return text
    return decoded(data, strays=True)[0]


def _likely(data: bytes) -> tuple[str, ...]:
    if data.startswith((*_UTF16, codecs.BOM_UTF8)):
        return ()
    if b"\0" in data:
        return "utf-16-le", "utf-16-be"
    return ("iso2022_jp_ext",) if b"\x1b$" in data else ("utf-8", "euc_jp")


def _is_japanese(text: str) -> bool:
    """Whether it reads as Japanese: its syllables, and nothing that stands in no text."""
    if any(sign < " " and sign not in "\t\r\n\f" for sign in set(text)):
        return False
    letters = sum(not sign.isspace() for sign in text)
    kana = sum("\u3041" <= sign <= "\u30ff" for sign in text)
    return kana >= _KANA * letters


def _few(text: str) -> bool:
    """Whether what no text holds is so little of it that the rest is one."""
    wrong = sum(sign < " " and sign not in "\t\r\n\f" for sign in text)
    return "\0" not in text and wrong <= _STRAYS * len(text)
