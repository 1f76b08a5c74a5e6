"""Who is to come to a training session: those at work, those who lack it, those who have to make it up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.records import Assignment, Contract, Facts, Training
from app.records.training import Outcome
from app.work.acts.plan import Ground
from app.work.acts.rounds.asking import lacking

KIND = "training"
"""The kind of duty that a session serves."""


def lackers(ground: Ground, contracts: Iterable[Contract]) -> tuple[int, ...]:
    """Who has not had what the clauses of the contracts ask, each once; ids of persons."""
    found = (gap.id for contract in contracts for _duty, gap in lacking(ground, contract, KIND))
    return tuple(dict.fromkeys(found))


def expected(facts: Facts, contracts: Iterable[Contract], day: date) -> tuple[int, ...]:
    """Everybody who works for one of the contracts on ``day``, each once; ids of persons."""
    rows = (row for one in contracts for row in facts.of(Assignment, "contract", one.id))
    return tuple(
        dict.fromkeys(
            row.person for row in rows if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)
        )
    )


def planned_make_ups(session: Training) -> tuple[date, ...]:
    """The days on which those who were absent are to make it up, as far as they are planned."""
    days = (row.planned_on for row in session.attendance if row.outcome == Outcome.ABSENT)
    return tuple(sorted({day for day in days if day is not None}))
