"""Acts on what was named: 「佐藤 退職」 is the act of leaving for that person, in either order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.common import Progress
from app.records import Contract, Facts, Person, Record
from app.records.spelling.fold import searchable, words_of
from app.ui.search.acts import Act, doings, matching
from app.ui.targets import DoAct
from app.work.acts.catalogue import ACTS
from app.work.acts.plan import Ground
from app.work.states import named

_EACH = 3
"""Records of one type that an act is offered for: more of them were not named, but searched."""
_ACTS = 3
"""Acts that are offered for one word."""


def acts_on(ground: Ground, text: str, progress: Progress) -> list[Act]:
    """The acts that part of ``text`` calls, each for what the rest of it names, if it can be done to that."""
    found: dict[tuple[str, tuple[int, ...]], Act] = {}
    names = _Names(ground.facts, progress)
    for said, name in _parted(text.split()):
        for act in matching(doings(), said)[:_ACTS]:
            if isinstance(act.target, DoAct):
                for target, one in _on(ground, act.target.name, names.of(act.target.name, name)):
                    found.setdefault((target.name, target.ids), one)
    return list(found.values())


def _parted(words: list[str]) -> Iterator[tuple[str, str]]:
    """What may call an act and what may name a thing, the longest name first."""
    for at in range(len(words) - 1, 0, -1):
        yield " ".join(words[at:]), " ".join(words[:at])
        yield " ".join(words[: len(words) - at]), " ".join(words[len(words) - at :])


def _on(ground: Ground, act: str, named_so: Iterable[Record]) -> Iterator[tuple[DoAct, Act]]:
    work, count = ACTS[act], 0
    for record in named_so:
        if count == _EACH:
            return
        if not work.barred(ground, (record,)):
            count += 1
            target = DoAct(act, (record.id,))
            called, about = _told(ground.facts, record, work.hint)
            yield target, Act(f"{called}：{work.title}", target, about=about)


def _told(facts: Facts, record: Record, hint: str) -> tuple[str, str]:
    """How a record is called before the act, and what is said beside it.

    The title of a contract fills the line: the act behind it, which alone tells two lines apart, was cut off.
    """
    title = facts.title(record).strip()
    if isinstance(record, Contract):
        return record.number, f"{named(facts, record)}　{hint}"
    return title, hint


class _Names:
    """What the records of a type are called by, worked out once for all that is asked of them."""

    def __init__(self, facts: Facts, progress: Progress) -> None:
        self._facts, self._progress = facts, progress
        self._words: dict[type[Record], list[tuple[Record, str]]] = {}

    def of(self, act: str, name: str) -> Iterator[Record]:
        """What ``act`` is about and has every word of ``name`` in its own names."""
        wanted, about = words_of(name), ACTS[act].about
        if about not in self._words:
            self._words[about] = [(one, self._called(one)) for one in self._facts.all(about)]
        for record, words in self._words[about]:
            if wanted and all(word in words for word in wanted):
                yield record

    def _called(self, record: Record) -> str:
        self._progress.step(0, 0)
        facts = self._facts
        client = named(facts, record) if isinstance(record, Contract) else ""
        kana = record.kana if isinstance(record, Person) else ""
        return searchable((facts.title(record), facts.key(record), kana, client))
