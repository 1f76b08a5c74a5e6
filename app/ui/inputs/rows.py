"""The input for nested rows: a table of inputs by kind, or plain check boxes where a row is one choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.records import Field, fields_of
from app.records.kinds import Choice, File, Moment, Ref, Rows
from app.ui.inputs.alike import Alike
from app.ui.inputs.base import Input, Making, stop_before
from app.ui.inputs.checks import ChecksInput
from app.ui.inputs.filling import Unfit, fill
from app.ui.inputs.line import Head, Maker, RowLine, Shape
from app.ui.inputs.picking.dialog import pick_several
from app.ui.inputs.plain import column
from app.ui.inputs.ref import RefInput
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Prose, button, em

_AT_ONCE = 8
"""Rows that are there when the page comes up; the rest follow in steps, so that the window never waits."""
_STEP = 4


def rows_input(field: Field, making: Making, make: Maker) -> Input:
    """The input for a field of nested rows."""
    inner = fields_of(field.kind.of) if isinstance(field.kind, Rows) else ()
    if len(inner) == 1 and isinstance(inner[0].kind, Choice):
        return ChecksInput(field, making)
    return GridInput(field, making, make)


class GridInput(Input):
    """Rows under each other; they can be added, moved and removed, and added many at a time."""

    def __init__(self, field: Field, making: Making, make: Maker) -> None:
        super().__init__(field, making)
        self._make = make
        self._fields = fields_of(field.kind.of) if isinstance(field.kind, Rows) else ()
        self._shape = Shape(self._fields, field.label)
        self._columns = self._shape.columns(1000)
        self._lines: list[RowLine] = []
        self._waiting: list[Any] = []
        self._blank: dict[str, Any] = {}
        self._error = Prose("", "error")
        self._error.hide()
        self._head = Head(self._shape)
        self._box = QVBoxLayout()
        self._box.setSpacing(4)
        self.more = button(f"{field.label}を追加", self.add_line, hint="行を1つ加えます")
        making.context.look.dress(self.more, "plus", "primary")
        self._unfit = {f.name: Unfit(making.context, field.name, f.name) for f in self._fields}
        self._picked = next((f for f in self._fields if isinstance(f.kind, Ref)), None)
        self.bulk = button(
            "まとめて追加…", self.add_several, kind="quiet", name=f"{field.label}をまとめて追加"
        )
        answer = next((f for f in self._fields if type(f.kind) is Choice), None)
        self.alike = None if answer is None else Alike(answer)
        layout = column(self)
        # Above the rows: below many of them it would be out of sight while the cursor is in the first.
        layout.addWidget(self._error)
        layout.addWidget(self._head)
        layout.addLayout(self._box)
        # Below one another where they have no room: nothing else may push the page to the side.
        buttons = flow(self.more, self.bulk)
        if self.alike is not None:
            self.alike.chosen.connect(self._choose_for_all)
            buttons.addWidget(self.alike)
        layout.addLayout(buttons)
        self.bulk.setVisible(self._picked is not None)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._build_some)

    @property
    def lines(self) -> list[RowLine]:
        """Every row, from the top."""
        self._build_rest()
        return self._lines

    def text(self) -> list[dict[str, Any]]:
        waiting = [_texts(self._fields, value) for value in self._waiting]
        return [line.texts() for line in self._entered()] + waiting

    def show_value(self, value: Any) -> None:
        self._waiting = []
        for line in list(self._lines):
            self._take_away(line)
        self._learn_blank()
        rows = list(value or ())
        # Kinds whose input writes its text in another way than the kind would: built at once.
        several = not any(isinstance(f.kind, Moment | File) for f in self._fields)
        at_once = _AT_ONCE if several else len(rows)
        for each in rows[:at_once]:
            self._put(each)
        self._waiting = rows[at_once:]
        if self._waiting:
            self._timer.start()
        if not rows and self.field.required:
            self._put(None)
        self._renumber()

    def typed(self) -> tuple[Any, ...]:
        return tuple(line.typed() for line in self.lines if not self._is_blank(line))

    def show_typed(self, typed: Sequence[Any]) -> None:
        """Every row as it stood: what could be read with its value, the rest letter by letter."""
        self.show_value(())
        for line in list(self._lines):
            self._take_away(line)
        for each in typed:
            self._put(None).show_typed(each)
        self._renumber()

    def fields(self) -> Sequence[QWidget]:
        return (self.more,)

    def settle(self) -> None:
        for line in self._lines:
            for each in line.inputs.values():
                each.settle()

    def files(self) -> Mapping[str, bytes]:
        return {
            digest: data
            for line in self._lines
            for each in line.inputs.values()
            for digest, data in each.files().items()
        }

    def objection(self, path: str = "") -> str:
        number, _, name = path.partition(".")
        self._build_rest()
        entered = self._entered()
        if (
            not number.isdecimal()
            or int(number) > len(entered)
            or name not in entered[int(number) - 1].inputs
        ):
            return ""
        return entered[int(number) - 1].inputs[name].objection()

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        own = "\n".join(f"✕ {sentence}" for sentence in problems.get("", ()))
        self._error.say(own)
        self._error.setVisible(bool(own))
        if any(path for path in problems):
            self._build_rest()
        for line in self._lines:
            if line not in self._entered():
                line.mark({})
        for number, line in enumerate(self._entered(), 1):
            start = f"{number}."
            line.mark(
                {
                    path.removeprefix(start): found
                    for path, found in problems.items()
                    if path.startswith(start)
                }
            )

    def focus(self, path: str = "") -> None:
        number, _, name = path.partition(".")
        self._build_rest()
        entered = self._entered()
        if number.isdecimal() and int(number) <= len(entered) and name in entered[int(number) - 1].inputs:
            entered[int(number) - 1].inputs[name].focus()
        elif self._lines:
            next(iter(self._lines[0].inputs.values())).focus()
        else:
            self.more.setFocus()

    def add_line(self) -> None:
        """Add an empty row and go there."""
        self._build_rest()
        line = self._put(None)
        self._renumber()
        next(iter(line.inputs.values())).focus()
        self.edited.emit()

    @property
    def untouched(self) -> bool:
        """Whether nothing is entered in any row."""
        return not self._entered() and not self._waiting

    def take_in(self, value: Any) -> None:
        """Add a row with ``value``, in the place of empty ones."""
        for line in [line for line in self.lines if self._is_blank(line)]:
            self._take_away(line)
        self._put(value)
        self._renumber()
        self.edited.emit()

    def add_several(self) -> None:
        """Choose many records at once; each becomes a row."""
        field = self._picked
        if field is None or not isinstance(field.kind, Ref):
            return
        held = {line.inputs[field.name].text() for line in self.lines}
        title = f"{self.field.label}に加える"
        chosen = pick_several(self.making, field.kind.to, title, held, unfit=self._unfit[field.name])
        for line in [line for line in self._lines if chosen and self._is_blank(line)]:
            self._take_away(line)
        for record_id in chosen:
            picker = self._put(None).inputs[field.name]
            if isinstance(picker, RefInput):
                picker.choose(record_id)
        self._renumber()
        if chosen:
            self.edited.emit()

    def shift(self, line: RowLine, by: int) -> None:
        """Move a row up or down."""
        lines = self.lines
        at = lines.index(line)
        to = at + by
        if 0 <= to < len(lines):
            lines.insert(to, lines.pop(at))
            self._box.removeWidget(line)
            self._box.insertWidget(to, line)
            for each in lines:
                self._chain(each)
            self._renumber()
            self.edited.emit()

    def remove(self, line: RowLine) -> None:
        """Take a row away."""
        self._take_away(line)
        self._renumber()
        self.more.setFocus()
        self.edited.emit()

    def freeze(self) -> None:
        self.setEnabled(False)

    def _choose_for_all(self, choice: str) -> None:
        """Give one answer in every row that has none."""
        self._build_rest()
        name = self.alike.field.name if self.alike else ""
        for line in self._entered():
            if not line.inputs[name].text():
                line.inputs[name].show_value(choice)
        self.edited.emit()

    def _is_blank(self, line: RowLine) -> bool:
        return line.texts() == self._blank

    def _entered(self) -> list[RowLine]:
        """Rows in which something was entered: an untouched one is none."""
        return [line for line in self._lines if not self._is_blank(line)]

    def _learn_blank(self) -> None:
        if not self._blank:
            probe = RowLine(self.making, self.field.label, self._shape, self._make, None)
            self._blank = probe.texts()
            probe.deleteLater()

    def _put(self, value: Any) -> RowLine:
        line = RowLine(self.making, self.field.label, self._shape, self._make, value)
        line.edited.connect(self.edited)
        line.noted.connect(self.noted)
        line.moved.connect(lambda by: self.shift(line, by))
        line.removed.connect(lambda: self.remove(line))
        line.picked.connect(lambda name, record_id: self._fill(line, name, record_id))
        for name, each in line.inputs.items():
            if isinstance(each, RefInput):
                each.unfit = self._unfit[name]
        self._lines.append(line)
        self._box.addWidget(line)
        line.lay_out(self._columns)
        # At once, not when the layout gets to it: what is not shown takes no cursor.
        line.show()
        self._chain(line)
        return line

    def _chain(self, line: RowLine) -> None:
        """Let Tab come to a row after the rows above it, and before the buttons that add more."""
        before = stop_before(self.more)
        for stop in line.stops():
            if stop is not before:
                self.setTabOrder(before, stop)
                before = stop

    def _fill(self, line: RowLine, name: str, record_id: int) -> None:
        line.fill(name, record_id, partial(fill, self.making.context, self.field.name))

    def _take_away(self, line: RowLine) -> None:
        self._lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()

    def _build_some(self) -> None:
        for value in self._waiting[:_STEP]:
            self._put(value)
        del self._waiting[:_STEP]
        self._renumber()
        if not self._waiting:
            self._timer.stop()

    def _build_rest(self) -> None:
        while self._waiting:
            self._build_some()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()

    def _lay_out(self) -> None:
        """As a table, or in labelled columns where a table would squeeze its inputs."""
        columns = self._shape.columns(self.width() / em(self))
        if columns != self._columns:
            self._columns = columns
            for line in self._lines:
                line.lay_out(columns)
            self._show_head()

    def _show_head(self) -> None:
        self._head.setVisible(bool(self._lines) and self._columns == 0 and len(self._fields) > 1)

    def _renumber(self) -> None:
        last = len(self._lines) + len(self._waiting)
        self._show_head()
        if self.alike is not None:
            self.alike.setVisible(last > 1)
        for number, line in enumerate(self._lines, 1):
            line.number(number, last)


def _texts(fields: Sequence[Field], value: Any) -> dict[str, Any]:
    """What the inputs of a row would hold, for a row that has none yet."""
    texts = {}
    for f in fields:
        held = getattr(value, f.name)
        by_id = isinstance(f.kind, Ref) and held is not None
        texts[f.name] = str(held) if by_id else f.kind.to_text(held)
    return texts
