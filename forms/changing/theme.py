"""What the changes of a form are about: which of its cells matter, and which records say when and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.duties.case import Case
from app.records.paths import field_at
from forms.changing.days import CHANGED_ON, ENDS, STARTS, WHY, Dated
from forms.parts.cells import Cell
from forms.parts.texts import NONE, lines

Entry = Mapping[str, str]
"""What is stated of one thing: label → text."""


@dataclass(frozen=True)
class Theme:
    """What changes are about: the cells that matter, and the records that say when and why.

    ``noun`` what one thing is called, or the cell that says so; ``name`` the cell of its name; ``starts``
    and ``ends`` those of its period; ``told`` the cells that describe it. ``like``: one that goes and one
    that comes are one move, told in one row, where they alone are alike in this cell or alone share a
    reason; None: each is told by itself with its own day, as a worker who leaves and a successor are.
    ``source`` finds the record of type ``record`` by key (``"person:5"``) and kind of difference. ``dated``:
    the cells whose texts rest on what a record keeps with the day from which it holds. ``passing``: the cells
    whose texts rest on periods and tell their days: as such a day comes, nothing is otherwise than told.
    """

    record: type[Dated]
    noun: str | Cell[Any]
    name: Cell[Any]
    starts: Cell[Any]
    ends: Cell[Any]
    told: tuple[Cell[Any], ...]
    source: Callable[[Case, str, str], Dated | None]
    like: Cell[Any] | None = None
    dated: tuple[Cell[Any], ...] = ()
    passing: tuple[Cell[Any], ...] = ()

    def __post_init__(self) -> None:
        for name in (STARTS, ENDS, CHANGED_ON, WHY):
            field_at(self.record, name)

    def called(self, entry: Entry) -> str:
        """What a thing is called at the head of its row."""
        return self.noun if isinstance(self.noun, str) else entry[self.noun.label]

    def described(self, entry: Entry) -> str:
        """A thing in a cell of before or after."""
        texts = (entry.get(cell.label, NONE) for cell in self.told)
        return lines(*(text for text in texts if text != NONE))
