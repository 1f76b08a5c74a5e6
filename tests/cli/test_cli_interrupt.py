"""An interrupt ends in one sentence and an exit code, at whatever moment it comes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

STOPPED = "中断しました。台帳には書き込んでいません。\n"


@pytest.mark.parametrize(
    ("moment", "code", "out", "err"),
    [
        pytest.param("importing", 1, "", STOPPED, id="while it imports"),
        pytest.param("caught", 1, "caught\n", "", id="within exec"),
        pytest.param("ending", 0, "done\n", "", id="while it ends"),
    ],
)
def test_an_interrupt_is_told_and_nobody_dies_of_it(moment: str, code: int, out: str, err: str) -> None:
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.support.struck", moment],
        capture_output=True,
        encoding="utf-8",
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (code, out, err)
