"""Settings outside the ledger: kept, and never in the way."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from app.preferences import Preferences, default_ledger, settings_folder


def test_settings_are_kept_and_belong_to_their_owner_alone(home: Path) -> None:
    Preferences().set(ledger="/台帳/𠮷野.jutaku", text_size=125, remember=True)
    held = Preferences()
    assert held.ledger() == Path("/台帳/𠮷野.jutaku")
    assert (held.number("text_size"), held.flag("remember")) == (125, True)
    assert held.path.parent == home == settings_folder() == default_ledger().parent
    if os.name != "nt":
        assert stat.S_IMODE(held.path.stat().st_mode) == 0o600


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
