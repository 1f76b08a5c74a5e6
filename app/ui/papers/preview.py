"""A document as it will be on paper, with what one needs to find one's way in it above and beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.common import Progress
from app.ui.context import Context
from app.ui.operations import Lane
from app.ui.papers.viewing.arrangement import Fit
from app.ui.papers.viewing.contents import Contents
from app.ui.papers.viewing.find_bar import FindBar
from app.ui.papers.viewing.finding import Finder
from app.ui.papers.viewing.page_view import Pages
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import em, label, row, tool

if TYPE_CHECKING:
    from app.printing.pages import Entry

_WIDE = 60
"""Full-width characters from which on the contents stand beside the pages without being asked for."""
_BELOW_LINE = 1
"""Where the line for the search stands in the column: below the one with the page number."""
_CONTENTS = 15
"""Full-width characters that the contents take."""


class Preview(QWidget):
    """Pages with a line above them: which page, how large, what to look for; their contents at the side."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.pages = Pages(context)
        self.finder = Finder(context, self.pages)
        self._find_bar: FindBar | None = None
        self._contents: Contents | None = None
        self._asked_for_contents: bool | None = None
        """Whether the person wants the contents; None: as there is room."""
        look = context.look
        self.outline = tool("目次", self._turn_contents)
        self.outline.setCheckable(True)
        self.search = tool("書類の文字を探す（Ctrl+F）", self.find_words)
        self.previous = tool("前のページ", lambda: self.pages.go(self.pages.page - 1))
        self.next = tool("次のページ", lambda: self.pages.go(self.pages.page + 1))
        self.smaller = tool("縮小（Ctrl+－）", lambda: self.pages.closer(-1))
        self.larger = tool("拡大（Ctrl+＋）", lambda: self.pages.closer(1))
        self.wide = tool("幅に合わせる（Ctrl+0）", lambda: self.pages.fit_to(Fit.WIDTH))
        self.whole = tool("ページ全体を表示（Ctrl+9）", lambda: self.pages.fit_to(Fit.WHOLE))
        for made, icon in (
            (self.outline, "menu"),
            (self.search, "search"),
            (self.previous, "up"),
            (self.next, "down"),
            (self.smaller, "minus"),
            (self.larger, "plus"),
            (self.wide, "width"),
            (self.whole, "whole"),
        ):
            look.dress(made, icon)
        self.number = QLineEdit()
        self.number.setAccessibleName("ページ番号")
        self.number.setToolTip("ページ番号を入力してEnterを押すと、そのページを表示します")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(em(self, 3.5))
        self.number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.number.editingFinished.connect(self._jump)
        self._where: QLabel = label("", "sub")
        self._size: QLabel = label("", "sub")
        self._build()
        self.pages.moved.connect(self._tell)
        self._bind("F3", lambda: self.finder.step(1))
        self._bind("Shift+F3", lambda: self.finder.step(-1))
        self._tell()

    @property
    def find_bar(self) -> FindBar:
        """Where one types what is looked for. Made when it is asked for: most papers are only looked at."""
        if self._find_bar is None:
            self._find_bar = made = FindBar(self._context.look, self.finder)
            made.closed.connect(self.pages.setFocus)
            self._column.insertWidget(_BELOW_LINE, made)
        return self._find_bar

    @property
    def contents(self) -> Contents:
        """The parts of the file. Made when there are several: most papers are one."""
        if self._contents is None:
            self._contents = made = Contents()
            made.wanted.connect(self.pages.go)
            self._beside.insertWidget(0, made)
            made.hide()
        return self._contents

    def _build(self) -> None:
        # What belongs together goes to the next line together.
        line = flow(
            row(self.outline, self.previous, self.next, self.number, self._where, spacing=4),
            None,
            row(self._size, self.smaller, self.larger, spacing=4),
            row(self.wide, self.whole, self.search, spacing=4),
            spacing=4,
        )
        line.setContentsMargins(4, 0, 4, 0)
        self._beside = beside = QHBoxLayout()
        beside.setSpacing(4)
        beside.addWidget(self.pages, 1)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(line)
        layout.addLayout(beside, 1)

    def _bind(self, keys: str, press: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(lambda: press())

    def show_pdf(self, pdf: bytes | None) -> None:
        """Show a file, or nothing."""
        self.finder.forget()
        self.pages.show_pdf(pdf)
        self.finder.begin()
        self._show_entries(())
        self._read_outline()

    def find_words(self) -> bool:
        """Ctrl+F: look for words in the document; False if there is none."""
        if not self.pages.count or not self.isVisible():
            return False
        self.find_bar.open_bar()
        return True

    def escape(self) -> bool:
        """Esc: put away the search; False if there was none."""
        bar = self._find_bar
        if bar is None or not bar.isVisibleTo(self):
            return False
        bar.close_bar()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_contents()

    def _read_outline(self) -> None:
        """In the worker, after the first page: the outline of a large binder takes longer than its page."""
        shown, held = self.pages.shown, self.pages.shown.pdf
        if held is None:
            return

        def work(_progress: Progress) -> list[Entry]:
            shown.check(held)
            return held.outline()

        def done(entries: list[Entry]) -> None:
            if held is shown.pdf:
                self._show_entries(entries)

        self._context.operations.run(work, done, owner=self, lane=Lane.ROWS)

    def _show_entries(self, entries: Sequence[Entry]) -> None:
        if self._contents is not None or len(entries) > 1:
            self.contents.show_entries(entries)
            self.contents.follow(self.pages.page)
        self._place_contents()

    def _turn_contents(self) -> None:
        self._asked_for_contents = self.outline.isChecked()
        self._place_contents()

    def _place_contents(self) -> None:
        """A list of one part tells nothing; where the window is narrow it is shown when asked for."""
        contents = self._contents
        several = contents is not None and contents.count() > 1
        asked = self._asked_for_contents
        wanted = several and (self.width() >= em(self, _WIDE) if asked is None else asked)
        if contents is not None:
            contents.setFixedWidth(min(em(self, _CONTENTS), self.width() * 2 // 5))
            contents.setVisible(wanted)
        self.outline.setVisible(several)
        self.outline.setChecked(wanted)

    def _jump(self) -> None:
        """To the page whose number was typed, in whatever digits."""
        typed = unicodedata.normalize("NFKC", self.number.text()).strip()
        pages = self.pages
        if typed.isdecimal() and 1 <= int(typed) <= pages.count:
            if int(typed) != pages.page + 1:
                pages.go(int(typed) - 1)
        elif pages.count:
            self._context.say(f"ページ番号は1から{pages.count:,}までの数字で入力してください。")
        self._tell()

    def _tell(self) -> None:
        pages = self.pages
        self.number.setText(str(pages.page + 1) if pages.count else "")
        self._where.setText(f"／{pages.count:,}" if pages.count else "")
        self._size.setText(f"{pages.zoom:.0%}" if pages.count else "")
        self.previous.setEnabled(pages.page > 0)
        self.next.setEnabled(pages.page + 1 < pages.count)
        for made in (self.smaller, self.larger, self.wide, self.whole, self.search, self.number):
            made.setEnabled(bool(pages.count))
        if self._contents is not None:
            self._contents.follow(pages.page)
