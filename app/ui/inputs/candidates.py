"""The records that a reference may name, by how people call them; found by any part, in any width or kana."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from app.ledger.content.search import texts_of
from app.records import SPECS, Device, Facts, Record
from app.records.naming import naming
from app.records.ordering import ordered_by, rank
from app.records.spelling.collation import order
from app.records.spelling.fold import searchable, squeezed, words_of
from app.ui.context import Context
from app.ui.inputs.apart import called, telling_apart, told_apart

_AT_ONCE = 2000
"""Records of a type that are made into candidates at once."""


@dataclass(frozen=True)
class Candidate:
    """One record to choose: its id, what is shown for it, and what it is called by itself.

    ``beside``: what tells it from others of its kind in a list, shown there alone.
    """

    id: int
    shown: str
    more: tuple[str, ...] = field(default=(), compare=False)
    names: tuple[str, ...] = field(default=(), compare=False)
    beside: str = field(default="", compare=False)

    @cached_property
    def folded(self) -> str:
        """All its words, as they are looked for."""
        return searchable((self.shown, self.beside, *self.more))

    @property
    def listed(self) -> str:
        """How it stands in a list to choose from."""
        return f"{self.shown}　{self.beside}" if self.beside else self.shown

    @cached_property
    def called(self) -> frozenset[str]:
        """Every whole name of it."""
        return frozenset(squeezed(name) for name in (self.shown, *self.names))

    def keep_words(self) -> None:
        """Work out now what is looked for later."""
        self.__dict__.setdefault("folded", self.folded)
        self.__dict__.setdefault("called", self.called)


class Candidates:
    """Candidates by record type, made once until something changes that they are called by.

    Of long types they are made by a worker (``prepare``) before anybody looks for one of them.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._held: dict[str, tuple[Facts, date, list[Candidate]]] = {}
        self._making = threading.Lock()

    def any(self, kind: str) -> bool:
        """Whether there is a record of a type."""
        return self._context.facts().count(SPECS[kind].cls) > 0

    def ready(self, kind: str) -> bool:
        """Whether they can be looked through at once."""
        facts = self._context.facts()
        return facts.count(SPECS[kind].cls) <= _AT_ONCE or self._fresh(kind, facts) is not None

    def prepare(self, kind: str) -> None:
        """Make them with all their words; in a worker."""
        for one in self.of(kind):
            one.keep_words()

    def of(self, kind: str) -> list[Candidate]:
        """Every record of a type, in the order of its list."""
        with self._making:
            facts = self._context.facts()
            held = self._fresh(kind, facts)
            if held is None:
                records = sorted(facts.all(SPECS[kind].cls), key=lambda record: _rank(facts, record))
                held = [_candidate(facts, record, self._context.today()) for record in records]
            self._held[kind] = (facts, self._context.today(), held)
            return held

    def _fresh(self, kind: str, facts: Facts) -> list[Candidate] | None:
        """Those made before, where nothing has changed that they are called by."""
        before, day, held = self._held.get(kind, (None, None, []))
        if before is None or day != self._context.today():
            return None
        told = naming(SPECS[kind]) | telling_apart(kind)
        changed = (new or old for old, new in facts.changed_since(before))
        return None if any(one is not None and one.spec.name in told for one in changed) else held

    def find(self, kind: str, text: str, most: int = 200, without: Collection[int] = ()) -> list[Candidate]:
        """Those that hold every word of ``text``; none of the ids ``without``."""
        words = words_of(text)
        found = (
            one
            for one in self.of(kind)
            if one.id not in without and all(word in one.folded for word in words)
        )
        return [one for one, _ in zip(found, range(most), strict=False)]

    def meant(self, kind: str, text: str) -> Candidate | None:
        """The only one that ``text`` can mean: called so as a whole, or else alone in holding its words.

        None where none fits, or several do: a person has to choose.
        """
        wanted = squeezed(text)
        if not wanted:
            return None
        found = [one for one in self.of(kind) if wanted in one.called] or self.find(kind, text, 2)
        return found[0] if len(found) == 1 else None

    def shown(self, kind: str, record_id: int) -> str:
        """How one record is shown, a retired one too."""
        facts = self._context.facts()
        record = facts.named(kind, record_id)
        if record is not None:
            return _candidate(facts, record, self._context.today()).shown
        held = self._context.ledger.page(kind, [record_id])
        return f"（取消済み）{facts.title(held[0])}" if held else "（見つかりません）"


def _candidate(facts: Facts, record: Record, today: date) -> Candidate:
    title = facts.title(record)
    key = facts.key(record) if record.spec.key else ""
    # The name once: said twice, the day that alone tells two of one name apart would be cut off.
    both = key if key.startswith(title) else f"{title}（{key}）"
    shown = title if not key or key in title else both
    if isinstance(record, Device):
        shown = called(facts, record)
    parts = [facts.shown(record, name) for name in (*record.spec.key, *record.spec.titled)]
    searched = tuple(text for _label, text in texts_of(record))
    names = tuple(filter(None, (title, key, *parts)))
    return Candidate(record.id, shown, searched, names, told_apart(facts, record, today))


def _rank(facts: Facts, record: Record) -> tuple[str, int]:
    """Those that have no order of their own stand by what is shown for them."""
    return rank(record) if ordered_by(record.spec) else (order(facts.title(record)), record.id)
