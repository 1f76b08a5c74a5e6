"""Hand-overs by the command line: what is shown is what is written, and can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.acting import shown_and_written
from tests.cli.conftest import DAY

Run = Callable[..., Any]
Refused = Callable[[Any], str]

THINGS = [
    {"item": "申請書", "classification": "個人情報", "medium": "紙", "quantity": 12, "unit": "枚"},
    {"item": "名簿", "classification": "個人情報", "medium": "USBメモリ", "quantity": 1, "unit": "個"},
]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.acts.command.today", lambda: DAY)


def test_things_received_at_once(jutaku: Run, folder: Path) -> None:
    said = ("--on", "2026-11-20", "--method", "手渡し", "--things", json.dumps(THINGS))
    shown = shown_and_written(jutaku, folder, "receive", "MK-1024", *said)
    assert [one["record"] for one in shown["writes"]] == ["asset", "asset", "event", "event"]
    assert any(one["form"] == "transfer-slip" for one in shown["papers"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_the_rows_may_stand_in_a_file(jutaku: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "things.json"
    path.write_text(json.dumps(THINGS, ensure_ascii=False), encoding=encoding)
    shown = jutaku("receive", "MK-1024", "--on", "2026-11-20", "--things", path, "--dry-run", "--json").json
    assert len(shown["writes"]) == 4


def test_wrong_rows_are_told_one_by_one(jutaku: Run, refused: Refused, tmp_path: Path) -> None:
    receive = ("receive", "MK-1024", "--on", "2026-11-20", "--things")
    assert "2.unit" in refused(jutaku(*receive, json.dumps([THINGS[0], {**THINGS[1], "unit": ""}])))
    assert "「どこにもない.json」が見つかりません" in refused(jutaku(*receive, "どこにもない.json"))
    broken = tmp_path / "壊れた.json"
    broken.write_text('[{"item": "申請書",\n "medium": }]', encoding="utf-8")
    assert "--things：JSONとして読めません（2行目の" in refused(jutaku(*receive, broken))
    broken.write_bytes(b'[{"item":\n "\x82"}]')
    assert "--things：「壊れた.json」の2行目に" in refused(jutaku(*receive, broken))


def test_what_is_chosen_goes_back_whole_or_in_part(jutaku: Run, folder: Path, refused: Refused) -> None:
    back = ("return", "asset", "A-0019", "--on", "2026-11-20", "--method", "手渡し")
    shown = shown_and_written(jutaku, folder, *back)
    assert [one["after"]["quantity"] for one in shown["writes"]] == [4]
    part = json.dumps([{"asset": "A-0019", "quantity": 1}])
    some = jutaku(*back, "--things", part, "--dry-run", "--json").json
    assert [one["after"]["quantity"] for one in some["writes"]] == [1]
    more = json.dumps([{"asset": "A-0019", "quantity": 5}])
    assert "超えます" in refused(jutaku(*back, "--things", more))
