"""One start of the program, or of a bare main window, told stage by stage; ``bench_start`` runs it.

It loads nothing that the program would not load, and begins the program as its icon does. What it has to see
is put in at the moment the program itself loads the module in question.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from PySide6.QtWidgets import QMainWindow, QWidget

BEGAN = "BENCH_BEGAN"
_SETTLED = 400
"""Milliseconds after everything was loaded ahead, before Enter: nobody types a passphrase faster."""


class _Watch:
    """What was used since the process began, or since ``here``, but for what is taken off."""

    def __init__(self, cpu: float = 0.0, clock: float | None = None) -> None:
        self._cpu = cpu
        self._clock = float(os.environ[BEGAN]) if clock is None else clock

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


class _Loaded:
    """Calls ``then(module)`` once a module has been loaded."""

    def __init__(self, name: str, then: Callable[[Any], None]) -> None:
        self._name, self._then = name, then
        sys.meta_path.insert(0, self)

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> Any:
        if name != self._name:
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec = find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        run = spec.loader.exec_module

        def load(module: ModuleType) -> None:
            run(module)
            self._then(module)

        setattr(spec.loader, "exec_module", load)  # noqa: B010  # a plain assignment is one of types to mypy
        return spec


def bare() -> int:
    """A main window with one word in it."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("bare"))
    window.resize(1180, 760)
    window.show()
    _when_painted(window, lambda: _end(_Watch(), "bare"))
    return app.exec()


def program(arguments: list[str], passphrase: str) -> int:
    """The program as its icon starts it. ``passphrase``: what is typed; empty if it does not ask."""
    watch = [_Watch()]

    def probed(ui: Any) -> None:
        class Probed(ui.Desk):  # type: ignore[misc]  # it is known only once the program has loaded it
            def begin(self, path: Any) -> None:
                super().begin(path)
                _when_painted(self.start, self._asked)

            def _asked(self) -> None:
                watch[0].tell("asked")
                _when_idle(self, self.operations, self._type)

            def _type(self) -> None:
                self.start.unlock.passphrase.edit.setText(passphrase)
                watch[0] = _Watch.here()
                self.start.unlock.open()

            def open(self, *given: Any) -> None:
                super().open(*given)
                _when_painted(self.window, lambda: watch[0].tell("painted"))
                self.window.context.opened.connect(lambda: self._watch_page("filled"))

            def show(self, ledger: Any) -> None:
                super().show(ledger)
                _when_painted(self.window, lambda: watch[0].tell("entered" if passphrase else "painted"))
                self._watch_page("entered-filled" if passphrase else "filled")

            def _watch_page(self, name: str) -> None:
                from app.ui.reckoning.as_of import AsOf

                ready = AsOf.of(self.window.context).ready
                ready.connect(lambda _made: _seen(self, lambda: watch[0].tell(name)))

        ui.Desk = Probed

    def listed() -> None:
        _end(watch[0], "entered-listed" if passphrase else "listed")

    _Loaded("app.ui.today.task_view", lambda view: _after_rows(view, listed))
    _Loaded("app.ui.shell.app", probed)
    _Loaded("app.ledger.access.opening", lambda opening: _without_argon2(opening, watch))
    sys.argv = ["jutaku-window", *arguments]
    from app.__main__ import window

    return window()


def _without_argon2(opening: Any, watch: list[_Watch]) -> None:
    """Take off the watch what it costs, on purpose, to derive a key."""
    unlock = opening.unlock

    def unlock_aside(path: Any, typed: str) -> Any:
        spent = _Watch.here()
        key = unlock(path, typed)
        watch[0].take_off(spent)
        return key

    opening.unlock = unlock_aside


def _after_rows(view: Any, then: Callable[[], object]) -> None:
    """Go on with ``then`` once the rows of きょう are painted."""
    show = view.TasksView._listed

    def listed(self: Any, found: Any) -> None:
        show(self, found)
        _seen(self, then)

    view.TasksView._listed = listed


def _seen(owner: Any, then: Callable[[], object]) -> None:
    """Go on with ``then`` once what was just put on the screen is painted."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, owner, then)


def _end(watch: _Watch, name: str) -> None:
    watch.tell(name)
    # Not quit(): that would close the window, which makes a backup first.
    os._exit(0)


def _when_painted(window: QWidget | QMainWindow, then: Callable[[], object]) -> None:
    """Go on with ``then`` after the first exposed paint of a window that is shown, once it is flushed."""
    from PySide6.QtCore import QEvent, QObject

    class Probe(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Expose:
                watched.removeEventFilter(self)
                # Not yet: the window is painted while it takes this very event.
                _seen(self, then)
            return False

    window.windowHandle().installEventFilter(Probe(window))


def _when_idle(owner: Any, operations: Any, then: Callable[[], object]) -> None:
    """Go on with ``then`` some time after the worker has brought everything that was asked of it."""
    from PySide6.QtCore import QTimer

    def look() -> None:
        if not operations.busy:
            timer.stop()
            QTimer.singleShot(_SETTLED, owner, then)

    timer = QTimer(owner)
    timer.timeout.connect(look)
    timer.start(20)


if __name__ == "__main__":
    kind, *rest = sys.argv[1:]
    sys.exit(bare() if kind == "bare" else program(rest[1:], rest[0]))
