"""Another ledger taken into this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.cli.access import open_ledger, read_passphrase
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_json, put_line, put_table
from app.preferences import Preferences
from app.records import SPECS
from app.start import Product

if TYPE_CHECKING:
    from app.exchange.merging.plans import MergePlan, MergeRow

_SAID = {
    "new": "新規",
    "changed": "変更",
    "retired": "取消し",
    "same": "同じ",
    "kept": "この台帳のまま",
    "ask": "要確認",
    "skipped": "統合しない",
}
_MOST = 50
"""Lines shown; the JSON holds them all."""


def merge(wanted: Wanted) -> int:
    """Show what taking the other ledger in would do, or do it as one change."""
    from app.exchange.merging import applying
    from app.exchange.merging.other import other_ledger

    product = Product()
    file = wanted.other_passphrase_file
    passphrase = read_passphrase(file) if file is not None else ""
    answers = (wanted.keep_records, wanted.take_records, wanted.both_records)
    with (
        open_ledger(wanted, product) as ledger,
        Steps() as progress,
        other_ledger(wanted.file, passphrase, product.open, progress) as other,
    ):
        planned = other.plan(ledger, *answers, progress)
        if not wanted.dry_run:
            applying.merge(ledger, other.ledger, planned, Preferences().backups(ledger.path), progress)
    if wanted.json:
        put_json(_value(planned))
        return 0
    _show(planned)
    if not wanted.dry_run:
        written = sum(row.outcome.writes for row in planned.rows)
        put_line(
            f"{written:,}件を1つの変更として統合しました。jutaku undo でまとめて元に戻せます。"
            if written
            else "統合する記録はありません。台帳は元のままです。"
        )
    return 0


def _show(planned: MergePlan) -> None:
    held = planned.origin
    put_line(
        f"相手の台帳：識別番号 {held.ledger}、記録 {held.sequence:,}件、先頭値 {held.sequence}:{held.head}"
    )
    if held.common:
        put_line(f"記録 {held.common:,}件までは、この台帳と同じです。")
    put_line("、".join(f"{_SAID[name]} {count:,}件" for name, count in planned.counts.items() if count))
    shown = [row for row in planned.rows if row.outcome != "same"]
    rows = [(_SAID[row.outcome], row.name, SPECS[row.kind].label, _differences(row)) for row in shown[:_MOST]]
    if rows:
        put_table(("区分", "記録", "種類", "内容"), rows, "")
    if len(shown) > _MOST:
        put_line(f"ほか{len(shown) - _MOST:,}件（--json で、すべて表示します）")


def _differences(row: MergeRow) -> str:
    told = "、".join(
        f"{row.record.spec.field(name).label}：{here or '空'} → {there or '空'}"
        for name, here, there in row.changes()
    )
    return f"{row.why}{told}" if told or row.why else ""


def _value(planned: MergePlan) -> dict[str, Any]:
    held = planned.origin
    return {
        "other": {
            "ledger": held.ledger,
            "entries": held.sequence,
            "head": held.head,
            "common": held.common,
        },
        "counts": dict(planned.counts),
        "rows": [
            {
                "record": row.kind,
                "key": row.key,
                "status": str(row.outcome),
                "changes": {name: [here, there] for name, here, there in row.changes()},
                "problem": row.why or None,
            }
            for row in planned.rows
        ],
    }
