"""Two paragraphs of one, and one of two. Nothing that was found or ticked is lost by it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from app.annexes.reading.review.model import Detail, Item, Pick, Review, Span, State, Timing

One = TypeVar("One", Pick, Timing, Detail)
_BETWEEN = "　"


def split(review: Review, at: int, position: int) -> Review:
    """Two paragraphs of the one ``at``, the second from ``position`` of its text on.

    Each keeps what its own words led to; what no words led to stays with both, lest a duty be lost. The
    second has the number of the first, told as a second one, until it is given its own.
    Raises ``ValueError`` where one of the two would be empty.
    """
    item = review.items[at]
    before, after = item.text[:position].rstrip(), item.text[position:]
    left = len(after) - len(after.lstrip())
    after = after.strip()
    if not before or not after:
        raise ValueError(position)
    first = _part(item, 0, position, before)
    second = _part(item, position + left, len(item.text), after)
    second = replace(
        second, key=_new_key(review, item.key), number=_free(review, item), summary="", heading=item.heading
    )
    return replace(review, items=(*review.items[:at], first, second, *review.items[at + 1 :]))


def merge(review: Review, at: int) -> Review:
    """One paragraph of the one ``at`` and the next. Raises ``ValueError`` where its document has no next."""
    if at + 1 >= len(review.items) or review.items[at + 1].document != review.items[at].document:
        raise ValueError(at)
    one, two = review.items[at], review.items[at + 1]
    by = len(one.text) + len(_BETWEEN)
    picks = _united(one.picks, two.picks, by)
    silent = one.silent if one.silent and two.silent else ""
    made = replace(
        one,
        text=f"{one.text}{_BETWEEN}{two.text}",
        picks=picks,
        moments=_moments(one, two, by),
        details=_united(one.details, two.details, by),
        options=tuple(dict.fromkeys((*one.options, *two.options))),
        silent=silent,
        offered=tuple(dict.fromkeys((*one.offered, *two.offered))),
        state=_joined(one.state, two.state, _undecided(picks, silent)),
    )
    items = [*review.items[:at], made, *review.items[at + 2 :]]
    led = [replace(item, lead=one.key) if item.lead == two.key else item for item in items]
    return replace(review, items=tuple(led))


def _undecided(picks: tuple[Pick, ...], silent: str) -> State:
    return State.PROPOSED if picks or silent else State.NOTHING


def _joined(one: State, two: State, undecided: State) -> State:
    """Decided only where both were: what nobody looked at must not go unseen beside what somebody did."""
    if one is two is State.SET_ASIDE:
        return one
    return State.CHANGED if one.decided and two.decided else undecided


def _part(item: Item, start: int, end: int, text: str) -> Item:
    picks = _cut(item.picks, start, end)
    # What all the duties leave asks for nothing only as far as somebody says so.
    kept = any(pick.ticked for pick in picks) or not item.kinds or not item.taken
    state = item.state if item.state.decided and kept else _undecided(picks, item.silent)
    return replace(
        item,
        text=text,
        picks=picks,
        # A clause without any moment would be due at no time.
        moments=_cut(item.moments, start, end) or tuple(replace(one, spans=()) for one in item.moments),
        details=_details(item, {pick.kind for pick in picks}, start, end),
        state=State.CHANGED if state is State.ACCEPTED else state,
    )


def _details(item: Item, kinds: set[str], start: int, end: int) -> tuple[Detail, ...]:
    """Those of ``kinds``; where both parts have the kind, only those whose words stand here."""
    spans = {pick.kind: pick.spans for pick in item.picks}
    made = []
    for one in item.details:
        here = _clipped(one.spans, start, end)
        led = spans.get(one.kind, ())
        alone = bool(led) and all(start <= span[0] and span[1] <= end for span in led)
        if one.kind in kinds and (here or alone or not one.spans):
            made.append(replace(one, spans=here))
    return tuple(made)


def _cut(held: tuple[One, ...], start: int, end: int) -> tuple[One, ...]:
    made = []
    for one in held:
        spans = _clipped(one.spans, start, end)
        if spans or not one.spans:
            made.append(replace(one, spans=spans))
    return tuple(made)


def _clipped(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    return tuple(_within(span, start, end) for span in spans if span[0] < end and span[1] > start)


def _within(span: Span, start: int, end: int) -> Span:
    return max(span[0], start) - start, min(span[1], end) - start


def _united(first: tuple[One, ...], second: tuple[One, ...], by: int) -> tuple[One, ...]:
    made: dict[tuple[str, ...], One] = {_name(one): one for one in first}
    for one in second:
        moved: tuple[Span, ...] = tuple((start + by, end + by) for start, end in one.spans)
        name = _name(one)
        if name in made:
            made[name] = _both(made[name], one, moved)
        else:
            made[name] = replace(one, spans=moved)
    return tuple(made.values())


def _both(one: One, two: One, moved: tuple[Span, ...]) -> One:
    ticked, sure = one.ticked or two.ticked, max(one.confidence, two.confidence)
    return replace(one, ticked=ticked, confidence=sure, spans=(*one.spans, *moved))


def _moments(one: Item, two: Item, by: int) -> tuple[Timing, ...]:
    """The moments of both; where either holds whatever is ticked, so does what they make."""
    made = []
    for timing in _united(one.moments, two.moments, by):
        held = [other.kinds for other in (*one.moments, *two.moments) if other.when == timing.when]
        both = dict.fromkeys(kind for kinds in held for kind in kinds) if all(held) else ()
        made.append(replace(timing, kinds=tuple(both)))
    return tuple(made)


def _name(one: Pick | Timing | Detail) -> tuple[str, ...]:
    match one:
        case Pick():
            return (one.kind,)
        case Timing():
            return (one.when,)
        case Detail():
            return one.kind, one.name, repr(one.value)


def _new_key(review: Review, key: str) -> str:
    taken = {item.key for item in review.items}
    return next(made for number in range(2, len(taken) + 3) if (made := f"{key}-{number}") not in taken)


def _free(review: Review, item: Item) -> str:
    taken = {one.number for one in review.items if one.document == item.document}
    return next(
        made for number in range(2, len(taken) + 3) if (made := f"{item.number}（{number}つ目）") not in taken
    )
