"""The strip at the left: the five rooms, search and undo; only pictures where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from app.ui.parts.look import Look
from app.ui.parts.widgets import em, label, retone
from app.ui.shell.rooms import ROOMS


class Navigation(QFrame):
    """Buttons for the rooms. ``chosen(number)``, ``search`` and ``undo`` say what was pressed."""

    chosen = Signal(int)
    search = Signal()
    undo = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._narrow = False
        self.setProperty("role", "navigation")
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(4)
        self._title = label("受託台帳", "brand")
        self._name = label(name, "hint")
        self._name.setToolTip(name)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._name)
        self._layout.addSpacing(8)
        self._group = QButtonGroup(self)
        self.rooms: list[QPushButton] = []
        for number, room in enumerate(ROOMS):
            made = self._button(room.label, room.icon, f"Ctrl+{number + 1}")
            made.setCheckable(True)
            self._group.addButton(made, number)
            self.rooms.append(made)
        self._layout.addStretch(1)
        self._search = self._button("検索", "search", "Ctrl+F")
        self._search.clicked.connect(self.search)
        self._undo = self._button("元に戻す", "undo", "Ctrl+Z")
        self._undo.clicked.connect(self.undo)
        self._group.idClicked.connect(self.chosen)
        look.changed.connect(self._fit)
        self._fit()

    def mark(self, number: int) -> None:
        """Show which room one is in."""
        self.rooms[number].setChecked(True)

    def collapse(self, narrow: bool) -> None:
        """Show pictures only, or pictures and words."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fit()

    def _fit(self) -> None:
        wide = not self._narrow
        metrics = self.fontMetrics()
        self._title.setVisible(wide)
        self._name.setVisible(wide)
        side = 12 if wide else 6
        self._layout.setContentsMargins(side, 16 if wide else 10, side, 12)
        width = em(self, 14.5) if wide else round(56 * self._look.size / 100)
        self.setFixedWidth(width)
        for made in (*self.rooms, self._search, self._undo):
            made.setText(f"  {made.accessibleName()}" if wide else "")
            retone(made, narrow=self._narrow)
        self._name.setText(metrics.elidedText(self._name.toolTip(), Qt.TextElideMode.ElideMiddle, width - 30))

    def _button(self, text: str, icon: str, keys: str) -> QPushButton:
        made = QPushButton()
        made.setProperty("kind", "nav")
        made.setAccessibleName(text)
        made.setToolTip(f"{text}（{keys}）")
        made.setAutoDefault(False)
        self._look.dress(made, icon)
        self._layout.addWidget(made)
        return made
