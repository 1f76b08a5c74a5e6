"""誤送付・漏えい: an accident that begins with a contract or a person, and with no thing of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from app.records import Contract, Incident, Record
from app.work.acts.catalogue import offered
from app.work.acts.incidents.report import REPORT, REPORT_BY
from app.work.acts.offering import urgent
from app.work.acts.plan import Act, Ground, Plan
from tests.support.acting import about, new, only, planned
from tests.support.world import DURING, START, World

FOUND = datetime.combine(DURING, time(9, 10))


def report(world: World, *records: Record, act: Act = REPORT, **answers: Any) -> Plan:
    said = {"kind": "誤送付・誤交付", "found": FOUND, "by": "業務部 佐藤", **answers}
    return planned(world, act, *(records or (world.contract,)), **said)


def test_a_mail_to_the_wrong_address_says_what_to_whom_and_whether_it_is_back(world: World) -> None:
    plan = report(world, item="申請者一覧", persons=12, recipient="株式会社乙", recovered=False)
    assert plan.ready
    (incident,) = new(plan, Incident)
    (row,) = incident.assets
    assert (row.item, row.persons, row.known_on) == ("申請者一覧", 12, DURING)
    assert (incident.recipient, incident.recovered, incident.recovered_on) == ("株式会社乙", False, None)
    assert incident.circumstances == "申請者一覧の誤送付・誤交付。"
    assert [one.form for one in plan.papers][:1] == ["incident-first"]


def test_an_asset_of_the_ledger_is_named_by_its_number(world: World) -> None:
    asset = world.received(persons=40)
    (incident,) = new(report(world, asset=asset.id, kind="誤廃棄・誤消去"), Incident)
    assert [(row.asset, row.item) for row in incident.assets] == [(asset.id, asset.item)]
    assert asset.number in incident.circumstances


def test_an_asset_of_another_contract_is_refused_with_the_way_on(world: World) -> None:
    other = world.add(replace(world.contract, number="R8-002", title="別の業務"))
    asset = world.received()
    sentence = only(report(world, other, asset=asset.id))
    assert sentence.startswith(f"{asset.number}はR8-002の情報資産ではありません。")
    assert "契約を選ぶか" in sentence


def test_what_is_not_known_yet_is_asked_and_never_said(world: World) -> None:
    plan = report(world, kind="漏えい")
    assert plan.ready
    (incident,) = new(plan, Incident)
    assert incident.assets == ()
    assert incident.circumstances == "対象を確認中の情報の漏えい。"
    assert incident.recovered is None
    assert about((one.text for one in plan.asks), "本人の数")
    asked = [one.field for one in report(world).asks if one.field]
    assert "recipient" in asked
    assert "recovered" in asked


def test_what_is_left_to_do_calls_it_by_name_before_it_has_a_number(world: World) -> None:
    world.under("kimitsu-hoji")
    told = [one.text for one in report(world, kind="漏えい").todos]
    assert told
    assert all(one.startswith(("事故の", "事故（発見")) for one in told)


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("破損", {"recipient": "株式会社乙"}, "recipient"),
        ("ウイルス感染", {"recipient": "株式会社乙"}, "recipient"),
        ("改ざん", {"recovered": True, "recovered_on": DURING}, "recovered"),
        ("漏えい", {"recipient": "株式会社乙", "recovered": True, "recovered_on": DURING}, ""),
        ("誤廃棄・誤消去", {"recovered": False}, ""),
        ("誤送付・誤交付", {"recovered_on": DURING}, "recovered"),
    ],
)
def test_whom_it_reached_is_said_only_where_it_can_be(
    world: World, kind: str, said: dict[str, Any], field: str
) -> None:
    plan = report(world, kind=kind, **said)
    assert [one.field for one in plan.asks if one.needed] == ([field] if field else [])
    assert plan.ready is not bool(field)


@pytest.mark.parametrize(("ago", "asked"), [(0, False), (1, True)])
def test_the_day_on_which_it_was_back_is_never_guessed(world: World, ago: int, asked: bool) -> None:
    found = FOUND - timedelta(days=ago)
    plan = report(world, found=found, recipient="株式会社乙", recovered=True)
    assert ([one.field for one in plan.asks if one.needed] == ["recovered_on"]) is asked
    told = report(world, found=found, recipient="株式会社乙", recovered=True, recovered_on=DURING)
    assert [one.recovered_on for one in new(told, Incident)] == [DURING]


def test_found_before_it_happened_is_one_sentence(world: World) -> None:
    sentence = only(report(world, happened=FOUND + timedelta(hours=1)))
    assert "気づいた日時" in sentence
    assert "起きた日時" in sentence
    assert sentence.count("。") == 2


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_before_the_contract_began_is_told_and_not_refused(world: World, days: int, told: bool) -> None:
    happened = datetime.combine(START + timedelta(days=days), time(9))
    plan = report(world, happened=happened)
    assert plan.ready
    assert any("始期" in one for one in plan.draft.remarks) is told


def test_several_contracts_each_have_an_incident_of_their_own(world: World) -> None:
    other = world.add(replace(world.contract, number="R8-002", title="別の業務"))
    found = new(report(world, world.contract, other, kind="ウイルス感染"), Incident)
    assert [one.contract for one in found] == [world.contract.id, other.id]


def test_from_a_person_the_name_stands_where_no_report_prints_it(world: World) -> None:
    worker = world.worker("鈴木次郎")
    plan = report(world, worker, act=REPORT_BY, item="送付状")
    assert plan.ready
    (incident,) = new(plan, Incident)
    assert incident.contract == world.contract.id
    assert "鈴木次郎" in incident.note
    assert "鈴木次郎" not in f"{incident.circumstances}{incident.found_by}{incident.timeline}"


def test_who_works_on_no_contract_is_asked_for_which_it_was(world: World) -> None:
    idle = world.person("田中三郎")
    plan = report(world, idle, act=REPORT_BY)
    assert [one.field for one in plan.asks if one.needed] == ["contract"]
    told = report(world, idle, act=REPORT_BY, contract=world.contract.id)
    assert told.ready
    assert about(told.draft.remarks, "従事していません")


def test_it_is_offered_on_a_contract_and_on_a_person_as_what_cannot_wait(world: World) -> None:
    ground = Ground(world.facts(), world.catalogue, world.forms, DURING)
    assert REPORT in offered(ground, world.facts().get(Contract, world.contract.id))
    assert REPORT_BY in offered(ground, world.person("田中三郎"))
    assert {REPORT, REPORT_BY} <= set(urgent())
