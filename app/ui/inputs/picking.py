"""Choosing many records at once, as for the attendance of a training."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout

from app.records import SPECS
from app.ui.inputs.base import Making
from app.ui.parts.live_line import search_line
from app.ui.parts.spaced_lines import make_roomy
from app.ui.parts.widgets import button, em, label, row


class PickDialog(QDialog):
    """A list with check boxes and a search line; ``chosen`` holds the ids in the order of the list."""

    def __init__(
        self,
        making: Making,
        kind: str,
        title: str,
        without: Collection[str] = (),
        *,
        ticked: Collection[int] = (),
        yes: str = "追加する",
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self._making, self._kind = making, kind
        self.search = search_line("検索", f"{SPECS[kind].label}を検索")
        self.search.followed.connect(self._filter)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        make_roomy(self.list)
        self.list.setUniformItemSizes(True)
        for candidate in making.candidates.of(kind):
            if str(candidate.id) not in without:
                item = QListWidgetItem(candidate.shown, self.list)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                held = candidate.id in ticked
                item.setCheckState(Qt.CheckState.Checked if held else Qt.CheckState.Unchecked)
                item.setData(Qt.ItemDataRole.UserRole, candidate.id)
        self.list.itemChanged.connect(self._count)
        self.list.itemActivated.connect(self._toggle)
        self._number = label("", "sub")
        self.all = button("表示中をすべて選ぶ", self._all, kind="quiet")
        self.ok = button(yes, self.accept, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "h2"))
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(self.all, self._number, None, button("戻る", self.reject), self.ok))
        self.resize(em(self, 40), em(self, 34))
        self._count()

    @property
    def chosen(self) -> list[int]:
        """The ids ticked."""
        return [int(item.data(Qt.ItemDataRole.UserRole)) for item in self._items() if _ticked(item)]

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _filter(self, text: str) -> None:
        found = {candidate.id for candidate in self._making.candidates.find(self._kind, text, 100_000)}
        for item in self._items():
            item.setHidden(item.data(Qt.ItemDataRole.UserRole) not in found)

    def _all(self) -> None:
        # One word for all of them: counted anew after each of 20,000, the window would not come back.
        with QSignalBlocker(self.list):
            for item in self._items():
                if not item.isHidden():
                    item.setCheckState(Qt.CheckState.Checked)
        self.list.viewport().update()
        self._count()

    def _toggle(self, item: QListWidgetItem) -> None:
        item.setCheckState(Qt.CheckState.Unchecked if _ticked(item) else Qt.CheckState.Checked)

    def _count(self) -> None:
        chosen = len(self.chosen)
        self._number.setText(f"{chosen}件を選択")
        self.ok.setEnabled(chosen > 0)


def _ticked(item: QListWidgetItem) -> bool:
    return item.checkState() == Qt.CheckState.Checked


def pick_several(
    making: Making,
    kind: str,
    title: str,
    without: Collection[str] = (),
    *,
    ticked: Collection[int] = (),
    yes: str = "追加する",
) -> list[int]:
    """Let the user choose records. ``without`` names ids, as text, that are not offered.

    ``ticked``: the ids chosen to begin with; ``yes``: what choosing does.
    """
    dialog = PickDialog(making, kind, title, without, ticked=ticked, yes=yes)
    return dialog.chosen if making.context.dialogs.show(dialog) else []
