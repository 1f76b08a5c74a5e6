"""Drift: where a submitted document no longer says what the ledger says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from app.duties.case import Case, FormFace, MissingFact, MissingFactsError, Stated
from app.duties.papers.gone import gone_from
from app.records import Contract, Facts, Statement, Submission
from app.records.spelling.fold import alike
from app.records.statement import Told

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue

_POSTAL = re.compile(r"〒(\d{3})-?(\d{4})")
ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_PRINTED, _OTHERWISE = "記載した内容", "台帳の内容と相違"
_MOST = 5
"""Texts that are gone from the ledger named one by one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. ``lines``: label, text before, text after; the missing side is empty.

    ``name``: how the document calls the thing; empty where its form states no names.
    """

    key: str
    kind: str
    lines: tuple[tuple[str, str, str], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """A standing document and how it differs from the ledger.

    ``missing`` is not empty where the form can no longer be filled from the ledger: the facts it lacks.
    ``clauses``: annex and number of the clauses that ask for a notice of the change, none where no clause
    does; ``due``: the last day of the earliest of these notices that the ledger can date (``telling``).
    """

    submission: Submission
    differences: tuple[Difference, ...]
    missing: tuple[MissingFact, ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()
    due: date | None = None

    @property
    def stale(self) -> bool:
        """Whether the document cannot be relied on as it was submitted."""
        return bool(self.differences or self.missing)


def compare(before: Stated, after: Stated, calls: str = "") -> tuple[Difference, ...]:
    """What was added, changed and removed, in the order of ``after`` and then of what is gone.

    ``calls``: the label under which both state how a thing is called.
    """
    found = []
    for key, lines in after.items():
        name = lines.get(calls, "")
        if key not in before:
            added = tuple((label, "", text) for label, text in lines.items())
            found.append(Difference(key, ADDED, added, name))
        elif changed := _changed(before[key], lines):
            found.append(Difference(key, CHANGED, changed, name))
    for key, lines in before.items():
        if key not in after:
            gone = tuple((label, text, "") for label, text in lines.items())
            found.append(Difference(key, REMOVED, gone, lines.get(calls, "")))
    return tuple(found)


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    labels = [*after, *(label for label in before if label not in after)]
    return tuple(
        (label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if not same_text(before.get(label, ""), after.get(label, ""))
    )


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same: a name respelled, or a sign dropped that nobody saw, is no change."""
    return one == other or alike(_POSTAL.sub(r"〒\1\2", one)) == alike(_POSTAL.sub(r"〒\1\2", other))


def stood(submission: Submission, day: date) -> bool:
    """Whether the document was submitted by ``day`` and by then neither voided nor sent back."""
    return (
        submission.submitted_on is not None
        and submission.submitted_on <= day
        and not (submission.voided_on and submission.voided_on <= day)
        and not (submission.sent_back_on and submission.sent_back_on <= day)
    )


def open_on(submission: Submission, day: date) -> bool:
    """Whether the document was printed by ``day``, but by then neither submitted nor voided."""
    return (
        submission.issued_on <= day
        and (submission.submitted_on is None or submission.submitted_on > day)
        and not (submission.voided_on and submission.voided_on <= day)
    )


def statement_of(submission: Submission) -> Statement | None:
    """The statement a document was printed from; None where it cannot be read."""
    return Statement.read(submission.statement)


def last_standing(
    submissions: tuple[Submission, ...],
    day: date,
    read: Callable[[Submission], Statement | Told | None] = statement_of,
) -> tuple[Submission, ...]:
    """Of the documents of one form and contract: those that count on ``day``; ``read`` reads them.

    A document for the whole contract takes the place of the one before. One made for single records
    (an oath batch, a certificate) counts until all its records are in later ones.
    """
    counted: list[Submission] = []
    seen: set[str] = set()
    whole = False
    for submission in reversed(in_order(submissions, day)):
        statement = read(submission)
        subjects = set(statement.subjects) if statement else set()
        if subjects and not subjects <= seen:
            seen |= subjects
            counted.append(submission)
        elif not subjects and not whole:
            whole = True
            counted.append(submission)
    return tuple(reversed(counted))


