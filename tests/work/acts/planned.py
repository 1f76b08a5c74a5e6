"""What the tests of the acts ask of a plan."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from app.records import Record
from app.work.acts.plan import Act, Ground, Plan
from app.work.acts.planning import plan_of
from tests.support.world import World

R = TypeVar("R", bound=Record)


def ground(world: World, today: date) -> Ground:
    return Ground(world.facts(), world.catalogue, world.forms, today)


def plan(act: Act, world: World, today: date, record: Record | None = None, **answers: Any) -> Plan:
    """What ``act`` would do to the contract of ``world``, or to ``record``, on ``today``."""
    return plan_of(act, ground(world, today), (record or world.contract,), answers)


def written(made: Plan, cls: type[R]) -> tuple[R, ...]:
    """The records of a type as they will be."""
    return tuple(one.record for one in made.writes if isinstance(one.record, cls))


def left(made: Plan, cls: type[Record]) -> dict[int, str]:
    """Id → why, of the records of a type that the plan leaves as they are."""
    return {one.record.id: one.why for one in made.draft.left if isinstance(one.record, cls)}
