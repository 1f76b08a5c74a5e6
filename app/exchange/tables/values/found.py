"""What becomes of one cell: it is read, it is empty, people are asked, or it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Sure:
    """It means this and nothing else: ``value`` as a file of records writes it.

    ``unit``: the unit that stood in the cell with a number.
    """

    value: Any
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """It may mean several things, or what it means can only be guessed."""

    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """It cannot be a value of the field."""

    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Blank:
    """It says that there is nothing: a blank or a dash. Nothing that is there already is erased by it."""


Found: TypeAlias = Sure | Ask | Wrong | Blank
