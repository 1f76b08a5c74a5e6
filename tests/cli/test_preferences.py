"""Settings outside the ledger: kept, and never in the way."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from app.cli import main
from app.ledger.file import places
from app.preferences import Preferences, default_ledger, settings_folder


def test_settings_are_kept_and_belong_to_their_owner_alone(home: Path) -> None:
    Preferences().set(ledger="/台帳/𠮷野.jutaku", text_size=125, remember=True)
    held = Preferences()
    assert held.ledger() == Path("/台帳/𠮷野.jutaku")
    assert (held.number("text_size"), held.flag("remember")) == (125, True)
    assert held.path.parent == home == settings_folder() == default_ledger().parent
    if os.name != "nt":
        assert stat.S_IMODE(held.path.stat().st_mode) == 0o600


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which people look for their files, in an installation for one person."""
    made = tmp_path / "ドキュメント"
    made.mkdir()
    monkeypatch.delenv("JUTAKU_HOME", raising=False)
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: str(made))
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "Local"))
    return made


def test_a_first_ledger_is_offered_where_people_look_for_their_files(documents: Path) -> None:
    assert default_ledger() == documents / "受託台帳" / "受託台帳.jutaku"


def test_documents_in_a_cloud_or_on_a_share_are_no_place_for_it(
    documents: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    apart = tmp_path / "Local" / "受託台帳.jutaku"
    monkeypatch.setenv("OneDrive", str(documents.parent))
    assert default_ledger() == apart
    monkeypatch.delenv("OneDrive")
    with monkeypatch.context() as shared:
        shared.setattr(places, "_on_network", lambda _path: True)
        assert default_ledger() == apart
    documents.rmdir()
    assert default_ledger() == apart


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[1]", b"\xff\xfe", b'{"ledger": {"a": 1}, "text_size": "x"}']
)
def test_a_damaged_file_counts_as_empty_and_is_written_anew(home: Path, damage: bytes) -> None:
    home.mkdir()
    (home / "settings.json").write_bytes(damage)
    held = Preferences()
    assert held.ledger() is None
    assert held.number("text_size", 100) == 100
    held.set(text_size=150)
    assert held.number("text_size", 100) == 150


def test_a_value_of_another_kind_is_the_default(home: Path) -> None:
    Preferences().set(theme="dark", text_size=True)
    assert Preferences().flag("theme", True) is True
    assert Preferences().number("text_size", 100) == 100
    assert Preferences().text("text_size", "x") == "x"


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    held = Preferences(blocked / "settings.json")
    held.set(theme="dark")
    assert held.text("theme", "system") == "system"


def test_where_ones_own_files_lie_is_told_without_opening_any(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["places"]) == 0
    assert capsys.readouterr().out == "このPCには、まだ台帳も設定もありません。\n"
    ledger = tmp_path / "書類 ソ表" / "台帳.jutaku"
    ledger.parent.mkdir()
    ledger.touch()
    Preferences().set(ledger=str(ledger))
    settings = home / "settings.json"
    assert main(["places"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"台帳：{ledger}", f"設定：{settings}"]
    copies = tmp_path / "控え"
    copies.mkdir()
    Preferences().set(backups=str(copies))
    other = tmp_path / "別.jutaku"
    other.touch()
    assert main(["--ledger", str(other), "places", "--json"]) == 0
    told = {"ledger": str(other), "backups": str(copies), "settings": str(settings)}
    assert json.loads(capsys.readouterr().out) == told
