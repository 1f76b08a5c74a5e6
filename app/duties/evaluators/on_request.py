"""What a clause has reported when the client asks for it: people, places, devices, the chart, hand-overs.

An open request stands in the very clause that it concerns, and is overdue there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.annexes.choices import Submit
from app.annexes.kinds import When
from app.duties.duty import Evidence, Remark
from app.duties.evaluators.over import late
from app.duties.evaluators.requested import answer, requests, unanswered
from app.duties.verdict import Lack, Question, shown
from app.records import Instruction
from app.records.instruction import InstructionKind, Matter


@dataclass(slots=True)
class Answers:
    """What the requests of the client that concern a clause still lack, what answered them, and how late."""

    asked: tuple[Instruction, ...] = ()
    lacks: list[Lack] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def words(self) -> str:
        """That every request was answered, as the end of a sentence; nothing more where none was made."""
        return f"、報告の求め{len(self.asked)}件に応じています" if self.asked else "ています"


def answers(question: Question, matter: Matter, what: str, why: str) -> Answers:
    """The requests for a report (報告の求め) on ``matter``, where the clause has it reported when asked.

    A request whose record does not say what was asked for may be for this: it counts until it is said.
    ``what``: the report in words; ``why``: the rule, as one sentence.
    """
    if question.asks.submit is not Submit.ON_REQUEST and When.ON_REQUEST not in question.clause.when:
        return Answers()
    every = requests(question.view, InstructionKind.REPORT)
    found = Answers(tuple(one for one in every if not one.about or matter in one.about))
    for one in found.asked:
        deadline = question.soon_after(one.received_on)
        due = one.due_on or deadline.day
        proof = answer(question, one)
        if proof is None:
            found.lacks.append(_open(question, one, what, why))
            continue
        found.evidence.append(proof)
        if proof.on is not None and proof.on > due:
            said = f"{shown(one.received_on)}の{one.kind}に対する{what}"
            found.remarks.append(late(said, one, due, proof.on))
    return found


def _open(question: Question, asked: Instruction, what: str, why: str) -> Lack:
    """A request without an answer.

    Where neither the client nor the clause sets a time it is due speedily (速やかに), which is the product's
    assumption: what never fell due would stay open for years without being seen.
    """
    unsaid = "" if asked.about else "（何についての求めかは登録されていません）"
    lack = unanswered(question, asked, f"{what}{unsaid}", why)
    return lack if lack.due else lack.by(question.soon_after(asked.received_on))
