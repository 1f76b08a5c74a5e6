"""One field never switches a clause off: contract, options and assets are looked at together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.annexes.choices import Exempt
from app.annexes.kinds import State
from app.duties.checks import findings
from app.duties.duty import Duty
from app.duties.view import ContractView
from tests.support.world import BEFORE, DURING, EVE, START, World

DAY = timedelta(days=1)
SPECIFIC = "特定個人情報"
OPTION: dict[str, Any] = {"options": (SPECIFIC,)}


def contradictions(world: World) -> list[str]:
    view = ContractView(world.facts(), world.catalogue, world.forms, world.contract, DURING)
    return [one.text for one in findings(view) if one.check == "information-contradicted"]


@pytest.mark.parametrize(
    ("information", "options", "asset", "applies"),
    [
        (("個人情報",), (), "個人情報", False),
        (("個人情報", SPECIFIC), (), "個人情報", True),
        (("個人情報",), (SPECIFIC,), "個人情報", True),
        (("個人情報",), (), SPECIFIC, True),
        (("機密情報",), (), "機密情報", False),
    ],
)
@pytest.mark.parametrize(("annex", "number"), [("minato", "第19条"), ("kawaguchi", "契約書 第4条第5項")])
def test_any_of_three_brings_a_clause_on_specific_personal_information_in(
    world: World,
    annex: str,
    number: str,
    information: tuple[str, ...],
    options: tuple[str, ...],
    asset: str,
    applies: bool,
) -> None:
    world.under(annex, options=options, information=information)
    world.received(classification=asset)
    state = world.under_clause(DURING, number, "takeout-approval").state
    assert (state is not State.NOT_APPLICABLE) is applies


def test_taken_out_specific_information_is_a_violation_whatever_the_contract_says(world: World) -> None:
    world.under("minato", information=("個人情報",))
    world.event(world.received(classification=SPECIFIC), "持出", day=DURING)
    assert world.under_clause(DURING, "第19条", "takeout-approval").state is State.DUE


@pytest.mark.parametrize(
    ("story", "number", "kind"),
    [
        (lambda world: world.received(medium="USBメモリ"), "第22条", "locked-storage"),
        (lambda world: world.device_use(world.device(kind="外付HDD")), "第23条", "transport"),
    ],
)
def test_electronic_media_bring_their_clauses_in(world: World, story: Any, number: str, kind: str) -> None:
    world.under("minato", information=("個人情報",))
    assert world.under_clause(DURING, number, kind).state is State.NOT_APPLICABLE
    story(world)
    assert world.under_clause(DURING, number, kind).state is not State.NOT_APPLICABLE


@pytest.mark.parametrize(("option", "employment"), [("派遣", "派遣"), ("再委託", "再委託先")])
def test_people_bring_in_what_an_option_left_off_would_leave_out(
    world: World, option: str, employment: str
) -> None:
    clause = world.clause("oath", "before-start", options=(option,))
    world.worker()
    assert world.duties(DURING)[0].state is State.NOT_APPLICABLE
    world.worker("髙橋次郎", employment=employment)
    (duty,) = world.duties(DURING)
    assert (duty.clause, duty.state) == (clause, State.OVERDUE)


def test_a_delegation_brings_in_the_clauses_on_delegation(world: World) -> None:
    world.clause("subcontract-approval", "each-time", options=("再委託",))
    world.delegate(world.subcontractor())
    assert world.duties(DURING)[0].state is State.OVERDUE


@pytest.mark.parametrize(
    ("information", "options", "asset", "told"),
    [
        ((), (), SPECIFIC, 1),
        (("個人情報", SPECIFIC), (SPECIFIC,), SPECIFIC, 0),
        (("個人情報",), (SPECIFIC,), "個人情報", 1),
        (("個人情報", SPECIFIC), (), "個人情報", 1),
        (("個人情報",), (), SPECIFIC, 2),
        (("個人情報",), (), "その他：図面", 0),
    ],
)
def test_what_does_not_agree_is_told(
    world: World, information: tuple[str, ...], options: tuple[str, ...], asset: str, told: int
) -> None:
    world.under("minato", options=options, information=information)
    world.received(classification=asset)
    assert len(contradictions(world)) == told


# 例外が及ぶもの


def purpose(world: World, annex: str, number: str) -> Duty:
    return world.under_clause(DURING, number, "purpose-limit")


@pytest.mark.parametrize(
    ("annex", "number", "kind", "state"),
    [
        ("kawaguchi", "契約書 第4条第1項", "第三者提供", State.SATISFIED),
        ("kawaguchi", "契約書 第4条第1項", "目的外利用", State.DUE),
        ("besshi-44", "6", "目的外利用", State.SATISFIED),
        ("besshi-44", "6", "第三者提供", State.DUE),
        ("hofu", "第3", "目的外利用", State.SATISFIED),
        ("hofu", "第3", "第三者提供", State.SATISFIED),
        ("kimitsu-hoji", "第4条", "第三者提供", State.SATISFIED),
        ("minato", "第6条", "第三者提供", State.DUE),
    ],
)
def test_an_exception_reaches_no_further_than_its_text(
    world: World, annex: str, number: str, kind: str, state: State
) -> None:
    world.under(annex)
    world.attest(number, annex=annex)
    world.approval(kind)
    duty = purpose(world, annex, number)
    assert duty.state is state
    if state is State.DUE and annex != "minato":
        assert f"{kind}には例外がない" in duty.missing[0].text


def test_an_approval_for_other_assets_is_none_of_the_clauses_business(world: World) -> None:
    world.under("kawaguchi")
    number = "契約書 第4条第5項"
    world.attest(number, annex="kawaguchi")
    specific, plain = world.received(classification=SPECIFIC), world.received()
    approval = world.approval("目的外利用", plain)
    assert purpose(world, "kawaguchi", number).state is State.SATISFIED
    world.change(approval, subjects=tuple(type(row)(asset=specific.id) for row in approval.subjects))
    assert purpose(world, "kawaguchi", number).state is State.DUE


@pytest.mark.parametrize(("granted", "state"), [(START, State.SATISFIED), (START + DAY, State.DUE)])
def test_what_was_provided_before_the_client_agreed_is_no_exception(
    world: World, granted: Any, state: State
) -> None:
    asset = world.received()
    approval = world.approval("第三者提供", asset, granted=granted)
    event = world.event(asset, "引渡", day=START, approval=approval.id)
    world.attest()
    duty = world.duty(DURING, "purpose-limit", "standing", exception=(Exempt.APPROVAL,))
    assert duty.state is state
    if state is State.DUE:
        assert duty.missing[0].id == event.id
        world.handle(event, START, duty.clause, handled="発注者が不問とした", handled_on=DURING)
        (duty,) = world.duties(DURING)
        assert (duty.state, len(duty.remarks)) == (State.SATISFIED, 1)


# 授受方法


def test_hand_overs_without_an_agreement_stay_in_sight(world: World) -> None:
    asset = world.asset(medium="紙")
    world.event(asset, "受領", day=START, method="手渡し")
    world.event(asset, "返還", day=START + 3 * DAY, method="手渡し")
    agreement = world.agreement(world.person(), agreed=START + 3 * DAY)
    duty = world.duty(DURING, "transfer-method", "before-start")
    assert duty.state is State.SATISFIED
    assert [(one.id, one.since, one.until, one.late) for one in duty.remarks] == [
        (agreement.id, START, START + 3 * DAY, True)
    ]


@pytest.mark.parametrize(
    ("day", "state"),
    [(EVE - DAY, State.DUE), (EVE, State.DUE), (START, State.OVERDUE), (DURING, State.OVERDUE)],
)
def test_an_agreement_that_leaves_something_open_is_due_before_the_start_as_well(
    world: World, day: date, state: State
) -> None:
    world.agreement(world.person(), methods="")
    duty = world.duty(day, "transfer-method", "before-start")
    assert (duty.state, duty.due) == (state, EVE)


def test_what_a_later_agreement_leaves_out_has_no_day_where_a_whole_one_stood_before(world: World) -> None:
    world.agreement(world.person())
    world.agreement(world.person(), agreed=START + DAY, methods="")
    duty = world.duty(DURING, "transfer-method", "before-start")
    assert (duty.state, duty.due) == (State.DUE, None)


@pytest.mark.parametrize(
    ("agreed", "values", "words"),
    [
        ({"methods": "手渡し"}, {"method": "庁舎窓口での手渡し"}, ""),
        ({"methods": "手渡し又は書留"}, {"method": "簡易書留"}, ""),
        ({"methods": "手渡し"}, {"method": "宅配"}, "方法（宅配）"),
        ({"media": "紙及び電子媒体"}, {"medium": "USBメモリ"}, ""),
        ({"media": "紙"}, {"medium": "USBメモリ"}, "媒体（USBメモリ）"),
        ({"media": "電子データ"}, {"medium": "紙"}, "媒体（紙）"),
        ({}, {"person": True}, "授受担当者と異なる"),
    ],
)
def test_what_is_handed_over_otherwise_than_agreed_is_asked_about(
    world: World, agreed: dict[str, Any], values: dict[str, Any], words: str
) -> None:
    world.agreement(world.person(), BEFORE, **agreed)
    asset = world.asset(medium=values.pop("medium", "紙"))
    if values.pop("person", False):
        values["person"] = world.person("髙橋次郎").id
    event = world.event(asset, "受領", **{"method": "手渡し", **values})
    duty = world.duty(DURING, "transfer-method", "before-start")
    assert duty.state is (State.CONFIRM if words else State.SATISFIED)
    if words:
        assert duty.missing[0].id == event.id
        assert words in duty.missing[0].text
