"""The quick trial of a frozen program, as ``dev.py check`` runs it, or of one that is installed.

``frozen_smoke.py [PROGRAM]``: ``PROGRAM`` is a command line that is frozen already.
"""

from __future__ import annotations

import sys
from pathlib import Path

from freezing.project import BuildError
from freezing.trying import try_out


def main(arguments: list[str]) -> int:
    """Try, and say what is wrong. Returns the exit code."""
    try:
        if arguments:
            try_out(Path(arguments[0]))
            return 0
        from linux.build import check

        return check()
    except BuildError as error:
        print(f"[build] {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
