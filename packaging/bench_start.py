"""From starting the process to what a person can use: the program against a bare main window.

All are started in turn in the same run, so that whatever else the machine does weighs on all of them. They
run from compiled bytecode, as installed programs do, even where the caller's environment forbids writing it.
"Painted" is the first exposed paint, flushed to the window system; "filled" is when today's duties stand.

*By passphrase* is what a person meets: the window that asks for it, and, once it was typed and Enter pressed,
the main window. What Argon2 costs on purpose is measured within and taken off. *With key* opens the ledger
without asking, as with a file that holds the passphrase. The milliseconds are processor time, of all threads
and from the start of the process; those of the clock stand beside them.
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
_TOLD: dict[str, str] = {
    "bare": "bare QMainWindow",
    "asked": "start -> passphrase asked",
    "entered": "Enter -> painted, no Argon2",
    "entered-filled": "Enter -> filled, no Argon2",
    "painted": "start with key -> painted",
    "filled": "start with key -> filled",
}
_CHILDREN = ("bare", "passphrase", "key")
Taken = tuple[float, float]
"""Milliseconds of processor time and of the clock."""


def main(arguments: list[str]) -> int:
    """Measure and print a small table. Returns the exit code."""
    parser = argparse.ArgumentParser(description="first usable paint: the program against a bare main window")
    parser.add_argument("-n", type=int, default=9, metavar="TIMES", help="starts of each (default: 9)")
    parser.add_argument("--child", choices=_CHILDREN, help=argparse.SUPPRESS)
    parser.add_argument("--ledger", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.child == "bare":
        return _bare()
    if wanted.child is not None:
        return _program(wanted.ledger, asking=wanted.child == "passphrase")
    with tempfile.TemporaryDirectory() as folder:
        _report(_measure(_sample(Path(folder)), max(1, wanted.n)))
    return 0


def _measure(ledger: Path, times: int) -> dict[str, list[Taken]]:
    found: dict[str, list[Taken]] = {name: [] for name in _TOLD}
    for number in range(times + 1):
        for child in _CHILDREN:
            for name, taken in _start(child, ledger).items():
                # The first start of each only warms the file cache and compiles.
                if number:
                    found[name].append(taken)
    return found


def _report(found: dict[str, list[Taken]]) -> None:
    bare = [cpu for cpu, _clock in found["bare"]]
    print(f"{'':<30}{'cpu min':>9}{'median':>9}{'ratio of min':>14}{'of median':>11}{'clock min':>11}")
    for name, label in _TOLD.items():
        cpu, clock = ([taken[place] for taken in found[name]] for place in (0, 1))
        least, middle = min(cpu), statistics.median(cpu)
        print(
            f"{label:<30}{least:>9.0f}{middle:>9.0f}"
            f"{least / min(bare):>14.2f}{middle / statistics.median(bare):>11.2f}{min(clock):>11.0f}"
        )
    print(f"{len(bare)} starts of each, in turn; platform {os.environ.get('QT_QPA_PLATFORM', 'default')}")


def _start(child: str, ledger: Path) -> dict[str, Taken]:
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
    told = (line.split() for line in done.stdout.decode("ascii").splitlines())
    return {name: (float(cpu), float(clock)) for name, cpu, clock in told}


def _sample(folder: Path) -> Path:
    from datetime import datetime

    from app.exchange.demo import make_demo
    from app.ledger.access.opening import unlock
    from app.start import Product

    print("making the sample ledger", file=sys.stderr)
    made = make_demo(Product(), folder, datetime.now().astimezone().date())
    passphrase = made.passphrase_file.read_text(encoding="utf-8").strip()
    (folder / "passphrase").write_text(passphrase, encoding="utf-8")
    (folder / "key.hex").write_text(unlock(made.path, passphrase).hex(), encoding="ascii")
    return made.path


class _Watch:
    """What was used since a moment, but for what is taken off."""

    def __init__(self, cpu: float = 0.0, clock: float | None = None) -> None:
        self._cpu = cpu
        self._clock = float(os.environ[_STARTED]) if clock is None else clock

    @classmethod
    def here(cls) -> _Watch:
        return cls(time.process_time(), time.monotonic())

    def take_off(self, spent: _Watch) -> None:
        self._cpu += time.process_time() - spent._cpu
        self._clock += time.monotonic() - spent._clock

    def tell(self, name: str) -> None:
        cpu, clock = time.process_time() - self._cpu, time.monotonic() - self._clock
        sys.stdout.write(f"{name} {cpu * 1000:.1f} {clock * 1000:.1f}\n")
        sys.stdout.flush()


def _end(watch: _Watch, name: str) -> None:
    from PySide6.QtWidgets import QApplication

    watch.tell(name)
    # Not quit(): that would close the window, which makes a backup first.
    QApplication.exit(0)


def _bare() -> int:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    page = QLabel("bare")
    window.setCentralWidget(page)
    window.resize(1180, 760)
    _when_painted(window, page, lambda: _end(_Watch(), "bare"))
    window.show()
    return app.exec()


def _program(ledger: Path, *, asking: bool) -> int:
    """The program as it is, but for the desk that tells what stands. Imports come as ``app.cli`` has them."""
    from app.start import Product

    product, opened = Product(), None
    if not asking:
        key = bytes.fromhex((ledger.parent / "key.hex").read_text(encoding="ascii"))
        opened = product.open(ledger, key)

    from app.ui.context import Program
    from app.ui.shell import app as ui

    class Probed(ui.Desk):
        watch = _Watch()

        def begin(self, path: Path | None) -> None:
            super().begin(path)
            start: Any = self.start
            _when_painted(start, start.unlock, self._asked)

        def _asked(self) -> None:
            self.watch.tell("asked")
            _when_idle(self, self.operations, self._type)

        def _type(self) -> None:
            start: Any = self.start
            start.unlock.passphrase.edit.setText((ledger.parent / "passphrase").read_text(encoding="utf-8"))
            self.watch = _unlocking()
            start.unlock.open()

        def show(self, ledger: Any) -> None:
            super().show(ledger)
            window: Any = self.window
            painted, filled = ("entered", "entered-filled") if asking else ("painted", "filled")

            def seen() -> None:
                self.watch.tell(painted)
                _when_idle(self, self.operations, lambda: _end(self.watch, filled))

            _when_painted(window, window.page, seen)

    setattr(ui, "Desk", Probed)  # noqa: B010  # a plain assignment would be one of types to mypy
    return ui.run(Program(product), path=ledger if asking else None, ledger=opened)


def _unlocking() -> _Watch:
    """A watch from now on that leaves out what it takes to make the key from the passphrase."""
    from app.ledger.access import opening

    watch, unlock = _Watch.here(), opening.unlock

    def timed(path: Path, passphrase: str) -> bytes:
        spent = _Watch.here()
        key = unlock(path, passphrase)
        watch.take_off(spent)
        return key

    setattr(opening, "unlock", timed)  # noqa: B010  # as above
    return watch


def _when_painted(window: QWidget, page: QWidget, then: Callable[[], object]) -> None:
    """Go on with ``then`` after the first exposed paint of ``page``, once it is flushed."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Probe(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and window.windowHandle().isExposed():
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, then)
            return False

    page.installEventFilter(Probe(window))


def _when_idle(owner: Any, operations: Any, then: Callable[[], object]) -> None:
    """Go on with ``then`` once the worker has brought everything that was asked of it."""
    from PySide6.QtCore import QTimer

    def look() -> None:
        if operations.busy:
            return
        timer.stop()
        QTimer.singleShot(0, owner, then)

    timer = QTimer(owner)
    timer.timeout.connect(look)
    timer.start(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
