"""Stories for the cross-checks: how they are collected, and the records that several of them need.

A story is told with ``wrong`` or without, and answers the day on which the ledger is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from app.annexes.choices import Submit
from app.records import (
    Approval,
    BackupRun,
    Check,
    Subcontract,
    Subcontractor,
    System,
)
from app.records.for_contract import ForContract
from tests.support.world import BEFORE, DURING, START, World

Story = Callable[[World, bool], date]
EXAMPLES: dict[str, Story] = {}
LEDGER_EXAMPLES: dict[str, Story] = {}

DAY = timedelta(days=1)
LATE = date(2026, 12, 1)
TOLD: dict[str, Any] = {"submit": Submit.BEFOREHAND}


def example(name: str, held: dict[str, Story] = EXAMPLES) -> Callable[[Story], Story]:
    def keep(story: Story) -> Story:
        assert name not in held, f"two stories for {name}"
        held[name] = story
        return story

    return keep


def approval(world: World, kind: str, granted: date | None = BEFORE, **values: Any) -> Approval:
    number = f"AP-{len(world.facts().all(Approval)) + 1:03}"
    given = {"basis": "承諾", "serves": "期間中繰返し", "written": True, **values}
    return world.add(
        Approval(contract=world.contract.id, number=number, kind=kind, granted_on=granted, **given)
    )


def delegate(world: World, starts: date = START, **values: Any) -> Subcontract:
    company = world.facts().all(Subcontractor) or (
        world.add(Subcontractor(name="架空印刷", address="架空市")),
    )
    given = {"work": "印刷", "agreed_on": BEFORE, **values}
    return world.add(
        Subcontract(subcontractor=company[0].id, contract=world.contract.id, starts_on=starts, **given)
    )


def backup(world: World, done: date = DURING, **values: Any) -> BackupRun:
    rows = (ForContract(contract=world.contract.id),)
    return world.add(BackupRun(what="台帳データ", contracts=rows, done_on=done, **values))


def system(world: World, **values: Any) -> System:
    rows = (ForContract(contract=world.contract.id),)
    return world.add(System(name="入力システム", contracts=rows, **values))


def check(world: World, kind: str, done: date, **values: Any) -> Check:
    rows = (ForContract(contract=world.contract.id),)
    return world.add(Check(kind=kind, contracts=rows, done_on=done, **values))
