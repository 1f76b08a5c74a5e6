"""The table at the end of a trial, and the workflow for who has Windows."""

from __future__ import annotations

import re
from pathlib import Path

from freezing.project import ROOT
from trial.report import Row, table
from trial.suite import read, rooms

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


def test_the_table_adds_up_and_says_why() -> None:
    rows = [Row("tests/cli", 10, 1, 2, 3.6, ["FAILED a::b"]), Row("台帳", 5)]
    lines = table(rows).splitlines()
    assert lines[3].split() == ["all", "15", "1", "2", "4"]
    assert lines[-1] == "tests/cli: FAILED a::b"


def test_rooms_are_all_of_the_suites_or_those_that_are_named() -> None:
    assert {"tests/cli", "tests/ui", "tests/test_filesystem.py"} <= set(rooms([]))
    assert rooms(["cli", "tests/ui/test_shell.py"]) == ["tests/cli", "tests/ui/test_shell.py"]


def test_the_workflow_takes_only_pinned_actions_and_no_secrets() -> None:
    text = (ROOT / ".github" / "workflows" / "windows.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in used)
    assert "secrets" not in text.partition("permissions:")[2]
