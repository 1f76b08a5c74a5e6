"""What the window expects of a page; a page overrides what it can do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.targets import Target


class Page(QWidget):
    """A page of the window. Rooms live as long as the window, other pages until one goes back.

    ``finished`` once a page above a room has done its work and may be taken away without asking.
    """

    finished = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setProperty("role", "page")

    def title(self) -> str:
        """How the page is called in the line above it."""
        return ""

    def refresh(self) -> None:
        """Show what the ledger holds now; called when the page comes up and on F5."""

    def show_target(self, target: Target) -> None:
        """A room is asked to show something in particular."""

    def can_leave(self) -> bool:
        """Whether the page may be left; it asks about unsaved changes."""
        return True

    def save(self) -> bool:
        """Ctrl+S; True if everything is saved."""
        return True

    def add(self) -> None:
        """Ctrl+N."""

    def print_page(self) -> None:
        """Ctrl+P."""
