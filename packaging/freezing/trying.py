"""The smoke test on a program that is frozen for this very machine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from freezing import smoke
from freezing.project import BuildError, ran, say


def try_out(program: Path) -> None:
    """Take every step with a frozen command line. Raises ``BuildError`` with all that went wrong."""
    say("trying the frozen program")
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        variables = {**os.environ, "JUTAKU_HOME": str(work / "home"), "QT_QPA_PLATFORM": "offscreen"}

        def run(arguments: Sequence[str]) -> tuple[int, str]:
            done = ran([program, *arguments], variables)
            return done.code, done.text

        if faults := smoke.faults(work / "見本", run):
            raise BuildError("the frozen program fails:\n" + "\n".join(faults))
