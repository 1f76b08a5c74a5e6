"""Who stands under whom in the structure of a contract (管理体制): its places in the order of a tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.records import Structure


def in_tree(held: Iterable[Structure]) -> list[tuple[Structure, int | None]]:
    """The places, each after the one it hangs from (its number in the list) and before that one's neighbour.

    Somebody with several places is reported to in the first of them. What hangs from nobody in the chart, or
    in a circle, is left out: ``loose`` finds it.
    """
    ordered = tuple(held)
    heads = _first_places(ordered)
    below: dict[int | None, list[Structure]] = {}
    for one in ordered:
        head = heads.get(one.reports_to) if one.reports_to is not None else None
        if one.reports_to is None or head is not None:
            below.setdefault(head.id if head else None, []).append(one)
    found: list[tuple[Structure, int | None]] = []
    waiting: list[tuple[Structure, int | None]] = [(one, None) for one in reversed(below.get(None, []))]
    while waiting:
        one, above = waiting.pop()
        number = len(found)
        found.append((one, above))
        waiting += [(child, number) for child in reversed(below.get(one.id, []))]
    return found


def loose(held: Iterable[Structure]) -> tuple[Structure, ...]:
    """The places that hang from nobody who is in the chart, or from one another in a circle."""
    ordered = tuple(held)
    shown = {one.id for one, _above in in_tree(ordered)}
    return tuple(one for one in ordered if one.id not in shown)


def _first_places(held: Iterable[Structure]) -> Mapping[int, Structure]:
    found: dict[int, Structure] = {}
    for one in held:
        found.setdefault(one.person, one)
    return found
