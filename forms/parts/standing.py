"""How the duties of a contract stand, in the words of a report: state, grounds, remarks, clause by clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.annexes.annex import Annex
from app.annexes.clause import Clause
from app.annexes.kinds import State, kind_label
from app.duties.duty import Duty, Evidence
from app.printing.type.wareki import wareki
from app.records import SPECS, Contract, Facts, Record
from app.records.kinds import Ref
from forms.parts.texts import NONE, lines, or_none

SHOWN = 3
"""How many grounds, and how many missing things, a line names before it counts the others."""

MEANINGS: Mapping[State, str] = MappingProxyType(
    {
        State.OVERDUE: "期限を過ぎて、なお済んでいないもの",
        State.DUE: "行うべきことが残っているもの",
        State.WAITING: "当社からの申請又は提出に対する発注者の回答を待っているもの",
        State.CONFIRM: "根拠となる記録がそろわず、当社において実情を確認しているもの",
        State.NOT_DUE: "時期が到来していないか、対象となる事実がないもの",
        State.SATISFIED: "根拠となる記録があり、不足がないもの",
        State.NOT_APPLICABLE: "この契約には適用されないもの",
    }
)
"""State → what it means to the reader of a report, the most pressing first."""
_UNSURE = "当社において実情を確認しています。"
_HEREBY = "本書の提出により報告します。"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of an annex: its title, a row for each clause and kind, and the clauses that ask for nothing.

    ``rows``: clause, what it asks, state, grounds, remarks. ``others``: clause, heading, summary.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    others: tuple[tuple[str, ...], ...]


def chapters(
    facts: Facts, contract: Contract, annexes: Iterable[Annex], duties: Iterable[Duty]
) -> list[Chapter]:
    """Every clause of ``annexes``, in their order, with the duties of ``contract`` under each."""
    held: dict[Clause, list[Duty]] = {}
    for duty in duties:
        held.setdefault(duty.clause, []).append(duty)
    return [
        _chapter(facts, contract, part.title, [c for c in annex.clauses if c.part == part.key], held)
        for annex in annexes
        for part in annex.parts
    ]


def _chapter(
    facts: Facts,
    contract: Contract,
    title: str,
    clauses: Iterable[Clause],
    held: Mapping[Clause, Sequence[Duty]],
) -> Chapter:
    rows, others = [], []
    for clause in clauses:
        for number, duty in enumerate(held.get(clause, ())):
            rows.append(_row(facts, contract, clause, duty, first=number == 0))
        if clause not in held:
            others.append((clause.article, clause.heading, clause.summary))
    return Chapter(title, tuple(rows), tuple(others))


def _word(state: State) -> str:
    """What a report calls a state: to the client, what is still to be confirmed is being confirmed."""
    return "確認中" if state is State.CONFIRM else state.label


def counts(duties: Iterable[Duty]) -> list[list[str]]:
    """State, number of duties and meaning, the most pressing first, and the sum."""
    held = Counter(duty.state for duty in duties)
    rows = [[_word(state), f"{held[state]}件", meaning] for state, meaning in MEANINGS.items()]
    return [*rows, ["計", f"{held.total()}件", NONE]]


def _row(facts: Facts, contract: Contract, clause: Clause, duty: Duty, *, first: bool) -> tuple[str, ...]:
    kind = f"〔{kind_label(duty.kind)}〕"
    heading = f"（{clause.heading}）" if first and clause.heading else ""
    return (
        lines(clause.article, heading),
        lines(kind, clause.summary if first else ""),
        _word(duty.state),
        or_none(_grounds(facts, contract, duty.evidence)),
        or_none(_remarks(duty)),
    )


def _grounds(facts: Facts, contract: Contract, evidence: Iterable[Evidence]) -> str:
    """The newest records that prove it, with the day that counts, and how many more there are."""
    newest = sorted(evidence, key=lambda one: one.on or date.min, reverse=True)
    texts = dict.fromkeys(_ground(facts, contract, one) for one in newest)
    return _first(texts)


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
    return "　".join(facts.shown(record, name) for name in told)


def _names_contract(kind: object) -> bool:
    return isinstance(kind, Ref) and kind.to == Contract.spec.name


def _remarks(duty: Duty) -> str:
    """What is missing and by when; where nothing is, what the records show or why nothing is owed."""
    missing = _first(dict.fromkeys(gap.text for gap in duty.missing))
    if missing or duty.due:
        # The report that is still owed is the one in the reader's hands.
        hereby = _HEREBY if duty.kind == "status-report" else ""
        return lines(missing, f"期限　{wareki(duty.due)}" if duty.due else "", hereby)
    if duty.state is State.CONFIRM:
        return _UNSURE
    return duty.why.removeprefix(f"{duty.clause.number}：")


def _first(texts: Iterable[str]) -> str:
    """The first of several texts, marked apart, and how many more there are."""
    held = list(texts)
    if len(held) == 1:
        return held[0]
    more = len(held) - SHOWN
    return lines(*(f"・{text}" for text in held[:SHOWN]), f"ほか{more}件" if more > 0 else "")
