"""What the window says of backups: never kinder than they are, and red until one is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.ledger.copies import manifests
from app.ledger.copies.backup import backup
from app.ledger.copies.manifests import backups, note_of
from app.ui.backing import STALE, Backing
from app.ui.context import Context
from tests.ui.conftest import NOW, TODAY

SECOND = timedelta(seconds=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "控え"


@pytest.fixture
def made(context: Context, sample: Any, folder: Path) -> Path:
    """A backup made now."""
    del sample
    return backup(context.ledger.path, context.ledger.key, folder, clock=lambda: NOW)


@pytest.fixture
def looked(context: Context, folder: Path, qtbot: QtBot) -> Callable[..., Backing]:
    """How the window sees the backups at some moment."""

    def look(now: datetime = NOW) -> Backing:
        context.ledger._clock = lambda: now
        held = Backing(context.ledger, context.operations, lambda: folder, lambda: now, now.date)
        held.look()
        qtbot.waitUntil(lambda: not context.operations.busy, timeout=10_000)
        return held

    return look


def test_no_backup_is_said_and_one_is_made(
    context: Context, sample: Any, looked: Callable[..., Backing], folder: Path
) -> None:
    del context, sample
    held = looked()
    assert held.problem == ""
    assert (
        held.state == f"最終バックアップ {NOW.year}年{NOW.month}月{NOW.day}日 {NOW:%H:%M}（以後の変更なし）"
    )
    assert len(backups(folder)) == 1


@pytest.mark.parametrize("harm", [b"", b"x" * 4096, None])
def test_a_spoilt_newest_one_is_replaced_and_stays_said_until_then(
    context: Context,
    made: Path,
    looked: Callable[..., Backing],
    harm: bytes | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = bytearray(made.read_bytes())
    data[-9] ^= 1
    made.write_bytes(bytes(data) if harm is None else harm)
    with monkeypatch.context() as patched:
        patched.setattr(Backing, "now", lambda _self: None)
        held = looked()
        assert held.problem.startswith(f"バックアップ「{made.name}」は")
        assert held.problem.endswith("バックアップを作成し直してください。")
        assert held.state == "使えるバックアップがありません"
        assert held.wanted
    held = looked()
    assert held.problem == ""
    assert held.newest is not None
    assert held.newest.path != made
    assert held.newest.manifest.head == context.ledger.head().hash


def test_a_backup_dated_ahead_stops_no_later_one(
    context: Context, made: Path, looked: Callable[..., Backing], sample: Any, folder: Path
) -> None:
    manifest = manifests.read(note_of(made))
    assert manifest is not None
    ahead = replace(manifest, made_at=(NOW + timedelta(days=3650)).isoformat())
    note_of(made).write_text(ahead.to_text(), "utf-8")
    context.ledger.change(replace(sample.person, department="総務課"))
    held = looked()
    assert len(backups(folder)) == 2
    assert held.newest is not None
    assert held.newest.path != made
    assert held.behind == 0


@pytest.mark.parametrize(("more", "red"), [(-SECOND, False), (0 * SECOND, False), (SECOND, True)])
def test_changes_without_a_backup_for_a_day_are_red(
    context: Context, made: Path, sample: Any, folder: Path, qtbot: QtBot, more: timedelta, red: bool
) -> None:
    del made
    now = [NOW]
    held = Backing(context.ledger, context.operations, lambda: folder, lambda: now[0], lambda: TODAY)
    held.look()
    qtbot.waitUntil(lambda: not context.operations.busy)
    context.ledger.change(replace(sample.person, department="総務課"))
    held.changed(context.ledger.head().sequence)
    now[0] = NOW + STALE + more
    assert bool(held.problem) is red
    assert "以後の変更 1件" in held.state


def test_an_old_backup_that_holds_everything_is_well(made: Path, looked: Callable[..., Backing]) -> None:
    held = looked(NOW + timedelta(days=300))
    assert held.problem == ""
    assert held.newest is not None
    assert held.newest.path == made


def test_a_window_left_open_makes_the_backup_of_the_day_at_its_first_change(
    context: Context, made: Path, sample: Any, folder: Path, qtbot: QtBot
) -> None:
    del made
    today = [TODAY]
    held = Backing(context.ledger, context.operations, lambda: folder, lambda: NOW, lambda: today[0])
    held.look()
    qtbot.waitUntil(lambda: not context.operations.busy)
    for day, count in ((TODAY, 1), (TODAY + timedelta(days=1), 2), (TODAY + timedelta(days=1), 2)):
        today[0] = day
        person = context.facts().all(type(sample.person))[0]
        context.ledger.change(replace(person, department=f"{day}{person.revision}"))
        held.changed(context.ledger.head().sequence)
        qtbot.waitUntil(lambda: not context.operations.busy, timeout=10_000)
        assert len(backups(folder)) == count


def test_a_failed_one_stays_red_until_one_succeeds(
    context: Context, sample: Any, folder: Path, qtbot: QtBot
) -> None:
    del sample
    place = [folder.parent / "E" / "控え"]
    held = Backing(context.ledger, context.operations, lambda: place[0], lambda: NOW, lambda: TODAY)
    for _ in range(2):
        held.look()
        qtbot.waitUntil(lambda: not context.operations.busy)
        assert held.problem.startswith(
            f"バックアップを作成できませんでした。バックアップの保存先「{place[0]}」が"
        )
        assert "プログラム" not in held.problem
    place[0] = folder
    held.now()
    assert held.problem
    qtbot.waitUntil(lambda: not context.operations.busy, timeout=10_000)
    assert held.problem == ""


def test_what_killed_backups_left_goes_at_the_start_and_is_said(
    context: Context, sample: Any, folder: Path, qtbot: QtBot
) -> None:
    del sample
    folder.mkdir()
    left = folder / ".台帳-20260401-090001.jutaku.tmp"
    left.write_bytes(b"x" * 3 * 2**20)
    context.preferences.set(backups=str(folder))
    said: list[str] = []
    context.said.connect(said.append)
    context.backing.look()
    qtbot.waitUntil(lambda: not context.operations.busy, timeout=10_000)
    assert not left.exists()
    assert said == ["途中で止まったバックアップの残り（3 MB）を削除しました。"]
