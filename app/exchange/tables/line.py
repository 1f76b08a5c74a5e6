"""One record as a table tells it, with where each value stands and what people have to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.exchange.sheets.book import Cell, letters
from app.exchange.tables.words import Target, Words


class Place(NamedTuple):
    """A cell of the file, where what is read as a table is none."""

    sheet: str
    row: int
    column: int

    @property
    def letter(self) -> str:
        """Its column as people call it."""
        return letters(self.column)


@dataclass(frozen=True, slots=True)
class Problem:
    """What people have to look at. ``column`` is its letter, empty for the whole row.

    ``certain``: it is wrong; else it is asked about. ``asks``: what kind of question it is, where no value of
    a cell answers it (``answers.Asks``). ``path``: the field that is meant, where no column says it.
    ``row`` and ``column`` are those of the table as it is read, by which answers find it; ``at``: where
    that is in the file, for what is no table there.
    """

    row: int
    column: str
    value: str
    reason: str
    advice: str
    certain: bool
    asks: str = ""
    path: str = ""
    at: Place | None = None

    @property
    def where(self) -> str:
        """The place of the file as people call it: B5, 5行目, シート「PC-1」のB5."""
        if self.at is not None:
            return place_text(self.at)
        return f"{self.column}{self.row}" if self.column else f"{self.row}行目"


def place_text(place: Place) -> str:
    """A place as people call it: シート「PC-1」のB5."""
    sheet = f"シート「{place.sheet}」の" if place.sheet else ""
    return f"{sheet}{place.letter}{place.row}"


@dataclass(slots=True)
class Line:
    """One record as the table tells it, over one row or several. ``skipped``: why it is none.

    ``entry`` is what a file of records would say. ``places``: where each value stands, by its field path.
    """

    row: int
    entry: dict[str, Any] = field(default_factory=dict)
    places: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    skipped: str = ""
    rows: list[int] = field(default_factory=list)
    filled: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    """Paths of fields of which people are asked already."""
    units: dict[str, str] = field(default_factory=dict)
    """Units that stood with numbers of records that have no field for them, by the path of such a field."""
    blank: set[int] = field(default_factory=set)
    """The mapped columns in which nothing stands."""
    above: dict[tuple[int, int], Cell] = field(default_factory=dict)
    """By row and column of the table the cells further up that say what is meant there."""
    erases: set[str] = field(default_factory=set)
    """The fields whose blank is to erase what the ledger holds, as somebody chose for their columns."""


def put(line: Line, path: str, value: Any, words: Words, place: tuple[int, str, str]) -> None:
    target: Target = words.targets[path]
    line.filled.add(path)
    if target.rows is None:
        line.entry[path] = value
        line.places[path] = place
        return
    rows = line.entry.setdefault(target.rows.name, [{}])
    rows[-1][target.field.name] = value
    line.places[f"{target.rows.name}.{len(rows)}.{target.field.name}"] = place


def join(line: Line, more: Line, words: Words, *, literal: bool = False) -> None:
    """Add the nested rows of ``more``; what it says otherwise of the record itself is asked about."""
    line.rows.extend(more.rows)
    line.problems.extend(more.problems)
    line.above |= more.above
    again = set[str]() if literal else _said_again(line, more)
    for name, value in more.entry.items():
        if name in again:
            continue
        if _is_nested(value):
            rows = line.entry.setdefault(name, [])
            for inner in value[0]:
                line.places[f"{name}.{len(rows) + 1}.{inner}"] = more.places[f"{name}.1.{inner}"]
            rows.append(value[0])
        elif name not in line.entry:
            line.entry[name] = value
            line.places[name] = more.places[name]
        elif line.entry[name] != value:
            row, column, shown = more.places[name]
            label = words.targets[name].label
            line.problems.append(
                Problem(
                    row,
                    column,
                    shown,
                    f"{line.row}行目と同じ{'・'.join(_labels(words, line))}ですが、{label}が違います。",
                    "どちらが正しいか確かめて、1つにしてください。",
                    certain=False,
                )
            )
    line.filled |= more.filled


def _labels(words: Words, line: Line) -> list[str]:
    return [words.targets[name].label for name in line.entry if name in words.targets][:1] or ["記録"]


def _is_nested(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _said_again(line: Line, more: Line) -> set[str]:
    """Nested rows that only stand there again, beside others that are new: a topic beside each attendant."""
    nested = {name: value[0] for name, value in more.entry.items() if _is_nested(value)}
    again = {name for name, row in nested.items() if row in line.entry.get(name, ())}
    return again if again < nested.keys() else set()
