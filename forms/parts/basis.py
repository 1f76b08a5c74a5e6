"""The clauses on which a document rests, in the annex's own numbering and words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.annexes.asks import Asks
from app.annexes.catalogue import Annex
from app.annexes.choices import AppliesTo, Submit, Workers
from app.annexes.clause import Clause
from app.annexes.overrides import asks_of
from app.duties.case import Case
from app.duties.view import covers
from app.records.contract import ContractAnnex
from app.records.person import Employment
from forms.parts.texts import cited, listed, unique

_GROUP_OF: Mapping[str, Workers] = {
    Employment.DISPATCHED: Workers.TEMPORARY,
    Employment.SUBCONTRACTOR: Workers.SUBCONTRACTOR,
}


@dataclass(frozen=True, slots=True)
class Rest:
    """One clause that a document rests on, for one kind, with what it asks of this contract."""

    annex: Annex
    clause: Clause
    kind: str
    asks: Asks


@dataclass(frozen=True, slots=True)
class Basis:
    """What a document rests on: nothing where no annex of the contract has a clause of its kinds."""

    rests: tuple[Rest, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def cited(self) -> str:
        """The clauses as they are cited: 個人情報取扱特記事項第14第1項及び第15; empty without a clause."""
        by_part: dict[str, list[str]] = {}
        for rest in self.rests:
            part = rest.annex.part(rest.clause.part)
            articles = by_part.setdefault(part.title, [])
            if rest.clause.article not in articles:
                articles.append(rest.clause.article)
        several = any(len(articles) > 1 for articles in by_part.values())
        parts = [title + cited(articles) for title, articles in by_part.items()]
        return listed(parts, "並びに" if several else "及び")

    def word(self, name: str, otherwise: str) -> str:
        """The annex's own word for something (``workers``), or ``otherwise``."""
        return self.words.get(name, otherwise)


def basis(case: Case, kinds: tuple[str, ...], employments: Iterable[str] = ()) -> Basis:
    """The clauses of ``kinds`` that hold for this contract: its options, its information, these workers.

    Where some clauses of an annex ask that the client be told, only those of it are cited: a document is
    submitted under the clause that asks for it, not under one that is merely kept.
    """
    groups = {_GROUP_OF.get(employment, Workers.OWN) for employment in employments}
    chosen: list[Rest] = []
    for row in case.contract.annexes:
        found = [rest for rest in _rests(case, row, kinds) if _means(rest.asks, groups)]
        chosen += [rest for rest in found if rest.asks.submit is not Submit.NONE] or found
    words = chosen[0].annex.words(chosen[0].clause) if chosen else _first_words(case)
    return Basis(tuple(chosen), {**words, **_own_words(case)})


def _first_words(case: Case) -> Mapping[str, str]:
    """Where no clause is cited, the parties are called as the first annex of the contract calls them."""
    annexes = (case.catalogue.find(row.annex, row.version) for row in case.contract.annexes)
    return next((annex.parts[0].words for annex in annexes if annex), {})


def _means(asks: Asks, groups: set[Workers]) -> bool:
    """Whether a clause means some of these workers; no group named, or none asked, means all."""
    return not groups or not asks.workers or bool(groups & set(asks.workers))


def _rests(case: Case, row: ContractAnnex, kinds: tuple[str, ...]) -> Iterator[Rest]:
    annex = case.catalogue.find(row.annex, row.version)
    if annex is None:
        # The door refuses an unknown annex; one that has left the catalogue cannot be cited.
        return
    for clause in annex.clauses:
        if not set(clause.options) <= set(row.options):
            continue
        for kind in kinds:
            if kind in clause.kinds and _concerns(case, asks := asks_of(case.contract, clause, kind)):
                yield Rest(annex, clause, kind, asks)


def _concerns(case: Case, asks: Asks) -> bool:
    held = case.contract.information
    if asks.applies_to is AppliesTo.ALL or not held:
        return True
    return any(covers(asks.applies_to, information) for information in held)


def _own_words(case: Case) -> dict[str, str]:
    contract = case.contract
    own = {"client": contract.client_word, "vendor": contract.vendor_word}
    return {name: word for name, word in own.items() if word}


def roles_asked(held: Basis) -> tuple[str, ...]:
    """The roles that the cited clauses name, each once."""
    return unique(str(role) for rest in held.rests for role in rest.asks.roles)
