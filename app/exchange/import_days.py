"""From when on a file's new value of a record holds: what was said before is kept for papers of that time."""

from __future__ import annotations

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

    Raises ``ValueError`` with one sentence where values change that hold from a day and none is given.
    """
    names = changed(held, record)
    if not names or since == CORRECTION:
        return record
    labels = "・".join(held.spec.field(name).label for name in names)
    if since is None:
        raise ValueError(
            f"{labels}が変わります。いつからかを {FIELD} に日付（2026-04-01 など）で書くか、"
            f"入力の誤りを直す場合は「{CORRECTION}」と書いてください。"
        )
    if not isinstance(since, str):
        raise WrongTypeError(f"{FIELD} は日付か「{CORRECTION}」を文字列で書いてください。")
    return with_former(held, record, _DAY.from_text(since))
