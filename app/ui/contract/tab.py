"""What every tab of a contract is: a table of its records, and buttons for what is done there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.annexes.kinds import State
from app.duties.case import FormFace
from app.duties.papers.claims import proving
from app.records import Contract, Facts, Record
from app.ui.context import Context
from app.ui.homes import begin, home
from app.ui.offers.menu import ActsMenu
from app.ui.parts.narrowed import nothing_fits
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.tables.lines_table import Column, Line, LinesTable
from app.ui.parts.widgets import Button, Empty, button, label, prose
from app.ui.reckoning.assessor import Assessment
from app.ui.targets import IssueForm


class ContractTab(QWidget):
    """One tab. Subclasses give ``columns``, ``lines`` and their buttons."""

    name = ""
    columns: Sequence[Column] = ()
    shows: frozenset[str] = frozenset()
    """Record types that it shows from the ledger itself, as of a page."""
    judged = False
    """Whether all of it comes from the assessment: without one it is not shown."""
    several = False
    acting = False
    """Whether something can be done to what its rows stand for."""
    nothing = ""
    """The sentence that stands where there are no rows."""

    def __init__(self, context: Context, contract: int) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.context = context
        self.contract = contract
        self.table = LinesTable(context.look, self.name, self.columns, several=self.several)
        self.table.picked.connect(self.open)
        self.bar = FlowLayout(spacing=8)
        self.adder: QPushButton | None = None
        """The first button that adds something; Ctrl+N presses it."""
        self._more: Button | None = None
        self.note = prose("", "sub")
        self.note.hide()
        self._empty = Empty("まだありません", self.nothing)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(nothing_fits(self.name, self.widen))
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 12, 0, 0)
        self.layout_.setSpacing(10)
        self.layout_.addLayout(self.bar)
        self.layout_.addWidget(self.note)
        self.layout_.addWidget(self._stack, 1)
        if self.acting and not context.ledger.read_only:
            self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            self.table.addAction(ActsMenu(context, lambda: (self.chosen_records(),), self).menuAction())
        self.build()

    def build(self) -> None:
        """Put the tab's own buttons into ``bar``."""

    @abstractmethod
    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> Sequence[Line]:
        """The rows as the ledger stands; called in the worker, so it may not touch any widget."""

    def open(self, key: Any) -> None:
        """Open the record that a row stands for; its key is (record type, id) unless a tab says otherwise."""
        record, record_id = key
        self.context.navigate(home(record, record_id))

    def refresh(self, made: Assessment | None) -> None:
        """Reckon the rows anew in the worker and show them."""
        context, contract = self.context, self.contract

        def work(_progress: Any) -> Sequence[Line]:
            facts = context.facts()
            held = facts.find(Contract, contract)
            return self.lines(facts, held, made) if held else []

        context.operations.run(work, self.show_lines, owner=self, key=f"tab:{contract}:{self.name}")

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the rows, or the sentence for none."""
        self.table.show_lines(lines)
        self._stack.setCurrentIndex(0 if lines else 2 if self.narrowed else 1)
        self.showing()

    @property
    def narrowed(self) -> bool:
        """Whether only a part of the rows is asked for."""
        return False

    def widen(self) -> None:
        """Give up what narrows the rows, where something does."""

    def showing(self) -> None:
        """The rows have changed."""

    def keep(self, state: State) -> None:
        """Show only what stands in ``state``, where the tab tells states apart."""

    def keep_kind(self, kind: str) -> None:
        """Show only duties of one kind, where the tab shows duties."""

    def save(self) -> bool:
        """Write what is entered in the tab itself. True if nothing is left unsaved."""
        return True

    def can_leave(self) -> bool:
        """Whether the tab may be put away; it asks about unsaved changes."""
        return True

    def add_button(
        self, text: str, press: Any, *, icon: str = "", kind: str = "", name: str = ""
    ) -> QPushButton:
        """A button above the table."""
        made = button(text, press, kind=kind, name=name)
        if icon == "plus" and self.adder is None:
            self.adder = made
        if icon:
            self.context.look.dress(made, icon, "on-primary" if kind == "primary" else "sub")
        self.bar.addWidget(made)
        return made

    def chosen_records(self) -> tuple[Record, ...]:
        """The records for which the selected rows stand."""
        facts = self.context.facts()
        held = (facts.named(kind, record_id) for kind, record_id in self.table.selected())
        return tuple(one for one in held if one is not None)

    def adding(self, record: str, text: str, *, kind: str = "primary") -> QPushButton:
        """A button that adds a record for this contract."""
        return self.add_button(
            text, lambda: begin(self.context, record, self.contract), icon="plus", kind=kind
        )

    def issuing(self, *kinds: str) -> None:
        """A button for the usual form of each of these kinds of duty: it makes it for this contract.

        What else proves one of them is behind one more button, so that the table keeps its room.
        """
        found = [proving(self.context.forms.values(), kind) for kind in kinds]
        usual = {held[0].id: held[0] for held in found if held}
        others = {form.id: form for held in found for form in held if form.id not in usual}
        for form in usual.values():
            go = partial(self.context.navigate, IssueForm(form.id, self.contract))
            self.add_button(f"{form.title}を作成", go, icon="documents")
        for form in others.values():
            self._other(form)

    def _other(self, form: FormFace) -> None:
        if self._more is None:
            self._more = Button("ほかの書類")
            self._more.setAccessibleName("ほかの書類を作成")
            self._more.setMenu(QMenu(self._more))
            self.bar.addWidget(self._more)
        go = partial(self.context.navigate, IssueForm(form.id, self.contract))
        menu = self._more.menu()
        if menu is not None:
            menu.addAction(f"{form.title}を作成", go)

    def beside(self, *widgets: QWidget) -> None:
        """Widgets in a line of their own above the table."""
        line = QHBoxLayout()
        for widget in widgets:
            line.addWidget(widget)
        line.addWidget(label(""), 1)
        self.layout_.insertLayout(1, line)
