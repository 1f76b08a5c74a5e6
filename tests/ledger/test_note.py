"""The note of who holds a ledger is only a note: it harms no other file and keeps nobody out."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import bugs
from app.ledger.door import Ledger
from app.ledger.file import lock
from app.preferences import Preferences
from tests.ledger.conftest import CHEAP, PASSPHRASE
from tests.ledger.strange import dangling, link, loop, pipe, posix

STRANGE: list[Callable[[Path], None]] = [link, dangling, loop, pipe]


@pytest.fixture
def closed(ledger: Ledger) -> Ledger:
    ledger.close()
    ledger.path.with_name("victim").write_text("another\u2019s", "utf-8")
    return ledger


def note_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.user")


@posix
@pytest.mark.parametrize("strange", STRANGE)
def test_whatever_stands_there_gives_way_and_nothing_else_is_written(
    closed: Ledger, strange: Callable[[Path], None]
) -> None:
    note = note_of(closed.path)
    strange(note)
    with Ledger.open(closed.path, closed.key) as ledger:
        assert not ledger.read_only
        assert not note.is_symlink()
        assert json.loads(note.read_text("utf-8"))["pid"] == os.getpid()
        assert note.stat().st_mode & 0o077 == 0
    assert not note.exists()
    assert note.with_name("victim").read_text("utf-8") == "another\u2019s"
    assert not note.with_name("nowhere").exists()


@posix
@pytest.mark.parametrize("strange", STRANGE)
def test_a_new_ledger_neither(tmp_path: Path, strange: Callable[[Path], None]) -> None:
    path = tmp_path / "新規.jutaku"
    strange(note_of(path))
    with Ledger.create(path, PASSPHRASE, "担当者", cost=CHEAP)[0] as made:
        assert made.counts()
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_in_its_place_stays_and_the_ledger_opens(closed: Ledger) -> None:
    note = note_of(closed.path)
    note.mkdir()
    with Ledger.open(closed.path, closed.key) as ledger:
        assert ledger.verify().ok
    assert note.is_dir()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_note_that_cannot_be_written_leaves_nothing(
    closed: Ledger, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    real = os.fdopen

    class Full:
        def __init__(self, file: Any) -> None:
            self._file = file

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_error: object) -> None:
            self._file.close()

        def write(self, _text: str) -> None:
            raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdopen", lambda *args, **ways: Full(real(*args, **ways)))
        held = lock.LedgerLock(closed.path, closed._clock())
    assert not note_of(closed.path).exists()
    held.release()


@posix
@pytest.mark.parametrize("strange", STRANGE)
def test_settings_are_kept_whatever_stands_where_they_are_written(
    tmp_path: Path, strange: Callable[[Path], None]
) -> None:
    (tmp_path / "victim").write_text("another", "utf-8")
    kept = Preferences(tmp_path / "settings.json")
    strange(tmp_path / "settings.json.new")
    kept.set(theme="dark")
    assert kept.text("theme") == "dark"
    assert (tmp_path / "victim").read_text("utf-8") == "another"
    assert not (tmp_path / "nowhere").exists()


@posix
@pytest.mark.parametrize("strange", STRANGE)
def test_a_fault_is_told_whatever_stands_where_it_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, strange: Callable[[Path], None]
) -> None:
    monkeypatch.setattr("app.preferences.data_folder", lambda: tmp_path)
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "victim").write_text("another", "utf-8")
    strange(tmp_path / "log" / "errors.txt")
    assert "不具合" in bugs.note(ValueError())
    assert (tmp_path / "log" / "victim").read_text("utf-8") == "another"
    assert not (tmp_path / "log" / "nowhere").exists()
