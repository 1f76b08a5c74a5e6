"""A document on paper: printed, proof-read, and read back."""

from __future__ import annotations

from app.duties.case import FormFace
from app.exchange.documents.composing import compose, print_document
from app.printing.blocks import Mark
from app.printing.pages import OpenPdf
from app.records import Statement

NUMBER = "2026-0042"
MARK = Mark("1a2b3c4d5e6f7a8b9c0d", "9f" * 32, 812, "7f3a")


def printed_text(form: FormFace, statement: Statement) -> str:
    """What stands on the paper of a numbered document, without white space; the file is proof-read."""
    document = compose(form, statement, "株式会社𠮷野データサービス", None, NUMBER, MARK)
    with OpenPdf(print_document(document)) as pdf:
        pages = [pdf.text(page) for page in range(pdf.page_count)]
    return "".join("".join(pages).split())
