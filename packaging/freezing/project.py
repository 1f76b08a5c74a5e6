"""What the builds know of this project: where it lies, its version, its day, and where downloads are kept."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DIST = ROOT / "dist"
NAME = "jutaku-daicho"


class BuildError(Exception):
    """A build cannot go on; the text says why and what to do."""


def say(line: str) -> None:
    """One line about what is being done."""
    print(f"[build] {line}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Done:
    """How a tool ended, and what it wrote on both of its streams."""

    code: int
    text: str


def ran(command: Sequence[str | Path], variables: Mapping[str, str] | None = None) -> Done:
    """Run a tool of this machine to its end, with nothing to read."""
    done = subprocess.run(  # noqa: S603  # the build's own tools, no shell
        [str(word) for word in command],
        env=None if variables is None else dict(variables),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    return Done(done.returncode, done.stdout)


def version() -> str:
    """The product's version, as three numbers with dots."""
    held = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = held["project"]["version"]
    if not isinstance(found, str):
        raise BuildError("pyproject.toml gives no version")
    return found


def epoch() -> int:
    """Seconds since 1970 that stand in every built file in place of the clock.

    ``SOURCE_DATE_EPOCH`` if it is set, else the day of the last commit: two builds of one commit are alike.
    """
    if named := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(named)
    done = ran(["git", "log", "-1", "--format=%ct"])
    if done.code:
        raise BuildError("this is no Git checkout: set SOURCE_DATE_EPOCH to the day of the sources")
    return int(done.text)


def cache(*below: str) -> Path:
    """A folder for downloads and work in progress, outside the checkout; made if it is not there."""
    import platformdirs  # the trial of an installed program needs no more than Python itself

    folder = Path(platformdirs.user_cache_dir(f"{NAME}-build", appauthor=False)).joinpath(*below)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
