"""What a clause asks, in words: its parameters as people read them beside the clause."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.annexes.asks import NOTHING, OVERRIDABLE, PARAMETERS, Asks
from app.annexes.choices import Submit

SET_BY_CONTRACT = "この契約で定める"
"""What the act is called by which a contract sets a number of its own."""


def asks_words(asks: Asks) -> list[tuple[str, str]]:
    """Label and text of everything that is asked; what is not asked is left out."""
    found = []
    for name, parameter in PARAMETERS.items():
        if name != "assumed" and getattr(asks, name) != getattr(NOTHING, name):
            found.append((parameter.heading or parameter.label, _text(asks, name)))
    assumed = "、".join(PARAMETERS[name].label for name in asks.assumed)
    if assumed:
        found.append(("本ソフトの想定", f"{assumed}（特記事項に定めがないため）"))
    return [(label, text) for label, text in found if text]


def _text(asks: Asks, name: str) -> str:
    """A submission beforehand stands with its number of days, once."""
    words = PARAMETERS[name].words(getattr(asks, name))
    if asks.submit is not Submit.BEFOREHAND or name not in ("submit", "days_before"):
        return words
    days = PARAMETERS["days_before"].words(asks.days_before or 1)
    return f"{words}（{days}）" if name == "submit" else ""


def own_words(own: Mapping[str, Any]) -> str:
    """Everything that a contract sets for a clause by itself, in one line; empty: nothing."""
    found = ((PARAMETERS[name], own[name]) for name in OVERRIDABLE if name in own)
    return "、".join(f"{parameter.label} {parameter.words(value)}" for parameter, value in found)
