"""A plan: every record that an act will write, every question left, every paper it calls for.

Nothing is written by it. What is confirmed is exactly what was shown: a plan is a value, and ``doing``
refuses one whose ledger moved on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from app.records import Facts, Field, Record
from app.records.days import end_of

if TYPE_CHECKING:
    from app.annexes.catalogue import Catalogue
    from app.duties.case import FormFace

Answers = Mapping[str, Any]
"""Name of a field of the act → what the officer said; what was not said is not in it, or is empty."""

R = TypeVar("R", bound=Record)

PROVISIONAL = 1 << 40
"""Ids from here on stand for records of a plan that are not in the ledger yet."""


class Ground(NamedTuple):
    """What a plan is made from: the ledger's records, the clauses, the forms, and the clock.

    ``today``: its day. ``clock``: its moment, without a time zone; None where only the day is asked about,
    and all of that day may have happened.
    """

    facts: Facts
    catalogue: Catalogue
    forms: Mapping[str, FormFace]
    today: date
    clock: datetime | None = None

    @property
    def now(self) -> datetime:
        """The moment after which nothing has happened yet."""
        return self.clock or end_of(self.today)


class Misfit(str):
    """A refusal about one cell of a table that the officer types; as text it names the row as well.

    ``path``: the cell, its row counted from 1 (``things.2.quantity``). ``plain``: the sentence as it stands
    at the cell.
    """

    path: str
    plain: str

    @classmethod
    def at(cls, path: str, plain: str) -> Misfit:
        """``plain`` at the cell ``path``."""
        made = cls(f"{path.split('.')[1]}行目：{plain}")
        made.path, made.plain = path, plain
        return made


@dataclass(frozen=True, slots=True)
class Write:
    """One record as it is and as it will be.

    ``before`` is None for a new record, whose id is then one of ``PROVISIONAL`` and onwards. ``gone``: why
    the record is taken out of the ledger's facts; empty where it stays. ``source``: the record from which it
    is carried over, for ``why``; None where it is not. ``operation``: what became of a document, by its name
    in the journal; empty: a change like any other. ``row``: the row out of which the record is made, where
    the officer typed a table (``things.2``).
    """

    record: Record
    before: Record | None = None
    gone: str = ""
    source: Record | None = None
    why: str = ""
    operation: str = ""
    row: str = ""

    @property
    def changed(self) -> tuple[Field, ...]:
        """The fields that will differ; of a new record those that say something."""
        before = self.before
        return tuple(
            field
            for field in self.record.spec.fields
            if getattr(self.record, field.name)
            != (getattr(before, field.name) if before is not None else _nothing(field))
        )


@dataclass(frozen=True, slots=True)
class Ask:
    """What only a person can answer, in one sentence.

    ``field``: the field of the act that answers it; empty where it is settled outside the ledger, and the
    sentence only reminds. ``needed``: without the answer nothing can be written.
    """

    text: str
    field: str = ""
    needed: bool = False


def unanswered(*asked: tuple[object, str, str]) -> tuple[Ask, ...]:
    """What has to be answered first: of (answer, field, what to do) those whose answer says nothing."""
    return tuple(Ask(text, field, needed=True) for answer, field, text in asked if not answer)


class Paper(NamedTuple):
    """A paper that the act calls for.

    ``contract``: its id. ``form``: its id. ``due``: the last day to hand it in, None where no day is set.
    ``text``: why. ``clauses``: the clauses that ask for it.
    """

    contract: int
    form: str
    due: date | None
    text: str
    clauses: tuple[str, ...] = ()


class Left(NamedTuple):
    """A record that the act leaves as it is although one might expect otherwise, and why."""

    record: Record
    why: str


class Todo(NamedTuple):
    """What is to be done besides papers once the act is written, such as training whoever begins.

    ``contract``: its id. ``text``: what is missing, in one sentence. ``due``: the last day, None where no day
    is set. ``clause``: the clause that asks for it.
    """

    contract: int
    text: str
    due: date | None
    clause: str


class Follow(NamedTuple):
    """An act that what is written leads to, still to be planned and confirmed by itself.

    ``act``: its name. ``ids``: what it is done to. ``text``: on its button. ``said``: answers known by then.
    """

    act: str
    ids: tuple[int, ...]
    text: str
    said: Answers = MappingProxyType({})


class Begin(NamedTuple):
    """A record to be begun by hand where the act cannot make it.

    ``kind``: its type. ``text``: on the way there. ``given``: what is known of it, by field.
    """

    kind: str
    text: str
    given: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Draft:
    """What an act itself says of a plan, before the papers and the ledger's own rules are asked.

    ``reason``: stands in the journal and beside 元に戻す. ``refusals``: why it cannot be done as it was said;
    a ``Misfit`` where one cell is the reason.
    ``remarks``: what should be known before it is confirmed; where it is refused, what has to be done first.
    ``left``: what it leaves as it is, and why.
    ``until``: what is due on that day or later, and what besides papers has no day, is not called for by the
    act; None: all of it is.
    ``takes_effect``: the day from which what it writes can be seen, where that lies ahead: the papers are
    those of that day, asked for today.
    ``follows``: the acts to which it leads; where it is refused, those to be done first or instead.
    ``begin``: where it is refused, the record to begin instead.
    """

    title: str
    reason: str
    writes: tuple[Write, ...] = ()
    asks: tuple[Ask, ...] = ()
    refusals: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    left: tuple[Left, ...] = ()
    until: date | None = None
    takes_effect: date | None = None
    follows: tuple[Follow, ...] = ()
    begin: Begin | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft with all that follows from it. ``facts``: what it was made from. ``todos``: besides papers."""

    act: str
    draft: Draft
    papers: tuple[Paper, ...]
    refusals: tuple[str, ...]
    facts: Facts
    todos: tuple[Todo, ...] = ()

    @property
    def writes(self) -> tuple[Write, ...]:
        """Every record that will be written, in the order in which it is."""
        return self.draft.writes

    @property
    def asks(self) -> tuple[Ask, ...]:
        """Every question that is left to a person."""
        return self.draft.asks

    @property
    def ready(self) -> bool:
        """Whether it can be confirmed: it writes something, and nothing that is needed is open."""
        return bool(self.writes) and not self.refusals and not any(one.needed for one in self.asks)


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a working day.

    ``name``: on the command line. ``title``: what the officer calls it. ``words``: what else it is looked for
    by. ``about``: the record type that it is done to; ``many``: whether to several at once. ``fields``: all
    that the officer may be asked. ``draft``: what it will write. ``hint``: what it does, in one sentence.
    ``asked``: which of the fields matter for what it is done to. ``offered``: whether it can be done to a
    record as it stands. ``unfit``: instead of ``offered``, those of several to which it cannot be done, by
    id, each with why; where to ask for each alone would cost as much as to ask for all.
    ``given``: answers that are already known. ``urgent``: it cannot wait,
    and one key leads to it from everywhere. ``kept``: the fields of which what was said is kept until it is
    registered, because saying it again would be an hour's work.
    """

    name: str
    title: str
    words: tuple[str, ...]
    about: type[Record]
    fields: tuple[Field, ...]
    draft: Callable[[Ground, tuple[Record, ...], Answers], Draft]
    hint: str = ""
    many: bool = False
    asked: Callable[[Ground, tuple[Record, ...]], tuple[Field, ...]] | None = None
    offered: Callable[[Ground, Record], bool] = lambda _ground, _record: True
    unfit: Callable[[Ground, tuple[Record, ...]], Mapping[int, str]] | None = None
    given: Callable[[Ground, tuple[Record, ...]], Answers] = lambda _ground, _records: {}
    urgent: bool = False
    kept: tuple[str, ...] = ()

    def barred(self, ground: Ground, records: Iterable[Record]) -> Mapping[int, str]:
        """Those of ``records`` to which it cannot be done as they stand: id → why, empty if not told."""
        held = tuple(records)
        if self.unfit is not None:
            return self.unfit(ground, held)
        return {one.id: "" for one in held if not self.offered(ground, one)}

    def fields_for(self, ground: Ground, records: tuple[Record, ...]) -> tuple[Field, ...]:
        """What the officer is asked where the act is done to ``records``."""
        return self.fields if self.asked is None else self.asked(ground, records)


def all_of(records: Iterable[Record], cls: type[R]) -> tuple[R, ...]:
    """What an act is done to. Raises ``TypeError`` for a record of another type."""
    found = []
    for one in records:
        if not isinstance(one, cls):
            raise TypeError(one)
        found.append(one)
    return tuple(found)


def only_of(records: Iterable[Record], cls: type[R]) -> R:
    """The one record that an act is done to. Raises as ``all_of``, and ``ValueError`` for several."""
    (found,) = all_of(records, cls)
    return found


def renewed(record: Record, **values: Any) -> tuple[Write, ...]:
    """The write that gives ``record`` these values; none where it has them already."""
    made = with_values(record, **values)
    return (Write(made, record),) if made != record else ()


def with_values(record: R, **values: Any) -> R:
    """``record`` with these values of its fields."""
    return replace(record, **values)


def numbered(writes: Iterable[Write]) -> tuple[Write, ...]:
    """Give every new record without one an id of its own: rules and papers have to tell them apart."""
    return tuple(_numbered(writes))


def _numbered(writes: Iterable[Write]) -> Iterator[Write]:
    for at, one in enumerate(writes):
        if one.before is None and not one.record.id:
            yield replace(one, record=replace(one.record, id=PROVISIONAL + at))
        else:
            yield one


def after(facts: Facts, writes: Iterable[Write]) -> Facts:
    """The facts as they will be."""
    held = tuple(writes)
    return facts.replaced(
        [one.record for one in held if not one.gone],
        [(type(one.record), one.record.id) for one in held if one.gone],
    )


def _nothing(field: Field) -> Any:
    return "" if field.required else field.default
