"""A text that was read, in three tabs: its title and sides, its paragraphs, and what a contract would owe."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.annexes.reading.review.model import Review
from app.annexes.reading.review.owed import owed
from app.ui.annexes.reading.head_view import HeadView
from app.ui.annexes.reading.lists import OwedTable, owed_words
from app.ui.annexes.reading.review_view import ReviewView
from app.ui.context import Context
from app.ui.parts.elide import Eliding
from app.ui.parts.space.flow import flow
from app.ui.parts.space.screen import bring_up
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Notice, button, label, retone


class WorkView(QWidget):
    """The tabs with what belongs to all of them; the page connects the buttons that write."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.state = label("", "chip", tone="warn")
        self.save_button = button("保存", hint="下書きとして保存します（Ctrl+S）", key="S")
        context.look.dress(self.save_button, "save")
        self.contract_button = button("確定して契約を作る…", key="C")
        self.check_button = button("条項を確かめる", self.check, kind="primary", key="T")
        self.edit_button = button("条項の画面で開く")
        self.again_button = button("別の文章を読み取る…")
        self.notice = Notice()
        self.summary = Eliding("sub", Qt.TextElideMode.ElideRight)
        self.head = HeadView(self.edit_button, self.again_button)
        self.review = ReviewView(context)
        self.owed = OwedTable(context.look)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName("読取りの手順")
        head = Upright(self.head, "題名・当事者")
        for widget, name in ((head, "題名・当事者"), (self.review, "条項の確認"), (self.owed, "生じる義務")):
            self.tabs.addTab(widget, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(flow(self.state, self.check_button, self.save_button, self.contract_button))
        layout.addWidget(self.notice)
        layout.addWidget(self.summary)
        layout.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(self._turned)
        self.owed.picked.connect(lambda key: self.go_to(key[0]))

    def show_review(self, review: Review) -> None:
        """Show what a decision changed beside the paragraphs themselves."""
        self.head.show_review(review)
        found = owed(review)
        if self.tabs.currentWidget() is self.owed:
            self.owed.show_owed(found)
        self.summary.say(owed_words(review, found))
        if not review.open:
            self.notice.say("")
        # What comes next draws the eye: looking at the paragraphs first, then the contract.
        retone(self.contract_button, kind="" if review.open else "primary")

    def show_state(self, word: str, *, sound: bool) -> None:
        """Show how it stands with the ledger; ``sound``: nothing is left to do."""
        self.state.setText(word)
        retone(self.state, tone="ok" if sound else "warn")

    def tell(self, text: str, tone: str = "danger") -> None:
        """Say a sentence above everything, where it is seen; an empty one takes it away."""
        self.notice.say(text, tone)
        if text:
            bring_up(self)

    def go_to(self, at: int) -> None:
        """Show the paragraph at that place."""
        self.tabs.setCurrentWidget(self.review)
        self.review.go(at)
        bring_up(self.review)

    def check(self) -> None:
        """Go on to the paragraphs."""
        self.tabs.setCurrentWidget(self.review)
        self.review.text.setFocus()
        bring_up(self.review)

    def _turned(self, at: int) -> None:
        self.check_button.setVisible(at == 0)
        if self.tabs.currentWidget() is self.owed and self.review.shown is not None:
            self.owed.show_owed(owed(self.review.shown))
