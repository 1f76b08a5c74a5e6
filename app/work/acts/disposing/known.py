"""What is known of a disposal before it is asked: its plan, who answers for such things, the approval."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.records import Approval, Asset, Assignment, Contract, Disposal, Facts, Person, Record
from app.records.approval import ApprovalKind
from app.records.assignment import Role
from app.records.disposal import DisposalLine
from app.records.status import Status
from app.work.acts.disposing.picking import assets_of, contracts_of, devices_of
from app.work.acts.plan import Answers, Ground, only_of

_KEPT = (
    *("method", "witness_asked", "place", "done_by", "level", "standard", "standard_edition"),
    *("tool", "tool_version", "contractor", "permit", "method_reason"),
)
"""What a plan said of how it was to be done, for the officer to see again and change."""


def given(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """What a plan of it said; else who answered for such things last, and the approval that names them."""
    facts = ground.facts
    contract = _contract_of(facts, records)
    if contract is None:
        return {}
    things = {(one.spec.name, one.id) for one in records}
    plan = next(
        (one for one in facts.of(Disposal, "contract", contract.id) if _is_plan_of(one, things)), None
    )
    if plan is not None:
        kept = {name: getattr(plan, name) for name in _KEPT if getattr(plan, name) not in (None, "")}
        return {**kept, "responsible": plan.responsible, "approval": plan.approval}
    approvals = [
        one for one in facts.of(Approval, "contract", contract.id) if _allows(one, things, ground.today)
    ]
    found: dict[str, Any] = {"approval": approvals[0].id} if len(approvals) == 1 else {}
    responsible = _responsible(facts, contract, ground.today)
    return {**found, "responsible": responsible.id} if responsible else found


def given_of(ground: Ground, records: tuple[Record, ...]) -> Answers:
    """Who answers for what is left of a contract: nothing else is known of all of it at once."""
    responsible = _responsible(ground.facts, only_of(records, Contract), ground.today)
    return {"responsible": responsible.id} if responsible else {}


def planned(facts: Facts, contract: Contract, lines: tuple[DisposalLine, ...]) -> Disposal | None:
    """The plan of this very disposal, which becomes a fact now; None where there is none, or several."""
    things = {(line.asset, line.device if line.asset is None else None) for line in lines}
    held = [
        one
        for one in facts.of(Disposal, "contract", contract.id)
        if one.status == Status.PLANNED
        and {(line.asset, line.device if line.asset is None else None) for line in one.lines} == things
    ]
    return held[0] if len(held) == 1 else None


def _contract_of(facts: Facts, records: tuple[Record, ...]) -> Contract | None:
    held = (
        dict.fromkeys(one.contract for one in assets_of(records))
        if isinstance(records[0], Asset)
        else dict.fromkeys(contracts_of(facts, devices_of(records)))
    )
    return facts.find(Contract, next(iter(held))) if len(held) == 1 else None


def _is_plan_of(one: Disposal, things: set[tuple[str, int]]) -> bool:
    return one.status == Status.PLANNED and {_thing(line.asset, line.device) for line in one.lines} == things


def _allows(one: Approval, things: set[tuple[str, int]], day: date) -> bool:
    named = {_thing(row.asset, row.device) for row in one.subjects}
    return one.kind == ApprovalKind.DISPOSAL and one.granted(day) and one.in_period(day) and things <= named


def _thing(asset: int | None, device: int | None) -> tuple[str, int]:
    return ("asset", asset) if asset is not None else ("device", device or 0)


def _responsible(facts: Facts, contract: Contract, day: date) -> Person | None:
    """Who answered for the last disposal of the contract, else who is in charge of it now."""
    last = sorted(facts.of(Disposal, "contract", contract.id), key=lambda one: (one.done_on, one.id))
    ranks = {str(role): at for at, role in enumerate(Role) if role not in (Role.WORKER, Role.HANDOVER)}
    held = [
        (min(ranks[role] for role in one.role_names if role in ranks), one.id, one.person)
        for one in facts.of(Assignment, "contract", contract.id)
        if one.starts_on <= day
        and (one.ends_on is None or one.ends_on >= day)
        and any(role in ranks for role in one.role_names)
    ]
    wanted = [one.responsible for one in reversed(last)][:1] + [person for _rank, _id, person in sorted(held)]
    people = (facts.find(Person, one) for one in wanted)
    return next((one for one in people if one and (one.left_on is None or one.left_on >= day)), None)
