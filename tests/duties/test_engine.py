"""The engine over the annexes of the product: what is owed, by when, why, and what to do next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Submit
from app.annexes.kinds import State, When
from app.duties.duty import Action, Duty
from app.duties.engine import duties, unknown_annexes
from app.records import Facts
from app.records.contract import ContractAnnex, ContractParameter
from tests.support.papers import FORMS
from tests.support.world import AFTER, BEFORE, DURING, END, EVE, START, World


def pairs(found: tuple[Duty, ...]) -> list[tuple[str, str]]:
    return [(duty.clause.number, duty.kind) for duty in found]


@pytest.mark.parametrize("annex", ["kimitsu-hoji", "kawaguchi"])
def test_each_clause_and_kind_is_one_duty_in_the_order_of_the_annex(world: World, annex: str) -> None:
    world.under(annex)
    expected = [
        (clause.number, kind)
        for clause in world.catalogue.clauses(annex)
        if When.INFO not in clause.when
        for kind in clause.kinds
    ]
    for day in (BEFORE, DURING, AFTER):
        assert pairs(world.duties(day)) == expected


def test_an_empty_contract_has_nothing_satisfied(world: World) -> None:
    world.under("kimitsu-hoji", "kawaguchi")
    for day in (BEFORE, EVE, START, DURING, END, AFTER):
        found = world.duties(day)
        assert {duty.state for duty in found} <= {
            State.CONFIRM,
            State.DUE,
            State.OVERDUE,
            State.NOT_DUE,
            State.NOT_APPLICABLE,
        }


def test_an_annex_that_has_left_the_catalogue_is_named_and_breaks_nothing(world: World) -> None:
    rows = (ContractAnnex(annex="atlantis"), ContractAnnex(annex="kimitsu-hoji"))
    world.change(world.contract, annexes=rows)
    assert {duty.annex for duty in world.duties(DURING)} == {"kimitsu-hoji"}
    ((contract, sentence),) = unknown_annexes(world.facts(), world.catalogue)
    assert contract == world.contract
    assert "「atlantis」は目録にありません" in sentence


def test_an_unknown_contract_is_an_error(world: World) -> None:
    with pytest.raises(KeyError):
        duties(world.facts(), world.catalogue, FORMS, DURING, 999)


def test_without_a_contract_there_is_nothing_to_do(world: World) -> None:
    assert duties(Facts(()), world.catalogue, FORMS, DURING) == ()


# 前日までの届出


def test_a_place_is_notified_the_day_before_its_use(world: World) -> None:
    world.under("kimitsu-hoji")
    use = world.use(world.place())
    duty = world.under_clause(BEFORE, "第6条第4項", "work-location")
    assert (duty.state, duty.due) == (State.DUE, EVE)
    assert duty.why == "第6条第4項：作業場所は使用開始（令和8年4月1日）の前日までに届け出る必要があります。"
    assert [(gap.record, gap.id, gap.due) for gap in duty.missing] == [("location_use", use.id, EVE)]
    assert (duty.next.action, duty.next.target) == (Action.ISSUE, "location-notice")
    assert world.under_clause(EVE, "第6条第4項", "work-location").state is State.DUE
    assert world.under_clause(START, "第6条第4項", "work-location").state is State.OVERDUE


def test_printed_is_not_submitted(world: World) -> None:
    world.under("kimitsu-hoji")
    world.use(world.place())
    printed = world.issue("location-notice", submitted=None)
    duty = world.under_clause(BEFORE, "第6条第4項", "work-location")
    assert duty.state is State.DUE
    assert (duty.next.action, duty.next.target, duty.next.id) == (Action.SUBMIT, "submission", printed.id)


def test_a_printed_notice_that_no_longer_fits_is_printed_anew(world: World) -> None:
    world.under("kimitsu-hoji")
    place = world.place()
    world.use(place)
    world.issue("location-notice", submitted=None)
    world.change(place, address="架空市9-9")
    assert world.under_clause(BEFORE, "第6条第4項", "work-location").next.action is Action.ISSUE


def test_a_late_notice_satisfies_and_says_so(world: World) -> None:
    world.under("kimitsu-hoji")
    world.use(world.place())
    world.issue("location-notice", on=START, submitted=START)
    duty = world.under_clause(DURING, "第6条第4項", "work-location")
    assert duty.state is State.SATISFIED
    assert [(one.record, one.since, one.until) for one in duty.remarks] == [("location_use", EVE, START)]
    assert [(e.record, e.on) for e in duty.evidence] == [("submission", START)]


@pytest.mark.parametrize(
    "ending", [{"voided_on": DURING, "voided_why": "誤り"}, {"sent_back_on": DURING, "sent_back_why": "不備"}]
)
def test_a_voided_or_returned_notice_no_longer_counts_from_that_day(
    world: World, ending: dict[str, Any]
) -> None:
    world.under("kimitsu-hoji")
    world.use(world.place())
    world.issue("location-notice", **ending)
    day_before = DURING - timedelta(days=1)
    assert world.under_clause(day_before, "第6条第4項", "work-location").state is State.SATISFIED
    assert world.under_clause(DURING, "第6条第4項", "work-location").state is State.OVERDUE


def test_a_contract_may_ask_for_more_days(world: World) -> None:
    row = ContractParameter(annex="kimitsu-hoji", clause="第6条第4項", name="days_before", value="7")
    world.under("kimitsu-hoji", parameters=(row,))
    world.use(world.place())
    duty = world.under_clause(BEFORE, "第6条第4項", "work-location")
    assert duty.due == START - timedelta(days=8)
    assert "7日前までに" in duty.why


def test_a_setting_that_cannot_be_read_leaves_the_annex_as_it_is(world: World) -> None:
    row = ContractParameter(annex="kimitsu-hoji", clause="第6条第4項", name="days_before", value="七")
    world.under("kimitsu-hoji", parameters=(row,))
    world.use(world.place())
    assert world.under_clause(BEFORE, "第6条第4項", "work-location").due == EVE


# 変更


def notified(world: World) -> World:
    world.under("kimitsu-hoji")
    world.use(world.place("本社"))
    world.issue("location-notice")
    return world


def test_a_place_planned_later_is_due_before_its_own_start(world: World) -> None:
    notified(world)
    world.use(world.place("支社"), starts=date(2026, 9, 1))
    duty = world.under_clause(DURING, "第6条第4項", "work-location")
    assert (duty.state, duty.due) == (State.DUE, date(2026, 8, 31))
    assert "支社" in duty.missing[0].text


def test_a_planned_end_of_use_is_due_before_it_takes_effect(world: World) -> None:
    notified(world)
    use = world.use(world.place("支社"))
    world.issue("location-notice", on=EVE, submitted=EVE)
    world.change(use, ends_on=date(2026, 9, 30))
    duty = world.under_clause(DURING, "第6条第4項", "work-location")
    assert (duty.state, duty.due) == (State.DUE, date(2026, 9, 30))
    assert world.under_clause(date(2026, 10, 1), "第6条第4項", "work-location").state is State.OVERDUE
    assert (duty.next.action, duty.next.target) == (Action.ISSUE, "location-notice")


def test_a_changed_address_asks_for_a_change_notice_without_a_date(world: World) -> None:
    notified(world)
    place = next(one for one in world.facts().all(type(world.place())) if one.name == "本社")
    world.change(place, address="架空市9-9")
    duty = world.under_clause(DURING, "第6条第4項", "work-location")
    assert (duty.state, duty.due) == (State.DUE, None)
    assert "所在地" in duty.missing[0].text
    printed = world.issue("location-notice", on=DURING, submitted=None)
    assert world.under_clause(DURING, "第6条第4項", "work-location").next.id == printed.id
    world.change(printed, submitted_on=DURING)
    assert world.under_clause(DURING, "第6条第4項", "work-location").state is State.SATISFIED


def test_a_worker_who_left_must_be_reported(world: World) -> None:
    world.under("kimitsu-hoji")
    world.worker("佐藤花子", "業務責任者")
    leaver = world.worker("𠮷田一郎")
    world.issue("personnel-report")
    assignment = next(a for a in world.facts().all(type(world.assign(leaver))) if a.person == leaver.id)
    world.change(assignment, ends_on=DURING)
    world.remove(world.facts().all(type(assignment))[-1])
    later = date(2026, 7, 1)
    duty = world.under_clause(later, "第9条第1項", "worker-list")
    assert (duty.state, duty.due) == (State.OVERDUE, DURING)
    assert "𠮷田一郎" in duty.missing[0].text
    assert world.under_clause(later, "第9条第1項", "responsible-person").state is State.SATISFIED
    world.issue("personnel-report", on=later, submitted=later)
    assert world.under_clause(later, "第9条第1項", "worker-list").state is State.SATISFIED


def test_a_responsible_person_who_left_without_a_successor_is_overdue_from_that_day(world: World) -> None:
    world.under("kimitsu-hoji")
    world.worker("佐藤花子", "業務責任者", ends=DURING)
    world.issue("personnel-report")
    assert world.under_clause(DURING, "第9条第1項", "responsible-person").state is State.SATISFIED
    duty = world.under_clause(DURING + timedelta(days=1), "第9条第1項", "responsible-person")
    assert (duty.state, duty.due) == (State.OVERDUE, DURING)


def test_the_end_of_the_contract_asks_for_no_change_notice(world: World) -> None:
    world.under("kimitsu-hoji")
    world.worker("佐藤花子", "業務責任者", ends=END)
    use = world.use(world.place())
    world.issue("personnel-report")
    world.change(use, ends_on=END)
    world.issue("location-notice")
    for number, kind in (("第9条第1項", "worker-list"), ("第6条第4項", "work-location")):
        assert world.under_clause(AFTER, number, kind).state is State.SATISFIED


# 川口市


def test_a_responsible_person_is_only_named_where_the_annex_asks_no_report(world: World) -> None:
    world.under("kawaguchi")
    world.worker("佐藤花子", "個人情報保護管理責任者")
    duty = world.under_clause(DURING, "特記事項 第2第2項", "responsible-person")
    assert duty.state is State.SATISFIED
    assert [e.record for e in duty.evidence] == ["assignment"]


def test_places_are_only_identified_where_the_annex_asks_for_reports_on_request(world: World) -> None:
    world.under("kawaguchi")
    world.use(world.place())
    world.worker()
    world.device_use(world.device(None))
    for kind in ("work-location", "worker-list", "equipment-register"):
        assert world.under_clause(DURING, "契約書 第8条", kind).state is State.SATISFIED


def test_submitted_oaths_of_all_stand_in_for_the_list(world: World) -> None:
    world.under("kawaguchi")
    people = [world.worker("佐藤花子"), world.worker("𠮷田一郎")]
    assert world.under_clause(BEFORE, "特記事項 第15", "worker-list").state is State.DUE
    world.oath(people[0], sheet="発注者の指定様式")
    world.issue("oath")
    assert world.under_clause(BEFORE, "特記事項 第15", "worker-list").state is State.DUE
    world.oath(people[1], sheet="発注者の指定様式")
    duty = world.under_clause(DURING, "特記事項 第15", "worker-list")
    assert duty.state is State.SATISFIED
    assert {e.record for e in duty.evidence} == {"oath", "submission"}


def test_an_oath_is_printed_then_signed_then_submitted(world: World) -> None:
    world.under("kawaguchi")
    person = world.worker()
    number = "特記事項 第14第1項"
    assert world.under_clause(BEFORE, number, "oath").next.target == "oath"
    assert world.under_clause(BEFORE, number, "oath").next.action is Action.ISSUE
    printed = world.issue("oath", submitted=None)
    assert world.under_clause(BEFORE, number, "oath").next.action is Action.ADD
    oath = world.oath(person, None, sheet="発注者の指定様式")
    assert world.under_clause(BEFORE, number, "oath").next.action is Action.OPEN
    world.change(oath, signed_on=BEFORE)
    step = world.under_clause(BEFORE, number, "oath").next
    assert (step.action, step.id) == (Action.SUBMIT, printed.id)
    world.change(printed, submitted_on=BEFORE)
    assert world.under_clause(BEFORE, number, "oath").state is State.SATISFIED


def test_clauses_on_subcontracted_workers_need_such_workers(world: World) -> None:
    world.under("kawaguchi")
    world.worker()
    for number in ("特記事項 第14第2項", "特記事項 第14第3項"):
        assert world.under_clause(DURING, number, "oath").state is State.NOT_APPLICABLE
    world.worker("髙橋次郎", employment="再委託先")
    assert world.under_clause(DURING, "特記事項 第14第2項", "oath").state is State.OVERDUE


def test_taking_specific_personal_information_out_is_never_made_good(world: World) -> None:
    world.under("kawaguchi")
    world.event(world.received(classification="特定個人情報"), "持出", day=DURING)
    duty = world.under_clause(DURING, "契約書 第4条第5項", "takeout-approval")
    assert duty.state is State.DUE
    assert "承諾があっても認められません" in duty.why


def test_only_workers_of_the_contract_may_handle_its_assets(world: World) -> None:
    world.under("kawaguchi")
    world.worker("佐藤花子")
    outsider = world.person("部外太郎")
    event = world.event(world.received(), "使用", day=DURING, person=outsider.id)
    duty = world.under_clause(DURING, "契約書 第4条第3項", "worker-list")
    assert duty.state is State.DUE
    assert [(gap.record, gap.id) for gap in duty.missing] == [("event", event.id)]
    world.assign(outsider)
    assert world.under_clause(DURING, "契約書 第4条第3項", "worker-list").state is State.SATISFIED


def test_somebody_who_left_the_company_is_not_left_in_the_list(world: World) -> None:
    world.under("kawaguchi")
    world.worker("佐藤花子", left_on=DURING)
    duty = world.under_clause(date(2026, 7, 1), "契約書 第8条", "worker-list")
    assert duty.state is State.DUE
    assert "退職" in duty.missing[0].text


# 研修、授受、終了


def test_training_after_the_start_satisfies_and_says_so(world: World) -> None:
    world.training(world.worker(), held=DURING)
    duty = world.duty(DURING, "training", "before-start")
    assert duty.state is State.SATISFIED
    assert [(one.record, one.since, one.until) for one in duty.remarks] == [("person", EVE, DURING)]


def test_training_is_due_again_after_its_period(world: World) -> None:
    world.training(world.worker())
    assert world.duty(DURING, "training", "periodic", period_months=12).state is State.SATISFIED
    duty = world.duty(END, "training", "periodic", period_months=12)
    assert (duty.state, duty.due) == (State.OVERDUE, date(2027, 3, 20))


def test_a_training_report_is_asked_for_only_where_the_clause_asks(world: World) -> None:
    world.training(world.worker())
    assert world.duty(DURING, "training", "before-start").state is State.SATISFIED
    assert (
        world.duty(DURING, "training", "before-start", submit=Submit.PROMPTLY).next.target
        == "training-report"
    )
    world.issue("training-report")
    assert world.duties(DURING)[-1].state is State.SATISFIED


def test_a_new_receipt_makes_the_transfer_record_due_again(world: World) -> None:
    world.under("kawaguchi")
    world.received(designated=True)
    world.issue("transfer-record", on=START, submitted=START)
    assert world.under_clause(START, "契約書 第9条", "transfer-record").state is State.SATISFIED
    asset = world.received(designated=True)
    duty = world.under_clause(START, "契約書 第9条", "transfer-record")
    assert (duty.state, duty.due) == (State.DUE, date(2026, 4, 6))
    assert duty.next.action is Action.ISSUE
    assert "3日目の令和8年4月6日" in duty.counted
    assert world.under_clause(DURING, "契約書 第9条", "transfer-record").state is State.OVERDUE
    world.issue("transfer-record", on=DURING, submitted=DURING)
    assert world.under_clause(DURING, "契約書 第9条", "transfer-record").state is State.SATISFIED
    world.event(asset, "返還", day=DURING, from_party="当社", to_party="架空市", method="手渡し")
    assert world.under_clause(DURING, "契約書 第9条", "transfer-record").due == date(2026, 6, 4)


def test_a_receipt_without_its_parties_is_incomplete(world: World) -> None:
    world.under("kawaguchi")
    world.event(world.asset(designated=True), "受領")
    world.issue("transfer-record", on=START, submitted=START)
    duty = world.under_clause(START, "契約書 第9条", "transfer-record")
    assert "渡した者、受け取った者、授受の方法" in duty.missing[0].text


def test_return_is_due_on_the_last_day_even_of_a_contract_ended_early(world: World) -> None:
    world.under("kawaguchi", ended_on=DURING, ended_why="解除")
    world.received()
    day_before = DURING - timedelta(days=1)
    assert world.under_clause(day_before, "特記事項 第11", "return").state is State.NOT_DUE
    duty = world.under_clause(DURING, "特記事項 第11", "return")
    assert (duty.state, duty.due) == (State.DUE, DURING)
    assert "直ちに" in duty.why
    assert world.under_clause(DURING + timedelta(days=1), "特記事項 第11", "return").state is State.OVERDUE


def test_disposal_settles_the_end_where_the_annex_allows_it(world: World) -> None:
    world.under("kimitsu-hoji")
    gone = world.disposal(world.received(), done=END)
    assert world.under_clause(AFTER, "第7条第2項", "disposal").state is State.SATISFIED
    assert world.under_clause(AFTER, "第7条第2項", "return").state is State.CONFIRM
    assert world.under_clause(AFTER, "第7条第2項", "disposal-approval").state is State.DUE
    world.change(gone, approval=world.approval("廃棄", basis="指示", granted=END).id)
    for kind in ("return", "disposal", "disposal-approval"):
        assert world.under_clause(AFTER, "第7条第2項", kind).state is State.SATISFIED


def test_a_disposal_with_a_failed_line_cannot_be_certified(world: World) -> None:
    world.under("kimitsu-hoji")
    failed = world.disposal(world.received(medium="外付HDD"), method="物理的破壊", result="不良")
    duty = world.under_clause(DURING, "第7条第5項", "disposal-certificate")
    assert "不良" in duty.missing[0].text
    assert (duty.next.action, duty.next.id) == (Action.OPEN, failed.id)
    assert world.under_clause(DURING, "第7条第3項", "disposal").state is State.DUE


def test_a_temp_worker_is_asked_about_only_where_there_is_one(world: World) -> None:
    world.under("kimitsu-hoji")
    world.worker()
    assert world.under_clause(DURING, "第10条第1項", "dispatch-contract").state is State.NOT_APPLICABLE
    assert world.under_clause(DURING, "第10条第2項", "supervision").state is State.NOT_APPLICABLE
    world.worker("派遣次郎", employment="派遣", agency="架空派遣")
    assert world.under_clause(DURING, "第10条第1項", "dispatch-contract").state is State.OVERDUE
    assert world.under_clause(DURING, "第10条第2項", "supervision").state is State.CONFIRM


def test_without_a_form_for_it_a_duty_names_no_step_to_print(world: World) -> None:
    world.under("kimitsu-hoji")
    world.use(world.place())
    found = duties(world.facts(), world.catalogue, {}, BEFORE)
    duty = next(d for d in found if d.kind == "work-location")
    assert (duty.state, duty.next.action) == (State.DUE, Action.NONE)


@pytest.mark.parametrize(
    ("after", "state"), [(-1, State.NOT_DUE), (0, State.SATISFIED), (1, State.SATISFIED)]
)
def test_nothing_is_owed_or_fulfilled_before_the_contract_is_signed(
    world: World, after: int, state: State
) -> None:
    world.device_use(world.device(), location=world.place().id, person=world.worker().id, starts=BEFORE)
    world.change(world.contract, signed_on=DURING, starts_on=BEFORE)
    assert world.duty(DURING + timedelta(days=after), "equipment-register", "standing").state is state
