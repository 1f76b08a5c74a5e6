"""What a contract sets for a clause, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.duties.override_words import NAMES, UNITS, words_of

TITLE = "この契約で定める"


def own_words(own: Mapping[str, Any]) -> str:
    """Everything that the contract sets for a clause, in one line; empty: nothing."""
    return "、".join(
        f"{words} {value_words(name, own[name])}" for name, words in NAMES.items() if name in own
    )


def value_words(name: str, value: Any) -> str:
    """A value of a parameter with its unit."""
    if name == "days_before" and value == 1:
        return "前日まで"
    return f"{value}{UNITS[name]}" if name in UNITS else words_of(name, value)
