"""Fields of an act whose choices are records of the ledger: whom it concerns, what it answers.

Such a field is made anew for the records that the act is done to. What was chosen is held as the words of the
choice, and read back to ids from the same records: whatever is not among them any more is not chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from app.records.kinds import Choice, Many


class _Nothing(StrEnum):
    """Choices that are not known before it is known what the act is done to."""


class Option(NamedTuple):
    """One choice: the id of what is meant, the words that stand for it, and what else it may be called by."""

    id: int
    label: str
    keys: tuple[str, ...] = ()


def option(record_id: int, label: str, *keys: str) -> Option:
    """A choice; its words hold no 、, by which several choices are parted."""
    return Option(record_id, label.replace("、", "，"), tuple(key for key in keys if key))


@dataclass(frozen=True, kw_only=True)
class Listed(Many):
    """Any number of the options, also by their keys: the number of a person, or the name."""

    of: type[StrEnum] = _Nothing
    options: tuple[Option, ...] = ()

    @cached_property
    def choices(self) -> tuple[str, ...]:
        return tuple(one.label for one in self.options)

    def from_text(self, text: str) -> tuple[str, ...]:
        parts = (part.strip() for part in text.split("、") if part.strip())
        return self._ordered([_meant(self.options, part, self.label) for part in parts])

    def ids(self, value: Any) -> tuple[int, ...]:
        """The ids of what was chosen, in the order of the options."""
        chosen = set(value or ())
        return tuple(one.id for one in self.options if one.label in chosen)

    def labels(self, ids: Iterable[int]) -> tuple[str, ...]:
        """The words of these records, in the order of the options."""
        wanted = set(ids)
        return tuple(one.label for one in self.options if one.id in wanted)


@dataclass(frozen=True, kw_only=True)
class One(Choice):
    """One of the options, also by one of its keys."""

    of: type[StrEnum] = _Nothing
    options: tuple[Option, ...] = ()

    @cached_property
    def choices(self) -> tuple[str, ...]:
        return tuple(one.label for one in self.options)

    def from_text(self, text: str) -> str:
        return _meant(self.options, text.strip(), self.label)

    def id(self, value: Any) -> int | None:
        """The id of what was chosen; None where nothing is."""
        return next((one.id for one in self.options if one.label == value), None)


def _meant(options: tuple[Option, ...], text: str, label: str) -> str:
    """The words of the option that ``text`` names. Raises ``ValueError`` for none and for several."""
    found = [one for one in options if text == one.label] or [one for one in options if text in one.keys]
    if len(found) == 1:
        return found[0].label
    if found:
        allowed = "・".join(one.label for one in found)
        raise ValueError(f"{label}「{text}」は{len(found)}件あります。{allowed} から選んでください。")
    if not options:
        raise ValueError(f"{label}に選べるものがありません。")
    allowed = "・".join(one.label for one in options)
    raise ValueError(f"{label}「{text}」は選べません。{allowed} から選んでください。")
