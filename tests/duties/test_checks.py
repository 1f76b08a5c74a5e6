"""The cross-checks in the words of those who read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.duties.checks import findings
from app.duties.duty import Action
from app.duties.finding import Finding
from app.duties.view import ContractView
from app.records import BackupRun
from app.records.for_contract import ForContract
from app.work.assessing import assess
from tests.support.check_examples import LEDGER_EXAMPLES
from tests.support.check_story import approval
from tests.support.world import AFTER, BEFORE, DURING, END, START, World

DAY = timedelta(days=1)


def seen(world: World, day: date, name: str) -> list[Finding]:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, day)
    return [one for one in findings(view) if one.check == name]


def test_a_device_at_a_place_not_notified_names_the_place_and_offers_the_notice(world: World) -> None:
    clause = world.clause("work-location", "before-start", submit="beforehand")
    place = world.place("支社")
    world.use(place)
    use = world.device_use(world.device(), location=place.id)
    (one,) = seen(world, DURING, "device-outside")
    assert "届出書を提出していない支社" in one.text
    assert (one.record, one.id, one.clause) == ("device_use", use.id, clause.number)
    assert (one.next.action, one.next.target) == (Action.ISSUE, "location-notice")
    world.issue("location-notice")
    assert not seen(world, DURING, "device-outside")


def test_a_device_that_an_approval_let_go_is_not_outside(world: World) -> None:
    world.use(world.place())
    held = approval(world, "機器持出")
    use = world.device_use(world.device(), location=world.place("取引先").id)
    assert seen(world, DURING, "device-outside")
    world.change(use, approval=held.id)
    assert not seen(world, DURING, "device-outside")


def test_a_used_device_without_encryption_that_holds_an_asset_is_named_with_the_asset(world: World) -> None:
    asset = world.received(2, medium="USBメモリ")
    weak, strong = world.device("なし"), world.device()
    world.event(asset, "使用", day=DURING, device=weak.id)
    (one,) = seen(world, DURING, "storage-unencrypted")
    assert asset.number in one.text
    assert one.id == weak.id
    world.event(asset, "使用", day=DURING + DAY, device=strong.id)
    assert not seen(world, DURING + DAY, "storage-unencrypted")
    assert seen(world, DURING, "storage-unencrypted"), "a past day is asked as it was"


def test_storage_of_which_nothing_is_known_is_told_too(world: World) -> None:
    world.device_use(world.device(None))
    assert "分かりません" in seen(world, DURING, "storage-unencrypted")[0].text


def test_what_was_handed_back_leaves_no_asset_on_a_weak_device(world: World) -> None:
    asset = world.received(1, medium="USBメモリ")
    world.event(asset, "使用", day=DURING, device=world.device("なし").id)
    world.event(asset, "返還", day=DURING + DAY)
    assert not seen(world, DURING + DAY, "storage-unencrypted")


def test_a_device_that_was_destroyed_is_not_in_use(world: World) -> None:
    device = world.device(kind="USBメモリ")
    use = world.device_use(device)
    disposal = world.disposal(world.received())
    world.change(disposal, lines=(replace(disposal.lines[0], asset=None, device=device.id),))
    assert not seen(world, DURING, "device-retired-in-use"), "on its own day it may still have been used"
    (one,) = seen(world, DURING + DAY, "device-retired-in-use")
    assert one.id == use.id


def test_a_hundred_uses_by_an_outsider_are_one_line(world: World) -> None:
    person = world.person("𠮷田一郎")
    asset = world.received()
    for number in range(100):
        world.event(asset, "使用", day=DURING + number * DAY, person=person.id)
    (one,) = seen(world, END, "handled-by-outsider")
    assert "ほか99件" in one.text
    assert "𠮷田一郎" in one.text


def test_a_take_out_is_late_by_the_end_of_its_approval_before_the_thirty_days(world: World) -> None:
    held = approval(world, "持出", ends_on=DURING + 5 * DAY)
    world.event(world.received(), "持出", day=DURING, approval=held.id)
    assert not seen(world, DURING + 5 * DAY, "take-out-not-back")
    (one,) = seen(world, DURING + 6 * DAY, "take-out-not-back")
    assert one.next.action is Action.ADD
    assert dict(one.next.given)["kind"] == "持帰"


def test_a_take_out_without_a_day_of_return_is_late_after_thirty_days(world: World) -> None:
    world.event(world.received(), "持出", day=DURING)
    assert not seen(world, DURING + 30 * DAY, "take-out-not-back")
    assert seen(world, DURING + 31 * DAY, "take-out-not-back")


def test_the_missing_approval_can_be_added_with_one_click(world: World) -> None:
    world.clause("takeout-approval", "each-time")
    event = world.event(world.received(), "持出", day=DURING)
    (one,) = seen(world, DURING, "take-out-unapproved")
    assert (one.record, one.id) == ("event", event.id)
    assert (one.next.action, one.next.target) == (Action.ADD, "approval")


def test_oaths_of_all_stand_in_for_the_list_where_the_clause_says_so(world: World) -> None:
    world.clause("worker-list", "before-start", submit="beforehand", instead="oath")
    person = world.worker()
    assert seen(world, DURING, "worker-unlisted")
    world.oath(person)
    world.issue("oath")
    assert not seen(world, DURING, "worker-unlisted")


def test_what_is_left_after_the_end_is_excused_by_a_written_instruction_only(world: World) -> None:
    world.received(3)
    assert not seen(world, END - DAY, "asset-left")
    (one,) = seen(world, END, "asset-left")
    assert "3枚" in one.text
    said = world.instruction("返還・廃棄の求め", written=False)
    world.change(world.contract, closing_instruction=said.id)
    assert seen(world, END, "asset-left")
    world.change(said, written=True)
    assert not seen(world, END, "asset-left")


def test_backups_left_are_one_line_for_each_thing_and_end_with_a_disposal_that_names_it(
    world: World,
) -> None:
    rows = (ForContract(contract=world.contract.id),)
    for number in range(3):
        world.add(BackupRun(what="入力データ", contracts=rows, done_on=DURING + number * DAY))
    assert not seen(world, END, "backup-left")
    (one,) = seen(world, AFTER, "backup-left")
    assert "3回分" in one.text
    disposal = world.disposal(world.received(), done=END)
    line = replace(disposal.lines[0], item="入力データのバックアップ")
    world.change(disposal, lines=(line,))
    assert not seen(world, AFTER, "backup-left")


def test_a_planned_use_that_became_a_fact_is_no_finding(world: World) -> None:
    device = world.device()
    world.device_use(device, status="予定", starts=DURING)
    assert not seen(world, DURING, "device-plan-left")
    assert seen(world, DURING + DAY, "device-plan-left")


def test_facts_of_a_later_day_do_not_count_yet(world: World) -> None:
    world.clause("oath", "before-start")
    world.oath(world.worker(), signed=DURING)
    assert seen(world, START, "worker-without-oath")
    assert not seen(world, DURING, "worker-without-oath")
    assert not seen(world, BEFORE, "worker-without-oath")


def test_an_assessment_holds_the_findings_of_its_contracts_and_of_none(world: World) -> None:
    world.clause("oath", "before-start")
    world.worker()
    today = LEDGER_EXAMPLES["clock-set-back"](world, True)
    made = assess(world.facts(), world.catalogue, world.forms, today, today=today)
    own = {one.check for one in made.findings_of(world.contract.id)}
    assert "worker-without-oath" in own
    assert [one.check for one in made.findings_of(0)] == ["clock-set-back"]
    assert set(made.findings) == {*made.findings_of(world.contract.id), *made.findings_of(0)}
    assert made.findings_of(999) == ()
    asked_about = assess(world.facts(), world.catalogue, world.forms, END)
    assert not asked_about.findings_of(0), "another day than that of the clock says nothing about the clock"
