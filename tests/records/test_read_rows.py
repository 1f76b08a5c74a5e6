"""Rows that stand alone, as an act asks for them: read whole, or every problem at its row and field."""

from __future__ import annotations

import pytest

from app.records import Field, read_rows
from app.records.kinds import Rows, Text
from app.work.acts.handing.rows import ReceivedThing

FIELD = Field("things", Rows(label="受領したもの", of=ReceivedThing), True, ())
SHEETS = {"item": "申請書", "classification": "個人情報", "medium": "紙", "quantity": "3", "unit": "枚"}


def read(*given: dict[str, str]) -> tuple[object, dict[str, list[str]]]:
    return read_rows(FIELD, list(given), lambda kind, text: kind.from_text(text))


def test_rows_are_read_whole() -> None:
    rows, problems = read(SHEETS, {**SHEETS, "item": "名簿"})
    assert problems == {}
    assert isinstance(rows, tuple)
    assert [one.item for one in rows] == ["申請書", "名簿"]
    assert {one.quantity for one in rows} == {3}


def test_every_problem_is_at_its_row_and_field() -> None:
    _rows, problems = read({**SHEETS, "unit": ""}, {**SHEETS, "quantity": "たくさん"})
    assert set(problems) == {"1.unit", "2.quantity"}
    _rows, problems = read({**SHEETS, "quantity": "0"})
    assert set(problems) == {"1.quantity"}


def test_what_is_no_list_of_rows_is_one_problem() -> None:
    _rows, problems = read_rows(FIELD, "申請書", lambda _kind, text: text)
    assert set(problems) == {""}


def test_only_fields_of_rows_have_rows() -> None:
    with pytest.raises(TypeError):
        read_rows(Field("why", Text(label="理由"), False, ""), [], lambda _kind, text: text)
