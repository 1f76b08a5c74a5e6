"""What was taken out of a wording and what was put into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from unicodedata import normalize

_LETTERWISE = 1_500
"""Characters up to which single letters are compared; above that it would take seconds."""
_ISLAND = 2
"""So many equal letters between two changes are no part that stayed: every sentence shares a は or する."""


class Fate(StrEnum):
    """What became of a part of the text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Some of the text as it was printed, and what became of it."""

    fate: Fate
    text: str


def rewording(old: str, new: str) -> tuple[Run, ...]:
    """Both texts in one row: joined without what was added it is the old one, without what was removed the
    new one. Width and blanks alone make no change: then the new printing stands."""
    long = max(len(old), len(new)) > _LETTERWISE
    before, after = _parts(old, long=long), _parts(new, long=long)
    steps = SequenceMatcher(None, [_key(one) for one in before], [_key(one) for one in after], autojunk=False)
    runs: list[Run] = []
    for tag, first, last, start, end in steps.get_opcodes():
        if tag == "equal":
            runs.append(Run(Fate.KEPT, "".join(after[start:end])))
            continue
        runs.append(Run(Fate.REMOVED, "".join(before[first:last])))
        runs.append(Run(Fate.ADDED, "".join(after[start:end])))
    return tuple(_joined(_without_islands([run for run in runs if run.text])))


def _parts(text: str, *, long: bool) -> list[str]:
    """Letters, each with the blanks behind it; of a long text sentences."""
    made: list[str] = []
    for sign in text:
        ends = made and (made[-1][-1] in "。、" or len(made[-1]) > 200) if long else bool(made)
        if made and (sign.isspace() or not ends):
            made[-1] += sign
        else:
            made.append(sign)
    return made


def _key(part: str) -> str:
    return "".join(normalize("NFKC", part).split())


def _without_islands(runs: list[Run]) -> Iterator[Run]:
    for at, run in enumerate(runs):
        amid = 0 < at < len(runs) - 1
        if run.fate is Fate.KEPT and amid and len(_key(run.text)) < _ISLAND:
            yield Run(Fate.REMOVED, run.text)
            yield Run(Fate.ADDED, run.text)
        else:
            yield run


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Between two parts that stayed, first all that went and then all that came."""
    for stayed, group in groupby(runs, key=lambda run: run.fate is Fate.KEPT):
        held = list(group)
        for fate in (Fate.KEPT,) if stayed else (Fate.REMOVED, Fate.ADDED):
            if text := "".join(run.text for run in held if run.fate is fate):
                yield Run(fate, text)
