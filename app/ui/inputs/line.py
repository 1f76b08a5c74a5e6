"""One row of nested rows: its inputs, what is wrong with them, and the ways to move and remove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.records import Field
from app.records.kinds import Annex, Day, Many, Moment, Number, Quantity, Ref, Text
from app.ui.inputs.base import Input, Making
from app.ui.inputs.plain import AnnexInput
from app.ui.inputs.ref import RefInput
from app.ui.inputs.version import VersionInput
from app.ui.parts.widgets import em, label, row, tool

_WIDE = 5
"""From so many fields on, a row is a box of labelled inputs rather than a line of a table."""
_COLUMNS = 3
"""Columns of such a box."""
_LEFT, _RIGHT = 10, 6


class Maker(Protocol):
    def __call__(self, field: Field, making: Making, *, compact: bool = False) -> Input: ...


class Shape:
    """How the rows of a field are laid out; the same for its head and each of its lines."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = fields
        self.wide = len(fields) >= _WIDE
        self.columns = _COLUMNS if self.wide else len(fields)

    def grid(self, widget: QWidget, *, above: int = 8, below: int = 8) -> QGridLayout:
        """The grid of one line: a number, the columns in fixed shares, and the tools."""
        grid = QGridLayout(widget)
        grid.setContentsMargins(_LEFT, above, _RIGHT, below)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, em(widget, 1.2))
        grid.setColumnMinimumWidth(self.columns + 1, em(widget, 7))
        for at in range(self.columns):
            grid.setColumnStretch(at + 1, 1 if self.wide else _share(self.fields[at]))
        return grid

    def head(self, field: Field) -> QHBoxLayout:
        """The label of a field."""
        made = row(label(field.label, "hint"), spacing=5)
        if field.required:
            made.addWidget(label("必須", "required"))
        made.addStretch(1)
        return made


class Head(QWidget):
    """The labels above the columns of a table of rows."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        grid = shape.grid(self, above=0, below=0)
        for at, field in enumerate(shape.fields):
            holder = QWidget()
            holder.setLayout(shape.head(field))
            holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(holder, 0, at + 1)


class RowLine(QFrame):
    """The inputs of one row. ``moved`` (by), ``removed`` and ``picked`` (field, id) say what was done."""

    edited = Signal()
    noted = Signal(str)
    moved = Signal(int)
    removed = Signal()
    picked = Signal(str, int)

    def __init__(self, making: Making, what: str, shape: Shape, make: Maker, value: Any) -> None:
        super().__init__()
        self.inputs = {f.name: make(f, making, compact=True) for f in shape.fields}
        self._shape = shape
        self._cells: dict[str, QVBoxLayout] = {}
        self._errors: dict[str, QLabel] = {}
        self._number = label("", "hint")
        self.up = tool(f"{what}のこの行を上へ", lambda: self.moved.emit(-1))
        self.down = tool(f"{what}のこの行を下へ", lambda: self.moved.emit(1))
        self.drop = tool(f"{what}のこの行を外す", self.removed.emit)
        for made, icon in ((self.up, "up"), (self.down, "down"), (self.drop, "close")):
            making.context.look.dress(made, icon)
        self._build()
        for f in shape.fields:
            each = self.inputs[f.name]
            each.show_value(f.default if value is None else getattr(value, f.name))
            each.edited.connect(self.edited)
            each.noted.connect(self.noted)
            if isinstance(each, RefInput):
                each.picked.connect(lambda record_id, name=f.name: self.picked.emit(name, record_id))
        annex = next((each for each in self.inputs.values() if isinstance(each, AnnexInput)), None)
        for each in self.inputs.values():
            if annex is not None and isinstance(each, VersionInput):
                each.follow(annex)

    def texts(self) -> dict[str, Any]:
        """What is entered in the row."""
        return {name: each.text() for name, each in self.inputs.items()}

    def stops(self) -> list[QWidget]:
        """What Tab comes to, from left to right."""
        inputs = [widget for each in self.inputs.values() for widget in each.fields()]
        return [*inputs, self.up, self.down, self.drop]

    def number(self, number: int, last: int) -> None:
        """Show which row it is."""
        self._number.setText(f"{number}")
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < last)
        for each in self.inputs.values():
            each.name(*each.fields(), suffix=f"（{number}行目）")

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong in which cell."""
        for name, each in self.inputs.items():
            found = problems.get(name, ())
            each.mark({"": found} if found else {})
            if found or name in self._errors:
                self._error(name).setText("\n".join(f"✕ {sentence}" for sentence in found))
                self._error(name).setVisible(bool(found))

    def error(self, name: str) -> str:
        """What is said to be wrong with a cell, empty if nothing."""
        held = self._errors.get(name)
        return "" if held is None or held.isHidden() else held.text()

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show values in cells that are empty."""
        for name, value in values.items():
            each = self.inputs.get(name)
            if each is not None and not each.text():
                each.show_value(value)

    def _build(self) -> None:
        self.setProperty("role", "rowbox")
        shape = self._shape
        grid = shape.grid(self)
        for at, field in enumerate(shape.fields):
            line, place = divmod(at, shape.columns)
            box = QVBoxLayout()
            box.setSpacing(3)
            if shape.wide:
                box.addLayout(shape.head(field))
            made = self.inputs[field.name]
            # The shares decide alone, so that each line has its columns where the head has them.
            made.setSizePolicy(QSizePolicy.Policy.Ignored, made.sizePolicy().verticalPolicy())
            box.addWidget(made)
            box.addStretch(1)
            self._cells[field.name] = box
            grid.addLayout(box, line, place + 1)
        grid.addWidget(self._number, 0, 0)
        grid.addLayout(row(self.up, self.down, self.drop, spacing=0), 0, shape.columns + 1)

    def _error(self, name: str) -> QLabel:
        if name not in self._errors:
            made = self._errors[name] = label("", "error")
            made.setWordWrap(True)
            box = self._cells[name]
            box.insertWidget(box.count() - 1, made)
        return self._errors[name]


def _share(field: Field) -> int:
    """How much of the width a field takes."""
    kind = field.kind
    if isinstance(kind, Many | Moment):
        return 6
    if isinstance(kind, Annex | Ref | Day):
        return 5
    if isinstance(kind, Number | Quantity):
        return 3
    return 4 if isinstance(kind, Text) else 3
