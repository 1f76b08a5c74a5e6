"""添付: the files that belong to a record; added by button or by dropping them, seen here, saved out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.exchange.saving import save
from app.records import SPECS, Attachment, Disposal, Record, Spec
from app.records.attachment import AttachmentKind
from app.records.days import wareki
from app.ui.context import Context
from app.ui.editor.asking.photos_dialog import PhotosDialog
from app.ui.editor.dialog import RecordDialog
from app.ui.editor.file_viewer import FileViewer
from app.ui.inputs.file import FileInput, read_file
from app.ui.parts.dropping import files_of
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.parted import Parted
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.parts.widgets import button, prose, retone, row
from app.ui.system.saving_place import ask_where
from app.ui.targets import EditRecord
from app.work.acts.disposing.photos import OTHER, Shot, assign, called, in_turn, keep, photos_of, row_of

_HANDLED = (
    "写真、PDFなどをここにドラッグしても添付できます。"
    "廃棄・消去の「写真」は、証明書に全ページを印刷します。"
    "ほかの種別は、書類の「添付書類」に名称だけを載せます。提出するときは「保存…」で取り出して添えてください。"
)
"""What becomes of an attachment on paper: nobody should think that it was handed in with the document."""


_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".tif", ".tiff", ".bmp", ".gif"))
"""Ends of names of files that are pictures: of a disposal they are asked about together."""


class DropFrame(QFrame):
    """Takes files that are dropped on it. ``dropped(paths)``."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            # A splitter asks for no height for a width: the text would be cut where it takes more lines.
            edge = self.width() - self.contentsRect().width()
            self.setMinimumHeight(max(0, layout.heightForWidth(self.width() - edge) + edge))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            retone(self, over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        retone(self, over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        retone(self, over=False)
        event.acceptProposedAction()
        self.dropped.emit(list(files_of(event.mimeData())))


class AttachmentsView(QWidget):
    """The attachments of one record."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._kind = ""
        self._record = 0
        self.add_button = button("ファイルを添付…", self.choose, kind="primary")
        context.look.dress(self.add_button, "attach", "on-primary")
        self._drop = DropFrame()
        self._drop.dropped.connect(self.attach)
        drop = QVBoxLayout(self._drop)
        drop.setContentsMargins(14, 10, 14, 10)
        self._said = prose("", "sub")
        drop.addLayout(row(self.add_button, None))
        drop.addWidget(self._said)
        self.list = QListWidget()
        self.list.setAccessibleName("添付の一覧")
        make_roomy(self.list)
        self.list.currentItemChanged.connect(lambda *_: self._show())
        self.list.itemActivated.connect(lambda _item: self.edit())
        self.save_button = button("保存…", self.save_out, hint="ファイルを取り出して保存します")
        self.edit_button = button("編集", self.edit, name="添付を変更")
        self.retire_button = button("取り消す…", self.retire, kind="danger", name="添付を取り消す")
        self.assign_button = button(
            "写真の明細…", self.assign, hint="写真がどの明細のものかを、まとめて選びます"
        )
        self.viewer = FileViewer(context)
        left = QWidget()
        left_layout = QVBoxLayout(left)
        left_layout.setContentsMargins(0, 0, 8, 0)
        left_layout.addWidget(self._drop)
        left_layout.addWidget(self.list, 1)
        left_layout.addLayout(
            flow(self.assign_button, self.save_button, self.edit_button, self.retire_button)
        )
        hold(left, 22)
        hold(self.viewer, 14)
        parts = Parted(left, self.viewer, (2, 3))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 14, 2, 2)
        layout.addWidget(parts, 1)

    def count(self, record: Record) -> int:
        """How many attachments a record has."""
        return len(self._of(record.spec.name, record.id))

    def load(self, spec: Spec[Any], record: Record | None) -> None:
        """Show the attachments of ``record``."""
        self._kind, self._record = spec.name, record.id if record else 0
        self._drop.setEnabled(record is not None)
        self.assign_button.setVisible(
            isinstance(record, Disposal) and bool(photos_of(self.context.facts(), record))
        )
        self._said.say(_HANDLED if record else "登録すると、ファイルを添付できます。")
        at = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for each in self._of(self._kind, self._record):
            when = f"　{wareki(each.received_on)}受領" if each.received_on else ""
            of_line = self._line_of(record, each)
            item = QListWidgetItem(f"{each.title}（{each.kind}）{when}{of_line}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, each.id)
        self.list.setCurrentRow(min(max(at, 0), self.list.count() - 1))
        self.list.blockSignals(False)
        self._show()

    @property
    def current(self) -> Attachment | None:
        """The attachment chosen in the list."""
        at = self.list.currentRow()
        if at < 0:
            return None
        chosen = self.list.item(at).data(Qt.ItemDataRole.UserRole)
        return self.context.facts().find(Attachment, chosen)

    def choose(self) -> None:
        """Attach files chosen from disk."""
        self.attach(self.context.dialogs.open_files("添付するファイルを選ぶ", several=True))

    def attach(self, paths: list[Path]) -> None:
        """Attach files, asking for name and kind of each; of photographs of a disposal for their lines."""
        owner = self._owner()
        rest = self._photos(owner, paths) if isinstance(owner, Disposal) else paths
        for path in rest:
            self.context.attempt(lambda path=path: self._attach(path, read_file(path)))  # type: ignore[misc]  # bound now
        self.load(SPECS[self._kind], self._owner())

    def assign(self) -> None:
        """Say of each photograph of the disposal which line it is of."""
        owner, context = self._owner(), self.context
        if not isinstance(owner, Disposal) or not (held := photos_of(context.facts(), owner)):
            return
        proposed = [row_of(owner, one) for one in held]
        dialog = PhotosDialog(
            context, owner, [one.title for one in held], proposed, "この内容にする", other=False
        )
        context.dialogs.show(dialog)
        if dialog.rows:
            rows = tuple(zip(held, dialog.rows, strict=True))
            context.attempt(lambda: assign(context.ledger, owner, rows))

    def _photos(self, owner: Disposal, paths: list[Path]) -> list[Path]:
        """Attach the pictures among ``paths`` in one go; what is no photograph comes back."""
        context = self.context
        pictures = [path for path in paths if path.suffix.lower() in _PICTURES]
        if not pictures:
            return paths
        proposed = in_turn(context.facts(), owner, len(pictures))
        names = [path.name for path in pictures]
        dialog = PhotosDialog(context, owner, names, proposed, "写真を添付", other=True)
        context.dialogs.show(dialog)
        meant = [(path, row) for path, row in zip(pictures, dialog.rows, strict=False) if row != OTHER]

        def work(_progress: Progress) -> int:
            return keep(context.ledger, owner, [Shot(path.name, read_file(path), row) for path, row in meant])

        if meant:
            job = context.operations.run(
                work,
                lambda count: context.say(f"{job.late}写真{count}枚を添付しました。"),
                title="写真を添付しています",
                failed=self._unkept,
                owner=self,
            )
        taken = {path for path, _row in meant} if dialog.rows else set(pictures)
        return [path for path in paths if path not in taken]

    def _unkept(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self.context.dialogs.warn(error.sentence)

    def edit(self) -> None:
        """Open the entry of the chosen attachment."""
        if (chosen := self.current) is not None:
            self.context.navigate(EditRecord("attachment", chosen.id))

    def save_out(self) -> None:
        """Write the chosen file to disk."""
        chosen = self.current
        if chosen is None:
            return
        path = ask_where(self.context, "attachment", "添付を保存", chosen.file_name)
        if path is not None:
            self.context.attempt(lambda: save(path, self.context.ledger.blob(chosen.data)))

    def retire(self) -> None:
        """Take the chosen attachment out of the record, for a reason."""
        chosen = self.current
        if chosen is None:
            return
        reason = self.context.dialogs.ask_text(
            f"添付「{chosen.title}」を取り消す", "取り消す理由を入力してください。", yes="取り消す"
        )
        if reason and self.context.attempt(lambda: self.context.ledger.retire(chosen, reason)):
            self.load(SPECS[self._kind], self._owner())

    def _attach(self, path: Path, data: bytes) -> None:
        preset = {
            "record_kind": self._kind,
            "record_id": self._record,
            "title": path.stem,
            "file_name": path.name,
        }
        dialog = RecordDialog(self.context, SPECS["attachment"], preset)
        taken = dialog.form.boxes["data"].input
        if isinstance(taken, FileInput):
            taken.take(data)
            taken.freeze()
        dialog.form.boxes["kind"].input.focus()
        self.context.dialogs.show(dialog)

    def _of(self, kind: str, record_id: int) -> list[Attachment]:
        held = self.context.facts().of(Attachment, "record_id", record_id)
        return [each for each in held if each.record_kind == kind]

    def _line_of(self, record: Record | None, photo: Attachment) -> str:
        """Which line of a disposal a photograph is of."""
        if not isinstance(record, Disposal) or photo.kind != AttachmentKind.PHOTO:
            return ""
        at = row_of(record, photo)
        return f"　→ {called(self.context.facts(), record, at) if at is not None else '明細にないもの'}"

    def _owner(self) -> Record | None:
        return self.context.facts().named(self._kind, self._record)

    def _show(self) -> None:
        chosen = self.current
        for each in (self.save_button, self.edit_button, self.retire_button):
            each.setEnabled(chosen is not None)
        if chosen is None:
            self.viewer.clear_file()
            return
        try:
            self.viewer.show_file(chosen.file_name, self.context.ledger.blob(chosen.data))
        except PeopleError as error:
            self.context.dialogs.warn(error.sentence)
