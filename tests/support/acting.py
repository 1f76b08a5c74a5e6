"""Plans of acts on a small ledger built by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from app.records import Facts, Record
from app.work.acts.plan import Act, Ground, Plan, after
from app.work.acts.planning import plan_of
from tests.support.world import DURING, World

R = TypeVar("R", bound=Record)


def planned(
    world: World,
    act: Act,
    *records: Record,
    today: date = DURING,
    clock: datetime | None = None,
    **answers: Any,
) -> Plan:
    """What ``act`` will do to ``records``; whoever answers nothing gets what is known already."""
    ground = Ground(world.facts(), world.catalogue, world.forms, today, clock)
    return plan_of(act, ground, records, {**act.given(ground, records), **answers})


def then(plan: Plan) -> Facts:
    """The ledger as it will be."""
    return after(plan.facts, plan.writes)


def new(plan: Plan, cls: type[R]) -> tuple[R, ...]:
    """The new records of a type that the plan writes."""
    return tuple(one.record for one in plan.writes if one.before is None and isinstance(one.record, cls))


def only(plan: Plan) -> str:
    """The one sentence with which the plan is refused."""
    (sentence,) = plan.refusals
    assert not plan.ready
    assert not plan.papers
    return sentence


def about(sentences: Iterable[str], *words: str) -> str:
    """The one sentence that says all of ``words``."""
    (found,) = (one for one in sentences if all(word in one for word in words))
    return found
