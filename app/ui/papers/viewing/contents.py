"""目次: the parts of a file as a list at its side, for who looks for one paper among two hundred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.ui.parts.tables.spaced_lines import make_roomy

if TYPE_CHECKING:
    from app.printing.pages import Entry

_PAGE = Qt.ItemDataRole.UserRole


class Contents(QListWidget):
    """``wanted(page)`` when a part is chosen; the part one looks at is marked."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("目次")
        self.setProperty("role", "plain")
        self.setUniformItemSizes(True)
        make_roomy(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(lambda *_: self._go())
        # The part one is in already, chosen again, leads back to its first page.
        self.itemClicked.connect(lambda _item: self._go())

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show the parts that lead to a page."""
        with QSignalBlocker(self):
            self.clear()
            for entry in entries:
                if entry.page < 0:
                    continue
                item = QListWidgetItem(f"{'　' * entry.depth}{entry.title}", self)
                item.setData(_PAGE, entry.page)
                item.setToolTip(entry.title)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}、{entry.page + 1}ページから")

    def follow(self, page: int) -> None:
        """Mark the part that ``page`` belongs to."""
        within = [row for row in range(self.count()) if self.item(row).data(_PAGE) <= page]
        if not within or within[-1] == self.currentRow():
            return
        with QSignalBlocker(self):
            self.setCurrentRow(within[-1])

    def _go(self) -> None:
        if (held := self.currentItem()) is not None:
            self.wanted.emit(held.data(_PAGE))
