"""Hypothesis strategies for the values, rows and records that a declaration allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from app.records import Record, Row, Spec, fields_of
from app.records.amounts import MOST, exact
from app.records.codes import Code, Mail, Postal, Telephone
from app.records.days import DayOnly
from app.records.kinds import (
    Annex,
    Choice,
    Day,
    File,
    Flag,
    FormId,
    Kind,
    Many,
    Moment,
    Number,
    Quantity,
    Ref,
    Rows,
    Text,
    Version,
)
from app.records.spelling.unseen import cleaned, unshown

NAMES = (
    "𠮷田　一郎",
    "髙﨑",
    "葛\U000e0100城",
    "\ufa19谷",
    "か\u3099き",
    "①㈱〒～−",
    "O'Brien & <b>",
    'a"b%_',
)
"""Names that careless code changes, cuts or misreads."""

_ROUNDS = 5
"""One field left out may show that another stands alone."""

_TYPED = 20
"""Letters that a text drawn at random has at most."""
_BRIEF = 3
"""The same where many records are drawn together."""

IDS = st.integers(1, 10_000)


def texts(longest: int, typed_at_most: int = _TYPED) -> st.SearchStrategy[str]:
    """Visible text without surrounding space, as ``Text.from_text`` leaves it."""
    letters = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zs", "Zl", "Zp"))
    typed = st.text(letters, min_size=1, max_size=min(longest, typed_at_most)).map(
        lambda text: cleaned(text).text
    )
    free = typed.filter(lambda text: bool(text) and not unshown(text))
    named = [name for name in NAMES if len(name) <= longest]
    return st.sampled_from(named) | free if named else free


def _moments(_kind: Kind) -> st.SearchStrategy[Any]:
    days = st.datetimes(datetime.fromisoformat("1873-01-01"), datetime.fromisoformat("2099-12-31"))
    minutes = days.map(lambda moment: moment.replace(second=0, microsecond=0))
    return minutes | st.dates(date(1873, 1, 1), date(2099, 12, 31)).map(DayOnly)


def _quantities(_kind: Kind) -> st.SearchStrategy[Any]:
    return st.integers(1, MOST) | st.integers(1, MOST).map(lambda part: exact(Decimal(part) / 1000))


def _choices(kind: Any, typed: int) -> st.SearchStrategy[Any]:
    closed = st.sampled_from(kind.choices)
    return closed | texts(_TYPED, typed).map(lambda text: f"その他：{text}") if kind.other else closed


def _many(kind: Any) -> st.SearchStrategy[Any]:
    chosen = st.sets(st.sampled_from(kind.choices))
    return chosen.map(lambda found: tuple(choice for choice in kind.choices if choice in found))


PLAIN: dict[type[Kind], Callable[[Any], st.SearchStrategy[Any]]] = {
    Annex: lambda kind: st.sampled_from(["kimitsu-hoji", "kawaguchi"]),
    FormId: lambda _kind: st.sampled_from(["oath", "worker-list"]),
    Postal: lambda _kind: st.from_regex(r"[0-9]{3}-[0-9]{4}", fullmatch=True),
    Mail: lambda _kind: st.from_regex(r"[a-z0-9.+-]{1,12}@[a-z0-9-]{1,12}\.jp", fullmatch=True),
    Day: lambda kind: st.dates(date(1873, 1, 1), date(2099, 12, 31)),
    Moment: _moments,
    Number: lambda kind: st.integers(kind.least, kind.most),
    Quantity: _quantities,
    Version: lambda kind: st.integers(kind.least, kind.most),
    Flag: lambda kind: st.booleans(),
    Many: _many,
    File: lambda kind: st.binary(min_size=32, max_size=32).map(bytes.hex),
}

WRITTEN: dict[type[Kind], Callable[[Any, int], st.SearchStrategy[Any]]] = {
    Text: lambda kind, typed: texts(kind.longest, typed),
    Code: lambda kind, typed: texts(kind.longest, typed).map(kind.from_text),
    Telephone: lambda kind, typed: texts(kind.longest, typed).map(kind.from_text),
    Choice: _choices,
}
"""What may hold words of one's own, of so many letters at most."""


def values(kind: Kind, ids: st.SearchStrategy[int], typed: int = _TYPED) -> st.SearchStrategy[Any]:
    """Values that ``kind`` accepts; ``ids`` gives the ids that references may name."""
    if isinstance(kind, Ref):
        return ids
    if isinstance(kind, Rows):
        rows = _holders(kind.of, ids, typed, {}).filter(_says_something)
        return st.lists(rows, min_size=1, max_size=3).map(tuple)
    if written := WRITTEN.get(type(kind)):
        return written(kind, typed)
    return PLAIN[type(kind)](kind)


def _says_something(row: Any) -> bool:
    """Whether anything is filled in: an editor keeps no row that says nothing."""
    return any(getattr(row, field.name) not in (None, "", ()) for field in fields_of(type(row)))


def holders(cls: type[Any], ids: st.SearchStrategy[int], **fixed: Any) -> st.SearchStrategy[Any]:
    """Records or rows of ``cls``, every optional field now empty, now filled."""
    return _holders(cls, ids, _TYPED, fixed)


def brief_holders(cls: type[Any], ids: st.SearchStrategy[int], **fixed: Any) -> st.SearchStrategy[Any]:
    """As ``holders``, in few letters: for many records at a time, of which only so much can be drawn."""
    return _holders(cls, ids, _BRIEF, fixed)


def _holders(
    cls: type[Any], ids: st.SearchStrategy[int], typed: int, fixed: dict[str, Any]
) -> st.SearchStrategy[Any]:
    given = {
        f.name: values(f.kind, ids, typed) if f.required else st.just(f.default) | values(f.kind, ids, typed)
        for f in fields_of(cls)
        if f.name not in fixed
    }
    return st.builds(cls, **given, **{name: st.just(value) for name, value in fixed.items()})


@cache
def records(spec: Spec[Any], ids: st.SearchStrategy[int] = IDS) -> st.SearchStrategy[Any]:
    """Records without a problem of their own."""
    return holders(spec.cls, ids).map(_agreeing).filter(lambda record: not spec.check(record))


def _agreeing(record: Any) -> Any:
    """``record`` without the optional fields that contradict others: drawn apart, they seldom agree."""
    free = {field.name: field.default for field in record.spec.fields if not field.required}
    for _ in range(_ROUNDS):
        wrong = {path.partition(".")[0] for path in record.spec.check(record)} & free.keys()
        if not wrong:
            break
        record = replace(record, **{name: free[name] for name in wrong})
    return record


def references(spec: Spec[Any]) -> set[str]:
    """The record types that a type refers to, nested rows included."""
    return _references(spec.cls)


def _references(cls: type[Record] | type[Row]) -> set[str]:
    found: set[str] = set()
    for f in fields_of(cls):
        if isinstance(f.kind, Ref):
            found.add(f.kind.to)
        elif isinstance(f.kind, Rows):
            found |= _references(f.kind.of)
    return found
