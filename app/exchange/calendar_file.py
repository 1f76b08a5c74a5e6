"""Deadlines for the user's own calendar, as an iCalendar file (RFC 5545).

The file leaves the encrypted ledger and is not protected: it says which contract, which clause and which day,
what the clause asks and how the day was counted; never whom or what in the ledger it is about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from app.annexes.kinds import kind_label
from app.common import PeopleError
from app.exchange.saving import save

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.duties.duty import Duty
    from app.records import Facts

NAME = "受託台帳の期限"
_WIDEST = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""
_ESCAPED = re.compile(r"[\\;,\n]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline. ``uid`` is the same whenever the same duty is written, so that calendars replace it."""

    uid: str
    day: date
    summary: str
    description: str


def entries(
    facts: Facts,
    catalogue: Catalogue,
    duties: Iterable[Duty],
    ledger: str,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Entry, ...]:
    """The deadlines of ``duties`` from ``since`` to ``until``, both included, by day.

    What is done has an entry on the last day by which it has to be done once more.

    ``ledger``: the ledger's id, which keeps the entries of two ledgers apart.
    """
    found: dict[str, Entry] = {}
    for duty in sorted(duties, key=lambda one: one.falls_on or date.max):
        day = duty.falls_on
        if day is not None and (since is None or since <= day) and (until is None or day <= until):
            made = _entry(facts, catalogue, duty, day, ledger)
            found.setdefault(made.uid, made)
    return tuple(found.values())


def save_calendar(path: Path, held: Iterable[Entry], now: datetime) -> int:
    """Write the file for its owner only; return how many deadlines it holds. Raises ``PeopleError``."""
    shown = tuple(held)
    if not shown:
        # A calendar without an entry is no valid file, and most programs refuse it without a word.
        raise PeopleError(
            "書き出す期限がないため、ファイルを保存しませんでした。契約と期間を確かめてください。"
        )
    save(path, calendar_file(shown, now))
    return len(shown)


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
    )


def _event(entry: Entry, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"SUMMARY:{escaped(entry.summary)}"
    yield f"DESCRIPTION:{escaped(entry.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
