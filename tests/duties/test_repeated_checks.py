"""Notices, supervision and checks that are made again and again: whom they reach and how long they count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.kinds import State
from app.records import Improvement
from app.records.assignment import Role
from app.records.check import CheckItem
from tests.support.world import BEFORE, DURING, START, World

ALL_FOUR = ("組織的", "人的", "物理的", "技術的")
NAMED = ("組織的安全管理措置", "人的安全管理措置")


# 周知・監督


def test_a_worker_whom_no_notice_names_is_named(world: World) -> None:
    sato, yoshida = world.worker(), world.worker("𠮷田一郎")
    world.check("周知", sato)
    duty = world.duty(DURING, "supervision", "standing")
    assert [(gap.record, gap.id) for gap in duty.missing] == [("person", yoshida.id)]
    world.check("監督", yoshida)
    assert world.duties(DURING)[0].state is State.SATISFIED
    assert world.duty(DURING, "supervision", "before-start", "standing").state is State.SATISFIED


def test_a_notice_that_names_nobody_was_for_all_who_worked_on_its_day(world: World) -> None:
    world.worker()
    world.worker("𠮷田一郎")
    world.check("周知", on=START)
    assert world.duty(DURING, "supervision", "standing").state is State.SATISFIED


def test_one_who_will_start_is_told_beforehand_only_where_the_clause_says_so(world: World) -> None:
    world.check("周知", world.worker())
    world.worker("𠮷田一郎", starts=DURING + timedelta(days=10))
    assert world.duty(DURING, "supervision", "standing").state is State.SATISFIED
    duty = world.duty(DURING, "supervision", "before-start", "standing")
    assert (duty.state, duty.due) == (State.DUE, DURING + timedelta(days=9))
    assert "前日" in duty.counted


def test_where_the_clause_names_who_supervises_nobody_else_counts(world: World) -> None:
    world.under("hofu")
    manager, worker = world.worker("管理花子", "管理責任者"), world.worker()
    check = world.check("監督", on=START, checked_by=worker.id, themes=("情報の適正な取扱い",))
    duty = world.under_clause(DURING, "第4第2項", "supervision")
    assert (duty.state, "管理責任者" in duty.why) == (State.DUE, True)
    world.change(check, checked_by=manager.id)
    assert world.under_clause(DURING, "第4第2項", "supervision").state is State.SATISFIED
    assert world.under_clause(DURING, "第4第1項三", "supervision").state is State.CONFIRM


def test_what_is_done_every_month_is_overdue_after_it(world: World) -> None:
    world.worker()
    world.check("監督", on=START)
    asks: dict[str, Any] = {"period_months": 1}
    assert world.duty(date(2026, 5, 1), "supervision", "periodic", **asks).state is State.SATISFIED
    duty = world.duties(date(2026, 5, 2))[0]
    assert (duty.state, duty.due) == (State.OVERDUE, date(2026, 5, 1))
    assert "想定" not in duty.counted


def test_a_check_from_long_before_a_short_contract_proves_nothing(world: World) -> None:
    world.change(world.contract, ends_on=date(2026, 9, 30))
    world.check("監督", on=date(2024, 4, 1))
    world.check("安全管理措置", on=date(2024, 4, 1), measures=ALL_FOUR)
    for kind in ("supervision", "security-measures"):
        assert world.duty(DURING, kind, "standing", period_months=12).state is State.CONFIRM


def test_the_end_of_the_contract_ends_the_round(world: World) -> None:
    world.check("監督", world.worker())
    assert world.duty(date(2030, 1, 1), "supervision", "standing").state is State.OVERDUE
    world.check("監督", on=DURING)
    assert world.duties(date(2030, 1, 1))[0].state is State.SATISFIED


# 安全管理措置


@pytest.mark.parametrize(
    ("measures", "asks", "state"),
    [
        (ALL_FOUR, {}, State.SATISFIED),
        (("組織的", "人的"), {}, State.DUE),
        ((), {}, State.DUE),
        (("組織的", "人的"), {"items": NAMED}, State.SATISFIED),
        (("組織的",), {"items": NAMED}, State.DUE),
        ((), {"items": ("媒体に記録された情報",)}, State.CONFIRM),
    ],
)
def test_the_measures_asked_for_have_to_be_among_those_checked(
    world: World, measures: tuple[str, ...], asks: dict[str, Any], state: State
) -> None:
    world.check("安全管理措置", measures=measures)
    assert world.duty(DURING, "security-measures", "standing", **asks).state is state


def test_measures_may_be_checked_on_several_days(world: World) -> None:
    world.check("安全管理措置", measures=ALL_FOUR[:2])
    world.check(
        "安全管理措置",
        on=START,
        items=tuple(CheckItem(item=one, measure=one, result="適") for one in ALL_FOUR[2:]),
    )
    duty = world.duty(DURING, "security-measures", "standing")
    assert (duty.state, len(duty.evidence)) == (State.SATISFIED, 2)


def test_what_a_check_found_wanting_stays_open_until_its_improvement_is_done(world: World) -> None:
    bad = (CheckItem(item="書庫の施錠", result="不適"),)
    check = world.check("安全管理措置", measures=ALL_FOUR, items=bad)
    duty = world.duty(DURING, "security-measures", "standing")
    assert (duty.state, duty.missing[0].id) == (State.DUE, check.id)
    world.change(check, action="錠を交換した")
    duty = world.duties(DURING)[0]
    assert (duty.state, duty.next.target) == (State.DUE, "check"), "what was done has still to be seen"
    begun = world.add(
        Improvement(
            source="自己点検", own_check=check.id, found_on=BEFORE, finding="書庫の施錠", due_on=START
        )
    )
    duty = world.duties(DURING)[0]
    assert (duty.state, duty.due, duty.missing[0].id) == (State.OVERDUE, START, begun.id)
    begun = world.change(begun, done_on=DURING)
    assert world.duties(DURING)[0].state is State.DUE
    world.change(begun, effect="施錠を確かめた", effect_on=DURING)
    assert world.duties(DURING)[0].state is State.SATISFIED
    assert world.duties(DURING - timedelta(days=1))[0].state is State.OVERDUE


# バックアップと点検


def test_each_part_of_the_clause_is_asked_for_by_itself(world: World) -> None:
    world.under("kimitsu-hoji")
    world.backup(DURING)
    duty = world.under_clause(DURING, "第6条第8項(6)", "backup-check")
    assert [gap.text.partition("の記録")[0] for gap in duty.missing] == [
        "保管状況の点検",
        "データの正確性の点検",
    ]
    assert duty.due == date(2026, 6, 30)
    world.check("保管状況", on=DURING)
    world.check("データの正確性", on=DURING)
    assert world.under_clause(DURING, "第6条第8項(6)", "backup-check").state is State.SATISFIED


def test_a_backup_that_could_not_be_restored_has_to_be_made_again(world: World) -> None:
    bad = world.backup(START, restore_tested_on=DURING, restore_result="復元できなかった")
    duty = world.duty(DURING, "backup-check", "periodic", period_months=3, items=("バックアップ",))
    assert (duty.state, duty.missing[0].id) == (State.DUE, bad.id)
    assert world.duties(DURING - timedelta(days=1))[0].state is State.SATISFIED
    world.backup(DURING)
    assert world.duties(DURING)[0].state is State.SATISFIED


def test_a_restore_test_is_wanted_only_where_the_clause_asks(world: World) -> None:
    run = world.backup(DURING)
    asks: dict[str, Any] = {"period_months": 1, "items": ("バックアップ", "復元の試験")}
    assert world.duty(DURING, "backup-check", "periodic", **asks).state is State.OVERDUE
    world.change(run, restore_tested_on=DURING, restore_result="復元できた")
    assert world.duties(DURING)[0].state is State.SATISFIED


# 管理体制


def test_a_chart_is_confirmed_again_within_the_period(world: World) -> None:
    world.change(world.contract, ends_on=date(2029, 3, 31))
    world.structure(world.person())
    clause = world.clause("management-system", "before-start", "standing", period_months=12)
    later = date(2027, 6, 1)
    assert [duty.state for duty in world.duties(DURING)] == [State.SATISFIED]
    (duty,) = world.duties(later)
    assert (duty.state, duty.due, duty.next.target) == (State.OVERDUE, date(2027, 4, 1), "attestation")
    world.attest(clause.number, on=date(2027, 5, 1))
    assert [duty.state for duty in world.duties(later)] == [State.SATISFIED]


def test_a_chart_that_nobody_is_in_any_more_needs_a_successor(world: World) -> None:
    row = world.structure(world.person(), ends_on=DURING)
    clause = world.clause("management-system", "standing")
    assert clause.number == "第1条"
    assert world.duties(DURING)[0].state is State.SATISFIED
    duty = world.duties(DURING + timedelta(days=1))[0]
    assert (duty.state, duty.due, duty.missing[0].id) == (State.OVERDUE, DURING, row.id)


def test_the_structure_is_reported_once_in_each_year_of_the_contract(world: World) -> None:
    world.under("minato", options=("特定個人情報",), ends_on=date(2028, 3, 31))
    world.structure(world.worker())
    duty = world.under_clause(DURING, "第20条", "management-system")
    assert (duty.state, duty.due) == (State.DUE, date(2027, 3, 31))
    asked = world.instruction("報告の求め", DURING, answered_on=DURING)
    assert world.under_clause(DURING, "第20条", "management-system").state is State.DUE
    asked = world.change(asked, about=("管理体制",))
    assert world.under_clause(DURING, "第20条", "management-system").state is State.DUE
    world.change(asked, answered_in_writing=True)
    assert world.under_clause(DURING, "第20条", "management-system").state is State.SATISFIED
    duty = world.under_clause(date(2027, 5, 1), "第20条", "management-system")
    assert (duty.state, duty.due) == (State.DUE, date(2028, 3, 31))


def test_a_role_is_held_in_the_part_of_the_structure_that_the_clause_names(world: World) -> None:
    world.under("minato", options=("特定個人情報",))
    head = world.worker("統括花子", "特定個人情報保護管理責任者")
    lead = world.worker("実行一郎", "特定個人情報保護責任者")
    duty = world.under_clause(DURING, "第16条", "responsible-person")
    assert [gap.text.partition("の部署")[0].rpartition("、")[2] for gap in duty.missing] == [
        "統括管理",
        "実行",
    ]
    assert dict(duty.next.given)["part"] == "統括管理"
    world.structure(head, "統括管理")
    world.structure(lead, "統括管理")
    duty = world.under_clause(DURING, "第16条", "responsible-person")
    assert ["実行一郎" in gap.text for gap in duty.missing] == [True]
    world.structure(lead, "実行")
    assert world.under_clause(DURING, "第16条", "responsible-person").state is State.SATISFIED


def test_a_role_outside_such_a_clause_needs_no_chart(world: World) -> None:
    world.worker("佐藤花子", "管理責任者")
    roles = (Role.MANAGER,)
    assert world.duty(DURING, "responsible-person", "before-start", roles=roles).state is State.SATISFIED
