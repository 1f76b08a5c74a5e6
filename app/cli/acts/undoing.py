"""元に戻す: what can be taken back, what of it goes back and what stays, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.access import open_ledger
from app.cli.arguments import Wanted
from app.cli.output import put_json, put_line, put_table
from app.common import PeopleError
from app.start import Product

if TYPE_CHECKING:
    from app.ledger.door import Ledger
    from app.ledger.undoing.values import Back, Undoing
    from app.records import Facts, Field, Record

_MOST = 30
"""Changes listed."""


def undo(wanted: Wanted) -> int:
    """List what can be taken back, or take back one change; a part of one only where that was asked for."""
    with open_ledger(wanted, Product()) as ledger:
        if wanted.listed:
            return _list(wanted, ledger)
        shown = ledger.undoing(wanted.change or _newest(ledger))
        if not wanted.dry_run:
            if shown.stays and shown.back and not wanted.partly:
                raise PeopleError(
                    f"{shown.done.title}：{len(shown.back) + len(shown.stays)}件のうち{len(shown.stays)}件は"
                    "元に戻せないため、何も変更していません。--dry-run で内容を確かめ、"
                    f"残りの{len(shown.back)}件だけを元に戻すときは --partly を付けてください。"
                )
            ledger.undo(shown)
    return _show(wanted, shown)


def _newest(ledger: Ledger) -> int:
    found = ledger.done(1, redo=False)
    if not found:
        raise PeopleError("元に戻せる操作がありません。jutaku undo --list で確かめてください。")
    return found[0].number


def _list(wanted: Wanted, ledger: Ledger) -> int:
    found = ledger.done(_MOST)
    if wanted.json:
        put_json(
            [
                {
                    "change": one.number,
                    "title": one.title,
                    "at": one.at.isoformat(),
                    "officer": one.officer,
                    "records": one.count,
                }
                for one in found
            ]
        )
        return 0
    from app.work.undo_words import when

    rows = [(str(one.number), when(one), f"{one.count}件", one.title) for one in found]
    put_table(("番号", "日時", "件数", "操作"), rows, "元に戻せる操作がありません。")
    return 0


def _show(wanted: Wanted, shown: Undoing) -> int:
    from app.work.undo_words import differences, named, then

    after = then(shown)
    if wanted.json:
        put_json(_told(shown, after))
        return 0
    put_line(shown.title)
    for one in shown.back:
        put_line(f"　戻る　{named(shown.facts, one.before)}　{differences(shown, after, one)}")
    for kept in shown.stays:
        put_line(f"　残る　{named(shown.facts, kept.record)}　{kept.why}")
    deed = "やり直しました" if shown.done.redo else "元に戻しました"
    put_line("何も変更していません。" if wanted.dry_run else f"{len(shown.back)}件を{deed}。")
    return 0


def _told(shown: Undoing, after: Facts) -> dict[str, Any]:
    """An undo as ``--json`` prints it."""
    return {
        "change": shown.done.number,
        "title": shown.title,
        "at": shown.done.at.isoformat(),
        "back": [_back(shown, after, one) for one in shown.back],
        "stays": [
            {"record": one.record.spec.name, "key": shown.facts.key(one.record), "why": one.why}
            for one in shown.stays
        ],
    }


def _back(shown: Undoing, after: Facts, one: Back) -> dict[str, Any]:
    """One record; ``null`` on the side on which it is not in the ledger's facts."""
    return {
        "record": one.before.spec.name,
        "key": shown.facts.key(one.before),
        "before": _side(one.before, one.changed, shown.facts),
        "after": _side(one.after, one.changed, after),
    }


def _side(record: Record, fields: tuple[Field, ...], facts: Facts) -> dict[str, Any] | None:
    if record.retired_at is not None:
        return None
    whole = record.spec.to_json(record, facts.key_of)
    return {field.name: whole[field.name] for field in fields}
