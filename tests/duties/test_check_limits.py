"""From which day a cross-check speaks, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.duties.checks import findings
from app.duties.view import ContractView
from app.records.incident import Stage
from tests.support.around import DAY, around
from tests.support.check_story import approval, backup, delegate
from tests.support.world import AFTER, DURING, END, START, World

SIGNED = date(2026, 3, 1)
SOON = DURING + 14 * DAY


def seen(world: World, day: date, name: str) -> bool:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)
    return any(one.check == name for one in findings(view))


@pytest.mark.parametrize(("day", "told"), around(DURING, False, True, True))
def test_the_end_of_an_approval_is_told_fourteen_days_before(world: World, day: date, told: bool) -> None:
    delegate(world, approval=approval(world, "再委託", ends_on=SOON).id)
    assert seen(world, day, "approval-ends-soon") is told


@pytest.mark.parametrize(("day", "told"), around(SOON, True, True, False))
def test_and_on_its_last_day_still(world: World, day: date, told: bool) -> None:
    delegate(world, approval=approval(world, "再委託", ends_on=SOON).id)
    assert seen(world, day, "approval-ends-soon") is told


@pytest.mark.parametrize(("ends", "told"), around(END, True, False, False))
def test_what_lasts_as_long_as_the_work_does_not_end_too_soon(world: World, ends: date, told: bool) -> None:
    delegate(world, approval=approval(world, "再委託", ends_on=ends).id)
    assert seen(world, END - 3 * DAY, "approval-ends-soon") is told


@pytest.mark.parametrize(("day", "odd"), around(SIGNED, True, False, False))
def test_work_may_begin_on_the_day_the_contract_was_signed(world: World, day: date, odd: bool) -> None:
    world.event(world.asset(), "受領", day=day, hour=0)
    assert seen(world, DURING, "event-out-of-time") is odd


@pytest.mark.parametrize(("day", "odd"), around(START, True, False, False))
def test_or_with_the_work_where_it_was_signed_later(world: World, day: date, odd: bool) -> None:
    world.change(world.contract, signed_on=START + 10 * DAY)
    world.event(world.asset(), "受領", day=day, hour=0)
    assert seen(world, DURING, "event-out-of-time") is odd


@pytest.mark.parametrize(("day", "odd"), around(END, False, False, True))
def test_work_may_be_done_until_the_end_of_the_last_day(world: World, day: date, odd: bool) -> None:
    world.event(world.received(2), "使用", day=day, hour=23)
    assert seen(world, AFTER, "event-out-of-time") is odd


@pytest.mark.parametrize(("day", "left"), around(END, False, False, True))
def test_a_backup_is_left_from_the_day_after_the_last(world: World, day: date, left: bool) -> None:
    backup(world)
    assert seen(world, day, "backup-left") is left


@pytest.mark.parametrize(("erased", "left"), around(DURING, True, False, False))
def test_a_backup_may_be_erased_on_the_day_it_was_made(world: World, erased: date, left: bool) -> None:
    device = world.device()
    backup(world, DURING, device=device.id)
    disposal = world.disposal(world.received(), done=erased)
    (line,) = disposal.lines
    world.change(disposal, lines=(replace(line, device=device.id, asset=None),))
    assert seen(world, AFTER, "backup-left") is left


@pytest.mark.parametrize(("day", "forgotten"), around(SOON, False, False, True))
def test_a_printed_document_lies_fourteen_days(world: World, day: date, forgotten: bool) -> None:
    world.use(world.place())
    world.issue("location-notice", on=DURING, submitted=None)
    assert seen(world, day, "document-unsubmitted") is forgotten


@pytest.mark.parametrize(("day", "told"), around(DURING, False, True, True))
def test_a_document_is_back_from_the_day_it_was_sent_back(world: World, day: date, told: bool) -> None:
    world.use(world.place())
    world.issue("location-notice", sent_back_on=DURING, sent_back_why="押印なし")
    assert seen(world, day, "document-sent-back") is told


@pytest.mark.parametrize(("day", "told"), around(SOON, True, False, False))
def test_a_document_sent_back_is_settled_on_the_day_it_is_voided(world: World, day: date, told: bool) -> None:
    world.use(world.place())
    back = world.issue("location-notice", sent_back_on=DURING, sent_back_why="押印なし")
    world.change(back, voided_on=SOON, voided_why="作り直し")
    assert seen(world, day, "document-sent-back") is told


@pytest.mark.parametrize(("day", "long"), around(DURING + 90 * DAY, False, False, True))
def test_an_incident_is_long_open_after_ninety_days(world: World, day: date, long: bool) -> None:
    world.incident()
    assert seen(world, day, "incident-long-open") is long


@pytest.mark.parametrize(("day", "long"), around(DURING + 100 * DAY, True, False, False))
def test_an_incident_is_closed_on_the_day_it_is_closed(world: World, day: date, long: bool) -> None:
    world.incident(closed_on=DURING + 100 * DAY)
    assert seen(world, day, "incident-long-open") is long


@pytest.mark.parametrize(("day", "untold"), around(SOON, True, False, False))
def test_the_client_knows_of_an_incident_from_the_day_of_the_word(
    world: World, day: date, untold: bool
) -> None:
    world.tell(world.incident(), Stage.FIRST, SOON)
    assert seen(world, day, "incident-untold") is untold


@pytest.mark.parametrize(("day", "late"), around(SOON, False, False, True))
def test_an_improvement_may_be_made_on_its_day(world: World, day: date, late: bool) -> None:
    world.improvement(due_on=SOON)
    assert seen(world, day, "improvement-overdue") is late


@pytest.mark.parametrize(("day", "late"), around(SOON, False, False, True))
def test_a_request_may_be_answered_on_its_day(world: World, day: date, late: bool) -> None:
    world.instruction("報告の求め", due_on=SOON)
    assert seen(world, day, "instruction-overdue") is late


@pytest.mark.parametrize(("answered", "late"), around(SOON, False, False, True))
def test_an_answer_counts_on_the_day_it_was_given(world: World, answered: date, late: bool) -> None:
    world.instruction("報告の求め", due_on=DURING, answered_on=answered)
    assert seen(world, SOON, "instruction-overdue") is late


@pytest.mark.parametrize(("day", "long"), around(DURING + 365 * DAY, False, False, True))
def test_a_session_is_worth_a_year(world: World, day: date, long: bool) -> None:
    world.change(world.contract, ends_on=DURING + 700 * DAY)
    world.training(world.worker(), held=DURING)
    assert seen(world, day, "training-long-ago") is long


@pytest.mark.parametrize(("day", "wrong"), around(SOON, False, False, True))
def test_a_device_may_be_used_on_the_day_it_is_given_up(world: World, day: date, wrong: bool) -> None:
    world.device_use(world.device(retired_on=SOON))
    assert seen(world, day, "device-retired-in-use") is wrong


@pytest.mark.parametrize(("day", "wrong"), around(SOON, False, False, True))
def test_a_lower_tier_ends_with_the_one_above(world: World, day: date, wrong: bool) -> None:
    above = delegate(world, ends_on=SOON)
    delegate(world, tier=2, parent=above.id)
    assert seen(world, day, "delegation-without-parent") is wrong


@pytest.mark.parametrize(("day", "wrong"), around(SOON, True, True, False))
def test_a_lower_tier_is_looked_at_until_its_own_last_day(world: World, day: date, wrong: bool) -> None:
    delegate(world, tier=2, ends_on=SOON)
    assert seen(world, day, "delegation-without-parent") is wrong


@pytest.mark.parametrize(("day", "left"), around(SOON, False, False, True))
def test_those_of_a_company_may_work_on_its_last_day(world: World, day: date, left: bool) -> None:
    held = delegate(world, ends_on=SOON)
    world.worker(employment="再委託先", subcontractor=held.subcontractor)
    assert seen(world, day, "delegated-worker-left") is left


@pytest.mark.parametrize(("day", "missing"), around(START, False, True, True))
def test_a_delegation_without_an_agreement_is_told_from_its_start(
    world: World, day: date, missing: bool
) -> None:
    delegate(world, agreed_on=None)
    assert seen(world, day, "delegation-unagreed") is missing


@pytest.mark.parametrize(("day", "missing"), around(SOON, True, False, False))
def test_until_the_day_on_which_it_is_agreed(world: World, day: date, missing: bool) -> None:
    delegate(world, agreed_on=SOON)
    assert seen(world, day, "delegation-unagreed") is missing


@pytest.mark.parametrize(("day", "passed"), around(SOON, False, False, True))
def test_a_plan_may_be_carried_out_on_its_day(world: World, day: date, passed: bool) -> None:
    world.event(world.received(2), "返還", day=SOON, status="予定")
    assert seen(world, day, "plan-passed") is passed
