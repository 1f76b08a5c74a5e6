"""復元する, where no earlier click can reach it: not where that was, and behind a tick for losses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.ledger.restoring.restoration import Plan
from app.ui.parts.widgets import button, row

MOMENT = 700
"""Milliseconds before a click counts: the second of two was meant for what stood there before."""


class Consent(QWidget):
    """Asks for a plan; ``agreed`` is called by a click that was meant."""

    def __init__(self, back: Callable[[], object], agreed: Callable[[], object]) -> None:
        super().__init__()
        self.tick = QCheckBox()
        self.tick.toggled.connect(lambda _on: self._allow())
        self.back_button = button("戻る", back)
        self.restore_button = button("復元する", agreed, kind="primary")
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT)
        self._moment.timeout.connect(self._allow)
        self._asked = False
        self._busy = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tick)
        # To the left: on the right stands what was clicked to come here.
        layout.addLayout(row(self.back_button, self.restore_button, None))
        self._allow()

    def ask(self, plan: Plan) -> None:
        """Begin anew: nothing is ticked, and for a moment nothing can be clicked."""
        self._asked = plan.loses
        self.tick.setVisible(self._asked)
        self.tick.setText(
            "失われる記録が分からないことを確かめた" if plan.problem else "失われる内容を確かめた"
        )
        self.tick.setChecked(False)
        self._moment.start()
        self._allow()
        (self.tick if self._asked else self.back_button).setFocus()

    def hold(self, busy: bool) -> None:
        """Whether something is under way that has to end first."""
        self._busy = busy
        self._allow()

    def _allow(self) -> None:
        seen = not self._moment.isActive() and (self.tick.isChecked() or not self._asked)
        self.restore_button.setEnabled(seen and not self._busy)
        self.tick.setEnabled(not self._busy)
        self.back_button.setEnabled(not self._busy)
