"""One paragraph under review: what is proposed, what is near it, and what it is called."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.annexes.files.tables import Table
from app.annexes.own.drafting import effective
from app.annexes.reading.review import deciding, drafting
from app.annexes.reading.review.model import Detail, Item, Review
from app.annexes.reading.review.nearest import Near
from app.ui.annexes.kinds_dialog import KindsDialog
from app.ui.annexes.parameters import KindParameters
from app.ui.annexes.reading.picks_view import PicksView, keyed
from app.ui.annexes.reading.words import NOTHING_NEAR, named, near_words, state_of
from app.ui.clauses.box import Box, line, lines
from app.ui.context import Context
from app.ui.parts.elide import Eliding
from app.ui.parts.keyboard import focused, reached
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import button, clear, label, prose, retone, row


class ItemView(QWidget):
    """``decided(review)`` with the review after every decision."""

    decided = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._context = context
        self._review: Review | None = None
        self._at = 0
        self._near: Near | None = None
        self._filling = False
        self._more: list[KindParameters] = []
        self.name = Eliding("h3", Qt.TextElideMode.ElideRight)
        self.state = label("", "chip", tone="info")
        self.text = prose("")
        self.text.hide()
        self.problem = prose("", "error")
        self.picks = PicksView(self.turn, self._turn_detail, self._choose_moments)
        self.kinds_button = button("種別を選ぶ…", self.choose_kinds, key="K")
        self.more_button = button("条件を直す", self._show_more)
        self.near = prose("", "sub")
        self.like_button = button("近い条項と同じ義務にする", self.take_near, key="L")
        self.number = line("条項番号")
        self.heading = line("見出し")
        self.summary = lines("要約", 2)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 10, 8)
        layout.setSpacing(10)
        head = row(self.state)
        head.addWidget(self.name, 1)
        layout.addLayout(head)
        layout.addWidget(self.text)
        layout.addWidget(self.problem)
        layout.addWidget(self.picks)
        layout.addLayout(flow(self.kinds_button, self.more_button))
        layout.addLayout(self._inside)
        layout.addWidget(self.near)
        layout.addLayout(flow(self.like_button))
        layout.addWidget(Box("条項番号", self.number))
        layout.addWidget(Box("見出し", self.heading))
        layout.addWidget(
            Box("要約", self.summary, hint="空欄のときは、選んだ種別から作ります。条文は写しません。")
        )
        layout.addStretch(1)
        self.number.editingFinished.connect(partial(self._describe, "number", self.number))
        self.heading.editingFinished.connect(partial(self._describe, "heading", self.heading))
        self.summary.textChanged.connect(self._summarise)

    def show_item(self, review: Review, at: int, near: Near | None, *, compared: bool) -> None:
        """Show the paragraph ``at``; the keyboard stays at what it was at, if that is still there.

        ``compared``: whether it was held against known clauses, so that None says that none is near.
        """
        held = focused(self)
        called = held.accessibleName() if held is not None and held.hasFocus() else ""
        other = self._review is None or self._item.key != review.items[at].key
        self._review, self._at, self._near = review, at, near
        item = self._item
        self._filling = True
        self.name.say(named(item))
        self.text.say(item.text)
        word, tone = state_of(item)
        self.state.setText(word)
        retone(self.state, tone=tone)
        told = drafting.faults(review).get(at, "")
        self.problem.say(told)
        self.problem.setVisible(bool(told))
        self.picks.show_item(item)
        self.near.say(near_words(near) if near else NOTHING_NEAR)
        self.near.setVisible(compared)
        self.like_button.setVisible(near is not None and not near.same)
        self.more_button.setEnabled(bool(item.kinds))
        self._fill(item, other=other)
        self._filling = False
        if called:
            again = [one for one in reached(self) if one.accessibleName() == called]
            if again:
                again[0].setFocus()

    def show_text(self, on: bool) -> None:
        """Whether the wording stands here too: where it is not seen beside."""
        self.text.setVisible(on)

    def turn_number(self, number: int) -> None:
        """Turn the proposal with that number, counted from 1, if there is one."""
        held = keyed(self._item) if self._review else []
        if 0 < number <= len(held):
            self.turn(held[number - 1])

    def turn(self, kind: str) -> None:
        """Tick a kind, or take its tick away."""
        self._decide(deciding.turn, kind)

    def choose_kinds(self) -> None:
        """Choose what the paragraph asks, from the list with explanations."""
        dialog = KindsDialog(self._item.kinds)
        if self._context.dialogs.show(dialog) and tuple(dialog.chosen) != self._item.kinds:
            self._decide(deciding.choose_kinds, dialog.chosen)

    def take_near(self) -> None:
        """Give it the kinds and moments of the nearest known clause."""
        near, review = self._near, self._review
        if near is not None and review is not None:
            review = deciding.choose_kinds(review, self._at, near.clause.kinds)
            self.decided.emit(deciding.choose_moments(review, self._at, near.clause.when))

    @property
    def _item(self) -> Item:
        if self._review is None:
            raise TypeError(self._review)
        return self._review.items[self._at]

    def _decide(self, deed: Callable[..., Review], *words: object) -> None:
        if self._review is not None:
            self.decided.emit(deed(self._review, self._at, *words))

    def _turn_detail(self, one: Detail, on: bool) -> None:
        self._decide(deciding.set_value, one.kind, one.name, one.value if on else None)

    def _choose_moments(self, moments: list[str]) -> None:
        self._decide(deciding.choose_moments, moments)

    def _fill(self, item: Item, *, other: bool) -> None:
        for edit, text in ((self.number, item.number), (self.heading, item.heading)):
            if edit.text() != text:
                edit.setText(text)
                edit.setCursorPosition(0)
        if self.summary.toPlainText().strip() != item.summary:
            self.summary.setPlainText(item.summary)
        self.summary.setPlaceholderText(drafting.summary(item))
        if other or not item.kinds:
            self._hide_parameters()
        elif self._more and [one.kind for one in self._more] != list(item.kinds):
            self._show_parameters()

    def _show_more(self) -> None:
        if self._more:
            self._hide_parameters()
        else:
            self._show_parameters()

    def _hide_parameters(self) -> None:
        clear(self._inside)
        self._more = []

    def _show_parameters(self) -> None:
        self._hide_parameters()
        item = self._item
        clause: Table = {"kinds": list(item.kinds), "parameters": deepcopy(drafting.parameters(item))}
        for kind in item.kinds:
            made = KindParameters(self._context.look, clause, kind)
            made.edited.connect(partial(self._set_parameters, clause))
            self._inside.addWidget(made)
            self._more.append(made)

    def _set_parameters(self, clause: Table) -> None:
        """Take over what was set by hand; what cannot be read yet waits until it can."""
        review = self._review
        if review is None:
            return
        for kind in self._item.kinds:
            wanted = effective(clause, kind)
            held = {
                one.name: one.value
                for one in review.items[self._at].details
                if one.kind == kind and one.ticked
            }
            for name in held.keys() | wanted.keys():
                value = wanted.get(name)
                if value != held.get(name):
                    try:
                        review = deciding.set_value(review, self._at, kind, name, value)
                    except ValueError:
                        continue
        if review is not self._review:
            self.decided.emit(review)

    def _describe(self, name: str, edit: QLineEdit) -> None:
        if not self._filling and self._review and edit.text().strip() != getattr(self._item, name):
            self._decide(partial(_described, name=name, text=edit.text()))

    def _summarise(self) -> None:
        text = self.summary.toPlainText()
        if not self._filling and self._review and text.strip() != self._item.summary:
            self._decide(partial(_described, name="summary", text=text))


def _described(review: Review, at: int, *, name: str, text: str) -> Review:
    return deciding.describe(review, at, **{name: text})
