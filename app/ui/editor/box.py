"""One field on the page: label with 必須, input, hint and what is wrong; and the grid of such boxes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.records import Field
from app.records.kinds import Annex, File, Many, Rows, Text
from app.ui.inputs.base import Input
from app.ui.parts.elide import Eliding
from app.ui.parts.widgets import Prose, em, label, row

_TWO_COLUMNS = 46
"""Full-width characters of width from which two fields stand beside each other."""


_PAIRS = MappingProxyType({"starts_on": "ends_on", "joined_on": "left_on"})
"""Fields of a beginning, each with the field of its end."""


class FieldBox(QWidget):
    """An input and everything around it."""

    def __init__(self, field: Field, made: Input) -> None:
        super().__init__()
        self.field = field
        self.input = made
        self.left_out = False
        """Whether it means nothing of what is shown, and takes no place."""
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = self.head = row(label(field.label, "h3"), spacing=8)
        if field.required:
            head.addWidget(label("必須", "required"))
        self.needed = Eliding("origin")
        self.needed.hide()
        # As wide as its text, and it gives way to the label.
        self.needed.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        head.addWidget(self.needed)
        self.chip = label("", "origin")
        self.chip.hide()
        head.addWidget(self.chip)
        head.addStretch(1)
        self.error = Prose("", "error")
        self.error.hide()
        self.note = Prose("", "hint")
        self.note.hide()
        made.noted.connect(self.tell)
        made.edited.connect(partial(self.tell, ""))
        layout.addLayout(head)
        layout.addWidget(made)
        if field.kind.hint:
            layout.addWidget(Prose(field.kind.hint, "hint"))
        layout.addWidget(self.note)
        layout.addWidget(self.error)
        layout.addStretch(1)

    @property
    def whole_width(self) -> bool:
        """Whether the field takes a line of its own."""
        kind = self.field.kind
        several = isinstance(kind, Text) and not isinstance(kind, Annex) and kind.lines > 1
        return several or isinstance(kind, Rows | Many | File)

    @property
    def carried(self) -> bool:
        """Whether the value came from another record and nobody has touched it since."""
        return bool(self.chip.text())

    def add_below(self, widget: QWidget) -> None:
        """Put something that belongs to the field below its input."""
        self._layout.insertWidget(self._layout.indexOf(self.input) + 1, widget, 0, Qt.AlignmentFlag.AlignLeft)

    def tell_origin(self, said: str) -> None:
        """Say beside the label where the value came from; empty: it was entered here."""
        self.chip.setText(said)
        self.chip.setVisible(bool(said))

    def tell_needed(self, chip: str, said: str) -> None:
        """Say beside the label which papers demand the field, where it is not demanded for saving."""
        if not self.field.required:
            self.needed.say(chip)
            self.needed.setToolTip(said)
            self.needed.setAccessibleName(said)
            self.needed.show()

    def tell(self, text: str) -> None:
        """Say quietly what was done to the value, until it is edited again."""
        self.note.say(text)
        self.note.setVisible(bool(text))

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong; paths are relative to the field."""
        self.input.mark(problems)
        own = [f"✕ {sentence}" for sentence in problems.get("", ())]
        # Nested rows say themselves what is wrong with them, beside the row.
        shown = "" if isinstance(self.field.kind, Rows) else "\n".join(own)
        self.error.say(shown)
        self.error.setVisible(bool(shown))


class FieldGrid(QWidget):
    """Field boxes in one or two columns, as the width allows."""

    def __init__(self, boxes: Sequence[FieldBox]) -> None:
        super().__init__()
        self._boxes = list(boxes)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(14)
        self._arrange(2)

    def leave_out(self, names: Collection[str]) -> None:
        """Show every field but these."""
        for box in self._boxes:
            box.left_out = box.field.name in names
            box.setVisible(not box.left_out)
        columns, self._columns = self._columns, 0
        self._arrange(columns)

    @property
    def empty(self) -> bool:
        """Whether nothing is left to show."""
        return all(box.left_out for box in self._boxes)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for one column: a second one is no reason to push the page sideways."""
        least = max((box.minimumSizeHint().width() for box in self._boxes if not box.left_out), default=0)
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self._fit_two() else 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange(2 if self._fit_two() else 1)

    def _fit_two(self) -> bool:
        halves = (
            box.minimumSizeHint().width() for box in self._boxes if not (box.whole_width or box.left_out)
        )
        least = 2 * max(halves, default=0) + self._grid.horizontalSpacing()
        return self.width() >= max(least, em(self, _TWO_COLUMNS))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for box in self._boxes:
            self._grid.removeWidget(box)
        line = column = 0
        shown = [box for box in self._boxes if not box.left_out]
        for at, box in enumerate(shown):
            if column and (box.whole_width or _begins_pair(shown[at:])):
                line, column = line + 1, 0
            self._grid.addWidget(
                box, line, column, 1, columns if box.whole_width else 1, Qt.AlignmentFlag.AlignTop
            )
            column += columns if box.whole_width else 1
            if column >= columns:
                line, column = line + 1, 0
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)


def _begins_pair(boxes: Sequence[FieldBox]) -> bool:
    """Whether the first two are a beginning and its end: they stand beside each other."""
    return len(boxes) > 1 and _PAIRS.get(boxes[0].field.name) == boxes[1].field.name
