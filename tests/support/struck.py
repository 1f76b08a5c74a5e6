"""``python -m tests.support.struck MOMENT``: a program that is interrupted at that moment.

A file of its own: only a module that is run as such dies of what was caught within ``exec``, and the Python
that is embedded on Windows looks for modules nowhere but where it was told to.
"""

from __future__ import annotations

import atexit
import signal
import sys

from app.__main__ import interruptible


def _strike() -> None:
    signal.raise_signal(signal.SIGINT)


def _importing() -> int:
    _strike()
    return 0


def _caught() -> int:
    try:
        exec("_strike()")  # noqa: S102  # what is tried
    except KeyboardInterrupt:
        print("caught")
        return 1
    return 0


def _ending() -> int:
    print("done")
    atexit.register(_strike)
    return 0


if __name__ == "__main__":
    # Whoever runs the tests may have it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(interruptible({"importing": _importing, "caught": _caught, "ending": _ending}[sys.argv[1]]))
