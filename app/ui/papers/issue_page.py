"""Making a document: choose, see what is missing, see the draft, issue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.common import PeopleError, Progress
from app.duties.case import Case, FormFace, MissingFact
from app.duties.papers.dating import not_yet
from app.ledger.writing import ChangeSet
from app.records import SPECS, Contract, Facts, PaperSetting, Statement, Submission
from app.records.facts import Asked as Noted
from app.records.watched import meet, touched
from app.ui.context import Context
from app.ui.editor.ask_dialog import asked
from app.ui.inputs.base import Combo, Making
from app.ui.inputs.day import DayInput, day_of
from app.ui.manual import topic_of
from app.ui.page import Page
from app.ui.papers.client_forms.chosen import OwnFormBox
from app.ui.papers.client_forms.filled_view import FilledView, notes_of
from app.ui.papers.covered import PeriodBox
from app.ui.papers.form_choice import Asked, FormChoice, asked_of
from app.ui.papers.missing import MissingList, card, scrolled
from app.ui.papers.preview import Preview
from app.ui.papers.setting_panel import SettingPanel
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.ems import hold
from app.ui.parts.space.parted import Parted
from app.ui.parts.widgets import Empty, Notice, button, clear, label, prose
from app.ui.reckoning.assessor import Assessor
from app.ui.reckoning.contract_choice import called
from app.ui.targets import IssueForm, ShowDocument, Target

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.exchange.filling.filler import Filled

_LEFT_OUT = "印刷できない文字のある人の書類は含まれません。左の欄に示した記録を改めると、含まれます。"
_EACH = "発注者の様式は、対象1件ごとのファイルで発行します。ここに表示しているのは最初の1件です"
_PAUSE = 250
"""Milliseconds without a change before the draft is drawn anew."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """From what a draft was made, and what was asked of it."""

    facts: Facts
    asked: Noted
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class _Draft:
    """What the worker brings back: the statement with its draft, or what is missing."""

    statement: Statement | None = None
    pdf: bytes = b""
    missing: tuple[MissingFact, ...] = ()
    left_out: tuple[MissingFact, ...] = ()
    drawn: _Drawn | None = None
    filled: Filled | None = None
    """The client's own file, where the paper goes into one; ``pdf`` is then how LibreOffice prints it."""


