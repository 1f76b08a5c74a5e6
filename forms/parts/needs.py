"""What a document needs before it can be printed, and what is missing for it, in the records' own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.duties.case import Case, MissingFact
from app.records import Record
from app.records.paths import Path, asking, field_at
from forms.parts.cells import When, always, record_of
from forms.parts.paper import Paper

T = TypeVar("T")


@dataclass(frozen=True)
class Need(Generic[T]):
    """A field that must be filled in of each thing, ``when`` it meets a condition."""

    path: Path
    when: When[T] = always

    def missing(self, case: Case, thing: T) -> Iterator[MissingFact]:
        """The record and field to fill in, with the sentence that follows from their declaration."""
        lacking = self.path.lacking(case.facts, record_of(thing)) if self.when(case, thing) else None
        if lacking is not None:
            held, field = lacking
            yield MissingFact(asking(case.facts, held, field), held.spec.name, held.id, field.name)


def need(start: type[Record], path: str, when: When[Any] = always) -> Need[Any]:
    """The need of what ``path`` leads to. Raises ``TypeError`` for a path that leads nowhere."""
    return Need(Path(start, path), when)


@dataclass(frozen=True)
class Asked(Generic[T]):
    """A need that one field does not tell: ``find`` yields the id of the record to open and the sentence.

    ``row`` may follow the sentence where one line of nested rows is meant: ``2.serial``.
    """

    record: type[Record]
    field: str
    find: Callable[[Paper[T]], Iterator[tuple[int, str] | tuple[int, str, str]]]

    def __post_init__(self) -> None:
        if self.field:
            field_at(self.record, self.field)

    def missing(self, paper: Paper[T]) -> Iterator[MissingFact]:
        """Every fact that is missing."""
        for number, sentence, *row in self.find(paper):
            yield MissingFact(sentence, self.record.spec.name, number, ".".join((self.field, *row)))


def missing_of(needs: Iterable[Need[T] | Asked[T]], paper: Paper[T]) -> Iterator[MissingFact]:
    """Everything that is missing, thing by thing, then what is asked of the paper as a whole."""
    plain = [one for one in needs if isinstance(one, Need)]
    for thing in paper.things:
        for one in plain:
            yield from one.missing(paper.case, thing)
    for asked in needs:
        if isinstance(asked, Asked):
            yield from asked.missing(paper)


def untold(paths: Iterable[Path], paper: Paper[Any]) -> Iterator[MissingFact]:
    """What a paper would print as その他 and nothing more."""
    facts = paper.case.facts
    held_paths = tuple(paths)
    for thing in paper.things:
        for path in held_paths:
            found = path.untold(facts, record_of(thing))
            if found is not None:
                held, field = found
                yield MissingFact(asking(facts, held, field), held.spec.name, held.id, field.name)
