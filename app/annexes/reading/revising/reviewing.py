"""The new text under review with what stood in the old version: what a person has to look at, and no more."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.annexes.annex import Annex
from app.annexes.clause import Json
from app.annexes.files.tables import Table
from app.annexes.own.drafting import effective
from app.annexes.reading.comparing.alike import profile
from app.annexes.reading.examples.example import Example
from app.annexes.reading.examples.following import SAID, read_on
from app.annexes.reading.model import Document, DocumentKind, Reading
from app.annexes.reading.reader import split
from app.annexes.reading.review.beginning import begin
from app.annexes.reading.review.choosing import meant, only_documents
from app.annexes.reading.review.deciding import set_aside
from app.annexes.reading.review.drafting import draft
from app.annexes.reading.review.model import Detail, Item, Pick, Review, State, Timing
from app.annexes.reading.revising.carrying import Carried, Step, carry, words_of
from app.common import Progress

_NAMED = 5
"""Paragraphs that are named before the others are only counted."""
UNREAD = 0.5
"""How sure it is that a duty still stands to which the new words no longer lead."""


@dataclass(frozen=True, slots=True)
class Revised:
    """The next version: ``review`` and ``table``, the annex that it makes; ``clauses``: what became of each.

    ``by_summary``: of how many clauses nobody has the old wording, so that summaries were compared.
    """

    review: Review
    table: Table
    clauses: tuple[Carried, ...]
    by_summary: int

    def of(self, step: Step) -> tuple[Carried, ...]:
        """The clauses of which this has become."""
        return tuple(one for one in self.clauses if one.step is step)


def revise(
    old: Annex,
    former: Review | None,
    copies: Mapping[str, str],
    new: Reading,
    examples: Sequence[Example],
    version: int,
    document: int = 0,
    chosen: Collection[int] = (),
    progress: Progress | None = None,
) -> Revised:
    """``old`` in the words of ``new``. ``former``: the review from which it came; ``copies``: its clauses
    word for word by their keys, where there is none; ``document``: as ``only`` says; ``chosen``: the places
    of the documents that were chosen instead. Raises ``PeopleError`` where no clause is left, ``Cancelled``.
    """
    review = begin_with(new, examples, progress)
    review = only_documents(review, chosen) if chosen else only(review, document, former)
    review = _aside(review, former)
    texts, was = _known(former, examples, old) if former is not None else (dict(copies), {})
    read = draft(review, old.key, old.title, version)
    worded = {item.key: item.text for item in review.taken}
    clauses = carry(old, texts, was, read, worded)
    items = {item.key: item for item in former.items} if former is not None else {}
    made = _reviewed(review, clauses, items)
    table = draft(made, old.key, old.title, version)
    table["part"] = words_of(old, table["part"])
    return Revised(made, table, clauses, sum(clause.key not in texts for clause in old.clauses))


def begin_with(reading: Reading, examples: Sequence[Example], progress: Progress | None = None) -> Review:
    """The review of a reading that follows ``examples``, before anybody has decided anything. Raises
    ``Cancelled``."""
    return begin(reading, read_on(reading, examples, progress).understood)


def begun(
    reading: Reading, examples: Sequence[Example], progress: Progress | None = None
) -> tuple[Review, tuple[str, ...]]:
    """``begin_with``, and in a sentence which paragraphs follow an example; none where none does."""
    following = read_on(reading, examples, progress)
    numbers = [reading.paragraphs[at].number for at in following.followed]
    more = f"など{len(numbers)}条項" if len(numbers) > _NAMED else ""
    told = (f"{'、'.join(numbers[:_NAMED])}{more}は、{SAID}。",) if numbers else ()
    return begin(reading, following.understood), told


def only(review: Review, document: int, former: Review | None = None) -> Review:
    """Of several annexes the ``document``-th, from 1, without any annex of all documents; 0: the annex, where
    there is one, else all. Nothing else belongs to it but documents of a kind of which ``former`` had any."""
    held = annexes_in(review.documents, {item.document for item in review.items})
    kept = {held[document - 1]} if document else meant(review)
    known = {former.documents[item.document].kind for item in former.taken} if former is not None else set()
    more = known - {DocumentKind.ANNEX}
    return only_documents(
        review, {at for at, one in enumerate(review.documents) if at in kept or one.kind in more}
    )


def annexes_in(documents: Sequence[Document], spoken: Collection[int]) -> tuple[int, ...]:
    """The places of the annexes among ``documents`` that have clauses (``spoken``); of all that have, where
    none is an annex."""
    held = tuple(at for at in range(len(documents)) if at in spoken)
    return tuple(at for at in held if documents[at].kind is DocumentKind.ANNEX) or held


def read_anew(review: Review, examples: Sequence[Example] = ()) -> Review:
    """The text of a review as it is read today, by the words that its sides are called there."""
    return begin_with(replace(split(review.raw), documents=review.documents), examples)


def _aside(review: Review, former: Review | None) -> Review:
    """What was no clause of the annex before is none now, where its words are the same."""
    gone = {
        profile(item.text).plain for item in (former or ()) if item.state is State.SET_ASIDE and item.text
    }
    for at, item in enumerate(review.items):
        if profile(item.text).plain in gone:
            review = set_aside(review, at)
    return review


def _known(
    former: Review, examples: Sequence[Example], old: Annex
) -> tuple[dict[str, str], dict[str, Table]]:
    """The wording of each clause of the old version, and how it is read today, before anybody decides."""
    texts = {item.key: item.text for item in former.taken}
    fresh = read_anew(former, examples)
    same = [item for item in fresh.items if texts.get(item.key) == item.text]
    if not same:
        return texts, {}
    table = draft(replace(fresh, items=tuple(same)), old.key, old.title)
    return texts, {clause["key"]: clause for clause in table["clause"]}


def _reviewed(review: Review, clauses: Sequence[Carried], former: Mapping[str, Item]) -> Review:
    """Each paragraph of the new text with what stood for it before."""
    taken = [at for at, item in enumerate(review.items) if item.state is not State.SET_ASIDE]
    stays = [one for one in clauses if one.new is not None]
    items = [*review.items]
    keys = {review.items[at].key: _key(one) for at, one in zip(taken, stays, strict=True)}
    steps = {review.items[at].key: one.step for at, one in zip(taken, stays, strict=True)}
    for at, one in zip(taken, stays, strict=True):
        read = review.items[at]
        items[at] = _item(read, one, former)
        if one.step is Step.KEPT and steps.get(read.lead, Step.KEPT) is not Step.KEPT:
            items[at] = _reopened(items[at])
    taken_keys = set(keys.values())
    for at, item in enumerate(items):
        lead = keys.get(item.lead, "")
        key = item.key
        if at not in taken and key in taken_keys:
            # Set aside, it is no clause; but no two paragraphs of a review may be called the same.
            key = next(name for n in range(1, len(items) + 2) if (name := f"out-{n}") not in taken_keys)
            taken_keys.add(key)
        items[at] = replace(item, key=key, lead=lead)
    return replace(review, items=tuple(items))


def _reopened(item: Item) -> Item:
    """The same words behind another sentence: what was settled stays ticked, and a person looks at it."""
    picks = tuple(replace(one, confidence=min(one.confidence, UNREAD)) for one in item.picks)
    return replace(item, picks=picks, state=State.PROPOSED if picks else State.NOTHING, silent="")


def _key(one: Carried) -> str:
    return str(one.new["key"]) if one.new is not None else ""


def _item(read: Item, one: Carried, former: Mapping[str, Item]) -> Item:
    if one.step is Step.ADDED or one.new is None:
        return replace(read, key=_key(one))
    if one.step is Step.KEPT:
        return _kept(read, one.new, former.get(_key(one)))
    return _reworded(read, one, one.new)


def _kept(read: Item, table: Table, held: Item | None) -> Item:
    """As it stood, under its new number."""
    if held is None:
        return replace(
            read,
            key=table["key"],
            heading=table["heading"],
            state=State.ACCEPTED,
            summary=table["summary"],
            silent="",
            picks=tuple(Pick(kind, ticked=True) for kind in table["kinds"]),
            moments=tuple(Timing(when, ticked=True) for when in table["when"]),
            details=_details(table),
        )
    made = replace(
        held,
        number=read.number,
        heading=read.heading or held.heading,
        text=read.text,
        document=read.document,
        paragraph=read.paragraph,
        lead=read.lead,
        options=read.options,
    )
    return made if read.text == held.text else _unplaced(made)


def _unplaced(item: Item) -> Item:
    """Without the places of words that stand elsewhere now."""
    return replace(
        item,
        picks=tuple(replace(one, spans=()) for one in item.picks),
        moments=tuple(replace(one, spans=()) for one in item.moments),
        details=tuple(replace(one, spans=()) for one in item.details),
    )


def _reworded(read: Item, one: Carried, table: Table) -> Item:
    """What holds now is ticked; what is not sure of it keeps the paragraph open."""
    proposed = {pick.kind: pick for pick in read.picks}
    picks = []
    for kind in table["kinds"]:
        if kind in one.unread:
            picks.append(Pick(kind, ticked=True, confidence=UNREAD))
        elif kind in proposed:
            picks.append(replace(proposed[kind], ticked=True))
        else:
            picks.append(Pick(kind, ticked=True))
    picks += [replace(pick, ticked=False) for pick in read.picks if pick.kind not in table["kinds"]]
    timed = {one.when: one for one in read.moments}
    moments = [replace(timed.get(when, Timing(when, ticked=True)), ticked=True) for when in table["when"]]
    moments += [replace(one, ticked=False) for one in read.moments if one.when not in table["when"]]
    return replace(
        read,
        key=table["key"],
        state=State.PROPOSED if picks or read.silent else State.NOTHING,
        picks=tuple(picks),
        moments=tuple(moments),
        details=(*_details(table, read), *_disputed(read, one, table)),
        silent="" if picks else read.silent,
    )


def _details(table: Table, read: Item | None = None) -> tuple[Detail, ...]:
    """What a clause asks beside its kinds, with the words where the reader finds the same."""
    known = {(one.kind, one.name): one for one in (read.details if read else ())}
    made = []
    for kind in table["kinds"]:
        for name, value in effective(table, kind).items():
            found = known.get((kind, name))
            if found is not None and found.value == value:
                made.append(replace(found, ticked=True))
            else:
                made.append(Detail(kind, name, value, ticked=True))
    return tuple(made)


def _disputed(read: Item, one: Carried, table: Table) -> list[Detail]:
    """What the new words say otherwise than somebody settled: offered, never ticked, and doubtful."""
    made = []
    for detail in read.details:
        held: Json | None = effective(table, detail.kind).get(detail.name)
        if detail.kind in one.disputed and held is not None and held != detail.value:
            made.append(replace(detail, ticked=False, confidence=min(detail.confidence, UNREAD)))
    return made
