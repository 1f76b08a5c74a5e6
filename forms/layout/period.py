"""What falls into the period that a document covers, and what it says of what nobody recorded."""

from __future__ import annotations

from datetime import date

from app.duties.case import Case

UNRECORDED = "記録なし"
"""What stands where nobody recorded whether a thing was so: never a blank, which reads as nothing wrong."""


def falls(case: Case, day: date) -> bool:
    """Whether what happened on ``day`` belongs on the paper: known when it is made, and in its period."""
    return day <= case.day and touches(case, day, day)


def touches(case: Case, first: date, last: date | None) -> bool:
    """Whether something that lasts from ``first`` to ``last`` (None: still) has a day in the period.

    A paper that covers none looks at everything that had begun by its day.
    """
    since, until = case.within or (None, case.day)
    return first <= until and (since is None or last is None or last >= since)


def since_signing(case: Case) -> date:
    """The first day of a paper on what was looked at: what is done before the work starts belongs to it."""
    return min(case.contract.signed_on, case.contract.starts_on)
