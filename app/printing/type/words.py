"""The text of a document as it reaches the paper, and every string that a block puts there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from app.printing import blocks as b

_DECOMPOSED = re.compile(
    "[\u3041-\u30ff][\u3099\u309a]"
    "|[A-Za-z\u00c0-\u024f\u1e00-\u1eff][\u0300-\u036f]+"
    "|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
"""Kana with a voicing mark, Latin letters with marks, Hangul in its parts."""
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]")
_SPACES = re.compile("[\t\u00a0]")
_CHANGED = re.compile(
    f"[\r{_SPACES.pattern[1:-1]}{_INVISIBLE.pattern[1:-1]}\u0300-\u036f\u1161-\u1175\u3099\u309a]"
)
"""One of these is in whatever is printed otherwise than it is written."""

T = TypeVar("T")
Ordered: TypeAlias = Callable[[Sequence[Sequence[str]]], Iterator[str]]
"""The cells of a row, given column by column, in the order in which they come."""
DRAFT = "下書き"
SEAL = "印"
KI = "記"

_Lines: TypeAlias = (
    b.Text | b.Title | b.FormNumber | b.End | b.Addressee | b.Item | b.Ki | b.Photo | b.Gap | b.NewPage
)


def printable(text: str) -> str:
    """``text`` in the form in which it is printed: one kind of line feed, no invisible characters.

    Kanji are never normalised: NFC would turn the 神 of U+FA19 into another person's name. Only kana and
    Latin letters followed by marks of their own, and Hangul written in its parts, are composed.
    """
    if not _CHANGED.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    return _DECOMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def spoken(text: str) -> str:
    """``text`` without any white space: what two ways of laying it out have in common."""
    return "".join(printable(text).split())


def texts(block: b.Block, ordered: Ordered | None = None) -> Iterator[str]:
    """Every string that ``block`` puts on the paper, each one contiguous there, in reading order.

    ``ordered``: in which order the cells of a row come; None: as they stand on paper.
    """
    match block:
        case b.Submitter() | b.Signature():
            return _labelled(block)
        case b.Table():
            return _table(block, ordered or in_reading_order)
        case b.Grid(rows):
            return _cells(rows, ordered or in_reading_order)
        case b.Consent():
            return _consent(block)
        case b.Chart(boxes):
            return (text for box in boxes for text in box.texts)
        case b.KeepTogether(inner):
            return all_texts(inner, ordered)
        case _:
            return iter(_line_texts(block))


def _line_texts(block: _Lines) -> tuple[str, ...]:
    match block:
        case b.Text() | b.Title() | b.FormNumber() | b.End():
            return (block.text,)
        case b.Addressee(lines):
            return lines
        case b.Item(number, text):
            return number, text
        case b.Ki():
            return (KI,)
        case b.Photo():
            return (block.caption,)
        case b.Gap() | b.NewPage():
            return ()


def all_texts(blocks: Iterable[b.Block], ordered: Ordered | None = None) -> Iterator[str]:
    """The strings of all ``blocks``, see :func:`texts`."""
    for block in blocks:
        yield from texts(block, ordered)


def _labelled(block: b.Submitter | b.Signature) -> Iterator[str]:
    stamped = isinstance(block, b.Submitter) and block.seal is not None
    for number, (label, value) in enumerate(block.rows):
        yield label
        yield value
        if number == block.seal_row and not stamped:
            yield SEAL


def _table(table: b.Table, ordered: Ordered) -> Iterator[str]:
    if table.head:
        yield from ordered(tuple(column.titles for column in table.columns))
    yield from _cells(table.rows, ordered)


def _cells(rows: Iterable[tuple[b.CellText, ...]], ordered: Ordered) -> Iterator[str]:
    for row in rows:
        yield from ordered(tuple((cell,) if isinstance(cell, str) else cell for cell in row))


def in_reading_order(columns: Sequence[Sequence[T]]) -> Iterator[T]:
    """The cells of a row: those beside all lanes, then lane by lane; between lanes a row may be parted."""
    lanes = max(map(len, columns))
    if lanes > 1:
        yield from (column[0] for column in columns if len(column) == 1)
    for lane in range(lanes):
        yield from (column[lane] for column in columns if len(column) == lanes)


def in_told_order(columns: Sequence[Sequence[T]]) -> Iterator[T]:
    """The cells of a row as one is told them: lane by lane, in the first of them those beside all as well."""
    for lane in range(max(map(len, columns))):
        yield from (column[lane] for column in columns if lane < len(column))


def _consent(consent: b.Consent) -> Iterator[str]:
    yield consent.heading
    yield from consent.addressee
    yield consent.sentence
    yield from (f"☐　{choice}" for choice in consent.choices)
    yield consent.remarks
    yield consent.number
    yield b.BLANK_DATE
    yield from consent.signer
    yield consent.name
    yield SEAL
