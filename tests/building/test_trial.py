"""The table at the end of a trial, and the workflow for who has Windows."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from freezing.project import ROOT
from trial.installed import Trial
from trial.person import Wrong
from trial.report import Row, table
from trial.starts import judged, spent
from trial.suite import _room, read, rooms

RESULT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testsuite name="pytest">
<testcase classname="tests.cli.test_a" name="test_good" time="0.1"/>
<testcase classname="tests.cli.test_a" name="test_bad"><failure message="no">…</failure></testcase>
<testcase classname="tests.cli.test_a" name="test_torn"><error message="no">…</error></testcase>
<testcase classname="tests.cli.test_a" name="test_pipe"><skipped message="no pipes in folders"/></testcase>
<testcase classname="tests.cli.test_a" name="test_pipes"><skipped message="no pipes in folders"/></testcase>
</testsuite></testsuites>
"""


def test_counts_failures_and_reasons_are_read_from_what_pytest_wrote(tmp_path: Path) -> None:
    told = tmp_path / "told.xml"
    told.write_text(RESULT, encoding="utf-8")
    row = read("tests/cli", told)
    assert (row.passed, row.failed, row.skipped) == (1, 2, 2)
    assert row.notes == [
        "FAILED tests.cli.test_a::test_bad",
        "FAILED tests.cli.test_a::test_torn",
        "2 skipped: no pipes in folders",
    ]


@dataclass
class FakeLaboratory:
    """A Windows in which pytest writes ``RESULT`` and ends with ``code``, having said ``text``."""

    code: int
    text: str

    def windows_path(self, path: Path) -> str:
        return str(path)

    def run(self, command: list[str], **_how: object) -> SimpleNamespace:
        (told,) = (one.partition("=")[2] for one in command if one.startswith("--junitxml="))
        Path(told).write_text(RESULT, encoding="utf-8")
        return SimpleNamespace(code=self.code, text=self.text)


@pytest.mark.parametrize(
    ("code", "text", "failed"),
    [(1, "2 failed", 2), (2, "interrupted", 3), (1, "!! session-timeout: 9000 sec exceeded !!", 3)],
)
def test_a_room_that_was_not_run_to_its_end_is_told_as_failed_with_what_was_run(
    code: int, text: str, failed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trial.suite.cache", lambda *_names: tmp_path)
    laboratory: Any = FakeLaboratory(code, text)
    row = _room(laboratory, SimpleNamespace(program="python.exe"), "tests/cli")  # type: ignore[arg-type]  # stands in
    assert (row.passed, row.failed) == (1, failed)
    assert (row.notes[-1] == f"not run to its end: exit code {code}") == (failed == 3)


def test_the_table_adds_up_and_says_why() -> None:
    rows = [Row("tests/cli", 10, 1, 2, 3.6, ["FAILED a::b"]), Row("台帳", 5)]
    lines = table(rows).splitlines()
    assert lines[3].split() == ["all", "15", "1", "2", "4"]
    assert lines[-1] == "tests/cli: FAILED a::b"


class Steps(Trial):
    """A trial of steps that tell something, nothing, and what is wrong."""

    def steps(self) -> dict[str, Callable[[], str | None]]:
        def wrong() -> None:
            raise Wrong("nothing came up")

        return {"measured": lambda: "0.93", "looked at": lambda: None, "torn": wrong}


def test_a_step_tells_what_it_measured_and_what_is_wrong() -> None:
    nobody: Any = None
    rows = list(Steps(nobody, Path(), Path(), Path()).run())
    assert [(row.passed, row.failed, row.notes) for row in rows] == [
        (1, 0, ["0.93"]),
        (1, 0, []),
        (0, 1, ["FAILED nothing came up"]),
    ]


def test_a_start_may_not_take_much_longer_than_from_the_sources() -> None:
    assert judged(0.93, 1.0) == "frozen 0.93 s, from source 1.00 s of processor time: 0.93"
    assert judged(1.5, 1.0).endswith(": 1.50")
    with pytest.raises(Wrong, match=r"1\.51, which is above 1\.5"):
        judged(1.51, 1.0)


@pytest.mark.skipif(sys.platform == "win32", reason="the trial itself is started on Debian")
def test_what_a_process_has_taken_is_read_while_it_runs() -> None:
    before, told = spent(os.getpid()), time.process_time()
    while time.process_time() < told + 0.1:
        sum(range(10_000))
    assert 0.05 <= spent(os.getpid()) - before < 1.0


def test_rooms_are_all_of_the_suites_or_those_that_are_named() -> None:
    assert {"tests/cli", "tests/ui", "tests/test_filesystem.py"} <= set(rooms([]))
    assert rooms(["cli", "tests/ui/test_shell.py"]) == ["tests/cli", "tests/ui/test_shell.py"]


def test_the_workflow_takes_only_pinned_actions_and_no_secrets() -> None:
    text = (ROOT / ".github" / "workflows" / "windows.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in used)
    assert "secrets" not in text.partition("permissions:")[2]
