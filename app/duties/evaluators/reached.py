"""Whom a notice or a check of workers reached, about what, and by whom it was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.annexes.choices import Oversight
from app.duties.evaluators.checked import checks
from app.duties.verdict import Question
from app.duties.view import ContractView
from app.records import Check
from app.records.check import CheckKind, Theme

_KINDS = {Oversight.NOTICE: CheckKind.NOTICE, Oversight.SUPERVISION: CheckKind.SUPERVISION}

Need = tuple[CheckKind, ...]
"""Kinds of check of which one will do."""


def needs(question: Question) -> tuple[Need, ...]:
    """What the clause wants done, each by itself: 周知 is no 監督. Where it does not say, either will do."""
    asked = question.asks.oversight
    return tuple((_KINDS[one],) for one in asked) if asked else (tuple(_KINDS.values()),)


def themes(question: Question) -> tuple[Theme | None, ...]:
    """What the clause wants it to be about; None stands for anything."""
    return question.asks.themes or (None,)


def made(question: Question, need: Need) -> tuple[Check, ...]:
    """The checks of these kinds by whom the clause names, by day; only who held the role that day counts."""
    roles = {str(role) for role in question.asks.roles}
    found = checks(question.view, *need)
    return tuple(one for one in found if _did(question.view, roles, one)) if roles else found


def _did(view: ContractView, roles: set[str], check: Check) -> bool:
    return any(
        roles & set(one.role_names) and view.works(one, check.done_on)
        for one in view.at_work.get(check.checked_by or 0, ())
    )


def covers(check: Check, theme: Theme | None) -> bool:
    """Whether the check was about the theme; one that does not say what it was about covers none."""
    return theme is None or theme in check.themes


def reaches(view: ContractView, check: Check, person: int) -> bool:
    """Whether it reached the person: by name, or as one of those at work on its day where it names nobody."""
    if check.persons:
        return any(row.person == person for row in check.persons)
    return any(view.works(one, check.done_on) for one in view.at_work.get(person, ()))


def reached_on(question: Question, need: Need, theme: Theme | None, person: int) -> Iterator[date]:
    """The days on which a check of these kinds about the theme reached the person, by day."""
    for check in made(question, need):
        if covers(check, theme) and reaches(question.view, check, person):
            yield check.done_on
