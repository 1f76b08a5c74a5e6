"""From a statement to the file that is printed: sheets, pictures, number and mark, drawn and proof-read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.common import Progress
from app.duties.case import FormFace
from app.printing.blocks import Block, Document, KeepTogether, Mark, Photo, Sheet, Submitter, Text
from app.printing.type.words import DRAFT
from app.records import Statement

Pictures = Callable[[str], bytes]
"""SHA-256 of a picture → its bytes, as the ledger keeps them."""


def title_of(form: FormFace, statement: Statement) -> str:
    """What the document is called: 作業場所届出書（変更）."""
    return f"{form.title}（{statement.variant}）" if statement.variant else form.title


def compose(
    form: FormFace,
    statement: Statement,
    author: str,
    pictures: Pictures | None,
    number: str | None = None,
    mark: Mark | None = None,
    instead_of: str = "",
) -> Document:
    """The document: pictures put in, the number at the head of the letter and of what belongs to it.

    ``instead_of``: the number of the document that it replaces. Without a number it is a draft, and a draft
    never carries the seal, whatever it is used for.
    """
    sheets = tuple(
        _with_pictures(sheet, pictures, sealed=number is not None) for sheet in form.draw(statement)
    )
    if number is not None and form.numbered:
        told = f"（{instead_of}の差替え）" if instead_of else ""
        head = Text(f"文書番号　{number}{told}", align="right", size=9.5)
        sheets = tuple(
            replace(sheet, blocks=(head, *sheet.blocks)) if at == 0 or sheet.continues else sheet
            for at, sheet in enumerate(sheets)
        )
    return Document(_named(form, statement, number), sheets, number, author, mark, statement.on)


def _named(form: FormFace, statement: Statement, number: str | None) -> str:
    """What the file is called among others: its title, number and contract."""
    contract = statement.facts.get("letter", {}).get("contract", {})
    told = (title_of(form, statement), number or DRAFT, contract.get("number"), contract.get("title"))
    return "　".join(filter(None, told))


def print_document(document: Document, progress: Progress | None = None) -> bytes:
    """The PDF, read back and compared with the document before anyone sees it.

    Raises ``MissingGlyph`` for a character without a glyph, ``ProofError`` for a file that is not what
    the document says, ``Cancelled``.
    """
    from app.printing.proof.reading import proof_read
    from app.printing.render import render

    pdf = render(document, progress)
    proof_read(pdf, document)
    return pdf


def _with_pictures(sheet: Sheet, pictures: Pictures | None, *, sealed: bool) -> Sheet:
    return replace(sheet, blocks=tuple(_filled(block, pictures, sealed=sealed) for block in sheet.blocks))


def _filled(block: Block, pictures: Pictures | None, *, sealed: bool) -> Block:
    match block:
        case Submitter(seal=bytes() as held):
            return replace(block, seal=pictures(held.decode("ascii")) if pictures and sealed else None)
        case Photo(image=held, caption=caption):
            if pictures is None:
                return Text(f"（写真）{caption}")
            return replace(block, image=pictures(held.decode("ascii")))
        case KeepTogether(blocks=inner):
            return replace(block, blocks=tuple(_filled(one, pictures, sealed=sealed) for one in inner))
    return block


def all_strings(held: Any) -> list[str]:
    """Every text in a statement's facts, each once, in their order."""
    found: dict[str, None] = {}
    _collect(held, found)
    return list(found)


def _collect(held: Any, found: dict[str, None]) -> None:
    if isinstance(held, str):
        found[held] = None
    elif isinstance(held, dict):
        for value in held.values():
            _collect(value, found)
    elif isinstance(held, list | tuple):
        for value in held:
            _collect(value, found)
