"""What is satisfied today and has to be done once more: by when, how that is counted, and with which step."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.asks import Asks
from app.annexes.choices import Cycle
from app.annexes.kinds import State
from app.counting.deadlines import next_time, periods
from app.duties.duty import Action, Duty
from app.records.access_review import AccessReview
from tests.support.world import BEFORE, DURING, END, START, World

LONG_END = date(2029, 3, 31)
FAR = date(2029, 12, 31)
DAYS = st.dates(date(2025, 1, 1), date(2031, 12, 31))


@pytest.fixture
def long(world: World) -> World:
    """A contract of three years."""
    world.change(world.contract, ends_on=LONG_END)
    return world


def coming(duty: Duty) -> tuple[date | None, str, dict[str, Any]]:
    """By when a satisfied duty comes round again, which record that adds, and what it starts with."""
    assert (duty.state, duty.due) == (State.SATISFIED, None), duty
    return duty.again, duty.next.target, dict(duty.next.given)


# 遵守確認


def test_a_confirmation_is_renewed_a_year_later_and_says_how_that_was_counted(long: World) -> None:
    long.attest(on=date(2026, 4, 10))
    duty = long.duty(DURING, "secrecy", "standing")
    assert coming(duty) == (date(2027, 4, 10), "attestation", {"annex": "own", "clause": "第1条"})
    assert duty.counted.startswith("前回の令和8年4月10日の翌日から起算して12か月")
    assert "想定" in duty.counted
    assert duty.next.action is Action.ADD


def test_its_own_last_day_is_when_it_is_renewed(long: World) -> None:
    long.attest(on=START, valid_until=date(2026, 12, 21))
    duty = long.duty(DURING, "purpose-limit", "standing", period_months=1)
    assert duty.again == date(2026, 12, 21)
    assert duty.counted == "遵守確認に記録した有効期限"


@pytest.mark.parametrize("valid_until", [None, END, END + timedelta(days=1)])
def test_what_lasts_until_the_contract_ends_is_not_renewed(world: World, valid_until: date | None) -> None:
    world.attest(on=DURING, valid_until=valid_until)
    duty = world.duty(DURING, "secrecy", "standing")
    assert (duty.state, duty.again, duty.counted, duty.next.text) == (State.SATISFIED, None, "", "")


def test_what_holds_after_the_end_is_confirmed_beyond_it(world: World) -> None:
    world.attest(on=DURING)
    duty = world.duty(END, "secrecy", "standing", "after-end")
    assert duty.again == DURING.replace(year=2027)


def test_what_every_worker_has_sworn_does_not_come_round(long: World) -> None:
    long.attest(on=DURING)
    long.oath(long.worker())
    assert long.duty(DURING, "secrecy", "standing").again is None


@pytest.mark.parametrize("kept", [True, False])
def test_what_is_not_satisfied_has_a_deadline_and_nothing_besides(long: World, kept: bool) -> None:
    long.attest(on=START, kept=kept, remark="" if kept else "口外があった。")
    day = DURING.replace(year=2028)
    duty = long.duty(day, "secrecy", "standing")
    assert (duty.state in (State.DUE, State.OVERDUE), duty.again) == (True, None)


def test_of_a_check_and_a_confirmation_that_the_law_is_kept_the_later_counts(long: World) -> None:
    long.rule("個人情報の保護に関する法律", "法令")
    long.attest(on=START)
    assert coming(long.duty(DURING, "law", "standing"))[0] == date(2027, 4, 1)
    long.check("法令等の遵守", on=DURING)
    assert coming(long.duties(DURING)[0])[:2] == (date(2027, 6, 1), "attestation")


def test_a_law_that_only_a_check_found_kept_is_checked_again(long: World) -> None:
    long.rule("個人情報の保護に関する法律", "法令")
    long.check("法令等の遵守", on=DURING)
    assert coming(long.duty(DURING, "law", "standing")) == (
        date(2027, 6, 1),
        "check",
        {"kind": "法令等の遵守"},
    )


# 点検・分析・バックアップ


def test_the_machine_looked_at_longest_ago_comes_first(world: World) -> None:
    first, second = world.device(), world.device()
    for device, on in ((second, date(2026, 5, 20)), (first, date(2026, 5, 10))):
        world.device_use(device)
        world.device_check(device, on)
    duty = world.duty(DURING, "software-hygiene", "standing", period_months=1)
    assert coming(duty) == (date(2026, 6, 10), "device_check", {"device": first.id})


def test_the_log_read_longest_ago_comes_first(world: World) -> None:
    logged: dict[str, Any] = {"logged": True, "log_kept_months": 12, "monitoring": "毎日の確認"}
    first, second = world.system("申請管理", **logged), world.system("文書管理", **logged)
    world.review(second, date(2026, 5, 31))
    world.review(first, date(2026, 5, 20))
    duty = world.duty(DURING, "access-log", "standing", period_months=1)
    assert coming(duty) == (date(2026, 6, 20), AccessReview.spec.name, {"system": first.id})


def test_of_a_backup_and_a_check_the_first_comes_round(world: World) -> None:
    world.backup(date(2026, 5, 25))
    world.check("保管状況", on=date(2026, 5, 12))
    duty = world.duty(DURING, "backup-check", "standing", period_months=1, items=("バックアップ", "保管"))
    assert coming(duty) == (date(2026, 6, 12), "check", {"kind": "保管状況"})
    world.check("保管状況", on=date(2026, 5, 31))
    assert coming(world.duties(DURING)[0]) == (date(2026, 6, 25), "backup_run", {})


def test_the_measure_seen_longest_ago_is_looked_at_first(long: World) -> None:
    long.check("安全管理措置", on=START, measures=("組織的", "人的"))
    long.check("安全管理措置", on=DURING, measures=("物理的", "技術的"))
    assert coming(long.duty(DURING, "security-measures", "standing"))[0] == date(2027, 4, 1)
    long.check("安全管理措置", on=DURING, measures=("組織的", "人的"))
    assert coming(long.duties(DURING)[0])[0] == date(2027, 6, 1)


def test_the_worker_reached_longest_ago_is_reached_first(long: World) -> None:
    sato, yoshida = long.worker(), long.worker("𠮷田一郎")
    long.check("周知", sato, on=START)
    long.check("監督", yoshida, on=DURING)
    assert coming(long.duty(DURING, "supervision", "standing")) == (
        date(2027, 4, 1),
        "check",
        {"kind": "監督"},
    )
    long.check("周知", on=date(2026, 5, 1))
    assert coming(long.duties(DURING)[0])[0] == date(2027, 5, 1)


# 研修・監査・報告・体制・再委託


def test_training_comes_round_only_where_the_clause_says_how_often(long: World) -> None:
    first, second = long.worker(), long.worker("𠮷田一郎")
    long.training(first, second, held=BEFORE)
    long.training(second, held=DURING)
    assert long.duty(DURING, "training", "before-start").again is None
    duty = long.duty(DURING, "training", "before-start", period_months=12)
    again, record, _given = coming(duty)
    assert (again, record) == (BEFORE.replace(year=2027), "training")


def test_an_audit_owed_every_year_comes_round(long: World) -> None:
    long.audit(announced_on=START, accepted=True, held_on=DURING)
    assert long.duty(DURING, "audit", "on-request").again is None
    assert coming(long.duty(DURING, "audit", "periodic", period_months=12))[:2] == (
        date(2027, 6, 1),
        "audit",
    )


def test_a_running_delegation_is_checked_again_until_it_ends(long: World) -> None:
    one = long.delegate(long.subcontractor(), ends_on=date(2027, 9, 30))
    long.check("再委託先", on=START, subcontract=one.id)
    duty = long.duty(DURING, "subcontract-flowdown", "standing", period_months=12)
    assert coming(duty) == (date(2027, 4, 1), "check", {"kind": "再委託先", "subcontract": one.id})
    long.check("再委託先", on=date(2026, 12, 1), subcontract=one.id)
    assert coming(long.duties(date(2026, 12, 1))[0])[0] is None


def test_a_chart_is_confirmed_again(long: World) -> None:
    long.structure(long.worker(), starts_on=START)
    duty = long.duty(DURING, "management-system", "standing")
    assert coming(duty)[:2] == (date(2027, 4, 1), "attestation")


# 数え方


@pytest.mark.parametrize(
    ("cycle", "day", "again"),
    [
        (Cycle.ROLLING, DURING, date(2027, 6, 1)),
        (Cycle.CONTRACT_YEAR, DURING, date(2028, 4, 30)),
        (Cycle.FISCAL_YEAR, DURING, date(2028, 3, 31)),
        (Cycle.CONTRACT_YEAR, date(2028, 4, 30), LONG_END),
        (Cycle.CONTRACT_YEAR, date(2028, 5, 1), None),
        (Cycle.FISCAL_YEAR, date(2028, 4, 1), None),
    ],
)
def test_a_window_that_is_served_is_followed_by_the_next(cycle: Cycle, day: date, again: date | None) -> None:
    asks = Asks(period_months=12, cycle=cycle)
    found = next_time(asks, date(2026, 5, 1), LONG_END, DURING, day)
    assert (found.day if found else None) == again


def test_a_clause_without_a_period_never_comes_round() -> None:
    assert next_time(Asks(), START, END, START, DURING) is None


@given(st.integers(1, 30), st.sampled_from(Cycle), DAYS, DAYS, DAYS)
def test_done_in_time_it_is_satisfied_until_that_day_and_owed_the_day_after(
    every: int, cycle: Cycle, start: date, done: date, day: date
) -> None:
    """Whoever keeps to the day that is told is never late; whoever does nothing is, the day after."""
    asks = Asks(period_months=every, cycle=cycle)
    now = periods(asks, start, FAR, [done], day)
    if now is None or now.done is None or now.lapsed:
        return
    found = next_time(asks, start, FAR, done, day)
    if found is None:
        assert cycle is not Cycle.ROLLING or now.due.day > FAR
        return
    assert found.day >= day
    at_last = periods(asks, start, FAR, [done], found.day)
    too_late = periods(asks, start, FAR, [done], found.day + timedelta(days=1))
    kept = periods(asks, start, FAR, [done, found.day], found.day + timedelta(days=1))
    assert [one.lapsed for one in (at_last, too_late, kept) if one] == [False, True, False]
