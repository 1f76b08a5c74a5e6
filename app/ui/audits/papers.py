"""示す書類: the binder and the papers of the contract, on paper in one job, and what was handed over."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import Cancelled, PeopleError, Progress
from app.filesystem import pdf_name
from app.records import Audit, Contract, Submission
from app.ui.acts.now import do_now
from app.ui.context import Context
from app.ui.operations import Job
from app.ui.papers.issuing.beside import issue_beside
from app.ui.papers.issuing.stopping import too_late
from app.ui.papers.printing import print_pdf, save_pdf
from app.ui.papers.printing_port import SAVE_PDF
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, button, clear, label, prose
from app.ui.targets import DoAct, IssueForm, IssueMany, ShowDocument
from app.work.acts.afterwards import undone
from app.work.acts.audits.answering import HAND_OVER
from app.work.acts.doing import Done
from app.work.batches import BINDER
from app.work.desks import audit as desk
from app.work.desks import audit_words as say

_ASKED = (
    "契約の記録と書類を1冊に綴じ、文書番号を付けて台帳に保管してから、印刷の画面を開きます。"
    "発行した綴りの内容は後から変更できません。"
)
_GIVEN = "渡した資料に記録しました。Ctrl+Zで元に戻せます。"


class AuditPapers(QWidget):
    """One press issues the binder and prints it; what is printed can be recorded as handed over."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._audit: Audit | None = None
        self._binding: Job | None = None
        self._handed: Done | None = None
        """What ``notice`` says was recorded as handed over."""
        self.notice = Notice()
        self.bind = button("証跡綴りを発行して印刷", self._bind, kind="primary", key="P")
        context.look.dress(self.bind, "print", "on-primary")
        self.look = button("範囲を選んで作成…", self._choose, kind="link")
        self.all = button("", self._print_all)
        self.issue = button("", self._issue)
        self._wanted: tuple[tuple[int, str], ...] = ()
        """The papers that are to be issued now, by the ids of contract and form."""
        self.issue.hide()
        self._kept = QVBoxLayout()
        self._kept.setSpacing(6)
        self._material = QVBoxLayout()
        self._material.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("示す書類", "h2"))
        layout.addLayout(flow(self.bind, self.all, self.issue, self.look))
        layout.addWidget(self.notice)
        layout.addLayout(self._kept)
        layout.addWidget(label("渡した資料", "h3"))
        layout.addLayout(self._material)

    def show_audit(self, audit: Audit) -> None:
        """Show what there is for it now."""
        self._audit = audit
        facts, locked = self._context.facts(), self._context.ledger.read_only
        for widget in (self.bind, self.look):
            widget.setHidden(locked)
        if self._handed is not None and undone(facts, self._handed.writes):
            # What is on record no more is not said to be; a sentence that came since stays.
            self._handed = None
            if self.notice.text == _GIVEN:
                self.notice.say("")
        held = self._papers()
        self.all.setText(f"提出した書類{len(held)}件をまとめて印刷")
        self.all.setAccessibleName(self.all.text())
        self.all.setVisible(bool(held))
        clear(self._kept)
        newest = desk.newest_binder(facts, audit.contract)
        if newest is not None:
            self._show_binder(newest, locked=locked)
        clear(self._material)
        for line in audit.material.split("\n") if audit.material else ():
            self._material.addWidget(prose(line))
        if not audit.material:
            self._material.addWidget(prose(say.NO_MATERIAL, "sub"))
        if not locked:
            go = partial(self._context.navigate, DoAct(HAND_OVER.name, (audit.id,)))
            self._material.addLayout(flow(button("渡した資料を記録…", go)))

    def show_wanted(self, wanted: tuple[tuple[int, str], ...]) -> None:
        """Offer to issue these papers, without which the binder would lack them."""
        self._wanted = wanted
        self.issue.setText(f"まだ発行していない書類{len(wanted)}件を発行…")
        self.issue.setAccessibleName(self.issue.text())
        self.issue.setVisible(bool(wanted) and not self._context.ledger.read_only)

    def _issue(self) -> None:
        self._context.navigate(IssueMany(papers=self._wanted))

    def _show_binder(self, newest: Submission, *, locked: bool) -> None:
        """The binder that was issued last, with its day: it shows the ledger as it was then."""
        self._kept.addWidget(prose(say.binder(newest)))
        again = button("この綴りを印刷", partial(self._print, (newest,)))
        kept = button(SAVE_PDF, partial(self._save, newest))
        opened = button("開く", partial(self._context.navigate, ShowDocument(newest.id)))
        given = button("この綴りを渡したと記録", partial(self._give, newest))
        given.setHidden(locked)
        self._kept.addLayout(flow(again, kept, opened, given))

    def _papers(self) -> tuple[Submission, ...]:
        if self._audit is None:
            return ()
        held = desk.papers(self._context.facts(), self._audit.contract)
        return tuple(one for one in held if not one.filled)

    def _bind(self) -> None:
        """Issue the binder of the contract as of today, then ask for the printer."""
        from app.exchange.documents.batch import issue_all
        from app.exchange.documents.sets import Ground, wishes

        context, audit = self._context, self._audit
        if audit is None or not context.dialogs.ask(
            "証跡綴りを発行して印刷しますか？", "発行して印刷", detail=_ASKED
        ):
            return
        facts, today, ledger = context.facts(), context.today(), context.ledger
        ground = Ground(facts, context.catalogue, context.forms, today, today)
        contract = facts.get(Contract, audit.contract)
        self.bind.setEnabled(False)

        def work(progress: Progress) -> tuple[Submission, ...]:
            try:
                return issue_all(ledger, wishes(ground, BINDER, (contract,), progress=progress), progress)
            except Cancelled:
                return ()

        self._binding = issue_beside(
            context, self, work, self._bound, self._failed, "証跡綴りを作成しています"
        )

    def _bind_again(self) -> None:
        """While it could not be pressed, a window that came up again gave the keyboard to the navigation."""
        self.bind.setEnabled(True)
        if self.isVisible():
            self.bind.setFocus()

    def _bound(self, made: tuple[Submission, ...]) -> None:
        self._bind_again()
        if not made:
            self.notice.say("中止しました。綴りは発行していません。", "info")
            return
        if late := too_late(self._binding, made):
            # Whoever asked to stop wants nothing printed either.
            self.notice.say(f"{late}印刷はしていません。", "warn")
            return
        numbers = "、".join(one.number for one in made)
        self.notice.say(f"{numbers}を発行し、台帳に保管しました。", "ok")
        self._print(made)

    def _print_all(self) -> None:
        self._print(self._papers())

    def _print(self, made: tuple[Submission, ...]) -> None:
        from app.exchange.documents.filing import called_together, one_pdf
        from app.printing.pages import page_count

        context = self._context
        title = called_together(made) if len(made) > 1 else f"{made[0].number}　{made[0].title}"

        def work(progress: Progress) -> tuple[bytes, int]:
            pdf = one_pdf(context.ledger, made, progress)
            return pdf, page_count(pdf)

        def done(found: tuple[bytes, int]) -> None:
            print_pdf(context, found[0], title, found[1], failed=self._failed)

        context.operations.run(work, done, failed=self._failed, title="書類をまとめています", owner=self)

    def _save(self, binder: Submission) -> None:
        """For whoever has no printer here, as the sentence about it says."""
        from app.exchange.documents.filing import one_pdf

        context = self._context

        def done(pdf: bytes) -> None:
            if save_pdf(context, pdf, pdf_name(binder.number, binder.title)):
                self.notice.say("PDFを保存しました。", "ok")

        context.operations.run(
            lambda progress: one_pdf(context.ledger, (binder,), progress),
            done,
            failed=self._failed,
            title="書類をまとめています",
            owner=self,
        )

    def _give(self, newest: Submission) -> None:
        context, audit = self._context, self._audit
        if audit is None:
            return
        answers = {"what": f"{newest.number}　{newest.title}", "on": context.today(), "to": audit.auditor}
        do_now(context, HAND_OVER, audit, answers, self, self._given, self._failed)

    def _given(self, done: Done) -> None:
        self._handed = done
        self.notice.say(_GIVEN, "ok")

    def _choose(self) -> None:
        if self._audit is not None:
            self._context.navigate(IssueForm(BINDER, self._audit.contract))

    def _failed(self, error: Exception) -> None:
        self._bind_again()
        if not isinstance(error, PeopleError):
            raise error
        self.notice.say(sentences(error.problems), "danger")
