"""What the client asked for, and whether its record or a document handed in later answers it."""

from __future__ import annotations

from app.counting.deadlines import deadline_after
from app.duties.claims import Whole
from app.duties.duty import Evidence
from app.duties.verdict import Lack, Question, open_record, shown
from app.duties.view import ContractView
from app.records import Instruction


def requests(view: ContractView, kind: str) -> tuple[Instruction, ...]:
    """The requests of a kind that the contract had from the client until the day, by day."""
    return view.once(_requests, str(kind))


def _requests(view: ContractView, kind: str) -> tuple[Instruction, ...]:
    had = (one for one in view.held(Instruction) if one.kind == kind and one.received_on <= view.day)
    return tuple(sorted(had, key=lambda one: (one.received_on, one.id)))


def answer(question: Question, asked: Instruction) -> Evidence | None:
    """What answered the request until the day: its own record, or the first document submitted after it."""
    view = question.view
    if asked.answered_on is not None and asked.answered_on <= view.day:
        return question.evidence(asked, asked.answered_on)
    # A paper about single things answers no request for the whole.
    for form in view.forms_for(question.kind, Whole):
        for document in view.standing(form):
            if document.submitted_on is not None and document.submitted_on >= asked.received_on:
                return question.evidence(document, document.submitted_on)
    return None


def unanswered(question: Question, asked: Instruction, what: str, why: str) -> Lack:
    """The request is open: ``what`` is due on the day that it names, else as the clause counts."""
    step = question.issue()
    lack = Lack(
        f"{shown(asked.received_on)}の{asked.kind}に対する{what}が記録されていません。",
        why,
        "instruction",
        asked.id,
        asked.due_on,
        step if step.action else open_record(asked),
    )
    return lack if asked.due_on else lack.by(deadline_after(asked.received_on, question.asks))
