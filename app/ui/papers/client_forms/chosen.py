"""On the page where a paper is made: which form of the client it goes into, and the way to change that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.exchange.documents.own_form import OwnForm, own_form_of
from app.ui.context import Context
from app.ui.parts.widgets import Prose, button, label
from app.ui.targets import PlaceFacts


class OwnFormBox(QWidget):
    """The client's file of the chosen form and contract, if any; ``ours``: ours is wanted instead."""

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self._form, self._contract = "", 0
        self._told = Prose("", "sub")
        self._ours = QCheckBox("自社の様式で作成する")
        self._ours.setAccessibleName(self._ours.text())
        self._ours.toggled.connect(lambda _on: changed())
        self.place = button("発注者の様式を読み込む", self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addWidget(label("発注者の様式", "h3"))
        column.addWidget(self._told)
        column.addWidget(self._ours)
        column.addWidget(self.place)
        self.hide()

    @property
    def ours(self) -> bool:
        """Whether the paper is made in our own form although the client has one."""
        return self._ours.isChecked()

    def ask(self, form: str, contract: int, day: date | None) -> OwnForm | None:
        """Show what holds for papers of that day; None where ours is printed."""
        if (form, contract) != (self._form, self._contract):
            self._ours.setChecked(False)
        self._form, self._contract = form, contract
        self.setVisible(bool(form and contract))
        facts = self._context.facts()
        own = own_form_of(facts, contract, form, day) if form and contract and day else None
        self._told.say(f"「{own.name}」に記入します。" if own else "登録がないため、自社の様式で作成します。")
        self._ours.setVisible(own is not None)
        self.place.setText("記入する場所を変える" if own else "発注者の様式を読み込む")
        return None if self.ours else own

    def _open(self) -> None:
        self._context.navigate(PlaceFacts(self._form, self._contract))
