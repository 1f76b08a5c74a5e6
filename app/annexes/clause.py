"""One clause of an annex, and what it asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.annexes.asks import Asks

_ITEM = re.compile("([項条])([一二三四五六七八九十]+)$")
"""An item as an annex numbers it: a figure in kanji right after its paragraph or article."""

Json = str | int | bool | list["Json"] | dict[str, "Json"]
"""What a parameter may hold in the catalogue and in ``jutaku clauses --json``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One entry of an annex: a numbered paragraph, or an item that is a duty of its own.

    ``annex`` and ``version`` name the annex it stands in.
    ``key`` never changes, wherever the clause stands; ``number`` is the annex's own numbering, led by the
    part where an annex has several (``契約書 第8条``). ``parameters`` is what the catalogue says, as JSON
    data; a table named like a kind holds for that kind only. A clause with ``options`` binds a contract
    only where all of them are switched on. ``kinds`` is empty where there is nothing to do.
    """

    annex: str
    version: int = 1
    key: str
    number: str
    heading: str
    summary: str
    kinds: tuple[str, ...]
    when: tuple[str, ...]
    options: tuple[str, ...] = ()
    parameters: Mapping[str, Json] = field(default_factory=dict, hash=False)
    asked: Mapping[str, Asks] = field(default_factory=dict, repr=False, hash=False)

    @property
    def part(self) -> str:
        """The part of the annex, ``""`` where it has only one."""
        return self.number.rpartition(" ")[0]

    @property
    def article(self) -> str:
        """The number without the part, as it is cited: 20 is 第20項, 第4第1項一 is 第4第1項第一号."""
        article = self.number.rpartition(" ")[2]
        return f"第{article}項" if article.isdecimal() else _ITEM.sub(r"\1第\2号", article)

    def asks(self, kind: str) -> Asks:
        """What the clause asks for ``kind``. Raises ``KeyError`` if the clause does not have that kind."""
        return self.asked[kind]
