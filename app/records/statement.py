"""Statement: what one document states, as plain data, frozen when it is issued."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from app.records.spec import Record

_STATED = ',"stated":{'

Within = tuple[date, date]
"""A period from its first to its last day, both included."""
Json = Any
"""Text, whole numbers, booleans, None, and lists and string-keyed mappings of these."""


def stated_key(record: Record) -> str:
    """How statements call a record: ``person:5``. The one place that says so; ``Facts.stated`` reads it."""
    return f"{record.spec.name}:{record.id}"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a form states for a contract on a day.

    ``form`` the form's id; ``contract`` the contract's id; ``on`` the date printed;
    ``variant`` 新規, 変更 or empty; ``facts`` everything that is printed;
    ``stated`` what may stop matching the ledger: stable key → {label: text};
    ``subjects`` which records (``"person:5"``) it was made for, empty for the whole contract;
    ``within`` the period that it covers, None where it covers none.
    """

    form: str
    contract: int
    on: date
    variant: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)
    stated: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    within: Within | None = None

    def canonical(self) -> str:
        """One text for one statement: keys sorted, no spaces; what hashes and the archive hold.

        What covers no period says nothing of one: documents from before there were such keep their hash.
        """
        covered = {"within": [day.isoformat() for day in self.within]} if self.within else {}
        return json.dumps(
            {
                "form": self.form,
                "contract": self.contract,
                "on": self.on.isoformat(),
                "variant": self.variant,
                "facts": self.facts,
                "stated": self.stated,
                "subjects": list(self.subjects),
                **covered,
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )

    @classmethod
    def from_canonical(cls, text: str) -> Statement:
        """Read back what ``canonical`` wrote. Raises ``ValueError`` or ``KeyError`` for anything else."""
        held = json.loads(text)
        return cls(
            form=held["form"],
            contract=held["contract"],
            on=date.fromisoformat(held["on"]),
            variant=held["variant"],
            facts=held["facts"],
            stated=held["stated"],
            subjects=tuple(held["subjects"]),
            within=_within(held),
        )

    @classmethod
    def read(cls, text: str) -> Statement | None:
        """As ``from_canonical``; None where the text cannot be read."""
        try:
            return cls.from_canonical(text)
        except (ValueError, KeyError, TypeError):
            return None


def _within(held: Mapping[str, Json]) -> Within | None:
    if "within" not in held:
        return None
    first, last = map(date.fromisoformat, held["within"])
    return first, last


class Told(NamedTuple):
    """What of a statement is compared with the ledger and with other documents."""

    stated: Mapping[str, Mapping[str, str]]
    subjects: tuple[str, ...]
    within: Within | None = None

    @classmethod
    def read(cls, text: str) -> Told | None:
        """As ``Statement.read``, but without reading the facts that were printed: they are most of the text.

        In a canonical text nothing after the last of these words is a table of tables but what they open.
        """
        _facts, found, rest = text.rpartition(_STATED)
        try:
            held = json.loads(f"{{{found[1:]}{rest}")
            return cls(held["stated"], tuple(held["subjects"]), _within(held))
        except (ValueError, KeyError, TypeError):
            return None
