"""Folders that a service copies while one writes in them, and drives that fail together."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from app.ledger.file import clouds, places


@pytest.mark.parametrize(
    ("path", "within"),
    [
        (r"C:\Users\花子\株式会社みほん\総務 - 文書\a.jutaku", True),
        (r"c:\users\花子\株式会社みほん\総務 - 文書\深い\a.jutaku", True),
        (r"C:\Users\花子\株式会社みほん\総務 - 文書2\a.jutaku", False),
        (r"C:\Users\花子\株式会社みほん\a.jutaku", False),
    ],
)
def test_a_synced_library_of_the_company_is_known_by_what_windows_says(
    monkeypatch: pytest.MonkeyPatch, path: str, within: bool
) -> None:
    root = PureWindowsPath(r"C:\Users\花子\株式会社みほん\総務 - 文書")
    monkeypatch.setattr(clouds, "_registered", lambda: [(root, "OneDrive")])
    assert ("OneDriveと同期" in places.cloud_warning(PureWindowsPath(path))) is within


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_the_folder_that_onedrive_itself_names_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    """Also where ドキュメント was moved into it, whatever it is called."""
    monkeypatch.setenv(variable, str(tmp_path / "会社"))
    assert "OneDriveと同期" in places.cloud_warning(tmp_path / "会社" / "ドキュメント" / "a.jutaku")
    assert places.cloud_warning(tmp_path / "会社の外" / "a.jutaku") == ""
    monkeypatch.setenv(variable, "")
    assert places.cloud_warning(tmp_path / "会社" / "a.jutaku") == ""


@pytest.mark.parametrize(("marks", "told"), [(0x20, False), (0x400020, True), (0x400010, True)])
def test_a_file_that_is_fetched_when_it_is_read_lies_in_a_cloud(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, marks: int, told: bool
) -> None:
    monkeypatch.setattr(Path, "stat", lambda *_, **__: SimpleNamespace(st_file_attributes=marks))
    assert ("クラウドのサービスと同期" in places.cloud_warning(tmp_path / "a.jutaku")) is told


def test_backups_on_the_ledgers_own_drive_are_known_and_nothing_else_is_claimed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ledger = tmp_path / "a.jutaku"
    assert places.one_drive(ledger, tmp_path / "まだない" / "バックアップ")
    drives = {tmp_path: 1, tmp_path / "別": 2}
    (tmp_path / "別").mkdir()
    stat = Path.stat

    def drive_of(path: Path, **more: bool) -> object:
        return SimpleNamespace(st_dev=drives[path]) if path in drives else stat(path, **more)

    monkeypatch.setattr(Path, "stat", drive_of)
    assert not places.one_drive(ledger, tmp_path / "別")
    assert not places.one_drive(tmp_path / "ない" / "a.jutaku", tmp_path)
