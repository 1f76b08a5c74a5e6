"""Shows a file inside the window: pictures, scans of several pages and PDF files, page by page."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.ui.context import Context
from app.ui.parts.widgets import clear, label, prose

MOST_SHOWN = 50
_WIDTH = 760
"""Logical pixels to which a page or a large picture is scaled."""


class Pages(NamedTuple):
    """The pages of a file as pictures, and how many there are in all."""

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
        self._say("読み込んでいます…")
        side = round(_WIDTH * self.devicePixelRatioF())
        self._context.operations.run(
            lambda progress: pages_of(data, side, f"「{name}」", progress),
            self._put,
            failed=lambda error: self._say(_told(name, error)),
            owner=self,
            key=f"viewer:{id(self)}",
        )

    def clear_file(self) -> None:
        """Show nothing."""
        # Whatever is still being read must not come up after what follows it.
        self._context.operations.run(
            lambda _progress: None, lambda _nothing: None, owner=self, key=f"viewer:{id(self)}"
        )
        clear(self._layout)
        self._shown = 0
        self.said = ""

    @property
    def shown(self) -> int:
        """How many pages or pictures are shown."""
        return self._shown

    def _say(self, text: str) -> None:
        clear(self._layout)
        self._shown = 0
        self.said = text
        self._layout.addWidget(prose(text, "sub"))
        self._layout.addStretch(1)

    def _put(self, pages: Pages) -> None:
        clear(self._layout)
        self.said = ""
        self._shown = len(pages.images)
        ratio = self.devicePixelRatioF()
        for number, image in enumerate(pages.images, 1):
            if pages.total > 1:
                self._layout.addWidget(label(f"{pages.total}ページ中{number}ページ", "sub"))
            shown = QLabel()
            shown.setAccessibleName(f"{number}ページ")
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
            shown.setPixmap(pixmap)
            self._layout.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        if pages.total > len(pages.images):
            self.said = (
                f"全{pages.total}ページのうち、はじめの{len(pages.images)}ページを表示しています。"
                "続きは「保存…」で取り出して確かめてください。"
            )
            self._layout.addWidget(prose(self.said, "sub"))
        self._layout.addStretch(1)


def _told(name: str, error: Exception) -> str:
    from app.printing.pictures import UnreadablePictureError

    if not isinstance(error, PeopleError):
        raise error
    if isinstance(error, UnreadablePictureError) and not error.damaged:
        return (
            f"「{name}」はこの画面では表示できない形式です。書類にも印刷できません。"
            "「保存…」で取り出して開いてください。"
        )
    return error.sentence


def pages_of(data: bytes, side: int, called: str, progress: Progress) -> Pages:
    """The first pages of a file, each ``side`` device pixels wide at most. Raises ``PeopleError``."""
    from app.printing.pictures import count_pages, shown_pages

    total = count_pages(data, called)
    images: list[QImage] = []
    for page in shown_pages(data, side * 2, called, MOST_SHOWN):
        progress.step(len(images), min(total, MOST_SHOWN))
        image = QImage(page.data, page.width, page.height, page.width * 3, QImage.Format.Format_RGB888)
        images.append(
            image.scaledToWidth(side, Qt.TransformationMode.SmoothTransformation)
            if page.width > side
            else image.copy()
        )
    return Pages(images, total)
