"""An annex as data: its parts with the words they use, its options and its clauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from app.annexes.clause import Clause
from app.records.contract import ContractAnnex

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "client": "発注者の語",
        "vendor": "受注者の語",
        "subcontractor": "再委託先の語",
        "responsible": "責任者の語",
        "workers": "従事者の語",
        "place": "作業場所の語",
        "devices": "機器の語",
        "information": "情報の語",
    }
)
"""What an annex may have its own word for, each with what people read for it."""
NEEDED = ("client", "vendor")
"""Those of ``WORDS`` that every annex has."""
HEAD: Mapping[str, str] = MappingProxyType(
    {
        "key": "識別名",
        "title": "題名",
        "version": "版",
        "source": "出典",
        "in_force_from": "適用の始まり",
        "in_force_until": "適用の終わり",
    }
)
"""What an annex says of itself as a whole, each with what people read for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One document of an annex; the annexes of one document have a single part with the key ``""``.

    ``words`` are the annex's own: ``client`` and ``vendor`` always, others of ``WORDS`` where it has them.
    """

    key: str
    title: str
    words: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that a contract switches on, and with it the clauses that name it."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """One annex in one version. ``in_force_from`` and ``in_force_until`` are ``None`` where not known."""

    key: str
    title: str
    version: int
    source: str
    parts: tuple[Part, ...]
    options: tuple[Option, ...]
    clauses: tuple[Clause, ...]
    in_force_from: date | None = None
    in_force_until: date | None = None

    def on_contract(self) -> ContractAnnex:
        """How a contract carries it, with everything in it switched on: what does not concern the contract is
        taken away by a person; left out from the first, duties would go unseen."""
        options = tuple(option.key for option in self.options)
        return ContractAnnex(annex=self.key, version=self.version, options=options)

    def part(self, key: str = "") -> Part:
        """Return the part called ``key``. Raises ``KeyError`` if there is none."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)

    @property
    def parties(self) -> Mapping[str, Mapping[str, str]]:
        """The words of each part, by the part's key."""
        return MappingProxyType({part.key: part.words for part in self.parts})

    def words(self, clause: Clause) -> Mapping[str, str]:
        """Return the party words and terms that hold where ``clause`` stands."""
        return self.part(clause.part).words

    def clause(self, number: str) -> Clause:
        """Return the clause with this number. Raises ``KeyError`` if there is none."""
        for clause in self.clauses:
            if clause.number == number:
                return clause
        raise KeyError(number)

    def with_kind(self, kind: str) -> tuple[Clause, ...]:
        """Return the clauses that carry ``kind``, in the order of the annex."""
        return tuple(clause for clause in self.clauses if kind in clause.kinds)

    def cite(self, clause: Clause) -> str:
        """Return the title of the clause's part and its number, as it is cited on paper."""
        return f"{self.part(clause.part).title}{clause.article}"

    def in_force(self, day: date) -> bool:
        """Tell whether the annex is in force on ``day``, as far as its source says."""
        begun = self.in_force_from is None or self.in_force_from <= day
        return begun and (self.in_force_until is None or day <= self.in_force_until)
