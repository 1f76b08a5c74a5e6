"""表示する項目: which fields a list shows, and in which order; remembered on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from app.preferences import Preferences
from app.records import Field, Spec
from app.records.narrowing import columns_of
from app.ui.editor.tick_list import TickList
from app.ui.parts.space.screen import usable
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.parts.widgets import Notice, button, em, label, prose, row

_NAME = Qt.ItemDataRole.UserRole
_PARTED = ","
_EDGE = 60
"""Logical pixels of the screen that the dialog leaves free, its frame among them."""


def chosen_columns(preferences: Preferences, spec: Spec[Any]) -> tuple[Field, ...]:
    """The fields that were chosen for a list, else those of its declaration; what is no field is left out."""
    known = {one.name: one for one in columns_of(spec)}
    names = preferences.text(_setting(spec)).split(_PARTED)
    return tuple(known[name] for name in dict.fromkeys(names) if name in known) or spec.listed


def keep_columns(preferences: Preferences, spec: Spec[Any], fields: Sequence[Field]) -> None:
    """Remember them; those of the declaration are not kept, so that they follow it."""
    own = tuple(fields) == spec.listed
    preferences.set(**{_setting(spec): "" if own else _PARTED.join(one.name for one in fields)})


def _setting(spec: Spec[Any]) -> str:
    return f"columns-{spec.name}"


class ColumnsDialog(QDialog):
    """``fields`` once accepted."""

    def __init__(self, spec: Spec[Any], shown: Sequence[Field]) -> None:
        super().__init__()
        self.fields: tuple[Field, ...] = ()
        self._spec = spec
        self._known = {one.name: one for one in columns_of(spec)}
        self.setWindowTitle("表示する項目")
        self.list = TickList("表示する項目")
        make_roomy(self.list)
        self.notice = Notice("", "danger")
        self.ok = button("この項目を表示", self.accept, kind="primary")
        self.up = button("上へ", lambda: self.move_by(-1))
        self.down = button("下へ", lambda: self.move_by(1))
        self.first = button("はじめの項目に戻す", lambda: self._fill(spec.listed), kind="quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label("表示する項目", "h2"))
        layout.addWidget(prose("上から順に、一覧の左から並びます。", "sub"))
        layout.addWidget(self.notice)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(self.up, self.down, None, self.first))
        layout.addLayout(row(None, button("戻る", self.reject), self.ok))
        room = usable(self).size()
        self.resize(min(em(self, 30), room.width() - _EDGE), min(em(self, 34), room.height() - _EDGE))
        self._fill(shown)

    def move_by(self, step: int) -> None:
        """Move the current field up or down."""
        at = self.list.currentRow()
        if at >= 0 and 0 <= at + step < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)

    def accept(self) -> None:
        names = [self.list.item(at).data(_NAME) for at in self.list.ticked]
        if not names:
            self.notice.say("表示する項目を1つ以上選んでください。", "danger")
            return
        self.fields = tuple(self._known[name] for name in names)
        super().accept()

    def _fill(self, shown: Sequence[Field]) -> None:
        self.list.clear()
        names = [one.name for one in shown]
        for name in (*names, *(one for one in self._known if one not in names)):
            self.list.add(self._known[name].label, on=name in names).setData(_NAME, name)
        self.list.setCurrentRow(0)
