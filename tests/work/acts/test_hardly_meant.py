"""What is possible and hardly meant is said before it is written, in every act alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.duties.rules.gone import DOING
from app.records import SPECS, Device, DeviceUse, Incident, Record
from app.records.days import DayOnly
from app.records.incident import Stage
from app.records.kinds import Ref, Rows
from app.records.training import Attendance
from app.work.acts.catalogue import ACTS
from app.work.acts.handing.rows import ReceivedThing, ReturnedThing
from app.work.acts.plan import Plan
from tests.support.acting import about, new, only, planned, then
from tests.support.world import DURING, END, START, World

DAY = timedelta(days=1)
AT = datetime.combine(DURING, time(9, 30))
THING = ReceivedThing(item="申請書", classification="個人情報", medium="紙", quantity=3, unit="枚")


def act(name: str, world: World, *records: Record, **answers: Any) -> Plan:
    return planned(world, ACTS[name], *records, **answers)


# years ago, or years ahead


@pytest.mark.parametrize(
    ("on", "told"),
    [(date(2024, 6, 1), False), (date(2024, 5, 31), True), (date(2017, 6, 1), True), (DURING, False)],
)
def test_a_line_of_the_course_years_ago_is_told(world: World, on: date, told: bool) -> None:
    plan = act("note-incident", world, world.incident(), at=datetime.combine(on, time(9)), what="届け出た")
    assert plan.ready
    assert any("年前です。日付を確かめてください" in one for one in plan.draft.remarks) is told


def test_a_day_in_a_row_is_looked_at_too(world: World) -> None:
    far = replace(THING, return_by=date(2062, 4, 1))
    plan = act("receive", world, world.contract, on=DayOnly(DURING), things=(far,))
    assert about(plan.draft.remarks, "返却期限の2062年（令和44年）", "年先です")


def test_what_stood_there_before_is_not_asked_about(world: World) -> None:
    held = world.audit(announced_on=date(2010, 4, 1), held_on=date(2010, 4, 2))
    assert not act("hold-audit", world, held, attended="佐藤").draft.remarks
    moved = act("hold-audit", world, held, held_on=date(2010, 4, 3)).draft.remarks
    assert about(moved, "実施日の2010年（平成22年）は16年前です")


# before a contract begins, after it ended


def copied(world: World, on: date) -> Plan:
    return act("copy", world, world.received(3), on=DayOnly(on), quantity=1, today=END + 9 * DAY)


def out(world: World, on: date) -> Plan:
    return act("check-out-asset", world, world.received(3), on=DayOnly(on), to="県庁", today=END + 9 * DAY)


def received(world: World, on: date) -> Plan:
    return act("receive", world, world.contract, on=DayOnly(on), things=(THING,), today=END + 9 * DAY)


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, False), (1, True)])
@pytest.mark.parametrize(("do", "word"), [(copied, "複写"), (out, "持出し"), (received, "受領")])
def test_what_is_done_after_the_contract_is_told(
    world: World, do: Callable[[World, date], Plan], word: str, days: int, told: bool
) -> None:
    plan = do(world, END + days * DAY)
    assert plan.ready, plan.refusals
    said = f"R8-001は令和9年3月31日に終わります。終了後の{word}かを確かめてください。"
    assert (said in plan.draft.remarks) is told


def test_a_copy_planned_after_the_contract_is_told(world: World) -> None:
    plan = act("copy", world, world.received(3), on=DayOnly(END + DAY), quantity=1)
    assert about(plan.draft.remarks, "終了後の複写か")
    assert about(plan.draft.remarks, "予定として")


def test_what_is_left_is_given_back_after_the_contract_without_a_word(world: World) -> None:
    asset = world.received(3)
    plan = act(
        "return",
        world,
        asset,
        on=DayOnly(END + DAY),
        today=END + DAY,
        things=(ReturnedThing(asset=asset.id, quantity=3),),
    )
    assert plan.ready
    assert not [one for one in plan.draft.remarks if "終わります" in one]


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_what_lies_before_the_contract_is_told(world: World, days: int, told: bool) -> None:
    on = DayOnly(START + days * DAY)
    course = act("note-incident", world, world.incident(), at=on, what="届け出た")
    accident = act("report-accident", world, world.contract, kind="漏えい", found=on)
    for plan in (course, accident):
        assert plan.ready
        assert any("契約の始期（令和8年4月1日）より前" in one for one in plan.draft.remarks) is told


# one thing entered twice


def twice(world: World, first: Mapping[str, Any], second: Mapping[str, Any]) -> Plan:
    held = world.incident(found=DURING - DAY)
    made = then(act("tell-client", world, held, **first)).get(Incident, held.id)
    world.change(made)
    return act("tell-client", world, made, **second)


WHOM = {"at": AT, "to_whom": "保険課 森下"}


def test_the_same_word_is_not_told_twice(world: World) -> None:
    said = only(twice(world, WHOM, WHOM))
    assert "同じ日時（令和8年6月1日 9時30分）の連絡が「第一報（口頭・電話）」として登録されています" in said
    # The next stage is what is proposed: a word entered twice would pass for the written report.
    assert "別の連絡のときは" in only(twice(world, WHOM, {**WHOM, "stage": str(Stage.WRITTEN)}))
    assert "別の連絡のときは" in only(twice(world, WHOM, {**WHOM, "stage": str(Stage.FIRST)}))


@pytest.mark.parametrize("other", [{"to_whom": "保険課 本多"}, {"content": "件数の訂正"}])
def test_another_word_in_the_same_minute_is_told(world: World, other: dict[str, Any]) -> None:
    plan = twice(world, WHOM, {**WHOM, **other})
    assert plan.ready
    assert about(plan.draft.remarks, "同じ日時の連絡（第一報（口頭・電話）、保険課 森下）", "別の連絡かを")


@pytest.mark.parametrize("minutes", [-1, 1])
def test_a_word_in_another_minute_is_another(world: World, minutes: int) -> None:
    plan = twice(world, WHOM, {**WHOM, "at": AT + timedelta(minutes=minutes)})
    assert plan.ready
    assert not plan.draft.remarks


def test_both_reports_of_a_day_without_an_hour_may_be_true(world: World) -> None:
    day = {"at": DayOnly(DURING), "to_whom": "保険課 森下"}
    assert twice(world, day, {**day, "stage": str(Stage.WRITTEN)}).ready
    assert only(twice(world, day, {**day, "stage": str(Stage.FIRST)}))


def test_the_same_line_of_the_course_is_not_added_twice(world: World) -> None:
    held = world.incident()
    said = {"at": AT, "what": "警察に届け出た", "who": "佐藤"}
    made = then(act("note-incident", world, held, **said)).get(Incident, held.id)
    world.change(made)
    assert "同じ経過" in only(act("note-incident", world, made, **said))
    assert act("note-incident", world, made, **{**said, "who": "鈴木"}).ready


# who had left


_STANDING = {
    ("assignment", "person"): "its end follows from the leaving",
    ("structure", "person"): "a place in the chart that goes on is told by its duty",
    ("structure", "reports_to"): "as above",
    ("system", "administrator"): "as it stands now, without a day",
    ("location", "responsible"): "as it stands now, without a day",
    ("oath", "person"): "an oath on leaving is signed after the last day, too",
}
"""Who is named without doing anything on a day; in rows people are named and not counted among them."""


def test_everybody_who_does_something_on_a_day_is_looked_at() -> None:
    named = {
        (name, one.name)
        for name, spec in SPECS.items()
        for one in spec.fields
        if isinstance(one.kind, Ref) and one.kind.to == "person" and not isinstance(one.kind, Rows)
    }
    known = {(cls.spec.name, who) for cls, pairs in DOING.items() for who, _when in pairs}
    assert named == known | set(_STANDING)


def _typed(world: World, cls: type[Record]) -> Record:
    match cls.spec.name:
        case "event":
            return world.event(world.received(), "使用", day=DURING)
        case "device_use":
            return world.device_use(world.device(), starts=DURING)
        case _:
            return world.improvement(DURING)


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
@pytest.mark.parametrize(
    "cls", [one for one in DOING if one.spec.name in ("event", "device_use", "improvement")]
)
def test_in_the_editor_nobody_does_anything_after_the_last_day(
    world: World, cls: type[Record], days: int, refused: bool
) -> None:
    held = _typed(world, cls)
    person = world.person("佐藤花子", left_on=DURING + days * DAY)
    who = DOING[cls][0][0]
    found = world.problems(world.change(held, **{who: person.id}))
    assert [one.path for one in found] == ([who] if refused else [])
    if refused:
        assert found[0].sentence.startswith("佐藤花子は令和8年5月31日に退職しています。")


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_nobody_was_taught_after_the_last_day(world: World, days: int, refused: bool) -> None:
    person = world.person("佐藤花子", left_on=DURING + days * DAY)
    held = world.training(person, held=DURING)
    made_up = Attendance(person=person.id, outcome="欠席", made_up_on=DURING)
    late = world.change(world.training(held=START), attendance=(made_up,))
    away = world.change(
        world.training(held=DURING), attendance=(Attendance(person=person.id, outcome="欠席"),)
    )
    for session in (held, late):
        found = [one.path for one in world.problems(session)]
        assert found == (["attendance.1.person"] if refused else [])
    assert not world.problems(away)


def used(world: World, left: date) -> tuple[Device, DeviceUse, int]:
    home = world.place("本社")
    world.use(home)
    person = world.person("佐藤花子", left_on=left)
    device = world.device()
    return device, world.device_use(device, location=home.id, person=person.id), person.id


@pytest.mark.parametrize(("days", "asked"), [(-1, True), (0, False), (1, False)])
@pytest.mark.parametrize(("name", "kind"), [("check-out", "持出し先"), ("bring-in", "発注者の施設")])
def test_whoever_had_left_takes_nothing_out_by_silence(
    world: World, name: str, kind: str, days: int, asked: bool
) -> None:
    device, _use, person = used(world, DURING + days * DAY)
    place = world.place("架空市役所", kind=kind)
    plan = act(name, world, device, to=place.id, on=DURING)
    assert [one.field for one in plan.asks if one.needed] == (["person"] if asked else [])
    if asked:
        assert about((one.text for one in plan.asks), "令和8年5月31日に退職しています", "持ち出す者を")
        other = world.worker("小林翔")
        assert act(name, world, device, to=place.id, on=DURING, person=other.id).ready
    else:
        assert [one.person for one in new(plan, DeviceUse)] == [person]


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_what_is_back_or_moves_is_with_nobody_who_had_left(world: World, days: int, told: bool) -> None:
    device, use, person = used(world, DURING + days * DAY)
    other = world.place("分室")
    world.use(other)
    moved = act("move", world, device, to=other.id, on=DURING)
    away = world.place("県庁", kind="持出し先")
    world.change(use, ends_on=START + DAY)
    world.device_use(device, starts=START + DAY, location=away.id, person=person)
    back = act("check-in", world, device, on=DURING)
    for plan in (moved, back):
        assert plan.ready, (plan.refusals, plan.asks)
        assert [one.person for one in new(plan, DeviceUse)] == [None if told else person]
        assert any("「使用者の変更」で" in one for one in plan.draft.remarks) is told
