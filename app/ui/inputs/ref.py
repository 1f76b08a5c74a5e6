"""The input for another record: found by any part of its name, picked from the list, or added on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QListView, QWidget

from app.ledger.content.fold import fold
from app.records import SPECS, Field
from app.records.kinds import Ref
from app.ui.homes import add_here
from app.ui.inputs.base import Input, Making
from app.ui.inputs.candidates import Candidate
from app.ui.inputs.plain import filled
from app.ui.parts.spaced_lines import make_roomy
from app.ui.parts.widgets import tool

_GAP = 3
"""Logical pixels between the box and its list."""


class RefInput(Input):
    """Holds an id and shows the name. ``picked(id)`` after a record was chosen by hand."""

    picked = Signal(int)

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.kind = field.kind.to if isinstance(field.kind, Ref) else ""
        self._id = 0
        self._hits: list[Candidate] = []
        named = SPECS[self.kind].label
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(f"{named}を検索")
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        # Set beside the edit, not into it: Qt's own wiring would write over what is typed.
        completer.setWidget(self.edit)
        completer.activated[QModelIndex].connect(self._take_row)  # type: ignore[index]  # missing in the stub
        self._completer = completer
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._settle)
        self.edit.installEventFilter(self)
        self.name(self.edit)
        self.drop = tool(f"{field.label}の一覧を開く", self.open_list)
        self.drop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        making.context.look.dress(self.drop, "chevron-down")
        self.add = tool(f"{named}を新しく登録", self._add)
        self.add.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        making.context.look.dress(self.add, "plus", "primary")
        filled(self, self.edit, self.drop, self.add).setSpacing(2)
        # Only once it has its place: shown before, it would come up as a window of its own.
        self.add.setVisible(SPECS[self.kind].by_hand and not compact)

    @cached_property
    def _popup(self) -> QAbstractItemView:
        """The list of candidates, made when it is first wanted: a page may hold hundreds of references."""
        popup = self._completer.popup() or QListView()
        popup.setAccessibleName(f"{self.field.label}の候補")
        make_roomy(popup)
        return popup

    @property
    def id(self) -> int:
        """The record chosen, 0 for none."""
        return self._id

    def text(self) -> str:
        typed = self.edit.text().strip()
        if not typed:
            return ""
        return str(self._id) if self._id else typed

    def show_value(self, value: Any) -> None:
        self._id = int(value or 0)
        self.edit.setText(self.making.candidates.shown(self.kind, self._id) if self._id else "")
        self.edit.setCursorPosition(0)

    def fields(self) -> Sequence[QWidget]:
        return (self.edit,)

    def freeze(self) -> None:
        self.edit.setReadOnly(True)
        self.drop.hide()
        self.add.hide()

    def choose(self, record_id: int) -> None:
        """Take a record by hand."""
        self.show_value(record_id)
        self.edited.emit()
        self.picked.emit(record_id)

    def open_list(self) -> None:
        """Show everything there is to choose."""
        self.edit.setFocus()
        self._offer("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Down opens the list, as in every drop-down; the popup handles its own keys once it is open.
        if (
            watched is self.edit
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4)
            and not self._open()
            and not self.edit.isReadOnly()
        ):
            self.open_list()
            return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self._id = 0
        self._offer(text)
        self.edited.emit()

    def _offer(self, text: str) -> None:
        self._hits = self.making.candidates.find(self.kind, text)
        self._model.setStringList([hit.shown for hit in self._hits])
        if not self._hits:
            if self._open():
                self._popup.hide()
            return
        popup = self._popup
        # Below the whole box: Qt would lay the list over its lower edge.
        self._completer.complete(self.edit.rect().adjusted(0, 0, 0, _GAP))
        popup.setCurrentIndex(QModelIndex())

    def _take_row(self, index: QModelIndex) -> None:
        hit = next((hit for hit in self._hits if hit.shown == index.data()), None)
        if hit is not None:
            self.choose(hit.id)

    def _settle(self) -> None:
        typed = self.edit.text().strip()
        if self._id or not typed or self._open():
            return
        hits = self.making.candidates.find(self.kind, typed, 3)
        same = [hit for hit in hits if fold(hit.shown) == fold(typed)] or hits
        if len(same) == 1:
            self.choose(same[0].id)

    def _open(self) -> bool:
        # Asked as well while the page is being taken down.
        made = self.__dict__.get("_popup")
        return made is not None and shiboken6.isValid(made) and made.isVisible()

    def _add(self) -> None:
        typed = "" if self._id else self.edit.text().strip()
        spec = SPECS[self.kind]
        first = spec.titled[0] if spec.titled else ""
        preset = {first: typed} if typed and first and spec.field(first).kind.name == "text" else {}
        made = add_here(self.making.context, spec, preset)
        if made is not None:
            self.choose(made.id)
