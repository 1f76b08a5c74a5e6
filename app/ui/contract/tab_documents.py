"""Issued documents as rows, for one contract or for all."""

from __future__ import annotations

from typing import Any

from app.records import Contract, Facts, Submission
from app.ui.contract.tab import ContractTab
from app.ui.parts.lines_table import Cell, Column, Line, line
from app.ui.reckoning.assessor import Assessment
from app.ui.targets import IssueForm, ShowDocument
from app.work.states import document_mark, named, short_day

DOCUMENT_COLUMNS = (
    Column("文書番号", 6),
    Column("書類名", 12, stretch=True),
    Column("状態", 7),
    Column("発行日", 5),
    Column("提出日", 5),
    Column("提出方法", 5),
    Column("受領者", 6),
)


def document_line(facts: Facts, one: Submission, stale: bool, *, contract: bool = False) -> Line:
    """An issued document; ``contract``: with the contract it belongs to."""
    shown = document_mark(one, stale)
    held = facts.find(Contract, one.contract)
    return line(
        one.id,
        one.number,
        one.title,
        *([named(facts, held) if held else ""] if contract else []),
        Cell(shown.text, shown.word, shown.tone),
        Cell(short_day(one.issued_on), one.issued_on),
        Cell(short_day(one.submitted_on), one.submitted_on),
        one.how,
        one.received_by,
    )


class DocumentsTab(ContractTab):
    """The documents of one contract, the newest first."""

    name = "書類の一覧"
    columns = DOCUMENT_COLUMNS
    nothing = "書類を作成して発行すると、ここに保管されます。"

    def build(self) -> None:
        target = IssueForm("", self.contract)
        self.add_button("書類を作成", lambda: self.context.navigate(target), icon="documents", kind="primary")

    def lines(self, facts: Facts, held: Contract, made: Assessment | None) -> list[Line]:
        return [
            document_line(facts, one, made is not None and made.stale(one))
            for one in reversed(facts.of(Submission, "contract", held.id))
        ]

    def open(self, key: Any) -> None:
        self.context.navigate(ShowDocument(key))
