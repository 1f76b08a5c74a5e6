"""Papers of the other ledger: its numbers, codes and heads are of its own journal, so that they cannot be
papers of this one. Their files are kept bit for bit, attached to the contract, and discharge nothing here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.filesystem import pdf_name
from app.records import Attachment, Submission

KIND = "その他：ほかの台帳の書類"
TOLD = "ほかの台帳で発行した書類です。この台帳で提出したものとは数えません。"
_LONGEST = 200


def attachments_of(paper: Submission) -> Iterator[Attachment]:
    """The files of a paper, as attachments of its contract."""
    called = f"{paper.title}（{paper.number}）"[:_LONGEST]
    held = Attachment(
        record_kind="contract",
        record_id=paper.contract,
        title=called,
        kind=KIND,
        note=TOLD,
        file_name=pdf_name(paper.number, paper.title),
        data=paper.pdf,
    )
    yield held
    if paper.filled:
        yield replace(held, title=f"{called} 発注者の様式"[:_LONGEST], data=paper.filled)


def rehomed(attachment: Attachment, paper: Submission) -> Attachment:
    """What was attached to such a paper, attached to its contract and saying to which."""
    return replace(
        attachment,
        record_kind="contract",
        record_id=paper.contract,
        title=f"{attachment.title}（{paper.number}）"[:_LONGEST],
    )
