"""Making a document: missing facts first, then the draft, then the number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.exchange.documents.composing import get_ready
from app.records import Location, Person, Submission
from app.ui.context import Context
from app.ui.operations import Job
from app.ui.papers.issue_page import IssuePage
from app.ui.targets import EditRecord, IssueForm, ShowDocument


@pytest.fixture
def page(context: Context, shown: Any) -> Callable[..., IssuePage]:
    def make(form: str, contract: int, only: tuple[str, ...] = ()) -> IssuePage:
        made = IssuePage(context, IssueForm(form, contract, only))
        shown(made)
        return made

    return make


def ready(page: IssuePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.issue.isEnabled, timeout=10_000)


def missing(page: IssuePage, qtbot: QtBot) -> list[QPushButton]:
    """The buttons beside what is missing, once it is shown."""
    qtbot.waitUntil(lambda: page._right.currentWidget() is page._right.missing, timeout=10_000)
    listed = page._right.missing
    return list(listed.findChildren(QPushButton))


def test_what_is_missing_is_listed_with_the_record_to_open(
    page: Any, qtbot: QtBot, context: Context, work: Any, wanted: list[Any]
) -> None:
    place = context.facts().get(Location, work.location.id)
    context.ledger.change(replace(place, lock="", area=""))
    made = page("location-notice", work.contract.id)
    buttons = missing(made, qtbot)
    assert len(buttons) == 2
    assert not made.issue.isEnabled()
    qtbot.waitUntil(buttons[0].isVisible)
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert wanted == [EditRecord("location", work.location.id)]


def test_stopped_while_it_is_issued_it_is_said_and_can_be_issued_again(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page("location-notice", work.contract.id)
    ready(made, qtbot)

    def stop(job: Job) -> None:
        if "発行しています" in job.title:
            job.cancel()

    context.operations.started.connect(stop)
    dialogs.answers.append(True)
    qtbot.mouseClick(made.issue, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "書類は発行していません" in made.notice.text, timeout=10_000)
    assert context.facts().all(Submission) == ()
    assert made.can_leave()
    context.operations.started.disconnect(stop)
    ready(made, qtbot)
    dialogs.answers.append(True)
    with qtbot.waitSignal(made.finished, timeout=10_000):
        qtbot.mouseClick(made.issue, Qt.MouseButton.LeftButton)
    assert [one.number for one in context.facts().all(Submission)] == ["2026-0001"]


def test_nobody_leaves_by_mistake_while_it_is_issued(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page("location-notice", work.contract.id)
    ready(made, qtbot)
    left: list[bool] = []
    dialogs.answers += [True, False, True]

    def leave(job: Job) -> None:
        if "発行しています" in job.title and not left:
            left.extend((made.can_leave(), made.can_leave()))

    context.operations.progressed.connect(leave)
    with qtbot.waitSignal(made.finished, timeout=10_000):
        qtbot.mouseClick(made.issue, Qt.MouseButton.LeftButton)
    assert left == [False, True]
    assert "書類を発行しています" in dialogs.asked[-1]
    assert made.can_leave()


def test_once_it_is_entered_the_draft_appears(page: Any, qtbot: QtBot, context: Context, work: Any) -> None:
    place = context.facts().get(Location, work.location.id)
    context.ledger.change(replace(place, lock=""))
    made = page("location-notice", work.contract.id)
    missing(made, qtbot)
    context.ledger.change(replace(context.facts().get(Location, work.location.id), lock="電子錠"))
    ready(made, qtbot)
    assert made._right.currentIndex() == 0
    assert "下書き" in made.preview.pages.text(0)


def test_issuing_numbers_archives_and_shows_the_document(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any, wanted: list[Any]
) -> None:
    made = page("location-notice", work.contract.id)
    ready(made, qtbot)
    dialogs.answers.append(True)
    with qtbot.waitSignal(made.finished, timeout=10_000):
        qtbot.mouseClick(made.issue, Qt.MouseButton.LeftButton)
    (document,) = context.facts().all(Submission)
    assert document.number == "2026-0001"
    assert document.issued_on == date(2026, 4, 20)
    assert wanted == [ShowDocument(document.id)]
    assert "作業場所届出書（新規）" in dialogs.asked[-1]


def test_stopped_too_late_it_is_said_that_the_document_was_issued(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = page("location-notice", work.contract.id)
    ready(made, qtbot)
    file = context.ledger.issue

    def stopped_meanwhile(*given: Any, **named: Any) -> Any:
        made._issuing.cancel()
        return file(*given, **named)

    monkeypatch.setattr(context.ledger, "issue", stopped_meanwhile)
    dialogs.answers.append(True)
    with qtbot.waitSignal(made.finished, timeout=10_000):
        qtbot.mouseClick(made.issue, Qt.MouseButton.LeftButton)
    (document,) = context.facts().all(Submission)
    assert dialogs.said == [
        "中止は間に合わず、発行されました。"
        f"「{document.number}」は、台帳に保管されています。不要なものは、書類の画面で無効にできます。"
    ]


def test_what_changed_since_the_draft_was_seen_is_seen_before_it_is_issued(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = page("location-notice", work.contract.id)
    ready(made, qtbot)

    def meanwhile(*_asked: Any, **_how: Any) -> bool:
        place = context.facts().get(Location, work.location.id)
        context.ledger.change(replace(place, room="地下書庫"))
        return True

    with monkeypatch.context() as patched:
        patched.setattr(dialogs, "ask", meanwhile)
        qtbot.mouseClick(made.issue, Qt.MouseButton.LeftButton)
    ready(made, qtbot)
    assert context.facts().all(Submission) == ()
    assert "下書きを表示した後に台帳が変わりました" in made.notice.text
    assert "地下書庫" in made.preview.pages.text(0)
    dialogs.answers.append(True)
    with qtbot.waitSignal(made.finished, timeout=10_000):
        qtbot.mouseClick(made.issue, Qt.MouseButton.LeftButton)
    assert len(context.facts().all(Submission)) == 1


def test_turning_away_writes_nothing(
    page: Any, qtbot: QtBot, context: Context, work: Any, dialogs: Any
) -> None:
    made = page("location-notice", work.contract.id)
    ready(made, qtbot)
    dialogs.answers.append(False)
    qtbot.mouseClick(made.issue, Qt.MouseButton.LeftButton)
    assert context.facts().all(Submission) == ()
    assert made.issue.isEnabled()


def test_the_day_printed_can_be_chosen_and_a_wrong_one_draws_nothing(
    page: Any, qtbot: QtBot, work: Any, settled: Any
) -> None:
    made = page("location-notice", work.contract.id)
    ready(made, qtbot)
    made.day.edit.setText("R8.3.30")
    qtbot.waitUntil(lambda: "令和8年3月30日" in made.preview.pages.text(0), timeout=10_000)
    made.day.edit.setText("いつか")
    qtbot.waitUntil(lambda: made._right.currentWidget() is made._right.nothing)
    assert not made.issue.isEnabled()


def test_the_draft_of_a_report_for_a_day_ahead_says_that_it_is_only_expected(
    page: Any, qtbot: QtBot, issued: Any, work: Any, settled: Any
) -> None:
    issued("location-notice", date(2026, 4, 10), date(2026, 4, 10))
    made = page("status-report", work.contract.id)
    ready(made, qtbot)
    assert "見込" not in made.preview.pages.text(0)
    made.day.edit.setText("R8.4.21")
    qtbot.waitUntil(lambda: "令和8年4月21日" in made.preview.pages.text(0), timeout=10_000)
    assert "遵守状況報告書（見込み）" in made.preview.pages.text(0)


@pytest.mark.parametrize(("day", "ahead"), [("R8.4.19", False), ("R8.4.20", False), ("R8.4.21", True)])
def test_of_a_day_that_has_not_come_there_is_a_draft_and_no_document(
    page: Any, qtbot: QtBot, work: Any, settled: Any, day: str, ahead: bool
) -> None:
    made = page("location-notice", work.contract.id)
    ready(made, qtbot)
    made.day.edit.setText(day)
    settled()
    qtbot.waitUntil(lambda: made._drawn is not None and not made._pause.isActive(), timeout=10_000)
    assert made.issue.isEnabled() is not ahead
    assert ("下書きだけを作成できます" in made.notice.text) is ahead


def test_an_oath_batch_can_be_narrowed_to_some_workers(
    page: Any, qtbot: QtBot, work: Any, settled: Any
) -> None:
    made = page("oath", work.contract.id)
    ready(made, qtbot)
    assert made.preview.pages.count == 2
    boxes = list(made.choices.subjects.boxes.values())
    assert [box.text() for box in boxes] == ["𠮷田 さくら", "髙橋 美咲"]
    boxes[0].setChecked(False)
    qtbot.waitUntil(lambda: made.preview.pages.count == 1, timeout=10_000)
    ready(made, qtbot)
    boxes[1].setChecked(False)
    assert "1件以上" in made.notice.text
    assert not made.issue.isEnabled()


def test_whom_no_font_can_print_is_named_and_the_others_get_theirs(
    page: Any, qtbot: QtBot, context: Context, work: Any, settled: Any
) -> None:
    held = context.ledger.get(Person, work.worker.id)
    person = context.ledger.change(replace(held, name="渡邉\U000e0102 花子"))
    made = page("oath", work.contract.id)
    ready(made, qtbot)
    assert made.preview.pages.count == 1
    assert "含まれません" in made.notice.text
    (opening,) = (one for one in made.findChildren(QPushButton) if one.text() == "要員を開く")
    assert "U+9089 U+E0102" in opening.accessibleName()
    assert "印刷用の表記" in opening.accessibleName()
    context.ledger.change(replace(person, print_name="渡邊 花子"))
    qtbot.waitUntil(lambda: made.preview.pages.count == 2, timeout=10_000)
    assert any("渡邊 花子" in made.preview.pages.text(page) for page in (0, 1))
    assert made.notice.text == ""


def test_without_form_and_contract_it_says_what_to_choose(page: Any, qtbot: QtBot, work: Any) -> None:
    made = page("", 0)
    qtbot.waitUntil(lambda: made._right.currentWidget() is made._right.nothing)
    said = " ".join(one.text() for one in made._right.currentWidget().findChildren(QLabel))
    assert "様式と契約を選んでください" in said
    assert made.contract.currentData() == work.contract.id, "the only contract is chosen at once"
    made.form.setCurrentIndex(made.form.findData("location-notice"))
    ready(made, qtbot)


def test_another_form_forgets_the_subjects_of_the_former(
    page: Any, qtbot: QtBot, work: Any, settled: Any
) -> None:
    made = page("oath", work.contract.id, (f"person:{work.worker.id}",))
    ready(made, qtbot)
    assert made.preview.pages.count == 1
    made.form.setCurrentIndex(made.form.findData("location-notice"))
    qtbot.waitUntil(lambda: "作業場所届出書" in made.preview.pages.text(0), timeout=10_000)
    assert made.choices.subjects.boxes == {}


def test_what_was_submitted_is_issued_again_only_where_that_is_chosen(
    page: Any, qtbot: QtBot, issued: Any, work: Any, context: Context, dialogs: Any, settled: Any
) -> None:
    first = issued("location-notice", date(2026, 4, 10), date(2026, 4, 10))
    made = page("location-notice", work.contract.id)
    missing(made, qtbot)
    told = " ".join(one.text() for one in made._right.currentWidget().findChildren(QLabel))
    assert told.startswith("この書類は発行できません")
    assert f"（文書番号{first.number}）で提出した内容から変更がないため" in told
    assert not made.issue.isEnabled()
    qtbot.mouseClick(made.repeat, Qt.MouseButton.LeftButton)
    ready(made, qtbot)
    assert f"（文書番号{first.number}）の再提出" in made.preview.pages.text(0)
    dialogs.answers.append(True)
    with qtbot.waitSignal(made.finished, timeout=10_000):
        qtbot.mouseClick(made.issue, Qt.MouseButton.LeftButton)
    assert context.facts().all(Submission)[-1].title == "作業場所届出書（再提出）"


def test_another_form_is_not_issued_again_unasked(page: Any, qtbot: QtBot, work: Any, settled: Any) -> None:
    made = page("location-notice", work.contract.id)
    ready(made, qtbot)
    qtbot.mouseClick(made.repeat, Qt.MouseButton.LeftButton)
    missing(made, qtbot)
    made.form.setCurrentIndex(made.form.findData("personnel-report"))
    ready(made, qtbot)
    assert not made.repeat.isChecked()


def test_while_one_still_chooses_the_worker_gets_ready_to_print(
    page: Any, settled: Callable[[], None]
) -> None:
    get_ready.cache_clear()
    made = page("", 0)
    settled()
    assert get_ready.cache_info().currsize == 1
    assert not made.issue.isEnabled()
    assert not made.preview.isVisible()
