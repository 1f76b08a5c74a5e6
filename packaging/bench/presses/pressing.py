"""One job given to one press in a process of its own: what it took, told on the standard output as JSON.

A job is plain data, so that a press needs nothing of the program: sheets, each with its blocks, which are
texts and tables with their columns and rows. Reading it, and loading the press itself, is not counted;
loading fonts is.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

Job: TypeAlias = dict[str, Any]
"""``sheets``: each with ``landscape`` and ``blocks``. ``fonts``: files of the body and of heads.

A block has ``text``, ``size``, ``bold`` and ``align``; a table has ``size``, ``columns`` (title and share of
the width) and ``rows`` of cells.
"""
MARGINS = (18, 20, 26, 22)
MARGINS_WIDE = (16, 10, 18, 25.5)
"""Millimetres at the top, right, bottom and left, as the program's own paper has them."""
LEADING = 1.65
CELL_LEADING, CELL_SIDE, CELL_END = 1.35, 3.2, 3.2
"""Lines and the blank around a cell's text as in the program's own tables: points, and parts of the size."""


def margins(sheet: Job) -> tuple[float, float, float, float]:
    """The margins of a sheet in millimetres: top, right, bottom, left."""
    return MARGINS_WIDE if sheet["landscape"] else MARGINS


def press(printed: Callable[[Job], bytes]) -> None:
    """Let ``printed`` do the job that the command line names, as often as it says; keep the last file."""
    place, times = Path(sys.argv[1]), int(sys.argv[2])
    job = json.loads(place.read_text(encoding="utf-8"))
    seconds, made = [], b""
    for _ in range(times):
        began = time.process_time()
        made = printed(job)
        seconds.append(time.process_time() - began)
    Path(sys.argv[3]).write_bytes(made)
    tell({"print": seconds})


def tell(seconds: dict[str, list[float]]) -> None:
    """Say what each part took, the first time and again, and the most memory ever held, in bytes."""
    json.dump({"seconds": seconds, "peak": _peak()}, sys.stdout)


def _peak() -> int | None:
    """What Linux notes of this process alone: what ``resource`` says begins with whoever started it."""
    if sys.platform != "linux":
        return None
    (told,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(told) * 1024
