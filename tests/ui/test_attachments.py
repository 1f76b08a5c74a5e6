"""添付: added by button and by dropping, seen in the window, saved out, taken back."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.exchange.recovery_sheet import recovery_pdf
from app.records import SPECS, Attachment
from app.ui.context import Context
from app.ui.editor.attachments import AttachmentsView
from app.ui.editor.file_viewer import MOST_SHOWN
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.inputs.file import FileInput
from app.ui.targets import EditRecord

Show = Callable[..., Any]
Settle = Callable[[], None]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    path = tmp_path / "保管庫の写真.png"
    image.save(str(path))
    return path


@pytest.fixture
def page(context: Context, sample: Any, shown: Show) -> EditorPage:
    made: EditorPage = shown(EditorPage(context, EditRecord("location", sample.location.id)))
    made.tabs.setCurrentIndex(1)
    return made


def accept(kind: str) -> Callable[[Any], None]:
    """Fill in the kind of an attachment and save it."""

    def fill(dialog: Any) -> None:
        dialog.form.boxes["kind"].input.show_value(kind)
        dialog.save()

    return fill


def test_a_file_is_attached_by_the_button_and_shown(
    page: EditorPage,
    context: Context,
    photo: Path,
    dialogs: Any,
    sample: Any,
    settled: Settle,
    qtbot: QtBot,
) -> None:
    dialogs.answers += [[photo], accept("写真")]
    qtbot.mouseClick(page.attachments.add_button, Qt.MouseButton.LeftButton)
    (made,) = context.facts().all(Attachment)
    assert (made.record_kind, made.record_id) == ("location", sample.location.id)
    assert (made.title, made.file_name, made.kind) == ("保管庫の写真", "保管庫の写真.png", "写真")
    assert context.ledger.blob(made.data) == photo.read_bytes()
    assert page.attachments.list.count() == 1
    settled()
    assert page.attachments.viewer.shown == 1
    assert page.tabs.tabText(1) == "添付（1）"


def test_files_are_attached_by_dropping_them(
    page: EditorPage, context: Context, photo: Path, dialogs: Any
) -> None:
    dialogs.answers += [accept("写真"), accept("図面")]
    second = photo.with_name("見取図.png")
    second.write_bytes(photo.read_bytes() + b"\0")
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path)) for path in (photo, second)])
    frame = page.attachments._drop
    how = (Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), *how)
    QApplication.sendEvent(frame, entering)
    assert entering.isAccepted()
    assert frame.property("over") is True
    QApplication.sendEvent(frame, QDragLeaveEvent())
    assert frame.property("over") is False
    QApplication.sendEvent(frame, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(frame, QDropEvent(QPointF(5, 5), *how))
    assert [each.kind for each in context.facts().all(Attachment)] == ["写真", "図面"]


def test_a_pdf_is_shown_page_by_page(
    page: EditorPage, context: Context, dialogs: Any, tmp_path: Path, settled: Settle
) -> None:
    path = tmp_path / "承諾書.pdf"
    path.write_bytes(recovery_pdf("みほん", context.today(), "山田 太郎", "AAAAAAA-BBBBBBB"))
    dialogs.answers.append(accept("承諾書"))
    page.attachments.attach([path])
    settled()
    assert page.attachments.viewer.shown == 1


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("写真001.heic", b"\0\0\0\x18ftypheic", "「写真001.heic」はこの画面では表示できない形式です"),
        ("切れた.jpg", b"\xff\xd8\xff\xe0 cut", "「切れた.jpg」は壊れているため読み取れません"),
        ("表.xlsx", b"PK\x03\x04 not a picture", "表示できない形式です"),
        ("壊れた.pdf", b"%PDF-1.7 broken", "「壊れた.pdf」は開けません"),
    ],
)
def test_what_cannot_be_shown_says_so_and_is_kept(
    page: EditorPage,
    context: Context,
    dialogs: Any,
    tmp_path: Path,
    settled: Settle,
    name: str,
    data: bytes,
    said: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    dialogs.answers.append(accept("教材"))
    page.attachments.attach([path])
    settled()
    assert said in page.attachments.viewer.said
    assert len(context.facts().all(Attachment)) == 1


def sideways() -> bytes:
    """A photograph of 240 × 120 taken with the telephone held upright, as telephones write it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    out = BytesIO()
    Image.new("RGB", (240, 120), "red").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photograph_is_shown_upright(
    page: EditorPage, dialogs: Any, tmp_path: Path, settled: Settle
) -> None:
    path = tmp_path / "IMG_0001.JPG"
    path.write_bytes(sideways())
    dialogs.answers.append(accept("写真"))
    page.attachments.attach([path])
    settled()
    assert page.attachments.viewer.shown == 1
    pictures = [
        one.pixmap() for one in page.attachments.viewer.findChildren(QLabel) if not one.pixmap().isNull()
    ]
    assert [(one.width(), one.height()) for one in pictures] == [(120, 240)]


