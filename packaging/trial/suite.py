"""The suite with Windows' own Python, on Qt's Windows platform, in code page 932, without UTF-8 mode."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from freezing.project import ROOT, cache, say
from windows import wheels
from windows.interpreter import Interpreter
from windows.laboratory import Laboratory

from trial.report import Row

OF_WINE = ("EnableNonClientDpiScaling", "PerMonitorVersion2", "does not support propagateSizeHints")
"""What Qt warns of under wine, which has one scale for all screens. Any other warning fails a test."""
OF_SIZES = ("QWindowsWindow::setGeometry: Unable to set geometry",)
"""What Qt warns of on Windows where a test lays a page out on more than the desktop has, or a window grows
while it is being sized. That no window of the program exceeds its screen is what tests of its own say."""
AT_START = ROOT / "packaging" / "trial" / "at_start"
BESIDE = (ROOT / "packaging" / "bench", ROOT / "packaging" / "bench" / "presses")
"""Scripts that import each other: a Python that is embedded does not look beside the one that it runs."""
SLOW = 1800
"""Seconds for a single test on a busy machine."""
_WHOLE = (0, 1)
"""Exit codes of pytest where every test was run: all passed, or some failed."""
LONGEST = 3 * 3600
"""Seconds for a room; what has not begun by then is not run, and what was run is told."""


def rooms(names: Sequence[str]) -> list[str]:
    """The folders and files of tests that are named, or all there are."""
    tests = ROOT / "tests"
    if names:
        return [f"tests/{name}" if (tests / name).exists() else name for name in names]
    folders = [path.name for path in tests.iterdir() if any(path.glob("**/test_*.py"))]
    files = [path.name for path in tests.glob("test_*.py")]
    return [f"tests/{name}" for name in sorted(folders) + sorted(files)]


def run(laboratory: Laboratory, interpreter: Interpreter, place: Path, names: Sequence[str]) -> Iterator[Row]:
    """Run the tests of each room; yields a row for each as it ends."""
    packages = wheels.development(interpreter, place)
    interpreter.see(*map(laboratory.windows_path, (packages, ROOT, *BESIDE, AT_START)))
    for room in rooms(names):
        say(f"tests with Windows' Python: {room}")
        started = time.monotonic()
        row = _room(laboratory, interpreter, room)
        row.seconds = time.monotonic() - started
        yield row


def _room(laboratory: Laboratory, interpreter: Interpreter, room: str) -> Row:
    told = cache("windows", "results") / f"{re.sub(r'[^a-z0-9_]', '-', room)}.xml"
    told.unlink(missing_ok=True)
    options = ["-q", "-p", "no:cacheprovider", "-o", f"timeout={SLOW}"]
    options += ["-o", f"session_timeout={LONGEST - SLOW}"]
    options += [
        "-o",
        "qt_log_ignore=" + "\n".join(OF_WINE + OF_SIZES),
        f"--junitxml={laboratory.windows_path(told)}",
    ]
    done = laboratory.run(
        [interpreter.program, "-m", "pytest", room, *options],
        folder=ROOT,
        each=_progress,
        seconds=LONGEST,
        # Unbuffered: an hour of tests says how far it is, and what was last when it does not end.
        variables={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"},
    )
    if not told.is_file():
        return Row(room, failed=1, notes=[f"ended with exit code {done.code}: {done.text[-2000:]}"])
    row = read(room, told)
    if done.code not in _WHOLE or "session-timeout" in done.text:
        row.failed += 1
        row.notes.append(f"not run to its end: exit code {done.code}")
    return row


def _progress(line: str) -> None:
    if line.endswith("%]"):
        say(line)


def read(room: str, told: Path) -> Row:
    """What pytest wrote of a run: counts, what failed, and how often was skipped for which reason."""
    row, why = Row(room), Counter[str]()
    for case in ET.parse(told).iter("testcase"):  # noqa: S314  # pytest has just written it here
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            row.failed += 1
            row.notes.append(f"FAILED {case.get('classname')}::{case.get('name')}")
        elif skipped is not None:
            row.skipped += 1
            why[skipped.get("message") or "no reason"] += 1
        else:
            row.passed += 1
    row.notes += [f"{count} skipped: {reason}" for reason, count in sorted(why.items())]
    return row
