"""The taskbar: under which name the windows of the program stand together there."""

from __future__ import annotations

import sys

_NAME = "JutakuDaicho.Window"


def stand_as_one() -> None:
    """On Windows, keep the program from standing under Python's own icon when Python runs it.

    Where it is installed its own file says who it is, and another name would part the window from the
    shortcut that is pinned.
    """
    if sys.platform == "win32" and not hasattr(sys, "frozen"):
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(_NAME)
