"""One issued document: its pages, what became of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.common import Cancelled, Progress
from app.duties.case import Case
from app.duties.papers.drift import Drift, statement_of
from app.filesystem import pdf_name
from app.ledger.writing import ChangeSet
from app.records import Client, Contract, Facts, Submission
from app.records.days import wareki
from app.ui.context import Context
from app.ui.manual import topic_of
from app.ui.page import Page
from app.ui.papers import fates
from app.ui.papers.client_forms.handing_over import (
    PRINT_FILLED,
    SAVE_FILLED,
    print_filled,
    save_filled,
)
from app.ui.papers.differences import SINCE_ISSUED, differences_grid, since_issued
from app.ui.papers.issuing.stopping import too_late
from app.ui.papers.kept_files import add_kept_files, print_copy
from app.ui.papers.preview import Preview
from app.ui.papers.printing import print_pdf, save_pdf
from app.ui.papers.printing_port import SAVE_PDF
from app.ui.papers.taking_in import take_in_as
from app.ui.papers.viewing.outside import open_outside
from app.ui.parts.link import Link
from app.ui.parts.space.ems import hold
from app.ui.parts.space.parted import Parted
from app.ui.parts.widgets import Notice, button, clear, label, prose, row
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.targets import IssueForm, ShowContract, ShowDocument, Target
from app.work.acts.handing.handover import SLIP
from app.work.states import document_mark, named


@dataclass(frozen=True, slots=True)
class _Way:
    """Something that can be done with a document as it stands."""

    text: str
    press: Callable[[], object]
    kind: str = ""
    icon: str = ""
    key: str = ""
    """The letter that does it together with Alt."""


_PRINT, _OUTSIDE, _AGAIN = "印刷", "ほかのソフトで開く", "再発行"
_OF_THE_FILE = (_PRINT, SAVE_PDF, _OUTSIDE, _AGAIN)
_OF_THE_FILLED = (PRINT_FILLED, SAVE_FILLED)


class DocumentPage(Page):
    """Stays until one goes back."""

    shows = frozenset({"submission", "attachment", "contract", "client"})

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ShowDocument):
            raise TypeError(target)
        self.document = context.ledger.get(Submission, target.id)
        self._assessor = Assessor.of(context)
        self._pdf = b""
        self._since: Drift | None = None
        self.preview = Preview(context)
        # First: the worker reads the file while the rest of the page is made.
        self._load()
        self.notice = Notice()
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        self.ways: dict[str, QPushButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.notice)
        layout.addWidget(Parted(self.preview, self._side(), (2, 1)), 1)
        self._assessor.ready.connect(self._assessed)

    def title(self) -> str:
        return f"{self.document.number}　{self.document.title}"

    @property
    def topic(self) -> str:
        return topic_of("submission")

    def refresh(self) -> None:
        self._assessor.current()
        self._show()
        self._compare()

    def print_page(self) -> None:
        """Ctrl+P."""
        if self.document.filled:
            self._print_filled()
        elif self._pdf:
            print_pdf(self.context, self._pdf, self.title(), self.preview.pages.count)

    def find_words(self) -> bool:
        return self.preview.find_words()

    def escape(self) -> bool:
        return self.preview.escape() or super().escape()

    def _side(self) -> QWidget:
        inner = QWidget()
        inner.setProperty("role", "page")
        inner.setLayout(self._facts)
        self._facts.setContentsMargins(12, 0, 12, 12)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("書類の状況と操作")
        area.setWidget(inner)
        hold(area, 22)
        return area

    def _load(self) -> None:
        from app.exchange.documents.issuing import archived

        ledger, document = self.context.ledger, self.document

        def failed(error: Exception) -> None:
            self.notice.say(str(error), "danger")

        def done(pdf: bytes) -> None:
            self._pdf = pdf
            self.preview.show_pdf(pdf)
            self._allow()

        self.context.operations.run(
            lambda _progress: archived(ledger, document), done, failed=failed, owner=self
        )

    def _assessed(self, made: Assessment) -> None:
        del made
        self._show()
        self._compare()

    def _compare(self) -> None:
        """Hold a paper that is not handed in yet against the ledger of now."""
        since_issued(self.context, self.document, self._compared, self)

    def _compared(self, found: Drift) -> None:
        if found.submission is self.document and found != self._since:
            self._since = found
            self._show()

    def take(self, changes: ChangeSet) -> None:
        del changes
        self.document = self.context.ledger.get(Submission, self.document.id)
        self._since = None
        self._show()
        self._compare()

    def _show(self) -> None:
        clear(self._facts)
        document, facts = self.document, self.context.facts()
        latest = self._assessor.latest
        drifts = [one for one in latest.drifts if one.submission.id == document.id] if latest else []
        shown = document_mark(document, bool(drifts) if latest else None)
        chip = label(shown.text, "chip", tone=shown.tone)
        self._facts.addWidget(prose(document.title, "h2"))
        self._facts.addLayout(row(label(document.number, "h3"), chip, None))
        contract = facts.find(Contract, document.contract)
        if contract is not None:
            target = ShowContract(contract.id, "documents")
            link = Link(self.context.look, named(facts, contract), lambda: self.context.navigate(target))
            self._facts.addWidget(link)
        self._facts.addWidget(self._told())
        for drift in drifts:
            self._facts.addWidget(label("届け出た内容と現況が違います", "h3"))
            self._facts.addWidget(differences_grid(facts, drift.differences, narrow=True))
            for fact in drift.missing:
                self._facts.addWidget(prose(fact.sentence, "error"))
        if self._since is not None and self._since.stale:
            self._add_outdated(facts, self._since)
        self._add_ways(bool(drifts))
        add_kept_files(self._facts, self.context, document, self.notice)
        self._facts.addStretch(1)

    @property
    def _outdated(self) -> bool:
        return self._since is not None and self._since.stale

    def _add_outdated(self, facts: Facts, since: Drift) -> None:
        self._facts.addWidget(prose(SINCE_ISSUED, "error"))
        self._facts.addWidget(differences_grid(facts, since.differences, narrow=True, submitted=False))
        for fact in since.missing:
            self._facts.addWidget(prose(fact.sentence, "error"))

    def _told(self) -> QWidget:
        document = self.document
        replaced = self.context.facts().find(Submission, document.replaced_by)
        lines = (
            ("発行日", wareki(document.issued_on)),
            ("提出日", wareki(document.submitted_on) if document.submitted_on else ""),
            ("提出方法", document.how),
            ("受領者", document.received_by),
            ("受理日", wareki(document.accepted_on) if document.accepted_on else ""),
            ("差戻し日", wareki(document.sent_back_on) if document.sent_back_on else ""),
            ("差戻しの理由", document.sent_back_why),
            ("無効にした日", wareki(document.voided_on) if document.voided_on else ""),
            ("無効の理由", document.voided_why),
            ("差替え後", replaced.number if replaced else ""),
            ("照合コード", _in_fours(document.code)),
            ("台帳の記録番号", f"{document.head_sequence:,}番（発行したときの最後の番号）"),
        )
        widget = QWidget()
        grid = QGridLayout(widget)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, (name, text) in enumerate(pair for pair in lines if pair[1]):
            grid.addWidget(label(name, "sub"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(prose(text), at, 1, Qt.AlignmentFlag.AlignTop)
        return widget

    def _add_ways(self, stale: bool) -> None:
        self.ways = {}
        for way in self._possible(stale):
            made = button(way.text, way.press, kind=way.kind, key=way.key)
            if way.icon:
                self.context.look.dress(made, way.icon, "on-primary" if way.kind == "primary" else "sub")
            self.ways[way.text] = made
            self._facts.addWidget(made)
        self._allow()

    def _allow(self) -> None:
        """What needs the file can be done once it is there."""
        for text in (*_OF_THE_FILE, *_OF_THE_FILLED):
            if text in self.ways:
                self.ways[text].setEnabled(bool(self._pdf))

    def _possible(self, stale: bool) -> list[_Way]:
        context, document = self.context, self.document
        done = document.id
        found = [
            _Way(_PRINT, self.print_page, "", "print", "P"),
            _Way(SAVE_PDF, self._save, "", "pdf", "S"),
            _Way(_OUTSIDE, self._open_outside, "", "open"),
        ]
        if document.filled:
            found = [
                _Way(_OF_THE_FILLED[0], self._print_filled, "", "print", "P"),
                _Way(_OF_THE_FILLED[1], self._save_filled, "", "pdf", "S"),
                _Way("記録のPDFを保存", self._save),
            ]
        if document.voided_on is None and document.submitted_on is None:
            primary = "" if self._outdated else "primary"
            found.insert(0, _Way("提出を記録", lambda: fates.submit(context, done), primary, "check", "T"))
        if stale:
            again = IssueForm(document.form, document.contract)
            found.insert(0, _Way("変更届を作成", lambda: context.navigate(again), "primary", "documents"))
        if document.stands:
            if document.accepted_on is None:
                found.append(_Way("受理を記録", lambda: fates.accept(context, done)))
            found.append(_Way("差戻しを記録", lambda: fates.send_back(context, done)))
        # In the words of the desk that leads here.
        copy = "署名済みの控えを添付" if document.form == SLIP else "受領印のある控えを添付"
        found.append(_Way(copy, lambda: take_in_as(context, document), "", "attach"))
        if document.stands and not document.filled:
            found.append(_Way(_AGAIN, self._second_copy, "", "print"))
        found.append(_Way("照合する", self.prove, "", "verify"))
        if document.voided_on is None:
            found.append(_Way("作り直す", self._reissue, "danger"))
            found.append(_Way("無効にする", lambda: fates.void(context, done), "danger"))
        return found

    def _save(self) -> None:
        if save_pdf(self.context, self._pdf, self._name()):
            self.notice.say("PDFを保存しました。", "ok")

    def _open_outside(self) -> None:
        open_outside(self.context, self._pdf, self._name())

    def _name(self) -> str:
        """How a file of this document is called: number, title, client."""
        facts = self.context.facts()
        contract = facts.find(Contract, self.document.contract)
        client = facts.find(Client, contract.client) if contract else None
        return pdf_name(self.document.number, self.document.title, client.name if client else "")

    def _second_copy(self) -> None:
        def done(pdf: bytes) -> None:
            print_copy(self.context, self.document, pdf, self.notice)

        fates.second_copy(self.context, self.document, done)

    def _save_filled(self) -> None:
        if save_filled(self.context, self.document):
            self.notice.say("提出するファイルを保存しました。", "ok")

    def _print_filled(self) -> None:
        print_filled(self.context, self.document, self.notice)

    def prove(self) -> None:
        """Check the archived copy and say how it stands."""
        context, document = self.context, self.document

        def done(found: tuple[bool, str]) -> None:
            self.notice.say(found[1], "ok" if found[0] else "danger")

        context.operations.run(lambda _progress: fates.proof(context, document), done, owner=self)

    def _reissue(self) -> None:
        from app.exchange.documents.issuing import reissue

        context, document = self.context, self.document
        form = context.forms.get(document.form)
        known = form is not None and statement_of(document) is not None
        known = known and context.facts().find(Contract, document.contract) is not None
        why = fates.ask_reason(context, document) if known else ""
        if known and not why:
            return
        # Read only now: what was written while the reason was asked for is told too.
        facts = context.facts()
        contract = facts.find(Contract, document.contract)
        if form is None or contract is None or not known:
            context.dialogs.warn("この書類は作り直せません。契約が取り消されていないか確かめてください。")
            return
        today = context.today()
        case = Case(facts, context.catalogue, contract, today, forms=context.forms, today=today)

        def work(progress: Progress) -> Submission | None:
            try:
                return reissue(context.ledger, form, case, document, why, progress)
            except Cancelled:
                return None

        def done(made: Submission | None) -> None:
            if made is None:
                context.dialogs.tell(
                    "作り直しを中止しました。", f"「{document.number}」は無効にしていません。"
                )
                return
            context.navigate(ShowDocument(made.id))
            if late := too_late(job, (made,)):
                context.dialogs.tell(late)

        job = context.operations.run(work, done, title="書類を作り直しています")


def _in_fours(code: str) -> str:
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
