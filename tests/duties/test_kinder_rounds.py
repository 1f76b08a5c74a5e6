"""What is done again and again: rounds that were late stay in sight after they are made up for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.asks import Asks
from app.annexes.catalogue import Catalogue
from app.annexes.choices import Cycle
from app.annexes.kinds import State
from app.duties.duty import Duty
from app.duties.evaluators.periodic import owed
from app.duties.evaluators.rounds import late_rounds
from app.duties.view import ContractView
from tests.support.world import DURING, END, START, World

DAY = timedelta(days=1)
MONTH_END = date(2026, 4, 30)
"""Once a month from 1 April: the first is due on the last of April."""
LOGGED: dict[str, Any] = {"logged": True, "log_kept_months": 12, "monitoring": "毎日の警告の確認"}


def view(world: World, day: date) -> ContractView:
    return ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)


def told(duty: Duty) -> list[tuple[int, date | None, date | None, bool]]:
    return [(one.id, one.since, one.until, one.late) for one in duty.remarks]


# ソフトウェア点検


def software(world: World, day: date = date(2026, 5, 20)) -> Duty:
    return world.duty(day, "software-hygiene", "standing", period_months=1)


@pytest.mark.parametrize(
    ("on", "late"), [(MONTH_END - DAY, False), (MONTH_END, False), (MONTH_END + DAY, True)]
)
def test_a_machine_looked_at_after_its_day_is_remarked(world: World, on: date, late: bool) -> None:
    device = world.device()
    world.device_use(device, status="実績")
    check = world.device_check(device, on)
    duty = software(world)
    assert duty.state is State.SATISFIED
    assert told(duty) == ([(check.id, MONTH_END, on, True)] if late else [])


def test_a_machine_never_looked_at_and_given_up_is_remarked(world: World) -> None:
    device, other = world.device(), world.device()
    use = world.device_use(device, ends_on=MONTH_END + 5 * DAY, status="実績")
    world.device_use(other, status="実績")
    world.device_check(other, MONTH_END)
    duty = software(world)
    assert duty.state is State.SATISFIED
    assert told(duty) == [(use.id, MONTH_END, MONTH_END + 5 * DAY, False)]
    world.change(use, ends_on=MONTH_END)
    assert told(software(world)) == []


def test_what_a_check_found_wanting_and_was_mended_is_remarked(world: World) -> None:
    device = world.device()
    world.device_use(device, status="実績")
    bad = world.device_check(device, START, patches=False)
    assert software(world, START).state is State.DUE
    world.change(bad, mended_on=START + 2 * DAY)
    assert told(software(world, START + 2 * DAY)) == [(bad.id, START, START + 2 * DAY, False)]
    world.change(bad, mended_on=None)
    world.device_check(device, MONTH_END)
    duty = software(world)
    assert duty.state is State.SATISFIED
    assert told(duty) == [(bad.id, START, MONTH_END, False)]


def test_a_device_of_an_unknown_kind_may_need_looking_at(world: World) -> None:
    device = world.device(kind="その他：NAS")
    world.device_use(device, status="実績")
    duty = software(world)
    assert (duty.state, duty.missing[0].id) == (State.CONFIRM, device.id)
    machine = world.device()
    world.device_use(machine, status="実績")
    world.device_check(machine, MONTH_END)
    world.device_check(device, MONTH_END)
    assert software(world).state is State.SATISFIED


# バックアップと点検


def backups(world: World, *items: str, day: date = date(2026, 5, 20)) -> Duty:
    return world.duty(day, "backup-check", "periodic", period_months=1, items=items)


@pytest.mark.parametrize(
    ("on", "late"), [(MONTH_END - DAY, False), (MONTH_END, False), (MONTH_END + DAY, True)]
)
def test_a_backup_after_its_day_is_remarked(world: World, on: date, late: bool) -> None:
    run = world.backup(on)
    duty = backups(world, "バックアップ")
    assert duty.state is State.SATISFIED
    assert told(duty) == ([(run.id, MONTH_END, on, True)] if late else [])


def test_each_part_of_the_clause_has_its_own_remark(world: World) -> None:
    late = MONTH_END + 3 * DAY
    run = world.backup(MONTH_END, restore_tested_on=late, restore_result="復元できた")
    storage, accuracy = world.check("保管状況", on=late), world.check("データの正確性", on=MONTH_END)
    duty = backups(world, "バックアップ", "保管状況の点検", "正確性の点検", "復元の試験")
    assert duty.state is State.SATISFIED
    assert {one[0] for one in told(duty)} == {run.id, storage.id}
    assert accuracy.id not in {one[0] for one in told(duty)}
    assert told(backups(world, "正確性の点検")) == []


def test_a_backup_that_could_not_be_restored_is_remarked_once_it_is_made_again(world: World) -> None:
    bad = world.backup(START, restore_tested_on=START + DAY, restore_result="復元できなかった")
    duty = backups(world, "バックアップ", day=MONTH_END)
    assert (duty.state, duty.remarks) == (State.DUE, ())
    world.backup(MONTH_END)
    assert told(backups(world, "バックアップ")) == [(bad.id, START, MONTH_END, False)]


# アクセス記録


@pytest.mark.parametrize(
    ("on", "late"), [(MONTH_END - DAY, False), (MONTH_END, False), (MONTH_END + DAY, True)]
)
def test_a_log_read_after_its_day_is_remarked(world: World, on: date, late: bool) -> None:
    review = world.review(world.system(**LOGGED), on)
    duty = world.duty(date(2026, 5, 20), "access-log", "standing", "periodic", period_months=1)
    assert duty.state is State.SATISFIED
    assert told(duty) == ([(review.id, MONTH_END, on, True)] if late else [])


# 数え方


def test_years_of_the_contract_that_were_left_out_and_made_up_for_are_told(world: World) -> None:
    world.change(world.contract, ends_on=date(2029, 3, 31))
    period = Asks(period_months=12, cycle=Cycle.CONTRACT_YEAR)
    done = [date(2026, 6, 1), date(2028, 6, 1)]
    found = list(late_rounds(view(world, date(2028, 7, 1)), period, done))
    assert found == [(date(2028, 3, 31), date(2028, 6, 1))]
    assert list(late_rounds(view(world, date(2028, 5, 1)), period, done)) == []


def test_what_was_done_long_before_the_start_counts_from_the_start(world: World) -> None:
    period = Asks(period_months=1)
    assert list(late_rounds(view(world, DURING), period, [date(2024, 1, 5), MONTH_END])) == []
    assert list(late_rounds(view(world, DURING), period, [date(2024, 1, 5), MONTH_END + DAY])) == [
        (MONTH_END, MONTH_END + DAY)
    ]


def test_after_the_end_nothing_falls_due_any_more(world: World) -> None:
    period = Asks(period_months=12)
    assert list(late_rounds(view(world, END + 90 * DAY), period, [START, END + 60 * DAY])) == []


GAPS = st.lists(st.integers(1, 80), max_size=6)


@given(gaps=GAPS, cycle=st.sampled_from((None, *Cycle)))
def test_a_round_is_late_where_it_was_owed_on_the_day_it_was_done(
    gaps: list[int], cycle: Cycle | None
) -> None:
    """Without what was done on that day it would have been past its deadline; no other day is told."""
    world = World(Catalogue(()))
    period = Asks(period_months=1, cycle=cycle)
    done: list[date] = []
    for gap in gaps:
        done.append((done[-1] if done else START - DAY) + gap * DAY)
    told = {on for _due, on in late_rounds(view(world, END), period, done)}
    for on in done:
        deadline = owed(view(world, on), period, [day for day in done if day < on])
        assert (on in told) == (deadline is not None and deadline.day < on <= END), on
