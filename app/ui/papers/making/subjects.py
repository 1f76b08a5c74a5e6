"""対象: which of the records that a document is about it is made for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.records import Facts, Statement
from app.ui.context import Context
from app.ui.parts.widgets import clear, label


class Subjects(QWidget):
    """A box for each subject; shown only for a document that is made for single records."""

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        """``changed``: called when a person takes one out or in."""
        super().__init__()
        self._context = context
        self._changed = changed
        self.boxes: dict[str, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def offer(self, statement: Statement) -> None:
        """Offer what the first draft is about: later ones are about what is left of it."""
        if self.boxes or not statement.subjects:
            return
        self._column.addWidget(label(f"対象（{len(statement.subjects)}件）", "h3"))
        facts = self._context.facts()
        for subject in statement.subjects:
            box = QCheckBox(_said(facts, subject))
            box.setAccessibleName(f"対象：{box.text()}")
            box.setChecked(True)
            box.toggled.connect(lambda _on: self._changed())
            self.boxes[subject] = box
            self._column.addWidget(box)
        self.show()

    def forget(self) -> None:
        """Another document: what was chosen for the former one means nothing any more."""
        self.boxes = {}
        clear(self._column)
        self.hide()

    def chosen(self) -> tuple[str, ...]:
        """The subjects that are left in; none where all were taken out."""
        return tuple(subject for subject, box in self.boxes.items() if box.isChecked())


def _said(facts: Facts, subject: str) -> str:
    return facts.title(facts.stated(subject)) or subject
