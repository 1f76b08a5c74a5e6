"""A sample of every campaign; the whole is ``python dev.py faults``."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.common import PeopleError
from tests.faults import disk, offline
from tests.faults.apart import Standing, apart
from tests.faults.batches import in_batches
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
def test_a_ledger_whose_program_died_in_a_long_write_opens_in_time() -> None:
    done = ran("late", "--points", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "late: points tried 2, failures 0 (seed 5" in done.stdout


@pytest.mark.skipif(not offline.possible(), reason="it needs a filter of system calls")
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_socket_to_elsewhere_ends_its_process(family: int) -> None:
    def reach_out() -> None:
        offline.keep()
        socket.socket(family, socket.SOCK_DGRAM).close()

    told = apart(reach_out)
    assert (told.how, told.what) == ("killed", offline.KILLED)


@pytest.mark.skipif(os.name == "nt", reason="faults are tried in forked processes")
def test_a_process_that_died_of_one_question_answers_the_next() -> None:
    def answered(question: int) -> int:
        if question == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return question * 10

    standing = Standing(answered)
    told = [standing.ask(question) for question in (1, 2, 3)]
    standing.end()
    assert [(one.how, one.value) for one in told] == [("done", 10), ("killed", None), ("done", 30)]


@pytest.mark.skipif(os.name == "nt", reason="faults are tried in forked processes")
def test_one_try_of_a_batch_costs_only_itself() -> None:
    """One dies, one takes too much memory, one is a bug: each is told by its number."""
    tally = in_batches(Tally("bench"), range(1, 8), _bench)
    assert tally.tried == 7
    assert [failure.partition(":")[0] for failure in tally.failures] == ["at 3", "at 5", "at 6"]
    assert "MemoryError" in tally.failures[1]


class _Bench:
    def try_one(self, number: int) -> None:
        match number:
            case 3:
                os.kill(os.getpid(), signal.SIGKILL)
            case 4:
                raise PeopleError("壊れています。")
            case 5:
                bytearray(1 << 30)
            case 6:
                raise ValueError("a bug")

    def end(self) -> None:
        """Nothing shows later."""


@contextmanager
def _bench() -> Iterator[_Bench]:
    yield _Bench()


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
    assert "53 points tried, 0 lines bad" in done.stdout


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
