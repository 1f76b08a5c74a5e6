"""How the duties of a contract stand, in the words of a report: state, grounds, remarks, clause by clause."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from app.annexes.annex import Annex, Part
from app.annexes.clause import Clause
from app.annexes.kinds import State, kind_label
from app.annexes.reading.review.wording import clause_words
from app.duties.duty import Duty, Evidence, Gap, Remark
from app.duties.engine import unknown_annexes
from app.duties.finding import Finding
from app.printing.type.wareki import wareki
from app.records import SPECS, Contract, Facts, Record
from app.records.kinds import Ref
from app.records.status import planned_mark
from forms.breached import Lane, lane
from forms.parts.paper import Paper
from forms.parts.texts import NONE, lines, or_none

SHOWN = 3
"""How many grounds, and how many missing things, a line names before it counts the others."""

AFTER = "〔対象期間の後〕"
"""What stands behind a ground of a day after the period that a paper covers."""
LATE, BROKEN = "期限後に履行", "過去に違反"
"""What a report calls what is done now but came late, or was not as the clause asks for a time."""
BREACH = "違反"
"""What it calls what is not as the clause asks, and goes on."""
MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        State.SATISFIED.label: "記録により判定し、不足も遅れもないもの",
        LATE: "期限の後に行われたもの。期限と行われた日は備考のとおり",
        BROKEN: "定めに反した期間があったもの（現在は続いていない）。期間と経過は備考のとおり",
        BREACH: "定めに反した状態が、なお続いているもの。内容は備考のとおり",
        State.OVERDUE.label: "期限を過ぎて、なお済んでいないもの",
        State.DUE.label: "行うべきことが残っているもの",
        State.WAITING.label: "当社からの申請又は提出に対する発注者の回答を待っているもの",
        State.CONFIRM.label: "記録がそろわず、守られているかどうかが記録からは分からないもの",
        State.NOT_DUE.label: "時期が到来していないか、対象となる事実がないもの",
        State.NOT_APPLICABLE.label: "この契約には適用されないもの",
    }
)
"""Word → what it means to the reader of a report: what is done, what went wrong, what is open."""
_NONE_STANDS: Mapping[Lane, tuple[Finding, ...]] = MappingProxyType({})
_UNKNOWN = "記録からは、守られているかどうかが分かりません。"
_LOOK = re.compile(r"(.*)を確かめ(?:て|、.*)ください。")
_HEREBY = "本書の提出により報告します。"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of an annex: its title, a row for each clause and kind, and the clauses that ask for nothing.

    ``rows``: clause, what it asks, state, grounds, remarks. ``others``: clause and heading. ``words``: the
    text of a clause, where it was copied from the contract.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    others: tuple[tuple[str, ...], ...]
    words: Mapping[str, str]


def unjudged(paper: Paper[Any]) -> Iterator[tuple[int, str]]:
    """A contract without an annex, or an annex that cannot be judged: named, and never left out."""
    case = paper.case
    if not case.contract.annexes:
        yield (
            case.contract.id,
            "契約に特記事項がありません。契約を開いて、付された特記事項を選んでください。",
        )
    for held, problem in unknown_annexes(case.facts, case.catalogue):
        if held.id == case.contract.id:
            yield held.id, problem


def chapters(
    facts: Facts,
    contract: Contract,
    annexes: Iterable[Annex],
    duties: Iterable[Duty],
    breaches: Mapping[Lane, tuple[Finding, ...]] = _NONE_STANDS,
    until: date | None = None,
) -> list[Chapter]:
    """Every clause of ``annexes``, in their order, with the duties of ``contract`` under each.

    ``until``: the end of the period of the paper, where that is before its day: what proves it only since
    then is marked so.
    """
    held: dict[Clause, list[Duty]] = {}
    for duty in duties:
        held.setdefault(duty.clause, []).append(duty)
    return [
        _chapter(facts, contract, annex, part, held, breaches, until)
        for annex in annexes
        for part in annex.parts
    ]


def _chapter(
    facts: Facts,
    contract: Contract,
    annex: Annex,
    part: Part,
    held: Mapping[Clause, Sequence[Duty]],
    breaches: Mapping[Lane, tuple[Finding, ...]],
    until: date | None,
) -> Chapter:
    rows, others = [], []
    for clause in (one for one in annex.clauses if one.part == part.key):
        for number, duty in enumerate(held.get(clause, ())):
            heading = f"（{clause.heading}）" if number == 0 and clause.heading else ""
            named, breach = lines(clause.article, heading), breaches.get(lane(duty))
            rows.append(_row(facts, contract, named, duty, breach, until))
        if clause not in held:
            others.append((clause.article, clause.heading))
    return Chapter(part.title, tuple(rows), tuple(others), _words_of(facts, contract, annex, part))


def _words_of(facts: Facts, contract: Contract, annex: Annex, part: Part) -> dict[str, str]:
    """The clauses of a part as they were copied from the contract or read from it, as they are cited."""
    copied = clause_words(facts, contract.id, annex.key, annex.version)
    clauses = (one for one in annex.clauses if one.part == part.key and one.number in copied)
    return {one.article: copied[one.number] for one in clauses}


def _word(duty: Duty, *, breach: bool) -> str:
    """What a report calls the state of a duty: nothing that is or was broken or late is ever simply kept."""
    if breach:
        return BREACH
    if duty.state is State.SATISFIED and duty.remarks:
        return LATE if all(remark.late for remark in duty.remarks) else BROKEN
    return duty.state.label


def counts(
    duties: Iterable[Duty], breaches: Mapping[Lane, tuple[Finding, ...]] = _NONE_STANDS
) -> list[list[str]]:
    """Word, number of duties and meaning, in the order of ``MEANINGS``, and the sum."""
    held = Counter(_word(duty, breach=lane(duty) in breaches) for duty in duties)
    rows = [[word, f"{held[word]}件", meaning] for word, meaning in MEANINGS.items()]
    return [*rows, ["計", f"{held.total()}件", NONE]]


def _row(
    facts: Facts,
    contract: Contract,
    named: str,
    duty: Duty,
    breach: tuple[Finding, ...] | None,
    until: date | None,
) -> tuple[str, ...]:
    return (
        named,
        f"〔{kind_label(duty.kind)}〕",
        _word(duty, breach=breach is not None),
        or_none(_grounds(facts, contract, duty.evidence, until)),
        or_none(_remarks(facts, contract, duty, breach or ())),
    )


def _grounds(facts: Facts, contract: Contract, evidence: Iterable[Evidence], until: date | None) -> str:
    """The newest records that prove it, with the day that counts, and how many more there are."""
    newest = sorted(evidence, key=lambda one: one.on or date.min, reverse=True)
    texts = dict.fromkeys(_ground(facts, contract, one) + _after(one, until) for one in newest)
    return _first(texts)


def _after(proof: Evidence, until: date | None) -> str:
    return AFTER if until is not None and proof.on is not None and proof.on > until else ""


def _ground(facts: Facts, contract: Contract, proof: Evidence) -> str:
    record = facts.named(proof.record, proof.id)
    name = _name(facts, contract, record) if record else proof.key
    label = SPECS[proof.record].label
    day = wareki(proof.on) if proof.on else ""
    return f"{label}　{name}" + (f"（{day}）" if day and day not in name else "")


def _name(facts: Facts, contract: Contract, record: Record) -> str:
    """How people call a record; that it belongs to the contract of the report goes without saying."""
    spec = record.spec
    told = [name for name in spec.titled if not _names_contract(spec.field(name).kind)]
    return "　".join(facts.shown(record, name) for name in told) + planned_mark(record)


def _names_contract(kind: object) -> bool:
    return isinstance(kind, Ref) and kind.to == Contract.spec.name


def _remarks(facts: Facts, contract: Contract, duty: Duty, breach: tuple[Finding, ...]) -> str:
    """What is broken or missing, and by when; what came late or was; else what the records show or do not."""
    broken = dict.fromkeys(_told(one.text, _whom(facts, contract, one)) for one in breach)
    missing = _first(
        broken,
        dict.fromkeys(_told(gap.text, _whom(facts, contract, gap)) for gap in _beside(duty, breach)),
    )
    over = _first(dict.fromkeys(map(_over, duty.remarks)))
    if missing or duty.due:
        # The report that is still owed is the one in the reader's hands.
        hereby = _HEREBY if duty.kind == "status-report" else ""
        return lines(missing, _limit(duty, broken=bool(breach)), hereby, over)
    if over and duty.state is State.SATISFIED:
        return over
    why = duty.why.removeprefix(f"{duty.clause.number}：")
    return lines(_told(why), over)


def _limit(duty: Duty, *, broken: bool) -> str:
    """The day it is due; where the state speaks of the breach alone, that the day is past."""
    if duty.due is None:
        return ""
    past = "（超過）" if broken and duty.state is State.OVERDUE else ""
    return f"期限　{wareki(duty.due)}{past}"


def _beside(duty: Duty, breach: tuple[Finding, ...]) -> list[Gap]:
    """What a duty lacks of other records than those that are told as broken; what is due first in front."""
    told = {(one.record, one.id) for one in breach}
    rest = [gap for gap in duty.missing if (gap.record, gap.id) not in told]
    return sorted(rest, key=lambda gap: duty.due is None or gap.due != duty.due)


def _over(remark: Remark) -> str:
    """What was late or broken and is over, with its days even where the sentence does not tell them."""
    first, last = (wareki(day) if day else "" for day in (remark.since, remark.until))
    untold = any(day not in remark.text for day in (first, last))
    words = ("期限{}", "履行{}") if remark.late else ("{}から", "{}まで")
    days = [word.format(day) for word, day in zip(words, (first, last), strict=True) if day]
    told = f"（{('、' if remark.late else '').join(days)}）" if untold else ""
    return f"{LATE if remark.late else BROKEN}：{remark.text.removesuffix('。')}{told}。"


def _told(sentence: str, whom: str = "") -> str:
    """A sentence for the client: what whoever keeps the ledger is asked to look into is not known yet.

    ``whom``: of which record nothing is known, where the sentence tells only what is to be done.
    """
    if not sentence.endswith("ください。"):
        return sentence
    if found := _LOOK.fullmatch(sentence):
        return f"{found[1]}が確かめられていません。"
    return f"{whom}{_UNKNOWN}"


def _whom(facts: Facts, contract: Contract, one: Gap | Finding) -> str:
    record = facts.named(one.record, one.id) if one.id else None
    return f"{record.spec.label}「{_name(facts, contract, record)}」は、" if record else ""


def _first(*groups: Iterable[str]) -> str:
    """The first of each group of texts, marked apart, and how many more there are."""
    held = list(dict.fromkeys(text for group in groups for text in group))
    if len(held) == 1:
        return held[0]
    shown = dict.fromkeys(text for group in groups for text in [*group][:SHOWN])
    more = len(held) - len(shown)
    return lines(*(f"・{text}" for text in shown), f"ほか{more}件" if more > 0 else "")
