"""What people answered to the questions of a plan: with table and mapping it makes the next plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Meant(str):
    """A text that somebody wrote as the answer for a cell: it means itself and is asked of no more."""

    __slots__ = ()


class Asks(StrEnum):
    """What a question is about that no value of a cell answers; two of one kind are alike."""

    VALUE = ""
    """A cell: another value answers it."""
    HIDDEN = "hidden"
    LINED_OUT = "lined-out"
    UNFILLED = "unfilled"
    ENDED = "ended"
    NUMBER = "number"
    """The row has no number: it gets one of the ledger's own, or is a record that is there already."""
    LIKE = "like"
    """A record of the ledger is so like it that both may be one."""
    SEVERAL = "several"
    """Two rows are one record."""
    GROUP = "group"
    """A blank under a group, which may mean a blank or what stands above."""
    PART = "part"
    WIDE = "wide"
    RUNNING = "running"
    UPDATE = "update"
    """The ledger holds the record otherwise, and nobody said that it is to be changed."""
    FIELD = "field"
    """No column says what the record needs."""
    THING = "thing"
    """What a line was of: no column has its number, and of several lines of a row each has its own."""
    UNSURE = "unsure"
    """What was asked of the row could be seen only in the file from which it was saved for mending."""


PASSED = frozenset(
    {
        Asks.HIDDEN,
        Asks.LINED_OUT,
        Asks.UNFILLED,
        Asks.ENDED,
        Asks.NUMBER,
        Asks.LIKE,
        Asks.GROUP,
        Asks.PART,
        Asks.WIDE,
        Asks.RUNNING,
        Asks.UPDATE,
        Asks.UNSURE,
    }
)
"""The questions that are settled by saying of the row: bring it in as it stands."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Rows and columns are the sheet's own, counted from 1; every text is read as if it stood in a cell.

    ``cells``: what stands at a place instead, empty for nothing. ``words``: the same for every cell of a
    column in which the given text stands, unless the cell has an answer of its own. ``values``: a field that
    no column says, by row and path. ``groups``: the same for every row with a given text in a column.
    ``passed``: questions of rows that are brought in as they stand. ``same``: the key of the ledger's record
    that a row is.
    """

    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    words: Mapping[tuple[int, str], str] = field(default_factory=dict)
    values: Mapping[tuple[int, str], str] = field(default_factory=dict)
    groups: Mapping[tuple[int, str, str], str] = field(default_factory=dict)
    passed: frozenset[tuple[int, Asks]] = frozenset()
    same: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any((self.cells, self.words, self.values, self.groups, self.passed, self.same))
