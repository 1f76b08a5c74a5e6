"""``dev.py package windows|linux``: what is handed to people who have no Python."""

from __future__ import annotations

import sys

from freezing.project import BuildError

USAGE = "usage: python3 dev.py package windows|linux [OPTIONS]"


def main(arguments: list[str]) -> int:
    """Build for the machine that is named first. Returns the exit code."""
    if arguments[:1] == ["windows"]:
        from windows.build import main as build
    elif arguments[:1] == ["linux"]:
        from linux.build import main as build
    else:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return build(arguments[1:])
    except BuildError as error:
        print(f"[build] {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
