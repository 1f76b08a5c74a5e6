"""law and management-rules: the rules that have to be followed are listed, and the vendor's own are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from unicodedata import normalize

from app.annexes.kinds import State, When
from app.counting.deadlines import Deadline
from app.duties.duty import Step
from app.duties.evaluators.attested import (
    attestation,
    attested,
    confirm_step,
    renewal,
    told,
    unattested,
)
from app.duties.evaluators.checked import begun_checks, lasting_checks, unmended
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import again, period_of
from app.duties.evaluators.requested import answer, requests, unanswered
from app.duties.evaluators.touched import reopened
from app.duties.verdict import Lack, Question, Verdict, add, open_record
from app.duties.view import ContractView
from app.records import Attestation, Check, Rule
from app.records.check import CheckKind
from app.records.instruction import InstructionKind
from app.records.rule import RuleKind


def in_force(view: ContractView) -> tuple[Rule, ...]:
    """The rules that hold for the contract on the day: its own, and those that hold for all contracts."""
    return tuple(
        rule
        for rule in view.facts.all(Rule)
        if (not rule.contracts or view.contract.id in rule.contract_ids)
        and (rule.starts_on is None or rule.starts_on <= view.day)
        and (rule.ends_on is None or rule.ends_on >= view.as_of)
    )


def judge_law(question: Question) -> Verdict:
    """The list of what has to be observed, and that a person or a check found it observed."""
    rules = [rule for rule in question.view.once(in_force) if rule.kind != RuleKind.OWN]
    listed = [question.evidence(rule, rule.starts_on) for rule in rules]
    lacks, proofs = attested(question)
    said = attestation(question)
    open_ones = list(unmended(question, begun_checks(question.view, CheckKind.LAW)))
    seen = [one for one in lasting_checks(question, CheckKind.LAW) if one.good]
    if said is None and not seen and not open_ones:
        return unattested(question, listed)
    if seen and (said is None or said.kept is True):
        lacks = []
        proofs.extend(question.evidence(one, one.done_on) for one in seen)
    lacks.extend(open_ones)
    lacks.extend(_unlisted(question, rules, said))
    days = [one.done_on for one in seen[:1]] + ([said.confirmed_on] if said else [])
    doubts = reopened(question, max(days, default=None), confirm_step(question))
    satisfied = f"守るべき法令・規程{len(rules)}件が一覧にあり、守られていることを確かめています。"
    again_by, step = _renewal(question, said, seen)
    return question.judge(
        lacks, [*proofs, *listed], satisfied, again_by, step, remarks=told(question), doubts=doubts
    )


def _renewal(
    question: Question, said: Attestation | None, checks: list[Check]
) -> tuple[Deadline | None, Step]:
    """A check and a confirmation serve alike: it comes round again when the later of them has run out."""
    if not checks:
        return renewal(question)
    by = again(question.view, period_of(question.asks), (checks[0].done_on,))
    if said is None:
        return by, add("check", kind=CheckKind.LAW.value)
    other, step = renewal(question)
    return (max(by, other, key=lambda one: one.day), step) if by and other else (None, step)


def _unlisted(question: Question, rules: Sequence[Rule], said: Attestation | None) -> Iterator[Lack]:
    """Each named act or policy needs a rule, or a confirmation, that names it; without names, any rule."""
    why = "守るべき法令と規程は、一覧にしたうえで守られていることを確かめる必要があります。"
    items = question.asks.items
    if not items and not rules:
        yield Lack("守るべき法令・規程の一覧がありません。", why, "rule", step=add("rule"))
    texts = [_bare(f"{rule.title} {rule.covers}") for rule in rules]
    if said is not None and said.kept is True:
        texts.append(_bare(f"{said.how} {said.remark}"))
    for item in items:
        if not any(_bare(name) in text for name in (item, *_ALSO_CALLED.get(item, ())) for text in texts):
            text = f"守るべき法令・規程の一覧に「{item}」がありません。"
            yield Lack(text, why, "rule", step=add("rule", title=item))


_ALSO_CALLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "個人情報の保護に関する法律": ("個人情報保護法",),
        "行政手続における特定の個人を識別するための番号の利用等に関する法律": (
            "番号法",
            "番号利用法",
            "マイナンバー法",
        ),
    }
)
"""Acts that people list by their short name."""


def _bare(text: str) -> str:
    """The text without width and space, which people write as they like."""
    return "".join(normalize("NFKC", text).split())


def judge_own(question: Question) -> Verdict:
    """The vendor's rules: recorded with their version, and handed in whenever the client asks."""
    asked = requests(question.view, InstructionKind.RULES)
    own = [rule for rule in question.view.once(in_force) if rule.kind == RuleKind.OWN]
    if not asked and question.clause.when == (When.ON_REQUEST,):
        return question.not_due("規程の提出の求めは記録されていませんが、求められたときは提出が必要です。")
    if not asked and not own:
        return question.unrecorded("自社の規程が登録されていないため、管理運営の定めを示せません。", "rule")
    named = "、".join(question.asks.items) or "管理運営の規程"
    why = f"{named}は、発注者から求められたときに提出する必要があります。"
    lacks = list(_unkept(own))
    evidence = [question.evidence(rule, rule.starts_on) for rule in own if rule.version]
    for one in asked:
        if proof := answer(question, one):
            evidence.append(proof)
        else:
            lacks.append(unanswered(question, one, "規程の提出", why))
    handed = f"、提出の求め{len(asked)}件に応じています" if asked else "が登録されています"
    return question.judge(lacks, evidence, f"自社の規程{len(own)}件の現行の版{handed}。")


def _unkept(own: list[Rule]) -> Iterator[Lack]:
    why = "管理運営の規程は、現行の版を示せるように登録する必要があります。"
    if not own:
        yield Lack(
            "現行の自社の規程が登録されていません。", why, "rule", step=add("rule", kind=RuleKind.OWN.value)
        )
    for rule in own:
        if not rule.version:
            text = f"規程「{rule.title}」の版が登録されていません。"
            yield Lack(text, why, "rule", rule.id, None, open_record(rule))


LAW = evaluator("law", judge_law, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
RULES = evaluator(
    "management-rules", judge_own, State.OVERDUE, State.DUE, State.CONFIRM, State.NOT_DUE, State.SATISFIED
)
