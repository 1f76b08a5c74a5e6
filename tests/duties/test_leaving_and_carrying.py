"""People who leave, what is handed over and carried, and where things and their copies are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.choices import Medium, Submit, Workers
from app.annexes.kinds import State
from app.duties.duty import Action
from app.duties.papers.claims import Each
from app.records import Approval
from forms.parts.people import people
from tests.support.papers import paper
from tests.support.world import AFTER, BEFORE, DURING, END, EVE, START, World

# 退職者と誓約書


def test_a_leaver_promises_by_the_day_of_leaving_and_gives_everything_back(world: World) -> None:
    world.under("besshi-44")
    person = world.worker(left_on=DURING)
    duty = world.under_clause(BEFORE + timedelta(days=40), "8", "retirement-secrecy")
    assert (duty.state, duty.due) == (State.DUE, DURING)
    assert dict(duty.next.given) == {"person": person.id, "kind": "退職時"}
    assert world.under_clause(DURING + timedelta(days=1), "8", "retirement-secrecy").state is State.OVERDUE
    oath = world.oath(person, DURING, kind="退職時")
    later = DURING + timedelta(days=1)
    assert world.under_clause(later, "8", "oath").state is State.SATISFIED
    duty = world.under_clause(later, "8", "retirement-secrecy")
    assert (duty.state, duty.missing[0].id) == (State.OVERDUE, oath.id)
    world.change(oath, given_back="入館証、貸与PC")
    assert world.under_clause(later, "8", "retirement-secrecy").state is State.SATISFIED


def test_the_oath_at_the_start_is_not_the_one_at_the_end(world: World) -> None:
    world.under("besshi-44")
    world.oath(world.worker(left_on=DURING))
    assert world.under_clause(AFTER, "8", "oath").state is State.OVERDUE


@pytest.mark.parametrize(
    "values",
    [
        {"left_on": END + timedelta(days=1)},
        {"left_on": DURING, "employment": "再委託先"},
        {"left_on": DURING, "starts": DURING + timedelta(days=1)},
    ],
)
def test_who_is_no_leaver_of_this_contract_promises_nothing(world: World, values: dict[str, Any]) -> None:
    world.under("besshi-44")
    world.worker("𠮷田一郎")
    world.worker(**values)
    assert world.under_clause(DURING, "8", "retirement-secrecy").state is State.NOT_DUE


def test_an_oath_signed_after_leaving_is_said_to_be_late(world: World) -> None:
    world.oath(world.worker(left_on=START), DURING, kind="退職時", given_back="なし")
    duty = world.duty(DURING, "retirement-secrecy", "on-leaving")
    assert duty.state is State.SATISFIED
    assert [(one.record, one.since, one.until) for one in duty.remarks] == [("oath", START, DURING)]


def test_the_oath_of_a_leaver_is_printed_before_it_is_signed(shipped: Catalogue) -> None:
    leavers = paper("leaving-oath", "退職時誓約書", Each("retirement-secrecy"), about=people())
    world = World(shipped, {leavers.id: leavers})
    person = world.worker(left_on=DURING)
    oath = world.oath(person, None, kind="退職時", given_back="入館証")
    step = world.duty(START, "retirement-secrecy", "on-leaving").next
    assert (step.action, step.target) == (Action.ISSUE, leavers.id)
    world.issue(leavers.id, START, None, only=(f"person:{person.id}",))
    step = world.duties(START)[0].next
    assert (step.action, step.id) == (Action.OPEN, oath.id)


def test_the_oath_of_a_subcontractors_worker_has_to_come_in(world: World) -> None:
    world.under("kawaguchi")
    world.worker()
    told: dict[str, Any] = {
        "sheet": "発注者の指定様式",
        "explained_by_name": "髙橋花子",
        "explained_on": BEFORE,
    }
    oath = world.oath(world.worker("再委託次郎", employment="再委託先"), **told)
    duty = world.under_clause(DURING, "特記事項 第14第2項", "oath")
    assert (duty.state, duty.missing[0].id, duty.due) == (State.OVERDUE, oath.id, EVE)
    world.change(oath, received_on=EVE)
    assert world.under_clause(DURING, "特記事項 第14第2項", "oath").state is State.SATISFIED
    world.change(oath, received_on=DURING)
    assert world.under_clause(EVE, "特記事項 第14第2項", "oath").state is State.DUE


def test_promptly_is_counted_from_the_day_the_oath_was_in_hand(world: World) -> None:
    person = world.worker("再委託次郎", employment="再委託先")
    world.oath(person, BEFORE, received_on=DURING)
    asks: dict[str, Any] = {"submit": Submit.PROMPTLY, "workers": (Workers.SUBCONTRACTOR,)}
    duty = world.duty(DURING, "oath", "each-time", **asks)
    assert (duty.state, duty.due) == (State.DUE, DURING + timedelta(days=3))
    assert "想定" in duty.counted


# 授受方法の取決め


def test_an_agreement_after_the_first_hand_over_is_said_to_be_late(world: World) -> None:
    world.under("besshi-44")
    world.received()
    duty = world.under_clause(DURING, "5", "transfer-method")
    assert (duty.state, duty.due) == (State.OVERDUE, EVE)
    world.agreement(world.person(), agreed=DURING)
    duty = world.under_clause(DURING, "5", "transfer-method")
    assert duty.state is State.SATISFIED
    (remark,) = duty.remarks
    assert "令和8年4月1日の授受は、授受方法の取決め（令和8年6月1日）より前" in remark.text
    assert (remark.since, remark.until) == (START, DURING)
    assert world.under_clause(DURING - timedelta(days=1), "5", "transfer-method").state is State.OVERDUE


def test_an_agreement_that_has_run_out_is_renewed(world: World) -> None:
    old = world.agreement(world.person(), ends_on=START)
    duty = world.duty(DURING, "transfer-method", "before-start")
    assert (duty.state, duty.due, duty.missing[0].id) == (State.OVERDUE, START, old.id)
    world.agreement(world.person(), agreed=START)
    assert world.duties(DURING)[0].state is State.SATISFIED


def test_only_what_the_clause_lists_has_to_be_agreed(world: World) -> None:
    world.agreement(world.person(), client_persons="", record_kept="")
    asks: dict[str, Any] = {"items": ("授受の媒体", "授受の方法")}
    assert world.duty(DURING, "transfer-method", "before-start", **asks).state is State.SATISFIED
    duty = world.duty(DURING, "transfer-method", "before-start")
    assert "発注者の授受担当者、授受の記録の方法" in duty.missing[0].text


# 搬送


@pytest.mark.parametrize(
    ("medium", "kind", "values", "state"),
    [
        ("紙", "受領", {"method": "手渡し"}, State.DUE),
        ("紙", "返還", {"method": "簡易書留"}, State.DUE),
        ("紙", "返還", {"method": "簡易書留", "safeguards": ("追跡便",)}, State.SATISFIED),
        ("紙", "受領", {"method": "簡易書留"}, State.NOT_DUE),
        ("電子データ", "受領", {"method": "専用回線"}, State.NOT_DUE),
        ("紙", "使用", {}, State.NOT_DUE),
        ("USBメモリ", "持出", {"safeguards": ("施錠ケース",)}, State.SATISFIED),
        ("USBメモリ", "持出", {"protection": "施錠ケース"}, State.CONFIRM),
        ("USBメモリ", "持出", {}, State.DUE),
    ],
)
def test_what_the_vendor_carries_itself_is_protected(
    world: World, medium: str, kind: str, values: dict[str, Any], state: State
) -> None:
    world.event(world.asset(medium=medium), kind, **values)
    assert world.duty(DURING, "transport", "standing").state is state


def test_a_clause_on_electronic_media_does_not_speak_of_paper(world: World) -> None:
    world.event(world.asset(medium="紙"), "持出")
    assert world.duty(DURING, "transport", "standing", media=(Medium.ELECTRONIC,)).state is State.NOT_DUE


def test_the_protection_may_stand_on_the_approval(world: World) -> None:
    approval = world.add(
        Approval(
            contract=world.contract.id,
            number="AP-001",
            kind="持出",
            basis="承諾",
            safeguards=("施錠ケース",),
            applied_on=BEFORE,
            granted_on=EVE,
        )
    )
    world.event(world.asset(), "持出", approval=approval.id)
    assert world.duty(DURING, "transport", "standing").state is State.SATISFIED
    world.change(approval, safeguards=())
    assert world.duties(DURING)[0].state is State.DUE


def test_a_thousand_bare_carriages_are_counted_and_not_all_listed(world: World) -> None:
    asset = world.asset()
    for _ in range(25):
        world.event(asset, "持出")
    duty = world.duty(DURING, "transport", "standing")
    assert len(duty.missing) == 21
    assert "ほか5件" in duty.missing[-1].text


# 保管


def test_a_backup_lies_in_japan_too(world: World) -> None:
    world.use(world.place())
    abroad = world.place("海外データセンター", country="シンガポール")
    world.backup(START, location=abroad.id)
    duty = world.duty(DURING, "domestic-storage", "standing", country="日本")
    assert (duty.state, duty.missing[0].id) == (State.DUE, abroad.id)
    newest = world.backup(DURING, location=world.place("書庫").id)
    assert world.duties(DURING)[0].state is State.SATISFIED
    assert world.duties(DURING - timedelta(days=1))[0].state is State.DUE
    world.change(newest, location=None)
    assert world.duties(DURING)[0].missing[0].id == newest.id


def test_a_system_or_a_device_abroad_is_found_without_a_use_of_its_place(world: World) -> None:
    world.use(world.place())
    abroad = world.place("海外拠点", country="シンガポール")
    system = world.system(location=abroad.id)
    assert world.duty(DURING, "domestic-storage", "standing", country="日本").state is State.DUE
    world.change(system, location=None)
    assert world.duties(DURING)[0].state is State.CONFIRM
    world.change(system, location=world.place("サーバ室").id)
    assert world.duties(DURING)[0].state is State.SATISFIED
    world.device_use(world.device(), location=abroad.id)
    assert world.duties(DURING)[0].state is State.DUE


@pytest.mark.parametrize(
    ("encrypted", "best_effort", "state"),
    [
        (True, False, State.SATISFIED),
        (None, False, State.DUE),
        (False, False, State.DUE),
        (False, True, State.CONFIRM),
    ],
)
def test_a_backup_states_its_encryption(
    world: World, encrypted: bool | None, best_effort: bool, state: State
) -> None:
    world.device_use(world.device())
    world.backup(encrypted=encrypted)
    assert world.duty(DURING, "encryption", "standing", best_effort=best_effort).state is state


def test_where_backups_lie_is_locked(world: World) -> None:
    world.use(world.place("書庫", kind="保管"))
    bare = world.place("倉庫", lock="")
    world.backup(location=bare.id)
    duty = world.duty(DURING, "locked-storage", "standing")
    assert (duty.state, duty.next.action, duty.next.id) == (State.DUE, Action.OPEN, bare.id)
    assert world.duty(DURING, "locked-storage", "standing", media=(Medium.PAPER,)).state is State.SATISFIED


def test_a_clause_on_paper_does_not_ask_where_a_machine_stands(world: World) -> None:
    world.use(world.place("書庫", kind="保管"))
    bare = world.place("サーバ室", lock="")
    use = world.device_use(world.device(), location=bare.id)
    asks: dict[str, Any] = {"media": (Medium.PAPER,)}
    assert world.duty(DURING, "locked-storage", "standing", **asks).state is State.SATISFIED
    world.change(use, device=world.device(None, kind="紙保管箱").id)
    assert world.duties(DURING)[0].state is State.DUE
