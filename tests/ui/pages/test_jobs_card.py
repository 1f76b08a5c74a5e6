"""まとめて済ませられる作業: one record, or one round of records, for several contracts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.records import Attestation, Training
from app.ui.context import Context
from app.ui.editor.page import EditorPage
from app.ui.reckoning.as_of import AsOf
from app.ui.targets import EditRecord
from app.ui.today import task_list
from app.ui.today.jobs_card import JobsCard
from app.ui.today.page import TodayPage
from app.work.jobs import jobs
from tests.support.inputs import line_of

HELD = date(2026, 3, 30)


@pytest.fixture
def page(context: Context, others: Any, shown: Any, reckoned: Any, qtbot: QtBot) -> Callable[[], TodayPage]:
    def make() -> TodayPage:
        made = TodayPage(context)
        shown(made)
        made.refresh()
        reckoned()
        qtbot.waitUntil(lambda: bool(made.list.findChildren(JobsCard)))
        return made

    return make


def begin(qtbot: QtBot, page: TodayPage, text: str) -> None:
    for one in page.findChildren(QPushButton):
        if one.accessibleName() == "まとめて済ませられる作業をすべて表示":
            qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    (made,) = [
        one
        for card in page.list.findChildren(JobsCard)
        for one in card.findChildren(QPushButton)
        if one.accessibleName().startswith(text) and one.isVisibleTo(page)
    ]
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


def test_one_training_is_offered_for_four_contracts_and_settles_them_all(
    page: Any, qtbot: QtBot, context: Context, work: Any, others: Any, wanted: list[Any], reckoned: Any
) -> None:
    begin(qtbot, page(), "研修を登録：研修を1回行うと、4件の契約の研修が済みます")
    (target,) = wanted
    assert isinstance(target, EditRecord)
    editor = EditorPage(context, target)
    qtbot.addWidget(editor)
    line_of(editor.form.boxes["title"].input).setText("合同研修")
    line_of(editor.form.boxes["held_on"].input).setText("R8.3.30")
    assert not editor.save(), "who came, nobody has said yet"
    rows: Any = editor.form.boxes["attendance"].input
    rows.alike.chosen.emit("出席")
    assert editor.save(), "nothing else is needed"
    (held,) = context.facts().all(Training)
    four = [work.contract.id, *(one.id for one in others)]
    assert (held.held_on, list(held.contract_ids)) == (HELD, four)
    assert {row.person for row in held.attendance} == {work.manager.id, work.worker.id}
    made = reckoned()
    lacking = [
        gap.text
        for duty in made.duties
        if duty.kind == "training"
        for gap in duty.missing
        if gap.record == "person"
    ]
    assert lacking == []
    assert not [job for job in jobs(made.facts, made.duties) if job.record == "training"]


def test_attestations_are_made_in_one_round_for_what_is_ticked(
    page: Any, qtbot: QtBot, context: Context, others: Any, dialogs: Any, reckoned: Any
) -> None:
    made = page()
    asked: list[int] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["how"].show_value("従事者への聞き取り")
        dialog.accept()
        assert not dialog.result(), "nothing is ticked yet"
        dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
        dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
        asked.append(dialog.list.count())
        dialog.accept()
        assert not dialog.result(), "whether it is kept was not said yet"
        dialog.form.inputs["kept"].show_value(False)
        dialog.accept()
        assert not dialog.result(), "what is not kept has to be described"
        assert dialog.form.inputs["how"].text() == "従事者への聞き取り"
        dialog.form.inputs["kept"].show_value(True)
        dialog.accept()

    dialogs.answers.append(fill)
    begin(qtbot, made, "遵守確認をまとめて登録")
    reckoned()
    held = context.facts().all(Attestation)
    assert asked[0] > 2
    assert len(held) == 2
    assert {one.confirmed_on for one in held} == {context.today()}
    assert {one.how for one in held} == {"従事者への聞き取り"}
    assert {one.kept for one in held} == {True}
    assert all(one.clause and one.annex for one in held)
    context.ledger.undo()
    assert context.facts().all(Attestation) == ()


def test_turning_away_from_a_round_writes_nothing(
    page: Any, qtbot: QtBot, context: Context, dialogs: Any
) -> None:
    dialogs.answers.append(False)
    begin(qtbot, page(), "遵守確認をまとめて登録")
    assert context.facts().all(Attestation) == ()


def test_jobs_are_for_today_only(page: Any, context: Context, reckoned: Any) -> None:
    made = page()
    AsOf.of(context).choose(date(2026, 5, 1))
    reckoned()
    assert [card for card in made.list.findChildren(JobsCard) if card.isVisibleTo(made)] == []


def test_one_contract_keeps_the_jobs_that_serve_it(
    page: Any, reckoned: Any, others: Any, qtbot: QtBot
) -> None:
    made = page()
    made.contract.setCurrentIndex(made.contract.findData(others[0].id))
    reckoned()
    qtbot.waitUntil(lambda: made.list.filled)
    assert len([card for card in made.list.findChildren(JobsCard) if card.isVisibleTo(made)]) == 1
    made.search.setText("どこにもない")
    reckoned()
    assert [card for card in made.list.findChildren(JobsCard) if card.isVisibleTo(made)] == []


def test_a_long_list_shows_the_first_of_each_group_and_the_rest_when_asked(
    page: Any, qtbot: QtBot, reckoned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_list, "_WHOLE", 10)
    made = page()
    qtbot.waitUntil(lambda: not made.list._waiting)
    shown = len(made.list.rows())
    folded = [row for row in made.list.rows() if row.task.state is State.CONFIRM and row.task.due is None]
    assert folded == [], "what only has to be confirmed, on no day, is counted, not listed"
    (more,) = [
        one
        for one in made.list.findChildren(QPushButton)
        if one.accessibleName().startswith("記録又は確認が要るもの：") and one.isVisibleTo(made)
    ]
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not made.list._waiting and len(made.list.rows()) > shown)
    assert all(row.task.state is State.CONFIRM for row in made.list.rows()[shown:])
