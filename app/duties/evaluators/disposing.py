"""disposal-approval: each disposal had the client's approval or instruction before it was done."""

from __future__ import annotations

from app.annexes.kinds import State
from app.duties.evaluators.erasing import meant
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Findings, Subject
from app.duties.evaluators.matching import Matching, match
from app.duties.evaluators.scope import Use
from app.duties.verdict import Question, Verdict, shown
from app.duties.view import ContractView, covers
from app.records import Approval, Asset, Disposal
from app.records.approval import ApprovalKind


def judge(question: Question) -> Verdict:
    word = "・".join(str(act) for act in question.asks.acts) or "廃棄・消去"
    findings = Findings(question, DISPOSING, word)
    done = tuple(one for one in question.view.disposals if meant(question, one) and _concerned(question, one))
    findings.look_at(done)
    if not done and not findings.lacks:
        rule = f"行う前に{findings.ground.words}が必要です"
        if findings.ground.absolute:
            rule = "例外なく禁じられています"
        return question.not_due(f"{word}の記録はありませんが、{rule}。")
    return findings.verdict(f"{word}{len(done)}件は、いずれも先に得た{findings.ground.words}によるものです")


def _concerned(question: Question, disposal: Disposal) -> bool:
    """Whether some of it carried what the clause speaks of; a device may have carried anything."""
    assets = [question.view.facts.find(Asset, line.asset) for line in disposal.lines]
    applies_to = question.asks.applies_to
    return any(asset is None or covers(applies_to, asset.classification) for asset in assets)


def _use(disposal: Disposal) -> Use:
    things = []
    for line in disposal.lines:
        if line.asset is not None:
            things.append(("asset", line.asset, line.quantity))
        elif line.device is not None:
            things.append(("device", line.device, line.quantity))
    day = disposal.done_on
    return Use(disposal, day, day, tuple(things), disposal.approval, beforehand=True)


def _described(_view: ContractView, use: Use) -> str:
    return f"{shown(use.since)}の廃棄・消去"


def _matching(view: ContractView, basis: str) -> Matching:
    return match(view, DISPOSING.kinds, map(_use, view.disposals), basis)


DISPOSING = Subject(
    "廃棄・消去", (ApprovalKind.DISPOSAL,), lambda view, basis: view.once(_matching, basis), _described
)


def granted(view: ContractView, asset: int) -> tuple[Approval, ...]:
    """The approvals on which all disposals of an asset rest; none where one of them has no ground."""
    matching = DISPOSING.matching(view, "")
    found: dict[int, Approval] = {}
    for disposal in view.disposals:
        if all(line.asset != asset for line in disposal.lines):
            continue
        claim = matching.claims[disposal.id]
        if claim.faults or len(claim.approvals) != 1:
            return ()
        found[claim.approvals[0].id] = claim.approvals[0]
    return tuple(found.values())


EVALUATOR = evaluator("disposal-approval", judge, State.NOT_DUE, State.DUE, State.WAITING, State.SATISFIED)
