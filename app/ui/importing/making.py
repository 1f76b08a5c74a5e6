"""A plan as the page shows it, made in the worker: with its questions, and what earlier imports say of it."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from app.common import Progress
from app.exchange.mending import runs
from app.exchange.mending.questions import Questions
from app.exchange.mending.runs import Remembered
from app.exchange.sheets.book import Book
from app.exchange.tables import planning
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.records import Facts, Spec


class Asked(NamedTuple):
    """Of which table a plan is made, against which records, and what is said of it."""

    facts: Facts
    spec: Spec[Any]
    book: Book
    said: Said
    update: bool
    today: date


class Made(NamedTuple):
    """A plan with its questions; ``recalled``: how such a table was understood before, which it follows."""

    asked: Asked
    questions: Questions
    recalled: Remembered | None

    @property
    def plan(self) -> TablePlan:
        return self.questions.planned


def made(asked: Asked, progress: Progress, *, first: bool) -> Made:
    """The plan. ``first``: nobody said anything of the table yet, and what was said of such a one holds.

    Raises as ``planning.plan``.
    """
    planned = _planned(asked, progress)
    found = runs.remembered(asked.facts, planned) if first else None
    if found is None or not found.matters:
        return Made(asked, Questions(asked.facts, planned), None)
    asked = asked._replace(said=runs.with_remembered(asked.said, found))
    return Made(asked, Questions(asked.facts, _planned(asked, progress)), found)


def _planned(asked: Asked, progress: Progress) -> TablePlan:
    return planning.plan(
        asked.facts,
        asked.spec,
        asked.book,
        asked.said,
        update=asked.update,
        today=asked.today,
        progress=progress,
    )
