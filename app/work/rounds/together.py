"""Several rounds written down at once: one act for all of them, where there is one."""

from __future__ import annotations

from collections.abc import Iterable

from app.work.acts.catalogue import ACTS
from app.work.rounds.rounds import Round, Way


def way_of(chosen: Iterable[Round]) -> Way | None:
    """The act that writes down all of ``chosen``, done to each thing once; None where no single one does."""
    ways = [one.way for one in chosen]
    if not ways or any(one is None for one in ways):
        return None
    held = [one for one in ways if one is not None and one.ids]
    if len({one.act for one in held}) != 1 or len(held) < len(ways):
        return None
    ids = tuple(dict.fromkeys(number for one in held for number in one.ids))
    act = held[0].act
    return Way(act, ids) if len(ids) == 1 or ACTS[act].many else None
