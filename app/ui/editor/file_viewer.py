"""Shows a file inside the window: pictures, and the pages of a PDF as pictures."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.common import Progress
from app.ui.context import Context
from app.ui.parts.widgets import clear, prose

_MOST_PAGES = 50
_WIDTH = 760
"""Logical pixels to which a page or a large picture is scaled."""


class Pages(NamedTuple):
    """The pages of a PDF as pictures, and how many there are in all."""

    images: list[QImage]
    total: int


class FileViewer(QScrollArea):
    """One file at a time; what cannot be shown says so."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setWidgetResizable(True)
        self.setAccessibleName("添付の表示")
        self._holder = QWidget()
        self._holder.setProperty("role", "page")
        self._layout = QVBoxLayout(self._holder)
        self._layout.setContentsMargins(8, 8, 8, 8)
        self._layout.setSpacing(12)
        self.setWidget(self._holder)
        self.said = ""
        self._shown = 0

    def show_file(self, name: str, data: bytes) -> None:
        """Show ``data``, a file called ``name``."""
        clear(self._layout)
        self.said = ""
        if data.startswith(b"%PDF"):
            self._say("読み込んでいます…")
            width = round(_WIDTH * self.devicePixelRatioF())
            self._context.operations.run(
                lambda progress: pages_of(data, width, progress),
                self._show_pages,
                failed=lambda _error: self._say(
                    f"「{name}」は表示できません。「保存…」で取り出して確かめてください。"
                ),
                owner=self,
                key="viewer",
            )
            return
        image = QImage.fromData(data)
        if image.isNull():
            self._say(f"「{name}」はこの画面では表示できない形式です。「保存…」で取り出して開いてください。")
            return
        self._put([image])

    def clear_file(self) -> None:
        """Show nothing."""
        clear(self._layout)
        self._shown = 0
        self.said = ""

    @property
    def shown(self) -> int:
        """How many pages or pictures are shown."""
        return self._shown

    def _show_pages(self, pages: Pages) -> None:
        self._put(pages.images)
        if pages.total > len(pages.images):
            self._layout.addWidget(
                prose(
                    f"全{pages.total}ページのうち、はじめの{len(pages.images)}ページを表示しています。", "sub"
                )
            )

    def _say(self, text: str) -> None:
        clear(self._layout)
        self._shown = 0
        self.said = text
        self._layout.addWidget(prose(text, "sub"))
        self._layout.addStretch(1)

    def _put(self, images: list[QImage]) -> None:
        clear(self._layout)
        self._shown = len(images)
        ratio = self.devicePixelRatioF()
        for number, image in enumerate(images, 1):
            shown = QLabel()
            shown.setAccessibleName(f"{number}ページ")
            most = QSize(round(_WIDTH * ratio), round(_WIDTH * ratio * 2))
            if image.width() > most.width():
                image = image.scaled(
                    most, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            shown.setPixmap(pixmap)
            self._layout.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addStretch(1)


def pages_of(pdf: bytes, width: int, progress: Progress) -> Pages:
    """The first pages of a PDF, each ``width`` device pixels wide."""
    from app.printing.pages import OpenPdf

    images = []
    with OpenPdf(pdf) as opened:
        total = opened.page_count
        for number in range(min(total, _MOST_PAGES)):
            progress.step(number, total)
            page = opened.image(number, width / opened.size(number)[0])
            image = QImage(page.data, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
            images.append(image.copy())
    return Pages(images, total)
