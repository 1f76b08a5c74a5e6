"""Which of the things that a paper tells of one by one were told as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.papers.drift import compare
from app.records import Submission
from forms.parts.cells import Cell, entry_of, key_of
from forms.parts.people import as_called


def reported(case: Case, form: str, entry: Iterable[Cell[Any]], things: Iterable[Any]) -> set[str]:
    """The keys of those of which the last standing document of a ``form`` says what the ledger says now.

    What has changed since counts as not told. People bear the names of the day of that document.
    """
    last: dict[str, tuple[date, int, Submission, Mapping[str, str]]] = {}
    for submission in case.facts.of(Submission, "contract", case.contract.id):
        if submission.form != form or submission.submitted_on is None or not submission.stands:
            continue
        told = case.facts.told(submission)
        for key, held in told.stated.items() if told else ():
            one = (submission.submitted_on, submission.id, submission, held)
            last[key] = max(last.get(key, one), one, key=lambda pair: pair[:2])
    cells, now = tuple(entry), ((key_of(one), one) for one in things)
    return {key for key, one in now if key in last and _still(case, cells, one, *last[key][2:])}


def _still(
    case: Case, cells: tuple[Cell[Any], ...], thing: Any, report: Submission, held: Mapping[str, str]
) -> bool:
    then = as_called(replace(case, called=report.issued_on))
    return not compare({"": held}, {"": entry_of(cells, then, thing)})
