"""What an application does to the approvals that it asks for: handed in it asks, come back it does not.

The day on which the client was asked stands once, on the approval. Whoever hands an application in has
asked on the day that it bears; nobody else writes it down, or has to take it away when the paper comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.duties.case import AGAIN
from app.ledger.errors import LedgerError
from app.ledger.writing import Change
from app.records import Approval, Facts, Statement, Submission
from app.records.days import wareki


def handed_in(change: Change, sent: Submission, operation: str) -> None:
    """Write the day of an application that was handed in as 申請日 of the approvals that it asks for.

    Raises ``LedgerError`` where the ledger knows another day, or an answer from before: one of the two is
    wrong, and only people know which. What is handed in once more (再提出) asks for nothing again.
    """
    statement = Statement.read(sent.statement)
    if statement is None or statement.variant == AGAIN:
        return
    for approval in _asked_for(change.facts, sent):
        if approval.applied_on is None:
            _refuse_answered(approval, sent)
            change.amend(replace(approval, applied_on=sent.issued_on), operation)
        elif approval.applied_on != sent.issued_on:
            raise LedgerError(
                f"承諾「{approval.number}」の申請日は{wareki(approval.applied_on)}と登録されていますが、"
                f"書類「{sent.number}」の日付は{wareki(sent.issued_on)}です。"
                "承諾の申請日を確かめ、違う場合は改めてから提出を記録してください。"
            )


def taken_back(change: Change, submission: Submission, operation: str) -> None:
    """Take the day off the approvals that an application asked for and that nobody has answered.

    A paper that came back, or was declared void, waits for no answer; left there, the day would say it did.
    """
    for approval in unasked(change.facts, submission):
        change.amend(replace(approval, applied_on=None), operation)


def unasked(facts: Facts, submission: Submission) -> Iterator[Approval]:
    """The approvals, as they stand, for which nobody is asked any more once the document has come back."""
    for approval in _asked_for(facts, submission) if submission.submitted_on is not None else ():
        answered = approval.granted_on or approval.refused_on
        if not answered and approval.applied_on == submission.issued_on:
            yield approval


def _asked_for(facts: Facts, submission: Submission) -> Iterator[Approval]:
    """The approvals that a document was made for: only an application is made for any."""
    told = facts.told(submission)
    held = (facts.stated(key) for key in told.subjects) if told else ()
    return (one for one in held if isinstance(one, Approval))


def _refuse_answered(approval: Approval, sent: Submission) -> None:
    answered = approval.granted_on or approval.refused_on
    if answered is not None and answered < sent.issued_on:
        raise LedgerError(
            f"承諾「{approval.number}」には、書類「{sent.number}」の日付（{wareki(sent.issued_on)}）より前の"
            f"{wareki(answered)}に回答があります。どちらの日付が正しいかを確かめてください。"
        )
