"""Stories in which a parameter matters that no story of a state needs: kind → stories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from app.annexes.choices import Exempt, Further, Submit
from app.duties.duty import Duty
from app.records.assignment import Role
from tests.support.examples import Story
from tests.support.world import DURING, START, World

STORIES: dict[str, list[Story]] = {}
LATER = DURING + timedelta(days=30)


def about(kind: str) -> Callable[[Story], Story]:
    """Keep a story about a kind."""

    def keep(story: Story) -> Story:
        STORIES.setdefault(kind, []).append(story)
        return story

    return keep


@about("responsible-person")
def _where_the_manager_belongs(world: World) -> Duty:
    world.worker("佐藤花子", "特定個人情報保護管理責任者")
    return world.duty(DURING, "responsible-person", "standing", roles=(Role.SPECIFIC_PRIVACY_MANAGER,))


@about("worker-list")
def _oaths_in_place_of_the_list(world: World) -> Duty:
    world.oath(world.worker())
    world.issue("oath")
    return world.duty(DURING, "worker-list", "before-start", submit=Submit.BEFOREHAND, instead="oath")


@about("supervision")
def _a_worker_nobody_told_before_the_start(world: World) -> Duty:
    world.worker("鈴木一郎")
    world.check("周知", world.worker("佐藤花子"))
    return world.duty(DURING, "supervision", "before-start")


@about("supervision")
def _who_has_gone_was_never_told(world: World) -> Duty:
    world.worker("鈴木一郎", ends=START)
    world.check("周知", world.worker("佐藤花子"), on=DURING)
    return world.duty(LATER, "supervision", "standing")


@about("secrecy")
def _shown_to_others(world: World) -> Duty:
    world.oath(world.worker())
    world.approval("第三者提供", written=False)
    return world.duty(DURING, "secrecy", "standing", exception=(Exempt.APPROVAL,))


@about("subcontract-flowdown")
def _an_agreement_by_word(world: World) -> Duty:
    world.check("再委託先", on=START, subcontract=world.delegate(world.subcontractor()).id)
    return world.duty(DURING, "subcontract-flowdown", "each-time")


@about("subcontract-flowdown")
def _further_delegation_that_was_allowed(world: World) -> Duty:
    first = world.delegate(world.subcontractor())
    allowed = world.approval("再委託")
    world.delegate(world.subcontractor("架空運送"), tier=2, parent=first.id, approval=allowed.id)
    return world.duty(DURING, "subcontract-flowdown", "each-time", further=Further.FORBIDDEN)


@about("management-system")
def _a_chart_that_begins_too_late(world: World) -> Duty:
    world.structure(world.worker(), starts_on=DURING)
    return world.duty(START, "management-system", "before-start")


@about("subcontract-approval")
def _a_second_tier(world: World) -> Duty:
    first = world.delegate(world.subcontractor())
    world.delegate(world.subcontractor("架空運送株式会社"), tier=2, parent=first.id)
    return world.duty(DURING, "subcontract-approval", "before-start", exception=(Exempt.APPROVAL,))


@about("status-report")
def _asked_without_a_day(world: World) -> Duty:
    world.instruction("報告の求め")
    return world.duty(LATER, "status-report", "on-request")


@about("witness")
def _asked_to_attend_and_not_answered(world: World) -> Duty:
    world.instruction("立会いの求め")
    return world.duty(LATER, "witness", "on-request")
