"""The paragraphs of a review, one after another: text or list at the left, what is proposed at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QTabWidget, QVBoxLayout, QWidget

from app.annexes.reading.review import cutting, deciding
from app.annexes.reading.review.model import Review, State
from app.annexes.reading.review.nearest import Nearest
from app.annexes.reading.review.order import by_doubt, next_open
from app.ui.annexes.reading.beside import Beside
from app.ui.annexes.reading.item_view import ItemView
from app.ui.annexes.reading.lists import ItemsTable
from app.ui.annexes.reading.picks_view import KEYED
from app.ui.annexes.reading.text_view import TextView
from app.ui.annexes.reading.words import AS_IT_IS, goes_on
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.screen import bring_up
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import button

_DOUBT, _TEXT = "疑わしい順", "文書の順"


class ReviewView(QWidget):
    """``decided(review)`` after every decision, each of which ``undo`` takes back."""

    decided = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._review: Review | None = None
        self._nearest = Nearest(())
        self._sorted: tuple[Review | None, tuple[int, ...]] = None, ()
        self._past: list[tuple[Review, int]] = []
        self._typed = ""
        self._at = 0
        self.item = ItemView(context)
        self.text = TextView(context.look)
        self.list = ItemsTable(context.look)
        self.order = Combo()
        self.order.setAccessibleName("確かめる順")
        for name in (_DOUBT, _TEXT):
            self.order.addItem(name, name)
        self.accept_button = button(
            AS_IT_IS,
            self.accept,
            kind="primary",
            hint="印のとおりに決め、次の未確認へ進みます",
            key="A",
        )
        self.next_button = button("次の未確認", self.go_on, key="N")
        self.back_button = button("前へ", lambda: self.step(-1), key="P")
        self.forward_button = button("次へ", lambda: self.step(1), key="F")
        self.split_button = button(
            "ここで分ける", self.split, hint="左の文章のカーソルの位置で、条項を2つに分けます", key="I"
        )
        self.merge_button = button("次とつなぐ", self.merge, hint="次の条項と1つにします", key="J")
        self.aside_button = button("外す", self.turn_aside, hint="特記事項の条項に含めません", key="X")
        self.undo_button = button("ひとつ戻す", self.undo, key="Z")
        self._build()
        for number in range(1, KEYED + 1):
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.activated.connect(lambda number=number: self._turn_number(number))

    def _build(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName("文章と一覧")
        self.tabs.addTab(self.text, "文章")
        self.tabs.addTab(self.list, "一覧")
        hold(self.tabs, 16)
        self.area = Upright(self.item, "選んだ条項")
        hold(self.area, 20)
        self.order.setMinimumContentsLength(6)
        self.tabs.setCornerWidget(self.order)
        self.deeds = QWidget()
        beside = flow(
            self.accept_button,
            self.next_button,
            self.back_button,
            self.forward_button,
            self.split_button,
            self.merge_button,
            self.aside_button,
            self.undo_button,
        )
        self.deeds.setLayout(beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.deeds)
        self._parted = Beside(self.tabs, self.area, "確かめる")
        layout.addWidget(self._parted, 1)
        self._parted.turned.connect(self.item.show_text)
        self.item.decided.connect(lambda review: self.decide(review))
        self.text.chosen.connect(self.go)
        self.tabs.currentChanged.connect(lambda _at: self._list())
        self.list.chosen.connect(self._listed)
        self.list.picked.connect(lambda _key: self._look_at())
        self.order.activated.connect(lambda _at: self.show_review())

    @property
    def review(self) -> Review:
        """What is shown. Raises ``TypeError`` before there is anything."""
        if self._review is None:
            raise TypeError(self._review)
        return self._review

    @property
    def shown(self) -> Review | None:
        """What is shown, None before there is anything."""
        return self._review

    @property
    def at(self) -> int:
        """The place of the paragraph that is shown."""
        return self._at

    def load(self, review: Review, nearest: Nearest, *, editable: bool) -> None:
        """Show another review, from its most doubtful paragraph on."""
        self._review, self._nearest, self._past, self._typed = review, nearest, [], ""
        order = self._order
        first = next_open(review, order, -1)
        self._at = (order[0] if order else 0) if first is None else first
        self.deeds.setEnabled(editable)
        self.item.setEnabled(editable)
        self.area.verticalScrollBar().setValue(0)
        self.show_review()

    def compare(self, nearest: Nearest) -> None:
        """Show beside each paragraph what ``nearest`` knows."""
        self._nearest = nearest
        if self._review is not None:
            self.show_review()

    def exchange(self, review: Review) -> None:
        """Show what came of the review by itself; what was decided before can still be taken back."""
        self._review = review
        self.show_review()

    def show_review(self) -> None:
        """Show everything anew."""
        review = self.review
        if not review.items:
            return
        self._at = min(self._at, len(review.items) - 1)
        item = review.items[self._at]
        self.text.show_review(review, self._at)
        self._list()
        near = self._nearest.of(item)
        self.item.show_item(review, self._at, near, compared=self._nearest.knows)
        order = self._order
        place = order.index(self._at)
        self.back_button.setEnabled(place > 0)
        self.forward_button.setEnabled(place < len(order) - 1)
        self.next_button.setEnabled(next_open(review, order, self._at) is not None)
        _call(self.aside_button, "戻す" if item.state is State.SET_ASIDE else "外す")
        _call(self.accept_button, goes_on(item))
        after = review.items[self._at + 1 : self._at + 2]
        self.merge_button.setEnabled(bool(after) and after[0].document == item.document)
        self.undo_button.setEnabled(bool(self._past))

    def _list(self) -> None:
        """The list, as far as it is seen."""
        if self._review is None or not self._review.items or self.tabs.currentWidget() is not self.list:
            return
        self.list.blockSignals(True)
        self.list.show_review(self.review, self._order)
        self.list.select(self.review.items[self._at].key)
        self.list.blockSignals(False)

    def go(self, at: int) -> None:
        """Show another paragraph."""
        if at != self._at:
            self._turn_to(at)
            self.show_review()

    def step(self, by: int) -> None:
        """Go on or back in the order chosen."""
        order = self._order
        place = order.index(self._at) + by
        if 0 <= place < len(order):
            self._go_on_to(order[place])

    def go_on(self) -> None:
        """Go to the next paragraph that nobody has decided."""
        found = next_open(self.review, self._order, self._at)
        if found is not None:
            self._go_on_to(found)

    def accept(self) -> None:
        """Take the paragraph as it is ticked, and go on."""
        review = deciding.accept(self.review, self._at)
        found = next_open(review, self._order, self._at)
        self.decide(review, self._at if found is None else found)
        self._bring_up()

    def split(self) -> None:
        """Make two of the paragraph, where the caret stands in the text."""
        try:
            self.decide(cutting.split(self.review, self._at, self.text.position))
        except ValueError:
            self.tabs.setCurrentWidget(self.text)
            self.text.setFocus()
            self._context.say("文章の欄で、分ける位置にカーソルを置いてから押してください。")

    def merge(self) -> None:
        """Make one of the paragraph and the next."""
        if self.merge_button.isEnabled():
            self.decide(cutting.merge(self.review, self._at))

    def turn_aside(self) -> None:
        """Leave the paragraph out of the annex, or take it back in."""
        aside = self.review.items[self._at].state is State.SET_ASIDE
        deed: Callable[[Review, int], Review] = deciding.reopen if aside else deciding.set_aside
        self.decide(deed(self.review, self._at))

    def undo(self) -> None:
        """Take the last decision back, and show where it was made."""
        if self._past:
            self._review, at = self._past.pop()
            self._typed = ""
            self._turn_to(at)
            self.show_review()
            self.decided.emit(self._review)

    def decide(self, review: Review, at: int = -1) -> None:
        """Take a decision up, and go to the paragraph ``at`` (-1: stay)."""
        typed = self.review.items[self._at].key if _typed_on(self.review, review, self._at) else ""
        # What is typed on is one deed, and none with what was decided before it.
        if not typed or typed != self._typed:
            self._past.append((self.review, self._at))
        self._typed = typed
        self._review = review
        self._turn_to(self._at if at < 0 else at)
        self.show_review()
        self.decided.emit(review)

    def _go_on_to(self, at: int) -> None:
        self.go(at)
        self._bring_up()

    def _bring_up(self) -> None:
        # A button that is being clicked must not move away from under the pointer.
        if not self.deeds.underMouse():
            bring_up(self)

    def _turn_to(self, at: int) -> None:
        if at != self._at:
            self._at, self._typed = at, ""
            self.area.verticalScrollBar().setValue(0)

    @property
    def _order(self) -> tuple[int, ...]:
        if self.order.currentData() == _TEXT:
            return tuple(range(len(self.review.items)))
        if self._sorted[0] is not self._review:
            self._sorted = self._review, by_doubt(self.review)
        return self._sorted[1]

    def _look_at(self) -> None:
        """Where the paragraph is decided: beside the list, or in a tab of its own."""
        if self._parted.alone:
            self.tabs.setCurrentWidget(self.area)
        self.item.kinds_button.setFocus()

    def _listed(self, keys: list[str]) -> None:
        places = {item.key: at for at, item in enumerate(self.review.items)}
        if keys and keys[0] in places:
            self.go(places[keys[0]])

    def _turn_number(self, number: int) -> None:
        if self.item.isEnabled():
            self.item.turn_number(number)


def _call(made: QPushButton, text: str) -> None:
    made.setText(text)
    made.setAccessibleName(text)


def _typed_on(before: Review, after: Review, at: int) -> bool:
    """Whether only the summary differs, as it does with every letter that is typed."""
    if len(before.items) != len(after.items):
        return False
    one, two = before.items[at], after.items[at]
    return one != two and one.summary != two.summary and replace(one, summary=two.summary) == two