class IssuePage(Page):
    """``finished`` once the document is issued: its own page takes over.

    Any record may be printed, and which are only the form knows: what was asked of the facts for the draft
    is noted, and a change of anything else leaves it as it is.
    """

    shows = frozenset(SPECS)

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, IssueForm):
            raise TypeError(target)
        self._only = target.only
        self._subjects: dict[str, QCheckBox] = {}
        self._case: Case | None = None
        self._draft = _Draft()
        self._drawn: _Drawn | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._prepare)
        self.form = FormChoice(context, self._asked_now)
        self.contract = _combo("契約")
        self.day = DayInput(asked("submission", "issued_on"), Making(context))
        self.day.show_value(context.today())
        self.within = PeriodBox(context, self._soon)
        self.repeat = QCheckBox("再提出（提出済みの内容をもう一度出す）")
        self.repeat.setAccessibleName(self.repeat.text())
        self.notice = Notice()
        self.missing = MissingList(context)
        self._chosen = QVBoxLayout()
        self._chosen.setSpacing(2)
        self._left_out = QVBoxLayout()
        self.preview = Preview(context)
        self.issue = button("発行", self._issue, kind="primary", key="I")
        context.look.dress(self.issue, "check", "on-primary")
        self._state = label("", "hint")
        self.setting: SettingPanel | None = None
        self.set_button = button("この書類の体裁を設定", self._set)
        self.set_button.setEnabled(False)
        self._left = QStackedWidget()
        self._right = QStackedWidget()
        self._right.addWidget(self.preview)
        self._right.addWidget(Empty("様式と契約を選んでください", "選ぶと、ここに下書きが表示されます。"))
        self._right.addWidget(self.missing)
        self.own = OwnFormBox(context, self._forget)
        self.filled = FilledView(context)
        self._right.addWidget(self.filled)
        self._build()
        self._offer(target)
        self.form.currentIndexChanged.connect(lambda _at: self._again())
        self.contract.currentIndexChanged.connect(lambda _at: self._again())
        self.day.edit.textChanged.connect(lambda _text: self._soon())
        self.repeat.toggled.connect(lambda _on: self._forget())
        self._soon(0)

    def _build(self) -> None:
        side = QWidget()
        side.setProperty("role", "page")
        column = QVBoxLayout(side)
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
        column.addWidget(self.within)
        column.addWidget(self.repeat)
        column.addWidget(self.own)
        column.addLayout(self._chosen)
        column.addLayout(self._left_out)
        column.addSpacing(6)
        column.addWidget(self.set_button)
        column.addWidget(self.issue)
        column.addWidget(
            prose("発行すると文書番号が付き、台帳に保管されます。番号は取り消せません。", "hint")
        )
        column.addWidget(self._state)
        column.addStretch(1)
        area = scrolled(side, "書類の様式と内容")
        self._left.addWidget(area)
        hold(self._left, 28)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addWidget(Parted(self._left, self._right, (1, 2)), 1)

    def title(self) -> str:
        return "書類を作成"

    @property
    def topic(self) -> str:
        return topic_of("submission")

    def refresh(self) -> None:
        self._soon(0)

    def find_words(self) -> bool:
        return self.preview.find_words()

    def escape(self) -> bool:
        return self.preview.escape() or super().escape()

    def _offer(self, target: IssueForm) -> None:
        facts = self.context.facts()
        self.contract.addItem("（選んでください）", 0)
        for shown, contract in called(facts):
            self.contract.addItem(shown, contract)
        only = facts.all(Contract)[0].id if len(facts.all(Contract)) == 1 else 0
        self.form.setCurrentIndex(max(0, self.form.findData(target.form)))
        self.contract.setCurrentIndex(max(0, self.contract.findData(target.contract or only)))
        self.within.ask(self.context.forms.get(target.form))

    def _asked_now(self) -> tuple[Asked, ...]:
        """What the contract chosen asks for, as far as that is worked out."""
        assessor = Assessor.of(self.context)
        made, contract = assessor.current(), int(self.contract.currentData() or 0)
        return asked_of(assessor.tasks(made, contract)) if made is not None and contract else ()

    def _again(self) -> None:
        """Another form or contract: what was chosen for the former one means nothing any more."""
        with QSignalBlocker(self.repeat):
            self.repeat.setChecked(False)
        self.within.ask(self.context.forms.get(self.form.currentData() or ""))
        self._forget()

    def _forget(self) -> None:
        self._only = ()
        self._subjects = {}
        clear(self._chosen)
        self._soon()

    def _soon(self, pause: int = _PAUSE) -> None:
        self.issue.setEnabled(False)
        self._pause.start(pause)

    def take(self, changes: ChangeSet) -> None:
        del changes
        if not self._stands():
            self._soon()

    def _stands(self) -> bool:
        """Whether the draft would come out the same from the ledger as it is now."""
        made = self._drawn
        if made is None or made.catalogue is not self.context.catalogue:
            return False
        return not meet(made.asked, touched(self.context.facts(), made.facts))

    def _wanted(self) -> tuple[FormFace, Case] | None:
        """What is chosen; None while something is not."""
        facts = self.context.facts()
        form = self.context.forms.get(self.form.currentData() or "")
        contract = facts.find(Contract, int(self.contract.currentData() or 0))
        day: date | None = day_of(str(self.day.text()))
        if form is None or contract is None or day is None or self.within.problem(contract, day):
            return None
        context = self.context
        made = Case(
            self.setting.applied(facts) if self.setting else facts,
            context.catalogue,
            contract,
            day,
            self._only,
            forms=context.forms,
            today=context.today(),
            again=self.repeat.isChecked(),
            within=self.within.days(contract, day),
        )
        return form, made

    def _set(self) -> None:
        """Open the setting of the paper in the place of the choices; the preview follows what is typed."""
        if self._case is None:
            return
        form = self.context.forms[self.form.currentData()]
        made = SettingPanel(self.context, form, self._case.contract, self._case.day, self._draft.statement)
        made.edited.connect(lambda: self._soon())
        made.closed.connect(self._put_away)
        self.setting = made
        self._left.addWidget(made)
        self._left.setCurrentWidget(made)
        made.fields.focus("title")

    def _put_away(self) -> None:
        """Back to the choices; the paper is drawn from the ledger again."""
        if self.setting is not None:
            self._left.removeWidget(self.setting)
            self.setting.deleteLater()
            self.setting = None
        self._left.setCurrentIndex(0)
        self._soon(0)

    def _period_problem(self) -> str:
        contract = self.context.facts().find(Contract, int(self.contract.currentData() or 0))
        day = day_of(str(self.day.text()))
        return self.within.problem(contract, day) if contract and day else ""

    def _prepare(self) -> None:
        wanted = self._wanted()
        self._ask_own()
        self.notice.say(self._period_problem() if wanted is None else "", "danger")
        if wanted is None:
            self._case = None
            self._right.setCurrentIndex(1)
            self._get_ready()
            return
        form, case = wanted
        facts, watched = case.facts, case.facts.watched()
        # Asked for before anything was noted.
        watched.find(Contract, case.contract.id)
        self._case = case = replace(case, facts=watched)
        self._drawn = None
        self._state.setText("下書きを作成しています…")

        ours, blob = self.own.ours, self.context.ledger.blob

        def work(progress: Progress) -> _Draft:
            from app.exchange.documents.issuing import draft, fill_draft, prepare
            from app.ui.papers.client_forms.office import printed

            found = prepare(form, case)
            filled = None if ours or found.statement is None else fill_draft(form, case, blob)
            if filled is not None:
                pdf = printed(filled)
            else:
                pdf = b"" if found.statement is None else draft(form, case, blob, progress)
            drawn = _Drawn(facts, watched.asked, case.catalogue)
            return _Draft(found.statement, pdf, found.missing, found.left_out, drawn, filled)

        self.context.operations.run(
            work, self._prepared, failed=self._failed, owner=self, key=f"draft:{id(self)}"
        )

    def _get_ready(self) -> None:
        """While a person still chooses, the worker loads what the first draft would wait for."""

        def work(_progress: Progress) -> None:
            from app.exchange.documents.composing import get_ready

            get_ready()

        # What goes wrong here goes wrong again with the draft, which says so.
        self.context.operations.run(
            work, lambda _none: None, failed=lambda _error: None, owner=self, key="ready to print"
        )

    def _prepared(self, made: _Draft) -> None:
        self._draft = made
        self._drawn = made.drawn
        self._state.setText("")
        contract = self._case.contract.id if self._case else 0
        clear(self._left_out)
        self.set_button.setEnabled(self._case is not None)
        if made.statement is None:
            self.missing.show_facts(self._open_here(made.missing), contract)
            self._right.setCurrentIndex(2)
            return
        self._show_subjects(made.statement)
        for fact in made.left_out:
            self._left_out.addWidget(card(self.context, fact, contract))
        self.preview.show_pdf(made.pdf)
        self.filled.show_filled(made.filled)
        self._right.setCurrentIndex(0 if made.pdf else 3)
        ahead = not_yet(made.statement.on, self.context.today())
        said = (ahead, _LEFT_OUT if made.left_out else "", *self._said_of(made))
        self.notice.say("\n".join(filter(None, said)), "warn")
        self.issue.setEnabled(not ahead and self.setting is None)

    def _open_here(self, missing: tuple[MissingFact, ...]) -> tuple[MissingFact, ...]:
        """What is wrong with a setting that is being typed is mended beside it, not on a page of its own."""
        if self.setting is None:
            return missing
        own = PaperSetting.spec.name
        return tuple(replace(one, record="") if one.record == own else one for one in missing)

    def _ask_own(self) -> None:
        """Say whether papers of the day go into a file of the client."""
        form, contract = str(self.form.currentData() or ""), int(self.contract.currentData() or 0)
        self.own.ask(form, contract, day_of(str(self.day.text())))

    def _said_of(self, made: _Draft) -> tuple[str, ...]:
        """What is to be looked at in the client's file; with a picture of it there is no list beside it."""
        if made.filled is None or made.statement is None:
            return ()
        count = len(made.statement.subjects)
        each = f"{_EACH}（{count}件）。" if count > 1 else ""
        return (each, *notes_of(made.filled)) if made.pdf else (each,)

    def _failed(self, error: Exception) -> None:
        self._state.setText("")
        if not isinstance(error, PeopleError):
            raise error
        self._right.setCurrentIndex(1)
        self.notice.say(sentences(error.problems), "danger")

    def _show_subjects(self, statement: Statement) -> None:
        """Offer to leave some out, where a document is made for single records."""
        if self._subjects or not statement.subjects:
            return
        self._chosen.addWidget(label(f"対象（{len(statement.subjects)}件）", "h3"))
        facts = self.context.facts()
        for subject in statement.subjects:
            box = QCheckBox(_subject(facts, subject))
            box.setAccessibleName(f"対象：{box.text()}")
            box.setChecked(True)
            box.toggled.connect(lambda _on: self._narrow())
            self._subjects[subject] = box
            self._chosen.addWidget(box)

    def _narrow(self) -> None:
        chosen = tuple(subject for subject, box in self._subjects.items() if box.isChecked())
        if not chosen:
            self.issue.setEnabled(False)
            self.notice.say("対象を1件以上選んでください。", "warn")
            self._pause.stop()
            return
        self._only = () if len(chosen) == len(self._subjects) else chosen
        self._soon()

    def _issue(self) -> None:
        wanted = self._wanted()
        if wanted is None or self._draft.statement is None:
            return
        form, case = wanted
        variant = f"（{self._draft.statement.variant}）" if self._draft.statement.variant else ""
        if not self.context.dialogs.ask(
            f"{form.title}{variant}を発行しますか？",
            "発行する",
            detail="文書番号を付けて台帳に保管します。発行した書類の内容は後から変更できません。",
        ):
            return
        self.issue.setEnabled(False)
        ledger, ours = self.context.ledger, self.own.ours

        def work(progress: Progress) -> Submission:
            from app.exchange.documents.batch import issue_each

            return issue_each(ledger, form, replace(case, facts=ledger.facts()), progress, ours=ours)[-1]

        self.context.operations.run(
            work, self._issued, title="書類を発行しています", failed=self._failed, owner=self
        )

    def _issued(self, made: Submission) -> None:
        context = self.context
        self._pause.stop()
        self.finished.emit()
        context.navigate(ShowDocument(made.id))


def _combo(name: str) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(10)
    made.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _subject(facts: Facts, subject: str) -> str:
    return facts.title(facts.stated(subject)) or subject
