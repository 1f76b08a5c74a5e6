"""Lists with room between their lines: the interface font sets them too tight by itself."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem


class Roomy(QStyledItemDelegate):
    """Lines twice as high as their text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width() + 12, round(size.height() * 2))


def make_roomy(view: QAbstractItemView) -> None:
    """Give the lines of ``view`` room."""
    delegate = Roomy(view)
    view.setItemDelegate(delegate)
