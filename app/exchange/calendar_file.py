"""Deadlines for the user's own calendar, as an iCalendar file (RFC 5545).

The file leaves the encrypted ledger and is not protected: it says which contract, which clause and which day,
what the clause asks and how the day was counted; never whom or what in the ledger it is about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from app.annexes.kinds import kind_label
from app.common import PeopleError
from app.exchange.saving import save
from app.ledger.content.calendar import Entry

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.duties.duty import Duty
    from app.ledger.door import Ledger
    from app.records import Facts

NAME = "受託台帳の期限"
_WIDEST = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""
_ESCAPED = re.compile(r"[\\;,\n]")


@dataclass(frozen=True, slots=True)
class Span:
    """Which deadlines are wanted: of one contract or of all (0), from one day to another, both included."""

    contract: int = 0
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Written:
    """How many deadlines a file holds, and how many it takes back."""

    deadlines: int
    cancelled: int

    def told(self, name: str) -> str:
        """What was saved in the file called ``name``, in one sentence."""
        back = f"と、済んだか無くなった期限{self.cancelled}件の取消し" if self.cancelled else ""
        return f"期限{self.deadlines}件{back}を「{name}」に保存しました。"


def entries(
    facts: Facts,
    catalogue: Catalogue,
    duties: Iterable[Duty],
    ledger: str,
) -> tuple[Entry, ...]:
    """The deadlines of ``duties``, by day.

    What is done has an entry on the last day by which it has to be done once more.

    ``ledger``: the ledger's id, which keeps the entries of two ledgers apart.
    """
    found: dict[str, Entry] = {}
    for duty in sorted(duties, key=lambda one: one.falls_on or date.max):
        day = duty.falls_on
        if day is not None:
            made = _entry(facts, catalogue, duty, day, ledger)
            found.setdefault(made.uid, made)
    return tuple(found.values())


def renewed(held: Mapping[str, Entry], current: Iterable[Entry], span: Span) -> tuple[Entry, ...]:
    """What a file has to say, by day: the deadlines in ``span``, and what calendars hold and is no longer so.

    ``held``: as written before; ``current``: every deadline there is of the contract or contracts. A deadline
    that moved is written again wherever it is now, and one that is done or fell away is taken back once, or
    the calendar would show it as overdue for ever.
    """
    found: dict[str, Entry] = {}
    stands: set[str] = set()
    for one in current:
        before = held.get(one.uid)
        known = before is not None and not before.cancelled
        made = one if before is None else replace(one, sequence=before.sequence)
        same = made == before
        if before is not None and not same:
            made = replace(made, sequence=before.sequence + 1)
        if span.holds(one.day) or (known and not same):
            found[one.uid] = made
        stands.add(one.uid)
    for uid, before in held.items():
        wanted = span.contract in (0, before.contract)
        if wanted and uid not in stands and not before.cancelled:
            found[uid] = replace(before, sequence=before.sequence + 1, cancelled=True)
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.uid)))


def export(ledger: Ledger, path: Path, current: Iterable[Entry], now: datetime, span: Span) -> Written:
    """Write the file for its owner only, and remember in the ledger what it says. Raises ``PeopleError``."""
    written: list[Entry] = []

    def renew(held: Mapping[str, Entry]) -> tuple[Entry, ...]:
        found = renewed(held, current, span)
        save_calendar(path, found, now)
        written.extend(found)
        return found

    ledger.renew_calendar(renew)
    cancelled = sum(one.cancelled for one in written)
    return Written(len(written) - cancelled, cancelled)


def save_calendar(path: Path, held: Iterable[Entry], now: datetime) -> None:
    """Write the file. Raises ``PeopleError`` where there is nothing to write or no place for it."""
    shown = tuple(held)
    if not shown:
        # A calendar without an entry is no valid file, and most programs refuse it without a word.
        raise PeopleError(
            "書き出す期限がないため、ファイルを保存しませんでした。契約と期間を確かめてください。"
        )
    save(path, calendar_file(shown, now))


def calendar_file(held: Iterable[Entry], now: datetime) -> bytes:
    """The file's bytes. ``now``: when it is made, with its time zone."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jutaku Daicho//Jutaku Daicho//JA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(NAME)}",
        *(line for entry in held for line in _event(entry, stamp)),
        "END:VCALENDAR",
    )
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """A text as the value of a property: marks and line feeds escaped, control characters dropped."""
    plain = re.sub(r"\r\n?", "\n", text)
    kept = "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) != "Cc")
    return _ESCAPED.sub(lambda found: "\\n" if found[0] == "\n" else f"\\{found[0]}", kept)


def folded(line: str) -> bytes:
    """One content line with its end, parted so that none is wider than 75 octets and no character is cut."""
    parts, room = [bytearray()], _WIDEST
    for character in line:
        octets = character.encode("utf-8")
        if len(parts[-1]) + len(octets) > room:
            parts.append(bytearray())
            room = _WIDEST - 1  # the space that a further line begins with
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"


def _entry(facts: Facts, catalogue: Catalogue, duty: Duty, day: date, ledger: str) -> Entry:
    clause = duty.clause
    contract = facts.named("contract", duty.contract)
    annex = catalogue.find(duty.annex, clause.version)
    told = (
        annex.cite(clause) if annex else clause.number,
        clause.summary,
        "今回の分は済んでおり、次に行う期限です。" if duty.again else "",
        f"期限の数え方：{duty.counted}" if duty.counted else "",
    )
    # The clause's key, not its number or place: a revised annex keeps the key of what stays the same duty.
    name = f"jutaku:{ledger}:{duty.contract}:{duty.annex}:{clause.key}:{duty.kind}"
    return Entry(
        str(uuid5(NAMESPACE_URL, name)),
        day,
        f"{facts.title(contract)}　{kind_label(duty.kind)}（{clause.number}）",
        "\n".join(line for line in told if line),
        duty.contract,
    )


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"SEQUENCE:{entry.sequence}"
    if entry.cancelled:
        yield "STATUS:CANCELLED"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"SUMMARY:{escaped(entry.summary)}"
    yield f"DESCRIPTION:{escaped(entry.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
