"""What the window says of backups: never kinder than they are, and red until one is made."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ledger.content.calendar import Entry
from app.ledger.copies import manifests
from app.ledger.copies.backup import backup
from app.ledger.copies.manifests import backups, note_of
from app.ledger.door import Ledger
from app.ui.backing import STALE, Backing
from app.ui.context import Context
from app.ui.settings.page import SettingsPage
from app.ui.targets import ShowSettings
from tests.ui.conftest import CHEAP, NOW, TODAY

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


def officer(ledger: Ledger) -> None:
    ledger.set_officer("佐藤 次郎")


def passphrase(ledger: Ledger) -> None:
    ledger.change_passphrase("あたらしい合言葉です 99", cost=CHEAP)


def sheet(ledger: Ledger) -> None:
    ledger.prove_sheet()


def wrong_tries(ledger: Ledger) -> None:
    ledger.note_wrong_tries(3)


def calendar(ledger: Ledger) -> None:
    ledger.renew_calendar(lambda _held: [Entry("uid-1", TODAY, "期限", "内容")])


def clock(ledger: Ledger) -> None:
    ledger.confirm_clock()


@pytest.mark.parametrize("deed", [officer, passphrase, sheet, wrong_tries, calendar, clock])
def test_every_deed_in_the_journal_counts_as_a_change_since_the_backup(
    context: Context, sample: Any, settled: Callable[[], None], deed: Callable[[Ledger], None]
) -> None:
    del sample
    context.backing.look()
    settled()
    assert context.backing.state.endswith("（以後の変更なし）")
    told: list[str] = []
    context.backing.told.connect(lambda: told.append(context.backing.state))
    deed(context.ledger)
    lacking = context.ledger.head().sequence - context.backing._kept
    assert lacking > 0
    assert told
    assert told[-1].endswith(f"（以後の変更 {lacking}件）")


def test_backups_taken_away_under_the_window_are_missed_once_the_page_is_seen(
    context: Context, sample: Any, shown: Callable[..., Any], settled: Callable[[], None], qtbot: QtBot
) -> None:
    del sample
    context.backing.look()
    settled()
    shutil.rmtree(context.backups())
    page = shown(SettingsPage(context))
    page.show_target(ShowSettings("backup"))
    settled()
    assert context.backing.state == "使えるバックアップがありません"
    assert context.backing.problem.startswith(f"保存先「{context.backups()}」に、使えるバックアップが1つも")
    assert page.section.standing.plain == context.backing.state
    assert page.section.state.plain == "この台帳のバックアップは、保存先に1つもありません。"
    assert not context.backups().exists()
    qtbot.mouseClick(page.section.now_button, Qt.MouseButton.LeftButton)
    settled()
    assert context.backing.problem == ""
    assert context.backing.state.endswith("（以後の変更なし）")
