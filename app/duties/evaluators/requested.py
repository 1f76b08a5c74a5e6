"""What the client asked for, and whether its record or a document handed in later answers it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.annexes.choices import Submit
from app.duties.counting import Deadline, deadline_after
from app.duties.duty import Evidence, Remark
from app.duties.evaluators.over import late
from app.duties.kinds import When
from app.duties.verdict import Lack, Question, counted, open_record, shown
from app.duties.view import ContractView
from app.records import Instruction
from app.records.instruction import InstructionKind, Matter


def requests(view: ContractView, kind: str) -> tuple[Instruction, ...]:
    """The requests of a kind that the contract had from the client until the day, by day."""
    return view.once(_requests, str(kind))


def _requests(view: ContractView, kind: str) -> tuple[Instruction, ...]:
    had = (one for one in view.held(Instruction) if one.kind == kind and one.received_on <= view.day)
    return tuple(sorted(had, key=lambda one: (one.received_on, one.id)))


@dataclass(slots=True)
class Answers:
    """What the requests of the client that concern a clause still lack, what answered them, and how late."""

    asked: tuple[Instruction, ...] = ()
    lacks: list[Lack] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def words(self) -> str:
        """That every request was answered, as the end of a sentence; empty where none was made."""
        return f"、報告の求め{len(self.asked)}件に応じています" if self.asked else "ています"


def answers(question: Question, matter: Matter, what: str, why: str) -> Answers:
    """The requests for a report (報告の求め) on ``matter``, where the clause has it reported when asked.

    A request whose record does not say what was asked for may be for this: it counts until it is said.
    ``what``: the report in words; ``why``: the rule, as one sentence.
    """
    if question.asks.submit is not Submit.ON_REQUEST and When.ON_REQUEST not in question.clause.when:
        return Answers()
    asked = tuple(
        one for one in requests(question.view, InstructionKind.REPORT) if not one.about or matter in one.about
    )
    return answered(question, asked, what, why)


def answered(question: Question, asked: tuple[Instruction, ...], what: str, why: str) -> Answers:
    """Each of ``asked`` with its answer, or what it lacks.

    A clause that sets no time is read as 速やかに, which is the product's assumption: what never fell due
    would stay open for years without being seen.
    """
    found = Answers(asked)
    for one in asked:
        due, words = _due(one, question.soon_after(one.received_on))
        proof = answer(question, one)
        if proof is None:
            lack = unanswered(question, one, what, why)
            found.lacks.append(lack._replace(due=due, counted=words))
            continue
        found.evidence.append(proof)
        if proof.on is not None and due is not None and proof.on > due:
            found.remarks.append(
                late(f"{shown(one.received_on)}の{one.kind}に対する{what}", one, due, proof.on)
            )
    return found


def answer(question: Question, asked: Instruction) -> Evidence | None:
    """What answered the request until the day: its own record, or the first document submitted after it."""
    view = question.view
    if asked.answered_on is not None and asked.answered_on <= view.day:
        return question.evidence(asked, asked.answered_on)
    for form in view.forms_for(question.kind):
        for document in view.standing(form):
            if document.submitted_on is not None and document.submitted_on >= asked.received_on:
                return question.evidence(document, document.submitted_on)
    return None


def unanswered(question: Question, asked: Instruction, what: str, why: str) -> Lack:
    """The request is open: ``what`` is due on the day that it names, else as the clause counts."""
    step = question.issue()
    doubt = "（何についての求めかが登録されていません）" if _unclear(asked) else ""
    due, words = _due(asked, deadline_after(asked.received_on, question.asks))
    return Lack(
        f"{shown(asked.received_on)}の{asked.kind}{doubt}に対する{what}が記録されていません。",
        why,
        "instruction",
        asked.id,
        due,
        step if step.action else open_record(asked),
        words,
    )


def _unclear(asked: Instruction) -> bool:
    return asked.kind == InstructionKind.REPORT and not asked.about


def _due(asked: Instruction, otherwise: Deadline | None) -> tuple[date | None, str]:
    """By when a request is answered, and how that was counted; the client's own day goes before all."""
    if asked.due_on is not None:
        return asked.due_on, ""
    return (otherwise.day, counted(otherwise)) if otherwise is not None else (None, "")
