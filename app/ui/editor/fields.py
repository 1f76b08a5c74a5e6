"""The fields of one record: shown in sections, with where their values come from and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.records import Record, Spec
from app.records.tidiness import untidy
from app.ui.context import Context
from app.ui.editor.box import FieldBox, FieldGrid
from app.ui.editor.demanded import Demanded, demanded
from app.ui.inputs.base import Making
from app.ui.inputs.by_kind import make_input
from app.ui.operations import Lane
from app.ui.parts.keyboard import returns_in_field
from app.ui.parts.widgets import Notice, button, card, label

_ROOM = (20, 90)
"""Pixels around the cursor that come into sight with it: the label above, and what is wrong below."""


class RecordFields(QWidget):
    """The inputs of a record. ``edited`` after a change by hand.

    Who puts them into a scroll area takes ``notice`` out of it and shows it above: what is said of the
    whole record has to be seen however far down one is.
    """

    edited = Signal()

    def __init__(
        self,
        context: Context,
        spec: Spec[Any],
        record: Record | None = None,
        preset: Mapping[str, Any] | None = None,
        making: Making | None = None,
    ) -> None:
        super().__init__()
        self.context = context
        self.spec = spec
        self.record = record
        self._preset = dict(preset or {})
        self.making = making or Making(context)
        self.boxes: dict[str, FieldBox] = {}
        self._grids: list[tuple[QWidget, FieldGrid]] = []
        self._wrong: dict[str, Sequence[str]] = {}
        """What is said to be wrong, by path."""
        self._carried: dict[str, Any] = {}
        """What another record handed on, by field."""
        self.refusals: frozenset[str] = frozenset()
        """Paths of what the ledger refused and the record's own rules do not see."""
        self._build()
        self.load(record)
        # Forms may not be loaded yet, which takes longer than anybody waits for a page.
        context.operations.run(
            lambda _progress: demanded(context.forms, spec.name),
            self._tell_needed,
            owner=self,
            key=f"demanded {id(self)}",
            lane=Lane.REST,
        )

    def _build(self) -> None:
        layout = self.column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        self.notice = Notice()
        layout.addWidget(self.notice)
        self.clear_button = button(
            "引き継いだ欄を空にする",
            self.clear_carried,
            hint="引き継いだ欄をまとめて元に戻します（Ctrl+Shift+Delete）",
        )
        self.carried_notice = Notice("", "info", self.clear_button)
        layout.addWidget(self.carried_notice)
        shown = [f for f in self.spec.fields if not f.kind.unseen]
        for f in shown:
            made = make_input(f, self.making)
            made.edited.connect(partial(self._look_again, f.name))
            made.edited.connect(partial(self._own, f.name))
            made.edited.connect(self.edited)
            if f.kind.fixed:
                made.freeze()
            self.boxes[f.name] = FieldBox(f, made)
        # A group keeps together what the declaration left apart, in the order of its first field.
        for group, boxes in groupby(self._boxes_in_order(), key=lambda box: box.field.kind.group):
            frame, inside = card()
            held = list(boxes)
            # A card of one field that is called like its group says so once.
            if group and group not in {held[0].field.label, "備考"}:
                inside.addWidget(label(group, "h2"))
            grid = FieldGrid(held)
            inside.addWidget(grid)
            layout.addWidget(frame)
            self._grids.append((frame, grid))
        layout.addStretch(1)

    def _tell_needed(self, found: Mapping[str, Demanded]) -> None:
        for name, one in found.items():
            if name in self.boxes:
                self.boxes[name].tell_needed(*one)

    def load(self, record: Record | None) -> None:
        """Show ``record`` as it stands in the ledger, or an empty form with what was preset."""
        self.record = record
        self._carried = {}
        for name, box in self.boxes.items():
            box.input.show_value(self._blank(name) if record is None else getattr(record, name))
            box.tell_origin("")
            box.tell("")
        self._tell_carried()
        self._leave_out()
        self.mark({})
        self.notice.say("")
        if record is not None and record.retired_at is None:
            self._show_untidy(record)
        self._shown = self.texts()

    def _leave_out(self) -> None:
        """Leave out of the form of a new record what can only come later, unless it was given."""
        later = {box.field.name for box in self.boxes.values() if box.field.kind.later}
        names = later - set(self._preset) if self.record is None else set()
        for frame, grid in self._grids:
            grid.leave_out(names)
            frame.setVisible(not grid.empty)

    def carry(self, values: Mapping[str, Any], origin: str) -> None:
        """Show an empty form with ``values`` of another record, each marked as coming from ``origin``."""
        self.load(None)
        self._carried = {name: value for name, value in values.items() if name in self.boxes}
        for name, value in self._carried.items():
            self.boxes[name].input.show_value(value)
            self.boxes[name].tell_origin(f"{origin}から引き継ぎ")
        self._tell_carried(origin)
        self._shown = self.texts()

    @property
    def carried(self) -> list[str]:
        """The fields that still hold what another record handed on."""
        return [name for name, box in self.boxes.items() if box.carried]

    def clear_carried(self) -> None:
        """Empty every field that still holds what another record handed on."""
        clean = not self.dirty
        for name in self.carried:
            self.boxes[name].input.show_value(self._blank(name))
            self.boxes[name].tell_origin("")
        self._tell_carried()
        if clean:
            self.set_clean()
        self.focus()

    def _show_untidy(self, record: Record) -> None:
        """Mark what would not be kept as it is: saving mends it, or it says what to do."""
        wrong: dict[str, list[str]] = {}
        for one in untidy(record):
            box = self.boxes.get(one.path.partition(".")[0])
            if box is None:
                continue
            if one.mended:
                box.input.settle()
                box.tell(one.told())
            else:
                wrong[one.path] = [one.why]
        if wrong:
            self.mark(wrong)

    def went_on(self, event: QKeyEvent) -> bool:
        """Take Return in a field to the next one: it must not end an entry of which half is still to come."""
        return returns_in_field(self, event) and self.focusNextChild()

    def texts(self) -> dict[str, Any]:
        """What is entered, by field."""
        return {name: box.input.text() for name, box in self.boxes.items()}

    def files(self) -> dict[str, bytes]:
        """Files chosen and not yet in the ledger."""
        return {key: data for box in self.boxes.values() for key, data in box.input.files().items()}

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was loaded."""
        return self.texts() != self._shown

    def set_clean(self) -> None:
        """Count what is entered now as what was loaded."""
        self._shown = self.texts()

    def tell(self, text: str, tone: str = "danger") -> None:
        """Say something about the whole record."""
        self.notice.say(text, tone)

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show these problems and no others; paths as ``Spec.check`` gives them."""
        self._wrong = dict(problems)
        inner: dict[str, dict[str, Sequence[str]]] = defaultdict(dict)
        for path, sentences in problems.items():
            name, _, rest = path.partition(".")
            inner[name][rest] = sentences
        for name, box in self.boxes.items():
            box.mark(inner.get(name, {}))

    def focus(self, path: str = "") -> None:
        """Put the cursor at a field and bring it into sight; without a path, at the first one to fill in."""
        name, _, rest = path.partition(".")
        box = self.boxes.get(name) or self._first()
        box.input.focus(rest)
        self._bring()
        # Once more when what is said below the fields has taken its room.
        QTimer.singleShot(0, self, self._bring)

    def focus_wrong(self) -> None:
        """Put the cursor at the first field that is said to be wrong, if there is one."""
        if self._wrong:
            self.focus(self.in_order(self._wrong)[0])

    def in_order(self, problems: Mapping[str, Any]) -> list[str]:
        """Paths as their fields stand on the page, row after row."""
        places = {box.field.name: at for at, box in enumerate(self._boxes_in_order())}

        def place(path: str) -> tuple[int, int]:
            name, _, rest = path.partition(".")
            row = rest.partition(".")[0]
            return places.get(name, 0), int(row) if row.isdecimal() else 0

        return sorted(problems, key=place)

    def read(
        self, texts: Mapping[str, Any], base: Record | None = None
    ) -> tuple[Record | None, dict[str, Sequence[str]]]:
        """The record that ``texts`` make, or what is wrong by path; an input may know better what it is."""
        made, problems = self.spec.from_texts(texts, base=base)
        told: dict[str, Sequence[str]] = {}
        for path, sentences in problems.items():
            name, _, rest = path.partition(".")
            box = self.boxes.get(name)
            better = box.input.objection(rest) if box else ""
            told[path] = [better] if better else sentences
        return made, told

    def texts_for_reading(self) -> dict[str, Any]:
        """What is entered, by field, with what is kept unseen."""
        texts = self.texts()
        for f in self.spec.fields:
            if f.kind.unseen:
                held = self._preset.get(f.name) if self.record is None else getattr(self.record, f.name)
                texts[f.name] = "" if held is None else str(f.kind.to_stored(held))
        return texts

    def area(self) -> QScrollArea | None:
        """What scrolls the fields, if anything does."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        return parent

    def _bring(self) -> None:
        """Bring the cursor into sight, with its whole field where that is not a long table."""
        here, area = self.window().focusWidget(), self.area()
        if area is None or not self.isAncestorOf(here):
            return
        box = next((box for box in self.boxes.values() if box.isAncestorOf(here)), None)
        if box is not None and box.height() < area.viewport().height():
            area.ensureWidgetVisible(box, 0, 0)
        area.ensureWidgetVisible(here, *_ROOM)

    def _blank(self, name: str) -> Any:
        return self._preset.get(name, self.boxes[name].field.default)

    def _own(self, name: str) -> None:
        """What was changed by hand is no longer another record's."""
        if self.boxes[name].carried:
            self.boxes[name].tell_origin("")
            self._tell_carried()

    def _tell_carried(self, origin: str = "") -> None:
        left = len(self.carried)
        if not left:
            self.carried_notice.say("")
        elif origin:
            self.carried_notice.say(
                f"{origin}から引き継いだ欄が{left}か所あります。違うところを直してから登録してください。",
                "info",
            )

    def _first(self) -> FieldBox:
        """The first field that takes anything; of a new record the first that is needed and empty."""
        free = [box for box in self._boxes_in_order() if not (box.field.kind.fixed or box.left_out)]
        empty = [box for box in free if self.record is None and not box.input.text()]
        needed = [box for box in empty if box.field.required]
        return next(iter([*needed, *empty, *free, *self.boxes.values()]))

    def _boxes_in_order(self) -> list[FieldBox]:
        """The fields as they stand on the page, group after group."""
        groups = list(dict.fromkeys(box.field.kind.group for box in self.boxes.values()))
        return sorted(self.boxes.values(), key=lambda box: groups.index(box.field.kind.group))

    def _look_again(self, edited: str) -> None:
        """Take back what is right by now; what is newly wrong is said when one saves.

        What the ledger refused, it alone can judge: that goes as soon as its field is edited.
        """
        if not self._wrong:
            return
        found = self.read(self.texts_for_reading(), self.record)[1]
        left = {
            path: found.get(path, said)
            for path, said in self._wrong.items()
            if path in found or (path in self.refusals and path.partition(".")[0] != edited)
        }
        if left != self._wrong:
            self.mark(left)
            self.notice.say(count(left) if left else "", "danger")


def count(problems: Mapping[str, Sequence[str]]) -> str:
    """How many things are wrong, and what to do."""
    number = sum(len(found) for found in problems.values())
    return f"入力を確かめてください（{number}か所）。赤く示した欄を直すと保存できます。"
