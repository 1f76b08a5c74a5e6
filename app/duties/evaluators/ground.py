"""What lifts the ban of a clause: approval, instruction, specification or statute, in writing or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType

from app.annexes.asks import Asks
from app.annexes.choices import Exempt
from app.duties.evaluators.scope import Fault
from app.duties.verdict import shown
from app.records import Approval
from app.records.approval import Basis

_BASES: Mapping[Exempt, tuple[Basis, ...]] = MappingProxyType(
    {
        Exempt.APPROVAL: (Basis.APPROVAL,),
        Exempt.APPROVAL_EACH: (Basis.APPROVAL,),
        Exempt.INSTRUCTION: (Basis.INSTRUCTION,),
        Exempt.INSTRUCTION_AND_APPROVAL: (Basis.INSTRUCTION, Basis.APPROVAL),
        Exempt.SPECIFICATION: (Basis.SPECIFICATION,),
        Exempt.STATUTE: (Basis.STATUTE,),
        Exempt.NONE: (),
    }
)
"""What lifts a ban → the bases of approvals that are all needed for it."""
_WORDS: Mapping[Exempt, str] = MappingProxyType(
    {
        Exempt.APPROVAL: "承諾",
        Exempt.APPROVAL_EACH: "都度の承諾",
        Exempt.INSTRUCTION: "指示",
        Exempt.INSTRUCTION_AND_APPROVAL: "指示と承諾の両方",
        Exempt.SPECIFICATION: "仕様書の定め",
        Exempt.STATUTE: "法令の定め",
    }
)
_IN_WRITING = (Basis.SPECIFICATION, Basis.STATUTE)


@dataclass(frozen=True)
class Ground:
    """What lifts the ban of one clause; a clause that names nothing asks for the client's approval.

    Where the ban is absolute nothing lifts it, whatever else the clause names.
    """

    asks: Asks

    @cached_property
    def exempt(self) -> tuple[Exempt, ...]:
        return self.asks.exception or (Exempt.APPROVAL,)

    @cached_property
    def absolute(self) -> bool:
        return Exempt.NONE in self.exempt

    @cached_property
    def instructed(self) -> bool:
        """Whether it is done on the client's instruction (指示に基づき), which may come on the same day."""
        return not self.absolute and all(one is Exempt.INSTRUCTION for one in self.exempt)

    @cached_property
    def single(self) -> tuple[str, ...]:
        """The bases of which one alone is enough."""
        return tuple(str(_BASES[one][0]) for one in self.exempt if len(_BASES[one]) == 1)

    @cached_property
    def together(self) -> tuple[str, ...]:
        """The bases that are all needed, where no single one is enough."""
        return () if self.single else tuple(str(basis) for one in self.exempt for basis in _BASES[one])

    @cached_property
    def words(self) -> str:
        """What lifts the ban, in words: 書面による指示又は承諾."""
        words = "又は".join(_WORDS[one] for one in self.exempt if one in _WORDS)
        return f"書面による{words}" if self.asks.written else words

    def offended(self, approval: Approval) -> Iterator[Fault]:
        """What keeps an approval from being the ground that this clause asks for."""
        if self.absolute or approval.basis not in (self.single or self.together):
            yield Fault(f"根拠が「{approval.basis}」")
        unsaid = approval.written is None and approval.granted_on is None  # nobody knows before it is given
        if self.asks.written and not (approval.written or unsaid) and approval.basis not in _IN_WRITING:
            yield Fault("口頭のみ" if approval.written is False else "書面か口頭かの記録なし")

    def worn(self, approval: Approval, again: date) -> Iterator[Fault]:
        """Whether the clause wants an approval for each time, and this one served ``again`` before."""
        if Exempt.APPROVAL_EACH in self.exempt and approval.basis == Basis.APPROVAL:
            yield Fault(f"都度の承諾が必要なところ{shown(again)}に使用済み", past=True)


@lru_cache(maxsize=1024)
def ground_of(asks: Asks) -> Ground:
    """The ground for what is asked; the same clause is asked of many contracts."""
    return Ground(asks)
