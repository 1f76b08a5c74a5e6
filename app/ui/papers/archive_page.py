"""書類: which documents are to be made and why, and the archive of those that were issued."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout

from app.common import Progress
from app.duties.papers.drift import Drift
from app.ledger.writing import ChangeSet
from app.records import Facts, Submission
from app.records.spelling.fold import squeezed, words_of
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.inputs.day import FRAME
from app.ui.manual import topic_of
from app.ui.page import Page
from app.ui.papers import fates
from app.ui.papers.differences import InHand, why_changed
from app.ui.papers.lines import DOCUMENT_COLUMNS, Row, issued_rows, to_make
from app.ui.papers.printing import print_pdf
from app.ui.papers.taking_in import pick
from app.ui.parts.live_line import search_line
from app.ui.parts.narrowed import nothing_fits
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.tables.lines_table import Column, LinesTable
from app.ui.parts.widgets import Empty, Notice, button, label
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.reckoning.contract_choice import offer_contracts
from app.ui.reckoning.waiting import waiting
from app.ui.targets import IssueForm, IssueMany, ShowDocument
from app.work.states import (
    OUTDATED,
    STALE,
)

_TO_MAKE = (
    Column("状態", 7),
    Column("期限", 5),
    Column("様式", 12),
    Column("契約", 14, stretch=True),
    Column("求めている条項", 14),
)
_ISSUED = (*DOCUMENT_COLUMNS[:2], Column("契約", 14, stretch=True), *DOCUMENT_COLUMNS[2:])
_BOX = 46
"""Logical pixels that a drop-down list takes beside its text."""
_STATES = ("未提出", OUTDATED.word, "提出済み", "受理済み", STALE.word, "差戻し", "無効")


class DocumentsPage(Page):
    """Two lists: what to make, and what was made."""

    shows = frozenset({"submission", "contract", "client"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._assessor = Assessor.of(context)
        self._made: Assessment | None = None
        self._to_make: list[Row] | None = None
        self._issued: list[Row] = []
        self._issued_of: tuple[Facts, Assessment | None, Mapping[int, Drift]] | None = None
        self._in_hand = InHand(context, self._changed, self)
        self.why = Notice()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("書類")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.addTab("発行した書類")
        self.tabs.addTab("作成する書類")
        self.contract = Combo()
        self.contract.setAccessibleName("契約で絞り込む")
        self.contract.setMinimumContentsLength(9)
        self.contract.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.contract.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.contract.currentIndexChanged.connect(lambda _at: self._list())
        self.state = Combo()
        self.state.setAccessibleName("状態で絞り込む")
        self.state.addItem("すべての状態", "")
        for word in _STATES:
            self.state.addItem(word, word)
        self.state.currentIndexChanged.connect(lambda _at: self._list())
        self.search = search_line("書類を探す", "番号・書類名・照合コード")
        self.search.followed.connect(lambda _seen: self._list())
        self.issued = LinesTable(context.look, "発行した書類", _ISSUED)
        self.issued.picked.connect(lambda key: context.navigate(ShowDocument(key)))
        self.issued.chosen.connect(lambda _keys: self._allow())
        self.to_make = LinesTable(context.look, "作成する書類", _TO_MAKE)
        self.to_make.picked.connect(lambda key: context.navigate(IssueForm(key[0], key[1])))
        self.to_make.chosen.connect(lambda _keys: self._allow())
        self.open = button("開く", self._open, key="O")
        self.submit = button("提出を記録", self._submit, key="T")
        self.paper = button("印刷", self.print_page, key="P")
        context.look.dress(self.paper, "print")
        self.copies = button("控えを取り込む…", lambda: pick(context), key="C")
        context.look.dress(self.copies, "attach")
        self.compare = button("紙・PDFと照合…", self._compare, key="V")
        context.look.dress(self.compare, "verify")
        self.make = button("この書類を作成", self._make, kind="primary", key="M")
        self._stack = QStackedWidget()
        self._build()
        self._assessor.ready.connect(self._assessed)

    def _build(self) -> None:
        new = button("書類を作成", self.add, kind="primary", key="N")
        self.context.look.dress(new, "documents", "on-primary")
        many = button("まとめて発行", lambda: self.context.navigate(IssueMany()), key="G")
        nothing = Empty(
            "発行した書類はまだありません",
            "書類を作成して発行すると、提出の状況とともにここに保管されます。",
            button("書類を作成", self.add, kind="primary", name="最初の書類を作成"),
        )
        none = Empty("作成する書類はありません", "義務と期限から要るようになった書類が、ここに並びます。")
        fits = [nothing_fits(rest, self.widen) for rest in ("発行した書類", "作成する書類")]
        for widget in (self.issued, self.to_make, nothing, waiting(), *fits, none):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 16)
        layout.setSpacing(10)
        layout.addLayout(flow(label("書類", "h1"), self.tabs, None, new))
        hold(self.search, 12, around=FRAME)
        hold(self.state, 6.5, around=_BOX)
        layout.addLayout(flow(self.contract, self.state, self.search))
        acts = (self.open, self.submit, self.paper, self.make)
        layout.addLayout(flow(self.copies, self.compare, many, None, *acts))
        layout.addWidget(self.why)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(lambda _at: self._switch())
        self._allow()

    def title(self) -> str:
        return "書類"

    def refresh(self) -> None:
        current = self._assessor.current()
        offer_contracts(self.contract, self.context.facts())
        if current is not None and current is not self._made:
            self._assessed(current)
        self._in_hand.look()
        self._list()

    def widen(self) -> None:
        """Give up what narrows the lists."""
        with QSignalBlocker(self.contract), QSignalBlocker(self.state), QSignalBlocker(self.search):
            self.contract.setCurrentIndex(0)
            self.state.setCurrentIndex(0)
            self.search.clear()
        self._list()

    def _changed(self) -> None:
        if self.context.is_open:
            self._list()

    @property
    def topic(self) -> str:
        return topic_of("submission")

    def add(self) -> None:
        """Ctrl+N."""
        self.context.navigate(IssueForm("", int(self.contract.currentData() or 0)))

    def print_page(self) -> None:
        """Ctrl+P: the chosen document."""
        for document_id in self._chosen():
            self._print(fates.latest(self.context, document_id))

    def _print(self, document: Submission) -> None:
        from app.exchange.documents.issuing import archived
        from app.printing.pages import page_count

        context = self.context

        def done(pdf: bytes) -> None:
            print_pdf(context, pdf, f"{document.number}　{document.title}", page_count(pdf))

        context.operations.run(lambda _progress: archived(context.ledger, document), done, owner=self)

    def take(self, changes: ChangeSet) -> None:
        del changes
        offer_contracts(self.contract, self.context.facts())
        self._in_hand.look()
        self._list()

    def _assessed(self, made: Assessment) -> None:
        """Every form for every contract is much: worked out beside the window, once for each assessment."""
        self._made = made
        context, assessor = self.context, self._assessor

        def work(_progress: Progress) -> list[Row]:
            return to_make(made.facts, assessor.tasks(made), context.forms)

        self._in_hand.look()
        context.operations.run(work, self._take_rows, owner=self, key=f"to-make:{id(self)}")
        self._list()

    def _take_rows(self, rows: list[Row]) -> None:
        self._to_make = rows
        self._list()

    def _list(self) -> None:
        """Narrow both lists to what is wanted."""
        chosen, state = int(self.contract.currentData() or 0), self.state.currentData()
        issued = [one for one in self._archive() if state == "" or not one.states or state in one.states]
        for table, rows in ((self.issued, issued), (self.to_make, self._to_make or ())):
            table.show_lines(
                [one.line for one in rows if chosen in (0, one.contract) and self._holds(one.words)]
            )
        self._switch()

    def _archive(self) -> list[Row]:
        """The rows of all documents, the newest first; made once for each state of the ledger."""
        now = (self.context.facts(), self._assessor.latest, self._in_hand.drifts)
        if self._issued_of is None or any(a is not b for a, b in zip(self._issued_of, now, strict=True)):
            self._issued_of, self._issued = now, list(issued_rows(*now))
        return self._issued

    def _holds(self, folded: str) -> bool:
        """Whether a row holds every word; a code may be typed in groups as it is printed."""
        text = self.search.seen()
        return all(word in folded for word in words_of(text)) or _bare_code(text) in folded

    def _switch(self) -> None:
        making = self.tabs.currentIndex() == 1
        self._stack.setCurrentIndex(self._wanted_part(making=making))
        self.state.setVisible(not making)
        for widget in (self.open, self.submit, self.paper):
            widget.setVisible(not making)
        self.make.setVisible(making)
        self._allow()

    def _wanted_part(self, *, making: bool) -> int:
        """Where in the stack stands what is to be seen: rows, or why there are none."""
        if making:
            if self._to_make is None:
                return 3
            return 1 if self.to_make.lines.lines else 5 if self._to_make else 6
        if not self.context.facts().all(Submission):
            return 2
        return 0 if self.issued.lines.lines else 4

    def _chosen(self) -> list[int]:
        return self.issued.selected() if self.tabs.currentIndex() == 0 else []

    def _allow(self) -> None:
        chosen = self._chosen()
        document = self.context.facts().find(Submission, chosen[0]) if chosen else None
        self.open.setEnabled(bool(chosen))
        self.paper.setEnabled(bool(chosen))
        self.submit.setEnabled(
            document is not None and document.submitted_on is None and document.voided_on is None
        )
        self.make.setEnabled(bool(self.to_make.selected()))
        self._tell_why(document)

    def _tell_why(self, document: Submission | None) -> None:
        """Why the chosen paper no longer agrees with the ledger, whether it was handed in or not."""
        made, number = self._assessor.latest, document.id if document is not None else 0
        drifts = [one for one in made.drifts if one.submission.id == number] if made is not None else []
        since = self._in_hand.drifts.get(number)
        in_hand = document is not None and document.submitted_on is None
        found = since if in_hand and since is not None else next(iter(drifts), None)
        if document is None or found is None or document.voided_on is not None:
            self.why.hide()
            return
        self.why.say(why_changed(self.context.facts(), found, document), "warn")

    def _open(self) -> None:
        for document_id in self._chosen():
            self.context.navigate(ShowDocument(document_id))

    def _submit(self) -> None:
        for document_id in self._chosen():
            fates.submit(self.context, document_id)

    def _compare(self) -> None:
        from app.ui.papers.compare_dialog import CompareDialog

        self.context.dialogs.show(CompareDialog(self.context))

    def _make(self) -> None:
        for form, contract in self.to_make.selected():
            self.context.navigate(IssueForm(form, contract))


def _bare_code(text: str) -> str:
    """A verification code without the spaces it is printed with; something never found for other text."""
    bare = squeezed(text)
    return bare if len(bare) >= 8 and all(c in "0123456789abcdef" for c in bare) else "\0"
