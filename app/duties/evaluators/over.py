"""What was late or broken and is over, as remarks: one sentence, the record it is about, and its days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from app.duties.duty import Remark
from app.duties.evaluators.periodic import Lapse
from app.duties.verdict import Question, shown
from app.records import Record, Submission

_ONE_DAY = timedelta(days=1)


def late(what: str, record: Record, due: date, on: date) -> Remark:
    """``what`` (佐藤花子の誓約書の署名) came on ``on``, after the last day ``due``."""
    text = f"{what}は、期限（{shown(due)}）より後の{shown(on)}でした。"
    return Remark(text, record.spec.name, record.id, due, on)


def broken(text: str, record: Record, since: date, until: date) -> Remark:
    """From ``since`` to ``until`` it was not as the clause asks, as ``text`` says in one sentence."""
    return Remark(text, record.spec.name, record.id, since, until, late=False)


def span(since: date, until: date) -> str:
    """The days of a breach in words; one day stands alone."""
    return shown(since) if since == until else f"{shown(since)}から{shown(until)}まで"


def missed_rounds(what: str, record: Record, lapsed: Iterable[Lapse]) -> Iterator[Remark]:
    """Rounds of what is done again and again (``what``) that passed without and were made up for later."""
    for one in lapsed:
        if one.made_up is not None:
            yield late(what, record, one.due, one.made_up)
        else:
            text = f"{what}は、{span(one.since, one.due)}の間に行われていませんでした。"
            yield broken(text, record, one.since, one.due)


class Vacancy(NamedTuple):
    """Days on which nothing ran, both ends included. ``followed``: the place of what came next."""

    since: date
    until: date
    followed: int


def vacancies(first: date, periods: Iterable[tuple[date, date | None]]) -> Iterator[Vacancy]:
    """The days from ``first`` on which none of ``periods``, sorted by their first day, ran, and which ended.

    Days after the last period are none of them: what is vacant still is no matter of the past.
    """
    free = first
    for place, (since, until) in enumerate(periods):
        if since > free:
            yield Vacancy(free, since - _ONE_DAY, place)
        if until is None:
            return
        free = max(free, until + _ONE_DAY)


def first_told(question: Question, key: str, says: str = "") -> Submission | None:
    """The first document of the kind that told the client of ``key``, as it stood until the day.

    Whether later documents still do is another question: this one asks when the client learned of it.
    ``says``: it must have stated this of it (a role).
    """
    return question.view.first_told(question.kind, key, says)


def told_late(
    question: Question, what: str, record: Record, start: date, document: Submission | None
) -> Iterator[Remark]:
    """A remark where ``document`` told the client of what began on ``start`` after the deadline."""
    deadline = question.told_by(start)
    on = document.submitted_on if document is not None else None
    if deadline is not None and on is not None and on > deadline.day:
        yield late(f"{what}の届出", record, deadline.day, on)


def told_in_the_end(
    question: Question,
    what: str,
    record: Record,
    period: tuple[date, date],
    key: str,
    says: str = "",
) -> Iterator[Remark]:
    """What ran in ``period`` and is over: told late, or never. ``what`` names it (佐藤花子の従事)."""
    since, until = period
    document = first_told(question, key, says)
    if document is None:
        yield broken(f"{what}（{span(since, until)}）は、届け出られていませんでした。", record, since, until)
    else:
        yield from told_late(question, what, record, since, document)
