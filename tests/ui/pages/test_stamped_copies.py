"""The stamped copy that comes back, dropped or picked; a second copy; what lies on the desk compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.common import PeopleError
from app.printing.pages import OpenPdf
from app.records import Attachment, Submission
from app.ui.context import Context
from app.ui.papers import kept_files
from app.ui.papers.archive_page import DocumentsPage
from app.ui.papers.compare_dialog import CompareDialog
from app.ui.papers.dropping import Dropping
from app.ui.papers.paper_page import DocumentPage
from app.ui.papers.printing_port import NO_PRINTER
from app.ui.papers.taking_in import take_in
from app.ui.parts.space.screen import keep_inside
from app.ui.parts.widgets import Notice, Prose
from app.ui.targets import ShowDocument
from tests.support.scans import scanned

START = date(2026, 4, 1)
TODAY = date(2026, 4, 20)


@pytest.fixture
def scan(context: Context, tmp_path: Path) -> Callable[[Submission], Path]:
    """A scan of a paper's first page."""

    def make(paper: Submission) -> Path:
        return scanned(context.ledger.document_bytes(paper), tmp_path / f"{paper.number}.png")

    return make


@pytest.fixture
def white(tmp_path: Path) -> Path:
    page = Image.new("L", (400, 500), 255)
    page.paste(60, (100, 100, 140, 140))
    page.save(tmp_path / "白紙.png")
    return tmp_path / "白紙.png"


@pytest.fixture
def archive(context: Context, shown: Any, settled: Any) -> DocumentsPage:
    made = DocumentsPage(context)
    shown(made)
    made.refresh()
    settled()
    return made


def whole(notice: Notice) -> bool:
    """Whether the whole sentence of a band is seen."""
    (said,) = notice.findChildren(Prose)
    return said.height() >= said.heightForWidth(said.width())


