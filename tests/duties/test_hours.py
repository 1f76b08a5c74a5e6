"""An hour that nobody knows: never made up, never in the way of the truth, never kinder than the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from app.annexes.choices import Urgency
from app.annexes.kinds import State
from app.duties.checks import findings
from app.duties.duty import Action
from app.duties.holding.balance import Balance, balance
from app.duties.view import ContractView
from app.records import Asset, Event
from app.records.days import DayOnly
from app.records.incident import IncidentNotice, Stage
from tests.support.world import DURING, END, START, World, moment

DAY = timedelta(days=1)


def one(world: World, asset: Asset, day: date | None = None) -> Balance:
    return next(held for held in balance(world.facts(), world.contract.id, day) if held.asset == asset)


def found(world: World, name: str, day: date = DURING) -> list[str]:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)
    return [finding.text for finding in findings(view) if finding.check == name]


# --- balance and door -------------------------------------------------------------------------------


@pytest.mark.parametrize("came", [None, 10])
@pytest.mark.parametrize("went", [None, 9, 11])
def test_what_came_and_went_on_one_day_is_refused_for_its_order_only_where_that_is_known(
    world: World, came: int | None, went: int | None
) -> None:
    asset = world.asset()
    world.event(asset, "受領", 2, DURING, hour=came)
    given = world.event(asset, "返還", 2, DURING, hour=went)
    certainly_before = came == 10 and went == 9
    assert bool(world.problems(given)) is certainly_before
    assert one(world, asset).held == 0


def test_more_than_the_day_can_give_is_refused_whatever_its_hours(world: World) -> None:
    asset = world.asset()
    world.event(asset, "受領", 2, DURING, hour=None)
    given = world.event(asset, "返還", 3, DURING, hour=None)
    (problem,) = world.problems(given)
    assert "（2枚）を超えます" in problem.sentence
    assert world.problems(world.change(given, quantity=2)) == ()


def test_taken_out_and_brought_back_on_one_day_without_hours(world: World) -> None:
    asset = world.received(2)
    out = world.event(asset, "持出", 2, DURING, hour=None)
    back = world.event(asset, "持帰", 2, DURING, hour=8)
    assert world.problems(out, back) == ()
    assert one(world, asset).out == 0
    assert world.problems(world.change(back, quantity=3)) != ()


@pytest.mark.parametrize(("day", "held"), [(START, 0), (DURING, 2)])
def test_it_counts_from_its_own_day(world: World, day: date, held: int) -> None:
    asset = world.asset()
    world.event(asset, "受領", 2, DURING, hour=None)
    assert one(world, asset, day).held == held


def test_the_place_of_a_known_hour_counts_after_the_place_of_an_unknown_one(world: World) -> None:
    asset, first, later = world.received(), world.place("本社"), world.place("支社")
    world.event(asset, "保管場所変更", day=DURING, hour=9, location=later.id)
    world.event(asset, "保管場所変更", day=DURING, hour=None, location=first.id)
    assert one(world, asset).place == later


@pytest.mark.parametrize(("day", "odd"), [(START, False), (END, False), (END + DAY, True)])
def test_the_last_day_of_the_work_belongs_to_it_without_an_hour_too(
    world: World, day: date, odd: bool
) -> None:
    world.clause("handling-ledger", "each-time")
    world.event(world.received(), "使用", day=day, hour=None)
    assert bool(found(world, "event-out-of-time", END + 2 * DAY)) is odd


# --- incidents --------------------------------------------------------------------------------------


@pytest.mark.parametrize("found_hour", [None, 10])
@pytest.mark.parametrize("other", [None, 9, 11])
def test_only_what_was_certainly_out_of_order_is_refused(
    world: World, found_hour: int | None, other: int | None
) -> None:
    held = replace(world.incident(), found_at=moment(DURING, found_hour), happened_at=moment(DURING, other))
    certain = found_hour is not None and other is not None
    assert bool(held.spec.check(held)) is (certain and other == 11)
    told = world.tell(replace(held, happened_at=None), "第一報（口頭・電話）", DURING, other)
    told = replace(told, found_at=moment(DURING, found_hour))
    assert bool(told.spec.check(told)) is (certain and other == 9)
    before = replace(told, found_at=moment(DURING + DAY, found_hour))
    assert set(before.spec.check(before)) == {"notices.1.notified_at"}


@pytest.mark.parametrize(
    ("at", "told", "state"),
    [
        (10, 11, State.SATISFIED),
        (None, 11, State.CONFIRM),
        (10, None, State.CONFIRM),
        (None, None, State.CONFIRM),
    ],
)
def test_whether_the_client_was_told_at_once_is_asked_where_an_hour_is_not_known(
    world: World, at: int | None, told: int | None, state: State
) -> None:
    incident = world.incident()
    world.change(incident, found_at=moment(DURING, at))
    world.tell(incident, "第一報（口頭・電話）", DURING, told)
    duty = world.duty(DURING, "incident-notice", "on-incident", urgency=Urgency.AT_ONCE)
    assert duty.state is state
    absent = [label for label, hour in (("発見した日時", at), ("報告した日時", told)) if hour is None]
    assert [gap.text for gap in duty.missing] == [
        f"{incident.number}の「{label}」（令和8年6月1日）に時刻がありません。" for label in absent
    ]
    assert all(gap.step.action is Action.OPEN for gap in duty.missing)


def test_a_report_that_was_never_made_presses_before_any_hour(world: World) -> None:
    incident = world.incident()
    world.change(incident, found_at=DayOnly(DURING))
    duty = world.duty(DURING + DAY, "incident-notice", "on-incident", urgency=Urgency.AT_ONCE)
    assert duty.state is State.OVERDUE
    assert duty.missing[0].text == f"{incident.number}（発見令和8年6月1日）の報告が記録されていません。"


def test_a_clock_of_days_asks_for_no_hour(world: World) -> None:
    incident = world.incident()
    world.change(incident, found_at=DayOnly(DURING))
    world.tell(incident, "第一報（口頭・電話）", DURING, None)
    duty = world.duty(DURING, "incident-notice", "on-incident", urgency=Urgency.SPEEDILY)
    assert duty.state is State.SATISFIED
    assert found(world, "incident-hour") == [
        f"{incident.number}の「発見した日時」「報告した日時」に時刻がないため、"
        "分かるときは時刻も入力してください。"
    ]


# --- 0:00 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "note", "odd"),
    [(0, "", True), (None, "", False), (1, "", False), (0, "０時に回収", False), (0, "夜間に回収", True)],
)
def test_midnight_sharp_is_asked_about_until_somebody_says_so(
    world: World, hour: int | None, note: str, odd: bool
) -> None:
    asset = world.received()
    world.event(asset, "使用", day=DURING, hour=hour, note=note)
    told = found(world, "at-midnight")
    assert bool(told) is odd
    if odd:
        assert told[0].startswith(f"{asset.number}の使用（令和8年6月1日）の時刻が0時00分になっているため、")


def test_many_of_midnight_are_one_sentence(world: World) -> None:
    asset = world.received()
    for _ in range(3):
        world.event(asset, "使用", day=DURING, hour=0)
    (text,) = found(world, "at-midnight")
    assert "など3件の時刻が0時00分" in text


def test_an_incident_of_midnight_is_named_with_its_field(world: World) -> None:
    incident = world.incident()
    world.change(incident, found_at=moment(DURING, 0))
    assert found(world, "at-midnight")[0].startswith(f"{incident.number}の「発見した日時」の時刻が0時00分")


def test_events_are_listed_in_the_order_of_their_days_and_then_hours(world: World) -> None:
    asset = world.received()
    for hour in (9, None, 0):
        world.event(asset, "使用", day=DURING, hour=hour)
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, DURING)
    listed: list[Event] = [event for event, _asset in view.events_of("使用")]
    assert [event.happened_at for event in listed] == [moment(DURING, hour) for hour in (None, 0, 9)]


@pytest.mark.parametrize("hour", [None, 9])
@pytest.mark.parametrize(("after", "refused"), [(-1, False), (0, False), (1, True)])
def test_what_is_found_or_told_is_so_by_the_day_of_writing(
    world: World, hour: int | None, after: int, refused: bool
) -> None:
    at = moment(DURING + after * DAY, hour)
    notice = IncidentNotice(stage=Stage.FIRST.value, notified_at=at)
    held = world.change(world.incident(), found_at=at, notices=(notice,))
    written = replace(held, recorded_at=datetime.combine(DURING, time(12)))
    paths = {problem.path for problem in world.problems(written)}
    assert paths == ({"found_at", "notices.1.notified_at"} if refused else set())


@pytest.mark.parametrize(("after", "refused"), [(0, False), (1, True)])
def test_what_was_done_was_done_by_the_day_of_writing(world: World, after: int, refused: bool) -> None:
    event = world.event(world.received(), "使用", day=DURING + after * DAY, hour=None)
    written = replace(event, recorded_at=datetime.combine(DURING, time(12)))
    assert ("happened_at" in {problem.path for problem in world.problems(written)}) is refused


NOW = datetime.combine(DURING, time(12, 0, 30))


@pytest.mark.parametrize(("minutes", "refused"), [(-1, False), (0, False), (1, True)])
def test_an_hour_of_the_day_of_writing_has_to_have_come(world: World, minutes: int, refused: bool) -> None:
    at = NOW.replace(second=0) + timedelta(minutes=minutes)
    notice = IncidentNotice(stage=Stage.FIRST.value, notified_at=at)
    held = world.incident(found=DURING - DAY)
    found = world.problems(replace(world.change(held, notices=(notice,)), recorded_at=NOW))
    assert [one.path for one in found] == (["notices.1.notified_at"] if refused else [])
    event = world.event(world.received(), "使用", day=DURING)
    told = world.problems(replace(event, happened_at=at, recorded_at=NOW))
    assert [one.path for one in told] == (["happened_at"] if refused else [])
    if refused:
        assert "令和8年6月1日 12時01分）がいま（12時00分）より後です" in told[0].sentence
        assert "「予定」として" in told[0].sentence
        assert found[0].sentence.endswith("行った後に、その日時を記録してください。")
    plan = replace(event, happened_at=at, status="予定", recorded_at=NOW)
    assert not world.problems(plan)
