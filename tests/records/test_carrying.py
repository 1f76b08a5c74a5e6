"""What a record hands on to the next: as declared, and never what nobody saw or did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.records import SPECS, Assignment, Check, Facts, Field, Spec, fields_of
from app.records.assignment import AssignmentRole
from app.records.carrying import carried
from app.records.check import CheckItem
from app.records.kinds import File, Ref, Rows
from tests.support.values import records

every = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
MADE_ELSEWHERE = {"own_annex"}
"""Entered by hand, but begun from another one on a page of its own."""
NEVER = (
    "結果",
    "判定",
    "署名",
    "受領",
    "説明した日",
    "確認した日",
    "実施日",
    "製造番号",
    "管理票",
    "文書番号",
)


def carried_fields(spec: Spec[Any]) -> Iterator[Field]:
    """The fields declared as carried; of nested rows those within as well."""
    for path in spec.carried:
        name, _, within = path.partition(".")
        field = spec.field(name)
        if not within:
            yield field
        if isinstance(field.kind, Rows):
            yield from (one for one in fields_of(field.kind.of) if not within or one.name == within)


@every
def test_what_is_carried_is_declared_and_is_nothing_done_or_numbered(spec: Spec[Any]) -> None:
    names = {path.partition(".")[0] for path in spec.carried}
    assert names <= {field.name for field in spec.fields}
    assert not names & {*spec.key, *spec.apart}
    for field in carried_fields(spec):
        kind = field.kind
        assert not kind.fixed, field.name
        assert not kind.unseen, field.name
        assert not isinstance(kind, File), field.name
        assert not getattr(kind, "past", False), field.name
        assert not (isinstance(kind, Ref) and kind.to == "submission"), field.name
        assert not any(word in field.label for word in NEVER), field.label


@every
def test_whatever_is_entered_by_hand_again_and_again_carries_something(spec: Spec[Any]) -> None:
    assert spec.repeated == (spec.by_hand and not spec.single and spec.name not in MADE_ELSEWHERE)


@every
def test_what_may_be_changed_together_is_no_key_and_no_name(spec: Spec[Any]) -> None:
    alike = {field.name for field in spec.alike}
    assert not alike & {*spec.key, *spec.titled, *spec.apart}
    assert bool(alike) == spec.repeated or spec.name == "clause_text"
    assert set(spec.apart) <= {field.name for field in spec.fields}


@every
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_only_declared_values_are_handed_on_and_unchanged(spec: Spec[Any], data: st.DataObject) -> None:
    record = data.draw(records(spec))
    everything = _Everything(record)
    found = carried(record, everything)
    assert set(found) <= {path.partition(".")[0] for path in spec.carried}
    for name, value in found.items():
        whole = name in spec.carried
        assert not whole or value == getattr(record, name)


class _Everything(Facts):
    """Facts in which every reference names something."""

    def __init__(self, record: Any) -> None:
        super().__init__(())
        self._record = record

    def named(self, kind: str, record_id: int | None) -> Any:
        del kind
        return self._record if record_id else None


def test_a_person_is_left_out_and_the_rest_of_the_work_is_taken_over() -> None:
    held = Assignment(
        id=1,
        person=2,
        contract=3,
        roles=(AssignmentRole(role="従事者"),),
        work="入力",
        starts_on=date(2026, 4, 1),
        changed_on=date(2026, 5, 1),
        change_reason="交代",
    )
    assert carried(held, _Everything(held)) == {
        "contract": 3,
        "roles": (AssignmentRole(role="従事者"),),
        "work": "入力",
        "starts_on": date(2026, 4, 1),
    }


def test_the_list_of_a_check_is_taken_over_without_its_results() -> None:
    held = Check(
        kind="定期点検",
        contracts=(),
        done_on=date(2026, 4, 1),
        items=(CheckItem(item="施錠", result="適", remark="良好"), CheckItem(item="", result="適")),
        action="なし",
    )
    found = carried(held, _Everything(held))
    assert found["items"] == (replace(held.items[0], result="", remark=""),)
    assert "done_on" not in found
    assert "action" not in found


def test_a_record_out_of_force_is_not_handed_on() -> None:
    held = Assignment(person=2, contract=3, roles=(), starts_on=date(2026, 4, 1))
    assert "contract" not in carried(held, Facts(()))
