"""What a document is: its form, contract, days and subjects, chosen in one column beside the draft."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.duties.case import FormFace, MissingFact
from app.records import Contract
from app.ui.context import Context
from app.ui.editor.ask_dialog import asked
from app.ui.inputs.base import Combo, Making
from app.ui.inputs.day import DayInput, day_of
from app.ui.papers.choosing.covered import PeriodBox
from app.ui.papers.choosing.form_choice import Asked, FormChoice, asked_of
from app.ui.papers.client_forms.chosen import OwnFormBox
from app.ui.papers.making.subjects import Subjects
from app.ui.papers.missing import card
from app.ui.parts.widgets import button, clear, label, prose
from app.ui.reckoning.assessor import Assessor
from app.ui.reckoning.contract_choice import called
from app.ui.targets import IssueForm


class Choices(QWidget):
    """The column of choices; ``issue``, the button for what comes of them, stands below what is scrolled."""

    def __init__(
        self,
        context: Context,
        target: IssueForm,
        place: QWidget,
        *,
        changed: Callable[[], None],
        other: Callable[[], None],
        narrowed: Callable[[], None],
    ) -> None:
        """``changed``: other days; ``other``: another document altogether; ``narrowed``: other subjects.

        ``place``: what it stands in.
        """
        super().__init__(place)
        self._context = context
        self._other = other
        self.setProperty("role", "page")
        self.form = FormChoice(context, self._asked_now)
        self.contract = _combo("契約")
        self.day = DayInput(asked("submission", "issued_on"), Making(context))
        self.day.show_value(context.today())
        self.within = PeriodBox(context, changed, "空欄にすると、下書きに示す範囲になります。")
        self.repeat = QCheckBox("再提出（提出済みの内容をもう一度出す）")
        self.repeat.setAccessibleName(self.repeat.text())
        self.own = OwnFormBox(context, self._forget)
        self.subjects = Subjects(context, narrowed)
        self._left_out = QVBoxLayout()
        self.set_button = button("この書類の体裁を設定")
        self.set_button.setEnabled(False)
        self.issue = button("発行", kind="primary", key="I")
        context.look.dress(self.issue, "check", "on-primary")
        self.state = label("", "hint")
        self._build()
        self._offer(target)
        self.form.currentIndexChanged.connect(lambda _at: self._again())
        self.contract.currentIndexChanged.connect(lambda _at: self._again())
        self.day.edit.textChanged.connect(lambda _text: changed())
        self.repeat.toggled.connect(lambda _on: self._forget())

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 8)
        column.setSpacing(6)
        column.addWidget(label("書類を作成", "h1"))
        for text, widget in (
            ("様式", self.form),
            ("契約", self.contract),
            ("発行日（印字する日）", self.day),
        ):
            column.addWidget(label(text, "h3"))
            column.addWidget(widget)
            column.addSpacing(4)
        for one in (self.within, self.repeat, self.own, self.subjects):
            column.addWidget(one)
        column.addLayout(self._left_out)
        column.addSpacing(6)
        column.addWidget(self.set_button)
        column.addWidget(
            prose("発行すると文書番号が付き、台帳に保管されます。番号は取り消せません。", "hint")
        )
        column.addWidget(self.state)
        column.addStretch(1)

    def _offer(self, target: IssueForm) -> None:
        facts = self._context.facts()
        self.contract.addItem("（選んでください）", 0)
        for shown, contract in called(facts):
            self.contract.addItem(shown, contract)
        only = facts.all(Contract)[0].id if len(facts.all(Contract)) == 1 else 0
        self.form.setCurrentIndex(max(0, self.form.findData(target.form)))
        self.contract.setCurrentIndex(max(0, self.contract.findData(target.contract or only)))
        self.within.ask(self.chosen_form())

    def chosen_form(self) -> FormFace | None:
        """The form that is chosen, if one is."""
        return self._context.forms.get(self.form.currentData() or "")

    def chosen_contract(self) -> Contract | None:
        """The contract that is chosen, as it is in the ledger now."""
        return self._context.facts().find(Contract, int(self.contract.currentData() or 0))

    def chosen_day(self) -> date | None:
        """The day to print, None while what is typed is none."""
        return day_of(str(self.day.text()))

    def period_problem(self) -> str:
        """What is wrong with the period that is asked for; empty while there is nothing to ask it of."""
        contract, day = self.chosen_contract(), self.chosen_day()
        return self.within.problem(contract, day) if contract and day else ""

    def ask_own(self) -> None:
        """Say whether papers of the day go into a file of the client."""
        form, contract = str(self.form.currentData() or ""), int(self.contract.currentData() or 0)
        self.own.ask(form, contract, self.chosen_day())

    def show_left_out(self, left_out: tuple[MissingFact, ...], contract: int) -> None:
        """A card for each fact for whose sake a subject has no paper."""
        clear(self._left_out)
        for fact in left_out:
            self._left_out.addWidget(card(self._context, fact, contract))

    def _asked_now(self) -> tuple[Asked, ...]:
        """What the contract chosen asks for, as far as that is worked out."""
        assessor = Assessor.of(self._context)
        made, contract = assessor.current(), int(self.contract.currentData() or 0)
        return asked_of(assessor.tasks(made, contract)) if made is not None and contract else ()

    def _again(self) -> None:
        """Another form or contract: what was chosen for the former one means nothing any more."""
        with QSignalBlocker(self.repeat):
            self.repeat.setChecked(False)
        self.within.ask(self.chosen_form())
        self._forget()

    def _forget(self) -> None:
        self.subjects.forget()
        self._other()


def _combo(name: str) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(10)
    made.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
