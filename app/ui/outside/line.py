"""What is out, on きょう: a red line where something is late, a word among the numbers where nothing is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import Progress
from app.records import Facts
from app.ui.context import Context
from app.ui.offers.menu import ground_of
from app.ui.operations import Lane
from app.ui.parts.widgets import Notice, button
from app.ui.targets import ShowOutside

if TYPE_CHECKING:
    from app.work.desks.outside import Lateness

_BOARD = "持出しの状況"
_TONES: Mapping[str, str] = MappingProxyType({"OVERDUE": "danger", "TODAY": "warn"})


class OutsideLine(QWidget):
    """Nothing at all while nothing is out. What is due is shown first; this comes when nobody waits.

    ``calm`` stands wherever there is room, and says what is out while none of it is to be back yet.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._seen: tuple[Facts, date] | None = None
        self.button = button(_BOARD, self._open)
        self.calm = button("", self._open, kind="quiet", hint="持出しの状況を開きます", name=_BOARD)
        self.calm.hide()
        self.notice = Notice("", "info", self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.addWidget(self.notice)
        self.hide()

    def look(self, facts: Facts, day: date) -> None:
        """Say what is out by ``facts``; of another day than today nothing is said."""
        if day != self._context.today():
            self._seen = None
            self._tell("")
            return
        if self._seen is not None and self._seen[0] is facts and self._seen[1] == day:
            return
        self._seen = (facts, day)
        ground = ground_of(self._context)._replace(facts=facts, today=day)

        def work(progress: Progress) -> tuple[str, Lateness]:
            # Late: nobody waits for what judges it while the list of what is due comes up.
            from app.work.desks.outside import outside, summary

            return summary(outside(ground, 0, progress))

        self._context.operations.run(work, self._say, owner=self, key="outside-line", lane=Lane.REST)

    def _say(self, said: tuple[str, Lateness]) -> None:
        text, late = said
        self._tell(text, _TONES.get(late.name, ""))

    def _tell(self, text: str, tone: str = "") -> None:
        urgent = text if tone else ""
        self.notice.say(urgent, tone or "info")
        self.setVisible(bool(urgent))
        self.calm.setText(text)
        self.calm.setAccessibleName(text or _BOARD)
        self.calm.setVisible(bool(text) and not urgent)

    def _open(self) -> None:
        self._context.navigate(ShowOutside())
