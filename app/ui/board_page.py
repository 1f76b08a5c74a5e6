"""A board: what waits, as cards, of one contract or of all, the most urgent first."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.common import Progress
from app.records import SPECS, Contract
from app.ui.context import Context
from app.ui.page import Page
from app.ui.parts.space.cards import Cards
from app.ui.parts.space.flow import flow
from app.ui.parts.space.scrolled import scrolled
from app.ui.parts.widgets import Prose, button
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.targets import Target
from app.work.states import named

T = TypeVar("T")


class BoardPage(Page, Generic[T]):
    """What waits in one contract, or in all, counted above its cards.

    ``called``: how the cards are read out. ``none``, ``why``: what is said where nothing waits.
    """

    shows = frozenset(SPECS)
    called: str
    none: str
    why: str

    def __init__(self, context: Context, contract: int, everything: Target) -> None:
        """``contract``: its id, 0 for all of them; ``everything``: the way to the board of all."""
        super().__init__(context)
        self._contract, self._everything = contract, everything
        self.shown: Sequence[T] | None = None
        self._drawn: tuple[date, tuple[object, ...], str] | None = None
        """The day of the cards, and what they and the line above them say besides what was found."""
        self._inner = QWidget()
        self._inner.setProperty("role", "page")
        inside = QVBoxLayout(self._inner)
        inside.setContentsMargins(0, 0, 12, 8)
        inside.setSpacing(8)
        self._cards = Cards(inside, lambda at: self.card((self.shown or ())[at]))
        self._count = Prose("調べています…", "sub")
        Assessor.of(context).reckoned.connect(self._follow_day)

    def lay(self, *ways: QPushButton) -> None:
        """Put ``ways``, which write, above the cards."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(Prose(self.title(), "h1"))
        layout.addWidget(self._count)
        whole = button("すべての契約を表示", lambda: self.context.navigate(self._everything), kind="quiet")
        whole.setVisible(bool(self._contract))
        layout.addLayout(flow(*ways, whole))
        for one in ways:
            one.setHidden(self.context.ledger.read_only)
        layout.addWidget(scrolled(self._inner, self.called), 1)

    @abstractmethod
    def search(self, contract: int) -> Callable[[Progress], Sequence[T]]:
        """What a worker does to find what waits, the most urgent first."""

    @abstractmethod
    def counted(self, found: Sequence[T]) -> tuple[str, Iterable[tuple[str, int]]]:
        """How many wait, in words, and how many of them in which state."""

    @abstractmethod
    def card(self, one: T) -> QWidget:
        """The card of one thing."""

    @abstractmethod
    def beside(self, one: T) -> object:
        """What the card of ``one`` takes from other records: where that changes, it is drawn anew."""

    def refresh(self) -> None:
        work = self.search(self._contract)
        self.context.operations.run(work, self._show, owner=self, key=f"board:{id(self)}")

    def _show(self, found: Sequence[T]) -> None:
        said = self._said(found)
        # The same things are later on another day, and may be called otherwise: old cards would be too kind.
        drawn = (self.context.today(), tuple(self.beside(one) for one in found), said)
        if found == self.shown and drawn == self._drawn:
            return
        self.shown, self._drawn = found, drawn
        self.emptied()
        self._count.say(said)
        self._cards.show(len(found), self.none, self.why)

    def _follow_day(self, made: Assessment) -> None:
        """A board left open over night does not go on with yesterday's deadlines."""
        if self._drawn is not None and made.day != self._drawn[0]:
            self.refresh()

    def emptied(self) -> None:
        """The cards shown until now go."""

    def _said(self, found: Sequence[T]) -> str:
        facts = self.context.facts()
        held = facts.find(Contract, self._contract)
        whose = f"{named(facts, held)}：" if held else ""
        whole, states = self.counted(found)
        told = "、".join(f"{state}{count}件" for state, count in states if count)
        return f"{whose}{whole}" + (f"（{told}）" if told else "")
