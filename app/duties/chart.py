"""Who stands under whom in the structure of a contract (管理体制): its places in the order of a tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.records import Structure


class Node(NamedTuple):
    """A place in the chart, or somebody with no place of their own to whom others report (``place`` None).

    ``above``: the number in the list of the node that it hangs from; None at the top.
    """

    person: int
    place: Structure | None
    above: int | None


def in_tree(held: Iterable[Structure]) -> list[Node]:
    """The places, each after the one it hangs from and before that one's next neighbour.

    Somebody with several places is reported to in the first of them. What hangs from itself in a circle is
    left out: ``loose`` finds it.
    """
    ordered = tuple(held)
    first: dict[int, Structure] = {}
    for one in ordered:
        first.setdefault(one.person, one)
    below: dict[tuple[str, int], list[tuple[int, Structure | None]]] = {}
    outside: dict[int, None] = {}
    top: list[tuple[int, Structure | None]] = []
    for one in ordered:
        head = one.reports_to
        if head is None:
            top.append((one.person, one))
        elif head in first:
            below.setdefault(("place", first[head].id), []).append((one.person, one))
        else:
            outside[head] = None
            below.setdefault(("person", head), []).append((one.person, one))
    roots: list[tuple[int, Structure | None]] = [*((head, None) for head in outside), *top]
    waiting: list[tuple[int, Structure | None, int | None]] = [(*root, None) for root in reversed(roots)]
    found: list[Node] = []
    while waiting:
        person, place, above = waiting.pop()
        number = len(found)
        found.append(Node(person, place, above))
        key = ("place", place.id) if place else ("person", person)
        waiting += [(*child, number) for child in reversed(below.get(key, []))]
    return found


def loose(held: Iterable[Structure]) -> tuple[Structure, ...]:
    """The places whose holders report to one another in a circle, and what hangs from such."""
    ordered = tuple(held)
    shown = {node.place.id for node in in_tree(ordered) if node.place}
    return tuple(one for one in ordered if one.id not in shown)
