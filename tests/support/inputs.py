"""The inputs of a form, as a person types into them."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from app.ui.inputs.base import Input


def line_of(made: Input) -> QLineEdit:
    """The line that the value of an input is typed into."""
    line = made.fields()[0]
    assert isinstance(line, QLineEdit), made.field.label
    return line
