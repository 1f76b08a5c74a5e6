"""Every form on paper, measured: what can be read, where pages end, what belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from app.annexes.catalogue import Catalogue, load
from app.exchange.documents.composing import compose, print_document
from app.printing.blocks import Document, Table, Title
from app.printing.type.words import spoken
from app.records import Contract, Person
from forms import all_forms
from tests.support.crowd import Size, changed, crowd
from tests.support.measured import Measured, measured
from tests.support.paper import MARK, NUMBER
from tests.support.prepared import extend
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample

FORMS = all_forms()
NAMELESS = {"closing-statement"}
"""What names nobody."""
BOUND = {"evidence-binder"}
"""Parts that are bound behind their cover, and never sent apart from it."""
SMALL = Size(people=24, roles=4, places=5, devices=24, absent=14)
FOOT = f"{NUMBER}照合コード{MARK.code}台帳{MARK.sequence}:{MARK.head}"


@cache
def catalogue() -> Catalogue:
    return load()


def cases() -> Iterator[tuple[str, str]]:
    for name, form in FORMS.items():
        yield name, "sample"
        if name != "disposal-certificate":
            yield name, "other"
        yield name, "crowd"
        if form.changes:
            yield name, "changed"


def drawn(name: str, of: str) -> tuple[Document, Sample]:
    form = FORMS[name]
    sample = extend(crowd(catalogue(), SMALL) if of == "crowd" else Sample(catalogue()), name)
    contract, day = KAWAGUCHI if of == "other" else KIMITSU, DAY
    if of == "changed":
        sample = crowd(catalogue(), SMALL)
        sample.submitted(form.gather(sample.case()))
        changed(sample, SMALL, LATER)
        day = LATER
    return compose(form, form.gather(sample.case(contract, day)), "", None, NUMBER, MARK), sample


@cache
def printed(name: str, of: str) -> tuple[Document, Sample, bytes, tuple[Measured, ...]]:
    document, sample = drawn(name, of)
    pdf = print_document(document)
    return document, sample, pdf, tuple(measured(pdf))


each = pytest.mark.parametrize(("name", "of"), list(cases()))


def body(page: Measured) -> str:
    """What stands on a page between its page number with the way back, which come first, and its end."""
    return re.sub(rf"^\d+／\d+?(?={NUMBER})", "", page.text).removeprefix(FOOT)


@each
def test_everything_can_be_read(name: str, of: str) -> None:
    for page in printed(name, of)[3]:
        assert min(page.sizes) >= 7.49


@each
def test_names_are_never_small(name: str, of: str) -> None:
    _, sample, _, pages = printed(name, of)
    names = {person.name for person in sample.facts.all(Person)} | {"渡邊　齋一郎"}
    found = {size for page in pages for person in names for size in page.of(person)}
    assert found or name in NAMELESS
    assert min(found, default=8) >= 7.99


@each
def test_no_page_holds_the_end_alone(name: str, of: str) -> None:
    _, _, _, pages = printed(name, of)
    for page in pages[1:]:
        assert not re.fullmatch("(以上)?(【連絡先】.*)?", body(page)), "an end without what it ends"


@each
def test_pages_are_numbered_to_the_last(name: str, of: str) -> None:
    document, _, _, pages = printed(name, of)
    expected: list[tuple[int, int]] = []
    numbers: list[tuple[int, int]] = []
    for page in pages:
        found = re.search(rf"(\d+)／(\d+?){NUMBER}", page.text)
        assert found
        numbers.append((int(found[1]), int(found[2])))
    while numbers[len(expected) :]:
        total = numbers[len(expected)][1]
        expected += [(at, total) for at in range(1, total + 1)]
    assert numbers == expected
    if FORMS[name].numbered and sum(not sheet.continues for sheet in document.sheets) == 1:
        assert numbers[-1][0] == len(pages), "what is issued as one is numbered as one"


@each
def test_no_row_of_a_table_is_alone_on_a_page(name: str, of: str) -> None:
    document, _, _, pages = printed(name, of)
    tables = [
        b for sheet in document.sheets for b in sheet.blocks if isinstance(b, Table) and len(b.rows) > 1
    ]
    for table in tables:
        starts = [_key(row) for row in table.rows]
        for end, other in ((0, 1), (-1, -2)):
            held = [page.text for page in pages if starts[end] in page.text]
            assert any(starts[other] in text for text in held), "the row beside it stands on the same page"


def _key(row: Any) -> str:
    """The longest text of a row that one line holds whole."""
    texts = [spoken(t) for cell in row for t in ((cell,) if isinstance(cell, str) else cell)]
    return max((text for text in texts if len(text) <= 12), key=len, default=texts[0][:8])


@each
def test_the_file_says_what_it_is(name: str, of: str) -> None:
    document, sample, pdf, _ = printed(name, of)
    contract = sample.facts.get(Contract, KAWAGUCHI if of == "other" else KIMITSU)
    with pikepdf.open(BytesIO(pdf)) as opened:
        title, made = str(opened.docinfo.Title), str(opened.docinfo.CreationDate)
        with opened.open_metadata() as xmp:
            assert xmp["dc:title"] == title
            assert xmp["xmp:CreateDate"].startswith(str(document.on))
    assert made.startswith(f"D:{document.on:%Y%m%d}")
    blocks = (block for sheet in document.sheets for block in sheet.blocks)
    called = next(block.text for block in blocks if isinstance(block, Title))
    for part in (called, NUMBER, contract.number, contract.title):
        assert part in title


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name].numbered])
def test_a_sheet_that_belongs_to_a_letter_says_to_which(name: str) -> None:
    document, sample, _, pages = printed(name, "sample")
    starts = [sheet for sheet in document.sheets if sheet.continues]
    first = {"device-register", "transfer-record", "disposal-certificate", "status-report"}
    assert bool(starts) == (name in first | BOUND)
    if starts and name not in BOUND:
        annex = next(page for page in pages if body(page).startswith(f"文書番号{NUMBER}別紙"))
        for part in (
            "令和8年6月1日",
            "株式会社𠮷野データサービス",
            sample.facts.get(Contract, KIMITSU).number,
        ):
            assert part in annex.text


def test_a_page_of_the_register_holds_ten_devices() -> None:
    _, _, _, pages = printed("device-register", "crowd")
    counts = [len(set(re.findall(r"ZZ-\d{5}", page.text))) for page in pages]
    assert max(counts) >= 10
    assert sum(counts) == SMALL.devices


def test_every_absentee_is_printed_however_many() -> None:
    _, _, _, pages = printed("training-report", "crowd")
    assert "".join(body(page) for page in pages).count("（補講の日は未定）") == SMALL.absent


def test_a_reason_is_printed_once_for_one_change() -> None:
    document, _, _, pages = printed("location-notice", "changed")
    text = "".join(page.text for page in pages)
    assert text.count("同上") == SMALL.places - 1
    assert text.count("事業所の移転及び") == 7
    del document


def test_the_six_items_stand_on_the_first_page_even_with_a_long_title_and_address() -> None:
    document, _, _, pages = printed("disposal-certificate", "crowd")
    for part in (
        "情報項目",
        "媒体名",
        "数量",
        "廃棄又は消去の方法",
        "責任者",
        "廃棄又は消去の年月日",
        "立会人",
    ):
        assert part in pages[0].text
    del document
