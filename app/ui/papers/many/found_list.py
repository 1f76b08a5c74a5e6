"""What can be issued and what cannot yet: a line for each paper, and below them what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.exchange.documents.batch import Found, Wish
from app.ui.context import Context
from app.ui.papers.missing import card
from app.ui.parts.space.columns import Want, shares
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.scrolled import scrolled
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.parts.widgets import button, clear, em, label, row
from app.work.states import named

_AT = Qt.ItemDataRole.UserRole
_STATE = 2
_LOWEST = 120
"""Logical pixels below which the list would show no paper whole."""
_LEAST = 6
"""Full-width characters to which the names of contracts and forms may be cut."""


class _Papers(QTreeWidget):
    """Columns that share the width there is. Names may be cut; how a paper stands is never out of sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("発行する書類")
        self.setHeaderLabels(["契約", "様式", "状態"])
        self.header().setStretchLastSection(False)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        make_roomy(self)

    def share(self) -> None:
        """Give each column its part of the width."""
        head, least = self.header(), em(self, _LEAST)
        needs = [max(self.sizeHintForColumn(at), head.sectionSizeHint(at)) for at in range(_STATE + 1)]
        contract, form, state = needs
        wants = (Want(contract, least, eager=True), Want(form, least), Want(state, state))
        for at, width in enumerate(shares(wants, self.viewport().width())):
            head.resizeSection(at, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()


class FoundList(QWidget):
    """``changed`` when other papers are ticked."""

    changed = Signal()

    def __init__(self, context: Context, issue: QPushButton) -> None:
        """``issue``: the button that issues what is ticked."""
        super().__init__()
        self._context = context
        self._found: tuple[Found, ...] = ()
        self.tree = _Papers()
        self.all = button("すべて選ぶ", lambda: self._tick_all(True), key="A")
        self.none = button("すべて外す", lambda: self._tick_all(False), key="U")
        self._count = label("", "sub")
        inner = QWidget()
        inner.setProperty("role", "page")
        self._details = QVBoxLayout(inner)
        self._details.setContentsMargins(0, 4, 0, 4)
        self._details.setSpacing(6)
        self.details = scrolled(inner, "足りない事項")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(flow(self._count, None, issue, row(self.all, self.none)))
        layout.addWidget(self.tree, 3)
        layout.addWidget(self.details, 2)
        self.tree.itemChanged.connect(lambda _item, _column: self._ticked())
        self.tree.currentItemChanged.connect(lambda item, _former: self._detail(item))
        hold(self.tree, 16)
        self.tree.setMinimumHeight(_LOWEST)

    def minimumSizeHint(self) -> QSize:
        """High enough for the buttons in all their lines: a splitter does not ask for that."""
        least, layout = super().minimumSizeHint(), self.layout()
        if layout is None or not self.width():
            return least
        return least.expandedTo(QSize(0, layout.totalMinimumHeightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_found(self, found: Sequence[Found]) -> None:
        """Show what was found; what was unticked by hand stays so where it is still there."""
        left = self._unticked()
        self._found = tuple(sorted(found, key=_rank))
        self.tree.blockSignals(True)
        self.tree.clear()
        for at, one in enumerate(self._found):
            self._add(at, one, ticked=_key(one) not in left)
        self.tree.blockSignals(False)
        self.tree.share()
        lacking = next((at for at, one in enumerate(self._found) if _lacks(one) or one.left_out), 0)
        if shown := self.tree.topLevelItem(lacking):
            self.tree.setCurrentItem(shown)
        self._detail(shown)
        self._ticked()

    def wanted(self) -> tuple[Wish, ...]:
        """The papers that are ticked."""
        return tuple(
            one.wish
            for at, one in enumerate(self._found)
            if one.ready and self._item(at).checkState(0) is Qt.CheckState.Checked
        )

    @property
    def lacking(self) -> int:
        """How many papers lack something that can be entered."""
        return sum(_lacks(one) for one in self._found)

    def _add(self, at: int, one: Found, *, ticked: bool) -> None:
        contract = named(self._context.facts(), one.wish.case.contract)
        item = QTreeWidgetItem(self.tree, [contract, one.wish.form.title, said(one)])
        item.setData(0, _AT, at)
        for column in range(_STATE + 1):
            item.setToolTip(column, item.text(column))
        if one.ready:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        else:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)

    def _item(self, at: int) -> QTreeWidgetItem:
        item = self.tree.topLevelItem(at)
        if item is None:
            raise IndexError(at)
        return item

    def _unticked(self) -> set[tuple[int, str, tuple[str, ...]]]:
        return {
            _key(one)
            for at, one in enumerate(self._found)
            if one.ready and self._item(at).checkState(0) is Qt.CheckState.Unchecked
        }

    def _tick_all(self, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.tree.blockSignals(True)
        for at, one in enumerate(self._found):
            if one.ready:
                self._item(at).setCheckState(0, state)
        self.tree.blockSignals(False)
        self._ticked()

    def _ticked(self) -> None:
        ready = sum(one.ready for one in self._found)
        lacking = f"、足りない事項のある書類{self.lacking}件" if self.lacking else ""
        self._count.setText(f"{ready}件のうち{len(self.wanted())}件を発行{lacking}")
        for press in (self.all, self.none):
            press.setEnabled(bool(ready))
        self.changed.emit()

    def _detail(self, item: QTreeWidgetItem | None) -> None:
        """What the paper of the line lacks, each with the record to open."""
        clear(self._details)
        one = self._found[int(item.data(0, _AT))] if item is not None else None
        facts = (*one.missing, *one.left_out) if one is not None else ()
        for fact in facts:
            contract = one.wish.case.contract.id if one is not None else 0
            self._details.addWidget(card(self._context, fact, contract))
        self._details.addStretch(1)
        self.details.setVisible(bool(facts))


def said(one: Found) -> str:
    """How a paper stands, in a few words; never better than it is."""
    if one.ready:
        return f"△ 発行できます（{len(one.left_out)}件を除く）" if one.left_out else "○ 発行できます"
    if _lacks(one):
        return f"△ 足りない事項{len(one.missing)}件"
    return f"・ {one.state or '対象なし'}"


def _lacks(one: Found) -> bool:
    return not one.ready and any(fact.record for fact in one.missing)


def _rank(one: Found) -> int:
    return 0 if one.ready else 1 if _lacks(one) else 2


def _key(one: Found) -> tuple[int, str, tuple[str, ...]]:
    return one.wish.case.contract.id, one.wish.form.id, one.wish.case.only
