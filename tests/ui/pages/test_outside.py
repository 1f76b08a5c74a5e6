"""ほかのソフトで開く: a copy for the owner alone, said so, and gone with the window or at the next start."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from app.ui.context import Context
from app.ui.papers.viewing.outside import open_outside
from app.ui.system.copies_outside import put_outside, remove_all, remove_mine

NAME = "2026-0001_廃棄・消去証明書_みなと北市.pdf"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open."""
    found: list[Path] = []

    def note(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return found


def test_a_copy_for_its_owner_alone_is_opened_and_what_becomes_of_it_is_said(
    context: Context, opened: list[Path], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(context.said) as told:
        open_outside(context, b"%PDF-1.7 x", NAME)
    (path,) = opened
    assert path.name == NAME
    assert path.read_bytes() == b"%PDF-1.7 x"
    assert path.is_relative_to(context.preferences.path.parent)
    assert "受託台帳を終了するときに削除します" in told.args[0]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_where_nothing_opens_it_the_copy_is_gone_at_once(
    context: Context, dialogs: Any, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    open_outside(context, b"%PDF-1.7", NAME)
    qtbot.waitUntil(lambda: bool(dialogs.said))
    assert "「PDFを保存」" in dialogs.said[0]
    assert list(context.preferences.path.parent.rglob("*.pdf")) == []


def test_the_end_removes_its_own_copies_and_the_next_start_those_of_a_crash(tmp_path: Path) -> None:
    mine = put_outside(tmp_path, NAME, b"1")
    again = put_outside(tmp_path, NAME, b"2")
    crashed = tmp_path / "opened" / "0" / "ab" / NAME
    crashed.parent.mkdir(parents=True)
    crashed.write_bytes(b"3")
    beside = tmp_path / "settings.json"
    beside.write_text("{}", encoding="utf-8")
    remove_mine(tmp_path)
    assert not mine.exists()
    assert not again.exists()
    assert crashed.exists()
    remove_all(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["settings.json"]
    remove_all(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_in_the_folder_is_removed_and_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "大切な書類"
    kept.mkdir()
    (kept / "原本.pdf").write_bytes(b"1")
    (tmp_path / "opened").mkdir()
    (tmp_path / "opened" / "link").symlink_to(kept, target_is_directory=True)
    remove_all(tmp_path)
    assert (kept / "原本.pdf").exists()
    assert not (tmp_path / "opened").exists()
