"""The next version of an annex, made of the old version and of the new text as it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from enum import StrEnum

from app.annexes.annex import Annex
from app.annexes.files.tables import Table
from app.annexes.files.text import clause_table
from app.annexes.reading.comparing.rewording import Run, rewording
from app.annexes.reading.revising.aligning import Pair, Worded, align
from app.annexes.reading.revising.merging import Merged, merged


class Step(StrEnum):
    """What became of a clause."""

    KEPT = "kept"
    REWORDED = "changed"
    ADDED = "added"
    GONE = "retired"


@dataclass(frozen=True, slots=True)
class Carried:
    """One clause of both texts. ``old``, ``new``: its tables; ``runs``: what was taken out and put in, none
    where nobody has the old wording: a summary says everything in other words.

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


def carry(
    old: Annex, texts: Mapping[str, str], was: Mapping[str, Table], new: Table, worded: Mapping[str, str]
) -> tuple[Carried, ...]:
    """What becomes of every clause of ``old`` under the text that is read as ``new``, a whole annex.

    In the order of the new text, those that are gone at the end. ``texts``: how clauses of the old one are
    worded, by their keys, where that is known; else their summaries are compared. ``was``: how these words
    are read. ``worded``: how the clauses of the new one are worded, by their keys.
    """
    former = [clause_table(clause) for clause in old.clauses]
    before = [_worded(one, texts.get(one["key"]), _words(old, one)) for one in former]
    parts = {part["key"]: part["words"] for part in new["part"]}
    after = [_worded(one, worded.get(one["key"]), parts.get(_part(one), {})) for one in new["clause"]]
    taken = {clause.key for clause in old.clauses}
    made = [_carried(pair, former, new["clause"], before, after, was, taken) for pair in align(before, after)]
    return tuple(one if one.old is None or one.old["key"] in texts else replace(one, runs=()) for one in made)


def words_of(old: Annex, parts: Sequence[Table]) -> list[Table]:
    """The parts of the new text; terms that only somebody can have settled stay with theirs."""
    known = {part.key: dict(part.words) for part in old.parts}
    return [part | {"words": known.get(part["key"], {}) | part["words"]} for part in parts]


def _worded(table: Table, text: str | None, words: Mapping[str, str]) -> Worded:
    said = table["summary"] if text is None else text
    number, heading = table["number"], table["heading"]
    # Where a text prints none, the number stands as the heading: two that are alike say nothing.
    heading = "" if heading in (number, number.rpartition(" ")[2]) else heading
    return Worded(number, heading, said, words.get("client", ""), words.get("vendor", ""))


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
    after: list[Worded],
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
        kept = deepcopy(old) | {"number": read["number"], "heading": read["heading"] or old["heading"]}
        return Carried(Step.KEPT, old, kept)
    made: Merged = merged(old, was.get(old["key"]), read)
    return Carried(
        Step.REWORDED,
        old,
        made.table,
        rewording(before[pair.old].text, after[pair.new].text),
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
