"""書類: the archive, and what can be done with an issued document."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.duties.papers.drift import REMOVED, Difference
from app.records import Attachment, Location, Submission
from app.ui.context import Context
from app.ui.contract.tab_documents import DocumentsTab
from app.ui.operations import Job
from app.ui.papers import archive_page, fates
from app.ui.papers.archive_page import DocumentsPage
from app.ui.papers.differences import SINCE_ISSUED, told_lines
from app.ui.papers.paper_page import DocumentPage
from app.ui.parts.widgets import Notice, Prose
from app.ui.targets import IssueForm, ShowDocument

START = date(2026, 4, 1)
TODAY = date(2026, 4, 20)


@pytest.fixture
def archive(context: Context, shown: Any, settled: Any, qtbot: QtBot) -> Callable[[], DocumentsPage]:
    def make() -> DocumentsPage:
        made = DocumentsPage(context)
        shown(made)
        made.refresh()
        qtbot.waitUntil(lambda: made._assessor.latest is not None)
        settled()
        return made

    return make


@pytest.fixture
def opened(context: Context, shown: Any, settled: Any, qtbot: QtBot) -> Callable[[Submission], DocumentPage]:
    def make(document: Submission) -> DocumentPage:
        made = DocumentPage(context, ShowDocument(document.id))
        shown(made)
        made.refresh()
        qtbot.waitUntil(lambda: made.preview.pages.count > 0)
        settled()
        return made

    return make


def press(page: Any, text: str, qtbot: QtBot) -> None:
    def found() -> list[QPushButton]:
        return [one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def fill(**texts: str) -> Callable[[Any], None]:
    """Fill in the fields of a dialog by their names and accept it."""

    def answer(dialog: Any) -> None:
        for name, text in texts.items():
            made = dialog.form.inputs[name]
            made.show_value(text) if name == "how" else made.edit.setText(text)
        dialog.accept()

    return answer


def told(dialog: Any) -> dict[str, str]:
    """What a dialog says is wrong, by field."""
    return {name: shown.plain for name, shown in dialog.form._errors.items() if shown.plain}


def now(context: Context, document: Submission) -> Submission:
    return context.ledger.get(Submission, document.id)


def test_the_archive_lists_the_newest_first_and_finds_by_code(
    archive: Any, issued: Any, qtbot: QtBot, wanted: list[Any]
) -> None:
    first = issued("location-notice", START, START)
    second = issued("personnel-report", START)
    made = archive()
    assert [one.key for one in made.issued.lines.lines] == [second.id, first.id]
    code = first.code
    made.search.setText(" ".join(code[at : at + 4] for at in range(0, 20, 4)).upper())
    assert [one.key for one in made.issued.lines.lines] == [first.id]
    made.search.setText("責任者")
    assert [one.key for one in made.issued.lines.lines] == [second.id]
    made.search.clear()
    made.state.setCurrentText("未提出")
    assert [one.key for one in made.issued.lines.lines] == [second.id]
    made.issued.choose_row(0)
    press(made, "開く", qtbot)
    assert wanted == [ShowDocument(second.id)]


def test_an_empty_archive_says_how_to_begin(archive: Any, work: Any, qtbot: QtBot, wanted: list[Any]) -> None:
    made = archive()
    (begin,) = [one for one in made.findChildren(QPushButton) if one.accessibleName() == "最初の書類を作成"]
    qtbot.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert wanted == [IssueForm("", 0)]


def test_forms_that_are_due_stand_first_with_the_clauses_that_ask(
    archive: Any, work: Any, qtbot: QtBot, wanted: list[Any], context: Context
) -> None:
    made = archive()
    made.tabs.setCurrentIndex(1)
    lines = made.to_make.lines.lines
    assert len(lines) == len(context.forms)
    assert lines[0].cells[0].text == "× 期限超過"
    notice = next(n for n, one in enumerate(lines) if one.key[0] == "location-notice")
    assert "第6条第4項" in lines[notice].cells[4].text
    made.to_make.choose_row(notice)
    press(made, "この書類を作成", qtbot)
    assert wanted == [IssueForm("location-notice", work.contract.id)]


def test_handing_in_is_recorded_with_day_way_and_receiver(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    document = issued("location-notice", START)
    made = opened(document)
    dialogs.answers.append(fill(submitted_on="R8.4.2", how="郵送", received_by="税務課 佐藤"))
    press(made, "提出を記録", qtbot)
    held = now(context, document)
    assert (held.submitted_on, held.how, held.received_by) == (date(2026, 4, 2), "郵送", "税務課 佐藤")
    qtbot.waitUntil(lambda: "提出を記録" not in made.ways)
    dialogs.answers.append(fill(accepted_on="2026-04-05"))
    press(made, "受理を記録", qtbot)
    assert now(context, document).accepted_on == date(2026, 4, 5)


def test_a_day_before_the_issue_is_refused_in_one_sentence(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    document = issued("location-notice", START)
    made = opened(document)
    dialogs.answers.append(fill(submitted_on="2026-03-01", how="持参", received_by="税務課 佐藤"))
    press(made, "提出を記録", qtbot)
    assert now(context, document).submitted_on is None
    assert not dialogs.said
    (dialog,) = dialogs.shown
    assert not dialog.result()
    assert [name for name, text in told(dialog).items() if "提出日" in text] == ["submitted_on"]
    assert dialog.form.inputs["how"].text() == "持参"
    assert dialog.form.inputs["received_by"].text() == "税務課 佐藤"
    fill(submitted_on="2026-04-02")(dialog)
    assert dialog.result()
    assert now(context, document).submitted_on == date(2026, 4, 2)


def test_how_a_document_was_handed_in_is_never_chosen_beforehand(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    document = issued("location-notice", START)
    made = opened(document)
    dialogs.answers.append(fill())
    press(made, "提出を記録", qtbot)
    (dialog,) = dialogs.shown
    assert dialog.form.inputs["how"].text() == ""
    assert told(dialog) == {"how": "提出方法を入力してください。"}
    assert now(context, document).submitted_on is None


def test_what_no_field_asks_for_is_told_in_the_dialog_that_stays(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    document = issued("location-notice", START)
    made = opened(document)

    def meanwhile(dialog: Any) -> None:
        context.ledger.submit(now(context, document), START, "郵送", "")
        fill(submitted_on="2026-04-02", how="持参")(dialog)

    dialogs.answers.append(meanwhile)
    press(made, "提出を記録", qtbot)
    (dialog,) = dialogs.shown
    assert not dialog.result()
    assert list(told(dialog)) == ["submitted_on"]
    assert now(context, document).how == "郵送"


def test_sent_back_needs_a_reason(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    document = issued("location-notice", START, START)
    made = opened(document)

    def without(dialog: Any) -> None:
        dialog.accept()
        assert not dialog.result()
        assert dialog.form.inputs["sent_back_on"].edit.text() == "", "the client's act has a day of its own"
        fill(sent_back_on="R8.4.20", sent_back_why="押印漏れ")(dialog)

    dialogs.answers.append(without)
    press(made, "差戻しを記録", qtbot)
    assert now(context, document).sent_back_why == "押印漏れ"


def test_void_keeps_the_document_and_its_number(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    document = issued("location-notice", START)
    made = opened(document)
    dialogs.answers.append(fill(voided_why="宛名の誤り"))
    press(made, "無効にする", qtbot)
    held = now(context, document)
    assert (held.number, held.voided_on, held.voided_why) == (document.number, TODAY, "宛名の誤り")
    qtbot.waitUntil(lambda: "無効にする" not in made.ways)


def test_made_anew_takes_the_place_of_the_old_one(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, context: Context, wanted: list[Any]
) -> None:
    document = issued("location-notice", START)
    made = opened(document)
    dialogs.answers.append(fill(voided_why="誤記"))
    press(made, "作り直す", qtbot)
    qtbot.waitUntil(lambda: bool(wanted), timeout=10_000)
    held = now(context, document)
    assert held.voided_why == "誤記"
    assert held.replaced_by is not None
    assert wanted == [ShowDocument(held.replaced_by)]


def test_stopped_in_time_it_is_said_that_the_old_one_still_stands(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, context: Context, wanted: list[Any]
) -> None:
    document = issued("location-notice", START)
    made = opened(document)

    def stop(job: Job) -> None:
        if "作り直しています" in job.title:
            job.cancel()

    context.operations.started.connect(stop)
    dialogs.answers.append(fill(voided_why="誤記"))
    press(made, "作り直す", qtbot)
    qtbot.waitUntil(lambda: bool(dialogs.said), timeout=10_000)
    assert dialogs.said == [f"作り直しを中止しました。「{document.number}」は無効にしていません。"]
    assert now(context, document).voided_on is None
    assert wanted == []


def test_stopped_too_late_it_is_said_that_it_was_made_anew(
    opened: Any,
    issued: Any,
    qtbot: QtBot,
    dialogs: Any,
    context: Context,
    wanted: list[Any],
    stopped_late: Any,
) -> None:
    document = issued("location-notice", START)
    made = opened(document)
    stopped_late(context.ledger, "issue")
    dialogs.answers.append(fill(voided_why="誤記"))
    press(made, "作り直す", qtbot)
    qtbot.waitUntil(lambda: bool(dialogs.said), timeout=10_000)
    new = context.facts().find(Submission, now(context, document).replaced_by)
    assert new is not None
    assert wanted == [ShowDocument(new.id)]
    assert dialogs.said == [
        f"中止は間に合わず、発行されました。「{new.number}」は、台帳に保管されています。"
        "不要なものは、書類の画面で無効にできます。"
    ]


def test_stopped_too_late_a_second_copy_is_kept_and_nothing_is_printed(
    opened: Any,
    issued: Any,
    qtbot: QtBot,
    dialogs: Any,
    context: Context,
    stopped_late: Any,
) -> None:
    document = issued("location-notice", START, START)
    made = opened(document)
    stopped_late(context.ledger, "document_bytes")
    dialogs.answers.append("発注者が紛失したため")
    press(made, "再発行", qtbot)
    qtbot.waitUntil(lambda: bool(dialogs.said), timeout=10_000)
    assert dialogs.said[0].startswith("中止は間に合いませんでした。再発行の書類は、書類の画面の「添付」に")
    assert len(context.facts().all(Attachment)) == 1


def test_a_stale_document_shows_the_difference_and_offers_the_change_notice(
    opened: Any, issued: Any, context: Context, work: Any, qtbot: QtBot, wanted: list[Any]
) -> None:
    from dataclasses import replace

    document = issued("location-notice", START, START)
    place = context.facts().get(Location, work.location.id)
    context.ledger.change(replace(place, lock="暗証番号錠"))
    made = opened(document)
    qtbot.waitUntil(lambda: "変更届を作成" in made.ways)
    press(made, "変更届を作成", qtbot)
    assert wanted == [IssueForm("location-notice", work.contract.id)]


def told_on(page: DocumentPage) -> str:
    return "\n".join(one.plain for one in page.findChildren(Prose) if one.isVisible())


def test_a_paper_in_hand_says_when_the_ledger_changed_since_it_was_issued(
    opened: Any, issued: Any, context: Context, work: Any, qtbot: QtBot, settled: Any
) -> None:
    """Of what was not handed in no duty speaks: the paper would go out under the seal as it is."""
    from dataclasses import replace

    made = opened(issued("location-notice", START))
    assert SINCE_ISSUED not in told_on(made)
    assert made.ways["提出を記録"].property("kind") == "primary"
    place = context.facts().get(Location, work.location.id)
    context.ledger.change(replace(place, lock="暗証番号錠"))
    made.refresh()
    qtbot.waitUntil(lambda: SINCE_ISSUED in told_on(made))
    assert "暗証番号錠" in told_on(made)
    assert made.ways["提出を記録"].property("kind") != "primary"
    now_held = context.ledger.get(Location, place.id)
    context.ledger.change(replace(now_held, lock=place.lock))
    made.refresh()
    qtbot.waitUntil(lambda: SINCE_ISSUED not in told_on(made))


def states_of(page: DocumentsPage) -> dict[str, str]:
    at = [one.title for one in archive_page._ISSUED].index("状態")
    return {one.cells[0].text: one.cells[at].text for one in page.issued.lines.lines}


def test_the_list_marks_what_changed_since_it_was_issued_and_says_why(
    archive: Any, issued: Any, context: Context, work: Any, qtbot: QtBot, settled: Any
) -> None:
    from dataclasses import replace

    other, place = issued("location-notice", START), context.facts().get(Location, work.location.id)
    context.ledger.void(other, TODAY, "誤り")
    document = issued("location-notice", TODAY)
    page = archive()
    assert states_of(page) == {document.number: "△ 未提出", other.number: "－ 無効"}
    context.ledger.change(replace(place, lock="暗証番号錠"))
    page.refresh()
    qtbot.waitUntil(lambda: states_of(page)[document.number] == "△ 発行後に相違")
    assert states_of(page)[other.number] == "－ 無効", "what is void goes out nowhere"
    for state, shown in (("発行後に相違", 1), ("未提出", 1), ("提出済み", 0), ("無効", 1)):
        page.state.setCurrentIndex(page.state.findData(state))
        assert len(page.issued.lines.lines) == shown, state
    page.state.setCurrentIndex(0)
    page.issued.select(document.id)
    assert SINCE_ISSUED in page.why.text
    assert "暗証番号錠" in page.why.text
    page.issued.select(other.id)
    assert page.why.isHidden()
    context.ledger.change(replace(context.ledger.get(Location, place.id), lock=place.lock))
    page.refresh()
    qtbot.waitUntil(lambda: states_of(page)[document.number] == "△ 未提出")


def test_the_documents_of_a_contract_are_marked_alike(
    context: Context, issued: Any, work: Any, shown: Any, settled: Any, qtbot: QtBot
) -> None:
    from dataclasses import replace

    document = issued("location-notice", START)
    place = context.facts().get(Location, work.location.id)
    context.ledger.change(replace(place, lock="暗証番号錠"))
    tab = shown(DocumentsTab(context, work.contract.id))
    tab.refresh(None)
    settled()
    (line,) = tab.table.lines.lines
    assert (line.key, line.cells[2].text) == (document.id, "△ 発行後に相違")


def test_handing_in_says_before_it_is_recorded_that_the_ledger_changed(
    issued: Any, context: Context, work: Any, qtbot: QtBot, dialogs: Any
) -> None:
    from dataclasses import replace

    document = issued("location-notice", START)
    context.ledger.change(replace(context.facts().get(Location, work.location.id), lock="暗証番号錠"))

    def read(dialog: Any) -> None:
        (notice,) = dialog.findChildren(Notice)
        qtbot.waitUntil(lambda: SINCE_ISSUED in notice.text)

    dialogs.answers.append(read)
    assert not fates.submit(context, document.id)
    assert now(context, document).submitted_on is None


def test_what_is_gone_from_the_ledger_is_not_said_to_have_been_handed_in(work: Any, context: Context) -> None:
    gone = Difference("location:999", REMOVED, (("名称", "倉庫", ""),), "倉庫")
    assert told_lines(context.facts(), gone, submitted=False) == [("倉庫", "記載あり", "台帳になし")]
    assert told_lines(context.facts(), gone) == [("倉庫", "届出あり", "終了")]


def test_a_scan_that_cannot_be_read_is_told(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, tmp_path: Path
) -> None:
    made = opened(issued("location-notice", START, START))
    dialogs.answers.append([tmp_path / "ない.pdf"])
    press(made, "受領印のある控えを添付", qtbot)
    qtbot.waitUntil(lambda: bool(dialogs.said))
    assert "「ない.pdf」が見つかりません" in dialogs.said[-1]


def test_the_pdf_is_saved_as_it_is_archived(
    opened: Any, issued: Any, qtbot: QtBot, dialogs: Any, context: Context, tmp_path: Path
) -> None:
    document = issued("location-notice", START)
    made = opened(document)
    dialogs.answers.append(tmp_path / "届出書")
    press(made, "PDFを保存", qtbot)
    assert (tmp_path / "届出書.pdf").read_bytes() == context.ledger.document_bytes(document)
    assert f"{document.number}_作業場所届出書（新規）_みなと北市.pdf" in dialogs.asked[-1]


def test_a_sound_document_proves_itself(opened: Any, issued: Any, qtbot: QtBot) -> None:
    made = opened(issued("location-notice", START))
    press(made, "照合する", qtbot)
    qtbot.waitUntil(lambda: "一致しています" in made.notice.text)


def test_a_document_whose_code_is_not_its_own_is_told(
    opened: Any, issued: Any, qtbot: QtBot, context: Context
) -> None:
    from dataclasses import replace

    from app.ui.papers.fates import proof

    document = issued("location-notice", START)
    other = replace(document, statement=document.statement.replace("入力作業", "保管"))
    sound, said = proof(context, other)
    assert not sound
    assert "照合コード" in said


def test_typing_narrows_what_was_worked_out_once(
    archive: Any, work: Any, monkeypatch: pytest.MonkeyPatch, settled: Any
) -> None:
    """Every form for every contract is worked out for an assessment, never for a key."""
    made = archive()
    made.tabs.setCurrentIndex(1)
    whole = len(made.to_make.lines.lines)
    monkeypatch.setattr(archive_page, "to_make", lambda *_: pytest.fail("worked out again"))
    monkeypatch.setattr(archive_page, "issued_rows", lambda *_, **__: pytest.fail("worked out again"))
    made.search.setText("作業場所")
    settled()
    assert 0 < len(made.to_make.lines.lines) < whole
    made.search.setText("")
    made.contract.setCurrentIndex(1)
    settled()
    assert len(made.to_make.lines.lines) == whole


def test_nothing_is_said_of_what_is_to_be_made_before_it_is_reckoned(
    context: Context, work: Any, shown: Any, settled: Any
) -> None:
    """A form said to be 「いまは不要」 before anybody knows would be kinder than the facts."""
    made = shown(DocumentsPage(context))
    made.tabs.setCurrentIndex(1)
    made.refresh()
    assert len(made.to_make.lines.lines) == 0
    settled()
