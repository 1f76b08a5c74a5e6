"""All that a table tells beside its own records, in the order in which it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.exchange.coming_in.planner import ImportPlan
from app.exchange.tables.beside.beside import Beside
from app.exchange.tables.beside.things import Things
from app.exchange.tables.beside.uses import Uses
from app.exchange.tables.beside.words import ASSET
from app.exchange.tables.columns import Column
from app.exchange.tables.line import Line
from app.records import Facts, Spec


class Others:
    """Made before the table's own records are planned: it takes out of the lines what is not theirs.

    ``said``: the values that people give once for all rows; ``making``: the types that they want made.
    ``literal``: this program wrote the table, in which a record stands whole.
    ``named``: type, key and id of the records that are written before those of the table.
    """

    def __init__(
        self,
        facts: Facts,
        spec: Spec[Any],
        lines: Sequence[Line],
        columns: Sequence[Column],
        said: Mapping[str, Any],
        making: frozenset[str],
        *,
        literal: bool = False,
    ) -> None:
        self._lines = lines
        self._mapped = {column.path: column.letter for column in columns if column.path}
        self._uses = Uses(facts, lines, said) if spec.name == "device" else None
        self._things: Things | None = None
        if spec.name == "disposal":
            self._things = Things(facts, lines, said, wanted=ASSET in making, literal=literal)
        self.named: tuple[tuple[str, str, int], ...] = ()

    def entries(self) -> list[dict[str, Any]]:
        """What a file of the table's own records would say, line by line."""
        if self._things is None:
            return [dict(line.entry) for line in self._lines]
        self._things.make(self._mapped)
        self.named = self._things.named
        return [self._things.entry(line) for line in self._lines]

    @property
    def offers(self) -> tuple[str, ...]:
        """The types of which records can be made that lines name and that are not there."""
        return self._things.offers if self._things is not None else ()

    def planned(self, main: ImportPlan, today: date | None) -> tuple[Beside, ...]:
        """The plans of the other types; what is to be asked of them is added to the lines."""
        return tuple(self._planned(main, today))

    def _planned(self, main: ImportPlan, today: date | None) -> Iterator[Beside]:
        if self._uses is not None and (uses := self._uses.planned(main, self._mapped, today)) is not None:
            yield uses
        if self._things is not None:
            yield from self._things.planned(main, self._mapped, today)
