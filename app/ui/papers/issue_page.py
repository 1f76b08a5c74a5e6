"""Making a document: choose, see what is missing, see the draft, issue."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.common import Cancelled, PeopleError, Progress
from app.duties.case import Case, FormFace, MissingFact
from app.duties.papers.dating import not_yet
from app.ledger.errors import MovedError
from app.ledger.writing import ChangeSet
from app.records import SPECS, Facts, PaperSetting, Submission
from app.ui.context import Context
from app.ui.manual import topic_of
from app.ui.operations import Job
from app.ui.page import Page
from app.ui.papers.issuing.beside import issue_beside
from app.ui.papers.issuing.stopping import TOO_LATE, may_leave, what_stands
from app.ui.papers.making.choices import Choices
from app.ui.papers.making.draft import Draft, Drawn
from app.ui.papers.making.drafter import Drafter
from app.ui.papers.making.paper_side import PaperSide
from app.ui.papers.making.setting_panel import SettingPanel
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.parted import Parted
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Notice
from app.ui.targets import IssueForm, ShowDocument, Target

_LEFT_OUT = "印刷できない文字のある人の書類は含まれません。左の欄に示した記録を改めると、含まれます。"
_MOVED = "下書きを表示した後に台帳が変わりました。下書きを確かめて、もう一度発行してください。"
_STOPPED = "発行を中止しました。書類は発行していません。"
_UNDRAWN = "下書きを作成できませんでした。"
_MISREAD = "下書きの印字に内容と違うところが見つかったため、表示をやめました。このままでは発行できません。"
_PAUSE = 250
"""Milliseconds without a key before what is typed is drawn; what is chosen is drawn at once."""


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
        self._case: Case | None = None
        self._drafter = Drafter(context, self, self._prepared, self._undrawn, self._misread)
        self._drawn: Drawn | None = None
        self._moved = ""
        self._begun: Facts | None = None
        self._issuing: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._prepare)
        self.notice = Notice()
        self._right = PaperSide(context, self)
        self._left = QStackedWidget(self)
        self.preview = self._right.preview
        self.preview.pages.stands.connect(self._drafter.read_over)
        area = self._build()
        self.choices = chosen = Choices(
            context,
            target,
            area.viewport(),
            changed=lambda: self._soon(_PAUSE),
            other=self._forget,
            narrowed=self._narrow,
        )
        self.form, self.contract, self.day = chosen.form, chosen.contract, chosen.day
        self.within, self.repeat, self.own = chosen.within, chosen.repeat, chosen.own
        self.issue, self.set_button = chosen.issue, chosen.set_button
        self.issue.clicked.connect(self._issue)
        self.set_button.clicked.connect(self._set)
        self.setting: SettingPanel | None = None
        self.issue.setEnabled(False)
        wanted = self._wanted()
        if wanted is not None:
            # Before the page is shown: the worker draws while the window lays it out.
            self._draw(*wanted)
        area.setWidget(chosen)
        # Below what is scrolled: many choices must not push it out of sight.
        self._column.addWidget(self.issue)
        if wanted is None:
            self._prepare()
        self._begun = context.facts()

    def _build(self) -> Upright:
        """What everything stands in, from without to within; the area for the choices.

        Whatever comes to stand around something is told to all that it holds.
        """
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addWidget(Parted(self._left, self._right, (1, 2), below=(1, 1), place=self), 1)
        chosen = QWidget(self._left)
        self._column = column = QVBoxLayout(chosen)
        column.setContentsMargins(0, 0, 0, 0)
        area = Upright(None, "書類の様式と内容", chosen)
        column.addWidget(area, 1)
        self._left.addWidget(chosen)
        return area

    def title(self) -> str:
        return "書類を作成"

    @property
    def topic(self) -> str:
        return topic_of("submission")

    def refresh(self) -> None:
        begun, self._begun = self._begun, None
        if begun is not self.context.facts():
            self._out_of_date()
            self._prepare()

    def save(self) -> bool:
        return self.setting is None or self.setting.keep()

    def can_leave(self) -> bool:
        if self._issuing is not None and not may_leave(self.context):
            return False
        return self.setting is None or self.setting.can_leave()

    def find_words(self) -> bool:
        return self.preview.find_words()

    def escape(self) -> bool:
        return self.preview.escape() or super().escape()

    def _forget(self) -> None:
        """Another document: which of its subjects were asked for is over."""
        self._only = ()
        self._soon()

    def _soon(self, pause: int = 0) -> None:
        self._out_of_date()
        self._pause.start(pause)

    def _out_of_date(self) -> None:
        """What is shown, or comes of what the worker is about, is not what is wanted any more."""
        self._pause.stop()
        self._drafter.drop()
        self.issue.setEnabled(False)
        self._right.out_of_date()

    def take(self, changes: ChangeSet) -> None:
        del changes
        drawn, context = self._drawn, self.context
        if drawn is None or not drawn.stands(context.facts(), context.catalogue):
            self._soon()

    def _wanted(self) -> tuple[FormFace, Case] | None:
        """What is chosen; None while something is not."""
        context, chosen = self.context, self.choices
        form, contract, day = chosen.chosen_form(), chosen.chosen_contract(), chosen.chosen_day()
        if form is None or contract is None or day is None or chosen.period_problem():
            return None
        facts = context.facts()
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
        shown = self._drafter.made.statement
        made = SettingPanel(self.context, form, self._case.contract, self._case.day, shown)
        made.edited.connect(lambda: self._soon(_PAUSE))
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
        self._soon()

    def _prepare(self) -> None:
        wanted = self._wanted()
        self.notice.say(self.choices.period_problem() if wanted is None else "", "danger")
        if wanted is not None:
            self._draw(*wanted)
            return
        self.choices.ask_own()
        self._case = None
        self.choices.state.setText("")
        self._right.show_nothing()
        self._drafter.warm()

    def _draw(self, form: FormFace, case: Case) -> None:
        """Have the draft made in the worker."""
        self.choices.ask_own()
        self._drawn = None
        self.choices.state.setText("下書きを作成しています…")
        self._case = self._drafter.draw(form, case, ours=self.own.ours)

    def _prepared(self, made: Draft) -> None:
        self._drawn = made.drawn
        self.choices.state.setText("")
        contract = self._case.contract.id if self._case else 0
        self.choices.show_left_out(made.left_out if made.statement else (), contract)
        self.set_button.setEnabled(self._case is not None)
        if made.statement is None:
            self._right.show_missing(replace(made, missing=self._open_here(made.missing)), contract)
            return
        self.choices.subjects.offer(made.statement)
        ahead = not_yet(made.statement.on, self.context.today())
        said = (self._moved, ahead, _LEFT_OUT if made.left_out else "", *made.said())
        self.notice.say("\n".join(filter(None, said)), "warn")
        self._moved = ""
        self.issue.setEnabled(not ahead and self.setting is None)
        self._right.show_draft(made)

    def _misread(self, error: Exception) -> None:
        """The file is not what the paper has to say: a fault of the program, and nobody must trust it."""
        self._put_down(_MISREAD)
        raise error

    def _undrawn(self, error: Exception) -> None:
        self.choices.state.setText("")
        self._put_down(sentences(error.problems) if isinstance(error, PeopleError) else _UNDRAWN)
        if not isinstance(error, PeopleError):
            raise error

    def _put_down(self, why: str) -> None:
        """Show no paper, and say why not."""
        self._drawn = None
        self.issue.setEnabled(False)
        self._right.show_nothing()
        self.notice.say(why, "danger")

    def _open_here(self, missing: tuple[MissingFact, ...]) -> tuple[MissingFact, ...]:
        """What is wrong with a setting that is being typed is mended beside it, not on a page of its own."""
        if self.setting is None:
            return missing
        own = PaperSetting.spec.name
        return tuple(replace(one, record="") if one.record == own else one for one in missing)

    def _failed(self, error: Exception) -> None:
        """It was not issued."""
        self._issuing = None
        if not isinstance(error, PeopleError):
            raise error
        if isinstance(error, MovedError):
            self._redraw(_MOVED)
        else:
            self._put_down(sentences(error.problems))

    def _narrow(self) -> None:
        chosen, offered = self.choices.subjects.chosen(), self.choices.subjects.boxes
        if not chosen:
            self._out_of_date()
            self.notice.say("対象を1件以上選んでください。", "warn")
            return
        self._only = () if len(chosen) == len(offered) else chosen
        self._soon()

    def _shown(self) -> tuple[FormFace, Case] | None:
        """What is chosen, from the ledger as it is now; None where its draft would come out otherwise.

        What was seen is issued: a draft that no longer stands is drawn anew, and somebody looks at it first.
        """
        context, drawn = self.context, self._drawn
        if drawn is None or not drawn.stands(context.facts(), context.catalogue):
            self._redraw(_MOVED)
            return None
        return self._wanted()

    def _redraw(self, why: str) -> None:
        """Draw the draft anew, and say above it why."""
        self._moved = why
        self._soon()

    def _issue(self) -> None:
        statement = self._drafter.made.statement
        if self._shown() is None or statement is None:
            return
        form = self.context.forms[self.form.currentData()]
        variant = f"（{statement.variant}）" if statement.variant else ""
        if not self.context.dialogs.ask(
            f"{form.title}{variant}を発行しますか？",
            "発行する",
            detail="文書番号を付けて台帳に保管します。発行した書類の内容は後から変更できません。",
        ):
            return
        shown = self._shown()
        if shown is None:
            return
        _form, case = shown
        self.issue.setEnabled(False)
        ledger, ours = self.context.ledger, self.own.ours

        def work(progress: Progress) -> tuple[Submission, ...]:
            from app.exchange.documents.batch import issue_each

            try:
                return issue_each(ledger, form, case, progress, ours=ours)
            except Cancelled:
                return ()

        self._issuing = issue_beside(
            self.context, self, work, self._issued, self._failed, "書類を発行しています"
        )

    def _issued(self, issued: tuple[Submission, ...]) -> None:
        context, job = self.context, self._issuing
        self._issuing = None
        if not issued:
            # The draft is made anew: the ledger may have moved on while it was being issued.
            self._redraw(_STOPPED)
            return
        made = issued[-1]
        self._pause.stop()
        self.finished.emit()
        context.navigate(ShowDocument(made.id))
        if job is not None and job.progress.stopped:
            context.dialogs.tell(TOO_LATE, what_stands((made,)))
