"""The input for another record: found by any part of its name, picked from the list, or added on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QListView, QWidget

from app.records import SPECS, Field
from app.records.kinds import Ref
from app.ui.homes import add_here
from app.ui.inputs.base import Input, Making
from app.ui.inputs.candidates import Candidate
from app.ui.inputs.plain import filled
from app.ui.operations import Lane
from app.ui.parts.live_line import LiveLine
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.parts.widgets import tool

_PATIENCE = 150
"""Milliseconds after the last key before the list opens by itself."""
_GAP = 3
"""Logical pixels between the box and its list."""


class RefInput(Input):
    """Holds an id and shows the name. ``picked(id)`` after a record was chosen by hand.

    The list never opens while a word is under composition: showing a popup takes the focus for a moment, and
    the input method would hand over half a syllable.
    """

    picked = Signal(int)

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.kind = field.kind.to if isinstance(field.kind, Ref) else ""
        self._id = 0
        self._typing = False
        """Whether what stands there was typed since a record was last shown."""
        self.unfit: Callable[[], Mapping[int, str]] = dict
        """What is not offered, as it cannot be chosen; typed by its name it is taken, and told then."""
        self._hits: list[Candidate] = []
        named = SPECS[self.kind].label
        self.edit = LiveLine(field.label, f"{named}を検索")
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        # Set beside the edit, not into it: Qt's own wiring would write over what is typed.
        completer.setWidget(self.edit)
        completer.activated[QModelIndex].connect(self._take_row)  # type: ignore[index]  # missing in the stub
        self._completer = completer
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PATIENCE)
        self._pause.timeout.connect(self._offer_typed)
        self.edit.textEdited.connect(self._typed)
        self.edit.followed.connect(self._follow)
        self.edit.returnPressed.connect(self._entered)
        self.edit.editingFinished.connect(self._left)
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
        self._adds = SPECS[self.kind].by_hand and not compact
        self.add.setVisible(self._adds)

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
        if self._id and typed:
            return str(self._id)
        # A number that somebody typed is a name like any other, never the id of a record.
        return f"「{typed}」" if typed else ""

    def show_value(self, value: Any) -> None:
        self._id = int(value or 0)
        self._typing = False
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

    def settle(self) -> None:
        """Take the record that is meant by what is typed, if it can mean only one."""
        if self._id:
            return
        meant = self.making.candidates.meant(self.kind, self.edit.text())
        if meant is not None:
            self.choose(meant.id)

    def objection(self, path: str = "") -> str:
        del path
        if self._id or not self.edit.text().strip() or self.making.candidates.any(self.kind):
            return ""
        way = "＋で" if self._adds else "先に"
        return f"{SPECS[self.kind].label}がまだ登録されていません。{way}登録してください。"

    def open_list(self) -> None:
        """Show everything there is to choose, or say that there is nothing yet."""
        self.edit.setFocus()
        self._when_ready(self._offer_all)

    def _offer_all(self) -> None:
        self._offer("")
        at = next((at for at, hit in enumerate(self._hits) if hit.id == self._id), 0)
        # The next Return takes what is marked: a list that one has opened is there to choose from.
        self._popup.setCurrentIndex(self._model.index(at, 0))

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

    def _typed(self, _text: str) -> None:
        self._id = 0
        self._typing = True
        self._follow(self.edit.seen())
        self.edited.emit()

    def _follow(self, seen: str) -> None:
        """What is to be seen has changed by hand: once it rests, the list follows it; an open one at once."""
        if not self._typing:
            return
        if not self.edit.composing:
            self._pause.start()
            return
        self._pause.stop()
        candidates = self.making.candidates
        if self._open() and candidates.ready(self.kind):
            found = candidates.find(self.kind, seen, without=self.unfit().keys())
            if found:
                self._show(found)

    def _when_ready(self, then: Callable[[], None]) -> None:
        """Go on at once, or, where there are very many, once the worker has made them ready."""
        context, candidates, kind = self.making.context, self.making.candidates, self.kind
        if candidates.ready(kind):
            then()
            return
        context.say(f"{SPECS[kind].label}の候補を読み込んでいます…")
        context.operations.run(
            lambda _progress: candidates.prepare(kind),
            lambda _none: then() if self._here else None,
            owner=self,
            key=f"candidates {id(self)}",
            lane=Lane.ROWS,
        )

    def _offer_typed(self) -> None:
        self._when_ready(self._offer_seen)

    def _offer_seen(self) -> None:
        if self._typing and self._here and not self.edit.composing:
            self._offer(self.edit.text())

    def _offer(self, text: str) -> None:
        unfit = self.unfit().keys()
        candidates = self.making.candidates
        # What alone is meant is shown all the same: nothing at all would read as if it were not registered.
        found = candidates.find(self.kind, text, without=unfit) or candidates.find(self.kind, text)
        if not found and (text.strip() or self.making.candidates.any(self.kind)):
            if self._open():
                self._popup.hide()
            return
        popup = self._popup
        self._show(found)
        # Below the whole box: Qt would lay the list over its lower edge.
        self._completer.complete(self.edit.rect().adjusted(0, 0, 0, _GAP))
        popup.setCurrentIndex(QModelIndex())

    def _show(self, found: list[Candidate]) -> None:
        """Put these into the list; none at all says so, and offers to register the first."""
        self._hits = found
        self._model.setStringList([hit.listed for hit in found] or [self._none_yet()])

    def _none_yet(self) -> str:
        label = SPECS[self.kind].label
        if SPECS[self.kind].by_hand:
            return f"{label}はまだありません。ここを選ぶと登録できます"
        return f"{label}はまだありません"

    def _take_row(self, index: QModelIndex) -> None:
        if self._hits:
            self.choose(self._hits[index.row()].id)
        elif SPECS[self.kind].by_hand:
            self.edit.clear()
            # After the list has closed: a dialog of its own would open behind it.
            QTimer.singleShot(0, self, self._add)
        else:
            self.edit.clear()

    def _entered(self) -> None:
        """Return without a mark in the list: what is typed is to stand, if it names one record."""
        if not self._open():
            self.settle()
        elif not self._popup.currentIndex().isValid():
            self._popup.hide()
            self.settle()

    def _left(self) -> None:
        # The list itself ends the editing when it comes up; the cursor is in the line still.
        if not (self._open() and self._here):
            self.settle()

    @property
    def _here(self) -> bool:
        """Whether the cursor of the window is in the line."""
        return self.window().focusWidget() is self.edit

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
