"""The numbers by which papers call records: given once, shared by what was handed over at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.ledger.door import Ledger
from app.records import Asset, Event, Training
from app.records.handover import handovers

AT = datetime.fromisoformat("2026-06-10 10:15")
A_MINUTE_LATER = datetime.fromisoformat("2026-06-10 10:16")


def received(asset: int, **more: Any) -> Event:
    given = {"kind": "受領", "happened_at": AT, "from_party": "税務課", **more}
    return Event(asset=asset, status="実績", quantity=1, **given)


def asset(ledger: Ledger) -> Asset:
    return ledger.facts().all(Asset)[0]


def written(ledger: Ledger, *events: Event) -> list[str]:
    with ledger.write() as change:
        return [change.add(event).handover for event in events]


def test_what_is_handed_over_at_once_has_one_number(full: Ledger) -> None:
    held = asset(full).id
    first, second, third = written(
        full, received(held), received(held), received(held, happened_at=A_MINUTE_LATER)
    )
    assert first == second == "H-0002"
    assert third == "H-0003"
    assert full.verify().problems == ()


def test_a_later_hand_over_gets_the_next_number_though_it_was_alike(full: Ledger) -> None:
    held = asset(full).id
    assert [*written(full, received(held)), *written(full, received(held))] == ["H-0002", "H-0003"]


def test_the_number_that_was_typed_joins_a_hand_over(full: Ledger) -> None:
    held = asset(full).id
    written(full, received(held))
    assert written(full, received(held, handover="H-0002"), received(held)) == ["H-0002", "H-0003"]


@pytest.mark.parametrize("kind", ["使用", "複写", "作成"])
def test_what_changed_no_hands_has_no_number(full: Ledger, kind: str) -> None:
    assert written(full, received(asset(full).id, kind=kind)) == [""]


def test_what_turns_out_to_be_a_hand_over_gets_its_number(full: Ledger) -> None:
    event = full.add(received(asset(full).id, kind="使用"))
    assert full.change(replace(event, kind="引渡")).handover == "H-0002"


def test_a_number_stays_when_it_is_left_out(full: Ledger) -> None:
    event = full.add(received(asset(full).id))
    assert full.change(replace(event, handover="", note="控え済み")).handover == event.handover


def test_hand_overs_of_the_time_before_numbers_are_told_by_people_and_moment(full: Ledger) -> None:
    held = asset(full).id
    old = [replace(received(held), id=number) for number in (7, 3)]
    other = replace(received(held, from_party="市民課"), id=9)
    used = replace(received(held, kind="使用"), id=11)
    new = replace(received(held), id=12, handover="H-0001")
    found = handovers(full.facts(), [*old, other, used, new])
    assert found == {"H-旧0003": tuple(old), "H-旧0009": (other,), "H-0001": (new,)}


def test_a_session_has_a_number_beside_its_title_and_day(full: Ledger) -> None:
    session = full.facts().all(Training)[0]
    assert session.number == "TR-001"
    assert full.facts().key(session) == f"{session.title} / {session.held_on.isoformat()}"
    again = full.add(replace(session, id=0, revision=0, number="", title="別の研修"))
    assert again.number == "TR-002"
