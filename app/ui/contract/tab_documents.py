"""書類: the documents issued for one contract."""

from __future__ import annotations

from typing import Any

from app.duties.papers.drift import outdated
from app.records import Contract, Facts, Submission
from app.ui.contract.tab import ContractTab
from app.ui.papers.lines import DOCUMENT_COLUMNS, document_line
from app.ui.parts.tables.lines_table import Line
from app.ui.reckoning.assessor import Assessment
from app.ui.targets import IssueForm, IssueMany, ShowDocument
from app.work.batches import BEFORE_START, BINDER


class DocumentsTab(ContractTab):
    """The documents of one contract, the newest first."""

    name = "書類の一覧"
    shows = frozenset({"contract", "submission"})
    columns = DOCUMENT_COLUMNS
    nothing = "書類を作成して発行すると、ここに保管されます。"

    def build(self) -> None:
        target = IssueForm("", self.contract)
        self.add_button("書類を作成", lambda: self.context.navigate(target), icon="documents", kind="primary")
        many = IssueMany(BEFORE_START, self.contract)
        self.add_button("着手前の書類をまとめて発行", lambda: self.context.navigate(many))
        binder = IssueForm(BINDER, self.contract)
        self.add_button("証跡綴りを作成", lambda: self.context.navigate(binder))

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        papers, context = facts.of(Submission, "contract", held.id), self.context
        changed = outdated(facts, context.catalogue, context.forms, papers, context.today())
        wrong = {one.submission.id for one in changed}
        return [
            document_line(facts, one, made.stale(one) if made is not None else None, outdated=one.id in wrong)
            for one in reversed(papers)
        ]

    def open(self, key: Any) -> None:
        self.context.navigate(ShowDocument(key))
