"""The input for a file kept in the ledger; a picture is shown small."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from app.common import PeopleError
from app.filesystem import read_given
from app.ledger.writing import LARGEST_FILE
from app.records import Field
from app.ui.inputs.base import Input, Making
from app.ui.inputs.plain import column
from app.ui.parts.widgets import button, label, row

_PICTURES = "画像・PDF (*.png *.jpg *.jpeg *.tif *.tiff *.bmp *.gif *.webp *.pdf);;すべてのファイル (*)"
_SIDE = 96


def read_file(path: Path) -> bytes:
    """The bytes of a file to be kept. Raises ``PeopleError`` for one that cannot be read or is too large."""
    data = read_given(path, LARGEST_FILE, "小さくしたファイルを選んでください。")
    if not data:
        raise PeopleError(f"「{path.name}」は中身が空です。別のファイルを選んでください。")
    return data


class FileInput(Input):
    """Chooses a file, keeps its bytes until the record is saved."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self._digest = ""
        self._data: bytes | None = None
        self._frozen = False
        self.picture = QLabel()
        self.state = label("", "sub")
        self.pick = button("ファイルを選ぶ…", self._pick, name=f"{field.label}のファイルを選ぶ")
        self.drop = button("外す", self._drop, kind="quiet", name=f"{field.label}を外す")
        layout = column(self)
        layout.addWidget(self.picture)
        layout.addLayout(row(self.pick, self.drop, self.state, None))
        self._show()

    def text(self) -> str:
        return self._digest

    def show_value(self, value: Any) -> None:
        self._digest, self._data = str(value or ""), None
        self._show()

    def fields(self) -> Sequence[QWidget]:
        return (self.pick, self.drop)

    def files(self) -> Mapping[str, bytes]:
        return {self._digest: self._data} if self._data is not None else {}

    def take(self, data: bytes) -> None:
        """Hold these bytes as the file."""
        self._digest, self._data = hashlib.sha256(data).hexdigest(), data
        self._show()
        self.edited.emit()

    def freeze(self) -> None:
        self._frozen = True
        self.pick.hide()
        self.drop.hide()

    def _pick(self) -> None:
        context = self.making.context
        for path in context.dialogs.open_files(f"{self.field.label}を選ぶ", _PICTURES):
            context.attempt(lambda path=path: self.take(read_file(path)))  # type: ignore[misc]  # bound now

    def _drop(self) -> None:
        self._digest, self._data = "", None
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        data = self._data
        if data is None and self._digest:
            try:
                data = self.making.context.ledger.blob(self._digest)
            except PeopleError:
                data = None
        shown = _small(data, round(_SIDE * self.devicePixelRatioF())) if data is not None else QPixmap()
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setVisible(not shown.isNull())
        self.picture.setPixmap(shown)
        size = f"（{max(1, len(data) // 1024):,}KB）" if data is not None else ""
        self.state.setText(f"登録済み{size}" if self._digest else "ありません")
        self.drop.setVisible(bool(self._digest) and not self._frozen)


def _small(data: bytes, side: int) -> QPixmap:
    """The first page of a file, upright and small; an empty one of what is no picture."""
    from app.printing.pictures import shown_pages

    try:
        for page in shown_pages(data, side, "画像", 1):
            row_length = page.width * 3
            image = QImage(page.data, page.width, page.height, row_length, QImage.Format.Format_RGB888)
            return QPixmap.fromImage(image)
    except PeopleError:
        # What the file is, the viewer and the printing say; here it is only not shown.
        pass
    return QPixmap()
