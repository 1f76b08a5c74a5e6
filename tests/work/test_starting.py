"""契約の開始: what is due before a contract begins, in steps, out of its duties alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.annexes.kinds import State
from app.work.agenda import Wanted, agenda, everything
from app.work.assessing import assess
from app.work.assessment import Assessment
from app.work.course.stage_words import stage_lines
from app.work.course.starting import HANDING_IN, PAPERS, Stage, Starting, starting, starts
from app.work.course.telling import late_of
from app.work.tasks import tasks
from forms import all_forms
from tests.support.world import EVE, START, World

FORMS = all_forms()
ONE_DAY = timedelta(days=1)
ALL = Wanted()
EARLY = START - timedelta(days=12)


def made(world: World, day: date) -> Assessment:
    return assess(world.facts(), world.catalogue, FORMS, day)


def seen(world: World, day: date = EARLY) -> Starting:
    return starting(made(world, day), world.contract)


def stage(found: Starting, kind: str) -> Stage:
    return next(one for one in found.stages if one.kind == kind)


@pytest.fixture
def asked(world: World) -> World:
    """A contract that asks for a role, a list of workers, places, training and oaths before its start."""
    world.clause("responsible-person", "before-start", submit="beforehand", roles=("業務責任者",))
    world.clause("worker-list", "before-start", submit="beforehand")
    world.clause("work-location", "before-start", "on-change", submit="beforehand")
    world.clause("training", "before-start")
    world.clause("oath", "before-start")
    world.clause("security-measures", "standing")
    return world


def test_the_stages_stand_in_the_order_in_which_they_are_done(asked: World) -> None:
    found = seen(asked)
    kinds = ["responsible-person", "worker-list", "work-location", "training", "oath", PAPERS, HANDING_IN]
    assert [one.kind for one in found.stages] == kinds
    assert {one.due for one in found.stages} == {EVE}
    assert (found.done, found.late) == (0, ())
    assert found.unset == 1, "what is no preparation is counted beside"


@pytest.mark.parametrize(("day", "late"), [(EVE - ONE_DAY, 0), (EVE, 0), (START, 7)])
def test_a_stage_is_late_from_the_day_after_its_last(asked: World, day: date, late: int) -> None:
    assert len(seen(asked, day).late) == late


@pytest.mark.parametrize(("day", "late"), [(EVE, False), (START, True)])
def test_beside_the_late_stages_it_is_said_how_their_duties_are_counted(
    asked: World, day: date, late: bool
) -> None:
    """The number above the list counts duties in a state; one of stages alone would deny it."""
    found = seen(asked, day)
    if not late:
        assert late_of(found) == ()
        return
    states = [one.state for one in made(asked, day).of(asked.contract.id) if one.kind != "security-measures"]
    overdue, confirm = states.count(State.OVERDUE), states.count(State.CONFIRM)
    assert (overdue, confirm) == (1, 4)
    assert late_of(found) == ("期限を過ぎた手順7件", "義務では期限超過1件、要確認4件")


def test_what_cannot_be_said_yet_is_never_done(asked: World) -> None:
    """Without anybody at work there is nobody to be trained, nobody to swear, and no paper to be made."""
    found = seen(asked)
    for kind in ("training", "oath", PAPERS, HANDING_IN):
        assert stage(found, kind).state is State.NOT_DUE
        assert not stage(found, kind).done
        assert stage(found, kind).act == ""
        assert not stage(found, kind).step.action


def test_whoever_is_lacking_begins_in_the_role_that_is_vacant(asked: World) -> None:
    one = stage(seen(asked), "responsible-person")
    assert (one.act, dict(one.given)) == ("join", {"role": "業務責任者"})
    assert one.clauses == ("第1条",)


def test_with_people_and_places_the_papers_are_called_for(asked: World) -> None:
    asked.worker("佐藤花子", "業務責任者")
    asked.use(asked.place())
    found = seen(asked)
    assert [one.kind for one in found.stages if one.done] == [
        "responsible-person",
        "worker-list",
        "work-location",
    ]
    papers = stage(found, PAPERS)
    assert papers.state is State.DUE
    assert set(papers.missing) == {FORMS[one].title for one in ("personnel-report", "location-notice")}
    assert not stage(found, HANDING_IN).done
    assert (stage(found, "training").act, stage(found, "oath").act) == ("train", "oaths")
    assert found.next is not None
    assert found.next.kind == "training"


def test_what_is_printed_is_to_be_handed_in_and_then_nothing_is_left(world: World) -> None:
    world.clause("work-location", "before-start", submit="beforehand")
    world.use(world.place())
    printed = world.issue("location-notice", EARLY, None)
    found = seen(world)
    assert stage(found, PAPERS).done
    assert stage(found, HANDING_IN).state is State.DUE
    world.change(printed, submitted_on=EARLY, how="持参")
    found = seen(world)
    assert all(one.done for one in found.stages)
    assert found.next is None
    assert starts(made(world, EARLY)) == ()


def test_a_contract_that_asks_for_nothing_before_its_start_has_no_stages(world: World) -> None:
    world.clause("security-measures", "standing")
    assert seen(world).stages == ()
    assert starts(made(world, EARLY)) == ()


@pytest.mark.parametrize("day", [EARLY, EVE, START, START + timedelta(days=200)])
def test_a_start_stands_for_a_contract_ahead_and_for_one_begun_without_anything(
    asked: World, day: date
) -> None:
    assert [one.contract for one in starts(made(asked, day))] == [asked.contract]


def test_once_it_has_begun_and_people_and_places_are_entered_it_is_no_start_any_more(asked: World) -> None:
    asked.worker("佐藤花子", "業務責任者")
    asked.use(asked.place())
    assert starts(made(asked, EVE))
    assert starts(made(asked, START)) == ()


def test_after_its_end_there_is_no_start(asked: World) -> None:
    last = asked.contract.last_day
    assert starts(made(asked, last))
    assert starts(made(asked, last + ONE_DAY)) == ()


def listed(world: World, day: date, wanted: Wanted = ALL) -> tuple[list[str], int, int]:
    """The kinds of duty of the lines of きょう, the questions beside them, and the starts."""
    held = made(world, day)
    whole = everything(held, tasks(held.duties, held.drifts))
    found = agenda(whole, wanted)
    kinds = [duty.kind for _group, lines in found.groups for task in lines for duty in task.duties]
    return kinds, len(found.unsaid), len(found.starts)


@pytest.mark.parametrize("day", [EARLY, START + timedelta(days=5)])
def test_today_shows_a_start_in_one_line(asked: World, day: date) -> None:
    asked.clause("law", "standing")
    assert listed(asked, day) == ([], 0, 1)


def test_what_is_asked_for_by_its_state_is_named_one_by_one(asked: World) -> None:
    kinds, _unsaid, begun = listed(asked, EARLY, Wanted(State.CONFIRM))
    assert begun == 0
    assert {"work-location", "worker-list"} <= set(kinds)


def test_an_accident_never_hides_in_a_start(asked: World) -> None:
    asked.clause("incident-notice", "on-incident")
    asked.incident("漏えい", found=START)
    kinds, _unsaid, begun = listed(asked, START + ONE_DAY)
    assert "incident-notice" in kinds
    assert begun == 1


def test_every_shipped_annex_begins_with_who_and_ends_with_the_papers(world: World) -> None:
    for annex in world.catalogue.annexes:
        if annex.key == "own":
            continue
        world.under(annex.key)
        found = seen(world)
        kinds = [one.kind for one in found.stages]
        assert len(kinds) == len(set(kinds))
        assert not kinds or (kinds[0] == "responsible-person" and kinds[-2:] == [PAPERS, HANDING_IN]), annex


def test_that_the_workers_are_decided_says_who_they_are(asked: World) -> None:
    """With the manager alone it is done for the clauses; who else will work, only a person knows."""
    asked.worker("佐藤 次郎", "業務責任者")
    workers = stage(seen(asked), "worker-list")
    assert workers.done
    assert workers.found.startswith("登録済み：佐藤 次郎（業務責任者）。ほかに従事する者がいるときは")
    assert stage_lines(workers) == (workers.found,)
    for number in range(5):
        asked.worker(f"従事者{number}")
    assert "従事者3（従事者）、ほか1人。" in stage(seen(asked), "worker-list").found


def test_who_has_ended_by_the_start_is_not_among_them(asked: World) -> None:
    asked.worker("残る人", "業務責任者")
    asked.worker("去る人", starts=EVE, ends=EVE)
    assert "去る人" not in stage(seen(asked), "worker-list").found


def test_a_stage_without_workers_names_nobody(asked: World) -> None:
    assert stage(seen(asked), "worker-list").found == ""
