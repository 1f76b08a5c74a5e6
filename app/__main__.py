"""Entry points: ``jutaku`` (console) and ``jutaku-window`` (no console on Windows)."""

from __future__ import annotations

import sys


def console() -> int:
    """Run the command line; without a command, the window. Returns the exit code."""
    from app.cli import main
    from app.filesystem import keep_private

    keep_private()
    return main(sys.argv[1:])


def window() -> int:
    """Run the window without looking for commands, as from a desktop icon. Returns the exit code."""
    from app.cli import show_window
    from app.filesystem import keep_private

    keep_private()
    return show_window(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(console())
