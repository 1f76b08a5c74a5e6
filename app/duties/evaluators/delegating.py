"""subcontract-approval: each delegation had the client's approval before it started."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.annexes.kinds import State
from app.duties.evaluators.delegated import delegations, name_of
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Findings, Subject
from app.duties.evaluators.matching import Claim, Matching, match
from app.duties.evaluators.scope import Use
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Person, Subcontract, Subcontractor
from app.records.approval import ApprovalKind
from app.records.person import Employment

_STATED = (
    ("管理方法", "control"),
    ("含まれる情報", "information"),
    ("再委託の内容", "work"),
    ("再委託の理由", "reason"),
)
"""A word in an item that the application must carry → the field of the delegation that carries it."""


def judge(question: Question) -> Verdict:
    view = question.view
    asks = question.asks
    held = tuple(one for one in delegations(view) if asks.tiers or one.tier == 1)
    findings = Findings(question, DELEGATING, _word(question))
    findings.look_at(held)
    if not findings.ground.absolute:
        findings.lacks.extend(lack for one in held for lack in _unstated(question, findings.why, one))
    findings.lacks.extend(unrecorded_delegations(question, findings.why))
    if not held and not findings.lacks:
        rule = f"行う前に{findings.ground.words}が必要です"
        if findings.ground.absolute:
            rule = "例外なく禁じられています"
        return question.not_due(f"{findings.act}の記録はありませんが、{rule}。")
    return findings.verdict(
        f"再委託{len(held)}件は、いずれも始める前に得た{findings.ground.words}によるものです"
    )


def _word(question: Question) -> str:
    return "再委託（子会社への委託を含む）" if question.asks.subsidiaries else "再委託"


def unrecorded_delegations(question: Question, why: str) -> Iterator[Lack]:
    """Workers of a sub-contractor to which nothing is delegated by the ledger: a delegation is missing."""
    companies = {one.subcontractor for one in delegations(question.view)}
    for person in question.view.once(_delegated_workers):
        if person.subcontractor in companies or (person.subcontractor is None and companies):
            continue
        company = question.view.facts.find(Subcontractor, person.subcontractor)
        given = {"subcontractor": company.id} if company else {}
        whose = f"{company.name}の" if company else "再委託先の"
        text = f"{whose}{person.name}が従事していますが、再委託の記録がありません。"
        yield Lack(text, why, "person", person.id, step=add("subcontract", **given))


def _delegated_workers(view: ContractView) -> Sequence[Person]:
    workers = (worker.person for worker in view.workers if worker.since <= view.day)
    return tuple(person for person in workers if person.employment == Employment.SUBCONTRACTOR)


def _unstated(question: Question, why: str, one: Subcontract) -> Iterator[Lack]:
    """What the client is to be told of the delegation and is not recorded."""
    absent = [
        item
        for item in question.asks.items
        if any(word in item and not getattr(one, name) for word, name in _STATED)
    ]
    if absent:
        what = f"{name_of(question.view, one)}への再委託（始期{shown(one.starts_on)}）"
        text = f"{what}について、申請書に要る「{'」「'.join(absent)}」が登録されていません。"
        yield Lack(text, why, "subcontract", one.id, step=open_record(one))


def _use(view: ContractView, one: Subcontract) -> Use:
    since = _asked_before(view, one)
    last = max(since, min(one.ends_on or view.as_of, view.as_of))
    return Use(
        one,
        since,
        last,
        (),
        one.approval,
        destination=name_of(view, one),
        beforehand=True,
        goes_on=True,
    )


def _asked_before(view: ContractView, one: Subcontract) -> date:
    """The day before which the client's word is wanted: the start of the delegation.

    Of a contract signed after its start, what was due before is due on the day of the signature.
    """
    contract = view.contract
    if contract.starts_on <= contract.signed_on and one.starts_on <= contract.signed_on:
        return contract.signed_on + timedelta(days=1)
    return one.starts_on


def _described(view: ContractView, use: Use) -> str:
    one = view.facts.get(Subcontract, use.record.id)
    return f"{use.destination}への{one.tier}次の再委託（始期{shown(one.starts_on)}）"


def _matching(view: ContractView, basis: str) -> Matching:
    found = match(view, DELEGATING.kinds, (_use(view, one) for one in delegations(view)), basis)
    return replace(found, claims=_one_company_each(view, found.claims))


def _one_company_each(view: ContractView, claims: Mapping[int, Claim]) -> Mapping[int, Claim]:
    """An approval that names no company was given for one: what else rests on it, a person must say.

    Matched by nearness, the approval of the first delegation would let every later company and tier pass.
    Whoever names it in the record comes before those for which it was merely found.
    """
    served: dict[int, tuple[int, int]] = {}
    found = dict(claims)
    for number, claim in sorted(
        claims.items(), key=lambda pair: (not pair[1].named, pair[1].use.since, pair[0])
    ):
        for approval in claim.approvals:
            one = view.facts.get(Subcontract, number)
            whom = (one.subcontractor, one.tier)
            if not approval.destination and served.setdefault(approval.id, whom) != whom:
                doubt = (
                    f"{approval.number}に相手方の記載がないため、この再委託についての承諾かを確かめてください"
                )
                found[number] = claim._replace(doubts=(*claim.doubts, doubt))
    return found


DELEGATING = Subject(
    "再委託", (ApprovalKind.SUBCONTRACT,), lambda view, basis: view.once(_matching, basis), _described
)

EVALUATOR = evaluator(
    "subcontract-approval",
    judge,
    State.NOT_DUE,
    State.DUE,
    State.OVERDUE,
    State.WAITING,
    State.CONFIRM,
    State.SATISFIED,
)
