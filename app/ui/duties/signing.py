"""Ticking off signed oaths: several workers of one contract at once, in one change of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.annexes.overrides import asks_of
from app.duties.papers.claims import claim_of
from app.duties.papers.settings import PROMISE, setting_of, worded
from app.records import Assignment, Contract, Facts, Oath, Person
from app.records.for_contract import ForContract
from app.records.oath import OathForm, OathKind
from app.records.ordering import in_order
from app.ui.context import Context
from app.ui.editor.ask_dialog import AskDialog, asked
from app.ui.parts.widgets import button, label, row


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A worker of a contract without a signed oath, and the oath prepared for them if there is one."""

    person: Person
    oath: Oath | None


def oath_of(facts: Facts, person: int, contract: int) -> Oath | None:
    """The oath of a person for a contract, the first signed one before those that are not signed."""
    held = [
        oath
        for oath in facts.of(Oath, "person", person)
        if oath.kind == OathKind.STARTING and contract in oath.contract_ids
    ]
    return min(held, key=lambda oath: (oath.signed_on or date.max, oath.id), default=None)


def unsigned(facts: Facts, contract: int, day: date) -> list[Unsigned]:
    """The workers of a contract, those to come included, who have not signed."""
    last = min(day, facts.get(Contract, contract).last_day)
    people: dict[int, Person] = {}
    for one in facts.of(Assignment, "contract", contract):
        person = facts.find(Person, one.person)
        if person is not None and (one.ends_on is None or one.ends_on >= last):
            people[person.id] = person
    held = ((person, oath_of(facts, person.id, contract)) for person in in_order(people.values()))
    return [Unsigned(person, oath) for person, oath in held if oath is None or oath.signed_on is None]


def sheet_prescribed(context: Context, contract: int) -> bool:
    """Whether a clause prescribes the client's own sheet, and nothing says yet that it was printed."""
    facts = context.facts()
    held = facts.get(Contract, contract)
    annexes = (context.catalogue.find(row.annex, row.version) for row in held.annexes)
    clauses = (clause for annex in annexes if annex for clause in annex.clauses if "oath" in clause.kinds)
    asks = [asks_of(held, clause, "oath") for clause in clauses]
    settings = (
        setting_of(facts, held, form.id, context.today())
        for form in context.forms.values()
        if claim_of(form, "oath") is not None
    )
    if any(worded(setting, PROMISE) for setting in settings):
        return False
    return not held.oath_wording and any(one.prescribed and not one.oath_text for one in asks)


class SigningDialog(AskDialog):
    """Who has signed, and when."""

    def __init__(self, context: Context, contract: int, waiting: list[Unsigned]) -> None:
        super().__init__(
            context,
            "誓約書の署名を記録",
            "署名済みの誓約書が戻った従事者を選び、署名された日を入力します。",
            (
                asked("oath", "signed_on"),
                asked("oath", "explained_on", need=False),
                asked("oath", "sheet", need=sheet_prescribed(context, contract)),
            ),
            {},
            "署名を記録",
        )
        self._contract = contract
        self._waiting = waiting
        self.boxes = [QCheckBox(one.person.name) for one in waiting]
        for box in self.boxes:
            box.setAccessibleName(f"署名した従事者：{box.text()}")
            box.toggled.connect(self._look_again)
        self._problem = label("", "error")
        self._problem.hide()
        self.body.insertLayout(0, row(label("署名した従事者", "h3"), None, button("すべて選ぶ", self._all)))
        self.body.insertWidget(1, self._list())
        self.body.insertWidget(2, self._problem)

    def chosen(self) -> list[Unsigned]:
        """The workers that are ticked."""
        return [one for one, box in zip(self._waiting, self.boxes, strict=True) if box.isChecked()]

    def accept(self) -> None:
        nobody = not self.chosen()
        self._problem.setText("署名した従事者を1人以上選んでください。" if nobody else "")
        self._problem.setVisible(nobody)
        if not nobody:
            super().accept()

    @property
    def problem(self) -> str:
        """What is said to be wrong with the choice, empty if nothing."""
        return self._problem.text()

    def _look_again(self) -> None:
        if self.chosen():
            self._problem.setText("")
            self._problem.hide()

    def _all(self) -> None:
        for box in self.boxes:
            box.setChecked(True)

    def _list(self) -> QWidget:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName("署名した従事者")
        area.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        inner.setProperty("role", "page")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for one, box in zip(self._waiting, self.boxes, strict=True):
            about = "　".join(part for part in (one.person.department, one.person.employment) if part)
            layout.addLayout(row(box, label(about, "hint"), None))
        area.setWidget(inner)
        area.setMaximumHeight(self.fontMetrics().lineSpacing() * 14)
        return area


def sign_oaths(context: Context, contract: int) -> bool:
    """Ask who has signed and record it. True if something was written."""
    waiting = unsigned(context.facts(), contract, context.today())
    if not waiting:
        context.dialogs.tell("この契約の従事者は、全員が誓約書に署名しています。")
        return False
    dialog = SigningDialog(context, contract, waiting)
    dialog.write = lambda values: write_signatures(context, contract, dialog.chosen(), values)
    written = context.dialogs.show(dialog)
    if written:
        context.say(f"{len(dialog.chosen())}人の署名を記録しました。")
    return written


def write_signatures(
    context: Context, contract: int, signed: list[Unsigned], values: Mapping[str, Any]
) -> None:
    """Complete the prepared oaths, and make those that were not prepared. Raises ``PeopleError``.

    ``values``: field → what is the same for all; what is empty leaves a prepared oath as it was.
    """
    said = {name: value for name, value in values.items() if value}
    with context.ledger.write("誓約書の署名") as change:
        for one in signed:
            if one.oath is None:
                change.add(
                    Oath(
                        person=one.person.id,
                        contracts=(ForContract(contract=contract),),
                        kind=OathKind.STARTING.value,
                        form=OathForm.OATH.value,
                        **said,
                    )
                )
            else:
                change.change(replace(one.oath, **said))
