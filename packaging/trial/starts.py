"""What the frozen program takes until its window stands, against its own sources under Windows' Python."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from freezing.project import ROOT

from trial.person import DESK, WINDOW, Person, Wrong, expect

TIMES = 3
"""Starts of each that count, in turn: whatever else the machine does weighs on both."""
MOST = 1.5
"""The frozen program's processor time ÷ that of the sources; above it freezing has made the start slow.

On a free machine it is 0.9; on a busy one the window is seen late, and what was taken until then spreads.
"""
_RUN = "import sys; from app.__main__ import window; sys.exit(window())"
LOOKING = "looking"
"""What ``desk.py await`` says once it looks."""
_NAME = "受託台帳"
"""What stands in the title of the window."""
_USER, _SYSTEM = 11, 12
"""Where processor time stands in ``/proc/…/stat``, counted from what follows the program's name."""


@dataclass(frozen=True)
class Starts:
    """The window on the sample ledger in ``papers``, started as it is installed and from the sources.

    ``packages``: the folder of what the program needs when it runs.
    """

    person: Person
    papers: PureWindowsPath
    packages: Path

    def compare(self) -> str:
        """Start both in turn. Returns what they took; raises ``Wrong`` where the frozen one took too much."""
        held = self.person.laboratory
        self.person.interpreter.see(held.windows_path(self.packages), held.windows_path(ROOT))
        bytecode = {"PYTHONPYCACHEPREFIX": str(self.person.home / "bytecode")}
        frozen, sources = [], []
        for number in range(TIMES + 1):
            first = self._start([str(self.person.installed / WINDOW)], {})
            second = self._start([str(self.person.interpreter.program), "-c", _RUN], bytecode)
            # The first of each fills the cache of files, and compiles.
            if number:
                frozen.append(first)
                sources.append(second)
        return judged(min(frozen), min(sources))

    def _start(self, command: Sequence[str], variables: Mapping[str, str]) -> float:
        """Seconds of processor time that a start took when its window came up."""
        held = self.person.laboratory
        # Settings of its own: a start that is ended with the window up leaves its lock behind.
        home = self.person.home / "start"
        ledger, passphrase = self.papers / "demo.jutaku", self.papers / "passphrase.txt"
        opened = ["--ledger", str(ledger), "--passphrase-file", str(passphrase)]
        running: list[subprocess.Popen[bytes]] = []
        took: list[float] = []

        def each(line: str) -> None:
            if line == LOOKING:
                given = {**variables, "JUTAKU_HOME": str(home)}
                running.append(held.start([*command, *opened], variables=given))
            elif line == "true":
                took.append(spent(running[0].pid))

        try:
            script = held.windows_path(DESK)
            done = held.run([self.person.interpreter.program, script, "await", _NAME], each=each)
        finally:
            for process in running:
                process.kill()
                process.wait()
            shutil.rmtree(self.person.here(home), ignore_errors=True)
        if not took:
            raise Wrong(f"{command[0]} shows no window:\n{done.text}")
        return took[0]


def judged(frozen: float, sources: float) -> str:
    """What two starts took, in seconds, and their ratio. Raises ``Wrong`` where that is above ``MOST``."""
    ratio = frozen / sources
    said = f"frozen {frozen:.2f} s, from source {sources:.2f} s of processor time: {ratio:.2f}"
    expect(ratio <= MOST, f"{said}, which is above {MOST}")
    return said


def spent(process: int) -> float:
    """Seconds of processor time that a process of this machine has taken so far, in all its threads."""
    # The name may hold blanks and brackets.
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / os.sysconf("SC_CLK_TCK")
