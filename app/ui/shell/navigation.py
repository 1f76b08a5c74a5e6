"""The strip at the left: the five rooms, accidents, search, undo, each named however narrow the window is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from app.ui.parts.look import Look
from app.ui.parts.widgets import BRAND, em, label, retone
from app.ui.shell.rooms import ROOMS


class Navigation(QFrame):
    """Buttons for the rooms. ``chosen(number)``, ``accident``, ``search``, ``undo`` say what was pressed."""

    chosen = Signal(int)
    accident = Signal()
    search = Signal()
    undo = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._narrow = False
        self._taking_back = ""
        self.setProperty("role", "navigation")
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(4)
        self._title = label(BRAND, "brand")
        self._name = label("", "hint")
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
        self._accident = self._button("事故", "warn", "Ctrl+J", "紛失・盗難・誤送付などの事故を登録します")
        self._accident.clicked.connect(self.accident)
        self._search = self._button("検索", "search", "Ctrl+K")
        self._search.clicked.connect(self.search)
        self._undo = self._button("元に戻す", "undo", "Ctrl+Z")
        self._undo.clicked.connect(self.undo)
        self._group.idClicked.connect(self.chosen)
        look.changed.connect(self._fit)
        self._fit()

    def call(self, name: str) -> None:
        """Show what the ledger is called."""
        if name != self._name.toolTip():
            self._name.setToolTip(name)
            self._fit()

    def offer_undo(self, title: str) -> None:
        """Show what would be taken back, as 元に戻す：退職　山田 太郎（7件）; empty: nothing."""
        if title != self._taking_back:
            self._taking_back = title
            self._undo.setToolTip(f"{title or self._undo.accessibleName()}（Ctrl+Z）")
            self._undo.setAccessibleDescription(title)
            self._fit()

    def mark(self, number: int) -> None:
        """Show which room one is in."""
        self.rooms[number].setChecked(True)

    def collapse(self, narrow: bool) -> None:
        """Take no more room than the names need, or stand wide under the name of the ledger."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fit()

    def _fit(self) -> None:
        wide = not self._narrow
        metrics = self.fontMetrics()
        self._title.setVisible(wide)
        # Not the same word twice: a ledger is called as the program is unless one says otherwise.
        self._name.setVisible(wide and self._name.toolTip() not in ("", BRAND))
        side = 12 if wide else 4
        self._layout.setContentsMargins(side, 16 if wide else 8, side, 12 if wide else 6)
        buttons = (*self.rooms, self._accident, self._search, self._undo)
        for made in buttons:
            made.setText(f"{'  ' if wide else ' '}{made.accessibleName()}")
            retone(made, narrow=self._narrow)
        width = em(self, 14.5) if wide else max(made.sizeHint().width() for made in buttons) + 2 * side
        self.setFixedWidth(width)
        self._name.setText(metrics.elidedText(self._name.toolTip(), Qt.TextElideMode.ElideMiddle, width - 30))
        if wide and self._taking_back:
            around = self._undo.sizeHint().width() - self._undo.fontMetrics().horizontalAdvance(
                self._undo.text().lstrip()
            )
            shown = self._undo.fontMetrics().elidedText(
                self._taking_back, Qt.TextElideMode.ElideRight, width - 2 * side - around
            )
            self._undo.setText(f"  {shown}")

    def _button(self, text: str, icon: str, keys: str, hint: str = "") -> QPushButton:
        made = QPushButton()
        made.setProperty("kind", "nav")
        made.setAccessibleName(text)
        made.setToolTip(f"{hint or text}（{keys}）")
        made.setAutoDefault(False)
        self._look.dress(made, icon)
        self._layout.addWidget(made)
        return made
