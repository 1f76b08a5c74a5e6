"""One parameter of a clause that a contract may set: what holds, whose it is, and another value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.annexes.asks import PARAMETERS
from app.annexes.kinds import kind_label
from app.annexes.parameter_types import Count
from app.duties.whatif.settable import Held, Whose
from app.ui.clauses.parameter_inputs import CountInput, OneInput, TextInput
from app.ui.parts.widgets import Prose, button, label, retone, row

_AS_IS = "条項どおり"


class SettingRow(QWidget):
    """``edited`` after every change; an empty value leaves the clause as it is."""

    edited = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        words = PARAMETERS[name].label
        self.name = name
        self.input = _input(name)
        self.input.edited.connect(self.edited)
        self.back = button("条項どおりに戻す", self._clear, kind="link", name=f"{words}を条項どおりに戻す")
        self._whose = label("", "chip")
        self._held = Prose("", "hint")
        self.error = Prose("", "error")
        self.error.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(row(label(words, "h3"), self._whose, None, self.back))
        layout.addWidget(self.input)
        layout.addWidget(self._held)
        layout.addWidget(self.error)

    @property
    def text(self) -> str:
        """What is entered; empty: as the clause has it."""
        return str(self.input.value())

    def show_value(self, value: Any) -> None:
        """Show a value of the contract; None: it sets none."""
        self.input.show_value("" if value is None else PARAMETERS[self.name].text(value))

    def tell(self, found: Sequence[Held], problem: str) -> None:
        """Show what would hold without the contract, whose it is now, and what is wrong."""
        own = bool(self.text)
        whose = _whose(found, own)
        self._whose.setText(whose)
        retone(self._whose, tone="info" if whose == Whose.CONTRACT else "muted")
        self._held.say(f"{_AS_IS}なら　{_held(self.name, found)}")
        self._held.setVisible(own or any(one.whose is not Whose.NOBODY for one in found))
        self.back.setVisible(own)
        self.error.say(f"✕ {problem}" if problem else "")
        self.error.setVisible(bool(problem))
        if isinstance(self.input, CountInput | TextInput):
            retone(self.input.edit, invalid=bool(problem))
            self.input.edit.setAccessibleDescription(problem)

    def _clear(self) -> None:
        self.show_value(None)
        self.edited.emit()
        self.input.setFocus()


def _input(name: str) -> CountInput | OneInput | TextInput:
    parameter = PARAMETERS[name]
    if parameter.choices:
        said = {text: text for text in parameter.choices.values()}
        made = OneInput(parameter.label, {"": _AS_IS, **said})
        made.setFocusProxy(made.combo)
        return made
    plain = (
        CountInput(parameter.label, parameter.unit)
        if isinstance(parameter, Count)
        else TextInput(parameter.label)
    )
    plain.edit.setPlaceholderText(_AS_IS)
    plain.setFocusProxy(plain.edit)
    return plain


def _held(name: str, found: Sequence[Held]) -> str:
    """What holds without the contract and whose it is; kind by kind only where the kinds differ."""
    told = {one.kind: _told(name, one) for one in found}
    if len(set(told.values())) == 1:
        return next(iter(told.values()))
    return "、".join(f"{kind_label(kind)}は{words}" for kind, words in told.items())


def _told(name: str, one: Held) -> str:
    if one.whose is Whose.NOBODY:
        return str(one.whose)
    words = f"{PARAMETERS[name].words(one.value)}（{one.whose}）"
    return f"{words}、{one.amount}とみなす（{Whose.PRODUCT}）" if one.amount else words


def _whose(found: Sequence[Held], own: bool) -> str:
    """Whose the value is that holds now."""
    if own:
        return str(Whose.CONTRACT)
    owners = {one.whose for one in found}
    return str(next(iter(owners))) if len(owners) == 1 else "義務の種別による"
