"""A small form in a dialog: a few declared fields, read and checked as everywhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.common import PeopleError
from app.ledger.errors import FieldsError
from app.records import SPECS, Field, Problems, read_rows
from app.records.kinds import Rows
from app.records.plausible import far_off
from app.ui.context import Context
from app.ui.inputs.base import Input, Making
from app.ui.inputs.by_kind import make_input
from app.ui.parts.keyboard import focused
from app.ui.parts.widgets import Prose, button, em, label, prose, row

_PRESSED = 50
"""Milliseconds after which it is asked again whether the mouse was let go."""


def asked(record: str, name: str, *, need: bool = True) -> Field:
    """A declared field of a record type, here needed or not."""
    return replace(SPECS[record].field(name), required=need)


class FieldsForm(QWidget):
    """Inputs below each other, each with its label above and what is wrong below.

    What cannot be read is told once its field is left: else whoever waits for a plan of it, or for a button
    that stays dim, learns nowhere why. An empty field is left in peace.
    """

    def __init__(self, context: Context, fields: Sequence[Field], values: Mapping[str, Any]) -> None:
        super().__init__()
        making = Making(context)
        self._errors: dict[str, Prose] = {}
        self._told: frozenset[str] = frozenset()
        """The fields at which something is said to be wrong."""
        self.inputs: dict[str, Input] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        for field in fields:
            made = self.inputs[field.name] = make_input(field, making, compact=True)
            made.show_value(values.get(field.name))
            made.edited.connect(partial(self._look_again, field.name))
            heading = [label(field.label, "h3")]
            if field.required:
                heading.append(label("必須", "required"))
            layout.addLayout(row(*heading, None))
            layout.addWidget(made)
            error = self._errors[field.name] = prose("", "error")
            error.hide()
            layout.addWidget(error)
            layout.addSpacing(4)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def read(self) -> dict[str, Any] | None:
        """The values, or None with every problem shown and the cursor on the first."""
        values: dict[str, Any] = {}
        problems: dict[str, Problems] = {}
        for name, made in self.inputs.items():
            made.settle()
            values[name], problems[name] = value_of(made)
        for name, found in problems.items():
            self._mark(name, found)
        wrong = next((name for name, found in problems.items() if found), None)
        if wrong is not None:
            self.inputs[wrong].focus(next(iter(problems[wrong])))
        return None if wrong is not None else values

    def tell(self, problems: Mapping[str, str]) -> None:
        """Show below each field what is wrong with it, and put the cursor on the first; no problem is ""."""
        wrong: list[Input] = []
        for name, made in self.inputs.items():
            problem = problems.get(name, "")
            self._mark(name, {"": [problem]} if problem else {})
            if problem:
                wrong.append(made)
        if wrong:
            wrong[0].focus()

    def tell_cells(self, wrong: Mapping[str, Sequence[str]]) -> None:
        """Show at the cells of the tables (``things.2.quantity``) what is wrong with them as a whole.

        What is no longer wrong is said no more. A table of which something cannot be read keeps what is said
        of that: nothing else of it can be judged.
        """
        for name, made in self.inputs.items():
            if not isinstance(made.field.kind, Rows):
                continue
            start = f"{name}."
            found = {path.removeprefix(start): said for path, said in wrong.items() if path.startswith(start)}
            if (found or name in self._told) and not value_of(made)[1]:
                self._told = self._told | {name} if found else self._told - {name}
                made.mark(found)

    def look_at(self, name: str) -> None:
        """Show below a field what is wrong with what stands in it; the cursor stays where it is."""
        self._mark(name, value_of(self.inputs[name])[1])

    def _moved(self, left: QWidget | None, now: QWidget | None) -> None:
        """The keyboard is elsewhere. A list that opened, or another program, is no leaving of the field."""
        if left is None or now is None or now.window() is not self.window():
            return
        for name, made in self.inputs.items():
            if _lies_in(left, made) and not _lies_in(now, made):
                # Not before the input has taken what was typed as it is meant.
                QTimer.singleShot(0, self, partial(self._look_at_left, name))

    def _look_at_left(self, name: str) -> None:
        """What stands in a field that was left, unless the keyboard is back there by now."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            # What is being clicked must not move away from under the pointer.
            QTimer.singleShot(_PRESSED, self, partial(self._look_at_left, name))
            return
        made = self.inputs[name]
        if made.text() and not _lies_in(focused(self.window()), made):
            self.look_at(name)

    def _mark(self, name: str, found: Problems) -> None:
        self._told = self._told | {name} if found else self._told - {name}
        self.inputs[name].mark(found)
        error = self._errors[name]
        # Plain text: what was typed stands in the sentence, and may look like markup. Rows say it themselves.
        rows = isinstance(self.inputs[name].field.kind, Rows)
        error.say("" if rows else "".join(found.get("", [])[:1]))
        error.setVisible(bool(error.plain))

    def _look_again(self, name: str) -> None:
        """Say of a field that was wrong whether it still is."""
        made = self.inputs[name]
        if name in self._told:
            self._mark(name, value_of(made)[1])


