"""Stories in which a parameter matters that no story of a state needs: kind → stories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from app.annexes.choices import Act, Exempt, Further, Submit
from app.duties.duty import Duty
from app.records.assignment import Role
from tests.support.examples import Story
from tests.support.world import AFTER, DURING, START, World

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
def _asked_who_works_and_told_by_word(world: World) -> Duty:
    world.worker()
    world.instruction("報告の求め", about=("責任者・従事者",), answered_on=DURING)
    return world.duty(LATER, "worker-list", "standing", submit=Submit.ON_REQUEST)


@about("responsible-person")
def _asked_who_is_responsible_and_told_by_word(world: World) -> Duty:
    world.worker("佐藤花子", "業務責任者")
    world.instruction("報告の求め", about=("責任者・従事者",), answered_on=DURING)
    asks = {"submit": Submit.ON_REQUEST, "roles": (Role.WORK_MANAGER,)}
    return world.duty(LATER, "responsible-person", "standing", **asks)


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
def _a_chart_reported_by_word(world: World) -> Duty:
    world.structure(world.worker())
    world.instruction("報告の求め", about=("管理体制",), answered_on=DURING)
    return world.duty(LATER, "management-system", "periodic", submit=Submit.PROMPTLY)


@about("management-system")
def _a_chart_that_begins_too_late(world: World) -> Duty:
    world.structure(world.worker(), starts_on=DURING)
    return world.duty(START, "management-system", "before-start")


@about("management-system")
def _asked_for_the_chart_and_not_answered(world: World) -> Duty:
    world.structure(world.worker())
    world.instruction("報告の求め", about=("管理体制",))
    return world.duty(LATER, "management-system", "on-request")


@about("subcontract-approval")
def _a_second_tier(world: World) -> Duty:
    first = world.delegate(world.subcontractor())
    world.delegate(world.subcontractor("架空運送株式会社"), tier=2, parent=first.id)
    return world.duty(DURING, "subcontract-approval", "before-start", exception=(Exempt.APPROVAL,))


@about("takeout-approval")
def _moved_to_a_place_that_is_no_area(world: World) -> Duty:
    place = world.place("会議室", area="指定なし")
    world.use(place)
    world.event(world.received(), "保管場所変更", day=START, location=place.id)
    return world.duty(DURING, "takeout-approval", "each-time", exception=(Exempt.APPROVAL,))


@about("private-device-ban")
def _private_and_allowed(world: World) -> Duty:
    device = world.device(owner="私物")
    world.device_use(device, approval=world.approval("持込", device).id, reason="承諾による")
    return world.duty(DURING, "private-device-ban", "standing", exception=(Exempt.APPROVAL,))


@about("collection-limit")
def _collection_confirmed_once(world: World) -> Duty:
    world.attest(on=START)
    return world.duty(DURING, "collection-limit", "standing", period_months=2)


@about("status-report")
def _asked_without_a_day(world: World) -> Duty:
    world.instruction("報告の求め")
    return world.duty(LATER, "status-report", "on-request")


@about("witness")
def _asked_to_attend_and_not_answered(world: World) -> Duty:
    world.instruction("立会いの求め")
    return world.duty(LATER, "witness", "on-request")


@about("status-report")
def _answered_by_word_of_mouth(world: World) -> Duty:
    world.instruction("報告の求め", answered_on=DURING, answered_in_writing=False)
    return world.duty(LATER, "status-report", "on-request")


@about("audit")
def _refused_for_a_reason(world: World) -> Duty:
    world.audit(announced_on=DURING, accepted=False, refused_why="繁忙期のため")
    return world.duty(LATER, "audit", "on-request")


@about("improvement")
def _told_to_do_something(world: World) -> Duty:
    world.instruction("指示")
    return world.duty(LATER, "improvement", "on-request")


@about("security-measures")
def _an_incident_that_is_not_over(world: World) -> Duty:
    world.check("安全管理措置", on=START, measures=("組織的", "人的", "物理的", "技術的"))
    world.incident("違反")
    return world.duty(LATER, "security-measures", "standing")


@about("collection-limit")
def _collection_confirmed_long_ago(world: World) -> Duty:
    world.attest(on=START)
    return world.duty(LATER, "collection-limit", "standing")


@about("handling-ledger")
def _used_by_nobody_in_particular(world: World) -> Duty:
    place = world.place()
    asset = world.asset()
    world.event(asset, "作成", location=place.id)
    world.event(asset, "使用", day=DURING)
    return world.duty(DURING, "handling-ledger", "standing", items=("使用",))


@about("disposal")
def _left_as_the_client_said(world: World) -> Duty:
    said = world.instruction("指示", written=True)
    world.change(world.contract, closing_instruction=said.id)
    world.received()
    return world.duty(AFTER, "disposal", "on-completion", exception=(Exempt.INSTRUCTION,))


@about("disposal-certificate")
def _certified_without_what_was_asked(world: World) -> Duty:
    world.disposal(world.received())
    world.issue("disposal-certificate", on=DURING, submitted=DURING)
    return world.duty(DURING, "disposal-certificate", "each-time", submit=Submit.PROMPTLY, items=("重量",))


@about("disposal-certificate")
def _told_that_no_certificate_is_needed(world: World) -> Duty:
    world.instruction("指示", what="廃棄の証明書の提出は不要とする。")
    world.disposal(world.received())
    return world.duty(LATER, "disposal-certificate", "each-time", submit=Submit.PROMPTLY)


@about("disposal-certificate")
def _a_copy_was_shredded(world: World) -> Duty:
    asset = world.received()
    world.event(asset, "複写")
    world.disposal(asset)
    asked: dict[str, Any] = {"acts": (Act.ERASE,), "copies": True}
    return world.duty(LATER, "disposal-certificate", "each-time", submit=Submit.PROMPTLY, **asked)
