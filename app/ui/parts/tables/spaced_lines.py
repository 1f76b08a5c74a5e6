"""Lists with room around their lines: the interface font sets them too tight by itself."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

_BESIDE = 6
"""Logical pixels before a text, so that it begins where the text of an input begins."""


class Roomy(QStyledItemDelegate):
    """Lines twice as high as their text, all of them alike: a rare character may come from a higher font."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width() + 2 * _BESIDE, round(option.fontMetrics.height() * 2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        whole.widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, whole, painter, whole.widget
        )
        option.rect = option.rect.adjusted(_BESIDE, 0, 0, 0)
        super().paint(painter, option, index)


def make_roomy(view: QAbstractItemView) -> None:
    """Give the lines of ``view`` room."""
    delegate = Roomy(view)
    view.setItemDelegate(delegate)
