"""Commands on backups: which there are, and putting one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.access import ledger_path, now, passphrase_file, read_passphrase, read_secret
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_json, put_line, put_table
from app.common import PeopleError
from app.preferences import Preferences, default_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.ledger.copies.listing import Listed
    from app.ledger.restoring.difference import Gone
    from app.ledger.restoring.restoration import Plan

_MOST = 20
"""Lines shown of what is lost; the JSON holds them all."""


def backups(wanted: Wanted) -> int:
    """List the backups of a folder, each with whether it can be counted on; needs no key."""
    from app.ledger.copies.listing import listed

    folder = wanted.dir.absolute() if wanted.dir else Preferences().backups(ledger_path(wanted))
    with Steps() as progress:
        found = listed(folder, progress, whole=True)
    if wanted.json:
        put_json([_listed(one) for one in found])
        return 0
    put_line(f"フォルダ：{folder}")
    rows = [
        (
            f"{one.made:%Y-%m-%d %H:%M}" if one.made else "不明",
            f"{one.size / 1024 / 1024:,.1f}MB",
            "" if one.entries is None else f"{one.entries:,}",
            "検証済み" if one.verified else one.problem,
            one.path.name,
        )
        for one in found
    ]
    put_table(("作成日時", "大きさ", "記録", "状態", "ファイル"), rows, "バックアップはありません。")
    return 0


def restore(wanted: Wanted) -> int:
    """Put a backup in the place of the ledger, or at a new one; ``--dry-run``: say what that would do."""
    from app.ledger.restoring.restoration import Restoration

    backup = wanted.backup.absolute()
    target = wanted.to.absolute() if wanted.to else _present(wanted)
    key, passphrase = _key(wanted, backup, target)
    restoration = Restoration(
        backup,
        key,
        target,
        clock=now,
        backups=Preferences().backups(target),
        new=wanted.to is not None,
    )
    with Steps() as progress:
        plan = restoration.prepare(progress, passphrase=passphrase)
    value = _planned(plan)
    if wanted.dry_run:
        restoration.close()
        _show(wanted, plan, value | ({"notes": list(plan.notes)} if plan.notes else {}))
        return 0
    with Steps() as progress:
        outcome = restoration.finish(progress)
    Preferences().set(ledger=str(outcome.path))
    kept = str(outcome.kept) if outcome.kept else None
    value |= {"restored": str(outcome.path), "kept": kept, "notes": list(outcome.notes)}
    _show(wanted, plan, value)
    if not wanted.json:
        put_line(f"「{outcome.path}」に復元しました。")
        if outcome.kept:
            put_line(f"復元前の台帳は「{outcome.kept.name}」に残してあります。")
        for note in outcome.notes:
            put_line(note)
        if plan.difference is None or plan.difference.papers:
            put_line("復元で失われた書類の番号を、画面の「番号の確認」で確かめてください。")
    return 0


def _present(wanted: Wanted) -> Path:
    """The ledger to be replaced; it may be missing or broken, which is why one restores."""
    if wanted.ledger is not None:
        return wanted.ledger.absolute()
    return Preferences().ledger() or default_ledger()


def _key(wanted: Wanted, backup: Path, target: Path) -> tuple[bytes, str]:
    """The backup's key, and the passphrase that a key file is to be made for where the backup has none."""
    from app.ledger.restoring import source

    file = passphrase_file(wanted)
    passphrase = read_passphrase(file) if file else ""
    if wanted.recovery_code_file is not None:
        key = source.by_code(backup, read_secret(wanted.recovery_code_file, "回復コード"))
        return key, passphrase
    if passphrase:
        return source.by_passphrase(backup, passphrase, target), ""
    held = source.by_keyring(backup)
    if held is None:
        raise PeopleError(
            "バックアップを開く鍵がありません。--passphrase-file でパスフレーズのファイルを、"
            "分からないときは --recovery-code-file で回復コードのファイルを指定してください。"
        )
    return held, ""


def _listed(one: Listed) -> dict[str, Any]:
    return {
        "file": str(one.path),
        "made": one.made.isoformat() if one.made else None,
        "bytes": one.size,
        "entries": one.entries,
        "verified": one.verified,
        "problem": one.problem or None,
    }


def _planned(plan: Plan) -> dict[str, Any]:
    difference = plan.difference
    return {
        "backup": str(plan.source),
        "made": plan.made or None,
        "entries": plan.copied.head.sequence,
        "verified": True,
        "lost": _gone(difference.lost if difference else ()),
        "only_in_backup": _gone(difference.gained if difference else ()),
    }


def _gone(found: Iterable[Gone]) -> list[dict[str, Any]]:
    return [{"entry": one.entry, "record": one.record, "key": one.key, "at": one.at} for one in found]


def _show(wanted: Wanted, plan: Plan, value: dict[str, Any]) -> None:
    if wanted.json:
        put_json(value)
        return
    made = f"作成 {plan.made}、" if plan.made else ""
    put_line(
        f"バックアップ「{plan.source.name}」（{made}記録 {plan.copied.head.sequence:,}件）を検証しました。"
    )
    if plan.problem:
        put_line(f"失われる記録は分かりません。{plan.problem}")
    elif plan.difference is not None:
        for heading, found in (
            ("この復元で失われる記録", plan.difference.lost),
            ("バックアップにだけある記録", plan.difference.gained),
        ):
            put_line(f"{heading}：{len(found):,}件")
            rows = [(str(one.entry), one.at[:16], one.label, one.title, one.deed) for one in found[:_MOST]]
            if rows:
                put_table(("記録番号", "日時", "種類", "名称", "操作"), rows, "")
        for paper in plan.difference.papers:
            fate = "以前の復元でなくなったまま、戻りません" if paper.restored_at else "台帳からなくなります"
            put_line(f"発行済みの書類「{paper.number}」（{paper.title}）は{fate}。")
        for paper in plan.difference.returning:
            put_line(f"以前の復元でなくなった書類「{paper.number}」（{paper.title}）は台帳に戻ります。")
    if wanted.dry_run:
        for note in plan.notes:
            put_line(note)
