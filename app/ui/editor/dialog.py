"""Adding a record on the spot, from a field that needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout

from app.records import Record, Spec
from app.ui.context import Context
from app.ui.editor.form import RecordForm
from app.ui.parts.live_line import finish_composing
from app.ui.parts.widgets import button, em, label, row


class RecordDialog(QDialog):
    """The form of a new record; ``made`` is what was written."""

    def __init__(self, context: Context, spec: Spec[Any], preset: Mapping[str, Any]) -> None:
        super().__init__()
        self.made: Record | None = None
        self._context = context
        self.setWindowTitle(f"{spec.label}の登録")
        self.form = RecordForm(context, spec, preset=preset)
        self.form.setProperty("role", "page")
        self.form.instead.connect(self._take)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(label(f"{spec.label}の登録", "h2"))
        layout.addWidget(self.form.notice)
        layout.addWidget(scroll, 1)
        self.ok = button("登録", self.save, kind="primary")
        self.ok.setDefault(True)
        layout.addLayout(row(None, button("戻る", self.reject), self.ok))
        self.resize(em(self, 62), em(self, 44))
        self.form.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.form.went_on(event):
            super().keyPressEvent(event)

    def save(self) -> None:
        """Write the record and close, or show what is wrong."""
        made = self.form.save()
        if made is not None:
            self._take(made)

    def _take(self, record: Record) -> None:
        """The record is there already: it is chosen in the place of a new one."""
        self.made = record
        self.accept()

    def reject(self) -> None:
        # Closed by the frame of the window, the word under composition would be gone without a question.
        finish_composing()
        if not self.form.dirty or self._context.dialogs.ask(
            "入力した内容を破棄しますか？", "破棄する", grave=True
        ):
            super().reject()


def add_record(context: Context, spec: Spec[Any], preset: Mapping[str, Any]) -> Record | None:
    """Let the user add a record; None if it was not."""
    dialog = RecordDialog(context, spec, preset)
    context.dialogs.show(dialog)
    return dialog.made
