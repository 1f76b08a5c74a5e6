"""What every press is given: papers of the sample ledger, as the program's own blocks and as plain data."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from importlib import resources
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any

from app.exchange.demo import make_demo
from app.exchange.documents.composing import compose
from app.ledger.access.opening import unlock
from app.printing import blocks as b
from app.printing.binding.joining import Part, pages_of
from app.printing.render import render
from app.printing.setting import TITLE
from app.printing.type.fonts import BODY, BOLD
from app.printing.type.words import texts
from app.records import Statement, Submission
from app.start import Product

_LAST_NUMBER = re.compile(r"\d+$")


def sample_documents() -> dict[str, b.Document]:
    """One issued document of every form, by form, drawn anew from what the sample ledger archived."""
    product = Product()
    with tempfile.TemporaryDirectory() as folder:
        made = make_demo(product, Path(folder), date(2026, 11, 20))
        passphrase = made.passphrase_file.read_text(encoding="utf-8").strip()
        with product.open(made.path, unlock(made.path, passphrase)) as ledger:
            papers = ledger.facts().all(Submission)
    found = {}
    for paper in papers:
        mark = b.Mark(paper.code, paper.head, paper.head_sequence, "7f3a")
        statement = Statement.from_canonical(paper.statement)
        found[paper.form] = compose(
            product.forms[paper.form], statement, "株式会社見本", None, paper.number, mark
        )
    return found


def many_sheets(document: b.Document, sheets: Iterable[b.Sheet], count: int) -> b.Document:
    """``document`` with these sheets again and again, until there are ``count``."""
    return replace(document, sheets=tuple(islice(cycle(sheets), count)))


def binder(documents: dict[str, b.Document], count: int) -> b.Document:
    """The sheets of all papers in one document, until there are ``count``."""
    sheets = tuple(chain.from_iterable(document.sheets for document in documents.values()))
    return many_sheets(documents["oath"], sheets, count)


def parts(documents: dict[str, b.Document], pages: int) -> list[Part]:
    """Finished papers, as the archive holds them, that come to ``pages`` pages or a few more."""
    held = [Part(document.title, render(document)) for document in documents.values()]
    found: list[Part] = []
    for part in cycle(held):
        if pages <= 0:
            return found
        found.append(part)
        pages -= pages_of(part.pdf)
    return found


def many_rows(document: b.Document, count: int) -> b.Document:
    """The first sheet, with the rows of its first table again and again, until there are ``count``.

    Whatever ends in a number has one of its own in each row, as in a true register no two rows are alike.
    """
    sheet = document.sheets[0]
    at, table = next((at, block) for at, block in enumerate(sheet.blocks) if isinstance(block, b.Table))
    rows = tuple(_numbered(row, number) for number, row in enumerate(islice(cycle(table.rows), count), 1))
    longer = replace(table, rows=rows)
    return replace(
        document, sheets=(replace(sheet, blocks=(*sheet.blocks[:at], longer, *sheet.blocks[at + 1 :])),)
    )


def _numbered(row: tuple[b.CellText, ...], number: int) -> tuple[b.CellText, ...]:
    def one(text: str) -> str:
        return _LAST_NUMBER.sub(f"{number:05}", text)

    return tuple(one(cell) if isinstance(cell, str) else tuple(map(one, cell)) for cell in row)


def as_job(document: b.Document) -> dict[str, Any]:
    """The words of ``document`` as any press can set them: texts, and tables with the same columns."""
    fonts = Path(str(resources.files("resources").joinpath("fonts")))
    return {
        "fonts": {"body": str(fonts / BODY), "bold": str(fonts / BOLD)},
        "sheets": [
            {"landscape": sheet.landscape, "blocks": list(_blocks(sheet.blocks))} for sheet in document.sheets
        ],
    }


def _blocks(blocks: Iterable[b.Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        match block:
            case b.Table():
                yield {
                    "size": block.size,
                    "columns": [(_line(column.titles), column.width) for column in block.columns],
                    "rows": [[_line(cell) for cell in row] for row in block.rows],
                }
            case b.KeepTogether(inner):
                yield from _blocks(inner)
            case b.Title(text):
                yield _text(text, TITLE, bold=True, align="center")
            case b.Text():
                yield _text(block.text, block.size, bold=block.bold, align=block.align)
            case _:
                yield from (_text(text) for text in texts(block))


def _text(text: str, size: float = 10.5, *, bold: bool = False, align: str = "left") -> dict[str, Any]:
    return {"text": text, "size": size, "bold": bold, "align": align}


def _line(cell: b.CellText) -> str:
    """A cell of several lanes as one text."""
    return cell if isinstance(cell, str) else " ".join(cell)