def press(page: QWidget, text: str, qtbot: QtBot) -> None:
    def found() -> list[QPushButton]:
        return [one for one in page.findChildren(QPushButton) if one.text() == text and one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def fill(day: str) -> Callable[[Any], None]:
    def answer(dialog: Any) -> None:
        dialog.form.inputs["accepted_on"].edit.setText(day)
        dialog.accept()

    return answer


def now(context: Context, paper: Submission) -> Submission:
    return context.ledger.get(Submission, paper.id)


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drop files on a widget; whether it would take them."""
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), *how)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), *how))
    return enter.isAccepted()


def test_a_picked_copy_finds_its_paper_and_its_day_is_asked(
    archive: DocumentsPage,
    issued: Any,
    scan: Any,
    qtbot: QtBot,
    dialogs: Any,
    context: Context,
    wanted: list[Any],
) -> None:
    paper = issued("location-notice", START, START)
    dialogs.answers += [[scan(paper)], fill("2026-04-05")]
    press(archive, "控えを取り込む…", qtbot)
    qtbot.waitUntil(lambda: now(context, paper).accepted_on == date(2026, 4, 5), timeout=10_000)
    (filed,) = context.facts().all(Attachment)
    assert (filed.record_id, filed.kind, filed.received_on) == (
        paper.id,
        "受領印のある控え",
        date(2026, 4, 5),
    )
    assert wanted == [ShowDocument(paper.id)]
    context.ledger.undo()
    assert now(context, paper).accepted_on is None
    assert not context.facts().all(Attachment)


def test_the_day_may_stay_open_and_a_wrong_one_is_told_in_the_dialog(
    archive: DocumentsPage, issued: Any, scan: Any, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    paper = issued("location-notice", START, START)

    def wrong_first(dialog: Any) -> None:
        fill("2026-03-31")(dialog)
        assert not dialog.result()
        assert "受理日は提出日以後" in dialog.form._errors["accepted_on"].plain
        fill("")(dialog)

    dialogs.answers.append(wrong_first)
    take_in(context, [scan(paper)])
    qtbot.waitUntil(lambda: bool(context.facts().all(Attachment)), timeout=10_000)
    assert now(context, paper).accepted_on is None


def test_files_dropped_on_the_window_are_taken_in_one_after_the_other(
    archive: DocumentsPage,
    issued: Any,
    scan: Any,
    qtbot: QtBot,
    dialogs: Any,
    context: Context,
    tmp_path: Path,
) -> None:
    first, second = issued("location-notice", START, START), issued("personnel-report", START, START)
    Dropping(archive, lambda paths: take_in(context, paths))
    dialogs.answers += [fill("2026-04-05"), fill("2026-04-06")]
    assert drop(archive, scan(first), scan(second))
    qtbot.waitUntil(lambda: len(context.facts().all(Attachment)) == 2, timeout=20_000)
    assert [now(context, one).accepted_on for one in (first, second)] == [date(2026, 4, 5), date(2026, 4, 6)]
    assert not drop(archive, tmp_path / "台帳.jutaku")


def test_where_no_code_can_be_read_the_number_is_typed(
    archive: DocumentsPage, issued: Any, white: Path, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    paper = issued("location-notice", START, START)
    dialogs.answers += ["２０２５－９９９９"]
    take_in(context, [white])
    qtbot.waitUntil(lambda: bool(dialogs.said), timeout=10_000)
    assert "の書類はありません" in dialogs.said[-1]
    dialogs.answers += [paper.number, fill("2026-04-05")]
    take_in(context, [white])
    qtbot.waitUntil(lambda: now(context, paper).accepted_on == date(2026, 4, 5), timeout=10_000)


def test_a_paper_that_was_not_handed_in_is_named_and_nothing_is_kept(
    archive: DocumentsPage, issued: Any, scan: Any, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    take_in(context, [scan(issued("location-notice", START))])
    qtbot.waitUntil(lambda: bool(dialogs.said), timeout=10_000)
    assert "提出したことが記録されていません" in dialogs.said[-1]
    assert not context.facts().all(Attachment)


def test_on_its_page_the_copy_of_another_paper_is_refused(
    issued: Any, scan: Any, shown: Any, qtbot: QtBot, dialogs: Any, context: Context
) -> None:
    paper, other = issued("location-notice", START, START), issued("personnel-report", START, START)
    page = DocumentPage(context, ShowDocument(paper.id))
    shown(page)
    page.refresh()
    qtbot.waitUntil(lambda: page.preview.pages.count > 0)
    dialogs.answers.append([scan(other)])
    press(page, "受領印のある控えを添付", qtbot)
    qtbot.waitUntil(lambda: bool(dialogs.said), timeout=10_000)
    assert f"書類「{other.number}」の控えです" in dialogs.said[-1]
    dialogs.answers += [[scan(paper)], fill("2026-04-05")]
    press(page, "受領印のある控えを添付", qtbot)
    qtbot.waitUntil(lambda: now(context, paper).accepted_on == date(2026, 4, 5), timeout=10_000)


def test_a_second_copy_is_kept_printed_and_is_no_new_document(
    issued: Any,
    shown: Any,
    qtbot: QtBot,
    dialogs: Any,
    context: Context,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    paper = issued("location-notice", START, START)
    printed: list[bytes] = []

    def paper_way(*given: Any, failed: Callable[[Exception], None]) -> None:
        printed.append(given[1])
        if len(printed) == 1:
            failed(PeopleError(NO_PRINTER))

    monkeypatch.setattr(kept_files, "print_pdf", paper_way)
    page = DocumentPage(context, ShowDocument(paper.id))
    shown(page)
    page.refresh()
    qtbot.waitUntil(lambda: page.preview.pages.count > 0)
    dialogs.answers.append("発注者が紛失した")
    press(page, "再発行", qtbot)
    qtbot.waitUntil(lambda: bool(printed), timeout=10_000)
    # The paper that 「PDFを保存」 saves bears no mark: without a printer, the way leads to the copy.
    assert kept_files.SAVE in page.notice.text
    assert "PDFを保存" not in page.notice.text
    kept_there = tmp_path / "再発行.pdf"
    dialogs.answers.append(kept_there)
    press(page, kept_files.SAVE, qtbot)
    assert kept_there.read_bytes() == printed[0]
    press(page, kept_files.PRINT, qtbot)
    assert printed == [printed[0], printed[0]]
    with OpenPdf(printed[0]) as copy:
        assert "再発行　令和8年4月20日" in copy.text(0).replace(" ", "　")
    (kept,) = context.facts().all(Attachment)
    assert (kept.kind, context.ledger.blob(kept.data)) == ("再発行", printed[0])
    assert "発注者が紛失した" in kept.title
    assert len(context.facts().all(Submission)) == 1
    context.ledger.void(now(context, paper), TODAY, "誤り")
    qtbot.waitUntil(lambda: "再発行" not in page.ways)


def test_what_lies_on_the_desk_is_compared(
    archive: DocumentsPage,
    issued: Any,
    scan: Any,
    white: Path,
    qtbot: QtBot,
    dialogs: Any,
    context: Context,
    shown: Any,
    wanted: list[Any],
) -> None:
    paper = issued("location-notice", START, START)
    press(archive, "紙・PDFと照合…", qtbot)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, CompareDialog)
    keep_inside(dialog)
    shown(dialog)
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.line, paper.number)
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.notices) == 1, timeout=10_000)
    assert "紙面の内容は比べていません" in dialog.notices[0].text
    assert "今の記録簿にあります" in dialog.notices[0].text
    qtbot.waitUntil(lambda: whole(dialog.notices[0]))
    assert dialog.isVisible(), "Return looks up and does not close"
    assert drop(dialog, scan(paper))
    qtbot.waitUntil(lambda: len(dialog.notices) == 1 and dialog.notices[0].text != "", timeout=10_000)
    dialogs.answers.append([white])
    press(dialog, "ファイルを選ぶ…", qtbot)
    qtbot.waitUntil(
        lambda: any("照合用コードを読み取れませんでした" in one.text for one in dialog.notices),
        timeout=10_000,
    )
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(paper.number in one.text for one in dialog.notices), timeout=10_000)
    press(dialog, "控えを開く", qtbot)
    assert wanted == [ShowDocument(paper.id)]