def test_the_seal_is_small_and_upright(context: Context, sample: Any, shown: Show) -> None:
    form = shown(RecordForm(context, SPECS["vendor"], sample.vendor))
    seal = form.boxes["seal"].input
    assert isinstance(seal, FileInput)
    seal.take(sideways())
    assert (seal.picture.pixmap().width(), seal.picture.pixmap().height()) == (48, 96)
    seal.take(b"no picture")
    assert not seal.picture.isVisible()


def test_every_page_of_a_scan_is_shown_with_its_number(
    page: EditorPage, dialogs: Any, tmp_path: Path, settled: Settle
) -> None:
    path = tmp_path / "scan.tif"
    pages = [Image.new("1", (30, 40)) for _ in range(MOST_SHOWN + 1)]
    pages[0].save(path, save_all=True, append_images=pages[1:3])
    dialogs.answers.append(accept("写真"))
    page.attachments.attach([path])
    settled()
    viewer = page.attachments.viewer
    said = [one.text() for one in viewer.findChildren(QLabel) if "ページ中" in one.text()]
    assert said == ["3ページ中1ページ", "3ページ中2ページ", "3ページ中3ページ"]
    assert viewer.shown == 3
    pages[0].save(path, save_all=True, append_images=pages[1:])
    viewer.show_file("scan.tif", path.read_bytes())
    settled()
    assert viewer.shown == MOST_SHOWN
    assert viewer.said.startswith("全51ページのうち、はじめの50ページを表示しています。")


def test_what_becomes_of_an_attachment_on_paper_is_said(page: EditorPage) -> None:
    page.tabs.setCurrentIndex(1)
    assert "証明書に全ページを印刷します" in page.attachments._said.plain
    assert "名称だけを載せます" in page.attachments._said.plain


def test_a_file_is_saved_out_as_it_came_in(
    page: EditorPage, photo: Path, dialogs: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    dialogs.answers.append(accept("写真"))
    page.attachments.attach([photo])
    out = tmp_path / "取り出し.png"
    dialogs.answers.append(out)
    qtbot.mouseClick(page.attachments.save_button, Qt.MouseButton.LeftButton)
    assert dialogs.asked[-1] == "添付を保存：保管庫の写真.png"
    assert out.read_bytes() == photo.read_bytes()
    dialogs.answers.append(tmp_path / "ない" / "取り出し.png")
    page.attachments.save_out()
    assert "保存できません" in dialogs.said[-1]


def test_an_attachment_is_taken_back_with_a_reason(
    page: EditorPage, context: Context, photo: Path, dialogs: Any
) -> None:
    dialogs.answers.append(accept("写真"))
    page.attachments.attach([photo])
    dialogs.answers.append("別の場所の写真だったため")
    page.attachments.retire()
    assert context.facts().all(Attachment) == ()
    assert page.attachments.list.count() == 0
    assert not page.attachments.save_button.isEnabled()


def test_the_entry_of_an_attachment_is_opened(
    page: EditorPage, context: Context, photo: Path, dialogs: Any, qtbot: QtBot
) -> None:
    dialogs.answers.append(accept("写真"))
    page.attachments.attach([photo])
    (made,) = context.facts().all(Attachment)
    with qtbot.waitSignal(context.wanted) as asked:
        page.attachments.edit()
    assert asked.args == [EditRecord("attachment", made.id)]


def test_a_dialog_turned_away_attaches_nothing(
    page: EditorPage, context: Context, photo: Path, dialogs: Any
) -> None:
    dialogs.answers += [lambda dialog: dialog.reject(), True]
    page.attachments.attach([photo])
    assert context.facts().all(Attachment) == ()


def test_a_record_not_yet_in_the_ledger_takes_no_files(context: Context, shown: Show) -> None:
    page = shown(EditorPage(context, EditRecord("location")))
    page.tabs.setCurrentIndex(1)
    view = page.attachments
    assert isinstance(view, AttachmentsView)
    assert not view.add_button.isEnabled()
    assert "登録すると" in view._said.plain
