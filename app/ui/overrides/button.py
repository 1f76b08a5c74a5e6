"""The button that leads to what a contract sets by itself for a clause."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QPushButton

from app.annexes.clause import Clause
from app.ui.context import Context
from app.ui.parts.widgets import button
from app.work.asks_words import SET_BY_CONTRACT


def setting_button(context: Context, contract: int, clause: Clause, day: date) -> QPushButton:
    """A button for ``clause`` under ``contract``. ``day``: the day for which the deadlines are shown."""

    def press() -> None:
        # Here: the evaluators are not wanted before the window stands.
        from app.ui.overrides.dialog import set_by_contract

        set_by_contract(context, contract, clause, day)

    return button(SET_BY_CONTRACT, press, name=f"{SET_BY_CONTRACT}：{clause.number}")
