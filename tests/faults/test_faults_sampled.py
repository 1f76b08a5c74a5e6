"""A sample of every campaign; the whole is ``python dev.py faults``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import disk
from tests.faults.tally import Tally, Wanted

ROOT = Path(__file__).parents[2]


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.faults", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.mark.skipif(not disk.possible(), reason=disk.WHY_NOT)
def test_a_sample_of_the_faults_of_a_disk_leaves_the_old_ledger_or_the_new() -> None:
    done = ran("sweep", "--points", "1", "--operations", "issue", "passphrase", "stream")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "21 points tried, 0 lines bad" in done.stdout


def test_a_campaign_that_is_none_is_named() -> None:
    done = ran("swoop")
    assert done.returncode == 2
    assert "no campaign swoop; there are sweep" in done.stderr


@pytest.mark.parametrize(
    ("most", "step", "count", "points"),
    [(0, 1, 4, [1, 2, 3, 4]), (0, 3, 7, [1, 4, 7]), (2, 1, 9, [1, 5]), (9, 1, 2, [1, 2]), (3, 1, 0, [])],
)
def test_points_are_spread_over_all_calls(most: int, step: int, count: int, points: list[int]) -> None:
    assert Wanted(most, step).points(count) == points


def test_a_negative_control_that_finds_nothing_is_bad() -> None:
    assert Tally("control", must_fail=True).bad
    assert not Tally("control", must_fail=True).fail(1, "lost").bad
    found = Tally("kill submit").fail(3, "does not open")
    assert found.bad
    assert found.lines()[1] == "    at 3: does not open"
    assert not Tally("sweep", skipped=disk.WHY_NOT).bad
