"""From a statement to the file that is printed: sheets, pictures, number and mark, drawn and proof-read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from app.common import PeopleError, Progress
from app.duties.case import FormFace
from app.printing.blocks import (
    Addressee,
    Block,
    Column,
    Document,
    End,
    FormNumber,
    Grid,
    KeepTogether,
    Mark,
    Photo,
    Sheet,
    Submitter,
    Table,
    Text,
    Title,
)
from app.printing.type.words import DRAFT, all_texts
from app.records import Statement

_SCAN_HEIGHT = 140
"""Millimetres of a page of a scan, which is to be read."""
Pictures = Callable[[str], bytes]
"""SHA-256 of a picture → its bytes, as the ledger keeps them."""


NOTATIONS = "notations"
"""Where a statement keeps the names in it that no font can show, each with the notation printed instead."""


def title_of(form: FormFace, statement: Statement) -> str:
    """What the document is called: 作業場所届出書（変更）."""
    title = form.called_in(statement)
    return f"{title}（{statement.variant}）" if statement.variant else title


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
    told = f"（{instead_of}の差替え）" if instead_of else ""
    numbered = number is not None and form.numbered
    head = Text(f"文書番号　{number}{told}", align="right", size=9.5) if numbered else None

    def whole(sheet: Sheet) -> Sheet:
        made = _with_pictures(sheet, pictures, sealed=number is not None)
        made = _noted(made, statement.facts.get(NOTATIONS, {}).values())
        made = _headed(made, head) if head else made
        return replace(made, second=whole(made.second)) if made.second else made

    sheets = tuple(map(whole, form.sheets(statement)))
    return Document(_named(form, statement, number), sheets, number, author, mark, statement.on)


def _headed(sheet: Sheet, head: Text) -> Sheet:
    """The sheet with the document number on top; below the client's own number of the form, if it has one."""
    at = 1 if sheet.blocks and isinstance(sheet.blocks[0], FormNumber) else 0
    return replace(sheet, blocks=(*sheet.blocks[:at], head, *sheet.blocks[at:]))


def _named(form: FormFace, statement: Statement, number: str | None) -> str:
    """What the file is called among others: its title, number and contract."""
    contract = statement.facts.get("letter", {}).get("contract", {})
    told = (title_of(form, statement), number or DRAFT, contract.get("number"), contract.get("title"))
    return "　".join(filter(None, told))


def _noted(sheet: Sheet, notations: Iterable[str]) -> Sheet:
    """The sheet, telling of each name on it that is not as it is written; before 以上 where that stands."""
    wanted = tuple(dict.fromkeys(notations))
    told = "".join(all_texts(sheet.blocks)) if wanted else ""
    used = [name for name in wanted if name in told]
    if not used:
        return sheet
    names = "、".join(f"「{name}」" for name in used)
    note = f"（注）{names}は、氏名に印刷できない文字があるため、台帳に登録した印刷用の表記によっています。"
    ends = (at for at, block in enumerate(sheet.blocks) if _ends(block))
    at = next(ends, len(sheet.blocks))
    blocks = (*sheet.blocks[:at], Text(note, size=8.5, before=3), *sheet.blocks[at:])
    return replace(sheet, blocks=blocks)


def _ends(block: Block) -> bool:
    return isinstance(block, End) or (isinstance(block, KeepTogether) and any(map(_ends, block.blocks)))


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


@cache
def get_ready() -> None:
    """Print a first sheet for nobody: fonts and readers, which take half a second, are loaded by it once.

    It holds what most forms do, so that the first of them finds nothing left to load.
    """
    said = "準備"
    letter = (
        Title(said),
        Addressee((said,)),
        Submitter(((said, said),), None, 0),
        Text(said, "justify"),
        Table((Column(said, 1),), ((said,),)),
        Grid(((said, said),)),
        KeepTogether((End(),)),
    )
    print_document(Document(said, (Sheet(letter, said),)))


def _with_pictures(sheet: Sheet, pictures: Pictures | None, *, sealed: bool) -> Sheet:
    filled = (one for block in sheet.blocks for one in _filled(block, pictures, sealed=sealed))
    return replace(sheet, blocks=tuple(filled))


def _filled(block: Block, pictures: Pictures | None, *, sealed: bool) -> tuple[Block, ...]:
    """The block with its pictures; as many blocks as the file of a photograph has pages."""
    match block:
        case Submitter(seal=bytes() as held):
            return (replace(block, seal=_seal(held, pictures) if pictures and sealed else None),)
        case Photo():
            return _photos(block, pictures)
        case KeepTogether(blocks=inner):
            # Each page of a file is kept with what stands beside it, so that no two have to fit one sheet.
            each = [_filled(one, pictures, sealed=sealed) for one in inner]
            most = max((len(found) for found in each), default=1)
            whole = [[found[min(at, len(found) - 1)] for found in each] for at in range(most)]
            return tuple(replace(block, blocks=tuple(blocks)) for blocks in whole)
    return (block,)


def _seal(held: bytes, pictures: Pictures) -> bytes:
    from app.printing.pictures import printed_pages

    pages = printed_pages(pictures(held.decode("ascii")), "自社の印影の画像")
    if len(pages) > 1:
        raise PeopleError("自社の印影の画像が1ページではありません。1枚の画像を登録し直してください。")
    return pages[0]


def _photos(block: Photo, pictures: Pictures | None) -> tuple[Block, ...]:
    if pictures is None:
        return (Text(f"（写真）{block.caption}"),)
    from app.printing.pictures import printed_pages

    data = pictures(block.image.decode("ascii"))
    pages = printed_pages(data, f"添付した写真「{block.file or block.caption}」")
    if len(pages) == 1:
        height = _SCAN_HEIGHT if data.startswith(b"%PDF") else block.height_mm
        return (replace(block, image=pages[0], height_mm=height),)
    return tuple(
        replace(
            block,
            image=page,
            caption=f"{block.caption}（{len(pages)}ページ中{number}ページ）",
            height_mm=_SCAN_HEIGHT,
        )
        for number, page in enumerate(pages, 1)
    )


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
