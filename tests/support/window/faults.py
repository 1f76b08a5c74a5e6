"""What is wrong with a window as it is laid out: text that is cut, parts that overlap or are squeezed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QSplitterHandle,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTabWidget,
    QToolButton,
    QTreeView,
    QWidget,
)

from app.ui.inputs.base import Combo
from app.ui.inputs.day import DayEdit
from app.ui.parts.elide import Eliding
from app.ui.parts.tables.table import Table

_BUILT = (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QMessageBox,
)
"""Widgets that Qt puts together itself: how their parts lie is its own affair."""
_SLACK = 2
"""Logical pixels by which rounding may differ."""
_APART = 1.4
"""How much higher a line of a list is than its text, at least."""
_CELL = 18
"""Logical pixels that the style keeps free beside the text of a cell."""


def faults(root: QWidget) -> list[str]:
    """Everything that is wrong with ``root`` as it is shown, each with its place."""
    seen = [one for one in (root, *root.findChildren(QWidget)) if _seen(one, root)]
    return [said for check in CHECKS for one in seen for said in check(one)]


def _seen(one: QWidget, root: QWidget) -> bool:
    return one.isVisibleTo(root) and one.window() is root and not isinstance(one, QMenu)


def place(one: QWidget) -> str:
    """How a widget is found again: its kind and text, and those it lies in."""
    text = one.accessibleName() or (one.text() if isinstance(one, QLabel | QAbstractButton) else "")
    own = f"{type(one).__name__}「{text[:30]}」" if text else type(one).__name__
    above = one.parentWidget()
    while above is not None and type(above).__module__.startswith("PySide6"):
        above = above.parentWidget()
    return f"{own} in {type(above).__name__}" if above is not None else own


def cut_labels(one: QWidget) -> Iterator[str]:
    """A label narrower or lower than what it says."""
    if not isinstance(one, QLabel) or isinstance(one, Eliding) or not one.text():
        return
    if one.wordWrap():
        need = one.heightForWidth(one.width())
        if need > one.height() + _SLACK:
            yield f"cut: {place(one)} has {one.height()} of {need} px height"
        return
    need_size = one.sizeHint()
    if need_size.width() > one.width() + _SLACK:
        yield f"cut: {place(one)} has {one.width()} of {need_size.width()} px"
    if need_size.height() > one.height() + _SLACK:
        yield f"cut: {place(one)} has {one.height()} of {need_size.height()} px height"


def cut_buttons(one: QWidget) -> Iterator[str]:
    """A button, check box or radio button narrower than its text."""
    if not isinstance(one, QPushButton | QCheckBox | QRadioButton | QToolButton):
        return
    if isinstance(one.parentWidget(), QTabBar | QCalendarWidget | QLineEdit):
        return
    need = one.sizeHint() if isinstance(one, QCheckBox | QRadioButton) else one.minimumSizeHint()
    if need.width() > one.width() + _SLACK:
        yield f"cut: {place(one)} has {one.width()} of {need.width()} px"
    if need.height() > one.height() + _SLACK:
        yield f"cut: {place(one)} has {one.height()} of {need.height()} px height"


def cut_choices(one: QWidget) -> Iterator[str]:
    """A choice that is not whole in its box, and is told neither by dots nor when pointed at."""
    if not isinstance(one, QComboBox):
        return
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = one.style().subControlRect(box, option, field, one).width()
    need = one.fontMetrics().horizontalAdvance(one.currentText())
    told = isinstance(one, Combo) and one.toolTip() == one.currentText()
    if need > room and not told:
        yield f"cut: {place(one)} shows {room} of {need} px of 「{one.currentText()}」"


def cut_lines(one: QWidget) -> Iterator[str]:
    """A day or a hint in an input that does not fit into it."""
    if not isinstance(one, QLineEdit) or isinstance(one.parentWidget(), QAbstractSpinBox):
        return
    shown = one.text() if isinstance(one, DayEdit) or not one.isEnabled() else ""
    shown = shown or ("" if one.text() else one.placeholderText())
    # A picture inside the line takes room of its own.
    room = (
        one.width()
        - 2 * 11
        - sum(inner.width() for inner in one.findChildren(QToolButton) if inner.isVisible())
    )
    need = one.fontMetrics().horizontalAdvance(shown)
    if shown and need > room + _SLACK:
        yield f"cut: {place(one)} has {room} of {need} px for 「{shown}」"


def hidden_tabs(one: QWidget) -> Iterator[str]:
    """Tabs behind arrows, or with their title cut."""
    if not isinstance(one, QTabBar):
        return
    for at in range(one.count()):
        if one.isTabVisible(at) and not one.rect().adjusted(-1, -1, 1, 1).contains(one.tabRect(at)):
            yield f"cut: tab 「{one.tabText(at)}」 of {place(one)} lies behind an arrow"


_BOX = 8
"""Pixels between a box that is ticked and its text."""


def cut_cells(one: QWidget) -> Iterator[str]:
    """Columns that are cut while others have room to spare, or that are cut in their head."""
    model = one.model() if isinstance(one, Table) else None
    if not isinstance(one, Table) or model is None:
        return
    metrics, head = one.fontMetrics(), one.horizontalHeader()
    font = QFont(one.font())
    font.setBold(True)
    bold = QFontMetrics(font)
    rows = range(min(60, model.rowCount()))
    spare, cut = max(0, one.viewport().width() - head.length()), []
    for at in range(model.columnCount()):
        title = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        texts = [str(model.index(row, at).data() or "") for row in rows]
        need = max((metrics.horizontalAdvance(text) for text in texts), default=0) + _CELL
        if model.index(0, at).data(Qt.ItemDataRole.CheckStateRole) is not None:
            need += one.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, one) + _BOX
        need_head = bold.horizontalAdvance(title) + _CELL
        width = one.columnWidth(at)
        if need_head > width + _SLACK:
            yield f"cut: head 「{title}」 of {place(one)} has {width} of {need_head} px"
        if need > width + _SLACK:
            cut.append((title, width, need))
        spare += max(0, width - max(need, need_head))
    for title, width, need in cut:
        if spare > 24:
            yield f"spare: column 「{title}」 of {place(one)} has {width} of {need} px beside {spare} px"


def overlaps(one: QWidget) -> Iterator[str]:
    """Parts of one widget that lie over each other."""
    if isinstance(one, _BUILT):
        return
    parts = [
        part
        for part in one.children()
        if isinstance(part, QWidget)
        and part.isVisible()
        and not part.isWindow()
        and not isinstance(part, QSplitterHandle)
    ]
    for first, second in combinations(parts, 2):
        both = first.geometry().intersected(second.geometry())
        if both.width() > _SLACK and both.height() > _SLACK:
            yield f"overlap: {place(first)} and {place(second)} by {both.width()} × {both.height()} px"


def outside(one: QWidget) -> Iterator[str]:
    """A part that reaches beyond what it lies in; what scrolls may."""
    parent = one.parentWidget()
    if parent is None or one.isWindow() or isinstance(parent, _BUILT) or _scrolled(one):
        return
    if not (parent.width() and parent.height()):
        return
    if not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(one.geometry()):
        there = one.geometry()
        yield f"outside: {place(one)} ({_said(there)}) of {type(parent).__name__} ({_said(parent.rect())})"


def _scrolled(one: QWidget) -> bool:
    above = one.parentWidget()
    area = above.parentWidget() if above is not None else None
    return isinstance(area, QAbstractScrollArea) and area.viewport() is above


def _said(area: QRect) -> str:
    return f"{area.x()},{area.y()} {area.width()}×{area.height()}"


def squeezed(one: QWidget) -> Iterator[str]:
    """A part smaller than the least it asks for."""
    if (
        one.isWindow()
        or isinstance(one.parentWidget(), _BUILT)
        or isinstance(one, QLabel | QSplitterHandle | QStackedWidget)
    ):
        return
    need, policy = one.minimumSizeHint(), one.sizePolicy()
    free = QSizePolicy.Policy.Ignored
    width = need.width() if policy.horizontalPolicy() != free else 0
    height = need.height() if policy.verticalPolicy() != free else 0
    if one.width() < min(width, one.maximumWidth()) - _SLACK:
        yield f"squeezed: {place(one)} has {one.width()} of {width} px"
    if one.height() < min(height, one.maximumHeight()) - _SLACK:
        yield f"squeezed: {place(one)} has {one.height()} of {height} px height"


def sideways(one: QWidget) -> Iterator[str]:
    """A page or list that must be pushed sideways to be read."""
    if isinstance(one, QScrollArea | QTreeView) and one.horizontalScrollBar().maximum() > 0:
        yield f"sideways: {place(one)} by {one.horizontalScrollBar().maximum()} px"


def tight(one: QWidget) -> Iterator[str]:
    """A list whose lines touch each other."""
    if not isinstance(one, QListView | QTreeView) or not one.model().rowCount():
        return
    high, text = one.visualRect(one.model().index(0, 0)).height(), one.fontMetrics().height()
    if 0 < high < _APART * text:
        yield f"tight: lines of {place(one)} have {high} px for {text} px of text"


def nameless(one: QWidget) -> Iterator[str]:
    """What takes the keyboard without a name to be read out."""
    takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    inner = one.objectName() in ("qt_scrollarea_viewport", "ScrollLeftButton", "ScrollRightButton")
    named = one.accessibleName() or (isinstance(one, QAbstractButton) and one.text())
    whole = isinstance(one, QDialogButtonBox | QMainWindow | QSplitter)
    if takes and not named and not inner and not whole and not one.isWindow():
        yield f"nameless: {place(one)}"


CHECKS: tuple[Callable[[QWidget], Iterator[str]], ...] = (
    cut_labels,
    cut_buttons,
    cut_choices,
    cut_lines,
    hidden_tabs,
    cut_cells,
    overlaps,
    outside,
    squeezed,
    sideways,
    tight,
    nameless,
)
"""Each looks at one widget and says what is wrong with it."""
