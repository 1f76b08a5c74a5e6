"""this-pc: what PCs tell of themselves, shown, and into the ledger after a plan."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from app.common import PeopleError
from app.exchange.machine import here
from app.exchange.machine.machine import Machine

Run = Callable[..., Any]
Refused = Callable[[Any], str]
DAY = date(2026, 4, 1)
ANSWER = {"format": "jutaku-pc", "version": 1, "on": "2026-04-01", "name": "SOUMU-03", "serial": "KD14-0033"}


def file(folder: Path, **more: object) -> Path:
    path = folder / "SOUMU-03.pc.json"
    path.write_text(json.dumps(ANSWER | more, ensure_ascii=False), encoding="utf-8-sig")
    return path


@pytest.fixture(autouse=True)
def this(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here, "this_pc", lambda on: Machine(on, "KEIRI-01", serial="KD14-0001", os="Debian"))


def test_it_shows_this_pc_without_a_ledger(run: Run) -> None:
    (found,) = json.loads(run("this-pc", "--json").out)
    assert (found["name"], found["serial"], found["maker"]) == ("KEIRI-01", "KD14-0001", None)
    assert "記憶装置の暗号化" in found["untold"]
    assert "確認できませんでした" in run("this-pc").out


def test_a_plan_writes_nothing_and_registering_writes_it(jutaku: Run, folder: Path) -> None:
    held = jutaku("records", "device", "--json").json
    given = ("this-pc", file(folder), "--register", "--owner", "自社")
    planned = jutaku(*given, "--dry-run", "--json").json
    assert (planned["new"], planned["rows"][0]["changes"]["製造番号"]) == (1, ["", "KD14-0033"])
    assert jutaku("records", "device", "--json").json == held
    assert "新規1件" in jutaku(*given).out
    assert len(jutaku("records", "device", "--json").json) == len(held) + 1
    assert jutaku(*given, "--json").json["same"] == 1


def test_what_cannot_be_told_apart_is_refused_whole(jutaku: Run, folder: Path, refused: Refused) -> None:
    held = jutaku("records", "device", "--json").json
    assert "製造番号を確認できなかった" in refused(
        jutaku("this-pc", file(folder, serial=""), "--register", "--owner", "自社")
    )
    assert "所有を入力してください" in refused(jutaku("this-pc", "--register"))
    assert jutaku("records", "device", "--json").json == held


def test_options_that_need_another_are_named(run: Run, folder: Path) -> None:
    assert "--register" in run("this-pc", "--owner", "自社").err
    one = file(folder)
    assert "1台" in run("this-pc", one, one, "--register", "--number", "PC-1").err


def test_the_script_is_written_for_the_other_pcs(run: Run, folder: Path) -> None:
    assert run("this-pc", "--script", folder).code == 0
    assert (folder / "pc-info.cmd").is_file()
    assert "管理者の権限は要りません" in (folder / "pc-info.ps1").read_text(encoding="utf-8-sig")


def test_what_powershell_does_not_answer_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(here, "_SHELL", ("there-is-no-such-program",))
    with pytest.raises(PeopleError, match="Windowsから読み取れませんでした"):
        here.this_pc(DAY)


@pytest.mark.parametrize("out", [b"", b"Access denied", b"\xff\xfe{"])
def test_an_answer_that_is_none_is_one_sentence_too(monkeypatch: pytest.MonkeyPatch, out: bytes) -> None:
    answered(monkeypatch, out)
    with pytest.raises(PeopleError, match="PC・媒体の画面で入力してください"):
        here.this_pc(DAY)


def test_what_powershell_answers_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch, json.dumps(ANSWER).encode("utf-8-sig"))
    assert here.this_pc(DAY).serial == "KD14-0033"


def answered(monkeypatch: pytest.MonkeyPatch, out: bytes) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(sys, "platform", "win32")
    running = MagicMock()
    running.__enter__.return_value.communicate.return_value = (out, None)
    monkeypatch.setattr(subprocess, "Popen", lambda *_args, **_options: running)
