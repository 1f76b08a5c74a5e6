"""きょう: what is due is shown with its grounds, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.annexes.kinds import State
from app.duties.duty import Action, Duty, Step
from app.duties.finding import Finding, Severity
from app.records import Assignment, Location, Oath, Submission, Vendor
from app.records.contract import ContractParameter
from app.ui.context import Context
from app.ui.duties.why import WhyPanel
from app.ui.parts.link import Link
from app.ui.parts.widgets import Empty
from app.ui.reckoning.as_of import AsOf
from app.ui.reckoning.assessor import Assessor
from app.ui.targets import EditRecord, IssueForm, ShowContract
from app.ui.today.finding_row import FindingRow
from app.ui.today.page import TodayPage
from app.ui.today.passage import Passage
from app.ui.today.task_row import TaskRow

START = date(2026, 4, 1)


@pytest.fixture
def page(context: Context, shown: Any, settled: Any, qtbot: QtBot) -> Callable[[], TodayPage]:
    def make() -> TodayPage:
        made = TodayPage(context)
        shown(made)
        made.refresh()
        qtbot.waitUntil(lambda: Assessor.of(context).latest is not None)
        settled()
        return made

    return make


def row_with(page: TodayPage, text: str, qtbot: QtBot) -> TaskRow:
    def found() -> list[TaskRow]:
        return [one for one in page.list.rows() if text in one.step.text()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def words(widget: QWidget) -> str:
    """Everything that a part of the window says."""
    return " ".join(one.accessibleName() or one.text() for one in widget.findChildren(QLabel))


def press(qtbot: QtBot, page: QWidget, text: str) -> None:

    def found() -> list[QPushButton]:
        return [one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def test_a_new_ledger_asks_for_the_vendor_first(page: Any, qtbot: QtBot, wanted: list[Any]) -> None:
    made = page()
    press(qtbot, made, "自社を入力")
    assert wanted == [EditRecord("vendor")]


def test_then_for_a_client_and_a_contract(
    page: Any, qtbot: QtBot, wanted: list[Any], context: Context, settled: Any
) -> None:
    made = page()
    context.ledger.add(
        Vendor(
            name="株式会社みほん",
            address="みほん市1",
            representative_title="代表",
            representative_name="髙橋",
        )
    )
    settled()
    qtbot.waitUntil(lambda: any(one.text() == "発注者を登録" for one in made.findChildren(QPushButton)))
    settled()
    press(qtbot, made, "発注者を登録")
    assert wanted == [EditRecord("client")]


def test_the_grounds_of_what_is_done_say_when_it_comes_round_again(
    context: Context, shown: Any, work: Any
) -> None:
    clause = context.catalogue.annex("kimitsu-hoji").clauses[1]
    again, counted = date(2026, 12, 21), "前回の令和7年12月21日の翌日から起算して12か月"
    done = Duty(1, "kimitsu-hoji", clause, "secrecy", State.SATISFIED, why="第2条：守られています。")
    panel = WhyPanel(context, [replace(done, again=again, counted=counted), done])
    shown(panel)
    assert words(panel).count("次は") == 1
    assert f"次は令和8年12月21日まで（{counted}）" in words(panel)
    assert "期限の数え方" not in words(panel)


def test_what_is_overdue_stands_first_with_its_deadline(page: Any, qtbot: QtBot, work: Any) -> None:
    made = page()
    notice = row_with(made, "作業場所届出書を作成", qtbot)
    assert notice.task.state is State.OVERDUE
    assert notice.task.due == date(2026, 3, 31)
    assert made.list.rows()[0].task.state is State.OVERDUE
    assert int(made.numbers[State.OVERDUE].accessibleName().split()[1].removesuffix("件")) > 0


def test_the_grounds_name_clause_reckoning_and_records(
    page: Any, qtbot: QtBot, work: Any, wanted: list[Any]
) -> None:
    made = page()
    row = row_with(made, "作業場所届出書を作成", qtbot)
    qtbot.mouseClick(row._why, Qt.MouseButton.LeftButton)
    (panel,) = row.findChildren(WhyPanel)
    said = words(panel)
    assert "第6条第4項" in said
    assert "令和8年3月31日" in said
    assert "20日超過" in said
    link = next(
        one for one in panel.findChildren(Link) if "届出書が提出されていません" in one.accessibleName()
    )
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Tab)
    link.linkActivated.emit("#")
    assert wanted == [EditRecord("location_use", work.use.id)]
    qtbot.mouseClick(row._why, Qt.MouseButton.LeftButton)
    assert not panel.isVisible()


def test_the_grounds_say_how_the_deadline_was_counted(page: Any, qtbot: QtBot, work: Any) -> None:
    made = page()
    row = row_with(made, "作業場所届出書を作成", qtbot)
    qtbot.mouseClick(row._why, Qt.MouseButton.LeftButton)
    (panel,) = row.findChildren(WhyPanel)
    assert "令和8年4月1日の前日の令和8年3月31日（日数は条項に定めがないため本ソフトの想定）" in words(panel)


def test_a_number_that_the_contract_sets_is_not_shown_as_assumed(
    page: Any, qtbot: QtBot, work: Any, context: Context
) -> None:
    own = ContractParameter(annex="kimitsu-hoji", clause="第6条第4項", name="days_before", value="7")
    with context.ledger.write() as change:
        change.change(replace(work.contract, parameters=(own,)))
    made = page()
    row = row_with(made, "作業場所届出書を作成", qtbot)
    qtbot.mouseClick(row._why, Qt.MouseButton.LeftButton)
    (panel,) = row.findChildren(WhyPanel)
    assert "令和8年4月1日との間に7日を置く令和8年3月24日" in words(panel)
    assert "想定）" not in words(panel)


def test_the_button_goes_where_the_step_is_done(
    page: Any, qtbot: QtBot, work: Any, wanted: list[Any]
) -> None:
    row = row_with(page(), "作業場所届出書を作成", qtbot)
    qtbot.mouseClick(row.step, Qt.MouseButton.LeftButton)
    assert wanted == [IssueForm("location-notice", work.contract.id)]


def test_handing_in_a_document_takes_its_line_away(
    page: Any, qtbot: QtBot, issued: Any, dialogs: Any, settled: Any, context: Context
) -> None:
    document = issued("location-notice", START)
    made = page()
    row = row_with(made, f"{document.number}の提出を記録", qtbot)

    def hand_in(dialog: Any) -> None:
        dialog.accept()
        assert not dialog.result(), "how it was handed in was not said yet"
        dialog.form.inputs["how"].show_value("持参")
        dialog.accept()

    dialogs.answers.append(hand_in)
    qtbot.mouseClick(row.step, Qt.MouseButton.LeftButton)
    settled()
    assert context.ledger.get(Submission, document.id).submitted_on == date(2026, 4, 20)
    qtbot.waitUntil(lambda: all(document.number not in one.step.text() for one in made.list.rows()))


def test_a_change_after_handing_in_shows_before_and_after(
    page: Any, qtbot: QtBot, issued: Any, context: Context, work: Any
) -> None:
    issued("location-notice", START, START)
    place = context.facts().get(Location, work.location.id)
    context.ledger.change(replace(place, lock="暗証番号錠"))
    row = row_with(page(), "変更届を作成", qtbot)
    said = words(row)
    assert "届出と現況が違います" in said
    assert "本社 保管庫：施錠" in said
    assert "電子錠" in said
    assert "暗証番号錠" in said


def test_a_number_keeps_the_list_to_its_state(page: Any, qtbot: QtBot, work: Any, settled: Any) -> None:
    made = page()
    qtbot.mouseClick(made.numbers[State.OVERDUE], Qt.MouseButton.LeftButton)
    settled()
    qtbot.waitUntil(lambda: bool(made.list.rows()))
    assert all(any(duty.state is State.OVERDUE for duty in one.task.duties) for one in made.list.rows())
    qtbot.mouseClick(made.numbers[State.WAITING], Qt.MouseButton.LeftButton)
    assert not made.numbers[State.OVERDUE].isChecked()
    qtbot.waitUntil(lambda: bool(made.findChildren(Empty)))
    assert made.list.rows() == []


def test_search_keeps_to_rows_that_hold_every_word(page: Any, qtbot: QtBot, work: Any) -> None:
    made = page()
    made.search.setText("髙橋 誓約")

    def kept() -> bool:
        rows = made.list.rows()
        return bool(rows) and all("誓約" in f"{one.task.clauses}{one.task.text}" for one in rows)

    qtbot.waitUntil(kept)


def test_what_only_a_person_can_say_is_one_line_for_each_contract(
    page: Any, qtbot: QtBot, work: Any, wanted: list[Any], context: Context
) -> None:
    made = page()
    found = AsOf.of(context).latest
    assert found is not None
    asked = [replace(one, state=State.CONFIRM, next=Step(), due=None) for one in found.duties[:3]]
    made.tasks.show_made(replace(found, duties=tuple(asked), drifts=()))
    press(qtbot, made, "一覧を開く")
    assert wanted == [ShowContract(work.contract.id, "confirm")]


def test_what_is_left_out_is_said_beside_the_filters_and_shown_again_by_one_press(
    page: Any, work: Any, context: Context, settled: Any, qtbot: QtBot
) -> None:
    made = page()
    settled()
    widen = made.tasks.widen_button
    assert not widen.isVisible()
    made.search.setText("業務責任者")
    made.contract.setCurrentIndex(1)
    qtbot.mouseClick(next(iter(made.numbers.values())), Qt.MouseButton.LeftButton)
    settled()
    assert widen.isVisible()
    kept = widen.accessibleName()
    assert [word in kept for word in ("「業務責任者」", "期限超過", work.contract.title)] == [True] * 3
    few = len(made.list.rows())
    qtbot.mouseClick(widen, Qt.MouseButton.LeftButton)
    settled()
    assert not widen.isVisible()
    assert made.search.text() == ""
    qtbot.waitUntil(lambda: len(made.list.rows()) > few)


def test_one_button_of_the_list_draws_the_eye_that_of_what_presses_most(
    page: Any, work: Any, settled: Any, qtbot: QtBot
) -> None:
    made = page()
    settled()
    qtbot.waitUntil(lambda: made.list.filled)
    primary = [one for one in made.list.findChildren(QPushButton) if one.property("kind") == "primary"]
    assert primary == [made.list.rows()[0].step]


def test_what_has_no_day_leaves_its_room_to_the_text(
    context: Context, work: Any, shown: Any, settled: Any, qtbot: QtBot, page: Any
) -> None:
    made = page()
    settled()
    qtbot.waitUntil(lambda: made.list.filled)
    lefts = {
        bool(one.task.due): one.findChildren(Passage)[0].mapTo(one, QPoint()).x() for one in made.list.rows()
    }
    assert lefts[False] < lefts[True]
    assert all(one.height() == one.heightForWidth(one.width()) for one in made.list.rows())


def test_a_finding_of_one_line_stands_at_the_height_of_its_button(
    context: Context, work: Any, shown: Any
) -> None:
    text = "記録が食い違っています。"
    step = Step("要員を開く", Action.OPEN, "person", work.worker.id)
    row = shown(
        FindingRow(
            context,
            Finding("x", Severity.WARNING, text, "person", 1, next=step),
            contract=False,
            day=context.today(),
        ),
        700,
        60,
    )
    (said,) = [one for one in row.findChildren(Passage) if one.text() == text]
    middles = [one.mapTo(row, one.rect().center()).y() for one in (said, row.step)]
    assert abs(middles[0] - middles[1]) <= 2


def test_signatures_are_recorded_from_the_dashboard(
    page: Any, qtbot: QtBot, issued: Any, dialogs: Any, settled: Any, context: Context
) -> None:
    issued("oath", START, START)
    row = row_with(page(), "署名を記録", qtbot)

    def tick(dialog: Any) -> None:
        dialog.accept()
        assert not dialog.result(), "nobody is ticked yet"
        for box in dialog.boxes:
            box.setChecked(True)
        dialog.form.inputs["signed_on"].edit.setText("R8.3.31")
        dialog.accept()

    dialogs.answers.append(tick)
    qtbot.mouseClick(row.step, Qt.MouseButton.LeftButton)
    settled()
    workers = {one.person for one in context.facts().all(Assignment)}
    signed = {one.person for one in context.facts().all(Oath) if one.signed_on == date(2026, 3, 31)}
    assert signed == workers


def test_many_lines_do_not_hold_up_the_window(page: Any, qtbot: QtBot, work: Any) -> None:
    made = page()
    qtbot.waitUntil(lambda: not made.list._waiting)
    keys = [one.key for one in made.list.rows()]
    assert len(keys) == len(set(keys))


def test_a_new_day_is_reckoned_without_being_asked(
    page: Any, qtbot: QtBot, work: Any, context: Context, settled: Any
) -> None:
    made = page()
    later = date(2026, 4, 21)
    context.program = replace(context.program, today=lambda: later)
    Assessor.of(context).look()
    qtbot.waitUntil(lambda: made._day.text() == "令和8年4月21日（火）")
    settled()
    assert "21日超過" in words(row_with(made, "作業場所届出書を作成", qtbot))
