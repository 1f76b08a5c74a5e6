"""The day asked for and the days around it; a passphrase file at its limit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.cli import findings
from app.cli.access import read_passphrase
from app.common import PeopleError
from tests.support.around import about

Run = Callable[..., Any]
Refused = Callable[[Any], str]
DAY = timedelta(days=1)
LONGEST = 4096
"""Bytes of a passphrase file."""


def test_a_calendar_may_be_kept_to_a_single_day(jutaku: Run, folder: Path, refused: Refused) -> None:
    path = folder / "期限.ics"
    fall = [duty["due"] or duty["again"] for duty in jutaku("duties", "--json").json]
    day = max(date.fromisoformat(one) for one in fall if one)
    assert jutaku("calendar", "--ics", path, "--from", day, "--to", day).code == 0
    text = path.read_bytes().decode("utf-8")
    assert set(re.findall(r"DATE:(\d{8})", text)) == {f"{day:%Y%m%d}"}
    said = refused(jutaku("calendar", "--ics", path, "--from", day, "--to", day - DAY))
    assert "--from の日が --to の日より後です" in said


@pytest.mark.parametrize(("size", "read"), about(LONGEST, True, True, False))
def test_a_passphrase_file_may_be_as_long_as_the_limit(tmp_path: Path, size: int, read: bool) -> None:
    path = tmp_path / "pass.txt"
    path.write_bytes(b"x" * size)
    if read:
        assert read_passphrase(path) == "x" * size
    else:
        with pytest.raises(PeopleError, match="1行だけ"):
            read_passphrase(path)


def test_a_clock_that_was_set_back_is_told_of_today_and_of_no_other_day(
    jutaku: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    yesterday = datetime.now().astimezone().date() - DAY
    monkeypatch.setattr(findings, "today", lambda: yesterday)

    def told(*on: object) -> bool:
        found = jutaku("checks", *on, "--json").json
        return "clock-set-back" in {one["check"] for one in found}

    assert told()
    for days, seen in ((-1, False), (0, True), (1, False)):
        assert told("--on", yesterday + days * DAY) is seen
