"""添付: added by button and by dropping, seen in the window, saved out, taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.common import PeopleError
from app.exchange.recovery_sheet import recovery_pdf
from app.records import SPECS, Asset, Attachment, Disposal, Event
from app.records.days import DayOnly
from app.records.disposal import DisposalLine
from app.ui.context import Context
from app.ui.editor.attachments import AttachmentsView
from app.ui.editor.file_viewer import MOST_SHOWN
from app.ui.editor.form import RecordForm
from app.ui.editor.page import EditorPage
from app.ui.inputs.file import FileInput
from app.ui.targets import EditRecord

Show = Callable[..., Any]
Settle = Callable[[], None]
RECEIVED = date(2026, 4, 10)


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


def _photos(tmp_path: Path, photo: Path, *names: str) -> list[Path]:
    made = [tmp_path / name for name in names]
    for at, path in enumerate(made):
        path.write_bytes(photo.read_bytes() + bytes([at]))
    return made


def disposed(context: Context, sample: Any) -> tuple[Disposal, list[Asset]]:
    """A disposal of two lines, and what is on them."""
    asset = Asset(
        contract=sample.contract.id, item="申請書", classification="個人情報", medium="紙", unit="枚"
    )
    assets = [context.ledger.add(replace(asset, number=number)) for number in ("A-0901", "A-0902")]
    lines = tuple(
        DisposalLine(
            asset=one.id,
            item=one.item,
            medium="紙",
            quantity=1,
            unit=one.unit,
            result="不良",
            followed="再実施",
        )
        for one in assets
    )
    for one in assets:
        context.ledger.add(
            Event(asset=one.id, kind="受領", status="実績", happened_at=DayOnly(RECEIVED), quantity=3)
        )
    disposal = context.ledger.add(
        Disposal(
            contract=sample.contract.id,
            status="実績",
            done_on=RECEIVED,
            method="裁断",
            lines=lines,
            responsible=sample.person.id,
        )
    )
    return disposal, assets


def test_photographs_of_a_disposal_go_to_its_lines_in_order_and_can_be_told_otherwise(
    context: Context, sample: Any, shown: Show, photo: Path, tmp_path: Path, dialogs: Any, settled: Settle
) -> None:
    """Dropped in one go; the one that is too many is asked about; what is no photograph takes its own way."""
    disposal, assets = disposed(context, sample)
    page = shown(EditorPage(context, EditRecord("disposal", disposal.id)))
    page.tabs.setCurrentIndex(1)
    refused: list[str] = []

    def choose(dialog: Any) -> None:
        assert [one.currentData() for one in dialog.combos] == [0, 1, None, None]
        dialog.ok.click()
        refused.append(dialog.notice.text)
        dialog.combos[2].setCurrentIndex(dialog.combos[2].findData(-1))
        dialog.combos[3].setCurrentIndex(dialog.combos[3].findData(-2))
        dialog.ok.click()

    dialogs.answers += [choose, accept("受領書")]
    page.attachments.attach(_photos(tmp_path, photo, "1.png", "2.png", "3.png", "受領書.png"))
    settled()
    assert "3.png" in refused[0]
    held = {one.title: one for one in context.facts().all(Attachment)}
    assert {title: one.asset for title, one in held.items()} == {
        "1": assets[0].id,
        "2": assets[1].id,
        "3": None,
        "受領書": None,
    }
    assert held["受領書"].kind == "受領書"
    assert {one.kind for title, one in held.items() if title != "受領書"} == {"写真"}
    listed = [page.attachments.list.item(at).text() for at in range(page.attachments.list.count())]
    assert ["明細2" in one for one in listed if one.startswith("2（")] == [True]

    def turn(dialog: Any) -> None:
        dialog.combos[0].setCurrentIndex(dialog.combos[0].findData(1))
        dialog.ok.click()

    dialogs.answers.append(turn)
    page.attachments.assign_button.click()
    assert context.facts().get(Attachment, held["1"].id).asset == assets[1].id
    context.ledger.undo()
    assert context.facts().get(Attachment, held["1"].id).asset == assets[0].id


def test_a_file_that_proves_something_is_never_exchanged_under_its_name(
    context: Context, sample: Any, shown: Show, photo: Path
) -> None:
    data = photo.read_bytes()
    digest, other = (hashlib.sha256(one).hexdigest() for one in (data, data + b"\0"))
    made = context.ledger.add(
        Attachment(
            record_kind="location",
            record_id=sample.location.id,
            title="保管庫",
            kind="写真",
            file_name=photo.name,
            data=digest,
        ),
        {digest: data},
    )
    page = shown(EditorPage(context, EditRecord("attachment", made.id)))
    box = page.form.boxes["data"].input
    assert not box.pick.isVisible()
    assert not box.drop.isVisible()
    assert page.form.boxes["title"].input.isEnabled()
    with pytest.raises(PeopleError, match="差し替えられません"):
        context.ledger.change(replace(made, data=other), {other: data + b"\0"})
    assert context.ledger.change(replace(made, title="保管庫（東側）")).data == digest


def test_a_photograph_of_a_destruction_is_a_picture_and_not_the_same_twice(
    context: Context, sample: Any, shown: Show, photo: Path, tmp_path: Path, dialogs: Any, settled: Settle
) -> None:
    """A text with the name of a picture, and one with its own that is called a photograph in the form."""
    disposal, _assets = disposed(context, sample)
    page = shown(EditorPage(context, EditRecord("disposal", disposal.id)))
    page.tabs.setCurrentIndex(1)
    for name in ("fake.jpg", "メモ.txt"):
        (tmp_path / name).write_text("写真ではありません", "utf-8")
    dialogs.answers.append(lambda dialog: dialog.ok.click())
    page.attachments.attach([tmp_path / "fake.jpg"])
    settled()
    refusals: list[str] = []

    def call_it_a_photograph(dialog: Any) -> None:
        accept("写真")(dialog)
        refusals.append(dialog.form.notice.text)

    dialogs.answers.append(call_it_a_photograph)
    page.attachments.attach([tmp_path / "メモ.txt"])
    assert "「メモ.txt」は写真（画像かPDF）ではなく、テキストファイルです" in refusals[0]
    assert any("「fake.jpg」は写真（画像かPDF）ではなく" in said for said in dialogs.said)
    assert not context.facts().all(Attachment)

    def first_line(dialog: Any) -> None:
        dialog.combos[0].setCurrentIndex(dialog.combos[0].findData(0))
        dialog.ok.click()

    for _ in range(2):
        dialogs.answers.append(first_line)
        page.attachments.attach([photo])
        settled()
    assert len(context.facts().all(Attachment)) == 1
    assert any("同じファイルで、添付済みです" in said for said in dialogs.said)
