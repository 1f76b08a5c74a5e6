"""What has not happened yet is refused where a record says that it has: on its day it would pass for done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from app.records import Record
from tests.support.world import BEFORE, DURING, World

DAY = timedelta(days=1)
NOON = datetime.combine(DURING, time(12))


def refused(world: World, record: Record) -> list[str]:
    """The fields that the door refuses when ``record`` is written on DURING."""
    return [one.path for one in world.problems(replace(record, recorded_at=NOON))]


MADE: dict[tuple[str, str], Callable[[World], Record]] = {
    ("confirmed_on", "attestation"): lambda world: world.attest(on=BEFORE),
    ("done_on", "check"): lambda world: world.check("安全管理措置"),
    ("signed_on", "oath"): lambda world: world.oath(world.worker()),
    ("checked_on", "device_check"): lambda world: world.device_check(world.device(), BEFORE),
    ("mended_on", "device_check"): lambda world: world.device_check(world.device(), BEFORE),
    ("done_on", "backup_run"): lambda world: world.backup(BEFORE),
    ("held_on", "audit"): lambda world: world.audit(),
    ("granted_on", "approval"): lambda world: world.approval("持出"),
    ("refused_on", "approval"): lambda world: world.approval("持出", granted=None),
    ("received_on", "instruction"): lambda world: world.instruction("指示", BEFORE),
    ("answered_on", "instruction"): lambda world: world.instruction("指示", BEFORE),
    ("passed_on", "request"): lambda world: world.request(BEFORE),
    ("done_on", "improvement"): lambda world: world.improvement(BEFORE),
    ("closed_on", "incident"): lambda world: world.incident(found=BEFORE),
    ("selected_on", "subcontract"): lambda world: world.delegate(world.subcontractor()),
    ("submitted_on", "submission"): lambda world: world.issue("location-notice", on=BEFORE),
}


@pytest.mark.parametrize(("name", "kind"), MADE)
@pytest.mark.parametrize(("after", "told"), [(-1, False), (0, False), (1, True)])
def test_what_is_done_is_done_by_the_day_of_writing(
    world: World, name: str, kind: str, after: int, told: bool
) -> None:
    world.use(world.place())
    record = MADE[name, kind](world)
    record = world.change(record, **{name: DURING + after * DAY})
    assert (name in refused(world, record)) is told


@pytest.mark.parametrize(("after", "told"), [(0, False), (1, True)])
def test_nobody_has_attended_what_is_still_to_be_held(world: World, after: int, told: bool) -> None:
    training = world.training(world.worker(), held=DURING + after * DAY)
    assert ("attendance.1.outcome" in refused(world, training)) is told
    absent = replace(training.attendance[0], outcome="欠席")
    assert refused(world, world.change(training, attendance=(absent,))) == []


@pytest.mark.parametrize(("after", "told"), [(-1, True), (0, False), (1, False)])
def test_no_paper_is_older_than_its_contract(world: World, after: int, told: bool) -> None:
    world.use(world.place())
    day = world.contract.signed_on + after * DAY
    paper = world.issue("location-notice", on=day, submitted=None)
    assert ("issued_on" in refused(world, paper)) is told
    # What was issued before this was asked can still be handed in.
    assert refused(world, replace(paper, revision=2)) == []


@pytest.mark.parametrize(("after", "told"), [(0, False), (1, True)])
def test_a_paper_with_a_number_is_of_today_or_earlier(world: World, after: int, told: bool) -> None:
    world.use(world.place())
    paper = world.issue("location-notice", on=DURING + after * DAY, submitted=None)
    assert ("issued_on" in refused(world, paper)) is told
