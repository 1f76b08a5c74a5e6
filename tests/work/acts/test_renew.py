"""Next year's contract from this one: who, where and with what goes on, and what is to be proven anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.records import (
    SPECS,
    Approval,
    Assignment,
    ClauseText,
    Contract,
    DeviceUse,
    LocationUse,
    Oath,
    PaperSetting,
    Rule,
    Structure,
    Subcontract,
    System,
    Training,
    TransferAgreement,
)
from app.records.contract import ContractParameter
from app.records.for_contract import ForContract
from app.records.ordering import same_key
from app.work.acts.plan import PROVISIONAL, Plan
from app.work.acts.telling import shown
from app.work.acts.year.carrying_over import COPYING
from app.work.acts.year.fates import CARRIED, FATES, NOT_CARRIED, OF_ITS_OWN, Fate
from app.work.acts.year.renew import RENEW
from forms import all_forms
from tests.support.world import AFTER, DURING, END, START, World
from tests.work.acts.planned import ground, left, plan, written

FIRST = END + timedelta(days=1)
LAST = date(2028, 3, 31)
TODAY = date(2027, 2, 1)
ONE_DAY = timedelta(days=1)


def renewal(world: World, number: str = "R9-001", starts: date = FIRST, ends: date = LAST) -> Plan:
    return plan(RENEW, world, TODAY, number=number, starts_on=starts, ends_on=ends)


def test_every_record_type_is_decided_once_and_every_copied_one_has_its_way() -> None:
    assert set(FATES) == {spec.cls for spec in SPECS.values()}
    copied = {cls for cls, fate in FATES.items() if fate is Fate.COPIED}
    assert set(COPYING) == copied - {Contract}
    for cls, fate in FATES.items():
        names = {field.name for field in cls.spec.fields}
        if fate is Fate.EXTENDED:
            assert {"contracts", "ends_on"} <= names, cls


def test_every_field_of_a_contract_is_decided_once() -> None:
    fields = [field.name for field in Contract.spec.fields]
    assert sorted((*CARRIED, *OF_ITS_OWN, *NOT_CARRIED)) == sorted(fields)


def test_the_new_contract_says_what_the_old_one_said_and_what_is_its_own(world: World) -> None:
    world.under("kimitsu-hoji", persons=900, items="氏名", vendor_word="受託者", note="前年度の覚え")
    number = ContractParameter(annex="kimitsu-hoji", clause="第6条第4項", name="何日前までか", value="14")
    world.change(world.contract, parameters=(number,))
    made = renewal(world)
    assert made.ready, made.refusals
    (new,) = written(made, Contract)
    old = world.contract
    assert (new.client, new.title, new.annexes, new.parameters) == (
        old.client,
        old.title,
        old.annexes,
        (number,),
    )
    assert (new.items, new.vendor_word) == ("氏名", "受託者")
    assert (new.number, new.starts_on, new.ends_on, new.renews) == ("R9-001", FIRST, LAST, old.id)
    assert (new.signed_on, new.persons, new.note) == (TODAY, None, "")
    asks = "".join(one.text for one in made.asks)
    assert "契約締結日は令和9年2月1日として登録します" in asks
    assert "本人の数は引き継ぎません" in asks
    assert old not in [one.before for one in made.writes], "the old contract stays as it is"


def test_who_works_goes_on_in_the_same_roles_from_the_first_day(world: World) -> None:
    person = world.worker("佐藤花子", "業務責任者", "従事者")
    ended = world.worker("山田太郎", ends=END)
    made = renewal(world)
    held = {one.person: one for one in written(made, Assignment)}
    assert held[person.id].role_names == ("業務責任者", "従事者")
    assert (held[person.id].starts_on, held[person.id].ends_on) == (FIRST, None)
    assert held[ended.id].ends_on == LAST, "it ended with the contract, and so does the new one"
    assert all(one.contract == PROVISIONAL for one in held.values())


@pytest.mark.parametrize(
    ("left_on", "goes"), [(END - ONE_DAY, False), (END, False), (FIRST, True), (FIRST + ONE_DAY, True)]
)
def test_whoever_leaves_before_the_first_day_is_not_carried_and_it_is_said_why(
    world: World, left_on: date, goes: bool
) -> None:
    person = world.worker("山田太郎", "業務責任者", left_on=left_on)
    world.structure(person, title="現場責任者")
    made = renewal(world)
    assert [one.person for one in written(made, Assignment)] == ([person.id] if goes else [])
    assert len(written(made, Structure)) == (1 if goes else 0)
    whys = "".join(left(made, Assignment).values())
    assert ("山田太郎は" in whys) is not goes
    assert ("新しい契約の業務責任者がいません" in "".join(one.text for one in made.asks)) is not goes
    remarks = "".join(made.draft.remarks)
    assert ("引き継ぎません：責任者・従事者「山田太郎" in remarks) is not goes


@pytest.mark.parametrize(("ends", "goes"), [(END - ONE_DAY, False), (END, True), (None, True)])
def test_a_place_or_machine_given_up_before_the_last_day_is_not_carried(
    world: World, ends: date | None, goes: bool
) -> None:
    use = world.use(world.place(), ends=ends)
    device = world.device_use(world.device(), ends_on=ends)
    made = renewal(world)
    assert len(written(made, LocationUse)) == len(written(made, DeviceUse)) == (1 if goes else 0)
    assert (use.id in left(made, LocationUse)) is not goes
    assert (device.id in left(made, DeviceUse)) is not goes


@pytest.mark.parametrize(("retired", "goes"), [(END, False), (FIRST, True), (None, True)])
def test_a_retired_machine_is_not_carried(world: World, retired: date | None, goes: bool) -> None:
    use = world.device_use(world.device(retired_on=retired), approval=None)
    made = renewal(world)
    assert len(written(made, DeviceUse)) == (1 if goes else 0)
    assert (use.id in left(made, DeviceUse)) is not goes


def test_a_destroyed_a_private_and_a_sub_contractors_thing_are_not_carried(world: World) -> None:
    private = world.device_use(world.device(owner="私物"), reason="事情")
    burnt = world.device(kind="USBメモリ")
    use = world.device_use(burnt)
    asset = world.received(medium="USBメモリ")
    made = world.disposal(asset, method="物理的破壊")
    world.change(made, lines=(replace(made.lines[0], asset=None, device=burnt.id),))
    company = world.subcontractor()
    delegated = world.delegate(company)
    theirs = world.use(world.place("倉庫", subcontractor=company.id))
    worker = world.worker("外山太郎", employment="再委託先", subcontractor=company.id)
    found = renewal(world)
    assert not any(written(found, cls) for cls in (DeviceUse, LocationUse, Assignment))
    assert "私物のためです" in left(found, DeviceUse)[private.id]
    assert "令和8年6月1日に廃棄したためです" in left(found, DeviceUse)[use.id]
    assert "再委託先の場所のためです" in left(found, LocationUse)[theirs.id]
    assert delegated.id in left(found, Subcontract)
    assert any(f"{worker.name}は再委託先の者" in why for why in left(found, Assignment).values())


def test_what_was_proven_for_the_old_contract_is_not_carried(world: World) -> None:
    person = world.worker()
    proofs = (
        world.oath(person),
        world.training(person),
        world.agreement(person),
        world.approval("持出"),
    )
    made = renewal(world)
    assert not any(written(made, cls) for cls in (Oath, Training, TransferAgreement, Approval))
    for proof in proofs:
        assert left(made, type(proof))[proof.id] == "新しい契約の分として改めて行うためです。"
    assert "引き継ぎません：誓約書1件" in "".join(made.draft.remarks)


def test_systems_and_rules_serve_the_new_contract_too_and_the_old_one_as_before(world: World) -> None:
    system = world.system()
    old_system = world.system("旧システム", ends_on=END)
    rule = world.rule(contracts=(ForContract(contract=world.contract.id),))
    world.rule("全社規程")
    made = renewal(world)
    assert [one.contract_ids for one in written(made, System)] == [(world.contract.id, PROVISIONAL)]
    assert [one.id for one in written(made, Rule)] == [rule.id]
    assert system.id not in left(made, System)
    assert "令和9年3月31日に終わる" in left(made, System)[old_system.id]


def test_settings_of_papers_hold_from_the_signing_and_clauses_are_to_be_compared(world: World) -> None:
    clause = world.clause("oath")
    setting = PaperSetting(contract=world.contract.id, form="oath", starts_on=START, style_number="様式1")
    world.add(setting)
    world.add(PaperSetting(contract=world.contract.id, form="oath", starts_on=DURING, style_number="様式2"))
    over = PaperSetting(contract=world.contract.id, form="worker-list", starts_on=START, ends_on=DURING)
    world.add(over)
    world.add(ClauseText(contract=world.contract.id, annex="own", clause=clause.number, text="条文"))
    made = renewal(world)
    (kept,) = written(made, PaperSetting)
    assert (kept.style_number, kept.starts_on) == ("様式2", TODAY)
    assert [one.text for one in written(made, ClauseText)] == ["条文"]
    assert "条文の控え1件を引き継ぎます" in "".join(one.text for one in made.asks)


def test_papers_due_before_the_start_are_called_for_and_those_of_the_year_are_not(world: World) -> None:
    world.forms = all_forms()
    world.under("minato", options=("特定個人情報",))
    world.worker("佐藤花子")
    made = renewal(world)
    forms = {one.form: one.due for one in made.papers}
    assert forms["oath"] == END
    assert "worker-list" in forms
    assert all(due is None or due < LAST for due in forms.values())


def test_what_is_still_held_is_asked_about(world: World) -> None:
    world.received(3)
    made = renewal(world)
    assert "申請書、3枚））が残っています" in "".join(one.text for one in made.asks)
    assert not any(one.spec.name in ("asset", "event") for one in (write.record for write in made.writes))


@pytest.mark.parametrize(("starts", "refused"), [(END, True), (FIRST, False), (AFTER, False)])
def test_a_renewal_that_overlaps_this_year_is_refused(world: World, starts: date, refused: bool) -> None:
    made = renewal(world, starts=starts)
    assert bool(made.refusals) is refused
    if refused:
        (sentence,) = made.refusals
        assert "重なっています。令和9年4月1日以後の日を入力してください。" in sentence
        assert made.writes == ()


def test_a_renewal_ends_on_its_first_day_at_the_earliest(world: World) -> None:
    (sentence,) = renewal(world, ends=FIRST - ONE_DAY).refusals
    assert "終期（令和9年3月31日）が始期（令和9年4月1日）より前です" in sentence
    assert renewal(world, ends=FIRST).ready


@pytest.mark.parametrize(
    "number", ["R8-001", "Ｒ８－００１", "r8-001", "R8‐001", "R8−001", "R8ー001", "R8　-　001"]
)
def test_the_number_of_the_old_contract_is_refused_in_any_spelling(world: World, number: str) -> None:
    (sentence,) = renewal(world, number=number).refusals
    assert "更新前の契約の番号です" in sentence


@pytest.mark.parametrize("number", ["R7-009", "Ｒ７－００９", "r7‐009", "R7ー009", "R7 -009 "])
def test_the_number_of_any_contract_is_refused_as_the_ledger_itself_would(world: World, number: str) -> None:
    """The same fold as everywhere: a number that only a hyphen or a blank spells otherwise is that number."""
    other = world.add(replace(world.contract, id=0, number="R7-009", title="先の業務"))
    (sentence,) = renewal(world, number=number).refusals
    assert "契約「先の業務」の番号です" in sentence
    assert same_key(replace(other, number=number)) == same_key(other)


@pytest.mark.parametrize("number", ["ｒ８００１", "R8 001"])
def test_a_number_that_differs_in_hyphens_alone_is_asked_about(world: World, number: str) -> None:
    made = renewal(world, number=number)
    assert not made.refusals
    (asked,) = [one for one in made.asks if "表記が違うだけ" in one.text]
    assert asked.field == "number"
    assert "番号「R8-001」" in asked.text
    other = renewal(world, number="R9-001")
    assert not [one for one in other.asks if "表記が違うだけ" in one.text]


def test_what_was_renewed_is_not_renewed_again_and_the_newer_one_is_named(world: World) -> None:
    world.add(
        Contract(
            client=world.contract.client,
            number="R9-001",
            title="架空業務",
            signed_on=END,
            starts_on=FIRST,
            ends_on=LAST,
            annexes=world.contract.annexes,
            renews=world.contract.id,
        )
    )
    (sentence,) = renewal(world, number="R9-002").refusals
    assert "契約「R9-001」に更新済みです" in sentence
    assert not RENEW.offered(ground(world, TODAY), world.contract)


def test_no_contract_renews_itself(world: World) -> None:
    old = world.contract
    assert [path for path, _ in replace(old, renews=old.id).problems()] == ["renews"]
    assert not list(replace(old, renews=old.id + 1).problems())


def test_without_number_or_days_it_asks_and_writes_nothing(world: World) -> None:
    made = plan(RENEW, world, TODAY)
    assert [one.field for one in made.asks if one.needed] == ["number", "starts_on", "ends_on"]
    assert (made.writes, made.ready) == ((), False)
    given = RENEW.given(ground(world, TODAY), (world.contract,))
    assert given == {"starts_on": FIRST, "ends_on": LAST}


@pytest.mark.parametrize(
    ("signed", "said"),
    [
        (TODAY, ""),
        (TODAY + ONE_DAY, "まだ来ていません"),
        (FIRST, "まだ来ていません"),
        (FIRST + ONE_DAY, "始期"),
    ],
)
def test_a_day_of_signature_that_moves_deadlines_or_has_not_come_is_asked_about(
    world: World, signed: date, said: str
) -> None:
    """What is due before the start of a contract that is signed later, is due on the day of the signature."""
    made = plan(RENEW, world, TODAY, number="R9-001", starts_on=FIRST, ends_on=LAST, signed_on=signed)
    asked = [one.text for one in made.asks if one.field == "signed_on"]
    assert [said in one for one in asked] == ([True] if said else [])


def test_the_plan_calls_an_annex_by_its_title(world: World) -> None:
    world.under("kimitsu-hoji")
    made = renewal(world)
    contract = next(one.record for one in made.writes if isinstance(one.record, Contract))
    text = shown(made.facts, world.catalogue, contract, Contract.spec.field("annexes"))
    assert "kimitsu" not in text
    assert text.startswith("機密保持及び個人情報保護に関する特記事項／")
