"""What the window holds in memory over a big ledger, against a bare main window.

The program is started as it is, in a process of its own, with the key at hand. It is looked at when nothing
is left to do: today's duties stand, the check at every start has run, the backup of the day is made and
proven; and again with the list of all events open. RSS counts what is in memory, PSS what is shared with
other processes by its share alone, and the peak is the most that RSS ever was.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from big_file import copy, kept

_TELLS = Path("/proc/self/smaps_rollup")
_NAMES = {"bare": "bare QMainWindow", "idle": "idle after the start", "listed": "with the list of events"}


def main(arguments: list[str]) -> int:
    """Measure and print a table. Returns the exit code."""
    parser = argparse.ArgumentParser(description="memory of the window over a big ledger")
    parser.add_argument("--contracts", type=int, default=100, help="of 1,000 events each (default: 100)")
    parser.add_argument("--child", choices=("bare", "program"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if not _TELLS.exists():
        print("memory: not told by this system")
        return 0
    if wanted.child == "bare":
        return _bare()
    if wanted.child == "program":
        return _program(wanted.folder)
    held = kept(wanted.contracts)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        copy(held, folder)
        (folder / "key.hex").write_text(held.key.hex(), encoding="ascii")
        print(f"{'MB':<28}{'RSS':>8}{'PSS':>8}{'peak':>8}")
        for child in ("bare", "program"):
            _start(child, folder)
    return 0


def _start(child: str, folder: Path) -> None:
    command = [sys.executable, __file__, "--child", child, "--folder", str(folder)]
    variables = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "JUTAKU_HOME": str(folder / "home")}
    subprocess.run(command, env=variables, check=True, timeout=600)  # noqa: S603  # this very script


def _tell(name: str) -> None:
    gc.collect()
    told = {}
    for place in (_TELLS, Path("/proc/self/status")):
        for line in place.read_text(encoding="ascii", errors="replace").splitlines():
            words = line.split()
            told[words[0]] = int(words[1]) / 1024 if len(words) > 1 and words[1].isdigit() else 0.0
    print(f"{_NAMES[name]:<28}{told['Rss:']:>8.0f}{told['Pss:']:>8.0f}{told['VmHWM:']:>8.0f}", flush=True)


def _bare() -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("bare"))
    window.resize(1180, 760)
    window.show()

    def seen() -> None:
        _tell("bare")
        app.exit(0)

    QTimer.singleShot(200, seen)
    return app.exec()


def _program(folder: Path) -> int:
    from PySide6.QtWidgets import QApplication

    from app.start import Product

    product, key = Product(), bytes.fromhex((folder / "key.hex").read_text(encoding="ascii"))
    path = folder / "big.jutaku"

    from app.ui.context import Program
    from app.ui.shell import app as ui
    from app.ui.targets import ShowList

    class Probed(ui.Desk):
        def show(self, ledger: Any) -> None:
            super().show(ledger)
            _when_idle(self, lambda: self.operations.busy, self._idle)

        def _idle(self) -> None:
            _tell("idle")
            window: Any = self.window
            window.open(ShowList("event"))
            _when_idle(self, lambda: self.operations.busy, self._listed)

        def _listed(self) -> None:
            _tell("listed")
            QApplication.exit(0)

    setattr(ui, "Desk", Probed)  # noqa: B010  # a plain assignment would be one of types to mypy
    return ui.run(Program(product), path, lambda: product.open(path, key))


def _when_idle(owner: Any, busy: Callable[[], bool], then: Callable[[], object]) -> None:
    """Go on with ``then`` once nothing was left to do for some turns: one answer may ask for more."""
    from PySide6.QtCore import QTimer

    quiet = 0

    def look() -> None:
        nonlocal quiet
        quiet = 0 if busy() else quiet + 1
        if quiet > _REST:
            timer.stop()
            QTimer.singleShot(0, owner, then)

    timer = QTimer(owner)
    timer.timeout.connect(look)
    timer.start(20)


_REST = 50
"""Turns without work, of 20 ms, after which the window counts as idle."""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
