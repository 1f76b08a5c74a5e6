"""Machines and systems: what is looked at on them, how often, and what is found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.kinds import State
from app.duties.duty import Action, Duty
from app.records import Contract
from tests.support.world import BEFORE, DURING, START, World

ALL_SOFTWARE = "第6条第7項"
CONNECTED = "第4第1項四"
LOGGED: dict[str, Any] = {"logged": True, "log_kept_months": 12, "monitoring": "毎日の警告の確認"}


# ソフトウェア点検


def test_a_machine_never_looked_at_is_due_a_month_after_its_use_began(world: World) -> None:
    world.under("kimitsu-hoji")
    device = world.device()
    world.device_use(device, starts=date(2026, 5, 10))
    duty = world.under_clause(date(2026, 5, 20), ALL_SOFTWARE, "software-hygiene")
    assert (duty.state, duty.due, duty.missing[0].id) == (State.DUE, date(2026, 6, 9), device.id)
    assert (duty.next.target, dict(duty.next.given)) == ("device_check", {"device": device.id})
    assert "想定" in duty.counted


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.SATISFIED),
        ({"patches": False}, State.DUE),
        ({"forbidden": None}, State.DUE),
        ({"anti_malware": False, "mended_on": DURING}, State.SATISFIED),
        ({"anti_malware": False, "mended_on": DURING + timedelta(days=1)}, State.DUE),
    ],
)
def test_what_was_found_is_open_until_it_is_mended(
    world: World, values: dict[str, Any], state: State
) -> None:
    world.under("kimitsu-hoji")
    device = world.device()
    world.device_use(device)
    world.device_check(device, **values)
    assert world.under_clause(DURING, ALL_SOFTWARE, "software-hygiene").state is state


def test_a_later_good_check_takes_the_place_of_a_bad_one(world: World) -> None:
    device = world.device()
    world.device_use(device)
    world.device_check(device, START, patches=False)
    world.device_check(device, DURING)
    assert world.duty(DURING, "software-hygiene", "standing", period_months=1).state is State.SATISFIED
    assert world.duties(DURING - timedelta(days=1))[0].state is State.OVERDUE


@pytest.mark.parametrize(
    ("device", "use"),
    [
        ({"kind": "USBメモリ"}, {}),
        ({}, {"status": "予定"}),
        ({}, {"ends_on": START}),
        ({}, {"starts": DURING + timedelta(days=1)}),
    ],
)
def test_only_machines_really_in_use_now_are_looked_at(
    world: World, device: dict[str, Any], use: dict[str, Any]
) -> None:
    world.device_use(world.device(**device), **use)
    checked = world.device()
    world.device_use(checked)
    world.device_check(checked)
    assert world.duty(DURING, "software-hygiene", "standing", period_months=1).state is State.SATISFIED


def test_a_medium_is_looked_at_when_it_is_connected(world: World) -> None:
    world.under("hofu")
    machine, medium = world.device(), world.device(kind="USBメモリ")
    world.device_use(machine)
    world.device_use(medium)
    world.device_check(machine, patches=None, forbidden=None)
    duty = world.under_clause(DURING, CONNECTED, "software-hygiene")
    assert [(gap.record, gap.id) for gap in duty.missing] == [("device", medium.id)]
    assert dict(duty.next.given) == {"occasion": "媒体接続時", "medium": medium.id}
    check = world.device_check(machine, occasion="媒体接続時", medium=medium.id, anti_malware=False)
    duty = world.under_clause(DURING, CONNECTED, "software-hygiene")
    assert {(gap.record, gap.id) for gap in duty.missing} == {("device_check", check.id)}
    world.change(check, anti_malware=True)
    assert world.under_clause(DURING, CONNECTED, "software-hygiene").state is State.SATISFIED


def test_a_check_of_a_machine_serves_every_contract_it_is_used_for(world: World) -> None:
    device = world.device()
    world.device_check(device)
    world.device_use(device)
    first = world.contract
    second = world.add(
        Contract(
            client=first.client,
            number="R8-002",
            title="別の業務",
            signed_on=BEFORE,
            starts_on=first.starts_on,
            ends_on=first.ends_on,
            annexes=first.annexes,
        )
    )
    world.clause("software-hygiene", "standing", period_months=1)
    assert world.duties(DURING)[0].state is State.SATISFIED
    world.contract = second
    world.device_use(device)
    assert world.duties(DURING)[0].state is State.SATISFIED


# 情報システム


def test_all_that_a_system_does_not_state_is_named_at_once(world: World) -> None:
    system = world.system(authentication="ICカード")
    duty = world.duty(DURING, "access-control", "standing")
    (gap,) = duty.missing
    assert "アクセス権の設定、管理者" in gap.text
    assert "認証" not in gap.text
    assert (duty.next.action, duty.next.id) == (Action.OPEN, system.id)


def test_a_system_no_longer_used_is_not_asked_about(world: World) -> None:
    world.system("旧システム", ends_on=START)
    assert world.duty(DURING, "access-control", "standing").state is State.CONFIRM
    assert world.duties(START)[0].state is State.DUE


def log_duty(world: World, clause: str) -> Duty:
    return world.under_clause(DURING, f"第6条第8項(3){clause}", "access-log")


def test_each_clause_on_logs_asks_only_for_its_own_part(world: World) -> None:
    world.under("kimitsu-hoji")
    system = world.system(**{**LOGGED, "monitoring": ""})
    world.review(system)
    assert log_duty(world, "イ").state is State.SATISFIED
    assert log_duty(world, "ウ").state is State.DUE
    world.change(system, logged=None, log_kept_months=None, monitoring="毎日の警告の確認")
    assert log_duty(world, "ウ").state is State.SATISFIED
    assert len(log_duty(world, "イ").missing) == 2


def test_a_log_is_analysed_again_three_months_later(world: World) -> None:
    world.under("kimitsu-hoji")
    world.review(world.system(**LOGGED), date(2026, 4, 15))
    in_time, late = date(2026, 7, 15), date(2026, 7, 16)
    clause = "第6条第8項(3)イ"
    assert world.under_clause(in_time, clause, "access-log").state is State.SATISFIED
    duty = world.under_clause(late, clause, "access-log")
    assert (duty.state, duty.due) == (State.OVERDUE, in_time)


def test_an_anomaly_needs_an_action_even_after_a_later_analysis(world: World) -> None:
    world.under("kimitsu-hoji")
    system = world.system(**LOGGED)
    odd = world.review(system, START, anomalies=True, found="深夜の接続")
    world.review(system)
    duty = log_duty(world, "イ")
    assert (duty.state, duty.missing[0].id) == (State.DUE, odd.id)
    world.change(odd, action="権限の停止")
    assert log_duty(world, "イ").state is State.SATISFIED
