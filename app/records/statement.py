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
    ``subjects`` which records (``"person:5"``) it was made for, empty for the whole contract.
    """

    form: str
    contract: int
    on: date
    variant: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)
    stated: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and last day of what a paper about a period covers: ``period_from``, ``period_to`` of
        its facts, as ISO days; None where a paper is about none, or about one without that end."""
        return _day(self.facts.get("period_from")), _day(self.facts.get("period_to"))

    def canonical(self) -> str:
        """One text for one statement: keys sorted, no spaces; what hashes and the archive hold."""
        return json.dumps(
            {
                "form": self.form,
                "contract": self.contract,
                "on": self.on.isoformat(),
                "variant": self.variant,
                "facts": self.facts,
                "stated": self.stated,
                "subjects": list(self.subjects),
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
        )

    @classmethod
    def read(cls, text: str) -> Statement | None:
        """As ``from_canonical``; None where the text cannot be read."""
        try:
            return cls.from_canonical(text)
        except (ValueError, KeyError, TypeError):
            return None


def _day(text: Json) -> date | None:
    return date.fromisoformat(text) if text else None


class Told(NamedTuple):
    """What of a statement is compared with the ledger and with other documents."""

    stated: Mapping[str, Mapping[str, str]]
    subjects: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> Told | None:
        """As ``Statement.read``, but without reading the facts that were printed: they are most of the text.

        In a canonical text nothing after the last of these words is a table of tables but what they open.
        """
        _facts, found, rest = text.rpartition(_STATED)
        try:
            held = json.loads(f"{{{found[1:]}{rest}")
            return cls(held["stated"], tuple(held["subjects"]))
        except (ValueError, KeyError, TypeError):
            return None
