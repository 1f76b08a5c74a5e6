"""Changes planned for a later day: what the client has to be told before they happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.catalogue import Catalogue
from app.duties.case import FormFace
from app.duties.change_notices import drift
from app.duties.duty import Action
from app.duties.planned import PlannedChange, planned_changes
from app.duties.view import ContractView
from app.records import DeviceUse, LocationUse, Statement
from app.work.assessing import assess
from forms import all_forms
from forms.parts.texts import NONE, OPEN
from tests.support.leading import office_of
from tests.support.world import BEFORE, DURING, END, EVE, World

DAY = timedelta(days=1)
SOON, THEN = date(2026, 5, 1), date(2026, 9, 1)


def planned(world: World, day: date = SOON) -> tuple[PlannedChange, ...]:
    return planned_changes(ContractView(world.facts(), world.catalogue, world.forms, world.contract, day))


def telling(world: World, kind: str, **asks: Any) -> str:
    clause = world.clause(kind, "before-start", "on-change", **{"submit": "beforehand", **asks})
    return clause.number


def test_a_new_worker_is_announced_the_day_before(world: World) -> None:
    number = telling(world, "worker-list")
    world.worker("佐藤花子")
    world.issue("personnel-report")
    assert planned(world) == ()
    world.worker("𠮷田一郎", starts=THEN)
    (one,) = planned(world)
    assert one.text == "𠮷田一郎が令和8年9月1日から従事します。"
    assert (one.on, one.due, one.form) == (THEN, THEN - DAY, "personnel-report")
    assert one.clauses == (("own", number),)
    assert (one.next.action, one.next.target) == (Action.ISSUE, "personnel-report")
    world.issue("personnel-report", on=SOON, submitted=SOON)
    assert planned(world) == ()


def test_a_place_that_will_be_given_up_is_announced_on_its_last_day_at_the_latest(world: World) -> None:
    telling(world, "work-location")
    use = world.use(world.place("支社"))
    world.issue("location-notice")
    world.change(use, ends_on=THEN)
    (one,) = planned(world)
    assert one.text == "支社の使用が令和8年9月1日に終わります。"
    assert (one.on, one.due) == (THEN, THEN)
    assert planned(world, THEN) == (one,)
    assert planned(world, THEN + DAY) == (), "what has happened is drift, no plan"


def test_a_place_whose_use_will_change_is_announced(world: World) -> None:
    telling(world, "work-location", days_before=7)
    place = world.place("支社")
    use = world.use(place)
    world.issue("location-notice")
    world.change(use, changed_on=THEN)
    world.change(place, address="架空市9-9")
    (one,) = planned(world)
    assert "変わります" in one.text
    assert one.due == THEN - 8 * DAY


def test_a_device_that_will_come_is_announced(world: World) -> None:
    telling(world, "equipment-register")
    use = world.device_use(world.device(), starts=THEN, status="予定")
    (one,) = planned(world)
    assert (one.record, one.id, one.form) == ("device_use", use.id, "device-register")


def test_what_starts_and_ends_with_the_work_is_no_change(world: World) -> None:
    telling(world, "worker-list")
    world.worker("佐藤花子", ends=END)
    assert planned(world, BEFORE) == ()
    assert planned(world, DURING) == ()


def test_nobody_is_told_where_no_clause_asks_for_a_notice(world: World) -> None:
    world.clause("worker-list", "standing")
    world.worker("𠮷田一郎", starts=THEN)
    assert planned(world) == ()


def test_a_new_worker_is_no_matter_of_a_clause_on_responsible_persons(world: World) -> None:
    telling(world, "responsible-person", roles=("業務責任者",))
    world.worker("𠮷田一郎", starts=THEN)
    assert planned(world) == ()
    lead = world.worker("髙橋花子", "業務責任者", starts=THEN)
    assert [one.text.partition("が")[0] for one in planned(world)] == [lead.name]


def test_the_most_pressing_comes_first_and_the_assessment_holds_it(world: World) -> None:
    telling(world, "worker-list")
    telling(world, "work-location", days_before=60)
    world.worker("𠮷田一郎", starts=THEN)
    world.use(world.place("支社"), starts=THEN)
    found = planned(world)
    assert [one.record for one in found] == ["location_use", "assignment"]
    assert assess(world.facts(), world.catalogue, world.forms, SOON).planned == found


# what a stale document says of its clause and its day


def test_a_stale_document_names_the_clause_on_changes_and_the_day_of_the_notice(world: World) -> None:
    number = telling(world, "work-location")
    world.clause("work-location", "before-start", submit="beforehand")
    use = world.use(world.place("支社"))
    world.issue("location-notice")
    world.change(use, ends_on=THEN)
    (one,) = drift(world.facts(), world.catalogue, world.forms, SOON)
    assert one.clauses == (("own", number),)
    assert one.due == THEN


def test_a_change_without_a_day_has_no_deadline_and_one_no_clause_asks_for_no_clause(world: World) -> None:
    place = world.place("支社")
    world.use(place)
    world.issue("location-notice")
    world.change(place, address="架空市9-9")
    (one,) = drift(world.facts(), world.catalogue, world.forms, SOON)
    assert (one.clauses, one.due) == ((), None)


def test_the_day_is_that_of_the_thing_that_changed_not_of_another(world: World) -> None:
    telling(world, "worker-list")
    world.worker("佐藤花子")
    world.issue("personnel-report")
    world.worker("𠮷田一郎", starts=THEN)
    (one,) = drift(world.facts(), world.catalogue, world.forms, SOON)
    assert one.due == THEN - DAY


# from the plan to the notice, with the product's own forms


@pytest.fixture(scope="module")
def forms() -> Mapping[str, FormFace]:
    return all_forms()


@pytest.fixture
def office(shipped: Catalogue, forms: Mapping[str, FormFace]) -> World:
    return office_of(shipped, forms)


def _worker_comes(world: World) -> None:
    person = world.person("𠮷田一郎", department="業務部", post="主任", kana="ヨシダ")
    made = world.assign(person, starts=THEN)
    world.change(made, change_reason="増員のため")


def _place_ends(world: World) -> None:
    use = world.facts().all(LocationUse)[0]
    world.change(use, ends_on=THEN, change_reason="移転のため")


def _device_moves(world: World) -> None:
    use = world.facts().all(DeviceUse)[0]
    world.change(use, ends_on=THEN)


@pytest.mark.parametrize(
    ("form", "kind", "change", "before", "after"),
    [
        ("personnel-report", "worker-list", _worker_comes, "", "𠮷田一郎"),
        ("location-notice", "work-location", _place_ends, OPEN, "令和8年9月1日"),
        ("device-register", "equipment-register", _device_moves, NONE, "令和8年9月1日"),
    ],
)
def test_a_plan_is_a_notice_with_before_and_after_and_then_nothing(
    office: World, form: str, kind: str, change: Callable[[World], None], before: str, after: str
) -> None:
    clause = office.clause(kind, "before-start", "on-change", submit="beforehand")
    office.issue(form, on=EVE, submitted=EVE)
    change(office)
    (one,) = planned(office)
    assert (one.form, one.clauses) == (form, (("own", clause.number),))
    (stale,) = drift(office.facts(), office.catalogue, office.forms, SOON)
    lines = [line for difference in stale.differences for line in difference.lines]
    assert any(before in was and after in now for _label, was, now in lines), lines
    made = Statement.read(office.issue(form, on=SOON, submitted=SOON).statement)
    assert made is not None
    rows = made.facts.get("changes", [])
    assert bool(rows) is (form != "device-register"), "the register as a whole is handed in anew"
    assert all(after in row["after"] for row in rows)
    assert planned(office) == ()
    assert drift(office.facts(), office.catalogue, office.forms, SOON) == ()
