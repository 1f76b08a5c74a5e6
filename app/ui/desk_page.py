"""The desk of one record: its head with what is done about it, above what the desk shows."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.records import Record
from app.ui.context import Context
from app.ui.manual import topic_of
from app.ui.offers.menu import ActsMenu, acts_button
from app.ui.page import Page
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Prose, button, label
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.targets import DoAct, EditRecord, ShowDesk, Target

R = TypeVar("R", bound=Record)


class Called(NamedTuple):
    """How a desk speaks of its record: in the title, in the hint of its acts, and of one taken back."""

    title: str
    acts: str
    gone: str


class DeskPage(Page, Generic[R]):
    """``cls``: the record type. ``tone``: of the chip that says how far it is."""

    cls: type[R]
    called: Called
    tone = "info"

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ShowDesk):
            raise TypeError(target)
        self.id = target.id
        self.assessor = Assessor.of(context)
        self._day: date | None = None
        """The day as of which the desk is shown; None before it is."""
        self.assessor.reckoned.connect(self._follow_day)
        self.heading = Prose("", "h1")
        self.about = Prose("", "sub")
        self.state = label("", "chip", tone=self.tone)
        kind = self.cls.spec.name
        self.edit = button("すべての項目を変更", lambda: context.navigate(EditRecord(kind, self.id)), key="E")
        context.look.dress(self.edit, "edit")
        self.acts_button = acts_button(ActsMenu(context, self.chosen_records, self), self.called.acts)

    def lay(self, body: QWidget, *ways: QPushButton) -> None:
        """Put the head with ``ways``, the buttons in their order, above ``body``."""
        self._body, self._ways = body, ways
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.about)
        layout.addLayout(flow(self.state, None, *ways))
        layout.addWidget(body, 1)

    def held(self) -> R | None:
        """The record as the ledger holds it now; None once it was taken back."""
        return self.context.facts().find(self.cls, self.id)

    @abstractmethod
    def show_record(self, held: R) -> None:
        """Show what the ledger holds of it."""

    def title(self) -> str:
        held = self.held()
        return f"{self.called.title}　{self.context.facts().key(held)}" if held else self.called.title

    @property
    def topic(self) -> str:
        return topic_of(self.cls.spec.name)

    def chosen_records(self) -> tuple[tuple[Record, ...], ...]:
        held = self.held()
        return ((),) if held is None else ((held,),)

    def refresh(self) -> None:
        held = self.held()
        for widget in (self._body, *self._ways):
            widget.setVisible(held is not None)
        if held is None:
            self.heading.say(self.called.gone)
            self.about.say("")
            self.state.hide()
            return
        self.acts_button.setHidden(self.context.ledger.read_only)
        self._day = self.context.today()
        self.show_record(held)

    def _follow_day(self, made: Assessment) -> None:
        """A desk left open over night shows the time left of the new day, in its every part."""
        if self._day is not None and made.day != self._day:
            self.refresh()

    def do(self, name: str) -> None:
        """Go on to an act that is done to the record."""
        self.context.navigate(DoAct(name, (self.id,)))


def column(*parts: QWidget, wide: int) -> QWidget:
    """Parts of a desk below each other; ``wide``: the least width, in ems."""
    made = QWidget()
    made.setProperty("role", "page")
    held = QVBoxLayout(made)
    held.setContentsMargins(0, 0, 12, 12)
    held.setSpacing(10)
    for one in parts:
        held.addWidget(one)
    held.addStretch(1)
    hold(made, wide)
    return made
