"""``dev.py test windows``: the suite with Windows' Python, then the installer and what it installs."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from freezing.project import DIST, NAME, BuildError, cache, version
from trial import suite
from trial.installed import Trial
from trial.person import Person
from trial.report import Row, table
from windows.build import Kit, hand_out, kit
from windows.laboratory import laboratory

PERSON = "能登 ソノ"
"""A name with a space, and with two characters that end in a backslash in code page 932."""


def main(arguments: list[str]) -> int:
    """Run what is asked for and print the table. Returns the exit code."""
    wanted = _parser().parse_args(arguments)
    rows: list[Row] = []
    try:
        held_kit = kit()
        for row in _rows(wanted, held_kit):
            rows.append(row)
            print(table([row]), flush=True)
    except BuildError as error:
        print(f"[build] {error}", file=sys.stderr)
        return 1
    finally:
        print(table(rows), flush=True)
    return 1 if any(row.failed for row in rows) else 0


def _rows(wanted: argparse.Namespace, held_kit: Kit) -> Iterator[Row]:
    if not wanted.only_installed:
        with laboratory(held_kit.prefix) as held:
            yield from suite.run(held, held_kit.interpreter, cache("windows"), wanted.rooms)
    if not wanted.only_suite:
        setup, portable = _products(wanted, held_kit)
        # A Windows of its own, in which nothing of an earlier trial is left.
        prefix = cache("windows") / "trial"
        shutil.rmtree(prefix, ignore_errors=True)
        with laboratory(prefix, PERSON) as held:
            person = Person(held, held_kit.interpreter, wanted.pictures)
            yield from Trial(person, setup, portable, held_kit.runtime).run()


def _products(wanted: argparse.Namespace, held_kit: Kit) -> tuple[Path, Path]:
    """Installer and ZIP: those of ``dist`` where that is asked for, else of a build of this very checkout."""
    stem = f"{NAME}-{version()}-windows-x64"
    if wanted.built:
        found = DIST / f"{stem}-setup.exe", DIST / f"{stem}-portable.zip"
        if not all(path.is_file() for path in found):
            raise BuildError(f"{DIST} holds no build: python3 dev.py package windows")
        return found
    with laboratory(held_kit.prefix) as held:
        made = hand_out(held_kit.bundle(held, "frozen"), cache("windows", "tried"), None, quick=True)
    return made.installer, made.portable


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py test windows", description=__doc__)
    parser.add_argument(
        "rooms", nargs="*", metavar="ROOM", help="folders or files of tests/; all without one"
    )
    parser.add_argument("--only-suite", action="store_true", help="not the installer")
    parser.add_argument("--only-installed", action="store_true", help="not the suite")
    parser.add_argument("--built", action="store_true", help="take the installer that lies in dist/")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="keep pictures of the screen there")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
