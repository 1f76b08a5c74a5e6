"""What a person can decide of one paragraph. Each function gives the review after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.annexes.clause import Json
from app.annexes.kinds import KINDS, When
from app.annexes.reading.model import Parties
from app.annexes.reading.review.beginning import readable, touched
from app.annexes.reading.review.model import Detail, Item, Pick, Review, State, Timing


def accept(review: Review, at: int) -> Review:
    """The paragraph is as its ticks say; what is not ticked is not asked by it. One set aside stays so."""
    item = review.items[at]
    if item.state is State.SET_ASIDE:
        return review
    changed = item.state is State.CHANGED or touched(item)
    state = State.CHANGED if changed else State.ACCEPTED
    return review.having(at, replace(item, state=state))


def reopen(review: Review, at: int) -> Review:
    """Nobody has decided anything of it; its ticks stay as they are."""
    item = review.items[at]
    state = State.PROPOSED if item.picks or item.silent else State.NOTHING
    return review.having(at, replace(item, state=state))


def set_aside(review: Review, at: int) -> Review:
    """The paragraph becomes no clause of the annex."""
    return review.having(at, replace(review.items[at], state=State.SET_ASIDE))


def choose_kinds(review: Review, at: int, kinds: Sequence[str]) -> Review:
    """Exactly ``kinds`` are ticked. What was proposed and is not stays there, unticked."""
    return _changed(review, at, whole=True, picks=_picks(review.items[at], kinds))


def _picks(item: Item, kinds: Sequence[str]) -> tuple[Pick, ...]:
    known = {pick.kind for pick in item.picks}
    picks = [replace(pick, ticked=pick.kind in kinds) for pick in item.picks]
    picks += [Pick(kind, ticked=True) for kind in KINDS if kind in kinds and kind not in known]
    return tuple(picks)


def turn(review: Review, at: int, kind: str) -> Review:
    """Tick a kind, or take its tick away."""
    item, held = review.items[at], review.items[at].kinds
    kinds = [one for one in held if one != kind] if kind in held else [*held, kind]
    return _changed(review, at, picks=_picks(item, kinds))


def choose_moments(review: Review, at: int, moments: Sequence[str]) -> Review:
    """Exactly ``moments`` hold. One that comes from a kind that is not ticked yet held at no time, and was
    not taken away: it holds once the kind is ticked."""
    item = review.items[at]
    known, held = {one.when for one in item.moments}, item.when
    made = [
        replace(one, ticked=True, kinds=())
        if one.when in moments
        else replace(one, ticked=one.ticked and one.when not in held)
        for one in item.moments
    ]
    made += [Timing(str(one), ticked=True) for one in When if one in moments and one not in known]
    return _changed(review, at, moments=tuple(made))


def set_value(review: Review, at: int, kind: str, name: str, value: Json | None) -> Review:
    """A parameter of one kind; None: the clause does not say it. Raises ``ValueError`` for no value of it."""
    if value is not None and not readable(kind, name, value):
        raise ValueError(name, value)
    item = review.items[at]
    others = [one for one in item.details if (one.kind, one.name) != (kind, name)]
    former = [one for one in item.details if (one.kind, one.name) == (kind, name)]
    if value is not None:
        same = [one for one in former if one.value == value]
        made = [replace(one, ticked=True) for one in same[:1]] or [Detail(kind, name, value, ticked=True)]
    else:
        made = [replace(one, ticked=False) for one in former]
    return _changed(review, at, details=(*others, *made))


def describe(review: Review, at: int, **words: str) -> Review:
    """Set ``number``, ``heading`` or ``summary``. Who gives a paragraph its number has not said what it asks:
    where nobody has decided, nobody has, lest one in which nothing was found be kept as asking nothing."""
    fields: dict[str, Any] = {name: text.strip() for name, text in words.items()}
    return review.having(at, replace(review.items[at], **fields))


def call(review: Review, document: int, client: str, vendor: str) -> Review:
    """By which words a document calls its sides."""
    held = review.documents[document]
    parties = Parties(_first(client, held.parties.client), _first(vendor, held.parties.vendor))
    documents = list(review.documents)
    documents[document] = replace(held, parties=parties)
    return replace(review, documents=tuple(documents))


def _first(word: str, held: tuple[str, ...]) -> tuple[str, ...]:
    return (word, *(one for one in held if one != word)) if word else held


def _changed(review: Review, at: int, *, whole: bool = False, **fields: object) -> Review:
    """``whole``: all of the paragraph was decided by it. Else who sets one thing has said nothing of a kind
    that is not sure and has no tick: it would be gone without anybody having looked at it."""
    former = review.items[at]
    made: Item = replace(former, **fields)  # type: ignore[arg-type]
    waits = not whole and not former.state.decided and made.left_out
    return review.having(at, replace(made, state=State.PROPOSED if waits else State.CHANGED))
