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
_JOINED = re.compile("(?:及び|並びに|又は|若しくは|または|・|(?<!ご)と(?=[^きもおのいし、]))")
_NO_PART = re.compile(
    "(?:[はもがてでしりれせえらばき]|先立ち|込み|から|より|まで|後|とき|場合|ほか|ため|際|上|[^後]に|へ|[ただなお]し|都度|毎|以上|以内)$"
)
"""How a part ends that is no member of a list."""
_LED = re.compile(
    "^(?:(?:.*取り決めた|.*?(?:[\ue000-\ue001]|双方|区|書面|簿|台帳|票|紙|者|前)(?:に|へ|が)|.*?(?:図|契約書?|体制図)には|そのうち|その|当該|前項の?|使用する|使う|これらの|.*取り決めた|.*ごとに|.*(?:以内|まで)に(?:その)?|.*(?:とき|場合|際)(?:は|には|に)|.*に(?:関する|係る)(?:社内の)?))"
)
"""What stands before the first member and is none of it."""
_OF_AN_ACT = re.compile("[^を]*を[^を、]{0,8}(?:した|った|いた|んだ|する|う|す|る)[^をにがはで、]{1,12}")
"""An act, and what is asked about it: the name of whoever did it."""
_ACTING = re.compile("[^を]*を(?:[^を、]{0,6}(?:する|渡す|行う|扱う))(?=[一-龥ァ-ヶ])")
"""An act that only says of whom or what is asked."""
_SAYS_NOTHING = re.compile(
    "[ぁ-ん]{1,2}|旨|(?:次|以下|下記|左記|前[項条]|各号|上記)(?:に|の|各号).*|(?:その他)?必要な?事項|(?:次|以下|下記)"
)
"""What only points at a list that stands elsewhere."""
_LONGEST = 26
"""Characters of a member; a longer one is a clause of the sentence."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A way in which members of a parameter stand in a sentence.

    closing: the words right behind the last of several members; else naming: words that are a member.
    least: how many there must be; one alone is often what is asked for as a whole.
    """

    name: str
    kinds: frozenset[str]
    closing: re.Pattern[str] | None
    naming: re.Pattern[str] | None
    never: tuple[re.Pattern[str], ...]
    least: int
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
        found = [span for one in self.closing.finditer(text) for span in _members(text, one.start())]
        return found if len(found) >= self.least else []


def _members(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The members of the list that ends at ``end``, from its first on."""
    begin = text.rfind("。", 0, end) + 1
    parts = [(one.start() + begin, one.end() + begin) for one in _PARTS.finditer(text[begin:end])]
    first = len(parts) - 1
    while first > 0 and _is_part(text[slice(*parts[first - 1])]):
        first -= 1
    for start, stop in parts[max(0, first) :]:
        yield from _split(text, _own(text, start, stop), stop)


def _is_part(part: str) -> bool:
    """Whether a list goes on with it; an act that is done before is none of the list."""
    return not _NO_PART.search(part) and ("を" not in part or _OF_AN_ACT.fullmatch(part) is not None)


def _own(text: str, start: int, stop: int) -> int:
    """Where the words of a part begin, behind an act or a bracket that only says of what they are."""
    part = text[start:stop].rstrip(GAP)
    behind = part.rfind(GAP) + 1
    if (object_ := part.rfind("を") + 1) > behind and not _OF_AN_ACT.fullmatch(part):
        behind = object_
    elif acting := _ACTING.match(part):
        behind = max(behind, acting.end())
    return start + behind


def _split(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    at = start
    joints = [*_JOINED.finditer(text, start, stop), None]
    for joint in joints:
        close = joint.start() if joint else stop
        led = _LED.match(text[at:close])
        begin = at + (led.end() if led else 0)
        close = begin + len(text[begin:close].rstrip(GAP))
        if 0 < close - begin <= _LONGEST and not _SAYS_NOTHING.fullmatch(text, begin, close):
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
        entry.get("least", 1),
        entry.get("sure", 0.7),
        tuple(entry["for"]),
        tuple(entry.get("against", ())),
    )
