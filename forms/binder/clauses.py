"""Clause by clause: what it asks, how it stands, what proves it, and where in the binder that is."""

from __future__ import annotations

from collections.abc import Iterable

from app.duties.case import Case
from app.duties.checks import findings
from app.duties.engine import duties_of
from app.duties.view import ContractView
from forms.binder.bound import Filed
from forms.breached import standing_breaches
from forms.parts.standing import chapters
from forms.parts.texts import or_none

GROUNDS = 3
"""Where in a row of a chapter its grounds stand."""


def ended(case: Case) -> bool:
    """Whether the period of a binder was over before its day, of which the states are."""
    return case.within is not None and case.within[1] < case.day


def clause_tables(case: Case, documents: Iterable[Filed]) -> list[list[object]]:
    """The title of each part of the annexes, and its rows: clause, what, state, grounds, remarks, tags.

    As a report on how the annex is kept states them: what is late or broken is never only proven, and what
    proves it only since the period of the binder is over is marked so.
    """
    if not case.forms:
        raise LookupError("without the forms the engine would not see what was submitted")
    view = ContractView(case.facts, case.catalogue, case.forms, case.contract, case.day)
    owed = duties_of(view)
    breaches = standing_breaches(owed, findings(view))
    annexes = (case.catalogue.find(row.annex, row.version) for row in case.contract.annexes)
    known = dict.fromkeys(annex for annex in annexes if annex)
    held = tuple(documents)
    until = case.within[1] if ended(case) and case.within else None
    return [
        [one.title, [[*row, _tags(row[GROUNDS], held)] for row in one.rows]]
        for one in chapters(case.facts, case.contract, known, owed, breaches, until)
        if one.rows
    ]


def _tags(grounds: str, documents: Iterable[Filed]) -> str:
    return or_none("、".join(one.tag for one in documents if one.number in grounds))
