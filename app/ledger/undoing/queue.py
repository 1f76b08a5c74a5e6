"""The one queue of what was done to the ledger, by whatever window or command: names, times, counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from app.ledger.content import store
from app.ledger.content.contents import record_of
from app.ledger.content.history import called
from app.ledger.file.driver import Connection, one, rows
from app.ledger.undoing.standing import is_last, origin, standing
from app.records import SPECS, Facts

LASTING = frozenset({"issue", "void"})
"""What others outside may already hold in their hands is not taken back but recorded anew."""
_OWN_WHY = frozenset({"retire", "send back", "void"})
"""Of these the reason says why, and not what was done."""
_MOST_NAMED = 3
_COUNTED = "件）"
"""How the name of an act of several records ends."""


@dataclass(frozen=True, slots=True)
class Done:
    """One change that stands. ``number`` is what ``undo`` takes; ``count``: how many records it wrote.

    ``redo``: it took ``name`` back, and taking it back in turn does that again. ``at``: as the journal has
    it, with the offset of its time zone. ``officer``: who did it. ``over``: a newer change stands that cannot
    be taken back.
    """

    number: int
    name: str
    at: datetime
    officer: str
    count: int
    redo: bool
    over: bool = False

    @property
    def title(self) -> str:
        """What taking it back is called: 元に戻す：退職　山田 太郎（7件）."""
        return titled(self.name, redo=self.redo)


def titled(name: str, *, redo: bool) -> str:
    """What it is called to take back the change ``name``, or to do again what was taken back."""
    return f"{'やり直し' if redo else '元に戻す'}：{name}"


def queue(connection: Connection, facts: Facts, *, redo: bool | None = None) -> Iterator[Done]:
    """What can be taken back, at least in part as far as the journal tells, the newest first.

    ``redo``: only what does again something that was taken back (True), or only the others (False).
    """
    over = False
    for number, again in standing(connection):
        if redo not in (None, again):
            continue
        if not (_may_go(connection, number) and is_last(connection, number)):
            over = True
            continue
        yield replace(done(connection, facts, number, redo=again), over=over)


def done(connection: Connection, facts: Facts, number: int, *, redo: bool) -> Done:
    """One change, named."""
    at, officer = rows(
        connection, "SELECT at, officer FROM journal WHERE change = ? ORDER BY sequence LIMIT 1", (number,)
    )[0]
    return Done(
        number,
        name_of(connection, facts, origin(connection, number)[0]),
        datetime.fromisoformat(at),
        str(officer),
        _count(connection, number),
        redo,
    )


def name_of(connection: Connection, facts: Facts, number: int) -> str:
    """What people call change ``number``: the act, or the records with what was done to them."""
    operations = {
        str(held)
        for (held,) in rows(connection, "SELECT DISTINCT operation FROM journal WHERE change = ?", (number,))
    }
    reason = _reason(connection, number)
    if reason.endswith(_COUNTED):
        return reason
    count = _count(connection, number)
    if reason and count > 1 and not operations & _OWN_WHY:
        return f"{reason}（{count}{_COUNTED}"
    first = rows(
        connection,
        "SELECT record, record_id FROM journal WHERE change = ? GROUP BY record, record_id"
        " ORDER BY min(sequence) LIMIT ?",
        (number, _MOST_NAMED),
    )
    named = "".join(f"「{_called(connection, facts, str(kind), int(held))}」" for kind, held in first)
    rest = f"ほか{count - _MOST_NAMED}件" if count > _MOST_NAMED else ""
    deed = called(operations.pop()) if len(operations) == 1 else "変更"
    return f"{named}{rest}の{deed}{f'（{reason}）' if reason else ''}"


def _called(connection: Connection, facts: Facts, kind: str, record_id: int) -> str:
    spec = SPECS[kind]
    record = facts.named(kind, record_id)
    if record is None:
        record = record_of(kind, store.read(connection, store.shape(kind), [record_id])[record_id])
    title = facts.title(record)
    return spec.label if title == spec.label else f"{spec.label} {title}"


def _reason(connection: Connection, number: int) -> str:
    sql = "SELECT reason FROM history WHERE sequence = (SELECT min(sequence) FROM journal WHERE change = ?)"
    return str(one(connection, sql, (number,)) or "")


def _count(connection: Connection, number: int) -> int:
    sql = "SELECT count(*) FROM (SELECT DISTINCT record, record_id FROM journal WHERE change = ?)"
    return int(one(connection, sql, (number,)) or 0)


def _may_go(connection: Connection, number: int) -> bool:
    """Whether it wrote anything else than what lasts."""
    marks = ", ".join("?" * len(LASTING))
    sql = f"SELECT 1 FROM journal WHERE change = ? AND operation NOT IN ({marks}) LIMIT 1"  # noqa: S608  # values are bound
    return bool(one(connection, sql, (number, *sorted(LASTING))))
