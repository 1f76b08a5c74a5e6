"""What a paper must carry, or what is meant, where a sentence lists it: the annex's own words, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.reading.understanding.sentences import GAP
from app.annexes.reading.understanding.wording import Wording, resource, wording

_PARTS = re.compile("[^、]+")
_JOINED = re.compile("(?:及び|並びに|又は|若しくは|または|・|と(?=[^きもおのいし、]))")
_NO_PART = re.compile(
    "(?:[はもがてでしりれせえらばき]|から|より|まで|後|とき|場合|ほか|ため|際|上|[^後]に|へ|[ただなお]し|都度|毎|以上|以内)$"
)
"""How a part ends that is no member of a list."""
_LED = re.compile(
    "^(?:(?:.*?(?:[\ue000-\ue001]|双方|区|書面|簿|台帳|票|紙|者|前)(?:に|へ|が)|.*?(?:図|契約書?|体制図)には|そのうち|その|当該|使用する|使う|これらの))"
)
"""What stands before the first member and is none of it."""
_LONGEST = 26
"""Characters of a member; a longer one is a clause of the sentence."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A way in which members of a parameter stand in a sentence.

    closing: the words right behind the last of several members; else naming: words that are a member.
    """

    name: str
    kinds: frozenset[str]
    closing: re.Pattern[str] | None
    naming: re.Pattern[str] | None
    never: tuple[re.Pattern[str], ...]
    sure: float
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    def found(self, text: str) -> list[tuple[int, int]]:
        """Where the members stand in a sentence, in its order."""
        if any(one.search(text) for one in self.never):
            return []
        if self.naming is not None:
            return [one.span(one.lastindex or 0) for one in self.naming.finditer(text)]
        if self.closing is None:
            return []
        return [span for one in self.closing.finditer(text) for span in _members(text, one.start())]


def _members(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The members of the list that ends at ``end``, from its first on."""
    begin = max(text.rfind(sign, 0, end) for sign in ("。", GAP, "を")) + 1
    parts = [(one.start() + begin, one.end() + begin) for one in _PARTS.finditer(text[begin:end])]
    first = len(parts) - 1
    while first > 0 and not _NO_PART.search(text[slice(*parts[first - 1])]):
        first -= 1
    for start, stop in parts[max(0, first) :]:
        yield from _split(text, start, stop)


def _split(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    at = start
    joints = [*_JOINED.finditer(text, start, stop), None]
    for joint in joints:
        close = joint.start() if joint else stop
        led = _LED.match(text[at:close])
        begin = at + (led.end() if led else 0)
        if 0 < close - begin <= _LONGEST:
            yield begin, close
        at = joint.end() if joint else stop


@cache
def listings() -> tuple[Listing, ...]:
    """Every way of this program, read once."""
    words = wording()
    return tuple(_listing(entry, words) for entry in resource("lists.toml")["list"])


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
        entry.get("sure", 0.7),
        tuple(entry["for"]),
        tuple(entry.get("against", ())),
    )
