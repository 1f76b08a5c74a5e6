"""From starting the process to the first usable paint: the program against a bare main window.

Both are started alternately in the same run, so that whatever else the machine does weighs on both. The
program opens a sample ledger with its key at hand (as from the operating system's keyring), so that the
half second which a passphrase costs on purpose is not counted. Both run from compiled bytecode, as
installed programs do, even where the caller's environment forbids writing it. "Painted" is the first
exposed paint of the page, flushed to the window system; "filled" is when today's duties stand on it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_STARTED = "BENCH_STARTED"


def main(arguments: list[str]) -> int:
    """Measure and print a small table. Returns the exit code."""
    parser = argparse.ArgumentParser(description="first usable paint: the program against a bare main window")
    parser.add_argument("-n", type=int, default=9, metavar="TIMES", help="starts of each (default: 9)")
    parser.add_argument("--child", choices=("bare", "program"), help=argparse.SUPPRESS)
    parser.add_argument("--ledger", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.child == "bare":
        return _bare()
    if wanted.child == "program":
        return _program(wanted.ledger)
    with tempfile.TemporaryDirectory() as folder:
        ledger = _sample(Path(folder))
        _report(_measure(ledger, max(1, wanted.n)))
    return 0


def _measure(ledger: Path, times: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {"bare": [], "painted": [], "filled": []}
    for _ in range(times + 1):
        found["bare"].append(_start("bare", ledger)["painted"])
        for name, taken in _start("program", ledger).items():
            found[name].append(taken)
    # The first start of each only warms the file cache and compiles.
    return {name: taken[1:] for name, taken in found.items()}


def _report(found: dict[str, list[float]]) -> None:
    names = {"bare": "bare QMainWindow", "painted": "program, painted", "filled": "program, filled"}
    bare = found["bare"]
    print(f"{'milliseconds':<20}{'min':>8}{'median':>8}{'ratio of min':>14}{'of median':>11}")
    for name, label in names.items():
        taken = found[name]
        least, middle = min(taken), statistics.median(taken)
        print(
            f"{label:<20}{least:>8.0f}{middle:>8.0f}"
            f"{least / min(bare):>14.2f}{middle / statistics.median(bare):>11.2f}"
        )
    print(f"{len(bare)} starts of each, alternated; platform {os.environ.get('QT_QPA_PLATFORM', 'default')}")


def _start(child: str, ledger: Path) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__)), "--child", child, "--ledger", str(ledger)]
    variables = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(ledger.parent / "bytecode"),
        "JUTAKU_HOME": str(ledger.parent / "home"),
        _STARTED: str(time.monotonic()),
    }
    done = subprocess.run(command, env=variables, capture_output=True, timeout=60)  # noqa: S603  # this very script
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    pairs = (line.split() for line in done.stdout.decode("ascii").splitlines())
    return {name: float(taken) for name, taken in pairs}


def _sample(folder: Path) -> Path:
    from datetime import datetime

    from app.exchange.demo import make_demo
    from app.ledger.access.opening import unlock
    from app.start import Product

    print("making the sample ledger", file=sys.stderr)
    made = make_demo(Product(), folder, datetime.now().astimezone().date())
    passphrase = made.passphrase_file.read_text(encoding="utf-8").strip()
    (folder / "key.hex").write_text(unlock(made.path, passphrase).hex(), encoding="ascii")
    return made.path


def _told(name: str) -> None:
    taken = (time.monotonic() - float(os.environ[_STARTED])) * 1000
    sys.stdout.write(f"{name} {taken:.1f}\n")
    sys.stdout.flush()


def _bare() -> int:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    page = QLabel("bare")
    window.setCentralWidget(page)
    window.resize(1180, 760)
    _when_painted(window, page, lambda: app.exit(0))
    window.show()
    return app.exec()


def _program(ledger: Path) -> int:
    from app.start import Product

    # As app.cli.window does it: first the ledger, then everything Qt.
    key = bytes.fromhex((ledger.parent / "key.hex").read_text(encoding="ascii"))
    product = Product()
    opened = product.open(ledger, key)

    from app.ui.context import Program
    from app.ui.shell import app as ui
    from app.ui.shell.window import MainWindow

    class Probed(MainWindow):
        def __init__(self, context: Any) -> None:
            super().__init__(context)
            _when_painted(self, self.page, lambda: _when_idle(self, context.operations))

    # The program as it is, but for the one window that tells when it stands.
    setattr(ui, "MainWindow", Probed)  # noqa: B010  # a plain assignment would be one of types to mypy
    return ui.run(Program(product), ledger=opened)


def _when_painted(window: QWidget, page: QWidget, then: Callable[[], object]) -> None:
    """Tell the first exposed paint of ``page`` once it is flushed, then go on with ``then``."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Probe(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and window.windowHandle().isExposed():
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, told)
            return False

    def told() -> None:
        _told("painted")
        then()

    page.installEventFilter(Probe(window))


def _when_idle(window: QWidget, operations: Any) -> None:
    """Tell when the worker has brought everything that the first page shows, then end the program."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    def look() -> None:
        if operations.busy:
            return
        timer.stop()
        QTimer.singleShot(0, window, told)

    def told() -> None:
        _told("filled")
        QApplication.exit(0)  # not quit(): that would close the window, which makes a backup first

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
