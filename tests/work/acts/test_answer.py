"""発注者の回答・指示: bound to what it answers, and never more than what was said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.duties.engine import duties_of_kind
from app.duties.view import ContractView
from app.records import Approval, Contract, Instruction, Submission, stated_key
from app.records.approval import ApprovalKind, ApprovalSubject
from app.work.acts.plan import Ground, Plan
from app.work.acts.rounds.answer import ANSWER
from app.work.acts.rounds.listed import One
from app.work.acts.rounds.resting import in_writing
from tests.support.acting import about, new, only, planned, then
from tests.support.world import DURING, START, World

CATALOGUE = load()
APPLIED = DURING - timedelta(days=10)


@pytest.fixture
def world() -> World:
    return World(CATALOGUE)


def choice(world: World, number: str) -> str:
    """What stands for a record in the field, by its number."""
    (field,) = (one for one in ANSWER.fields_for(ground_of(world), (world.contract,)) if one.name == "to")
    assert isinstance(field.kind, One)
    return field.kind.from_text(number)


def ground_of(world: World) -> Ground:
    return Ground(world.facts(), world.catalogue, world.forms, DURING)


def said(world: World, what: str, to: str = "", **answers: Any) -> Plan:
    given = {
        "said": what,
        "by": "書面",
        "who": "総務課 高橋",
        "to": choice(world, to) if to else "",
        **answers,
    }
    return planned(world, ANSWER, world.contract, **given)


def pending(world: World, kind: str = "持出", **values: Any) -> Approval:
    given = {"granted": None, "written": None, "applied_on": APPLIED, **values}
    return world.approval(kind, **given)


def answered(plan: Plan, cls: type[Any]) -> Any:
    (found,) = (one.record for one in plan.writes if isinstance(one.record, cls))
    return found


def test_an_approval_is_granted_with_its_conditions(world: World) -> None:
    approval = pending(world)
    plan = said(world, "承諾", approval.number, words="施錠して運ぶこと", reference="総第12号")
    assert plan.ready
    made = answered(plan, Approval)
    assert (made.granted_on, made.granted_by, made.conditions, made.reference, made.written) == (
        DURING,
        "総務課 高橋",
        "施錠して運ぶこと",
        "総第12号",
        True,
    )
    assert made.refused_on is None
    assert "書面で承諾" in made.note


def test_a_refusal_is_no_grant(world: World) -> None:
    approval, device = pending(world), world.device()
    world.device_use(device, approval=approval.id)
    plan = said(world, "不承諾", approval.number, words="必要がない")
    made = answered(plan, Approval)
    assert (made.granted_on, made.refused_on, made.refused_why) == (None, DURING, "必要がない")
    assert about(plan.draft.remarks, "承諾のない取扱い")


@pytest.mark.parametrize(("by", "written"), [("書面", True), ("電話・口頭", False), ("メール", None)])
def test_how_it_came_stays_known(world: World, by: str, written: bool | None) -> None:
    approval = pending(world)
    plan = said(world, "承諾", approval.number, by=by)
    assert answered(plan, Approval).written is written
    assert by in answered(plan, Approval).note
    assert any("メールが契約にいう書面" in one.text for one in plan.asks) is (by == "メール")


@pytest.mark.parametrize(("by", "open_"), [("書面", False), ("電話・口頭", True), ("メール", True)])
def test_a_word_is_not_enough_where_the_clause_wants_it_written(world: World, by: str, open_: bool) -> None:
    world.clause("takeout-approval", "each-time", written=True)
    asset = world.received()
    approval = pending(world, subjects=(), serves="期間中繰返し")
    world.event(asset, "持出", day=DURING, approval=approval.id)
    plan = said(world, "承諾", approval.number, by=by, on=DURING - timedelta(days=1))
    facts = then(plan)
    view = ContractView(facts, world.catalogue, world.forms, facts.get(Contract, world.contract.id), DURING)
    (duty,) = duties_of_kind(view, "takeout-approval")
    assert (duty.state in (State.DUE, State.OVERDUE)) is open_
    assert bool([todo for todo in plan.todos if "書面" in todo.text or "口頭" in todo.text]) is open_


@pytest.mark.parametrize(("by", "told"), [("書面", False), ("電話・口頭", True), ("メール", True)])
def test_that_it_is_wanted_in_writing_is_told_before_anything_rests_on_it(
    world: World, by: str, told: bool
) -> None:
    world.clause("copy-approval", "each-time", written=True)
    world.clause("takeout-approval", "each-time")
    copy, out = pending(world, "複写"), pending(world, "持出")
    remarks = said(world, "承諾", copy.number, by=by).draft.remarks
    assert any("第1条は書面による承諾を求めています" in one for one in remarks) is told
    assert not any("書面による" in one for one in said(world, "承諾", out.number, by=by).draft.remarks)
    assert not any("書面による" in one for one in said(world, "不承諾", copy.number, by=by).draft.remarks)


def test_the_paper_that_follows_a_word_allows_from_its_own_day_on(world: World) -> None:
    world.clause("copy-approval", "each-time", written=True)
    world.clause("takeout-approval", "each-time")
    word = DURING - timedelta(days=3)
    approval = pending(world, "複写", granted=word, written=False)
    enough = pending(world, "持出", granted=word, written=False)
    plan = said(world, "承諾", approval.number)
    made = answered(plan, Approval)
    assert (made.granted_on, made.written) == (DURING, True)
    assert "令和8年5月29日（口頭）" in made.note
    assert about(plan.draft.remarks, "承諾日を令和8年5月29日から")
    for answers in ({"by": "電話・口頭"}, {"what": "不承諾"}):
        given = {"what": "承諾", "to": approval.number, **answers}
        assert "書面を待っています" in only(said(world, **given))
    assert said(world, "承諾", approval.number, on=word).ready
    assert "より前です" in only(said(world, "承諾", approval.number, on=word - timedelta(days=1)))
    with pytest.raises(ValueError, match="選べません"):
        choice(world, enough.number)


def test_every_kind_of_approval_is_asked_for_by_a_kind_of_duty() -> None:
    for kind in ApprovalKind:
        world = World(CATALOGUE)
        for one in ("takeout-approval", "equipment-takeout", "copy-approval", "bringin-approval"):
            world.clause(one, "each-time", written=True)
        for one in ("subcontract-approval", "disposal-approval", "purpose-limit", "collection-limit"):
            world.clause(one, "each-time", written=True)
        assert len(in_writing(ground_of(world), pending(world, kind))) == 1, kind


@pytest.mark.parametrize(("since", "early"), [(-1, True), (0, False), (1, False)])
def test_what_was_done_before_it_was_allowed_is_told(world: World, since: int, early: bool) -> None:
    approval, device = pending(world, "機器持出"), world.device()
    world.device_use(device, starts=DURING + timedelta(days=since), approval=approval.id)
    plan = said(world, "承諾", approval.number)
    assert any("より前です" in one for one in plan.draft.remarks) is early


@pytest.mark.parametrize(("on", "refused"), [(-1, True), (0, False), (1, False)])
def test_nothing_is_answered_before_it_was_asked(world: World, on: int, refused: bool) -> None:
    approval = pending(world)
    plan = said(world, "承諾", approval.number, on=APPLIED + timedelta(days=on))
    if refused:
        assert "承諾日" in only(plan)
    else:
        assert plan.ready


@pytest.mark.parametrize(("on", "refused"), [(-1, False), (0, False), (1, True)])
def test_nothing_was_said_on_a_day_to_come(world: World, on: int, refused: bool) -> None:
    plan = said(world, "承諾", pending(world).number, on=DURING + timedelta(days=on))
    assert any("きょうより後" in one for one in plan.refusals) is refused


def test_an_instruction_stays_open_with_its_day(world: World) -> None:
    plan = said(
        world,
        "指示・求め・協議",
        kind="報告の求め",
        words="作業場所を報告すること",
        due=DURING,
        by="電話・口頭",
    )
    (made,) = new(plan, Instruction)
    assert (made.kind, made.what, made.from_whom, made.due_on, made.answered_on, made.written) == (
        "報告の求め",
        "作業場所を報告すること",
        "総務課 高橋",
        DURING,
        None,
        False,
    )
    assert {one.field for one in said(world, "指示・求め・協議").asks if one.needed} == {"kind", "words"}
    approval = pending(world)
    bound = said(world, "指示・求め・協議", approval.number, kind="指示", words="止めること")
    assert "空欄" in only(bound)


def handed_in(world: World, **values: Any) -> Submission:
    world.worker("甲")
    return world.issue("worker-list", START, START, **values)


def test_a_paper_is_accepted_or_comes_back(world: World) -> None:
    paper = handed_in(world)
    accepted = said(world, "書類の受理", paper.number)
    assert answered(accepted, Submission).accepted_on == DURING
    assert [one.operation for one in accepted.writes] == ["accept"]
    asked = said(world, "書類の差戻し", paper.number)
    assert [one.field for one in asked.asks if one.needed] == ["words"]
    back = said(world, "書類の差戻し", paper.number, words="氏名の誤り")
    made = answered(back, Submission)
    assert (made.sent_back_on, made.sent_back_why, made.stands) == (DURING, "氏名の誤り", False)
    assert "提出日" in only(said(world, "書類の受理", paper.number, on=START - timedelta(days=1)))


def test_an_application_that_comes_back_waits_for_no_answer(world: World) -> None:
    asset = world.received()
    approval = pending(world, applied_on=None, subjects=(ApprovalSubject(asset=asset.id, quantity=1),))
    paper = world.issue("takeout-application", APPLIED, APPLIED, only=(stated_key(approval),))
    approval = world.change(approval, applied_on=APPLIED)
    plan = said(world, "書類の差戻し", paper.number, words="目的が不明")
    assert answered(plan, Approval).applied_on is None
    assert {one.operation for one in plan.writes} == {"send back"}
    kept = said(world, "書類の受理", paper.number)
    assert [type(one.record) for one in kept.writes] == [Submission]


def test_what_fits_nothing_is_one_sentence(world: World) -> None:
    assert "回答を待っている承諾がありません" in only(said(world, "承諾"))
    assert "受理又は差戻しを待っている書類がありません" in only(said(world, "書類の受理"))
    paper, approval = handed_in(world), pending(world)
    assert "回答を待っている承諾への回答です" in only(said(world, "承諾", paper.number))
    assert "提出した書類への回答です" in only(said(world, "書類の受理", approval.number))
    assert [one.field for one in said(world, "承諾").asks if one.needed] == ["to"]
    label = choice(world, approval.number)
    world.change(approval, granted_on=DURING)
    assert "もう回答が登録されています" in only(
        planned(world, ANSWER, world.contract, said="承諾", by="書面", to=label)
    )
    assert "種別と期限" in only(said(world, "書類の受理", paper.number, kind="指示"))


def test_what_is_needed_is_asked(world: World) -> None:
    assert [one.field for one in planned(world, ANSWER, world.contract).asks] == ["said"]
    open_ = planned(world, ANSWER, world.contract, said="承諾", on=None)
    assert {one.field for one in open_.asks if one.needed} == {"on", "by"}
