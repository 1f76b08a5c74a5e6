"""The next version of an annex, made of the old version and of the new text as it is read."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum

from app.annexes.annex import Annex
from app.annexes.files.tables import Table
from app.annexes.files.text import clause_table
from app.annexes.reading.revising.aligning import Pair, Worded, align
from app.annexes.reading.revising.merging import Merged, merged
from app.annexes.reading.revising.rewording import Run, rewording


class Step(StrEnum):
    """What became of a clause."""

    KEPT = "kept"
    REWORDED = "changed"
    ADDED = "added"
    GONE = "retired"


@dataclass(frozen=True, slots=True)
class Carried:
    """One clause of both texts. ``old``, ``new``: its tables; ``runs``: what was taken out and put in.

    ``added``, ``unread``, ``disputed``: as ``Merged`` says.
    """

    step: Step
    old: Table | None
    new: Table | None
    runs: tuple[Run, ...] = ()
    added: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def to_check(self) -> bool:
        """Whether somebody has to look at it before the version is published."""
        return self.step is not Step.KEPT


@dataclass(frozen=True, slots=True)
class Carrying:
    """``table``: the next version, whole; ``clauses``: all of both texts, those that are gone at the end."""

    table: Table
    clauses: tuple[Carried, ...]

    def of(self, step: Step) -> tuple[Carried, ...]:
        """The clauses of which this has become."""
        return tuple(one for one in self.clauses if one.step is step)


def carry(old: Annex, texts: Mapping[str, str], was: Mapping[str, Table], new: Table, version: int) -> Carrying:
    """``old`` with the words of ``new``, a whole annex as the new text is read.

    ``texts``: how clauses of the old version are worded, by their keys, where that is known; else their
    summaries are compared. ``was``: how these words are read.
    """
    former = [clause_table(clause) for clause in old.clauses]
    before = [_worded(one, texts.get(one["key"]), _words(old, one)) for one in former]
    parts = {part["key"]: part["words"] for part in new["part"]}
    after = [_worded(one, None, parts.get(_part(one), {})) for one in new["clause"]]
    pairs = align(before, after)
    taken = {clause.key for clause in old.clauses}
    made = [_carried(pair, former, new["clause"], before, was, taken) for pair in pairs]
    table = {
        **{name: value for name, value in new.items() if name not in ("part", "option", "clause")},
        "key": old.key,
        "version": version,
        "part": _parts(old, new),
        "option": _options(old, new, made),
        "clause": [one.new for one in made if one.new is not None],
    }
    return Carrying(table, tuple(made))


def _worded(table: Table, text: str | None, words: Mapping[str, str]) -> Worded:
    said = table["summary"] if text is None else text
    return Worded(table["number"], table["heading"], said, words.get("client", ""), words.get("vendor", ""))


def _part(table: Table) -> str:
    number: str = table["number"]
    return number.rpartition(" ")[0]


def _words(annex: Annex, table: Table) -> Mapping[str, str]:
    return annex.part(_part(table)).words


def _carried(
    pair: Pair,
    former: list[Table],
    new: list[Table],
    before: list[Worded],
    was: Mapping[str, Table],
    taken: set[str],
) -> Carried:
    old = former[pair.old] if pair.old is not None else None
    if pair.new is None:
        return Carried(Step.GONE, old, None)
    read = deepcopy(new[pair.new])
    if old is None or pair.old is None:
        read["key"] = _free(read["key"], taken)
        return Carried(Step.ADDED, None, read, added=tuple(read["kinds"]))
    if pair.same:
        kept = deepcopy(old) | {"number": read["number"], "heading": read["heading"]}
        return Carried(Step.KEPT, old, kept)
    made: Merged = merged(old, was.get(old["key"]), read)
    return Carried(
        Step.REWORDED,
        old,
        made.table,
        rewording(before[pair.old].text, read["summary"]),
        tuple(made.added),
        tuple(made.unread),
        tuple(made.disputed),
    )


def _free(key: str, taken: set[str]) -> str:
    """``key`` where no clause of the old version had it: a key never means another clause than before."""
    found = next(
        one for one in (key, *(f"own-{at}" for at in range(1, len(taken) + 2))) if one and one not in taken
    )
    taken.add(found)
    return found


def _parts(old: Annex, new: Table) -> list[Table]:
    """The parts of the new text; terms that only somebody can have settled stay with theirs."""
    known = {part.key: dict(part.words) for part in old.parts}
    return [part | {"words": known.get(part["key"], {}) | part["words"]} for part in deepcopy(new["part"])]


def _options(old: Annex, new: Table, made: list[Carried]) -> list[Table]:
    named = {key for one in made if one.new is not None for key in one.new.get("options", ())}
    held = {option.key: option.label for option in old.options}
    held |= {option["key"]: option["label"] for option in new.get("option", ())}
    return [{"key": key, "label": label} for key, label in held.items() if key in named]
