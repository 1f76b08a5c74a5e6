"""Rounds by the command line: what is shown is what is written, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.acting import shown_and_written
from tests.cli.conftest import DAY

Run = Callable[..., Any]
Refused = Callable[[Any], str]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.acts.command.today", lambda: DAY)


def test_a_training_for_two_contracts(jutaku: Run, folder: Path, refused: Refused) -> None:
    train = ("train", "contract", "MD-0058", "HB-0311", "--on", "2026-11-20")
    people = ("--people", "E-003、E-006", "--absent", "E-006", "--makeup", "2026-11-27")
    (written,) = shown_and_written(jutaku, folder, *train, *people, "--lecturer", "髙橋 美咲")["writes"]
    assert {one["contract"] for one in written["after"]["contracts"]} == {"MD-0058", "HB-0311"}
    came = {one["person"]: one["outcome"] for one in written["after"]["attendance"]}
    assert came == {"E-003": "出席", "E-006": "欠席"}
    assert "選べません" in refused(jutaku(*train, "--people", "E-999"))
    ahead = shown_and_written(jutaku, folder, *train[:-1], "2026-12-01")
    assert "attendance" not in ahead["writes"][0]["after"]