def _lies_in(one: QWidget | None, made: Input) -> bool:
    return one is not None and made.isAncestorOf(one)


def value_of(made: Input) -> tuple[Any, Problems]:
    """What stands in an input, and what is wrong with it: under "", or by row and field where it has rows."""
    given = made.text()
    if isinstance(made.field.kind, Rows):
        if not given:
            wrong = {"": [f"{made.field.label}を入力してください。"]} if made.field.required else {}
            return made.field.default, wrong
        return read_rows(made.field, given, lambda kind, text: kind.from_text(text))
    value, problem = read_input(made, str(given))
    return value, {"": [problem]} if problem else {}


def read_input(made: Input, text: str) -> tuple[Any, str]:
    """What was typed into an input, and what is wrong with it (empty: nothing)."""
    value, problem = read_field(made.field, text)
    return value, (made.objection() or problem) if problem else ""


def read_field(field: Field, text: str) -> tuple[Any, str]:
    """What was typed for a field, and what is wrong with it (empty: nothing)."""
    if not text.strip():
        return field.default, f"{field.label}を入力してください。" if field.required else ""
    try:
        value = field.kind.from_text(text)
    except ValueError as error:
        return None, str(error)
    if field.required and field.kind.is_empty(value):
        return None, f"{field.label}を入力してください。"
    return value, next(field.kind.problems(value), "")


Write = Callable[[dict[str, Any]], object]
"""Writes the values of a dialog. Raises ``PeopleError`` where the ledger refuses them."""


class AskDialog(QDialog):
    """A heading, a sentence, some fields and the button that does it. ``values`` once accepted.

    With ``write`` it writes before it closes: what the ledger refuses is told at its field, and nothing
    entered is lost.
    """

    write: Write | None = None

    def __init__(
        self,
        context: Context,
        title: str,
        text: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        yes: str,
        *,
        danger: bool = False,
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.values: dict[str, Any] = {}
        self._context = context
        self.form = FieldsForm(context, fields, values)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.ok = button(yes)
        self.buttons.addButton(self.ok, QDialogButtonBox.ButtonRole.AcceptRole)
        self._grave = danger
        if danger:
            self.ok.setProperty("kind", "danger")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText("戻る")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.body.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(label(title, "h2"))
        if text:
            layout.addWidget(prose(text, "sub"))
        layout.addLayout(self.body)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(em(self, 38))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._grave:
            # Only here: the box of buttons makes its first act the default when it comes up, and a second
            # Return after a word was composed would do what cannot be taken back.
            self.ok.setDefault(False)

    def accept(self) -> None:
        values = self.form.read()
        if values is None:
            return
        self.values = values
        # Asked before anything is written: whoever goes back must not find it done.
        if not self._meant():
            return
        if problems := self.problems():
            self.form.tell(problems)
        else:
            super().accept()

    def _meant(self) -> bool:
        """Whether every day far from today is meant as it was entered; else the cursor is there again."""
        today, inputs = self._context.today(), self.form.inputs
        found = {name: far_off(made.field, self.values[name], today) for name, made in inputs.items()}
        first = next((name for name, said in found.items() if said), "")
        if not first:
            return True
        act = self.ok.text()
        said = "".join(found.values())
        if self._context.dialogs.ask(f"{said}このまま進めますか？", act, no="戻る", grave=True):
            return True
        inputs[first].focus()
        return False

    def problems(self) -> Mapping[str, str]:
        """What is wrong with the values together, by field; asked before the dialog lets them go.

        What concerns none of the fields that are asked for stands below the first of them.
        """
        if self.write is None:
            return {}
        try:
            self.write(self.values)
        except PeopleError as error:
            fields = error.fields if isinstance(error, FieldsError) else {}
            told = {name: "".join(said) for name, said in fields.items() if name in self.form.inputs}
            return told or {next(iter(self.form.inputs)): "".join(error.problems)}
        return {}
