"""What the window expects of a page; a page overrides what it can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.parts.dialogs import Unsaved
from app.ui.parts.keyboard import filters, first_field, focused
from app.ui.targets import Target

if TYPE_CHECKING:
    from app.ledger.writing import ChangeSet
    from app.records import Record


class Page(QWidget):
    """A page of the window. Rooms live as long as the window, other pages until one goes back.

    ``finished`` once a page above a room has done its work and may be taken away without asking. ``renewed``
    after it took up a change of the ledger: its title may be another. ``shows`` are the record types that it
    shows from the ledger itself: a change of any other leaves it as it is. What it shows of an assessment
    comes anew with the assessment.
    """

    finished = Signal()
    renewed = Signal()
    shows: frozenset[str] = frozenset()

    def __init__(self, context: Context) -> None:
        super().__init__(context.place)
        self.context = context
        self.setProperty("role", "page")
        context.changed.connect(self._hear)

    def title(self) -> str:
        """How the page is called in the line above it."""
        return ""

    def refresh(self) -> None:
        """Show what the ledger holds now; called when the page comes up and on F5."""

    def take(self, changes: ChangeSet) -> None:
        """Take up a change of something that the page shows."""
        del changes
        self.refresh()

    def show_target(self, target: Target) -> None:
        """A room is asked to show something in particular."""

    def take_keyboard(self) -> None:
        """The page came up: the keyboard goes where it was on it, or to the first field."""
        held = focused(self)
        if held is None or not held.isVisibleTo(self):
            held = self.first_field()
        if held is not None:
            held.setFocus()

    def first_field(self) -> QWidget | None:
        """Where the keyboard goes when the page first comes up."""
        return first_field(self)

    def escape(self) -> bool:
        """Esc: take away what narrows a list; False if there was nothing, and one may go back."""
        narrowed = [one for one in filters(self) if one.text()]
        for one in narrowed:
            one.clear()
        return bool(narrowed)

    def can_leave(self) -> bool:
        """Whether the page may be left; it asks about unsaved changes."""
        return True

    def left_with(self, *, unsaved: bool) -> bool:
        """Whether the page may be left; where something is not saved, it is asked about first."""
        if not unsaved:
            return True
        answer = self.context.dialogs.ask_unsaved(self.title())
        return self.save() if answer is Unsaved.SAVE else answer is Unsaved.DISCARD

    def save(self) -> bool:
        """Ctrl+S; True if everything is saved."""
        return True

    def add(self) -> None:
        """Ctrl+N."""
        self.context.say("この画面で新しく登録するものはありません。Ctrl+Kで、したいことを探せます。")

    def print_page(self) -> None:
        """Ctrl+P."""
        self.context.say("この画面に印刷するものはありません。")

    def find_words(self) -> bool:
        """Ctrl+F: look for words in what the page shows; False if it is no text, and all is searched."""
        return False

    def chosen_records(self) -> Sequence[Sequence[Record]]:
        """What is chosen on the page, or what it shows: of one kind in each group, the nearest first."""
        return ()

    @property
    def topic(self) -> str:
        """Where the manual tells of the page (``02-daily/きょう``), for F1."""
        return ""

    @property
    def over(self) -> bool:
        """Whether what the page was opened for is done: whoever asks for it again begins anew."""
        return False

    def _hear(self, changes: ChangeSet) -> None:
        if any(kind in self.shows for kind, _ in changes.changed):
            self.take(changes)
            self.renewed.emit()
