"""What goes out to Excel comes back as it was, of every record type; and no text comes alive."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.common import PeopleError
from app.exchange.going_out import csv_file, layout, template, workbook
from app.exchange.sheets import plain_text
from app.exchange.sheets.book import Book
from app.exchange.sheets.excel.workbook import sheets
from app.exchange.tables.line import Line
from app.exchange.tables.lines import Lines
from app.exchange.tables.mapping import Said
from app.exchange.tables.own import ID, is_own
from app.exchange.tables.sheets import chosen, tables
from app.exchange.tables.words import words_of
from app.records import SPECS, Record, Spec
from app.records.spelling.fold import alike
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


def lines_of(spec: Spec[Any], data: bytes) -> list[Line]:
    book = Book(tuple(sheets(data)))
    words = words_of(spec)
    _, grid, head = chosen(book, Said(), words)
    found: list[Line] = []
    for table in tables(grid, head, words, Said()):
        assert not [column for column in table.columns if column.undecided]
        found += Lines(grid, table.head, table.columns, spec, words, literal=is_own(book)).read(table.rows)
    return found


@every
@lenient
@given(data=st.data())
def test_every_record_comes_back_from_excel_as_it_was(spec: Spec[Any], data: st.DataObject) -> None:
    drawn = data.draw(st.lists(records(spec), min_size=1, max_size=8, unique_by=lambda one: keys(spec, one)))
    held = [replace(record, id=number) for number, record in enumerate(drawn, 1)]
    table = layout.whole(spec, held, key_of)
    lines = lines_of(spec, workbook.made(spec, table))
    assert [(line.problems, line.skipped) for line in lines] == [([], "")] * len(held)
    for record, line in zip(held, lines, strict=True):
        entry = {name: value for name, value in line.entry.items() if name != ID}
        back, problems = spec.from_json(entry, id_of, base=record)
        assert problems == {}
        assert back == record


@every
def test_every_template_is_read_as_an_empty_table(spec: Spec[Any]) -> None:
    data = template.made(spec)
    assert lines_of(spec, data) == []
    titles = [cell.value for cell in load_workbook(BytesIO(data)).worksheets[0][1]]
    assert set(titles) >= {f.label for f in spec.fields if f.required and f.kind.name not in ("rows", "file")}


def test_no_text_is_a_formula_and_texts_stay_as_they_are() -> None:
    spec = SPECS["device"]
    odd = ["=1+1", "+81", "-", "@x", "〃", "合計", "_x000D_", "#N/A", "0012", "'a", "一\n二"]
    held = [
        spec.cls(id=n, control_number=f"PC-{n}", kind="PC", owner="自社", note=text)
        for n, text in enumerate(odd, 1)
    ]
    data = workbook.made(spec, layout.whole(spec, held, key_of))
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert [line.entry["note"] for line in lines_of(spec, data)] == odd


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
    with pytest.raises(PeopleError, match="長すぎて"):
        workbook.made(spec, layout.whole(spec, [record], key_of))


def test_csv_brings_nothing_to_life() -> None:
    data = csv_file.made(["番号", "備考"], [["0012", "=1+1"], [3, "普通"], [None, "-"]])
    cells = [cell.shown for cell in plain_text.read(data).sheets[0].cells]
    assert cells == ["番号", "備考", "0012", "'=1+1", "3", "普通", "'-"]
