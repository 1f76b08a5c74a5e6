"""An interrupt ends in one sentence and an exit code, at whatever moment it comes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

STOPPED = "中断しました。台帳には書き込んでいません。\n"
_BEGIN = """
import atexit, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may have it ignored
from app.__main__ import interruptible
def strike(): signal.raise_signal(signal.SIGINT)
"""
_IMPORTING = """
def run(): strike(); return 0
sys.exit(interruptible(run))
"""
_CAUGHT = """
def run():
    try:
        exec("strike()")
    except KeyboardInterrupt:
        print("caught")
        return 1
sys.exit(interruptible(run))
"""
_ENDING = """
def run(): print("done"); return 0
atexit.register(strike)
sys.exit(interruptible(run))
"""


@pytest.mark.parametrize(
    ("script", "code", "out", "err"),
    [
        pytest.param(_IMPORTING, 1, "", STOPPED, id="while it imports"),
        pytest.param(_CAUGHT, 1, "caught\n", "", id="within exec"),
        pytest.param(_ENDING, 0, "done\n", "", id="while it ends"),
    ],
)
def test_an_interrupt_is_told_and_nobody_dies_of_it(
    tmp_path: Path, script: str, code: int, out: str, err: str
) -> None:
    # Only a module that is run as such dies of what was caught within ``exec``.
    (tmp_path / "struck.py").write_text(_BEGIN + script, "utf-8")
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "struck"],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (code, out, err)
