"""The table of everyday words, and the patterns by which a sentence is judged, read from data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.annexes.reading.understanding.folded import CLIENT, VENDOR

_NAME = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """Compiled: the groups of words by name, what judges a sentence, and what makes one that only tells."""

    groups: Mapping[str, str]
    judges: Mapping[str, re.Pattern[str]]
    told: tuple[re.Pattern[str], ...]

    def found(self, name: str, text: str) -> bool:
        """Whether the judge called ``name`` finds anything in ``text``."""
        return self.judges[name].search(text) is not None

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """A pattern with its {names} replaced by their words. Raises ``KeyError`` for an unknown name."""
        return re.compile(_filled(pattern, self.groups))


def resource(name: str) -> dict[str, Any]:
    """One file of ``resources/reader``, or of a folder in it, as data."""
    from importlib.resources import files

    return tomllib.loads(files("resources").joinpath("reader", name).read_text(encoding="utf-8"))


@cache
def wording() -> Wording:
    """The words and judges of this program, read once."""
    groups: dict[str, str] = {}
    for name, words in resource("words.toml").items():
        plain = words.replace("C!", CLIENT).replace("V!", VENDOR)
        groups[name] = f"(?:{_filled(plain, groups)})"
    judges = resource("sentences.toml")
    told = tuple(re.compile(_filled(one, groups)) for one in judges.pop("told"))
    return Wording(groups, {name: re.compile(_filled(one, groups)) for name, one in judges.items()}, told)


def _filled(pattern: str, groups: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: groups[found.group(1)], pattern)
