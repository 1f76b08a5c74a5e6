"""Entry points: ``jutaku`` (console) and ``jutaku-window`` (no console on Windows)."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType


def console() -> int:
    """Run the command line; without a command, the window. Returns the exit code."""
    return _apart() if _asked_apart() else interruptible(_console)


def window() -> int:
    """Run the window without looking for commands, as from a desktop icon. Returns the exit code."""
    if _asked_apart():
        return _apart()
    from app.cli import show_window
    from app.filesystem import keep_private

    keep_private()
    return show_window(sys.argv[1:])


def _asked_apart() -> bool:
    """Whether the program was started by itself, to read a foreign file in a process of its own."""
    if len(sys.argv) != 2 or not sys.argv[1].startswith("--"):
        return False
    from app.exchange.sheets import READ_APART

    return sys.argv[1] == READ_APART


def _apart() -> int:
    from app.exchange.sheets.child import main

    return main()


def _console() -> int:
    from app.cli import main
    from app.filesystem import keep_private

    keep_private()
    return main(sys.argv[1:])


def interruptible(run: Callable[[], int]) -> int:
    """What ``run`` returns; an interrupt ends in one sentence and an exit code, at whatever moment it comes.

    Left to itself the interpreter shows a traceback for one that comes while it still imports, and dies by
    the signal for one that was caught within ``exec`` (every dataclass is made there) or that comes while
    it ends, when everything has been told.
    """
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, stop)
    code: int | None = None
    try:
        code = run()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        # What has run to its end has told of it, and was not interrupted.
        if code is None and sys.stderr is not None:
            sys.stderr.write("中断しました。台帳には書き込んでいません。\n")
    ended = 1 if code is None else code
    if stopped:
        _leave(ended)
    return ended


def _leave(code: int) -> None:
    """End the process with ``code``; whatever was opened has been closed on the way here."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(console())
