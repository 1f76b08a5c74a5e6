"""「この契約で定める」: the values of one clause that a contract sets by itself, with what they change."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.annexes.asks import OVERRIDABLE, PARAMETERS
from app.annexes.clause import Clause
from app.annexes.kinds import kind_label
from app.annexes.overrides import SPANS, settings_of, with_settings
from app.duties.whatif.settable import held, kinds_of, settable
from app.records import Contract
from app.ui.context import Context
from app.ui.overrides.preview import SettingPreview, reckon
from app.ui.overrides.row import SettingRow
from app.ui.parts.widgets import button, em, label, prose, row
from app.work.asks_words import SET_BY_CONTRACT

_SEVERAL = "期限は、日数・開庁日・月数のうち1つで定めてください。ほかは条項どおりに戻してください。"


class SettingDialog(QDialog):
    """What the clause has, what the contract sets instead, and the deadlines that follow."""

    def __init__(self, context: Context, contract: Contract, clause: Clause, day: date) -> None:
        super().__init__()
        self.setWindowTitle(SET_BY_CONTRACT)
        self._context = context
        self._contract = contract
        self._clause = clause
        self._day = day
        self.rows = {name: SettingRow(name) for name in OVERRIDABLE}
        self.preview = SettingPreview()
        self.ok = button("保存", self.accept, kind="primary")
        self.ok.setDefault(True)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(self._area(), 5)
        beside.addWidget(self.preview, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 16, 22, 14)
        layout.setSpacing(8)
        layout.addWidget(label(SET_BY_CONTRACT, "h2"))
        layout.addWidget(prose(self._about(), "sub"))
        layout.addLayout(beside, 1)
        layout.addLayout(row(None, button("戻る", self.reject), self.ok))
        self.resize(em(self, 60), em(self, 46))
        own = settings_of(contract, clause)
        for name, one in self.rows.items():
            one.show_value(own.get(name))
            one.edited.connect(self._edited)
        self._edited()

    @property
    def changed(self) -> Contract:
        """The contract with what is entered; the same where nothing differs."""
        return with_settings(self._contract, self._clause, self._read()[0])

    def accept(self) -> None:
        """Write what is entered, all of it in one change; stay open where something is wrong."""
        problems = self._read()[1]
        if problems:
            self.rows[next(iter(problems))].input.setFocus()
            return
        after = self.changed
        if after is self._contract or self._context.attempt(lambda: self._write(after)):
            super().accept()

    def _write(self, after: Contract) -> None:
        with self._context.ledger.write(f"{SET_BY_CONTRACT}（{self._clause.number}）") as change:
            change.change(after)
        self._context.say(f"{self._clause.number}について、この契約の定めを保存しました。")

    def _about(self) -> str:
        kinds = "、".join(kind_label(kind) for kind in kinds_of(self._clause))
        return (
            f"{self._clause.number}　{self._clause.heading}（{kinds}）\n"
            "契約書や仕様書で特記事項と別に定めたものだけを入力します。この条項のすべての義務に当てはまります。"
        )

    def _area(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 4)
        column.setSpacing(14)
        for one in self.rows.values():
            column.addWidget(one)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("この契約で定められる項目")
        area.setWidget(inner)
        return area

    def _edited(self) -> None:
        own, problems = self._read()
        offered = settable(self._clause, own)
        for name, one in self.rows.items():
            one.tell(held(self._clause, name, own), problems.get(name, ""))
            one.setVisible(name in offered or bool(one.text))
        if problems:
            self.preview.say("入力を直すと、期限を表示します。")
            return
        self._reckon(self.changed)

    def _reckon(self, after: Contract) -> None:
        context, clause, day = self._context, self._clause, self._day
        context.operations.run(
            lambda _progress: reckon(context, after, clause, day),
            self.preview.show_changes,
            owner=self,
            key="setting",
        )

    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The values entered, and what is wrong, by parameter."""
        own: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for name, one in self.rows.items():
            if not one.text:
                continue
            try:
                own[name] = PARAMETERS[name].typed(one.text)
            except ValueError as error:
                problems[name] = str(error)
        spans = [name for name in SPANS if name in own]
        problems |= dict.fromkeys(spans[1:], _SEVERAL)
        return own, problems


def set_by_contract(context: Context, contract: int, clause: Clause, day: date) -> bool:
    """Ask what the contract sets for the clause and write it. True if the dialog was accepted.

    ``day``: the day for which the deadlines are shown.
    """
    found = context.facts().find(Contract, contract)
    return found is not None and context.dialogs.show(SettingDialog(context, found, clause, day))
