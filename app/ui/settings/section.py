"""What a section of the settings is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.ui.context import Context
from app.ui.parts.widgets import card, label, prose


class Section(QScrollArea):
    """One section: a column of cards."""

    name = ""
    heading = ""
    topic = "01-start"
    """Where the manual tells of it."""
    fills = False
    """Whether the section takes all the height there is."""
    shows: frozenset[str] = frozenset()
    """Record types that it shows, as of a page."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setProperty("role", "page")
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(14, 14, 10, 18)
        self.column.setSpacing(14)
        self.column.addWidget(label(self.heading, "h1"))
        self.setWidget(holder)
        self.build()
        if not self.fills:
            self.column.addStretch(1)

    def build(self) -> None:
        """Put the cards in."""

    def refresh(self) -> None:
        """Show what holds now."""

    def card(self, heading: str = "") -> QVBoxLayout:
        """A new card below the others."""
        frame, inside = card()
        if heading:
            inside.addWidget(prose(heading, "h2"))
        self.column.addWidget(frame, 1 if self.fills else 0)
        return inside