def in_order(submissions: tuple[Submission, ...], day: date) -> tuple[Submission, ...]:
    """Those that stood on ``day``, in the order in which they were submitted."""
    standing = [s for s in submissions if stood(s, day)]
    return tuple(sorted(standing, key=lambda s: (s.submitted_on or s.issued_on, s.id)))


def in_hand(
    facts: Facts, catalogue: Catalogue, forms: Mapping[str, FormFace], submission: Submission, day: date
) -> Drift | None:
    """How the ledger changed since a paper was issued that is not handed in; None for any other document.

    Of a paper that tells of what has happened, all that it prints is held against the ledger, as of its day.
    """
    form, contract = forms.get(submission.form), facts.find(Contract, submission.contract)
    settled = submission.submitted_on is not None or submission.voided_on is not None
    if settled or form is None or contract is None:
        return None
    found = drift_of(facts, catalogue, form, contract, submission, day)
    printed = None if found.stale else statement_of(submission)
    if printed is None:
        return found
    gone = gone_from(facts, catalogue, forms, form, contract, printed, day)
    if not gone:
        return found
    more = ((_PRINTED, f"ほか{len(gone) - _MOST}か所", _OTHERWISE),) if len(gone) > _MOST else ()
    lines = (*((_PRINTED, text, _OTHERWISE) for text in gone[:_MOST]), *more)
    return replace(found, differences=(Difference("", CHANGED, lines, form.title),))


def outdated(
    facts: Facts,
    catalogue: Catalogue,
    forms: Mapping[str, FormFace],
    submissions: Iterable[Submission],
    day: date,
) -> Iterator[Drift]:
    """What differs of those of ``submissions`` that are not handed in and no longer agree with the ledger."""
    for one in submissions:
        found = in_hand(facts, catalogue, forms, one, day)
        if found is not None and found.stale:
            yield found


def drift_of(
    facts: Facts, catalogue: Catalogue, form: FormFace, contract: Contract, submission: Submission, day: date
) -> Drift:
    """Gather the form again for what ``submission`` was made for, and compare what is stated.

    The form is asked with ``Case.comparing``: it leaves out what only a change document needs (reasons).
    A document that states nothing that may go stale is never stale. One of what has happened is compared
    under the names that people bore on its own day.
    """
    told = facts.told(submission)
    if told is None or not told.stated:
        return Drift(submission, ())
    called = submission.issued_on if form.past else None
    case = Case(
        facts,
        catalogue,
        contract,
        day,
        only=told.subjects,
        comparing=True,
        called=called,
        within=told.within,
    )
    try:
        after = form.gather(case)
    except MissingFactsError as error:
        return Drift(submission, (), error.missing)
    before = form.recall(told, facts, contract, after.stated)
    found = compare(before.stated, after.stated, form.calls)
    return Drift(submission, _unannounced(found, form, case, submission))


def _unannounced(
    found: tuple[Difference, ...], form: FormFace, case: Case, submission: Submission
) -> tuple[Difference, ...]:
    """``found`` without what the document told beforehand, and what will hold from the day that it named."""
    statement = statement_of(submission) if any(one.kind == CHANGED for one in found) else None
    keys = form.announces(statement, case.facts) if statement is not None else frozenset()
    if not keys:
        return found
    later = form.gather(replace(case, announced=True)).stated
    kept = []
    for one in found:
        if one.kind == CHANGED and one.key in keys:
            then = later.get(one.key, {})
            lines = tuple(line for line in one.lines if not same_text(line[1], then.get(line[0], "")))
            one = replace(one, lines=lines)
        if one.lines:
            kept.append(one)
    return tuple(kept)
