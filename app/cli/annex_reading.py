"""annex read: any text of an annex or contract, clause by clause; nothing is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.arguments import Wanted
from app.cli.output import Steps, put_error, put_json, put_line, put_table
from app.common import PeopleError

if TYPE_CHECKING:
    from app.annexes.reading.listing import Entry
    from app.annexes.reading.model import Document, Reading
    from app.exchange.annexes.reading import ReadFile

_STANDARD_INPUT = Path("-")
_SHOWN = 40
"""Characters of a text in a table for people."""


def read(wanted: Wanted) -> int:
    """The documents and paragraphs of a file, or of what comes through the pipe."""
    from app.annexes.reading.listing import entries

    found = _read(wanted.file)
    held = entries(found.reading)
    for sentence in found.told:
        put_error(sentence)
    if wanted.json:
        put_json([_entry(found.reading, entry, at) for at, entry in enumerate(held, 1)])
        return 0
    for document in found.reading.documents:
        if document.title or document.parties.vendor:
            put_line(_described(document))
    put_table(
        ("条項", "見出し", "文章"), [_row(found.reading, entry) for entry in held], "条項はありません。"
    )
    return 0


def _read(path: Path) -> ReadFile:
    from app.exchange.annexes.reading import read_data, read_file
    from app.exchange.sheets.limits import LARGEST_FILE

    with Steps() as progress:
        if path != _STANDARD_INPUT:
            return read_file(path, progress)
        if sys.stdin is None:
            raise PeopleError("標準入力がありません。ファイルの名前を指定してください。")
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise PeopleError("標準入力が大きすぎます。特記事項の部分だけを取り出して指定してください。")
        return read_data(data, "標準入力", progress)


def _entry(reading: Reading, entry: Entry, at: int) -> dict[str, Any]:
    """What the clause asks is left out: nothing is known of it yet, which is not the same as nothing."""
    document = reading.documents[entry.document]
    if entry.paragraph < 0:
        return {
            "number": None,
            "paragraph": at,
            "heading": "",
            "text": entry.text,
            "role": entry.role.value,
            "document": document.title,
        }
    held = reading.paragraphs[entry.paragraph]
    return {
        "number": held.number,
        "paragraph": at,
        "heading": held.heading,
        "text": held.text,
        "role": "clause",
        "document": document.title,
        "lead": reading.paragraphs[held.lead].number if held.lead >= 0 else None,
        "conditions": list(held.options),
    }


def _described(document: Document) -> str:
    """A document by its title, with the words for both sides where it has clauses."""
    from app.annexes.reading.model import DocumentKind

    title = document.title or "（題名なし）"
    if document.kind is DocumentKind.FORM:
        return f"{title}：様式（条項ではありません）"
    client, vendor = (
        "・".join(words) or "（不明）" for words in (document.parties.client, document.parties.vendor)
    )
    return f"{title}：発注者は「{client}」、受注者は「{vendor}」"


def _row(reading: Reading, entry: Entry) -> tuple[str, str, str]:
    from app.annexes.reading.listing import ROLES

    text = entry.text if len(entry.text) <= _SHOWN else f"{entry.text[: _SHOWN - 1]}…"
    if entry.paragraph < 0:
        return f"（{ROLES[entry.role]}）", "", text
    held = reading.paragraphs[entry.paragraph]
    return held.number, held.heading, text
