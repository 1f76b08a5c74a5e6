"""A document as it will be on paper, with a line above it: which page, how large."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.papers.page_view import Pages
from app.ui.parts.widgets import label, tool


class Preview(QWidget):
    """Pages with a line above them: which page, how large."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.pages = Pages(context)
        look = context.look
        self.previous = tool("前のページ", lambda: self.pages.go(self.pages.page - 1))
        self.next = tool("次のページ", lambda: self.pages.go(self.pages.page + 1))
        self.smaller = tool("縮小（Ctrl+－）", lambda: self.pages.closer(-1))
        self.larger = tool("拡大（Ctrl+＋）", lambda: self.pages.closer(1))
        self.whole = tool("幅に合わせる（Ctrl+0）", self.pages.fit_width)
        for made, icon in (
            (self.previous, "up"),
            (self.next, "down"),
            (self.smaller, "minus"),
            (self.larger, "plus"),
            (self.whole, "width"),
        ):
            look.dress(made, icon)
        self._where: QLabel = label("", "sub")
        self._size: QLabel = label("", "sub")
        line = QHBoxLayout()
        line.setContentsMargins(4, 0, 4, 0)
        line.setSpacing(4)
        for widget in (self.previous, self.next, self._where):
            line.addWidget(widget)
        line.addStretch(1)
        for widget in (self._size, self.smaller, self.larger, self.whole):
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addWidget(self.pages, 1)
        self.pages.moved.connect(self._tell)
        self._tell()

    def show_pdf(self, pdf: bytes | None) -> None:
        """Show a file, or nothing."""
        self.pages.show_pdf(pdf)

    def _tell(self) -> None:
        pages = self.pages
        self._where.setText(f"{pages.page + 1}／{pages.count} ページ" if pages.count else "")
        self._size.setText(f"{pages.zoom:.0%}" if pages.count else "")
        self.previous.setEnabled(pages.page > 0)
        self.next.setEnabled(pages.page + 1 < pages.count)
        for made in (self.smaller, self.larger, self.whole):
            made.setEnabled(bool(pages.count))
