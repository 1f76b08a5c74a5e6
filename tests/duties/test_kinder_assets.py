"""Nothing counts as gone that is only gone from the ledger: hand-overs, copies, plans, requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.annexes.asks import Asks
from app.annexes.choices import Act, Cycle, Exempt, Urgency
from app.annexes.kinds import State
from app.counting.deadlines import periods
from app.duties.checks import findings
from app.duties.duty import Duty
from app.duties.holding.balance import balance, whereabouts
from app.duties.view import ContractView
from app.records import Client, Disposal, Event, Vendor
from tests.support.world import AFTER, DURING, END, START, World

DAY = timedelta(days=1)
LATER = DURING + 30 * DAY
_BACK: dict[str, Any] = {"acts": (Act.RETURN,), "copies": True, "exception": (Exempt.INSTRUCTION,)}


def seen(world: World, day: date, check: str) -> list[int]:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)
    return [one.id for one in findings(view) if one.check == check]


def returned(world: World, **asks: Any) -> Duty:
    return world.duty(AFTER, "return", "on-completion", **{**_BACK, **asks})


def given(world: World, kind: str, to: str, **values: Any) -> Any:
    world.event(world.received(3), kind, 3, END, to_party=to, **values)
    return balance(world.facts(), world.contract.id)[0]


# into whose hands


@pytest.mark.parametrize("kind", ["返還", "引渡"])
@pytest.mark.parametrize(
    "to",
    [
        "架空市",
        "架空市　総務課",
        "架空市役所 市民課 高橋",
        "架空市長",
        "架空市長 様",
        "総務課 高橋",
        "発注者",
        "高橋次郎",
        "架空市教育委員会 学務課",
    ],
)
def test_what_the_client_has_again_is_given_back(world: World, kind: str, to: str) -> None:
    client = world.facts().all(Client)[0]
    world.change(client, department="総務課", handover_person="総務課 高橋次郎")
    one = given(world, kind, to)
    assert (one.returned, one.held, one.away) == (3, 0, 0)
    assert returned(world).state is State.SATISFIED


@pytest.mark.parametrize(
    "to",
    [
        "架空運輸株式会社",
        "架空データ株式会社",
        "（株）架空市サービス",
        "架空市社会福祉協議会",
        "架空市商工会議所",
        "社会福祉法人架空市の里 総務課",
    ],
)
@pytest.mark.parametrize("kind", ["返還", "引渡"])
def test_what_somebody_else_has_stays_and_is_asked_for(world: World, kind: str, to: str) -> None:
    one = given(world, kind, to)
    assert (one.returned, one.held, one.away, one.unclear) == (0, 3, 3, 0)
    assert whereabouts(one) == f"{to}に渡した3枚"
    duty = returned(world)
    assert duty.state is State.OVERDUE
    assert f"うち{to}に渡した3枚" in duty.missing[0].text
    assert seen(world, AFTER, "asset-left") == [one.asset.id]


def test_a_sub_contractor_is_not_the_client_whatever_it_is_called(world: World) -> None:
    world.delegate(world.subcontractor("架空市印刷課"))
    assert given(world, "返還", "架空市印刷課").away == 3


def test_an_unknown_company_on_a_hand_over_has_it_still(world: World) -> None:
    assert given(world, "引渡", "架空倉庫").away == 3
    assert returned(world).state is State.OVERDUE


@pytest.mark.parametrize(("kind", "to"), [("引渡", ""), ("返還", "高橋"), ("引渡", "架空市立病院")])
def test_whether_it_was_the_client_is_for_a_person_to_say(world: World, kind: str, to: str) -> None:
    one = given(world, kind, to)
    assert (one.held, one.unclear) == (3, 3)
    duty = returned(world)
    assert duty.state is State.CONFIRM
    assert "受け取った者を確かめてください" in duty.why


def test_a_return_to_nobody_named_is_one_to_the_client(world: World) -> None:
    assert given(world, "返還", "").returned == 3


def test_the_client_may_be_known_by_who_took_it(world: World) -> None:
    world.agreement(world.person(), client_persons="市民課 鈴木")
    assert given(world, "返還", "市民課窓口", counterpart="鈴木").returned == 3


def test_within_the_house_nothing_leaves_it(world: World) -> None:
    world.add(
        Vendor(
            name="当社データ株式会社",
            address="架空市1-1",
            representative_title="代表取締役",
            representative_name="山田",
        )
    )
    one = given(world, "引渡", "当社データ株式会社 業務部")
    assert (one.returned, one.held, one.away) == (0, 3, 0)


def test_what_others_bring_back_was_not_received_anew(world: World) -> None:
    asset = world.received(3)
    world.event(asset, "引渡", 3, DURING, to_party="架空運輸株式会社")
    world.event(asset, "受領", 2, DURING + DAY, from_party="架空運輸株式会社", to_party="当社")
    (one,) = balance(world.facts(), world.contract.id)
    assert (one.received, one.held, one.away) == (3, 3, 1)
    world.event(asset, "受領", 2, DURING + 2 * DAY, from_party="架空市", to_party="当社")
    assert balance(world.facts(), world.contract.id)[0].received == 5


def test_what_another_hands_straight_to_the_client_is_with_nobody_else(world: World) -> None:
    asset = world.received(3)
    world.event(asset, "引渡", 2, DURING, to_party="架空運輸株式会社")
    world.event(asset, "返還", 2, LATER, from_party="架空運輸株式会社", to_party="架空市")
    (one,) = balance(world.facts(), world.contract.id)
    assert (one.returned, one.held, one.away) == (2, 1, 0)


@pytest.mark.parametrize(("quantity", "refused"), [(1, False), (2, False), (3, True)])
def test_no_more_is_handed_to_others_than_is_here(world: World, quantity: int, refused: bool) -> None:
    asset = world.received(3)
    world.event(asset, "引渡", 1, DURING, to_party="架空運輸株式会社")
    more = world.event(asset, "引渡", quantity, LATER, to_party="架空倉庫株式会社")
    assert bool(world.problems(more)) is refused
    world.remove(more)
    out = world.event(asset, "持出", quantity, LATER)
    assert bool(world.problems(out)) is refused, "what others have cannot be taken out"


def test_a_contract_is_not_closed_while_others_have_something(world: World) -> None:
    world.event(world.received(3), "引渡", 3, DURING, to_party="架空運輸株式会社")
    ended = world.change(world.contract, ended_on=DURING, ended_why="解除")
    assert "うち架空運輸株式会社に渡した3枚" in world.problems(ended)[0].sentence


# copies


@pytest.mark.parametrize("number", ["第10条", "第11条"])
def test_minato_wants_the_copies_too(world: World, number: str) -> None:
    world.under("minato")
    asset = world.received()
    world.event(asset, "複写", day=DURING)
    world.event(asset, "返還", day=END)
    kind = "return" if number == "第10条" else "disposal"
    duty = world.under_clause(AFTER + 10 * DAY, number, kind)
    assert duty.state is State.OVERDUE
    copied = world.asset(copy_of=asset.id, medium="電子データ", unit="件")
    world.event(copied, "作成", day=DURING)
    assert copied.number in str(world.under_clause(AFTER, number, kind).missing)


def test_hofu_returns_the_originals_and_erases_the_copies(world: World) -> None:
    world.under("hofu")
    asset = world.received(2)
    assert world.under_clause(AFTER, "第7第1項", "disposal").state is State.NOT_DUE, "nothing was copied"
    world.event(asset, "複写", day=DURING)
    world.event(asset, "返還", 2, END)
    assert world.under_clause(AFTER, "第7第1項", "return").state is State.SATISFIED
    assert world.under_clause(AFTER, "第7第1項", "disposal").state is State.OVERDUE
    world.disposal(asset, done=END)
    assert world.under_clause(AFTER, "第7第1項", "disposal").state is State.SATISFIED
    assert world.under_clause(AFTER, "第7第1項", "disposal-certificate").state is State.OVERDUE


@pytest.mark.parametrize("annex", ["hofu", "kimitsu-hoji", "minato", "kawaguchi"])
def test_originals_destroyed_without_a_word_are_not_given_back(world: World, annex: str) -> None:
    clause = {
        "hofu": "第7第1項",
        "kimitsu-hoji": "第7条第2項",
        "minato": "第10条",
        "kawaguchi": "特記事項 第11",
    }
    world.under(annex)
    asset = world.received()
    gone = world.disposal(asset, done=END)
    duty = world.under_clause(AFTER, clause[annex], "return")
    assert duty.state is State.CONFIRM
    assert asset.number in duty.missing[0].text
    world.handle(gone, END, duty.clause, handled="発注者の事後の承諾を得た", handled_on=AFTER)
    duty = world.under_clause(AFTER, clause[annex], "return")
    assert duty.state is State.SATISFIED
    assert [(r.record, r.id, r.until) for r in duty.remarks] == [("disposal", gone.id, AFTER)]


def test_a_backup_that_nobody_erased_is_a_copy_left(world: World) -> None:
    world.event(world.received(), "返還", day=END)
    run = world.backup()
    duty = returned(world)
    assert (duty.state, duty.missing[0].id) == (State.CONFIRM, run.id)
    assert returned(world, copies=False).state is State.SATISFIED


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_return_after_its_deadline_stays_visible(world: World, late: int) -> None:
    asset = world.received()
    due = returned(world, urgency=Urgency.SPEEDILY).due
    assert due is not None
    on = due + late * DAY
    world.event(asset, "返還", day=on, to_party="架空市")
    duty = world.duty(on + DAY, "return", "on-completion", **_BACK, urgency=Urgency.SPEEDILY)
    assert duty.state is State.SATISFIED
    assert [(r.id, r.since, r.until, r.late) for r in duty.remarks] == (
        [(asset.id, due, on, True)] if late > 0 else []
    )


def test_at_once_is_the_last_day_itself(world: World) -> None:
    world.under("kawaguchi")
    asset = world.received()
    world.event(asset, "返還", day=END + 21 * DAY, to_party="架空市")
    duty = world.under_clause(END + 30 * DAY, "特記事項 第11", "return")
    assert duty.state is State.SATISFIED
    assert [(r.since, r.until) for r in duty.remarks] == [(END, END + 21 * DAY)]


# what was asked


def test_a_request_that_counts_as_answered_proves_nothing_while_things_are_here(world: World) -> None:
    world.under("besshi-44")
    asset = world.received(3)
    said = world.instruction("返還・廃棄の求め", DURING, answered_on=DURING + DAY)
    duty = world.under_clause(LATER, "40", "return")
    assert (duty.state, duty.missing[0].id) == (State.DUE, said.id)
    world.event(asset, "返還", 1, DURING + DAY, to_party="架空市")
    duty = world.under_clause(LATER, "40", "return")
    assert (duty.state, duty.missing[0].id) == (State.CONFIRM, asset.id)
    world.event(asset, "返還", 2, DURING + 2 * DAY, to_party="架空市")
    assert world.under_clause(LATER, "40", "return").state is State.SATISFIED


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_request_answered_late_stays_visible(world: World, late: int) -> None:
    world.under("besshi-44")
    on = LATER + late * DAY
    world.event(world.received(), "返還", day=on, to_party="架空市")
    said = world.instruction("返還・廃棄の求め", DURING, due_on=LATER, answered_on=on)
    duty = world.under_clause(on, "40", "return")
    assert duty.state is State.SATISFIED
    assert [(r.id, r.since, r.until) for r in duty.remarks] == ([(said.id, LATER, on)] if late > 0 else [])


def test_an_instruction_on_what_is_left_does_not_excuse_what_was_destroyed_wrongly(world: World) -> None:
    world.received()
    world.disposal(world.received(medium="USBメモリ"), method="磁気消去", done=END)
    said = world.instruction("指示", END, written=True)
    world.change(world.contract, closing_instruction=said.id)
    assert returned(world).state is State.DUE


# designated


@pytest.mark.parametrize(
    ("designated", "state"), [(True, State.OVERDUE), (False, State.NOT_DUE), (None, State.CONFIRM)]
)
def test_only_designated_hand_overs_are_to_be_submitted(
    world: World, designated: bool | None, state: State
) -> None:
    world.under("kawaguchi")
    world.received(designated=designated)
    assert world.under_clause(DURING, "契約書 第9条", "transfer-record").state is state


@pytest.mark.parametrize(
    ("designated", "state"), [(True, State.OVERDUE), (False, State.CONFIRM), (None, State.CONFIRM)]
)
def test_only_designated_assets_are_to_be_returned(
    world: World, designated: bool | None, state: State
) -> None:
    world.under("kawaguchi")
    world.received(designated=designated)
    assert world.under_clause(AFTER, "契約書 第10条", "return").state is state
    assert world.under_clause(AFTER, "特記事項 第11", "return").state is State.OVERDUE


def test_a_record_that_shows_all_hand_overs_serves_whatever_was_designated(world: World) -> None:
    world.under("kawaguchi")
    world.received()
    world.issue("transfer-record", on=START, submitted=START)
    assert world.under_clause(DURING, "契約書 第9条", "transfer-record").state is State.SATISFIED
    world.received(designated=True)
    assert world.under_clause(DURING, "契約書 第9条", "transfer-record").state is State.OVERDUE


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_a_record_handed_in_late_stays_visible(world: World, late: int) -> None:
    world.under("kawaguchi")
    world.received(designated=True)
    due = world.under_clause(START, "契約書 第9条", "transfer-record").due
    assert due is not None
    paper = world.issue("transfer-record", on=due + late * DAY, submitted=due + late * DAY)
    duty = world.under_clause(DURING, "契約書 第9条", "transfer-record")
    assert duty.state is State.SATISFIED
    assert [(r.id, r.since) for r in duty.remarks] == ([(paper.id, due)] if late > 0 else [])


# copies for other purposes


def copied(world: World, **values: Any) -> Duty:
    world.under("besshi-44")
    world.event(world.received(), "複写", day=DURING, **values)
    return world.under_clause(LATER, "6", "copy-approval")


def test_a_copy_for_the_work_is_none_for_other_purposes(world: World) -> None:
    approval = world.approval("複写", written=False)
    assert copied(world, approval=approval.id).state is State.NOT_DUE
    assert world.under_clause(LATER, "21", "copy-approval").state is State.SATISFIED


def test_a_copy_for_another_purpose_needs_a_written_approval(world: World) -> None:
    assert copied(world, for_work=False).state is State.DUE
    approval = world.approval("目的外利用", written=False)
    assert copied(world, for_work=False, approval=approval.id).state is State.DUE
    assert copied(world, for_work=True).state is State.DUE, "those before"


def test_a_copy_that_says_nothing_of_its_purpose_is_asked_about(world: World) -> None:
    duty = copied(world)
    assert (duty.state, duty.missing[0].record) == (State.CONFIRM, "event")
    assert copied(World(world._shipped), for_work=True).state is State.NOT_DUE


# planned or done


def test_a_plan_moves_nothing_and_proves_nothing(world: World) -> None:
    asset = world.received(2)
    world.event(asset, "返還", 1, DURING, status="予定", to_party="架空市")
    world.disposal(asset, status="予定", result="")
    (one,) = balance(world.facts(), world.contract.id)
    assert (one.returned, one.disposed, one.held) == (0, 0, 2)
    assert world.duty(LATER, "disposal", "each-time").state is State.NOT_DUE
    assert world.duty(LATER, "disposal-certificate", "each-time").state is State.NOT_DUE
    assert returned(world).state is State.OVERDUE
    assert not world.problems(*world.facts().all(Event), *world.facts().all(Disposal))


@pytest.mark.parametrize("day", [-1, 0, 1])
def test_what_is_still_to_come_is_not_done(world: World, day: int) -> None:
    now = datetime.combine(DURING, time(10))
    asset = world.received(2)
    done: tuple[Disposal | Event, ...] = (
        world.disposal(asset, done=DURING + day * DAY),
        world.event(asset, "返還", 1, DURING + day * DAY),
    )
    for record in done:
        written = world.change(record, recorded_at=now)
        found = [one.path for one in world.problems(written)]
        assert found == ([] if day <= 0 else ["done_on" if isinstance(record, Disposal) else "happened_at"])
        plan = replace(written, status="予定")
        assert not world.problems(world.change(plan))


@pytest.mark.parametrize(("day", "asked"), [(-1, False), (0, False), (1, True)])
def test_a_plan_whose_day_is_over_is_asked_about(world: World, day: int, asked: bool) -> None:
    world.clause("handling-ledger", "standing")
    asset = world.received(2)
    plan = world.event(asset, "返還", 1, DURING, status="予定")
    assert seen(world, DURING + day * DAY, "plan-passed") == ([plan.id] if asked else [])


# agreements


@pytest.mark.parametrize(("day", "late"), [(-1, False), (0, False), (1, True)])
def test_an_agreement_of_the_same_day_is_in_time(world: World, day: int, late: bool) -> None:
    world.received()
    agreed = world.agreement(world.person(), agreed=START + day * DAY)
    duty = world.duty(DURING, "transfer-method", "before-start")
    assert duty.state is State.SATISFIED
    assert [(r.id, r.since) for r in duty.remarks] == ([(agreed.id, START)] if late else [])


def test_a_hand_over_between_two_agreements_stays_visible(world: World) -> None:
    person = world.person()
    world.agreement(person, ends_on=DURING)
    world.event(world.received(2), "返還", 1, DURING + DAY)
    second = world.agreement(person, agreed=LATER)
    duty = world.duty(LATER, "transfer-method", "before-start")
    assert duty.state is State.SATISFIED
    assert [(r.id, r.since, r.until) for r in duty.remarks] == [(second.id, DURING + DAY, LATER)]


# periods


@pytest.mark.parametrize("late", [0, 1, 30])
def test_a_period_that_ends_with_the_contract_takes_what_was_done_later(late: int) -> None:
    asks = Asks(period_months=12, cycle=Cycle.CONTRACT_YEAR)
    on = END + late * DAY
    found = periods(asks, START, END, [on], on + DAY)
    assert found is not None
    assert (found.due.day, found.done, found.lapsed, found.missed) == (END, on, False, ())
