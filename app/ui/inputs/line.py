"""One row of nested rows: its inputs, what is wrong with them, and the ways to move and remove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.records import Field
from app.records.kinds import Annex, Day, File, Many, Moment, Number, Quantity, Ref, Text
from app.ui.inputs.base import Input, Making
from app.ui.inputs.filling import Filling, Told
from app.ui.inputs.plain import AnnexInput
from app.ui.inputs.ref import RefInput
from app.ui.inputs.version import VersionInput
from app.ui.parts.widgets import em, label, row, tool

_WIDE = 5
"""From so many fields on, a row is a box of labelled inputs rather than a line of a table."""
_COLUMNS = 3
"""The most columns of such a box."""
_COLUMN = 15
"""Full-width characters that a column of such a box has at least."""
_TOOLS = 7
"""Full-width characters that the tools at the end of a row take."""
_LEFT, _RIGHT = 10, 6


class Maker(Protocol):
    def __call__(self, field: Field, making: Making, *, compact: bool = False) -> Input: ...


class Shape:
    """How the rows of a field are laid out; the same for its head and each of its lines."""

    def __init__(self, fields: Sequence[Field], title: str = "") -> None:
        """``title`` stands above the rows: a column called the same is not named again."""
        self.fields = fields
        self._title = title
        self._needs = [_least(field) for field in fields]

    def columns(self, width: float) -> int:
        """How many labelled inputs stand beside each other in ``width`` characters; 0: a line of a table."""
        room = width - _TOOLS - 3
        shares = [_share(field) for field in self.fields]
        spread = room - len(self.fields)
        pairs = zip(self._needs, shares, strict=True)
        if len(self.fields) < _WIDE and all(spread * share / sum(shares) >= need for need, share in pairs):
            return 0
        return max(1, min(_COLUMNS, len(self.fields), int(room // max(_COLUMN, *self._needs))))

    def grid(self, widget: QWidget, *, above: int = 8, below: int = 8) -> QGridLayout:
        """The grid of one line: a number, the inputs, and the tools."""
        grid = QGridLayout(widget)
        grid.setContentsMargins(_LEFT, above, _RIGHT, below)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        return grid

    def share(self, grid: QGridLayout, widget: QWidget, columns: int) -> None:
        """Share the width of a grid out among its columns, by the size of the text in ``widget``."""
        count = columns or len(self.fields)
        for at in range(1, max(len(self.fields), _COLUMNS) + 2):
            grid.setColumnMinimumWidth(at, 0)
            grid.setColumnStretch(at, 0)
        grid.setColumnMinimumWidth(0, em(widget, 1.2))
        grid.setColumnMinimumWidth(count + 1, em(widget, _TOOLS))
        for at in range(count):
            grid.setColumnStretch(at + 1, 1 if columns else _share(self.fields[at]))

    def head(self, field: Field) -> QWidget:
        """The label of a field; it leaves it to the inputs how wide the columns are."""
        holder = QWidget()
        named = field.label != self._title
        made = row(label(field.label if named else "", "hint"), spacing=5)
        if field.required and named:
            made.addWidget(label("必須", "required"))
        made.addStretch(1)
        holder.setLayout(made)
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return holder


class Head(QFrame):
    """The labels above the columns of a table of rows."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._shape = shape
        self.setProperty("role", "rowhead")
        self._grid = shape.grid(self, above=0, below=0)
        # Qt keeps no room between columns of which one is empty: the labels would not stand above the inputs.
        for at in (0, len(shape.fields) + 1):
            self._grid.addWidget(QWidget(), 0, at)
        for at, field in enumerate(shape.fields):
            self._grid.addWidget(shape.head(field), 0, at + 1)
        shape.share(self._grid, self, 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._shape.share(self._grid, self, 0)


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
        self._columns = -1
        self._cells: dict[str, _Cell] = {}
        self._number = label("", "hint")
        self._tools = QWidget()
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
        self._filling = Filling(self.inputs, value)
        annex = next((each for each in self.inputs.values() if isinstance(each, AnnexInput)), None)
        for each in self.inputs.values():
            if annex is not None and isinstance(each, VersionInput):
                each.follow(annex)

    def texts(self) -> dict[str, Any]:
        """What is entered in the row."""
        return {name: each.text() for name, each in self.inputs.items()}

    def typed(self) -> Mapping[str, Any]:
        """What stands in each cell, whether it can be read or not."""
        return {name: (each.text(), each.typed()) for name, each in self.inputs.items()}

    def show_typed(self, typed: Mapping[str, Any]) -> None:
        """Show again what ``typed`` gave."""
        for name, (text, letters) in typed.items():
            each = self.inputs[name]
            try:
                value = each.field.kind.from_text(text) if isinstance(text, str) and text.strip() else None
            except ValueError:
                value = None
            if value is None:
                each.show_typed(letters)
            else:
                each.show_value(value)

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
            self._cells[name].say("\n".join(f"✕ {sentence}" for sentence in found))

    def error(self, name: str) -> str:
        """What is said to be wrong with a cell, empty if nothing."""
        return self._cells[name].said

    def fill(self, source: str, record_id: int, told: Told) -> None:
        """Show what the record chosen in ``source`` tells; what was entered by hand stays."""
        self._filling.fill(source, record_id, told)

    def lay_out(self, columns: int) -> None:
        """Lay the inputs out as a line of a table (0) or in so many labelled columns."""
        if columns == self._columns:
            return
        self._columns = columns
        for at, cell in enumerate(self._cells.values()):
            line, place = divmod(at, columns or len(self._cells))
            cell.head.setVisible(columns > 0)
            self._grid.addWidget(cell, line, place + 1)
        self._grid.addWidget(self._tools, 0, (columns or len(self._cells)) + 1, Qt.AlignmentFlag.AlignTop)
        self._shape.share(self._grid, self, columns)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._columns >= 0:
            self._shape.share(self._grid, self, self._columns)

    def _build(self) -> None:
        self.setProperty("role", "rowbox")
        self._grid = self._shape.grid(self)
        for field in self._shape.fields:
            self._cells[field.name] = _Cell(self._shape.head(field), self.inputs[field.name])
        self._tools.setLayout(row(self.up, self.down, self.drop, spacing=0))
        # In the line of the first input, whatever is said below it.
        self._grid.addWidget(self._number, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._number.setFixedHeight(self._tools.sizeHint().height())


class _Cell(QWidget):
    """An input of a row with its label, which a table has in its head, and what is wrong with it."""

    def __init__(self, head: QWidget, made: Input) -> None:
        super().__init__()
        self.head = head
        self._error: QLabel | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(3)
        self._box.addWidget(head)
        self._box.addWidget(made)
        self._box.addStretch(1)
        # The shares decide alone, so that each line has its columns where the head has them.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, self.sizePolicy().verticalPolicy())

    @property
    def said(self) -> str:
        """What is said to be wrong, empty if nothing."""
        return "" if self._error is None else self._error.text()

    def say(self, text: str) -> None:
        """Show what is wrong; nothing takes it back."""
        if self._error is None and text:
            self._error = label("", "error")
            self._error.setWordWrap(True)
            self._box.insertWidget(self._box.count() - 1, self._error)
        if self._error is not None:
            self._error.setText(text)
            self._error.setVisible(bool(text))


def _least(field: Field) -> float:
    """The full-width characters that an input needs to show what it holds."""
    kind = field.kind
    if isinstance(kind, Moment):
        return 21
    if isinstance(kind, Day | Annex | Ref | File):
        return 13
    if isinstance(kind, Number | Quantity):
        return 6
    return 11 if isinstance(kind, Many | Text) else 8


def _share(field: Field) -> int:
    """How much of the width a field takes."""
    kind = field.kind
    if isinstance(kind, Moment):
        return 9
    if isinstance(kind, Many):
        return 6
    if isinstance(kind, Annex | Ref | Day):
        return 5
    if isinstance(kind, Number | Quantity):
        return 3
    return 4 if isinstance(kind, Text) else 3
