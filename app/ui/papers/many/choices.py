"""What is to be issued together: which set or form, of which contract, on which day, for which period."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.duties.case import FormFace
from app.exchange.documents.sets import Periods
from app.records import Contract
from app.records.statement import Within
from app.ui.context import Context
from app.ui.editor.ask_dialog import asked
from app.ui.inputs.base import Combo, Making
from app.ui.inputs.day import DayInput, day_of
from app.ui.papers.choosing.covered import PeriodBox
from app.ui.papers.choosing.form_choice import FormChoice
from app.ui.parts.widgets import label
from app.ui.reckoning.contract_choice import called
from app.work.batches import BEFORE_START, ON_CHANGE

OATH = "oath"
FORM = ""
"""Under this name any form is chosen."""
ACT = "act"
"""Under this name stand the papers that an act called for; offered only where one leads here."""
Papers = tuple[tuple[int, str], ...]
"""Papers by the ids of their contract and form."""
_KINDS = {
    BEFORE_START: "着手前の書類一式",
    ON_CHANGE: "変更の届出（すべての契約）",
    FORM: "様式を選んで、複数の契約に発行",
    OATH: "誓約書（署名していない人全員）",
}
_BY_ITSELF = "空欄にすると、書類ごとに決まる範囲になります。範囲は「書類を作成」の下書きで確かめられます。"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for. ``name``: a set, or the id of a form; ``contracts``: those it is asked for."""

    name: str
    contracts: tuple[Contract, ...]
    day: date
    periods: Periods
    cover: bool
    papers: Papers = ()
    only: tuple[str, ...] = ()


class Choices(QWidget):
    """The choices, one below the other; ``changed`` is called after each. What does not matter is hidden.

    ``column``: where the page puts what follows them.
    """

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self._papers: Papers = ()
        self._only: tuple[str, ...] = ()
        self.setProperty("role", "page")
        self.what, self.contract = _combo("発行するもの"), _combo("契約")
        for name, text in _KINDS.items():
            self.what.addItem(text, name)
        self.form = FormChoice(context, lambda: ())
        self.day = DayInput(asked("submission", "issued_on"), Making(context))
        self.day.show_value(context.today())
        self.within = PeriodBox(context, changed, _BY_ITSELF)
        self.cover = QCheckBox("書類送付書を付ける")
        self.cover.setAccessibleName(self.cover.text())
        self.cover.setChecked(True)
        self._of_contract = _named("契約", self.contract)
        self._of_form = _named("様式", self.form)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 8)
        column.setSpacing(6)
        column.addWidget(label("まとめて発行", "h1"))
        kinds = _named("発行するもの", self.what)
        for widget in (kinds, self._of_contract, self._of_form, _named("発行日（印字する日）", self.day)):
            column.addWidget(widget)
        column.addWidget(self.within)
        column.addWidget(self.cover)
        self.offer()
        self._turn(lambda: None)
        self.what.currentIndexChanged.connect(lambda _at: self._turn(changed))
        self.contract.currentIndexChanged.connect(lambda _at: changed())
        self.form.currentIndexChanged.connect(lambda _at: self._turn(changed))
        self.day.edit.textChanged.connect(lambda _text: changed())
        self.cover.toggled.connect(lambda _on: changed())

    @property
    def kind(self) -> str:
        """What is chosen: a set, ``FORM``, ``OATH`` or ``ACT``."""
        return str(self.what.currentData())

    def offer(self) -> None:
        """Offer the contracts that there are, and keep the choice."""
        facts = self._context.facts()
        held, chosen = called(facts), self.contract.currentData()
        self.contract.blockSignals(True)
        self.contract.clear()
        self.contract.addItem("（選んでください）", 0)
        for shown, contract in held:
            self.contract.addItem(shown, contract)
        only = held[0][1] if len(held) == 1 else 0
        self.contract.setCurrentIndex(max(0, self.contract.findData(chosen or only)))
        self.contract.blockSignals(False)

    def choose(self, name: str, contract: int = 0) -> None:
        """Choose a set or a form, and a contract where it is asked for one."""
        kind = name if name in _KINDS else FORM
        if contract:
            self.contract.setCurrentIndex(max(0, self.contract.findData(contract)))
        if kind == FORM:
            self.form.setCurrentIndex(max(0, self.form.findData(name)))
        self.what.setCurrentIndex(self.what.findData(kind))

    def choose_papers(self, papers: Papers, only: tuple[str, ...]) -> None:
        """Choose exactly the papers of an act, and nothing that is due for another reason."""
        self._papers, self._only = papers, only
        self.what.insertItem(0, "登録した手続きの書類", ACT)
        self.what.setCurrentIndex(0)

    def issued(self, papers: Iterable[tuple[int, str]]) -> None:
        """These were issued: they are not offered a second time."""
        done = set(papers)
        self._papers = tuple(one for one in self._papers if one not in done)

    def problem(self) -> str:
        """What is to be chosen or mended first, in one sentence; empty where nothing is."""
        day = day_of(str(self.day.text()))
        if self.kind == BEFORE_START and not self._chosen():
            return "着手前の書類を発行する契約を選んでください。"
        if self.kind == FORM and not self._form():
            return "発行する様式を選んでください。"
        if day is None:
            return "発行日を入力してください。"
        return next(filter(None, (self.within.problem(one, day) for one in self._contracts(day))), "")

    def asked(self) -> Choice:
        """What is chosen; only where there is no ``problem``."""
        day = day_of(str(self.day.text()))
        if day is None:
            raise ValueError("no day was chosen")
        contracts = self._contracts(day)
        if self.kind == ACT:
            return Choice(ACT, (), day, lambda _form, _contract: None, False, self._papers, self._only)
        name = self._form() if self.kind == FORM else self.kind
        # Read here, in the window's thread: what is typed may change while the worker looks.
        typed = {one.id: self.within.days(one, day) for one in contracts}

        def period(_form: FormFace, contract: Contract) -> Within | None:
            return typed.get(contract.id)

        return Choice(name, contracts, day, period, self.cover.isChecked() and self.kind == BEFORE_START)

    def _contracts(self, day: date) -> tuple[Contract, ...]:
        """Those that the act can concern: nobody signs an oath for work that is over, or not agreed on."""
        held = self._context.facts().all(Contract)
        if self.kind == ACT:
            return ()
        if self.kind == BEFORE_START:
            return tuple(one for one in held if one.id == self._chosen())
        signed = tuple(one for one in held if one.signed_on <= day)
        if self.kind == OATH:
            return tuple(one for one in signed if one.last_day >= day)
        return signed

    def _chosen(self) -> int:
        return int(self.contract.currentData() or 0)

    def _form(self) -> str:
        return str(self.form.currentData() or "")

    def _turn(self, changed: Callable[[], None]) -> None:
        kind = self.kind
        self._of_contract.setVisible(kind == BEFORE_START)
        self.cover.setVisible(kind == BEFORE_START)
        self._of_form.setVisible(kind == FORM)
        self.within.ask(self._context.forms.get(self._form()) if kind == FORM else None)
        changed()


def _combo(name: str) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(10)
    made.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _named(text: str, widget: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 4)
    column.setSpacing(4)
    column.addWidget(label(text, "h3"))
    column.addWidget(widget)
    return made
