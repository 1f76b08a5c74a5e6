"""What an older program let into texts: characters that cannot be seen or printed, codes in odd forms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from app.records.kinds import Choice, Rows, Text
from app.records.own_annex import OwnAnnex
from app.records.spec import Field, Record, fields_of
from app.records.spelling.unseen import suspect

R = TypeVar("R", bound=Record)
_MANY = 500
"""So many records are looked at together: enough to be quick, few enough to look at again one by one."""


class Untidy(NamedTuple):
    """One value that would not be kept as it is today: why, and what becomes of it when its record is saved.

    ``mended``: the verb for that, empty where only a person can put it right.
    """

    path: str
    why: str
    mended: str = ""

    def told(self, before: str = "") -> str:
        """In one sentence; ``before``: what else has to be done before it is saved."""
        return f"{self.why}、{before}保存すると{self.mended}。" if self.mended else self.why


def untidy(record: Record) -> tuple[Untidy, ...]:
    """Every such value of a record, nested rows included. Own annexes never change and are left alone."""
    return () if isinstance(record, OwnAnnex) else tuple(_in(type(record), record, ""))


def is_untidy(record: Record) -> tuple[bool, ...]:
    """A sign for ``Facts.signed``: the records that have such values."""
    cls = type(record)
    found = not isinstance(record, OwnAnnex) and _doubtful(cls, record) and any(_in(cls, record, ""))
    return (True,) if found else ()


def doubtful(records: Collection[R]) -> Iterator[R]:
    """What a quick look at many records together, all of one type, does not clear."""
    for some in _batches(records):
        look = _look(type(some[0]))
        texts = chain.from_iterable(map(look.read, some)) if look.read is not None else ()
        # Each character once: which it is decides, and never what it stands beside.
        if look.rows or suspect("".join(set("".join(filter(None, texts))))):
            yield from some
        elif look.others is not None:
            yield from (one for one in some if any(look.others(one)))


def _batches(records: Collection[R]) -> Iterator[tuple[R, ...]]:
    left = iter(records)
    while some := tuple(islice(left, _MANY)):
        yield some


class _Look(NamedTuple):
    """How to pass by what is tidy: ``read`` reads the texts for which a quick look is enough, all in one."""

    read: Callable[[Any], Iterable[str | None]] | None
    others: Callable[[Any], Any] | None
    rows: tuple[tuple[str, type[Any]], ...]


def _declared_look(cls: Any) -> _Look:
    texts = [(f, quick) for f, quick in _texts(cls) if not isinstance(f.kind, Rows)]
    return _Look(
        _reading([f.name for f, quick in texts if quick]),
        _reading([f.name for f, quick in texts if not quick]),
        tuple((f.name, f.kind.of) for f, _quick in _texts(cls) if isinstance(f.kind, Rows)),
    )


def _reading(names: list[str]) -> Callable[[Any], Any] | None:
    """What reads the fields of these names at once, as a tuple even of one; None for none."""
    if not names:
        return None
    # One of them is read twice, since a single field would not come as a tuple.
    return attrgetter(*names, *names[: 2 - len(names)])


_look: Callable[[Any], _Look] = cache(_declared_look)


def _doubtful(cls: type[Any], holder: Any) -> bool:
    """Whether a quick look at all texts at once leaves open that one of them is untidy."""
    look = _look(cls)
    if look.read is not None and suspect("".join(filter(None, look.read(holder)))):
        return True
    if look.others is not None and any(look.others(holder)):
        return True
    return any(_doubtful(of, row) for name, of in look.rows for row in getattr(holder, name))


def _declared_texts(cls: Any) -> tuple[tuple[Field, bool], ...]:
    """The fields to look at, and whether a quick look is enough to pass one by."""
    return tuple(
        (f, type(f.kind).from_text in (Text.from_text, Choice.from_text))
        for f in fields_of(cls)
        if not f.kind.fixed
        and (isinstance(f.kind, Text | Rows) or (isinstance(f.kind, Choice) and f.kind.other))
    )


_texts: Callable[[Any], tuple[tuple[Field, bool], ...]] = cache(_declared_texts)


def _in(cls: type[Any], holder: Any, prefix: str) -> Iterator[Untidy]:
    for field, quick in _texts(cls):
        value = getattr(holder, field.name)
        if not value:
            continue
        if isinstance(field.kind, Rows):
            for number, row in enumerate(value, 1):
                yield from _in(field.kind.of, row, f"{prefix}{field.name}.{number}.")
        elif (not quick or suspect(value)) and (found := _said(field, value)):
            yield Untidy(prefix + field.name, *found)


def _said(field: Field, value: str) -> tuple[str, ...]:
    """Why a value would not be kept as it is today, and how it is mended; nothing where it would."""
    kind = field.kind
    try:
        made = kind.from_text(value)
    except ValueError as error:
        return (str(error),)
    if problem := next(kind.problems(made), ""):
        return (problem,)
    if made == value:
        return ()
    if isinstance(kind, Text) and not kind.dropped(value) and made != value.strip():
        return f"{field.label}「{value}」は「{made}」の形で書くもので", "改まります"
    return f"{field.label}に目に見えない文字があり", "除かれます"
