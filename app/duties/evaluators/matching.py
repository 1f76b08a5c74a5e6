"""Which approval (承諾) allows which use of what was entrusted: worked out once, whatever a clause asks.

A record names the approval it rests on. Where it names none, the approvals whose scope covers it are found;
an approval that is named and does not fit is never replaced by another, so that people see why. One that
names no company, device or asset is found for one thing only: to let it cover whatever comes near would turn
what was never allowed into what was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.duties.evaluators.scope import Fault, Scope, Use, unasked
from app.duties.view import ContractView
from app.records import Approval
from app.records.approval import ApprovalKind


class Claim(NamedTuple):
    """A use and the approval it rests on: named by the record, or all that were found by their scope.

    ``faults`` and ``doubts`` are those of the one approval; ``again``: the day on which it served before.
    ``near``: where none was found, approvals that would cover it but name nothing and have served another.
    """

    use: Use
    named: bool
    approvals: tuple[Approval, ...]
    faults: tuple[Fault, ...] = ()
    doubts: tuple[str, ...] = ()
    again: date | None = None
    near: tuple[Approval, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """Id of the record → its claim; of the approvals that no record names, those without an answer.

    ``pending``: applied for. ``unasked``: entered, and not applied for yet.
    """

    claims: Mapping[int, Claim]
    pending: tuple[Approval, ...]
    unasked: tuple[Approval, ...] = ()


def match(
    view: ContractView, kinds: tuple[ApprovalKind, ...], uses: Iterable[Use], basis: str = ""
) -> Matching:
    """Match ``uses``, in the order of time, with the approvals of some kinds.

    With a ``basis`` only approvals of that basis are looked at, and a record that names one of another
    basis counts as naming none: so both of an instruction and an approval can be asked for.
    """
    held = [one for one in view.held(Approval) if one.kind in kinds and basis in ("", one.basis)]
    scopes = {one.id: Scope(view, one, kinds) for one in held}
    claims: dict[int, Claim] = {}
    unnamed = []
    named: dict[int | None, Approval | None] = {None: None}
    for use in uses:
        if use.approval not in named:
            named[use.approval] = view.facts.find(Approval, use.approval)
        approval = named[use.approval]
        if use.approval is None or (basis and approval is not None and approval.basis != basis):
            unnamed.append(use)
        elif approval is None:
            claims[use.record.id] = Claim(use, True, (), (Fault("取り消された承諾"),))
        else:
            scope = scopes.get(approval.id)
            if scope is None:
                scope = scopes[approval.id] = Scope(view, approval, kinds)
            claims[use.record.id] = _rest_on(scope, use)
    if unnamed:
        near = _Near([scopes[one.id] for one in held])
        claims.update((use.record.id, _find(near, use)) for use in unnamed)
    served = {approval.id for claim in claims.values() for approval in claim.approvals}
    free = [one for one in held if one.id not in served]
    return Matching(
        claims,
        tuple(one for one in free if one.pending(view.day)),
        tuple(one for one in free if unasked(one, view.day)),
    )


def _rest_on(scope: Scope, use: Use) -> Claim:
    """The claim of a use on the approval that it names, which has then served it."""
    claim = Claim(use, True, (scope.approval,), scope.faults(use), scope.doubts(use), scope.again(use))
    scope.take(use)
    return claim


def _find(near: _Near, use: Use) -> Claim:
    """The claim of a use that names no approval: every approval that covers it without a doubt."""
    covering = [scope for scope in near.of(use) if not scope.faults(use) and not scope.doubts(use)]
    found = [scope for scope in covering if not scope.serves_another(use)]
    if not found:
        return Claim(use, False, (), near=tuple(scope.approval for scope in covering))
    again = None
    if len(found) == 1:
        again = found[0].again(use)
        found[0].take(use)
    return Claim(use, False, tuple(scope.approval for scope in found), again=again)


class _Near:
    """Approvals by the things they list; those that list none allow whatever the contract holds.

    One that lists words only cannot be found by scope: only a person can say what the words cover.
    """

    def __init__(self, scopes: Iterable[Scope]) -> None:
        self._all = tuple(scopes)
        self._open = tuple(one for one in self._all if not one.approval.subjects)
        self._listing: dict[tuple[str, int | None], list[Scope]] = defaultdict(list)
        for one in self._all:
            for thing in one.things:
                self._listing[thing].append(one)

    def of(self, use: Use) -> Iterable[Scope]:
        if not use.things:
            return self._all
        return (*self._listing.get(use.things[0][:2], ()), *self._open)
