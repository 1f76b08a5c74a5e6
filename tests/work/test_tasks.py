"""Duties become things to do: merged by their next step, ordered by urgency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.annexes.catalogue import load
from app.annexes.kinds import State
from app.duties.duty import Action, Duty, Gap, Step
from app.duties.papers.drift import CHANGED, Difference, Drift
from app.records import Submission
from app.work.asks_words import asks_words
from app.work.states import days_left, document_mark, long_day, mark, period, short_day
from app.work.tasks import Group, coming, ordered, tasks, unsaid

TODAY = date(2026, 4, 20)
CLAUSES = load().annex("kimitsu-hoji").clauses
PRINT = Step("作業場所届出書を作成", Action.ISSUE, "location-notice")
ATTEST = Step("遵守確認を登録", Action.ADD, "attestation")
SHEET = Submission(
    id=7,
    number="2026-0001",
    form="location-notice",
    title="作業場所届出書（新規）",
    contract=1,
    issued_on=TODAY,
    submitted_on=TODAY,
    how="持参",
    pdf="0" * 64,
    statement="{}",
    code="0" * 20,
    head="",
    head_sequence=0,
)


def duty(state: State = State.DUE, at: int = 0, step: Step = PRINT, due: date | None = None) -> Duty:
    return Duty(
        contract=1,
        annex="kimitsu-hoji",
        clause=CLAUSES[at],
        kind="work-location",
        state=state,
        due=due,
        missing=(Gap("本社の届出書が提出されていません。", "location_use", 3),),
        next=step,
        why="第1条：前日までに届け出る必要があります。",
    )


def drift(form: str = "location-notice") -> Drift:
    difference = Difference("location_use:3", CHANGED, (("施錠", "電子錠", "暗証番号錠"),))
    return Drift(replace(SHEET, form=form), (difference,))


def test_duties_with_the_same_next_step_are_one_line_naming_each_clause() -> None:
    (task,) = tasks([duty(at=0), duty(at=1), duty(State.OVERDUE, at=2, due=TODAY)])
    assert task.clauses == tuple(f"{clause.number}（作業場所の特定・届出）" for clause in CLAUSES[:3])
    assert task.state is State.OVERDUE
    assert task.due == TODAY
    assert [gap.text for gap in task.gaps] == ["本社の届出書が提出されていません。"]


def test_the_line_names_what_falls_on_the_day_it_shows() -> None:
    day = TODAY + timedelta(days=1)
    open_end, last = (
        Gap("終結していません。", "incident", 2),
        Gap("拡大防止の措置がありません。", "incident", 2, day),
    )
    later = Gap("再発防止の措置がありません。", "incident", 2, TODAY + timedelta(days=9))
    asked = Gap("回答待ちです。", "incident", 2, day, waiting=True)
    held = replace(duty(due=day), missing=(open_end, later, asked, last))
    (task,) = tasks([replace(duty(at=1), missing=(open_end,)), held])
    assert task.due == day
    assert task.text == "拡大防止の措置がありません。（ほか3件）"
    assert [gap.text for gap in task.gaps[1:]] == [asked.text, later.text, open_end.text]
    (undated,) = tasks([replace(duty(), missing=(asked, open_end))])
    assert (undated.due, undated.gaps[0]) == (None, open_end)


def test_different_steps_and_contracts_stay_apart() -> None:
    other = replace(duty(), contract=2)
    submit = duty(step=Step("提出を記録", Action.SUBMIT, "submission", 7))
    assert len(tasks([duty(), other, submit])) == 3


@pytest.mark.parametrize("state", [State.SATISFIED, State.NOT_DUE, State.NOT_APPLICABLE])
def test_what_needs_nothing_is_no_task(state: State) -> None:
    assert tasks([duty(state)]) == ()


def test_what_only_a_person_can_say_is_counted_apart() -> None:
    said = duty(State.CONFIRM, step=Step())
    assert tasks([said]) == ()
    assert unsaid([said, duty()]) == (said,)


def test_a_change_is_told_beside_the_duty_that_it_breaks() -> None:
    (task,) = tasks([duty()], [drift()], lambda _form: ("work-location",))
    assert task.differences[0].lines == (("施錠", "電子錠", "暗証番号錠"),)
    assert "届出と現況が違います" in task.text
    assert "2026-0001" in task.text


def test_a_change_is_told_beside_the_document_waiting_to_be_handed_in() -> None:
    submit = duty(step=Step("提出を記録", Action.SUBMIT, "submission", 9))
    (task,) = tasks([submit], [drift()], lambda _form: ("work-location",))
    assert task.step.action is Action.SUBMIT
    assert task.drifts


def test_a_change_that_breaks_no_duty_is_a_task_of_its_own() -> None:
    first, second = tasks([duty()], [drift("device-register")], lambda _form: ("encryption",))
    assert not first.drifts
    assert (second.step.action, second.step.target) == (Action.ISSUE, "device-register")
    assert second.group(TODAY) is Group.UNDATED


def test_the_most_urgent_group_comes_first_and_is_ordered_by_deadline() -> None:
    days = (40, 3, -2, None, -9)
    made = [
        duty(State.OVERDUE if days_ is not None and days_ < 0 else State.DUE, step=PRINT._replace(id=n))
        for n, days_ in enumerate(days)
    ]
    dated = [
        replace(one, due=None if days_ is None else TODAY + timedelta(days=days_))
        for one, days_ in zip(made, days, strict=True)
    ]
    groups = ordered(tasks(dated), TODAY)
    assert [group for group, _ in groups] == [Group.OVERDUE, Group.SOON, Group.LATER, Group.UNDATED]
    assert [task.due for task in groups[0][1]] == [date(2026, 4, 11), date(2026, 4, 18)]


def done(days: int, at: int = 0, step: Step = ATTEST) -> Duty:
    """A duty that is satisfied, and comes round again so many days after today."""
    held = duty(State.SATISFIED, at, step)
    return replace(held, missing=(), again=TODAY + timedelta(days=days), why="第1条：年1回確かめています。")


def test_what_comes_round_again_is_told_60_days_ahead_with_its_step() -> None:
    (task,) = coming([done(60), done(61, at=1)], TODAY)
    assert (task.group(TODAY), task.state) == (Group.COMING, State.SATISFIED)
    assert (task.due, task.step.text) == (date(2026, 6, 19), "遵守確認を登録")
    assert task.text == "年1回確かめています。次は令和8年6月19日までです。"
    assert tasks([done(1)]) == ()


def test_a_calendar_is_told_of_all_that_comes_round_again() -> None:
    found = coming([done(60), done(61, at=1), done(400, at=2)])
    assert [task.due for task in found] == [TODAY + timedelta(days=days) for days in (60, 61, 400)]
    assert len({task.key for task in found}) == 3


def test_what_comes_round_on_the_same_day_by_the_same_step_is_one_line() -> None:
    (task,) = coming([done(10), done(10, at=1)], TODAY)
    assert len(task.clauses) == 2


def test_what_is_not_due_yet_is_told_however_far_ahead_and_apart_from_what_is_done() -> None:
    later = duty(State.NOT_DUE, due=TODAY + timedelta(days=300))
    ahead = replace(duty(State.NOT_DUE, step=ATTEST), due=TODAY + timedelta(days=10))
    assert [task.duties for task in coming([later, ahead, done(10)], TODAY)] == [
        (later,),
        (ahead,),
        (done(10),),
    ]


def test_every_state_is_told_by_a_sign_and_a_word() -> None:
    shown = [mark(state) for state in State]
    assert len({one.sign for one in shown}) == len(shown)
    assert all(one.word and one.tone for one in shown)


def test_a_document_is_told_by_what_became_of_it() -> None:
    assert document_mark(replace(SHEET, submitted_on=None)).word == "未提出"
    assert document_mark(SHEET).word == "提出済み"
    assert document_mark(SHEET, stale=True).word == "現況と相違"
    assert document_mark(replace(SHEET, accepted_on=TODAY)).word == "受理済み"
    assert document_mark(replace(SHEET, sent_back_on=TODAY, sent_back_why="誤記")).word == "差戻し"
    assert document_mark(replace(SHEET, voided_on=TODAY, voided_why="誤り")).word == "無効"


def test_a_document_not_judged_yet_is_neither_called_sound_nor_stale() -> None:
    """What became of it otherwise is known without any judgement."""
    for submitted in (SHEET, replace(SHEET, accepted_on=TODAY)):
        assert document_mark(submitted, stale=None).word == "確認中"
    assert document_mark(replace(SHEET, submitted_on=None), stale=None).word == "未提出"
    assert (
        document_mark(replace(SHEET, sent_back_on=TODAY, sent_back_why="誤記"), stale=None).word == "差戻し"
    )
    assert document_mark(replace(SHEET, voided_on=TODAY, voided_why="誤り"), stale=None).word == "無効"


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "1日超過"), (-1200, "1,200日超過"), (0, "きょうまで"), (1, "あすまで"), (8, "あと8日")],
)
def test_a_deadline_is_told_from_today(days: int, words: str) -> None:
    assert days_left(TODAY + timedelta(days=days), TODAY) == words


def test_days_are_told_long_and_short() -> None:
    assert long_day(date(2026, 4, 1)) == "令和8年4月1日（水）"
    assert short_day(date(2019, 5, 1)) == "R1.5.1"
    assert short_day(date(2019, 4, 30)) == "H31.4.30"
    assert period(date(2026, 4, 1), None) == "R8.4.1～"


def test_what_a_clause_asks_is_told_in_words() -> None:
    annex = load().annex("kimitsu-hoji")
    (clause,) = [one for one in annex.clauses if "work-location" in one.kinds]
    words = dict(asks_words(clause.asks("work-location")))
    assert words["提出"] == "事前に提出（前日まで）"
    assert "特記事項に定めがない" in words["本ソフトの想定"]


def test_every_clause_of_the_catalogue_can_be_told() -> None:
    for annex in load().annexes:
        for clause in annex.clauses:
            for kind in clause.kinds:
                assert all(label and text for label, text in asks_words(clause.asks(kind)))
