"""What goes out to Excel comes back as it was, of every record type; and no text comes alive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.common import PeopleError
from app.exchange.going_out import csv_file, layout, template, workbook
from app.exchange.going_out.csv_file import IN_PLACE, Encoding
from app.exchange.going_out.layout import Layout
from app.exchange.sheets import plain_text
from app.exchange.sheets.book import Book
from app.exchange.sheets.excel.workbook import sheets
from app.exchange.tables.line import Line
from app.exchange.tables.mapping import Said
from app.exchange.tables.own import ID
from app.exchange.tables.rows.lines import Lines
from app.exchange.tables.sheets import chosen, tables
from app.exchange.tables.words import words_of
from app.exchange.tables.written import as_written
from app.records import SPECS, Record, Spec, Subcontract
from app.records.spelling.fold import alike
from app.records.subcontract import SubcontractDuty
from tests.support.values import records

every = pytest.mark.parametrize("spec", [s for s in SPECS.values() if s.by_hand], ids=lambda s: s.name)
lenient = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
"""Few examples, of several records each: what takes the time is the workbook."""


def key_of(kind: str, number: int) -> str:
    return f"{kind}#{number}"


def id_of(kind: str, key: str) -> int:
    return int(key.removeprefix(f"{kind}#"))


def keys(spec: Spec[Any], record: Record) -> object:
    return tuple(alike(str(getattr(record, name))) for name in spec.key) or id(record)


def lines_of(spec: Spec[Any], book: Book) -> list[Line]:
    words = words_of(spec)
    book, literal = as_written(book, spec)
    _, grid, head = chosen(book, Said(), words)
    found: list[Line] = []
    for table in tables(grid, head, words, Said()):
        assert not [column for column in table.columns if column.undecided]
        found += Lines(grid, table.head, table.columns, spec, words, literal=literal).read(table.rows)
    return found


def from_excel(spec: Spec[Any], table: Layout) -> Book:
    return Book(tuple(sheets(workbook.made(spec, table))))


def from_csv(spec: Spec[Any], table: Layout) -> Book:
    del spec
    return plain_text.read(csv_file.made([target.label for target in table.targets], table.rows))


@every
@pytest.mark.parametrize("there_and_back", [from_excel, from_csv])
@lenient
@given(data=st.data())
def test_every_record_comes_back_as_it_was(
    spec: Spec[Any], there_and_back: Callable[[Spec[Any], Layout], Book], data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(records(spec), min_size=1, max_size=8, unique_by=lambda one: keys(spec, one)))
    held = [replace(record, id=number) for number, record in enumerate(drawn, 1)]
    lines = lines_of(spec, there_and_back(spec, layout.whole(spec, held, key_of)))
    assert [(line.problems, line.skipped) for line in lines] == [([], "")] * len(held)
    for record, line in zip(held, lines, strict=True):
        entry = {name: value for name, value in line.entry.items() if name != ID}
        back, problems = spec.from_json(entry, id_of, base=record)
        assert problems == {}
        assert back == record


@every
def test_every_template_is_read_as_an_empty_table(spec: Spec[Any]) -> None:
    data = template.made(spec)
    assert lines_of(spec, Book(tuple(sheets(data)))) == []
    titles = [cell.value for cell in load_workbook(BytesIO(data)).worksheets[0][1]]
    assert set(titles) >= {f.label for f in spec.fields if f.required and f.kind.name not in ("rows", "file")}


def test_no_text_is_a_formula_and_texts_stay_as_they_are() -> None:
    spec = SPECS["device"]
    odd = [
        "=1+1",
        "+81",
        "-",
        "@x",
        "〃",
        "合計",
        "_x000D_",
        "#N/A",
        "0012",
        "'a",
        "'=1",
        "一\n二",
        "＝1+1",
        "該当なし",
    ]
    held = [
        spec.cls(id=n, control_number=f"PC-{n}", kind="PC", owner="自社", note=text)
        for n, text in enumerate(odd, 1)
    ]
    table = layout.whole(spec, held, key_of)
    data = workbook.made(spec, table)
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    for book in (Book(tuple(sheets(data))), from_csv(spec, table)):
        assert [line.entry["note"] for line in lines_of(spec, book)] == odd


def test_it_is_ready_to_be_printed_and_to_be_filled_in() -> None:
    spec = SPECS["device"]
    sheet = load_workbook(BytesIO(template.made(spec))).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    assert sheet.freeze_panes == "B2"
    offered = {str(one.sqref) for one in sheet.data_validations.dataValidation}
    assert any(place.startswith("B2:") for place in offered)


def test_a_text_that_no_cell_holds_is_refused() -> None:
    spec = SPECS["own_annex"]
    record = spec.cls(annex="a", title="b", content="あ" * 40_000)
    with pytest.raises(
        PeopleError, match=r"行目の[A-Z]+列「.*長すぎて.*CSV（.csv）で書き出すと、全文が残ります"
    ):
        workbook.made(spec, layout.whole(spec, [record], key_of))


ALIVE = ("=1+1", "+1", "-", "@x", " =1", "\t=1", "＝1+1", "－1", "'=1")


def test_csv_brings_nothing_to_life() -> None:
    data = csv_file.made(["番号", "備考"], [["0012", "普通"], [3, "－"], *([None, text] for text in ALIVE)])
    cells = [cell.shown for cell in plain_text.read(data).sheets[0].cells]
    assert cells == ["番号", "備考", "0012", "普通", "3", "－", *(f"'{text}" for text in ALIVE)]


NAMED: list[list[str | None]] = [
    ["PC-1", "髙﨑①", "𠮷田"],
    [None, "～", None],
    ["PC-2", "か\u3099", "𠮷\U000e0100"],
]


def test_what_the_code_page_of_windows_lacks_is_named_with_its_place() -> None:
    titles = ["管理番号", "型番", "備考"]
    lost = csv_file.lost(titles, NAMED, Encoding.WINDOWS)
    assert [one.sign for one in lost] == ["𠮷", "\u3099", "\U000e0100"]
    assert csv_file.told(lost) == (
        "「𠮷」（U+20BB7）：PC-1の備考、PC-2の備考",
        "結合する記号（U+3099）：PC-2の型番",
        "字形の指定（U+E0100）：PC-2の備考",
    )
    assert csv_file.lost(titles, NAMED, Encoding.UTF_8) == ()
    read = csv_file.made(titles, NAMED, Encoding.WINDOWS).decode("cp932")
    assert read.splitlines()[1] == f"PC-1,髙﨑①,{IN_PLACE}田"
    assert csv_file.made(titles, NAMED).decode("utf-8-sig").splitlines()[1] == "PC-1,髙﨑①,𠮷田"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
def test_what_is_not_named_is_not_lost(text: str) -> None:
    lost = csv_file.lost(["a"], [[text]], Encoding.WINDOWS)
    read = csv_file.made(["a"], [[text]], Encoding.WINDOWS).decode("cp932")
    assert bool(lost) == (csv_file.made(["a"], [[text]]).decode("utf-8-sig") != read)
    assert read.count(IN_PLACE) == text.count(IN_PLACE) + sum(text.count(one.sign) for one in lost)


@pytest.mark.parametrize("there_and_back", [from_excel, from_csv])
def test_a_record_without_a_number_is_not_joined_with_one_numbered_none(
    there_and_back: Callable[[Spec[Any], Layout], Book],
) -> None:
    spec = SPECS["subcontract"]
    nameless = Subcontract(
        id=1, number="", subcontractor=1, contract=1, work="入力", starts_on=date(2026, 4, 1)
    )
    called = replace(nameless, id=2, number="NONE", duties=(SubcontractDuty(duty="秘密保持"),))
    back = lines_of(spec, there_and_back(spec, layout.whole(spec, [nameless, called], key_of)))
    assert [line.entry.get("number") for line in back] == [None, "NONE"]
