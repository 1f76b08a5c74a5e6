"""An undo in words: when a change was made, and what of each record goes back."""

from __future__ import annotations

from app.ledger.undoing.queue import Done
from app.ledger.undoing.values import Back, Undoing
from app.records import Facts, Record
from app.records.days import wareki


def quoted(done: Done) -> str:
    """The name of a change within a sentence."""
    return done.name if done.name.startswith("「") else f"「{done.name}」"


def when(done: Done) -> str:
    """The day and hour of a change, as its own clock said."""
    return f"{wareki(done.at.date())} {done.at:%H:%M}"


def named(facts: Facts, record: Record) -> str:
    """A record with its type, also one that is retired."""
    title, label = facts.title(record), record.spec.label
    return label if title == label else f"{label} {title}"


def then(shown: Undoing) -> Facts:
    """The facts as they will be."""
    return shown.facts.replaced(
        [one.after for one in shown.back if one.after.retired_at is None],
        [(type(one.after), one.after.id) for one in shown.back if one.after.retired_at is not None],
    )


def differences(shown: Undoing, after: Facts, one: Back) -> str:
    """What of one record goes back, each field as it is and as it will be; ``after``: as ``then`` has it."""
    if one.after.retired_at is not None:
        return "登録が取り消されます"
    if one.before.retired_at is not None:
        return "登録が戻ります"
    told = [
        f"{field.label}　{shown.facts.shown(one.before, field.name) or '（空欄）'} → "
        f"{after.shown(one.after, field.name) or '（空欄）'}"
        for field in one.changed
    ]
    return "、".join(told) or "内容は変わりません"
