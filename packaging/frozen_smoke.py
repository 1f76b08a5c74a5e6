"""The quick trial of a frozen program, as ``dev.py check`` runs it."""

from __future__ import annotations

import sys

from freezing.project import BuildError
from linux.build import check

if __name__ == "__main__":
    try:
        sys.exit(check())
    except BuildError as error:
        print(f"[build] {error}", file=sys.stderr)
        sys.exit(1)
