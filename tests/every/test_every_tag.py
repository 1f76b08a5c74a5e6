"""A promise about every form: those who cannot see the page are told all of it, in its order."""

from __future__ import annotations

from io import BytesIO

from pikepdf import pdfa

from app.exchange.documents.composing import compose
from app.printing.blocks import Document
from app.printing.render import render
from app.printing.type.words import spoken
from tests.every.test_every_form import each_example, example
from tests.support.paper import MARK, NUMBER
from tests.support.tagged import read_tags, said_by


def _document(name: str, contract: int, changed: bool) -> Document:
    form, statement = example(name, contract, changed)
    return compose(form, statement, "株式会社𠮷野データサービス", None, NUMBER, MARK)


@each_example
def test_all_of_a_form_is_told_in_the_order_of_its_blocks(name: str, contract: int, changed: bool) -> None:
    document = _document(name, contract, changed)
    made = render(document)
    root = read_tags(made)
    assert root.found("H1")
    parts = root.kids
    assert [part.kind for part in parts] == ["Sect"] * len(document.sheets)
    assert [spoken(part.told()) for part in parts] == [said_by(sheet) for sheet in document.sheets]
    # The proof leaves the tree out where it asks the archive's rules; here they are asked of all of it.
    assert pdfa.validate_written(BytesIO(made), "2b").passed
