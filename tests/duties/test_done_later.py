"""What has not been done yet cannot be recorded as done: on its day it would discharge a duty of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from app.records import SPECS, Attestation, Record
from app.records.kinds import Day, Moment
from tests.support.world import DURING, World

DAY = timedelta(days=1)
NINE = time(9)

DONE_ONLY = {
    ("access_review", "reviewed_on"),
    ("attestation", "confirmed_on"),
    ("backup_run", "done_on"),
    ("breach_handling", "handled_on"),
    ("check", "done_on"),
    ("device_check", "checked_on"),
    ("incident", "found_at"),
    ("oath", "signed_on"),
    ("submission", "issued_on"),
    ("submission", "submitted_on"),
}
"""Days that discharge a duty by themselves."""
FORETOLD = {
    ("assignment", "starts_on"),
    ("audit", "planned_on"),
    ("contract", "ends_on"),
    ("device_use", "starts_on"),
    ("instruction", "due_on"),
    ("location_use", "ends_on"),
    ("person", "left_on"),
    ("training", "held_on"),
}
"""Days that may be known before they come."""


def past() -> set[tuple[str, str]]:
    return {
        (name, f.name)
        for name, spec in SPECS.items()
        for f in spec.fields
        if isinstance(f.kind, Day | Moment) and f.kind.past
    }


def test_days_of_what_was_done_are_declared_so_and_days_that_may_be_foretold_are_not() -> None:
    assert past() >= DONE_ONLY
    assert not past() & FORETOLD


def said(world: World, record: Record) -> list[tuple[str, str]]:
    return [(one.path, one.sentence) for one in world.problems(record)]


@pytest.mark.parametrize(("after", "refused"), [(-1, False), (0, False), (1, True)])
def test_a_paper_cannot_be_handed_in_tomorrow(world: World, after: int, refused: bool) -> None:
    world.clause("work-location", "before-start")
    world.use(world.place("支社"))
    paper = world.issue("location-notice", on=DURING - DAY, submitted=DURING + after * DAY)
    found = said(world, replace(paper, recorded_at=datetime.combine(DURING, NINE)))
    assert [path for path, _ in found] == (["submitted_on"] if refused else [])
    if refused:
        assert found[0][1] == (
            "提出日（令和8年6月2日）がきょうより後です。行った後に、その日を記録してください。"
        )


def test_what_was_confirmed_is_refused_the_day_before_and_taken_on_the_day(world: World) -> None:
    number = world.clause("secrecy").number
    held = world.add(
        Attestation(contract=world.contract.id, annex="own", clause=number, confirmed_on=DURING, kept=True)
    )
    before = replace(held, recorded_at=datetime.combine(DURING - DAY, NINE))
    assert [path for path, _ in said(world, before)] == ["confirmed_on"]
    assert said(world, replace(held, recorded_at=datetime.combine(DURING, NINE))) == []


def test_a_report_to_the_client_within_an_incident_is_told_by_its_line(world: World) -> None:
    held = world.incident()
    world.tell(held, "第一報", DURING)
    told = world.tell(held, "書面報告", DURING + DAY)
    found = said(world, replace(told, recorded_at=datetime.combine(DURING, time(18))))
    assert [path for path, _ in found] == ["notices.2.notified_at"]
