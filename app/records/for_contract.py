"""Records that serve several contracts: one nested row names each."""

from dataclasses import dataclass
from typing import Annotated

from app.records.kinds import Ref, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ForContract(Row):
    """One contract that the record serves."""

    contract: Annotated[int, Ref(label="契約", to="contract")]


class ForContracts:
    """What records with such rows, in a field ``contracts``, have in common."""

    __slots__ = ()

    contracts: tuple[ForContract, ...]

    @property
    def contract_ids(self) -> tuple[int, ...]:
        """The contracts that the record serves, in the order of its rows."""
        return tuple(row.contract for row in self.contracts)
