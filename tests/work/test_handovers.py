"""授受の状況: a hand-over stays open until a copy that both sides signed is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.records import Attachment, Event, Record, Statement, Submission
from app.records.days import DayOnly
from app.work.desks.handovers import OpenHandover, Wanting, open_handovers
from tests.support.world import DURING, START, World

DAY = timedelta(days=1)


def handed(world: World, number: str = "H-1") -> Event:
    asset = world.received()
    (event,) = world.facts().of(Event, "asset", asset.id)
    said = {"from_party": "架空市", "to_party": "当社", "handover_place": "市役所", "method": "手渡し"}
    return world.change(event, handover=number, **said)


def slip(world: World, *events: Event, form: str = "transfer-slip") -> Submission:
    keys = tuple(f"event:{one.id}" for one in events)
    statement = Statement(form, world.contract.id, DURING, stated={key: {} for key in keys}, subjects=keys)
    return world.add(
        Submission(
            number=f"2026-{events[0].id:04}",
            form=form,
            title="授受票",
            contract=world.contract.id,
            issued_on=DURING,
            pdf="0" * 64,
            statement=statement.canonical(),
            code="0" * 20,
            head="0" * 64,
            head_sequence=1,
        )
    )


def kept(world: World, record: Record, kind: str = "署名済書類") -> Attachment:
    return world.add(
        Attachment(
            record_kind=record.spec.name,
            record_id=record.id,
            title="控え",
            kind=kind,
            file_name="控え.pdf",
            data="0" * 64,
        )
    )


def only(world: World) -> OpenHandover:
    (found,) = open_handovers(world.facts())
    return found


def test_what_nobody_wrote_a_slip_for_lacks_one(world: World) -> None:
    event = handed(world)
    one = only(world)
    assert (one.number, one.kind, one.at, one.wanting) == ("H-1", "受領", event.happened_at, Wanting.SLIP)
    assert one.keys == (f"event:{event.id}",)


@pytest.mark.parametrize("kind", ["署名済書類", "受領印のある控え", "受領書"])
def test_it_waits_for_the_signature_until_the_copy_is_in(world: World, kind: str) -> None:
    paper = slip(world, handed(world))
    assert (only(world).wanting, only(world).slip) == (Wanting.SIGNATURE, paper)
    copy = kept(world, paper, kind)
    assert open_handovers(world.facts()) == ()
    world.remove(copy)
    assert only(world).wanting is Wanting.SIGNATURE


def test_a_word_and_a_photo_are_no_signature(world: World) -> None:
    paper = slip(world, handed(world))
    world.change(paper, submitted_on=DURING, how="持参", accepted_on=DURING)
    kept(world, paper, "写真")
    assert only(world).wanting is Wanting.SIGNATURE


@pytest.mark.parametrize("gone", [{"voided_on": DURING, "voided_why": "誤り"}, {"sent_back_on": DURING}])
def test_a_paper_that_does_not_stand_tells_nothing(world: World, gone: dict[str, object]) -> None:
    paper = slip(world, handed(world))
    kept(world, paper)
    world.change(paper, **gone)
    assert only(world).wanting is Wanting.SLIP


def test_a_copy_kept_with_the_record_itself_counts(world: World) -> None:
    event = handed(world)
    kept(world, event)
    assert open_handovers(world.facts()) == ()


def test_of_several_things_every_one_has_to_be_signed_for(world: World) -> None:
    first, second = handed(world), handed(world)
    kept(world, first)
    assert {one.id for one in only(world).events} == {first.id, second.id}
    kept(world, second)
    assert open_handovers(world.facts()) == ()


def test_the_record_of_many_settles_them_once_the_client_accepted_it(world: World) -> None:
    paper = slip(world, handed(world), form="transfer-record")
    assert only(world).wanting is Wanting.SLIP
    world.change(paper, submitted_on=DURING, how="持参", accepted_on=DURING)
    assert open_handovers(world.facts()) == ()


def test_what_is_only_planned_or_stays_in_one_hand_is_no_hand_over(world: World) -> None:
    event = handed(world)
    world.change(event, status="予定")
    assert open_handovers(world.facts()) == ()
    world.change(event, kind="使用", handover="", status="実績")
    assert open_handovers(world.facts()) == ()


def test_what_only_waits_to_be_signed_stands_first_and_of_one_contract_only_its_own(world: World) -> None:
    old, new = handed(world, "H-1"), handed(world, "H-2")
    world.change(old, happened_at=DayOnly(START - DAY))
    slip(world, new)
    assert [one.number for one in open_handovers(world.facts())] == ["H-2", "H-1"]
    assert open_handovers(world.facts(), world.contract.id + 999) == ()
