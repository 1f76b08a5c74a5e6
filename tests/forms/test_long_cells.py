"""Whatever stands in any cells of any paper, however long: it is printed, and read back whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from app.annexes.catalogue import Catalogue, load
from app.common import PeopleError
from app.exchange.documents.composing import compose, print_document
from app.printing import blocks as b
from forms import all_forms
from tests.support.paper import MARK, NUMBER
from tests.support.prepared import extend
from tests.support.sample import Sample

FORMS = all_forms()
READINGS = ("ナガイフリガナ", "あ", "長い名前の値です", "第1営業部、R8-1 ", "説明。\n")
LONG = st.builds(
    lambda text, size: (text * size)[:size],
    st.sampled_from(READINGS),
    st.sampled_from((1, 20, 60, 199, 200, 400)),
)


@cache
def catalogue() -> Catalogue:
    return load()


@cache
def paper(name: str) -> b.Document:
    form, sample = FORMS[name], extend(Sample(catalogue()), name)
    return compose(form, form.gather(sample.case()), "", None, NUMBER, MARK)


def ruled(blocks: tuple[b.Block, ...]) -> Iterator[b.Table | b.Grid]:
    for block in blocks:
        if isinstance(block, b.KeepTogether):
            yield from ruled(block.blocks)
        elif isinstance(block, b.Table | b.Grid) and block.rows:
            yield block


def put(block: b.Block, wanted: b.Table | b.Grid, at: int, texts: dict[int, str]) -> b.Block:
    """A block in which the cells ``texts`` of row ``at`` of ``wanted`` say something else."""
    if isinstance(block, b.KeepTogether):
        return replace(block, blocks=tuple(put(inner, wanted, at, texts) for inner in block.blocks))
    if block is not wanted:
        return block
    if isinstance(wanted, b.Grid):
        plain = [list(row) for row in wanted.rows]
        for number, text in texts.items():
            plain[at][number] = text
        return replace(wanted, rows=tuple(map(tuple, plain)))
    rows = [list(row) for row in wanted.rows]
    for number, text in texts.items():
        former = rows[at][number]
        rows[at][number] = text if isinstance(former, str) else (text, *former[1:])
    return replace(wanted, rows=tuple(map(tuple, rows)))


def refusal(document: b.Document) -> str:
    """The sentence with which a document is not printed; empty where it is, and is read back whole."""
    try:
        print_document(document)
    except PeopleError as error:
        return error.sentence
    return ""


WITH_CELLS = sorted(name for name in FORMS if any(any(ruled(s.printed)) for s in paper(name).sheets))


def test_nearly_every_form_has_cells() -> None:
    assert len(WITH_CELLS) > len(FORMS) - 6


@settings(max_examples=40)
@given(data=st.data())
def test_long_cells_side_by_side_are_printed_or_refused_with_a_sentence(data: st.DataObject) -> None:
    document = paper(data.draw(st.sampled_from(WITH_CELLS)))
    sheets = list(document.sheets)
    number = data.draw(st.sampled_from([at for at, sheet in enumerate(sheets) if any(ruled(sheet.blocks))]))
    sheet = sheets[number]
    wanted = data.draw(st.sampled_from(list(ruled(sheet.blocks))))
    at = data.draw(st.integers(0, len(wanted.rows) - 1))
    cells = range(1, len(wanted.rows[at]), 2) if isinstance(wanted, b.Grid) else range(len(wanted.rows[at]))
    texts = data.draw(st.dictionaries(st.sampled_from(cells), LONG, min_size=1))
    sheets[number] = replace(sheet, blocks=tuple(put(block, wanted, at, texts) for block in sheet.blocks))
    refused = refusal(replace(document, sheets=tuple(sheets)))
    halved = any(sheet.second is not None for sheet in sheets)
    assert not refused or halved or any(text[:4] in refused for text in texts.values())
