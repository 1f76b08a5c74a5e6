"""Promises that every record type keeps, present and future."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.records import SPECS, Spec, fields_of
from app.records.kinds import Kind, Rows
from tests.support.values import records, references

every = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
lenient = settings(max_examples=25, suppress_health_check=list(HealthCheck))


def texts_of(holder: Any, fields: Any) -> dict[str, Any]:
    """What a person would type to enter ``holder``."""
    return {
        f.name: [texts_of(row, fields_of(type(row))) for row in getattr(holder, f.name)]
        if isinstance(f.kind, Rows)
        else typed(f.kind, getattr(holder, f.name))
        for f in fields
    }


def typed(kind: Kind, value: Any) -> str:
    return str(value) if kind.name in ("ref", "file") and value is not None else kind.to_text(value)


@every
@lenient
@given(data=st.data())
def test_json_round_trip(spec: Spec[Any], data: st.DataObject) -> None:
    record = data.draw(records(spec))
    entry = spec.to_json(record, lambda kind, number: f"{kind}#{number}")
    back, problems = spec.from_json(entry, lambda kind, key: int(key.removeprefix(f"{kind}#")))
    assert problems == {}
    assert back == record


@every
@lenient
@given(data=st.data())
def test_what_is_shown_can_be_typed_back(spec: Spec[Any], data: st.DataObject) -> None:
    record = data.draw(records(spec))
    back, problems = spec.from_texts(texts_of(record, spec.fields))
    assert problems == {}
    assert back == record


@every
@lenient
@given(data=st.data())
def test_every_value_survives_its_stored_form(spec: Spec[Any], data: st.DataObject) -> None:
    record = data.draw(records(spec))
    for f in spec.fields:
        if not isinstance(f.kind, Rows):
            value = getattr(record, f.name)
            assert f.kind.from_stored(f.kind.to_stored(value)) == value


@every
def test_an_empty_entry_names_every_required_field(spec: Spec[Any]) -> None:
    record, problems = spec.from_texts({})
    assert record is None
    assert set(problems) >= {f.name for f in spec.fields if f.required}
    assert all(sentence.endswith("。") for found in problems.values() for sentence in found)


@every
def test_the_declaration_hangs_together(spec: Spec[Any]) -> None:
    names = {f.name for f in spec.fields}
    assert set(spec.key) <= names
    assert spec.titled
    assert set(spec.titled) <= names
    assert references(spec) <= set(SPECS)
    assert len({f.label for f in spec.fields}) == len(spec.fields), "two fields with one label"
    assert spec.listed
