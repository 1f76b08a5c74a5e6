"""People who are gone or not there, and what came late: roles, lists, places, devices, oaths, training."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Submit, Workers
from app.annexes.kinds import State
from app.duties.duty import Action, Duty, Remark
from app.duties.planned import planned_changes
from app.duties.view import ContractView
from app.records.assignment import Role
from tests.support.world import BEFORE, DURING, END, EVE, START, World

DAY = timedelta(days=1)
LATER = DURING + 60 * DAY
TOLD: dict[str, Any] = {"submit": Submit.BEFOREHAND}
LEAD: dict[str, Any] = {"roles": (Role.WORK_MANAGER,)}


def told(remarks: tuple[Remark, ...]) -> list[tuple[str, date | None, date | None, bool]]:
    return [(one.record, one.since, one.until, one.late) for one in remarks]


# 退職した者は何も担わない

around_leaving = pytest.mark.parametrize(
    ("day", "gone"), [(DURING - DAY, False), (DURING, False), (DURING + DAY, True)]
)


@around_leaving
def test_who_left_the_company_holds_no_role_on_the_day_after(world: World, day: date, gone: bool) -> None:
    world.worker("佐藤花子", "業務責任者", left_on=DURING)
    duty = world.duty(day, "responsible-person", "before-start", **LEAD)
    assert duty.state is (State.OVERDUE if gone else State.SATISFIED)
    assert duty.due == (DURING if gone else None)


@around_leaving
@pytest.mark.parametrize("kind", ["oath", "training"])
def test_nothing_is_asked_of_who_left_and_nothing_rests_on_them(
    world: World, kind: str, day: date, gone: bool
) -> None:
    world.worker(left_on=DURING)
    duty = world.duty(day, kind, "before-start")
    assert duty.state is (State.CONFIRM if gone else State.OVERDUE)
    assert bool(duty.remarks) is gone


@around_leaving
def test_a_list_does_not_show_who_left_as_at_work(world: World, day: date, gone: bool) -> None:
    person = world.worker(left_on=DURING)
    duty = world.duty(day, "worker-list", "before-start")
    assert duty.state is (State.DUE if gone else State.SATISFIED)
    assert [gap.text.startswith(person.name) for gap in duty.missing] == ([True] if gone else [])


@around_leaving
def test_a_place_in_the_chart_is_vacant_on_the_day_after(world: World, day: date, gone: bool) -> None:
    world.structure(world.worker(left_on=DURING))
    duty = world.duty(day, "management-system", "standing")
    assert duty.state is (State.OVERDUE if gone else State.SATISFIED)
    assert bool(duty.evidence) is not gone


@around_leaving
def test_a_machine_has_no_custodian_on_the_day_after(world: World, day: date, gone: bool) -> None:
    keeper = world.worker(left_on=DURING)
    world.device_use(world.device(), location=world.place().id, person=keeper.id)
    duty = world.duty(day, "equipment-register", "standing")
    assert (duty.state, duty.due) == ((State.OVERDUE, DURING) if gone else (State.SATISFIED, None))


@pytest.mark.parametrize(("on", "outside"), [(DURING, False), (DURING + DAY, True)])
def test_what_somebody_handled_after_leaving_was_handled_by_an_outsider(
    world: World, on: date, outside: bool
) -> None:
    world.worker("𠮷田一郎")
    person = world.worker(left_on=DURING)
    world.event(world.received(), "使用", day=on, person=person.id)
    duty = world.duty(LATER, "worker-list", "standing")
    assert any(gap.record == "event" for gap in duty.missing) is outside


def test_secrecy_is_not_promised_by_all_while_one_who_has_gone_never_signed(world: World) -> None:
    world.oath(world.worker())
    gone = world.worker("𠮷田一郎", ends=START + DAY)
    assert world.duty(DURING, "secrecy", "standing").state is State.CONFIRM
    world.oath(gone)
    assert world.duty(DURING, "secrecy", "standing").state is State.SATISFIED


def test_a_leave_that_lies_ahead_is_a_change_to_be_told(world: World) -> None:
    world.clause("worker-list", "before-start", "on-change", **TOLD)
    person = world.worker(left_on=LATER)
    world.issue("personnel-report")
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, DURING)
    (one,) = planned_changes(view)
    assert (one.on, one.due, one.next.action) == (LATER, LATER, Action.OPEN)
    assert f"{person.name}が令和8年7月31日に退職し" in one.text


# 役割の空白


@pytest.mark.parametrize(
    ("second", "gap"),
    [
        (START + 9 * DAY, None),
        (START + 10 * DAY, None),
        (START + 11 * DAY, (START + 10 * DAY, START + 10 * DAY)),
        (START + 30 * DAY, (START + 10 * DAY, START + 29 * DAY)),
    ],
)
def test_a_role_that_was_vacant_for_a_time_stays_visible(
    world: World, second: date, gap: tuple[date, date] | None
) -> None:
    world.worker("佐藤花子", "業務責任者", ends=START + 9 * DAY)
    world.worker("𠮷田一郎", "業務責任者", starts=second)
    duty = world.duty(DURING, "responsible-person", "before-start", **LEAD)
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == ([("assignment", *gap, False)] if gap else [])


@pytest.mark.parametrize(("starts", "vacant"), [(EVE, False), (START, False), (START + DAY, True)])
def test_a_role_is_held_from_the_first_day(world: World, starts: date, vacant: bool) -> None:
    world.worker("佐藤花子", "業務責任者", starts=starts)
    duty = world.duty(DURING, "responsible-person", "before-start", **LEAD)
    assert told(duty.remarks) == ([("assignment", START, START, False)] if vacant else [])


def test_a_vacancy_that_lasts_is_missing_and_no_remark(world: World) -> None:
    world.worker("佐藤花子", "業務責任者", ends=DURING)
    duty = world.duty(LATER, "responsible-person", "before-start", **LEAD)
    assert (duty.state, duty.due, duty.remarks) == (State.OVERDUE, DURING, ())


def test_who_left_before_starting_never_held_the_role(world: World) -> None:
    world.worker("佐藤花子", "業務責任者", left_on=EVE)
    world.worker("𠮷田一郎", "業務責任者", starts=DURING)
    duty = world.duty(LATER, "responsible-person", "before-start", **LEAD)
    assert told(duty.remarks) == [("assignment", START, DURING - DAY, False)]


def test_a_leaver_and_a_successor_are_told_each_by_their_own_day(world: World) -> None:
    asks = {**TOLD, **LEAD}
    world.clause("responsible-person", "before-start", "on-change", **asks)
    first = world.worker("佐藤花子", "業務責任者", ends=DURING)
    second = world.worker("𠮷田一郎", "業務責任者", starts=DURING + 10 * DAY)
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, BEFORE)
    assert [(one.text[: len(first.name)], one.due) for one in planned_changes(view)] == [
        (first.name, DURING),
        (second.name, DURING + 9 * DAY),
    ]


# 名簿


@pytest.mark.parametrize(("on", "late"), [(EVE - DAY, False), (EVE, False), (START, True)])
def test_on_the_job_before_the_list(world: World, on: date, late: bool) -> None:
    world.worker()
    world.issue("personnel-report", on=on, submitted=on)
    duty = world.duty(DURING, "worker-list", "before-start", **TOLD)
    assert duty.state is State.SATISFIED
    assert "期限" not in duty.why
    assert told(duty.remarks) == ([("assignment", EVE, START, True)] if late else [])


def test_who_worked_and_went_without_ever_being_listed(world: World) -> None:
    world.worker()
    world.issue("personnel-report")
    assert world.duty(DURING, "worker-list", "before-start", **TOLD).remarks == ()
    gone = world.worker("髙橋次郎", starts=START, ends=START + 3 * DAY)
    duty = world.duties(DURING)[0]
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == [("assignment", START, START + 3 * DAY, False)]
    assert gone.name in duty.remarks[0].text


def test_an_end_that_was_told_late_is_a_remark(world: World) -> None:
    world.worker()
    second = world.person("𠮷田一郎")
    made = world.assign(second)
    world.issue("personnel-report")
    world.change(made, ends_on=DURING)
    world.issue("personnel-report", on=DURING + 2 * DAY, submitted=DURING + 2 * DAY)
    duty = world.duty(LATER, "worker-list", "before-start", "on-change", **TOLD)
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == [("assignment", DURING, DURING + 2 * DAY, True)]


# 場所と機器


def test_a_place_used_before_its_notice_and_given_up_stays_visible(world: World) -> None:
    world.use(world.place())
    world.issue("location-notice")
    use = world.use(world.place("支社"), ends=DURING)
    assert world.duty(DURING, "work-location", "before-start", **TOLD).state is State.OVERDUE
    duty = world.duties(DURING + DAY)[0]
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == [("location_use", START, DURING, False)]
    assert duty.remarks[0].id == use.id


@pytest.mark.parametrize(("on", "late"), [(EVE, False), (START, True)])
def test_a_device_reported_after_its_use_began(world: World, on: date, late: bool) -> None:
    world.device_use(world.device(), location=world.place().id, person=world.worker().id)
    world.issue("device-register", on=on, submitted=on)
    duty = world.duty(DURING, "equipment-register", "before-start", **TOLD)
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == ([("device_use", EVE, START, True)] if late else [])


def test_a_device_that_was_never_reported_and_is_used_no_more(world: World) -> None:
    keeper, place = world.worker(), world.place()
    world.device_use(world.device(), location=place.id, person=keeper.id)
    world.issue("device-register")
    world.device_use(world.device(), ends_on=DURING, location=place.id, person=keeper.id)
    world.device_use(world.device(), ends_on=DURING, status="予定")
    duty = world.duty(LATER, "equipment-register", "before-start", **TOLD)
    assert told(duty.remarks) == [("device_use", START, DURING, False)]


# 誓約書と研修


@pytest.mark.parametrize(("on", "late"), [(EVE, False), (START, True)])
def test_an_oath_signed_after_the_start(world: World, on: date, late: bool) -> None:
    world.oath(world.worker(), signed=on)
    duty = world.duty(DURING, "oath", "before-start")
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == ([("oath", EVE, START, True)] if late else [])


def test_who_worked_without_an_oath_and_went_stays_visible(world: World) -> None:
    world.oath(world.worker())
    world.worker("𠮷田一郎", ends=DURING)
    assert world.duty(DURING, "oath", "before-start").state is State.OVERDUE
    duty = world.duties(DURING + DAY)[0]
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == [("assignment", START, DURING, False)]


def test_the_oath_of_who_has_gone_is_handed_in_all_the_same(world: World) -> None:
    world.oath(world.worker())
    world.issue("oath")
    gone = world.worker("𠮷田一郎", ends=DURING)
    world.oath(gone)
    duty = world.duty(LATER, "oath", "before-start", **TOLD)
    assert (duty.state, [gap.id for gap in duty.missing]) == (State.OVERDUE, [gone.id])


@pytest.mark.parametrize(("on", "late"), [(EVE, False), (START, True)])
def test_training_after_the_start(world: World, on: date, late: bool) -> None:
    world.training(world.worker(), held=on)
    duty = world.duty(DURING, "training", "before-start")
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == ([("person", EVE, START, True)] if late else [])


def test_who_worked_without_training_and_went_stays_visible(world: World) -> None:
    world.training(world.worker())
    world.worker("𠮷田一郎", ends=DURING)
    duty = world.duty(LATER, "training", "before-start")
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == [("assignment", START, DURING, False)]


@pytest.mark.parametrize(("again", "late"), [(date(2026, 6, 20), False), (date(2026, 6, 21), True)])
def test_training_that_was_let_lapse_and_made_up_for(world: World, again: date, late: bool) -> None:
    person = world.worker()
    world.training(person)
    world.training(person, held=again)
    duty = world.duty(date(2026, 7, 1), "training", "periodic", period_months=3)
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == ([("person", date(2026, 6, 20), again, True)] if late else [])


def test_a_temp_worker_who_has_gone_without_secrecy_in_the_agency_contract(world: World) -> None:
    world.worker("𠮷田一郎", employment="派遣", agency="架空派遣", ends=DURING)
    world.worker()
    duty = world.duty(LATER, "dispatch-contract", "each-time", workers=(Workers.TEMPORARY,))
    assert duty.state is State.NOT_APPLICABLE
    assert told(duty.remarks) == [("assignment", START, DURING, False)]


# 管理体制


def test_a_chart_that_stood_empty_for_a_time(world: World) -> None:
    world.structure(world.person(), ends_on=START + 9 * DAY)
    world.structure(world.person("𠮷田一郎"), starts_on=START + 12 * DAY)
    duty = world.duty(DURING, "management-system", "standing")
    assert duty.state is State.SATISFIED
    assert told(duty.remarks) == [("structure", START + 10 * DAY, START + 11 * DAY, False)]


# 指定の様式と説明

NUMBER = "特記事項 第14第1項"
PRESCRIBED: dict[str, Any] = {"sheet": "発注者の指定様式"}


def sworn(world: World, **values: Any) -> Duty:
    world.under("kawaguchi")
    world.oath(world.worker(), **values)
    world.issue("oath")
    return world.under_clause(DURING, NUMBER, "oath")


@pytest.mark.parametrize(
    ("values", "state"),
    [
        (PRESCRIBED, State.SATISFIED),
        ({}, State.CONFIRM),
        ({"sheet": "自社の様式"}, State.DUE),
        ({**PRESCRIBED, "form": "秘密保持契約"}, State.DUE),
    ],
)
def test_the_oath_is_on_the_form_that_the_client_prescribes(
    world: World, values: dict[str, Any], state: State
) -> None:
    assert sworn(world, **values).state is state


def test_a_sheet_printed_with_the_clients_wording_is_the_prescribed_one(world: World) -> None:
    world.change(world.contract, oath_wording="市の定める文面")
    assert sworn(world).state is State.SATISFIED


ARTICLES = "個人情報の保護に関する法律第66条、第67条、第176条、第180条、第183条"


@pytest.mark.parametrize(
    ("explained", "state"),
    [("", State.SATISFIED), (ARTICLES, State.SATISFIED), ("個人情報の扱いについて", State.DUE)],
)
def test_typed_words_do_not_replace_the_articles_to_be_explained(
    world: World, explained: str, state: State
) -> None:
    duty = sworn(world, explained=explained, **PRESCRIBED)
    assert duty.state is state
    if state is State.DUE:
        assert "第183条" in duty.missing[0].text


def test_an_oath_without_a_printed_sheet_says_who_explained_it_and_when(world: World) -> None:
    world.under("kawaguchi")
    worker = world.worker("再委託次郎", employment="再委託先")
    oath = world.oath(worker, received_on=EVE, **PRESCRIBED)
    number = "特記事項 第14第2項"
    assert world.under_clause(DURING, number, "oath").state is State.CONFIRM
    world.change(oath, explained_by_name="髙橋花子")
    assert world.under_clause(DURING, number, "oath").state is State.CONFIRM
    world.change(oath, explained_by_name="髙橋花子", explained_on=BEFORE)
    assert world.under_clause(DURING, number, "oath").state is State.SATISFIED


@pytest.mark.parametrize(
    ("sheet", "state"),
    [("発注者の指定様式", State.SATISFIED), ("", State.CONFIRM), ("自社の様式", State.OVERDUE)],
)
def test_only_prescribed_oaths_stand_in_for_the_list(world: World, sheet: str, state: State) -> None:
    sworn(world, sheet=sheet)
    assert world.under_clause(DURING, "特記事項 第15", "worker-list").state is state


def test_the_list_itself_serves_whatever_the_oaths_are_on(world: World) -> None:
    sworn(world)
    world.issue("personnel-report")
    assert world.under_clause(DURING, "特記事項 第15", "worker-list").state is State.SATISFIED


def test_what_ended_with_the_contract_is_no_vacancy(world: World) -> None:
    world.worker("佐藤花子", "業務責任者", ends=END)
    duty = world.duty(END + 30 * DAY, "responsible-person", "before-start", **LEAD)
    assert (duty.state, duty.remarks) == (State.SATISFIED, ())


# 名簿に載せるもの、退職者に求めるもの、第三者への開示


def test_what_a_list_has_to_state_and_no_column_holds_is_for_a_person_to_confirm(world: World) -> None:
    world.worker()
    world.issue("personnel-report")
    held = {**TOLD, "items": ("従業員", "役割")}
    assert world.duty(DURING, "worker-list", "before-start", **held).state is State.SATISFIED
    asks = {**TOLD, "items": ("従業員", "生年月日")}
    duty = world.duty(DURING, "worker-list", "before-start", **asks)
    assert (duty.state, duty.missing[0].record) == (State.CONFIRM, "submission")


def test_what_is_asked_of_leavers_and_not_kept_is_for_a_person_to_confirm(world: World) -> None:
    world.oath(world.worker(left_on=START), START, kind="退職時", given_back="入館証")
    known = ("退職後の秘密保持の誓約", "手元の個人情報等の返還又は廃棄")
    assert world.duty(DURING, "retirement-secrecy", "on-leaving", items=known).state is State.SATISFIED
    assert world.duty(DURING, "retirement-secrecy", "on-leaving", items=("引継ぎ",)).state is State.CONFIRM


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.SATISFIED),
        ({"written": False}, State.DUE),
        ({"basis": "指示"}, State.DUE),
        ({"granted": None, "applied_on": BEFORE}, State.WAITING),
    ],
)
def test_only_written_consent_lets_secrets_be_shown(
    world: World, values: dict[str, Any], state: State
) -> None:
    world.under("kawaguchi")
    world.oath(world.worker())
    world.approval("第三者提供", **values)
    assert world.under_clause(DURING, "契約書 第4条第1項", "secrecy").state is state
