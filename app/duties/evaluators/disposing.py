"""disposal-approval: each disposal had the client's approval or instruction before it was done."""

from __future__ import annotations

from app.annexes.kinds import State
from app.duties.evaluators.disposed_elsewhere import unwritten
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Findings, Subject
from app.duties.evaluators.matching import Matching, match
from app.duties.evaluators.scope import Use
from app.duties.evaluators.ways import meant
from app.duties.holding.destruction import flaws, made_good
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.duties.view import ContractView, covers
from app.records import Approval, Asset, Disposal
from app.records.approval import ApprovalKind
from app.records.status import Status

ATTEND = "立会"
"""The word by which a condition or an instruction asks for the client's attendance."""
_WHY = "廃棄・消去は、承諾又は指示のとおりに、判読も復元もできない方法で行う必要があります。"


def judge(question: Question) -> Verdict:
    word = "・".join(str(act) for act in question.asks.acts) or "廃棄・消去"
    findings = Findings(question, DISPOSING, word)
    done = tuple(one for one in question.view.disposals if meant(question, one) and _concerned(question, one))
    planned = tuple(one for one in question.view.planned_disposals if one.done_on >= question.view.day)
    findings.look_at((*done, *(one for one in planned if meant(question, one) and _concerned(question, one))))
    for disposal in done:
        _look_at_method(findings, disposal)
    away = list(unwritten(question, f"{findings.ground.words}によるものか"))
    if away and not findings.lacks and not findings.doubts:
        unclear = question.confirm(away[0].why, away, findings.proven, away[0].step)
        return unclear._replace(remarks=tuple(findings.remarks))
    findings.doubts.extend(away)
    if not done and not findings.lacks:
        rule = f"行う前に{findings.ground.words}が必要です"
        if findings.ground.absolute:
            rule = "例外なく禁じられています"
        return question.not_due(f"{word}の記録はありませんが、{rule}。")
    return findings.verdict(f"{word}{len(done)}件は、いずれも先に得た{findings.ground.words}によるものです")


def unallowed(question: Question, disposal: Disposal) -> tuple[Lack, ...]:
    """What the ground of one disposal lacks, and nothing of the way in which it is done."""
    if not (meant(question, disposal) and _concerned(question, disposal)):
        return ()
    findings = Findings(question, DISPOSING, "廃棄・消去")
    findings.look_at((disposal,))
    return tuple(one for one in findings.lacks if (one.record, one.id) == ("disposal", disposal.id))


def _look_at_method(findings: Findings, disposal: Disposal) -> None:
    """What was allowed or ordered leaves nothing readable, and is done in the way and company asked."""
    question = findings.question
    view = question.view
    approvals = DISPOSING.matching(view, "").claims[disposal.id].approvals
    what = f"{shown(disposal.done_on)}の廃棄・消去"
    for fault in flaws(view.facts, disposal, question.asks.methods, approvals):
        line = disposal.lines[fault.row]
        if made_good(view.facts, view.disposals, disposal, line) is None:
            text = f"{what}のうち{line.item}（{line.medium}）は、{fault.words}。"
            lack = Lack(text, _WHY, "disposal", disposal.id, step=open_record(disposal))
            (findings.lacks if fault.certain else findings.doubts).append(lack)
    for approval in approvals:
        if ATTEND in approval.conditions and not disposal.witness:
            text = f"{what}に、{approval.number}の条件にある立会いの立会人の記録がありません。"
            findings.lacks.append(Lack(text, _WHY, "disposal", disposal.id, step=open_record(disposal)))


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
    planned = disposal.status == Status.PLANNED
    return Use(disposal, day, day, tuple(things), disposal.approval, beforehand=True, goes_on=planned)


def _described(_view: ContractView, use: Use) -> str:
    planned = "（予定）" if use.goes_on else ""
    return f"{shown(use.since)}の廃棄・消去{planned}"


def _matching(view: ContractView, basis: str) -> Matching:
    """All disposals done, then the plans: what is only meant uses up nothing that was needed."""
    every = (*view.disposals, *view.planned_disposals)
    return match(view, DISPOSING.kinds, map(_use, every), basis)


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


EVALUATOR = evaluator(
    "disposal-approval", judge, State.NOT_DUE, State.DUE, State.WAITING, State.CONFIRM, State.SATISFIED
)
