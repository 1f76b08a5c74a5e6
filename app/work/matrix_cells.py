"""Contracts × kinds of duty: the most pressing state of each pair, and why. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.annexes.kinds import KINDS, State, kind_label
from app.duties.duty import Duty
from app.records import Client, Contract, Facts
from app.work.assessment import Assessment
from app.work.states import mark, named

_WORST = {state: number for number, state in enumerate(State)}
_TOLD = 3
"""Grounds told when a cell is pointed at; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Square:
    """One contract × kind: its most pressing state and the duties, the most pressing first."""

    state: State
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Contracts down, kinds across; a pair that no clause asks for has no square."""

    facts: Facts
    contracts: tuple[Contract, ...]
    kinds: tuple[str, ...]
    squares: Mapping[tuple[int, str], Square]

    def narrowed(self, state: State | None = None, client: int = 0) -> Grid:
        """Only squares in ``state`` (none: all) of contracts of ``client`` (0: all), and no empty lines."""
        held = [one for one in self.contracts if client in (0, one.client)]
        ids = {one.id for one in held}
        squares = {
            at: square
            for at, square in self.squares.items()
            if at[0] in ids and (state is None or square.state == state)
        }
        if state is not None:
            with_any = {contract for contract, _kind in squares}
            held = [one for one in held if one.id in with_any]
        across = {kind for _contract, kind in squares}
        return Grid(self.facts, tuple(held), tuple(kind for kind in self.kinds if kind in across), squares)

    def clients(self) -> tuple[Client, ...]:
        """Whose contracts there are, by id."""
        found = (self.facts.find(Client, one) for one in sorted({held.client for held in self.contracts}))
        return tuple(client for client in found if client is not None)


def grid(made: Assessment) -> Grid:
    """The whole matrix of an assessment; only kinds that some clause asks for."""
    found: dict[tuple[int, str], list[Duty]] = {}
    for duty in made.duties:
        found.setdefault((duty.contract, duty.kind), []).append(duty)
    squares = {at: _square(held) for at, held in found.items()}
    occurring = {kind for _contract, kind in squares}
    kinds = tuple(kind for kind in KINDS if kind in occurring)
    return Grid(made.facts, made.facts.all(Contract), kinds, squares)


def _square(held: list[Duty]) -> Square:
    ordered = tuple(sorted(held, key=lambda duty: _WORST[duty.state]))
    return Square(ordered[0].state, ordered)


def said(grid_: Grid, contract: Contract, kind: str) -> str:
    """A square in one line, to be read out: whose, what, where it stands."""
    square = grid_.squares.get((contract.id, kind))
    state = mark(square.state).word if square else "求められていません"
    return f"{named(grid_.facts, contract)}、{kind_label(kind)}：{state}"


def grounds(square: Square) -> str:
    """Why a square stands as it does: the grounds of its most pressing duties."""
    worst = [duty for duty in square.duties if duty.state is square.state]
    lines = [duty.why for duty in worst[:_TOLD]]
    more = len(worst) - len(lines)
    return "\n".join([*lines, *([f"ほか{more}件"] if more else [])])
