"""The path of a contract with the product's own forms: due, printed, submitted, satisfied, changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.annexes.catalogue import Catalogue
from app.annexes.kinds import State
from app.duties.case import FormFace, MissingFactsError
from app.duties.change_notices import drift
from app.duties.duty import Action, Duty
from app.records import Asset, Assignment, DeviceUse, Event, Location, LocationUse, Person, Vendor
from app.records.dated import with_former
from forms import all_forms
from tests.support.world import AFTER, BEFORE, DURING, EVE, START, World


@pytest.fixture(scope="module")
def forms() -> Mapping[str, FormFace]:
    return all_forms()


@pytest.fixture
def office(shipped: Catalogue, forms: Mapping[str, FormFace]) -> World:
    """A vendor with two workers, a place, a device and an asset, all entered as a careful officer would."""
    world = World(shipped, forms)
    world.add(
        Vendor(
            name="架空データ株式会社",
            address="架空市1-2-3",
            representative_title="代表取締役",
            representative_name="𠮷野太郎",
        )
    )
    lead = world.worker(
        "髙橋花子", "業務責任者", "個人情報保護管理責任者", department="業務部", post="部長", kana="タカハシ"
    )
    hand = world.worker("𠮷田一郎", department="業務部", post="主任", kana="ヨシダ")
    world.training(
        lead,
        hand,
        topics=("遵守事項", "罰則", "民事責任"),
        place="本社会議室",
        lecturer="髙橋花子",
        material="社内教材",
    )
    place = world.place("本社", area="取扱区域", entry_control="ICカード", store="金庫")
    world.use(place)
    device = world.device(
        maker="架空電機", model="X1", serial="S-1", os="Windows 11", anti_malware="Defender"
    )
    world.device_use(device, person=hand.id, location=place.id)
    world.received(3, identifier="封印1")
    return world


def duty_of(world: World, day: date, number: str, kind: str) -> Duty:
    return world.under_clause(day, number, kind)


SHEET = "　市の様式の文を読み、守ることを誓います。"


@pytest.mark.parametrize(
    ("number", "kinds", "form"),
    [
        ("第6条第4項", ("work-location",), "location-notice"),
        ("第9条第1項", ("responsible-person", "worker-list"), "personnel-report"),
    ],
)
def test_a_notice_is_due_then_printed_then_submitted_then_satisfied(
    office: World, number: str, kinds: tuple[str, ...], form: str
) -> None:
    office.under("kimitsu-hoji")
    for kind in kinds:
        duty = duty_of(office, BEFORE, number, kind)
        assert (duty.state, duty.due, duty.next.target) == (State.DUE, EVE, form)
    made = office.issue(form, submitted=None)
    for kind in kinds:
        duty = duty_of(office, BEFORE, number, kind)
        assert (duty.state, duty.next.action, duty.next.id) == (State.DUE, Action.SUBMIT, made.id)
    office.change(made, submitted_on=BEFORE, how="持参")
    for kind in kinds:
        assert duty_of(office, DURING, number, kind).state is State.SATISFIED


def test_oaths_are_printed_before_the_start_signed_and_submitted(office: World) -> None:
    office.under("kawaguchi")
    office.change(office.contract, oath_wording=SHEET)
    number = "特記事項 第14第1項"
    assert duty_of(office, BEFORE, number, "oath").next.target == "oath"
    made = office.issue("oath", submitted=None)
    for person in office.facts().all(Person):
        office.oath(person, sheet="発注者の指定様式")
    duty = duty_of(office, EVE, number, "oath")
    assert (duty.state, duty.next.id) == (State.DUE, made.id)
    office.change(made, submitted_on=EVE, how="持参")
    assert duty_of(office, DURING, number, "oath").state is State.SATISFIED
    assert duty_of(office, DURING, "特記事項 第15", "worker-list").state is State.SATISFIED


def test_the_record_of_transfers_is_due_until_it_is_submitted(office: World) -> None:
    office.under("kawaguchi")
    for asset in office.facts().all(Asset):
        office.change(asset, designated=True)
    assert duty_of(office, START, "契約書 第9条", "transfer-record").next.target == "transfer-record"
    office.issue("transfer-record", on=START, submitted=START)
    assert duty_of(office, DURING, "契約書 第9条", "transfer-record").state is State.SATISFIED


def submitted(office: World, form: str) -> bool:
    """Hand in a document of the form; False where the office has nothing for it to tell."""
    try:
        office.issue(form, on=DURING, submitted=DURING)
    except MissingFactsError:
        return False
    return True


def handed_over(office: World) -> None:
    """What the papers on hand-overs and accidents have to tell."""
    office.agreement(office.facts().all(Person)[0])
    given = {"from_party": "当社", "to_party": "架空市", "method": "手渡し"}
    office.event(office.received(), "返還", 1, DURING, **given)
    for event in office.facts().all(Event):
        office.change(event, handover_place="架空市役所")
    office.incident()


PRINTED = frozenset(
    (
        *("closing-statement", "device-register", "device-report", "disposal-certificate", "handling-ledger"),
        *("incident-first", "incident-full", "location-notice", "oath", "personnel-report", "return-note"),
        *("status-report", "training-report", "transfer-agreement", "transfer-record", "transfer-slip"),
    )
)
"""What has something to say in the office of these tests, where nobody left and nothing was applied for."""


def test_every_form_submitted_is_not_stale_until_something_changes(office: World) -> None:
    office.under("kimitsu-hoji", "kawaguchi")
    office.change(office.contract, oath_wording=SHEET)
    office.disposal(
        office.received(),
        place="本社",
        done_by="𠮷田一郎",
        verification="目視",
        verification_result="判読不能",
    )
    handed_over(office)
    made = {form for form in office.forms if submitted(office, form)}
    assert made >= PRINTED
    for day in (DURING, AFTER):
        assert drift(office.facts(), office.catalogue, office.forms, day) == ()
    certified = duty_of(office, DURING, "第7条第5項", "disposal-certificate")
    assert certified.state is State.SATISFIED


def test_what_went_after_the_last_day_of_a_contract_makes_no_paper_stale(office: World) -> None:
    office.under("kimitsu-hoji", "kawaguchi")
    kept, gone = office.received(), office.received()
    given = {"from_party": "当社", "to_party": "架空市", "method": "手渡し"}
    office.event(kept, "返還", 1, AFTER, **given)
    told = {"place": "本社", "done_by": "𠮷田一郎", "verification": "目視", "verification_result": "判読不能"}
    office.disposal(gone, done=AFTER, **told)
    for form in ("return-note", "disposal-certificate", "transfer-record", "handling-ledger"):
        office.issue(form, on=AFTER, submitted=AFTER)
    assert drift(office.facts(), office.catalogue, office.forms, AFTER + timedelta(days=7)) == ()


def test_a_moved_place_and_a_worker_who_left_ask_for_change_notices(office: World) -> None:
    office.under("kimitsu-hoji")
    office.issue("location-notice")
    office.issue("personnel-report")
    facts = office.facts()
    leaver = facts.all(Assignment)[-1]
    office.change(leaver, ends_on=DURING, change_reason="異動のため")
    old = facts.all(LocationUse)[0]
    office.change(old, ends_on=DURING, change_reason="移転のため")
    new = office.use(
        office.place("支社", area="取扱区域", entry_control="ICカード", store="金庫"),
        starts=DURING + timedelta(days=1),
    )
    for one in facts.all(DeviceUse):
        office.change(one, location=new.location)
    planned = duty_of(office, date(2026, 5, 1), "第6条第4項", "work-location")
    assert (planned.state, planned.due) == (State.DUE, DURING)
    later = date(2026, 6, 10)
    place = duty_of(office, later, "第6条第4項", "work-location")
    people = duty_of(office, later, "第9条第1項", "worker-list")
    for duty, form in ((place, "location-notice"), (people, "personnel-report")):
        assert (duty.state, duty.due) == (State.OVERDUE, DURING)
        assert (duty.next.action, duty.next.target) == (Action.ISSUE, form)
    assert {(gap.record, gap.id) for gap in place.missing} == {
        ("location_use", old.id),
        ("location_use", new.id),
    }
    office.change(new, change_reason="移転のため")
    for form in ("location-notice", "personnel-report"):
        made = office.issue(form, on=later, submitted=later)
        assert '"variant":"変更"' in made.statement
    assert duty_of(office, later, "第6条第4項", "work-location").state is State.SATISFIED
    assert duty_of(office, later, "第9条第1項", "worker-list").state is State.SATISFIED


def test_a_change_without_its_reason_is_still_seen_as_a_change(office: World) -> None:
    office.under("kimitsu-hoji")
    office.issue("location-notice")
    place = office.facts().all(Location)[0]
    office.change(place, address="架空市9-9-9")
    (one,) = drift(office.facts(), office.catalogue, office.forms, DURING)
    assert not one.missing
    assert one.differences[0].lines == (("所在地", "架空市1-1", "架空市9-9-9"),)


def test_the_day_of_a_change_dates_its_notice(office: World) -> None:
    office.under("kimitsu-hoji")
    office.issue("location-notice")
    use = office.facts().all(LocationUse)[0]
    office.change(use, purpose="入力作業と保管", changed_on=date(2026, 9, 1))
    duty = duty_of(office, DURING, "第6条第4項", "work-location")
    assert (duty.state, duty.due) == (State.DUE, date(2026, 8, 31))


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_the_day_since_which_a_place_is_locked_otherwise_dates_its_notice(office: World, shift: int) -> None:
    """Nobody types the day a second time; nor is it lost where it was recorded only after the notice."""
    office.under("kimitsu-hoji")
    told = START + timedelta(days=30)
    office.issue("location-notice", on=told, submitted=told + timedelta(days=3))
    place = office.facts().all(Location)[0]
    since = told + timedelta(days=shift)
    office.change(with_former(place, replace(place, lock="暗証番号錠"), since))
    lacks = duty_of(office, DURING, "第6条第4項", "work-location").missing
    assert [one.due for one in lacks if "施錠" in one.text] == [since - timedelta(days=1)]


def test_an_end_that_was_notified_beforehand_is_not_asked_for_again(office: World) -> None:
    office.under("kimitsu-hoji")
    office.issue("personnel-report", on=EVE, submitted=EVE)
    leaver = office.facts().all(Assignment)[-1]
    office.change(leaver, ends_on=DURING, change_reason="異動のため")
    office.issue("personnel-report", on=date(2026, 5, 20), submitted=date(2026, 5, 20))
    later = DURING + timedelta(days=30)
    assert duty_of(office, later, "第9条第1項", "worker-list").state is State.SATISFIED
