"""Which clause of the old text has become which of the new one, whatever their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.annexes.reading.comparing.alike import Profile, likeness, profile

LEAST = 0.5
"""From this likeness on two wordings are one clause that was reworded."""
_LEAST_HEADED, _LEAST_PLACED = 0.3, 0.1
"""The same where both stand under the same heading, and where they have the same number there."""
_HEADED, _NUMBERED, _MOVED = 0.1, 0.02, 0.04
"""What the same heading or number adds, and what a clause loses that moved from one end to the other."""


@dataclass(frozen=True, slots=True)
class Worded:
    """One clause as it is worded. ``client``, ``vendor``: what it calls the parties, where that is known."""

    number: str
    heading: str
    text: str
    client: str = ""
    vendor: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Places in the old and new text of one clause; None where it is new or gone. ``same``: word for word."""

    old: int | None
    new: int | None
    same: bool = False


def align(old: Sequence[Worded], new: Sequence[Worded]) -> tuple[Pair, ...]:
    """Every clause of both texts once: in the order of the new one, then those that are gone."""
    before, after = _profiles(old), _profiles(new)
    found = dict(_unchanged(old, new, before, after))
    found |= _reworded(old, new, before, after, found)
    pairs = [Pair(found.get(at), at, _same(at, found, before, after)) for at in range(len(new))]
    taken = set(found.values())
    return (*pairs, *(Pair(at, None) for at in range(len(old)) if at not in taken))


def _profiles(held: Sequence[Worded]) -> list[Profile]:
    return [profile(one.text, one.client, one.vendor) for one in held]


def _same(at: int, found: dict[int, int], before: list[Profile], after: list[Profile]) -> bool:
    return at in found and before[found[at]].plain == after[at].plain


def _unchanged(
    old: Sequence[Worded], new: Sequence[Worded], before: list[Profile], after: list[Profile]
) -> Iterator[tuple[int, int]]:
    """New place → old place of equal wordings; of several equal ones the same number, then their order."""
    held: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(before):
        held[one.plain].append(at)
    wanted: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(after):
        if one.plain in held:
            wanted[one.plain].append(at)
    for plain, places in wanted.items():
        free = held[plain]
        for at in [*places]:
            same = next((one for one in free if old[one].number == new[at].number), None)
            if same is not None:
                free.remove(same)
                places.remove(at)
                yield at, same
        yield from zip(places, free, strict=False)


def _reworded(
    old: Sequence[Worded],
    new: Sequence[Worded],
    before: list[Profile],
    after: list[Profile],
    found: dict[int, int],
) -> dict[int, int]:
    taken = set(found.values())
    left = [at for at in range(len(old)) if at not in taken]
    scored = []
    for at in (one for one in range(len(new)) if one not in found):
        for was in left:
            alike = likeness(before[was], after[at])
            headed = bool(new[at].heading) and new[at].heading == old[was].heading
            same = new[at].number == old[was].number
            if alike >= _least(headed=headed, same=same):
                moved = abs(was / len(old) - at / len(new))
                scored.append((alike + _HEADED * headed + _NUMBERED * same - _MOVED * moved, -at, -was))
    made: dict[int, int] = {}
    for _, at, was in sorted(scored, reverse=True):
        if -at not in made and -was not in taken:
            made[-at] = -was
            taken.add(-was)
    return made


def _least(*, headed: bool, same: bool) -> float:
    if not headed:
        return LEAST
    return _LEAST_PLACED if same else _LEAST_HEADED
