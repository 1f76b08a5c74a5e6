"""The input for each parameter of a clause: a choice, several choices, a number, texts, or just yes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.annexes.asks import PARAMETERS
from app.annexes.parameter_types import Articles, Count, Flag, KindName, Many, One, Several
from app.ui.clauses.box import line, lines
from app.ui.inputs.base import Combo
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import em, label, prose


class ParameterInput(QWidget):
    """The value of one parameter as the catalogue holds it. ``edited`` after every change by hand."""

    edited = Signal()

    @abstractmethod
    def value(self) -> Any:
        """What is entered; where it is wrong, the catalogue's reader says so."""

    @abstractmethod
    def show_value(self, value: Any) -> None:
        """Show a value."""


class OneInput(ParameterInput):
    """One of a closed list."""

    def __init__(self, name: str, words: Mapping[str, str]) -> None:
        super().__init__()
        self.combo = Combo()
        self.combo.setAccessibleName(name)
        for value, text in words.items():
            self.combo.addItem(text, value)
        self.combo.activated.connect(self.edited)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.combo)
        layout.addStretch(1)

    def value(self) -> Any:
        return self.combo.currentData()

    def show_value(self, value: Any) -> None:
        self.combo.setCurrentIndex(max(0, self.combo.findData(value)))


class ManyInput(ParameterInput):
    """Several of a closed list, in the order in which they were chosen."""

    def __init__(self, name: str, words: Mapping[str, str]) -> None:
        super().__init__()
        self._chosen: list[str] = []
        self.boxes: dict[str, QCheckBox] = {}
        layout = FlowLayout(self, spacing=8)
        for value, text in words.items():
            box = self.boxes[value] = QCheckBox(text)
            box.setAccessibleName(f"{name}：{text}")
            box.clicked.connect(lambda on, value=value: self._turn(value, on))
            layout.addWidget(box)

    def value(self) -> Any:
        return list(self._chosen)

    def show_value(self, value: Any) -> None:
        self._chosen = [str(one) for one in value]
        for name, box in self.boxes.items():
            box.setChecked(name in self._chosen)

    def _turn(self, value: str, on: bool) -> None:
        self._chosen = [one for one in self._chosen if one != value] + ([value] if on else [])
        self.edited.emit()


class CountInput(ParameterInput):
    """A whole number with its unit."""

    def __init__(self, name: str, unit: str) -> None:
        super().__init__()
        self.edit = line(name)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setMaximumWidth(em(self, 7))
        self.edit.textEdited.connect(self.edited)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.edit)
        layout.addWidget(label(unit, "sub"))
        layout.addStretch(1)

    def value(self) -> Any:
        text = self.edit.text().strip()
        # Longer numbers are no days: as a text they are refused like any other word.
        return int(text) if text.isdecimal() and len(text) < 9 else text

    def show_value(self, value: Any) -> None:
        self.edit.setText(str(value))


class TextInput(ParameterInput):
    """A word."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit: QLineEdit = line(name)
        self.edit.textEdited.connect(self.edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.edit)

    def value(self) -> Any:
        return self.edit.text().strip()

    def show_value(self, value: Any) -> None:
        self.edit.setText(str(value))


class LinesInput(ParameterInput):
    """Texts, a line each; ``fields`` cuts each line into a table of so many."""

    def __init__(self, name: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._fields = fields
        self.edit = lines(name, 4)
        shape = "1行に1つ、「法令／条／内容」の形で入力します。" if fields else "1行に1つ入力します。"
        self.edit.setPlaceholderText(shape)
        self.edit.textChanged.connect(self.edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.edit)

    def value(self) -> Any:
        texts = [text.strip() for text in self.edit.toPlainText().split("\n") if text.strip()]
        return [self._cut(text) for text in texts]

    def show_value(self, value: Any) -> None:
        self.edit.setPlainText("\n".join(self._joined(one) for one in value))

    def _cut(self, text: str) -> Any:
        parts = [part.strip() for part in text.split("／")]
        if not self._fields or len(parts) != len(self._fields):
            return text
        return dict(zip(self._fields, parts, strict=True))

    def _joined(self, value: Any) -> str:
        return "／".join(str(value[name]) for name in self._fields) if isinstance(value, dict) else str(value)


class FlagInput(ParameterInput):
    """What holds by being there: a sentence, and nothing to enter."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(prose(sentence))

    def value(self) -> Any:
        return True

    def show_value(self, value: Any) -> None:
        """There is only one value."""


def input_of(name: str, shown: str) -> ParameterInput:
    """The input for the parameter ``name``, read out as ``shown``. Raises ``KeyError`` for an unknown one."""
    match PARAMETERS[name]:
        case Flag(sentence=sentence):
            return FlagInput(sentence)
        case Count(unit=unit):
            return CountInput(shown, unit)
        case One() | KindName() as closed:
            return OneInput(shown, closed.choices)
        case Many() as closed:
            return ManyInput(shown, closed.choices)
        case Articles(columns=columns):
            return LinesInput(shown, columns)
        case Several():
            return LinesInput(shown)
        case _:
            return TextInput(shown)


def first_value(name: str) -> Any:
    """What a parameter begins with when it is added: the first choice, or nothing."""
    match PARAMETERS[name]:
        case Flag():
            return True
        case Several():
            return []
        case parameter:
            return next(iter(parameter.choices), "")
