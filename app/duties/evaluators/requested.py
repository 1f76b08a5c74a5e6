"""What the client asked for, and what answers it: its own record, or the document handed in for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.counting.deadlines import deadline_after
from app.duties.duty import Evidence, Remark
from app.duties.papers.claims import Whole
from app.duties.papers.drift import stood
from app.duties.verdict import NO_STEP, Lack, Question, counted, open_record, shown
from app.duties.view import ContractView
from app.records import Instruction, Submission


class Answer(NamedTuple):
    """What answered a request, and on which day the client had it."""

    on: date
    proof: Evidence


def requests(view: ContractView, kind: str) -> tuple[Instruction, ...]:
    """The requests of a kind that the contract had from the client until the day, by day."""
    return view.once(_requests, str(kind))


def _requests(view: ContractView, kind: str) -> tuple[Instruction, ...]:
    had = (one for one in view.held(Instruction) if one.kind == kind and one.received_on <= view.day)
    return tuple(sorted(had, key=lambda one: (one.received_on, one.id)))


def answer(question: Question, asked: Instruction) -> Evidence | None:
    """What answered the request until the day, in the form that was asked for; None where nothing did."""
    found = answers(question, asked.kind).get(asked.id)
    return found.proof if found else None


def answers(question: Question, kind: str) -> Mapping[int, Answer]:
    """Request of a kind → what answered it until the day.

    A document that names no request serves the one that was open when the client got it. Where several
    were, nobody can tell which, and it serves none: a request must not be closed by another's answer.
    """
    asked = requests(question.view, kind)
    found = {one.id: own for one in asked if (own := _own(question, one)) is not None}
    linked = {one.document for one in asked if one.document is not None}
    for document in _documents(question):
        on = document.submitted_on
        if on is None or document.id in linked:
            continue
        waiting = [
            one for one in asked if one.received_on <= on and (one.id not in found or on < found[one.id].on)
        ]
        if len(waiting) == 1 and waiting[0].document is None:
            found[waiting[0].id] = Answer(on, question.evidence(document, on))
    return found


def _own(question: Question, asked: Instruction) -> Answer | None:
    """What the request's own record says of its answer; a document that fell away answers nothing."""
    view = question.view
    if asked.document is not None:
        document = view.facts.find(Submission, asked.document)
        if document is None or not stood(document, view.day) or document.submitted_on is None:
            return None
        if document.submitted_on < asked.received_on:
            return None
        return Answer(document.submitted_on, question.evidence(document, document.submitted_on))
    on = asked.answered_on
    if (
        on is None
        or not asked.received_on <= on <= view.day
        or (in_writing(question, asked) and asked.answered_in_writing is not True)
    ):
        return None
    return Answer(on, question.evidence(asked, on))


def in_writing(question: Question, asked: Instruction) -> bool:
    """Whether only a written answer serves: the clause wants one, or the client asked for one."""
    return question.asks.written or asked.asked_in_writing is True


def _documents(question: Question) -> Sequence[Submission]:
    """What was handed in for this kind of duty, in the order in which the client got it."""
    view = question.view
    # A paper about single things answers no request for the whole.
    held = (one for form in view.forms_for(question.kind, Whole) for one in view.standing(form))
    return sorted(held, key=lambda one: (one.submitted_on or one.issued_on, one.id))


def due_of(question: Question, asked: Instruction) -> tuple[date | None, str]:
    """By when a request is answered: the client's own day, else what the clause sets, and how it counts."""
    if asked.due_on is not None:
        return asked.due_on, ""
    deadline = deadline_after(asked.received_on, question.asks)
    return (deadline.day, counted(deadline)) if deadline else (None, "")


def late(question: Question, kind: str) -> Iterator[Remark]:
    """The requests of a kind that were answered after their day."""
    held = answers(question, kind)
    for one in requests(question.view, kind):
        due, _words = due_of(question, one)
        if one.id in held and due is not None and held[one.id].on > due:
            on = held[one.id].on
            days = f"期限{shown(due)}、対応{shown(on)}"
            text = f"{shown(one.received_on)}の{one.kind}への対応は、期限の後でした（{days}）。"
            yield Remark(text, "instruction", one.id, due, on)


def unanswered(question: Question, asked: Instruction, what: str, why: str) -> Lack:
    """The request is open: ``what`` is due on the day that it names, else as the clause counts."""
    # A paper about single things would be offered here and answer nothing.
    step = question.issue() if question.view.forms_for(question.kind, Whole) else NO_STEP
    due, words = due_of(question, asked)
    return Lack(
        f"{shown(asked.received_on)}の{asked.kind}に対する{what}が{_state(question, asked)}。",
        why,
        "instruction",
        asked.id,
        due,
        step if step.action else open_record(asked),
        words,
    )


def _state(question: Question, asked: Instruction) -> str:
    """What is wrong with the answer, in words that end the sentence."""
    answered = asked.answered_on is not None and asked.answered_on <= question.view.day
    if asked.document is not None:
        return "、提出済みの有効な書類で記録されていません"
    if answered and in_writing(question, asked):
        return "、書面によるものとして記録されていません"
    return "記録されていません"
