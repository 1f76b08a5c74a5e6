"""What a form states of one thing: a label, how it reads, when it must be known, its column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.duties.case import Case
from app.printing.blocks import Align, CellText, Column, Table
from app.records import Record, stated_key
from app.records.kinds import Choice, Many
from app.records.paths import Path, field_at
from forms.parts.texts import NONE

T = TypeVar("T")
When = Callable[[Case, T], bool]
"""A condition on one thing: plain Python."""


def always(_case: Case, _thing: object) -> bool:
    """The condition of what must be known of everything."""
    return True


def record_of(thing: Any) -> Record:
    """The record that a thing is, or by its ``record`` stands for: statements call the thing by it."""
    return thing if isinstance(thing, Record) else thing.record


def key_of(thing: Any) -> str:
    """How statements call a thing: by its record."""
    return stated_key(record_of(thing))


@dataclass(frozen=True)
class Cell(Generic[T]):
    """One text of a thing. ``path``: the field it comes from, if from one; ``needed``: when it must be known.

    ``width``, ``align`` and ``fit`` are those of its column, where the things stand in a table. ``formerly``:
    how the text of an older document reads today, where the same used to be said in other words.
    ``rests``: the fields that the text is made of, where it is not that of one ``path``.
    """

    label: str
    read: Callable[[Case, T], str]
    width: float = 0
    align: Align = "left"
    fit: bool = False
    path: Path | None = None
    needed: When[T] | None = None
    formerly: Callable[[str], str] | None = None
    rests: tuple[Path, ...] = ()


def field(
    start: type[Record],
    path: str,
    width: float = 0,
    align: Align = "left",
    *,
    fit: bool = False,
    label: str = "",
    otherwise: str = NONE,
    needed: When[Any] | None = None,
) -> Cell[Any]:
    """What stands in a field, under its declared label unless the paper calls it by another ``label``.

    ``path`` leads from ``start``, the record that the form is about. Raises ``TypeError`` for a path that
    leads nowhere. ``otherwise``: what stands where the field is empty.
    """
    way = Path(start, path)

    def read(case: Case, thing: Any) -> str:
        return way.text_of(case.facts, record_of(thing)) or otherwise

    return Cell(label or way.label, read, width, align, fit, way, needed)


def options(cell: Cell[Any]) -> tuple[str, ...]:
    """The closed list out of which the field of a cell is chosen. Raises ``TypeError`` without."""
    if cell.path is not None:
        kind = field_at(*cell.path.ends).kind
        if isinstance(kind, Choice | Many):
            return kind.choices
    raise TypeError(f"{cell.label} is chosen from no list")


def entry_of(cells: Iterable[Cell[T]], case: Case, thing: T) -> dict[str, str]:
    """What is stated of one thing: label → text."""
    return {cell.label: cell.read(case, thing) for cell in cells}


def reading(
    stated: Mapping[str, Mapping[str, str]], read: Mapping[str, Callable[[str], str]]
) -> dict[str, Mapping[str, str]]:
    """``stated`` with the texts under some labels read as they are said today."""
    return {
        key: {label: read[label](text) if label in read else text for label, text in entry.items()}
        for key, entry in stated.items()
    }


def pairs(entry: Mapping[str, str], *cells: Cell[Any]) -> tuple[str, ...]:
    """A line of a grid: label, text, label, text."""
    return tuple(part for cell in cells for part in (cell.label, entry[cell.label]))


Stack = tuple[Cell[Any], ...]
"""What stands in one column of a register: one text, or two below one another."""
_SIZE = 8.0
_NUMBER = 3.5


def register(stacks: Sequence[Stack], entries: Iterable[Mapping[str, str]]) -> Table:
    """A table with a row for each of ``entries``, numbered from 1."""
    columns = (
        Column(upper.label, upper.width, upper.align, upper.fit, lower[0].label if lower else "")
        for upper, *lower in stacks
    )
    rows = tuple(
        (str(at), *(_stacked(stack, entry) for stack in stacks)) for at, entry in enumerate(entries, 1)
    )
    return Table((Column("№", _NUMBER, "center"), *columns), rows, size=_SIZE)


def _stacked(stack: Stack, entry: Mapping[str, str]) -> CellText:
    texts = tuple(entry[cell.label] for cell in stack)
    return texts if len(texts) > 1 else texts[0]
