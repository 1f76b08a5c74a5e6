"""A sample of every campaign; the whole is ``python dev.py faults``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import disk
from tests.faults.disk import Call
from tests.faults.drive import Drive
from tests.faults.leaks import ENCODINGS, _held
from tests.faults.tally import Tally, Wanted, drawn

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
    done = ran("sweep", "--points", "1", "--operations", "passphrase", "stream")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "16 points tried, 0 lines bad" in done.stdout


@pytest.mark.skipif(not disk.possible(), reason=disk.WHY_NOT)
def test_a_sample_of_power_cuts_loses_nothing() -> None:
    done = ran("power", "--points", "8", "--operations", "stream", "passphrase")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "16 points tried, 0 lines bad" in done.stdout


@pytest.mark.skipif(not disk.possible(), reason=disk.WHY_NOT)
def test_the_harness_sees_a_loss_where_there_is_one() -> None:
    """Commits of the log that no sync follows are lost with the power, and so the tally says."""
    work = Path("/work")
    log, start = str(work / "d.jutaku-wal"), {str(work / "d.jutaku"): b"old"}
    record = [Call("c", log, "", 0, b""), Call("w", log, "", 0, b"x" * 1024)]
    synced = [*record, Call("s", log, "", 0, b""), Call("w", log, "", 4, b"later")]
    for calls, held in ((record, None), (synced, b"x" * 1024)):
        drive = Drive(dict(start), work)
        drive.run(calls)
        drive.lose("none", drawn(1))
        assert drive.files().get(log) == held
        assert drive.files()[str(work / "d.jutaku")] == b"old"


@pytest.mark.skipif(os.name == "nt", reason="faults are tried in forked processes")
def test_a_sample_of_what_is_changed_or_offered_from_outside() -> None:
    done = ran("bits", "columns", "papers", "keys", "imports", "readers", "files", "leaks", "--points", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "37 points tried, 0 lines bad" in done.stdout


def test_a_canary_is_found_in_any_encoding() -> None:
    names = ["鴉羽0000迦陵", "鴉羽0001迦陵"]
    for encoding in ENCODINGS:
        assert _held(b"..." + names[1].encode(encoding) + b"...", names) == [names[1]]
    assert _held("鴉羽9迦陵".encode(), names) == []


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
