"""監査: announced, held, what was handed over, findings with owner and day, answers, effect."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.records import Audit, Improvement
from app.records.audit import Finding
from app.work.acts.audits.announce import ANNOUNCE
from app.work.acts.audits.answering import ANSWER_FINDING, FIND, HAND_OVER
from app.work.acts.audits.filled import ACCEPT, HOLD, IMPROVE
from app.work.acts.catalogue import offered
from app.work.acts.plan import Act, Ground
from app.work.desks.audit import next_act
from tests.support.acting import about, new, only, planned, then
from tests.support.world import DURING, World

DAY = timedelta(days=1)


def test_an_announced_audit_calls_for_the_binder_by_its_day(world: World) -> None:
    plan = planned(world, ANNOUNCE, world.contract, planned_on=DURING + DAY, auditor="監査課 山本")
    assert plan.ready
    (audit,) = new(plan, Audit)
    assert (audit.kind, audit.announced_on, audit.planned_on) == ("監査", DURING, DURING + DAY)
    assert audit.held_on is None
    assert ("evidence-binder", DURING + DAY) in [(one.form, one.due) for one in plan.papers]


def test_what_is_left_to_do_calls_it_by_name_before_it_has_a_number(world: World) -> None:
    world.under("kimitsu-hoji")
    (told,) = planned(world, ANNOUNCE, world.contract, planned_on=DURING + DAY).todos
    assert told.text.startswith("監査・調査（通知令和8年6月1日）を受け入れたことも")


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_what_is_announced_tomorrow_was_not_announced(world: World, days: int) -> None:
    plan = planned(world, ANNOUNCE, world.contract, announced_on=DURING + days * DAY)
    if days > 0:
        assert "きょうより後" in only(plan)
    else:
        assert plan.ready


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_a_day_that_is_past_is_told_and_not_refused(world: World, days: int, told: bool) -> None:
    plan = planned(world, ANNOUNCE, world.contract, planned_on=DURING + days * DAY)
    assert plan.ready
    assert any("過ぎています" in one for one in plan.draft.remarks) is told


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_an_audit_before_its_own_notice_is_asked_about(world: World, days: int, told: bool) -> None:
    plan = planned(world, ANNOUNCE, world.contract, planned_on=DURING + days * DAY, auditor="監査課 山本")
    assert any("通知を受けた日" in one.text and "より後です" in one.text for one in plan.asks) is told


@pytest.mark.parametrize(("accepted", "papers"), [(None, 1), (True, 1), (False, 0)])
def test_no_binder_is_called_for_where_the_audit_was_refused(
    world: World, accepted: bool | None, papers: int
) -> None:
    said: dict[str, Any] = {"accepted": accepted, "refused_why": "繁忙期のため" if accepted is False else ""}
    plan = planned(world, ANNOUNCE, world.contract, planned_on=DURING + DAY, **said)
    assert [one.form for one in plan.papers].count("evidence-binder") == papers


def test_an_audit_that_is_announced_already_is_named(world: World) -> None:
    known = world.audit(planned_on=DURING + 3 * DAY)
    assert about(planned(world, ANNOUNCE, world.contract).draft.remarks, known.number)


def test_a_refusal_names_its_reason(world: World) -> None:
    assert "理由" in only(planned(world, ANNOUNCE, world.contract, accepted=False))


def test_an_answer_to_the_announcement_is_recorded_either_way(world: World) -> None:
    world.under("kimitsu-hoji")
    audit = world.audit(announced_on=DURING, planned_on=DURING + DAY)
    assert next_act(audit) == ACCEPT.name
    plan = planned(world, ACCEPT, audit, accepted=True)
    yes = then(plan).get(Audit, audit.id)
    assert (yes.accepted, yes.held_on, next_act(yes)) == (True, None, HOLD.name)
    assert "理由" in only(planned(world, ACCEPT, audit, accepted=False))
    no = then(planned(world, ACCEPT, audit, accepted=False, refused_why="庁舎の停電")).get(Audit, audit.id)
    assert (no.accepted, no.refused_why, next_act(no)) == (False, "庁舎の停電", "")
    assert not planned(world, ACCEPT, audit).ready


def test_a_held_audit_waits_for_answers_and_for_no_acceptance(world: World) -> None:
    held = world.audit(held_on=DURING, findings=(Finding(finding="記入漏れ"),))
    assert next_act(held) == ANSWER_FINDING.name
    assert next_act(replace(held, findings=())) == ""
    assert ACCEPT not in offered(Ground(world.facts(), world.catalogue, world.forms, DURING), held)


def test_what_was_handed_over_stands_line_by_line(world: World) -> None:
    audit = world.audit(material="台帳の写し")
    plan = planned(world, HAND_OVER, audit, what="2026-0009　証跡綴り", to="監査課 山本")
    (write,) = plan.writes
    assert isinstance(write.record, Audit)
    assert write.record.material == "台帳の写し\n令和8年6月1日　2026-0009　証跡綴り（受領：監査課 山本）"
    assert "きょうより後" in only(planned(world, HAND_OVER, audit, what="写し", on=DURING + DAY))


def test_a_finding_comes_with_who_mends_it_by_when(world: World) -> None:
    owner, audit = world.person("佐藤花子"), world.audit(findings=(Finding(number=4, finding="記入漏れ"),))
    plan = planned(world, FIND, audit, finding="施錠の記録がない", owner=owner.id, due_on=DURING + 10 * DAY)
    assert plan.ready
    (made,) = new(plan, Improvement)
    assert (made.audit, made.finding_number, made.owner) == (audit.id, 5, owner.id)
    assert (made.due_on, made.done_on) == (DURING + 10 * DAY, None)
    row = then(plan).get(Audit, audit.id).finding(5)
    assert row is not None
    assert (row.finding, row.answered_on) == ("施錠の記録がない", None)


def test_who_and_when_are_asked_where_they_are_open(world: World) -> None:
    plan = planned(world, FIND, world.audit(), finding="施錠の記録がない")
    assert {"owner", "due_on"} <= {one.field for one in plan.asks}


def test_an_answer_is_written_to_its_own_finding(world: World) -> None:
    rows = (Finding(number=1, finding="あ", answer="済", answered_on=DURING), Finding(number=2, finding="い"))
    audit = world.audit(findings=rows)
    plan = planned(world, ANSWER_FINDING, audit, answer="様式を改めた")
    made = then(plan).get(Audit, audit.id)
    assert [one.answer for one in made.findings] == ["済", "様式を改めた"]
    assert [one.answered_on for one in made.findings] == [DURING, DURING]
    assert "指摘9はありません" in only(planned(world, ANSWER_FINDING, audit, number=9, answer="い"))


def test_the_effect_is_recorded_with_its_day(world: World) -> None:
    held = world.improvement(DURING - 5 * DAY, done_on=DURING - 2 * DAY)
    plan = planned(world, IMPROVE, held, effect="漏れなし", effect_on=DURING)
    (write,) = plan.writes
    assert isinstance(write.record, Improvement)
    assert (write.record.effect, write.record.effect_on) == ("漏れなし", DURING)
    early = planned(world, IMPROVE, held, effect="漏れなし", effect_on=DURING - 3 * DAY)
    assert only(early)


def test_the_day_it_was_held_is_recorded(world: World) -> None:
    audit = world.audit(held_on=None, announced_on=DURING - DAY)
    plan = planned(world, HOLD, audit, held_on=DURING, attended="佐藤花子")
    made = then(plan).get(Audit, audit.id)
    assert (made.held_on, made.attended) == (DURING, "佐藤花子")
    assert only(planned(world, HOLD, audit, held_on=DURING - 2 * DAY))


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, False), (1, True)])
def test_a_promise_never_moves_later_unsaid(world: World, days: int, told: bool) -> None:
    held = world.add(
        Improvement(
            contract=world.contract.id, source="監査・調査", found_on=DURING, finding="鍵", due_on=DURING
        )
    )
    remarks = planned(world, IMPROVE, held, due_on=DURING + timedelta(days=days)).draft.remarks
    assert any("期日を" in one for one in remarks) is told


def test_an_effect_of_what_nobody_did_is_told(world: World) -> None:
    held = world.add(
        Improvement(contract=world.contract.id, source="監査・調査", found_on=DURING, finding="鍵")
    )
    assert about(planned(world, IMPROVE, held, effect="漏れなし").draft.remarks, "実施日がないまま")


@pytest.mark.parametrize(("on", "by", "told"), [(True, True, ""), (False, True, "日"), (True, False, "者")])
def test_an_effect_that_nobody_saw_on_any_day_is_told(world: World, on: bool, by: bool, told: str) -> None:
    held = world.improvement(DURING - 5 * DAY, done_on=DURING - 2 * DAY)
    seen: dict[str, Any] = {"effect_on": DURING} if on else {}
    seen |= {"effect_by": world.person("佐藤花子").id} if by else {}
    plan = planned(world, IMPROVE, held, effect="漏れなし", **seen)
    assert [one for one in plan.draft.remarks if "効果を確認した" in one] == (
        [f"効果を確認した{told}が空欄です。改善報告書では、いつ誰が確かめたかを示せません。"] if told else []
    )


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False)])
def test_nobody_answers_before_the_audit(world: World, days: int, refused: bool) -> None:
    audit = world.audit(held_on=DURING - 3 * DAY, findings=(Finding(number=1, finding="鍵"),))
    day = DURING + timedelta(days=days - 3)
    assert bool(planned(world, ANSWER_FINDING, audit, answer="改めた", on=day).refusals) is refused


# what was refused, and what lies before the audit


@pytest.mark.parametrize("act", [ACCEPT, HOLD])
def test_a_refusal_stays_where_the_audit_is_accepted_after_all(world: World, act: Act) -> None:
    audit = world.audit(announced_on=DURING - DAY, accepted=False, refused_why="庁舎の停電")
    plan = planned(world, act, audit, accepted=True, held_on=DURING)
    assert plan.ready
    assert about(plan.draft.remarks, "断ったと登録されています", "記録に残ります")
    made = then(plan).get(Audit, audit.id)
    assert (made.accepted, made.refused_why) == (True, "庁舎の停電")
    assert "断った理由を消さずに" in only(planned(world, act, audit, accepted=True, refused_why=""))
    world.change(made)
    assert "断った理由を消さずに" in only(planned(world, act, made, refused_why=""))


def test_held_though_it_stands_as_refused_is_told(world: World) -> None:
    audit = world.audit(announced_on=DURING - DAY, accepted=False, refused_why="庁舎の停電")
    assert about(planned(world, HOLD, audit, held_on=DURING).draft.remarks, "受入れも登録してください")
    assert about(planned(world, FIND, audit, finding="鍵").draft.remarks, "断ったと登録されています")


@pytest.mark.parametrize(
    ("act", "said", "label"),
    [(HAND_OVER, {"what": "台帳の写し"}, "渡した日"), (FIND, {"finding": "鍵"}, "指摘を受けた日")],
)
@pytest.mark.parametrize(("days", "words"), [(-3, "通知を受けた日"), (-2, "実施日"), (-1, ""), (0, "")])
def test_what_lies_before_the_audit_is_told(
    world: World, act: Act, said: dict[str, Any], label: str, days: int, words: str
) -> None:
    audit = world.audit(announced_on=DURING - 2 * DAY, held_on=DURING - DAY)
    plan = planned(world, act, audit, on=DURING + days * DAY, **said)
    assert plan.ready
    told = [one for one in plan.draft.remarks if one.startswith(f"{label}（") and "より前です" in one]
    assert [words in one for one in told] == ([True] if words else [])


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_nothing_is_due_before_it_was_found(world: World, days: int, refused: bool) -> None:
    due = DURING + timedelta(days=days)
    found = planned(world, FIND, world.audit(held_on=DURING), finding="鍵", due_on=due)
    held = world.improvement(DURING)
    improved = planned(world, IMPROVE, held, due_on=due)
    for plan in (found, improved):
        assert plan.ready is not refused
        if refused:
            assert "期日は指摘を受けた日以後の日" in only(plan)


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False)])
def test_an_answer_before_its_finding_is_told(world: World, days: int, told: bool) -> None:
    audit = world.audit(held_on=DURING - 9 * DAY, findings=(Finding(number=1, finding="鍵"),))
    world.improvement(DURING, audit=audit.id, finding_number=1)
    plan = planned(world, ANSWER_FINDING, audit, answer="改めた", on=DURING + timedelta(days=days))
    assert any("指摘を受けた日" in one for one in plan.draft.remarks) is told


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
@pytest.mark.parametrize("answered", [None, DURING - 3 * DAY])
def test_no_answer_first_or_second_is_given_on_a_day_to_come(
    world: World, answered: date | None, days: int, *, refused: bool
) -> None:
    row = Finding(number=1, finding="鍵", answer="注意した" if answered else "", answered_on=answered)
    audit = world.audit(held_on=DURING - 9 * DAY, findings=(row,))
    plan = planned(world, ANSWER_FINDING, audit, number=1, answer="替えた", on=DURING + timedelta(days=days))
    assert ["きょうより後" in one for one in plan.refusals] == ([True] if refused else [])


def test_a_second_answer_leaves_the_first_with_its_day(world: World) -> None:
    first = Finding(number=1, finding="鍵", answer="注意した", answered_on=DURING - 3 * DAY)
    audit = world.audit(held_on=DURING - 9 * DAY, findings=(first,))
    plan = planned(world, ANSWER_FINDING, audit, number=1, answer="錠を替えた")
    assert plan.ready, plan.refusals
    assert about(plan.draft.remarks, "令和8年5月29日に回答しています", "残し")
    made = then(plan).get(Audit, audit.id)
    assert [(one.answer, one.answered_on) for one in made.findings] == [
        ("注意した／令和8年6月1日　錠を替えた", DURING - 3 * DAY)
    ]
    world.change(made)
    assert "同じ回答" in only(planned(world, ANSWER_FINDING, made, number=1, answer="錠を替えた"))
    same = planned(world, ANSWER_FINDING, made, number=1, answer="錠を替えた", on=DURING - DAY)
    assert same.ready


def test_the_same_thing_is_not_entered_twice(world: World) -> None:
    audit = world.audit(findings=(Finding(number=4, finding="鍵"),), material="令和8年6月1日　写し")
    assert "指摘4に登録されています" in only(planned(world, FIND, audit, finding="鍵"))
    assert "同じ資料" in only(planned(world, HAND_OVER, audit, what="写し"))
    assert planned(world, HAND_OVER, audit, what="写し", to="監査課 山本").ready


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_whoever_had_left_owns_no_improvement(world: World, days: int, refused: bool) -> None:
    left = DURING + timedelta(days=days)
    owner = world.person("佐藤花子", left_on=left)
    found = planned(world, FIND, world.audit(held_on=DURING), finding="鍵", owner=owner.id, due_on=DURING)
    named = planned(world, IMPROVE, world.improvement(DURING), owner=owner.id)
    by = planned(world, IMPROVE, world.improvement(DURING, done_on=DURING), effect="良", effect_by=owner.id)
    for plan in (found, named, by):
        assert plan.ready is not refused
        if refused:
            assert f"佐藤花子は{'令和8年5月31日'}に退職しているため" in only(plan)


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_an_owner_who_leaves_before_the_day_is_told(world: World, days: int, told: bool) -> None:
    due = DURING + 9 * DAY
    owner = world.person("佐藤花子", left_on=due + timedelta(days=days))
    plan = planned(world, FIND, world.audit(held_on=DURING), finding="鍵", owner=owner.id, due_on=due)
    assert plan.ready
    assert any("後任を決めてください" in one for one in plan.draft.remarks) is told
    since = planned(
        world, FIND, world.audit(held_on=DURING), today=due + 2 * DAY, finding="鍵", on=DURING, owner=owner.id
    )
    assert about(since.draft.remarks, "に退職しています。後任を")


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, False), (1, False)])
def test_an_owner_who_had_left_when_it_was_done_is_told(world: World, days: int, told: bool) -> None:
    owner = world.person("佐藤花子", left_on=DURING + timedelta(days=days))
    held = world.improvement(DURING - 9 * DAY, owner=owner.id)
    plan = planned(world, IMPROVE, held, done_on=DURING)
    assert any("実施した者を確かめてください" in one for one in plan.draft.remarks) is told
