"""A JSON file from outside, read with every limit in place before anything is made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.common import PeopleError
from app.exchange.text_file import NoTextError, decoded
from app.file_kinds import FileKind, kind_of
from app.filesystem import read_given

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of one import file."""
MOST_ENTRIES = 100_000
"""Records in one import file."""

MOST_FIELDS = 30
"""Values of one record on the average: more would be no list of records."""
MOST_GROUPS = 600_000
"""Objects and arrays in one file, those within records among them."""
DEEPEST = 16
"""Objects and arrays within one another; records need six."""
_WIDEST = 10_000
"""Names in one object: hundreds of times what a record has."""

_TEXT = re.compile('"[^"]*"')
_BRACKETS = re.compile(r"[^][{}]+")
_LONGEST_SENTENCE = 400

Entry = Mapping[str, Any]


def read_file(path: Path) -> bytes:
    """The bytes of an import file. Raises ``PeopleError`` if it cannot be read or is too large."""
    return read_given(path, LARGEST_FILE, "分けてから取り込んでください。")


def read_entries(data: bytes) -> tuple[list[Any], str]:
    """The entries of one JSON array, or of one JSON object, and the encoding that was found.

    Raises ``PeopleError`` for anything that is not exactly one such value.
    """
    text, encoding = decode(data)
    held = read_value(text)
    entries = held if isinstance(held, list) else [held]
    if isinstance(held, str | int | float | bool | None):
        raise PeopleError(
            "取り込むファイルは、記録のオブジェクトか、その配列を1つだけ書いたJSONにしてください。"
        )
    if not entries:
        raise PeopleError("取り込む記録がありません。ファイルの内容を確かめてください。")
    if len(entries) > MOST_ENTRIES:
        raise PeopleError(f"1回に取り込めるのは{MOST_ENTRIES:,}件までです。分けてから取り込んでください。")
    return entries, encoding


def check_kind(data: bytes, name: str) -> None:
    """Raise ``PeopleError`` where the file called ``name`` is too large or of a kind that holds no JSON."""
    if len(data) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise PeopleError(f"「{name}」は大きすぎます（{limit}MBまで）。分けてから取り込んでください。")
    kind = kind_of(data, name)
    if kind is FileKind.EMPTY:
        raise PeopleError(f"「{name}」は中身が空です。別のファイルを選んでください。")
    if kind is FileKind.CSV or not (kind.is_text or kind is FileKind.UNKNOWN):
        raise PeopleError(
            f"「{name}」は{kind.label}のため取り込めません。"
            "取り込めるのは、Excelブック（.xlsx、.xlsm、.xls）、CSV（.csv、.tsv）、"
            "書き出した形のJSONファイル（.json）です。"
        )


def decode(data: bytes) -> tuple[str, str]:
    """Text and its encoding: that of its mark, else UTF-8, else the code page of Japanese Windows."""
    try:
        return decoded(data)
    except NoTextError as error:
        raise PeopleError(
            f"ファイルの{error.line}行目に、文字として読めないものがあります。"
            "UTF-8で保存し直してから取り込んでください。"
        ) from None


def read_value(text: str) -> Any:
    """The one JSON value that ``text`` is. Raises ``PeopleError`` with line and column where it is none."""
    _measure(text)
    return _parse(text)


def shown(text: object, longest: int = 40) -> str:
    """Foreign text made fit for one line of a message."""
    line = _printable(str(text))
    return line if len(line) <= longest else line[:longest] + "…"


def one_line(sentence: str) -> str:
    """A sentence that may quote foreign text: without line breaks, and cut in its middle if it is endless."""
    line = _printable(sentence)
    return line if len(line) <= _LONGEST_SENTENCE else f"{line[:200]}…{line[-150:]}"


def _printable(text: str) -> str:
    """Python calls the ideographic blank unprintable; names and titles are written with it."""
    return "".join(c if c.isprintable() or c == "\u3000" else "?" for c in text)


class _DoubledNameError(ValueError):
    pass


class _NotANumberError(ValueError):
    pass


def _measure(text: str) -> None:
    """Count what a parser would make of ``text`` before it does: 20 MB of brackets become a gigabyte.

    Texts are left out as the parser reads them, from the left; what it stumbles over later costs nothing.
    """
    if text.count('"') > 4 * MOST_ENTRIES * MOST_FIELDS:
        raise _too_much()
    bare = _TEXT.sub("", text.replace("\\\\", "").replace('\\"', ""))
    if bare.count("{") + bare.count("[") > MOST_GROUPS:
        raise _too_much()
    if bare.count(",") + bare.count(":") > 2 * MOST_ENTRIES * MOST_FIELDS:
        raise _too_much()
    depth = 0
    for bracket in _BRACKETS.sub("", bare):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            raise _too_deep()


def _too_much() -> PeopleError:
    return PeopleError(
        f"ファイルの値が多すぎます。1回に取り込めるのは{MOST_ENTRIES:,}件までです。分けてから取り込んでください。"
    )


def _too_deep() -> PeopleError:
    return PeopleError("JSONの入れ子が深すぎます。記録の配列だけを書いてください。")


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except _DoubledNameError as error:
        raise PeopleError(
            f"同じ項目「{shown(error)}」が1件の中に2回あります。どちらかを削除してください。"
        ) from None
    except _NotANumberError as error:
        raise PeopleError(f"「{shown(error)}」は値として使えません。数値か文字列に直してください。") from None
    except json.JSONDecodeError as error:
        raise PeopleError(
            f"JSONとして読めません（{error.lineno}行目の{error.colno}文字目付近）。書式を直してください。"
        ) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:
        # Python refuses to read integers of thousands of digits.
        raise PeopleError("JSONの中の数値の桁数が多すぎます。数値を直してください。") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > _WIDEST:
        raise _too_much()
    held: dict[str, Any] = {}
    for name, value in pairs:
        if name in held:
            # The later value would silently win, and the person would never know which was taken.
            raise _DoubledNameError(name)
        held[name] = value
    return held


def _no_constant(name: str) -> Any:
    raise _NotANumberError(name)
