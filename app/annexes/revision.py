"""A new version of an annex against the old one, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from app.annexes.annex import Annex
from app.annexes.clause import Clause, Json
from app.annexes.kinds import KINDS

_FIELDS = ("key", "number", "heading", "summary", "kinds", "when", "options")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: a field of the clause, or a parameter (``kind`` where it holds for one only).

    None stands for a parameter that is not there.
    """

    field: str
    before: Json | None
    after: Json | None
    kind: str = ""
    parameter: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that both versions have, and in what it differs; at least one difference."""

    old: Clause
    new: Clause
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """Every clause of both versions, once: in the order of the new annex, retired ones in that of the old."""

    old: Annex
    new: Annex
    kept: tuple[Clause, ...]
    changed: tuple[Changed, ...]
    added: tuple[Clause, ...]
    retired: tuple[Clause, ...]

    def successor(self, number: str) -> Clause | None:
        """The clause of the new version that has become of the old one with this number."""
        for clause in self.kept:
            if plain(clause.number) == plain(number):
                return clause
        return next((one.new for one in self.changed if plain(one.old.number) == plain(number)), None)

    def same(self, number: str) -> bool:
        """Whether the number still means the same clause."""
        clause = self.successor(number)
        return clause is not None and plain(clause.number) == plain(number)


def compare(old: Annex, new: Annex) -> Revision:
    """Compare by keys; a clause whose key is gone is found again by its unchanged heading and summary."""
    former = _pairs(old, new)
    kept: list[Clause] = []
    changed: list[Changed] = []
    added: list[Clause] = []
    for clause in new.clauses:
        before = former.get(clause.key)
        if before is None:
            added.append(clause)
        elif found := tuple(_differences(before, clause)):
            changed.append(Changed(before, clause, found))
        else:
            kept.append(clause)
    followed = {clause.key for clause in former.values()}
    retired = tuple(clause for clause in old.clauses if clause.key not in followed)
    return Revision(old, new, tuple(kept), tuple(changed), tuple(added), retired)


def _pairs(old: Annex, new: Annex) -> dict[str, Clause]:
    """New key → the old clause."""
    by_key = {clause.key: clause for clause in old.clauses}
    keys = {clause.key for clause in new.clauses}
    pairs = {key: by_key[key] for key in keys if key in by_key}
    left: dict[tuple[str, str], list[Clause]] = {}
    for clause in old.clauses:
        if clause.key not in keys:
            left.setdefault((clause.heading, clause.summary), []).append(clause)
    for clause in new.clauses:
        same = left.get((clause.heading, clause.summary))
        if clause.key not in pairs and same:
            pairs[clause.key] = same.pop(0)
    return pairs


def _differences(old: Clause, new: Clause) -> Iterator[Difference]:
    for name in _FIELDS:
        before, after = _plain(getattr(old, name)), _plain(getattr(new, name))
        if before != after:
            yield Difference(name, before, after)
    before_all, after_all = _flat(old.parameters), _flat(new.parameters)
    for kind, name in dict.fromkeys((*before_all, *after_all)):
        held, wanted = before_all.get((kind, name)), after_all.get((kind, name))
        if held != wanted:
            yield Difference(name, held, wanted, kind, parameter=True)


def _plain(value: Any) -> Json:
    return list(value) if isinstance(value, tuple) else str(value)


def _flat(parameters: Mapping[str, Json]) -> dict[tuple[str, str], Json]:
    """(kind or empty, name) → value."""
    found: dict[tuple[str, str], Json] = {}
    for name, value in parameters.items():
        if name in KINDS and isinstance(value, dict):
            found.update({(name, inner): held for inner, held in value.items()})
        else:
            found["", name] = value
    return found


def plain(number: str) -> str:
    """A clause number as people may write it: width and spaces make no difference."""
    return "".join(normalize("NFKC", number).split())
