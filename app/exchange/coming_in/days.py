"""From when on a file's new value of a record holds: what was said before is kept for papers of that time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.records import Record
from app.records.dated import changed, dated, with_former
from app.records.kinds import Day, WrongTypeError

FIELD = "holds_from"
"""Beside the fields of a record that is updated: a day, or ``CORRECTION``."""
CORRECTION = "訂正"
_DAY = Day(label="いつから")


def taken(given: dict[str, Any], held: Record | None) -> Any:
    """Take out of an entry from when on it holds; None where it says nothing, or where nothing is updated."""
    return given.pop(FIELD, None) if held is not None and dated(held) else None


def kept(held: Record, record: Record, since: Any) -> Record:
    """``record``, with what ``held`` said kept until the day before ``since``, or corrected.

    Where nothing says since when, it is a correction, and no earlier value is lost by it: ``untold`` says so.
    Raises ``ValueError`` with one sentence for what is no day.
    """
    if not changed(held, record) or since == CORRECTION:
        return record
    if since is None:
        return _with_rows_of(held, record)
    if not isinstance(since, str):
        raise WrongTypeError(f"{FIELD} は日付か「{CORRECTION}」を文字列で書いてください。")
    return with_former(held, record, _DAY.from_text(since))


def untold(held: Record, record: Record, since: Any) -> str:
    """What people are told where values change that hold from a day, and no day is given; else empty."""
    names = changed(held, record) if since is None else ()
    if not names:
        return ""
    labels = "・".join(held.spec.field(name).label for name in names)
    return (
        f"{labels}が変わりますが、いつからかが書かれていないため、初めからの訂正として登録します。"
        f"ある日から変わった場合は、その日付（{FIELD} に 2026-04-01 など）を書いて取り込んでください。"
    )


def _with_rows_of(held: Record, record: Record) -> Record:
    """A file written before they were kept holds none of the earlier values: they stay."""
    there = getattr(record, "former", ())
    lost = tuple(row for row in getattr(held, "former", ()) if row not in there)
    kept_too: dict[str, Any] = {"former": (*lost, *there)}
    return replace(record, **kept_too) if lost else record
