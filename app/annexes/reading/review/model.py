"""A reading under review: each paragraph with what was proposed for it and what became of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from app.annexes.clause import Json
from app.annexes.kinds import KINDS
from app.annexes.reading.model import Document

SURE = 0.8
"""From this confidence on a proposal is ticked before anybody has looked at it."""

Span = tuple[int, int]
"""Where words stand in the text of a paragraph, end exclusive."""


class State(StrEnum):
    """What became of a paragraph. Only what a person said makes it accepted, changed or set aside."""

    PROPOSED = "proposed"
    NOTHING = "nothing"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    SET_ASIDE = "set-aside"

    @property
    def decided(self) -> bool:
        """Whether a person said it."""
        return self in (State.ACCEPTED, State.CHANGED, State.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Pick:
    """A kind of duty of a paragraph. ``confidence``: 0 to 1, 1 for what a person chose.

    ``spans``: the words that led to it; none where a person chose it.
    """

    kind: str
    ticked: bool
    confidence: float = 1.0
    spans: tuple[Span, ...] = ()

    @property
    def doubtful(self) -> bool:
        return self.confidence < SURE


@dataclass(frozen=True, slots=True)
class Timing:
    """A moment of a paragraph (the value of a ``When``), as ``Pick``.

    ``kinds``: those of the paragraph from which it comes; empty: it holds whatever is ticked.
    """

    when: str
    ticked: bool
    confidence: float = 1.0
    spans: tuple[Span, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """A clause parameter for one kind of a paragraph, as ``Pick``; ``value`` as the catalogue has it."""

    kind: str
    name: str
    value: Json
    ticked: bool
    confidence: float = 1.0
    spans: tuple[Span, ...] = ()

    @property
    def doubtful(self) -> bool:
        return self.confidence < SURE


@dataclass(frozen=True, kw_only=True)
class Item:
    """One paragraph under review. What follows from it is worked out once: a decision makes one other
    paragraph of hundreds, and the window asks all of them.

    key: never changes, wherever the paragraph comes to stand. number: the annex's own, without the part of
    ``document`` (its place in the review). summary: a person's; empty, one is made of what is ticked.
    lead: the key of the paragraph whose item it is, or empty. options: what the text says in brackets of
    the contracts for which it stands. silent: why the reader says that nothing is asked of the vendor;
    empty, it says no such thing. offered: kinds that are only possible, to be asked about. followed: the
    example that it follows, in words; then what has no words of the text comes from there. paragraph: the
    first of the reading's that it was made of.
    """

    key: str
    number: str
    heading: str
    text: str
    document: int
    paragraph: int
    state: State
    summary: str = ""
    lead: str = ""
    options: tuple[str, ...] = ()
    silent: str = ""
    picks: tuple[Pick, ...] = ()
    moments: tuple[Timing, ...] = ()
    details: tuple[Detail, ...] = ()
    offered: tuple[str, ...] = ()
    followed: str = ""

    @property
    def taken(self) -> bool:
        """Whether it becomes a clause."""
        return self.state is not State.SET_ASIDE

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The ticked kinds, in the order in which people see kinds."""
        ticked = {pick.kind for pick in self.picks if pick.ticked}
        return tuple(kind for kind in KINDS if kind in ticked)

    @cached_property
    def when(self) -> tuple[str, ...]:
        """The ticked moments, but for those of kinds that are not ticked."""
        kinds = set(self.kinds)
        return tuple(
            one.when for one in self.moments if one.ticked and (not one.kinds or kinds & set(one.kinds))
        )

    def sureness(self, one: Timing | Detail) -> float:
        """How sure a moment or a parameter of it is, 0 to 1: no surer than the kinds from which it comes."""
        wanted = one.kinds if isinstance(one, Timing) else (one.kind,)
        kinds = [pick.confidence for pick in self.picks if pick.kind in wanted]
        return min(one.confidence, max(kinds, default=1.0))

    def unsure(self, one: Timing) -> bool:
        """Whether a moment of it is not sure and nobody has decided: it is never shown as a sure one."""
        return not self.state.decided and self.sureness(one) < SURE

    @cached_property
    def doubtful(self) -> bool:
        """Whether something was proposed for it that is not sure."""
        return any(pick.doubtful for pick in self.picks) or any(one.doubtful for one in self.details)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The kinds that were proposed without being sure and are not ticked."""
        return tuple(pick.kind for pick in self.picks if pick.doubtful and not pick.ticked)

    @cached_property
    def open(self) -> bool:
        """Whether a person has yet to say something: to leave it would let a duty go unseen."""
        if self.state.decided:
            return False
        return self.state is State.NOTHING or self.doubtful


@dataclass(frozen=True, slots=True)
class Rest:
    """A part of the text that is no clause, such as a title or a form; ``called``: what people call it.

    ``before``: the paragraph of the reading in front of which it stands.
    """

    called: str
    text: str
    before: int


@dataclass(frozen=True)
class Review:
    """A text under review. ``raw``: as it was given; ``items``: its paragraphs, in the order of the text.

    ``rest``: what of the text belongs to no paragraph, in the same order.
    """

    raw: str
    documents: tuple[Document, ...]
    items: tuple[Item, ...]
    rest: tuple[Rest, ...] = ()

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    @cached_property
    def open(self) -> tuple[int, ...]:
        """The places of the paragraphs of which a person has yet to say something."""
        return tuple(at for at, item in enumerate(self.items) if item.open)

    @cached_property
    def taken(self) -> tuple[Item, ...]:
        """The paragraphs that become clauses: all that were not set aside."""
        return tuple(item for item in self.items if item.taken)

    @property
    def forms(self) -> tuple[Document, ...]:
        """Forms and oaths of the text, with the wording that the client prescribes."""
        return tuple(one for one in self.documents if one.text)

    def having(self, at: int, item: Item) -> Review:
        """The same with ``item`` in that place."""
        return replace(self, items=(*self.items[:at], item, *self.items[at + 1 :]))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """What leads the numbers of each document; nothing where a single one becomes the annex: a city
        knows its clauses by the numbers that it printed."""
        taken = {item.document for item in self.items if item.taken}
        return tuple(one.part if len(taken) > 1 else "" for one in self.documents)

    def numbers(self) -> tuple[str, ...]:
        """The number that the annex gives each paragraph, led by its part where there are several."""
        parts = self.parts
        return tuple(f"{parts[item.document]} {item.number}".lstrip() for item in self.items)

    def texts(self) -> dict[str, str]:
        """The wording of each clause by the number that the annex gives it, for the ledger alone."""
        numbers = self.numbers()
        return {numbers[at]: item.text for at, item in enumerate(self.items) if item.taken}
