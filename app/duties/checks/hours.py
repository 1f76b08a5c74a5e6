"""Cross-checks of hours: those that a report to the client needs, and those that nobody may have seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from app.duties.checks.check import Check, Found, found
from app.duties.finding import Severity
from app.duties.verdict import shown
from app.duties.view import ContractView
from app.records import Event, Incident, fields_of
from app.records.days import DayOnly, When
from app.records.incident import IncidentNotice

_SAID = ("0時", "零時", "00:00")
"""Words of a note by which somebody has said that it was midnight."""


def _hourless(view: ContractView) -> Iterator[Found]:
    """An incident whose discovery or report has no hour: how long the client waited cannot be told."""
    for one in _incidents(view):
        absent = [label for label, at in _moments(one) if isinstance(at, DayOnly)]
        if absent:
            said = "」「".join(dict.fromkeys(absent))
            text = f"{one.number}の「{said}」に時刻がないため、分かるときは時刻も入力してください。"
            yield found(text, one)


def _at_midnight(view: ContractView) -> Iterator[Found]:
    """0:00 sharp may be the hour, or stand for one that nobody knew when it was brought in by its day alone.

    Papers would state it to the client. One sentence for all events: hundreds may have come from one file.
    """
    how = "になっているため、分からないときは時刻を消し、実際に0時のときは備考に「0時」と記入してください。"
    odd = [
        event
        for held in view.happened.values()
        for event in held
        # Before a call is made for each of 100,000 events.
        if isinstance(at := event.happened_at, datetime) and not at.hour and _midnight(at) and _unsaid(event)
    ]
    if odd:
        first, asset = view.in_time(odd)[0]
        more = f"など{len(odd)}件" if len(odd) > 1 else ""
        what = f"{asset.number}の{first.kind}（{shown(first.happened_at.date())}）{more}"
        yield found(f"{what}の時刻が0時00分{how}", first)
    for one in _incidents(view):
        labels = [label for label, at in _moments(one) if _midnight(at)]
        if labels and _unsaid(one):
            said = "」「".join(dict.fromkeys(labels))
            yield found(f"{one.number}の「{said}」の時刻が0時00分{how}", one)


def _midnight(at: When) -> bool:
    """Plain, because it is asked of every event of a contract."""
    return isinstance(at, datetime) and at.hour == 0 and at.minute == 0


def _unsaid(record: Event | Incident) -> bool:
    note = unicodedata.normalize("NFKC", record.note)
    return not any(word in note for word in _SAID)


def _incidents(view: ContractView) -> Iterator[Incident]:
    return (one for one in view.held(Incident) if one.found_at.date() <= view.day)


def _moments(incident: Incident) -> Iterator[tuple[str, When]]:
    """What the client is told of the time: the discovery and each report, with its label."""
    yield Incident.spec.field("found_at").label, incident.found_at
    label = next(f.label for f in fields_of(IncidentNotice) if f.name == "notified_at")
    yield from ((label, row.notified_at) for row in incident.notices)


CHECKS = (
    Check("incident-hour", "時刻のない事故の日時", Severity.REMARK, ("incident-notice",), _hourless),
    Check(
        "at-midnight",
        "0時00分とした時刻",
        Severity.REMARK,
        ("handling-ledger", "incident-notice"),
        _at_midnight,
    ),
)
