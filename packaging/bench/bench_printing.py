"""How long printing takes, against ReportLab's Paragraph and LongTable doing the same in the same run.

Both sides set the same words on the same paper in the same font. Ours writes PDF/A-2b; the baseline
writes plain PDF, loses indents and hangs marks over the rules of cells: it is a measure of time only.
Processor time, so that what else runs on the machine counts less.
Proof-reading, which includes the validation as PDF/A, is shown apart: the baseline has nothing like it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from html import escape
from importlib import resources
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from app.exchange.demo import make_demo
from app.exchange.documents.composing import compose
from app.ledger.access.opening import unlock
from app.printing import blocks as b
from app.printing.proof.reading import proof_read
from app.printing.render import render
from app.records import Statement, Submission
from app.start import Product


@dataclass(frozen=True, slots=True)
class Work:
    """A job to measure: its name, how often, and the document."""

    name: str
    times: int
    document: b.Document


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
        mark = b.Mark(paper.code, paper.head, paper.head_sequence)
        statement = Statement.from_canonical(paper.statement)
        found[paper.form] = compose(
            product.forms[paper.form], statement, "株式会社見本", None, paper.number, mark
        )
    return found


def many_sheets(document: b.Document, count: int) -> b.Document:
    """The sheets of a batch again and again, until there are ``count``."""
    return replace(document, sheets=tuple(islice(cycle(document.sheets), count)))


def many_rows(document: b.Document, count: int) -> b.Document:
    """The first sheet, with the rows of its first table again and again, until there are ``count``."""
    sheet = document.sheets[0]
    at, table = next((at, block) for at, block in enumerate(sheet.blocks) if isinstance(block, b.Table))
    longer = replace(table, rows=tuple(islice(cycle(table.rows), count)))
    return replace(
        document, sheets=(replace(sheet, blocks=(*sheet.blocks[:at], longer, *sheet.blocks[at + 1 :])),)
    )


def baseline(document: b.Document) -> bytes:
    """The same words by Paragraph and LongTable."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    size = landscape(A4) if document.sheets[0].landscape else A4
    story: list[Any] = []
    for sheet in document.sheets:
        story += [flowable for block in sheet.blocks for flowable in _flowables(block, size[0] - 86)]
        story.append(PageBreak())
    out = BytesIO()
    SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=43,
        rightMargin=43,
        topMargin=62,
        bottomMargin=62,
        initialFontName=_fonts()[0],
    ).build(story)
    return out.getvalue()


def _line(cell: str | tuple[str, ...]) -> str:
    """A cell of several lanes as one text."""
    return cell if isinstance(cell, str) else " ".join(cell)


def _flowables(block: b.Block, room: float) -> Iterator[Any]:
    from reportlab.lib import colors
    from reportlab.platypus import LongTable, Paragraph

    from app.printing.type.words import texts

    if not isinstance(block, b.Table):
        yield from (Paragraph(escape(text), _style(10.5)) for text in texts(block))
        return
    total = sum(column.width for column in block.columns)
    style = _style(block.size)
    rows = [[column.title for column in block.columns], *block.rows]
    yield LongTable(
        [[Paragraph(escape(_line(cell)), style) for cell in row] for row in rows],
        colWidths=[column.width * room / total for column in block.columns],
        repeatRows=1,
        style=[("GRID", (0, 0), (-1, -1), 0.4, colors.black)],
    )


def _style(size: float) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(f"s{size}", fontName=_fonts()[0], fontSize=size, leading=size * 1.5, wordWrap="CJK")


@cache
def _fonts() -> tuple[str]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    data = resources.files("resources").joinpath("fonts", "BIZUDMincho-Regular.ttf").read_bytes()
    font = TTFont("baseline", BytesIO(data))
    font.face.name = b"Baseline"  # under its own name ReportLab would hand out the font of the program
    pdfmetrics.registerFont(font)
    return ("baseline",)


def line(work: Work) -> str:
    """Measure one job; the figures are medians in seconds of processor time."""
    ours, proofs, theirs = [], [], []
    for _ in range(work.times):
        start = time.process_time()
        printed = render(work.document)
        ours.append(time.process_time() - start)
        start = time.process_time()
        proof_read(printed, work.document)
        proofs.append(time.process_time() - start)
        start = time.process_time()
        baseline(work.document)
        theirs.append(time.process_time() - start)
    mine, proof, other = (statistics.median(figures) for figures in (ours, proofs, theirs))
    return (
        f"{work.name:<22}{mine:>9.3f} s{proof:>9.3f} s{proof / mine:>11.2f}{other:>9.3f} s"
        f"{other / mine:>9.1f} x{other / (mine + proof):>9.1f} x\n"
    )


def main(arguments: list[str]) -> int:
    """Measure the seven forms of the sample, 200 oaths in one batch and a register of 2,000 rows."""
    parser = argparse.ArgumentParser(description="printing against ReportLab's Paragraph and LongTable")
    parser.add_argument("--quick", action="store_true", help="one tenth of the work, once")
    quick = parser.parse_args(arguments).quick
    part, times = (10, 1) if quick else (1, 3)
    documents = sample_documents()
    works = [Work(form, 1 if quick else 9, document) for form, document in documents.items()]
    works.append(Work(f"{200 // part} oaths", times, many_sheets(documents["oath"], 200 // part)))
    rows = many_rows(documents["device-register"], 2000 // part)
    works.append(Work(f"register {2000 // part} rows", times, rows))
    # Fonts are loaded once per process: that is no part of any one document.
    render(works[0].document)
    baseline(works[0].document)
    heads = ("printed", "proof-read", "÷ printed", "ReportLab", "ratio", "with proof")
    sys.stdout.write(" " * 22 + "".join(f"{head:>11}" for head in heads) + "\n")
    for work in works:
        sys.stdout.write(line(work))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
