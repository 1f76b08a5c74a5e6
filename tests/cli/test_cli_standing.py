"""What a command says of a ledger that can only be read, and of a clock that is behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.ledger.access import connecting
from app.ledger.door import Ledger
from app.ledger.errors import ReadOnlyError

Run = Callable[..., Any]
YEAR = timedelta(days=365)


def set_back(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    real = Ledger.open
    early = partial(real, clock=lambda: datetime.now().astimezone() - by)
    monkeypatch.setattr(Ledger, "open", early)


@pytest.fixture
def person(tmp_path: Path) -> Path:
    path = tmp_path / "person.json"
    path.write_text(json.dumps([{"name": "見本 五郎", "employment": "社員"}]), encoding="utf-8")
    return path


def test_each_write_with_the_clock_set_back_says_so(
    jutaku: Run, person: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_back(monkeypatch, YEAR)
    for name in ("見本 五郎", "見本 六郎"):
        person.write_text(json.dumps([{"name": name, "employment": "社員"}]), encoding="utf-8")
        ran = jutaku("import", "person", person)
        assert ran.code == 0
        assert ran.err.startswith("PCの日付と時刻（")
        assert ran.err.count("\n") == 1
    proven = jutaku("verify")
    assert proven.code == 0
    assert "改変の印ではありませんが" in proven.out
    assert "改変は見つかりませんでした。" in proven.out
    assert len(jutaku("verify", "--json").json["remarks"]) == 1
    assert "remarks" not in jutaku("verify", "--quick", "--json").json


def test_with_a_clock_that_is_right_nothing_is_said(jutaku: Run, person: Path) -> None:
    assert jutaku("import", "person", person).err == ""


def test_a_ledger_that_can_only_be_read_answers_and_refuses(
    jutaku: Run, person: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_path: Path, _now: datetime) -> None:
        raise ReadOnlyError

    monkeypatch.setattr(connecting, "LedgerLock", locked)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    asked: list[list[object]] = [["records", "person"], ["duties"], ["verify"], ["search", "髙橋"]]
    for command in asked:
        ran = jutaku(*command)
        assert ran.code == 0, ran.err
        assert ran.out
        assert "閲覧のみで開きました" in ran.err
    for command in (["import", "person", person], ["backup", folder / "safe"]):  # each would write
        ran = jutaku(*command)
        assert ran.code == 1
        assert "閲覧だけができます。保存していません" in ran.err
        assert "Traceback" not in ran.err
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
