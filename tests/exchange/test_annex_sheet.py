"""An annex goes into a workbook and comes back the same; what is wrong in one is named by its cell."""

from __future__ import annotations

import copy
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.annexes.annex import Annex
from app.annexes.catalogue import load
from app.annexes.files.annex_file import read_annex
from app.annexes.files.faults import AnnexFaultsError
from app.annexes.files.tables import Reader, Table
from app.common import PeopleError
from app.exchange.annexes import workbook as sheet_file
from app.exchange.annexes.sheet import letters, read_sheet, workbook
from tests.support.annexes import tables

ANNEXES = {annex.key: annex for annex in load().annexes}
KIMITSU = ANNEXES["kimitsu-hoji"]
GOOD = workbook(KIMITSU)


def read(data: bytes) -> Annex:
    return read_annex(read_sheet(data, "「見本.xlsx」").text.encode("utf-8"), "見本", "")


def edited(edit: Callable[[Any], None]) -> bytes:
    """The workbook of an annex after someone worked on it."""
    book = load_workbook(BytesIO(GOOD))
    edit(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def cell(sheet: str, place: str, value: object) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        book[sheet][place] = value

    return edit


@pytest.mark.parametrize("key", ANNEXES)
def test_every_annex_of_the_product_comes_back_the_same(key: str) -> None:
    assert read(workbook(ANNEXES[key])) == ANNEXES[key]


@settings(max_examples=40)
@given(tables())
def test_any_annex_comes_back_the_same(table: Table) -> None:
    annex = Reader().annex(copy.deepcopy(table))
    assert annex is not None
    assert read(workbook(annex)) == annex


def test_what_is_edited_in_the_sheet_is_what_comes_back() -> None:
    def edit(book: Any) -> None:
        sheet = book["条項"]
        sheet["C2"] = "直した見出し"
        sheet["E3"] = "誓約書"
        sheet["F3"] = "教育・研修"
        sheet["O3"] = 'submit = "beforehand"\noath.days_before = 3'
        book["基本"]["B4"] = 2
        book["基本"]["B6"] = "令和8年4月1日"

    assert load_workbook(BytesIO(GOOD))["条項"]["O1"].value == "条件"
    annex = read(edited(edit))
    assert annex.version == 2
    assert annex.in_force_from is not None
    assert annex.in_force_from.isoformat() == "2026-04-01"
    assert annex.clauses[0].heading == "直した見出し"
    assert annex.clauses[1].kinds == ("oath", "training")
    assert annex.clauses[1].asks("oath").days_before == 3
    assert annex.clauses[1].asks("training").days_before is None


def test_a_row_can_be_added_and_blank_rows_do_not_matter() -> None:
    def edit(book: Any) -> None:
        sheet = book["条項"]
        row = sheet.max_row + 3
        for column, text in enumerate(("第90条", "pledge", "誓約", "誓約します。", "誓約書"), 1):
            sheet.cell(row, column, text)
        sheet.cell(row, 10, "着手前")

    annex = read(edited(edit))
    assert annex.clauses[-1].kinds == ("oath",)
    assert len(annex.clauses) == len(KIMITSU.clauses) + 1


def test_kinds_moments_and_options_are_offered_as_lists_and_explained() -> None:
    book = load_workbook(BytesIO(GOOD))
    rules = book["条項"].data_validations.dataValidation
    offered = {rule.formula1: str(rule.sqref) for rule in rules}
    assert set(offered) == {"'説明'!$A$2:$A$47", "'説明'!$B$2:$B$12", "'説明'!$C$2:$C$5"}
    assert "E2" in offered["'説明'!$A$2:$A$47"]
    texts = [str(value) for row in book["説明"].iter_rows(values_only=True) for value in row if value]
    assert {"誓約書", "着手前", "再委託", "days_before"} <= set(texts)


def test_no_text_is_live_as_a_formula() -> None:
    table = {**_table(), "title": '=HYPERLINK("http://example.jp")'}
    annex = Reader().annex(table)
    assert annex is not None
    held = load_workbook(BytesIO(workbook(annex)))["基本"]["B3"]
    assert (held.data_type, held.quotePrefix) == ("s", True)
    assert read(workbook(annex)).title == annex.title


def _table() -> Table:
    from app.annexes.files.text import table_of

    return table_of(KIMITSU)


BROKEN = {
    "an unknown kind": (cell("条項", "E3", "秘密"), ("条項", "E", 3), "「秘密」という義務の種別"),
    "an unknown moment": (cell("条項", "J4", "すぐ"), ("条項", "J", 4), "「すぐ」という時期"),
    "no number": (cell("条項", "A5", None), ("条項", "A", 5), "「条項番号」がありません"),
    "a number used twice": (cell("条項", "A5", "第2条"), ("条項", "A", 5), "「第2条」は前にもあります"),
    "a broken condition": (cell("条項", "O3", "submit beforehand"), ("条項", "O", 3), "条件の書き方"),
    "an unknown condition": (cell("条項", "O3", 'sumbit = "none"'), ("条項", "O", 3), "「sumbit」という条件"),
    "a formula": (cell("条項", "C3", "=1+1"), ("条項", "C", 3), "数式は読み取れません"),
    "a day for a text": (cell("条項", "C3", True), ("条項", "C", 3), "文字として読めません"),
    "an unknown column": (cell("条項", "P1", "色"), ("条項", "P", 1), "「色」という列は読めない"),
    "a column without a head": (cell("条項", "P3", "赤"), ("条項", "P", 3), "見出しのない列"),
    "a missing column": (cell("条項", "D1", None), ("条項", "", 1), "「要約」の列がありません"),
    "a version that is no number": (cell("基本", "B4", "初版"), ("基本", "B", 4), "「版」は整数"),
    "an impossible day": (cell("基本", "B6", "令和8年2月30日"), ("基本", "B", 6), "日付として読めません"),
    "an unknown entry": (cell("基本", "A9", "色"), ("基本", "A", 9), "「色」という項目"),
    "a missing sheet": (lambda book: book.remove(book["事項"]), ("事項", "", 1), "シートがありません"),
    "no heading": (cell("条項", "C5", None), ("条項", "C", 5), "「見出し」がありません"),
    "no summary": (cell("条項", "D5", None), ("条項", "D", 5), "「要約」がありません"),
    "no key": (cell("条項", "B5", None), ("条項", "B", 5), "「識別名」がありません"),
    "no kind's moment": (cell("条項", "J4", None), ("条項", "J", 4), "時期がありません"),
    "no title": (cell("基本", "B3", None), ("基本", "B", 3), "「題名」がありません"),
    "a blank in a number": (
        cell("条項", "A5", "第3 1"),
        ("条項", "A", 5),
        "番号の中に半角の空白は使えません",
    ),
    "a kind twice": (cell("条項", "F3", "秘密保持"), ("条項", "E", 3), "「秘密保持」が重なっています"),
    "a condition of another kind": (
        cell("条項", "O3", 'training.submit = "none"'),
        ("条項", "O", 3),
        "「training」（教育・研修）はこの条項の義務の種別にありません",
    ),
    "an option that is not declared": (
        cell("条項", "M3", "色"),
        ("条項", "M", 3),
        "シート「事項」にありません",
    ),
    "a part without its client": (cell("文書", "C2", None), ("文書", "C", 2), "「発注者の語」がありません"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_named_by_sheet_row_and_column(name: str) -> None:
    edit, (sheet, column, row), sentence = BROKEN[name]
    with pytest.raises(AnnexFaultsError) as caught:
        read(edited(edit))
    found = [(f.sheet, f.column, f.line) for f in caught.value.faults if sentence in f.sentence]
    assert (sheet, column, row) in found, caught.value.faults
    assert "シート「" in caught.value.sentence


def outcome(data: bytes) -> str:
    try:
        return f"{read(data).title}を読みました。"
    except PeopleError as error:
        return error.sentence


@settings(max_examples=60)
@given(st.binary(max_size=200), st.integers(0, 5000))
def test_any_bytes_are_read_or_refused_in_one_sentence(noise: bytes, at: int) -> None:
    for data in (noise, GOOD[:at], GOOD[:at] + noise + GOOD[at + len(noise) :]):
        assert outcome(data).endswith("。")


def test_a_workbook_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    monkeypatch.setattr(sheet_file, "LARGEST_UNPACKED", 2_000_000)
    with pytest.raises(PeopleError, match="展開すると大きすぎます"):
        read(made.getvalue())


@pytest.mark.parametrize(("row", "column", "what"), [(100_001, 1, "100,000行"), (1, 257, "256列")])
def test_too_many_rows_or_columns_are_refused(row: int, column: int, what: str) -> None:
    book = Workbook()
    book.active.title = "条項"
    book.active.cell(row, column, "x")
    made = BytesIO()
    book.save(made)
    with pytest.raises(PeopleError, match=f"{what}を超えています"):
        read(made.getvalue())


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_file, "LARGEST_FILE", 1024)
    with pytest.raises(PeopleError, match="大きすぎます"):
        read(GOOD)


@pytest.mark.parametrize(("text", "what"), [("長" * 32_768, "長すぎて.*（.toml）"), ("制御\x01", "制御文字")])
def test_a_text_that_no_cell_holds_is_named_when_written(text: str, what: str) -> None:
    table = _table()
    table["clause"][0]["summary"] = text
    annex = Reader().annex(table)
    assert annex is not None
    with pytest.raises(PeopleError, match=what):
        workbook(annex)


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [letters(column) for column in (1, 26, 27, 256)] == ["A", "Z", "AA", "IV"]
