"""Ledgers that hold next to nothing: one kind of record, and the kinds of duty that it alone may prove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.records.incident import Stage
from tests.support.world import BEFORE, DURING, World

Place = tuple[str, str, str]
"""Annex, clause, kind of duty."""


@dataclass(frozen=True)
class Thin:
    """``fill`` writes the record; ``proves``: the duties of which it is all that the clause asks for."""

    name: str
    fill: Callable[[World], object]
    proves: frozenset[Place] = frozenset()


def _untold(world: World) -> None:
    world.incident(closed_on=DURING)


def _told(world: World) -> None:
    incident = world.tell(world.incident(), Stage.FIRST, DURING)
    world.tell(incident, Stage.WRITTEN, DURING)


def _refused(world: World) -> None:
    world.audit(announced_on=BEFORE, accepted=False, refused_why="繁忙期のため")


LIMITED = frozenset(
    {
        ("besshi-44", "16", "worker-list"),
        ("kawaguchi", "契約書 第4条第3項", "worker-list"),
        ("kawaguchi", "契約書 第8条", "worker-list"),
    }
)
"""Clauses that have those at work named and no more."""
LOCKED = frozenset(
    {
        ("besshi-44", "22", "locked-storage"),
        ("kawaguchi", "契約書 第4条第5項", "locked-storage"),
        ("kimitsu-hoji", "第6条第8項(1)", "locked-storage"),
        ("minato", "第22条", "locked-storage"),
    }
)
IDENTIFIED = frozenset(
    {("kawaguchi", "契約書 第8条", "work-location"), ("kawaguchi", "契約書 第8条", "equipment-register")}
)
"""The clause that has places and devices identified and reported only when asked."""
OWNED = frozenset(
    {("kimitsu-hoji", "第6条第6項", "private-device-ban"), ("kimitsu-hoji", "第6条第8項(2)", "encryption")}
)
"""A device whose owner and encryption are on record."""
TOLD = frozenset(
    {
        ("besshi-44", "37", "incident-notice"),
        ("hofu", "第11", "incident-notice"),
        ("kawaguchi", "契約書 第11条", "incident-notice"),
        ("kawaguchi", "特記事項 第10", "incident-notice"),
        ("minato", "第12条", "incident-notice"),
    }
)
"""Clauses that want the client told, whatever the report says."""
REFUSED = frozenset({("besshi-44", "25", "audit"), ("minato", "第13条", "audit")})
"""The only clauses under which an audit may be refused for a good reason."""

THIN = (
    Thin("nothing", lambda _world: None),
    Thin("worker", lambda world: world.worker(), LIMITED),
    Thin("person", lambda world: world.person()),
    Thin("oath", lambda world: world.oath(world.person())),
    Thin("training", lambda world: world.training(world.person())),
    Thin("place", lambda world: world.place()),
    Thin("place in use", lambda world: world.use(world.place(country="")), LOCKED | IDENTIFIED),
    Thin("device", lambda world: world.device()),
    Thin("device in use", lambda world: world.device_use(world.device()), OWNED | IDENTIFIED),
    Thin("asset", lambda world: world.asset()),
    Thin("asset received", lambda world: world.received()),
    Thin("rule", lambda world: world.rule()),
    Thin("approval", lambda world: world.approval("複写")),
    Thin("instruction", lambda world: world.instruction("指示")),
    Thin("request for a report", lambda world: world.instruction("報告の求め")),
    Thin("incident", _untold),
    Thin("incident told", _told, TOLD),
    Thin("request", lambda world: world.request()),
    Thin("audit announced", lambda world: world.audit(announced_on=BEFORE, accepted=True)),
    Thin("audit refused", _refused, REFUSED),
    Thin("improvement begun", lambda world: world.improvement()),
    Thin("system", lambda world: world.system()),
)
