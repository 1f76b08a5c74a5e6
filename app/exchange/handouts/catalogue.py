"""Every handout, by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.exchange.handouts.attendance import ATTENDANCE
from app.exchange.handouts.handout import Handout
from app.exchange.handouts.labels import LABELS
from app.exchange.handouts.stock_sheet import STOCK_SHEET
from app.records import Record
from app.work.acts.offering import meant
from app.work.acts.plan import Ground

HANDOUTS: Mapping[str, Handout] = MappingProxyType(
    {one.name: one for one in (LABELS, STOCK_SHEET, ATTENDANCE)}
)


def handouts(ground: Ground, chosen: Iterable[Record]) -> tuple[tuple[Handout, tuple[int, ...]], ...]:
    """What can be printed for all of ``chosen``, each with the ids of what it is made for."""
    subjects = meant(ground.facts, chosen)
    return tuple(
        (one, tuple(each.id for each in subjects))
        for one in HANDOUTS.values()
        if subjects
        and (one.many or len(subjects) == 1)
        and all(isinstance(each, one.about) and one.offered(ground, each) for each in subjects)
    )


def has_handouts(cls: type[Record]) -> bool:
    """Whether anything can be printed for records of a type."""
    return any(issubclass(cls, one.about) for one in HANDOUTS.values())
