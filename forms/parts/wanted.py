"""Collecting what a document needs and the ledger lacks, so that all of it is named at once."""

from __future__ import annotations

from typing import TypeVar

from app.duties.case import Case, MissingFact, MissingFactsError
from app.records import Statement

T = TypeVar("T")


class Wanted:
    """The missing facts of one document.

    Where a case is only compared with an older document nothing is asked for: a fact that has since been
    emptied is a difference to show, not a reason to show none.
    """

    def __init__(self, title: str, case: Case) -> None:
        self._title = title
        self._asking = not case.comparing
        self._missing: dict[MissingFact, None] = {}

    def need(self, held: T, sentence: str, record: str, record_id: int = 0, field: str = "") -> T:
        """Return ``held``; where it is empty, note ``sentence`` with the record to open and its field."""
        if not held and self._asking:
            self._missing[MissingFact(sentence, record, record_id, field)] = None
        return held

    def checked(self, statement: Statement) -> Statement:
        """Return ``statement``. Raises ``MissingFactsError`` naming everything that was missing."""
        if self._missing:
            raise MissingFactsError(self._title, tuple(self._missing))
        return statement
