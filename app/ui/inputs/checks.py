"""The input for nested rows that are one choice each: check boxes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.records import Field, fields_of
from app.records.kinds import OTHER, Choice, Rows
from app.ui.inputs.base import Input, Making
from app.ui.inputs.plain import column
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import Prose, retone


class ChecksInput(Input):
    """Rows that are one choice each: a check box for every choice, and a line for その他."""

    def __init__(self, field: Field, making: Making) -> None:
        super().__init__(field, making)
        inner = fields_of(field.kind.of)[0] if isinstance(field.kind, Rows) else field
        self._name = inner.name
        self._order: list[str] = []
        self._given: tuple[str, ...] = ()
        self.boxes: dict[str, QCheckBox] = {}
        self.other = QLineEdit()
        self.other.setPlaceholderText("その他の内容（複数は「、」で区切る）")
        hold(self.other, 22)
        self.name(self.other, suffix="：その他の内容")
        self.other.textEdited.connect(self.edited)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=10)
        for choice in inner.kind.choices if isinstance(inner.kind, Choice) else ():
            box = QCheckBox(choice)
            self.name(box, suffix=f"：{choice}")
            box.clicked.connect(self.edited)
            self.boxes[choice] = box
            flow.addWidget(box)
        if OTHER in self.boxes:
            self.boxes[OTHER].toggled.connect(self.other.setVisible)
        self.other.hide()
        self._error = Prose("", "error")
        self._error.hide()
        layout = column(self)
        layout.addWidget(holder)
        layout.addWidget(self.other)
        layout.addWidget(self._error)

    def text(self) -> list[dict[str, Any]]:
        if self._state() == self._given:
            # Untouched, it is what was loaded, even where check boxes could not say it (the same twice).
            return [{self._name: name} for name in self._order]
        chosen = [name for name, box in self.boxes.items() if box.isChecked() and name != OTHER]
        if OTHER in self.boxes and self.boxes[OTHER].isChecked():
            said = [part.strip() for part in self.other.text().split("、") if part.strip()]
            chosen += [f"{OTHER}：{part}" for part in said] or [OTHER]
        kept = [name for name in self._order if name in chosen]
        return [{self._name: name} for name in (*kept, *(name for name in chosen if name not in kept))]

    def show_value(self, value: Any) -> None:
        names = [str(getattr(each, self._name)) for each in value or ()]
        self._order = names
        others = [name.partition("：")[2] for name in names if name.startswith(OTHER)]
        for name, box in self.boxes.items():
            box.setChecked(name in names or (name == OTHER and bool(others)))
        self.other.setText("、".join(part for part in others if part))
        self.other.setVisible(bool(others))
        self._given = self._state()

    def fields(self) -> Sequence[QWidget]:
        return (*self.boxes.values(), self.other)

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        said = Counter(sentence for found in problems.values() for sentence in found)
        self._error.say("\n".join(f"✕ {sentence}" for sentence in said))
        self._error.setVisible(bool(said))
        retone(self.other, invalid=bool(said))

    def _state(self) -> tuple[str, ...]:
        return (*(name for name, box in self.boxes.items() if box.isChecked()), self.other.text())
