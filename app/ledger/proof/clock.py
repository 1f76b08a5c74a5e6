"""Whether the computer's clock fits what the journal already holds.

Nobody can say from within which of two moments is wrong: a clock set back now, or one that was ahead when
something was written. Both are told as what they are, a moment before an earlier one; the officer says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.ledger.file.driver import Connection, one, rows
from app.ledger.proof import identity
from app.ledger.proof.journal import LEDGER, Deed
from app.records.days import wareki_moment

TOLERANCE = timedelta(minutes=5)
"""A clock that a time server puts right goes back by seconds, one set by hand by some minutes at most."""

_BACK = "clock set back"
_RIGHT = "clock confirmed"


@dataclass(frozen=True, slots=True)
class Step:
    """Entry ``sequence`` was written at ``at``, before its predecessor's ``before``."""

    sequence: int
    at: datetime
    before: datetime


def latest(connection: Connection) -> datetime | None:
    """The latest moment at which anything was written, unless the officer has said since that it was wrong.

    A clock that stays behind makes later entries of its own: the moment that it fell behind is kept in the
    deed which tells of that.
    """
    known = [_last(connection)]
    told = connection.execute(
        "SELECT operation, reason FROM journal JOIN history USING (sequence)"
        " WHERE record = ? AND operation IN (?, ?) ORDER BY journal.sequence DESC LIMIT 1",
        (LEDGER, _BACK, _RIGHT),
    ).fetchone()
    if told is not None and told[0] == _BACK:
        known.append(_moment(told[1]))
    return max((moment for moment in known if moment is not None), default=None)


def behind(connection: Connection, now: datetime) -> str:
    """One sentence if ``now`` lies before what was already written, else empty."""
    held = latest(connection)
    if held is None or not _before(now, held):
        return ""
    return (
        f"PCの日付と時刻（{_words(now)}）が、台帳の最後の記録（{_words(held.astimezone(now.tzinfo))}）より前です。"
        "PCの日付と時刻を確かめ、違っていれば直してください。"
    )


def set_back(connection: Connection, now: datetime) -> Deed | None:
    """The deed that tells of a step backward, for whoever writes at ``now`` the entry after it."""
    last = _last(connection)
    if last is None or not _before(now, last):
        return None
    held = latest(connection) or last
    return identity.deed(connection, _BACK, held.isoformat(timespec="seconds"))


def confirmed(connection: Connection) -> Deed:
    """The deed with which the officer says that the clock is right, and an earlier one was ahead."""
    return identity.deed(connection, _RIGHT)


def steps_backward(connection: Connection) -> list[Step]:
    """Every entry written before its predecessor: no sign of tampering, but its day may be wrong."""
    found = rows(
        connection,
        "SELECT sequence, at, before FROM"
        " (SELECT sequence, at, lag(at) OVER (ORDER BY sequence) AS before FROM journal)"
        " WHERE julianday(at) < julianday(before)",
    )
    steps = ((int(sequence), _moment(at), _moment(before)) for sequence, at, before in found)
    return [
        Step(sequence, at, before) for sequence, at, before in steps if at and before and _before(at, before)
    ]


def remark(connection: Connection) -> str:
    """One sentence on the steps backward that the journal holds, empty where there is none."""
    steps = steps_backward(connection)
    if not steps:
        return ""
    first = steps[0]
    more = f"ほかに{len(steps) - 1}か所あります。" if len(steps) > 1 else ""
    return (
        f"改変の印ではありませんが、記録{first.sequence:,}番は、前の記録（{_words(first.before)}）より前の日時"
        f"（{_words(first.at)}）で書かれています。{more}PCの時計が戻されたか、前に進んでいたためです。"
    )


def _words(moment: datetime) -> str:
    """As people write it; the journal of a forged ledger may hold days that no era has."""
    try:
        return wareki_moment(moment)
    except ValueError:
        return moment.isoformat(sep=" ", timespec="minutes")


def _last(connection: Connection) -> datetime | None:
    return _moment(one(connection, "SELECT at FROM journal ORDER BY sequence DESC LIMIT 1"))


def _before(at: datetime, other: datetime) -> bool:
    return at < other - TOLERANCE


def _moment(text: object) -> datetime | None:
    """A moment with its offset; ``None`` for what was forged or erased: proving it is not done here."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
