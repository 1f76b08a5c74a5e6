"""What a paper must carry, or what is meant, where a sentence lists it: the annex's own words, one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.reading.understanding.parameters.members import members
from app.annexes.reading.understanding.wording import Wording, resource, wording

FILES = ("papers", "measures")


@dataclass(frozen=True, slots=True)
class Listing:
    """A way in which members of a parameter stand in a sentence.

    closing: the words right behind the last of several members; else naming: words that are a member.
    least: how many there must be; one alone is often what is asked for as a whole. together: how many in
    one list. whose: of whom they are is left out. barred: where it finds anything in a member, its whole list
    is something else.
    """

    name: str
    kinds: frozenset[str]
    closing: re.Pattern[str] | None
    naming: re.Pattern[str] | None
    never: tuple[re.Pattern[str], ...]
    least: int
    together: int
    whose: bool
    barred: re.Pattern[str] | None
    sure: float
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    def found(self, text: str) -> list[tuple[int, int]]:
        """Where the members stand in a sentence, in its order."""
        if any(one.search(text) for one in self.never):
            return []
        if self.naming is not None:
            found = [one.span(one.lastindex or 0) for one in self.naming.finditer(text)]
        elif self.closing is not None:
            lists = [
                list(members(text, one.start(), whose=self.whose)) for one in self.closing.finditer(text)
            ]
            found = [span for one in lists if self._is_one(text, one) for span in one]
        else:
            return []
        return found if len(found) >= self.least else []

    def _is_one(self, text: str, found: list[tuple[int, int]]) -> bool:
        other = self.barred is not None and any(self.barred.search(text[slice(*one)]) for one in found)
        return len(found) >= self.together and not other


@cache
def listings() -> tuple[Listing, ...]:
    """Every way of this program, read once."""
    words = wording()
    return tuple(_listing(entry, words) for name in FILES for entry in resource(f"lists/{name}.toml")["list"])


def _listing(entry: dict[str, Any], words: Wording) -> Listing:
    """Raises ``KeyError`` or ``ValueError`` for data that nothing can be made of."""
    kinds = frozenset(entry["kinds"])
    if unknown := {one for one in kinds if not PARAMETERS[entry["name"]].belongs_to(one)}:
        raise ValueError(f"{entry['name']}: does not belong to {sorted(unknown)}")
    if ("closing" in entry) == ("naming" in entry):
        raise ValueError(f"{entry['name']}: either what closes a list, or what names a member")
    return Listing(
        entry["name"],
        kinds,
        words.compiled(entry["closing"]) if "closing" in entry else None,
        words.compiled(entry["naming"]) if "naming" in entry else None,
        tuple(words.compiled(one) for one in entry.get("not", ())),
        entry.get("least", 1),
        entry.get("together", 1),
        entry.get("whose", False),
        words.compiled(entry["barred"]) if "barred" in entry else None,
        entry.get("sure", 0.7),
        tuple(entry["for"]),
        tuple(entry.get("against", ())),
    )
