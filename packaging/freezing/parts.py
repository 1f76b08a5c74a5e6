"""The parts of others in a bundle: what the lock pins for a target, and what the program needs of it."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement

from freezing.project import ROOT, BuildError

Environment = Mapping[str, str]
"""What markers ask of the machine that runs the program (PEP 508)."""


def windows(version: str) -> Environment:
    """64-bit Windows with this version (three numbers) of CPython."""
    return {
        "implementation_name": "cpython",
        "implementation_version": version,
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0",
        "python_full_version": version,
        "python_version": version.rpartition(".")[0],
        "sys_platform": "win32",
    }


HERE: Environment = {}
"""This very machine."""


def plain(name: str) -> str:
    """The one spelling of a distribution's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True)
class Pin:
    """One entry of a lock."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        """In the one spelling."""
        return plain(self.requirement.name)

    def line(self) -> str:
        """The entry as pip reads it, without its marker, which pip would ask of its own machine."""
        return " ".join([f"{self.requirement.name}{self.requirement.specifier}", *self.hashes])


def pins(lock: Path, environment: Environment) -> list[Pin]:
    """The entries of ``lock`` that hold for ``environment``. Raises ``BuildError`` for one without a hash."""
    text = re.sub(r"^\s*#.*$", "", lock.read_text(encoding="utf-8"), flags=re.M)
    found = []
    for entry in text.replace("\\\n", " ").splitlines():
        if not entry.strip():
            continue
        words, *hashes = re.split(r"\s+(?=--hash=)", entry.strip())
        if not hashes:
            raise BuildError(f"{lock.name} pins {words} without a hash")
        pin = Pin(Requirement(words), tuple(hashes))
        if pin.requirement.marker is None or pin.requirement.marker.evaluate(dict(environment)):
            found.append(pin)
    return found


def declared() -> list[str]:
    """What pyproject.toml says the program needs when it runs."""
    held = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [str(text) for text in held["project"]["dependencies"]]


def needed(
    wanted: Iterable[str], environment: Environment, places: Sequence[Path] | None = None
) -> dict[str, Distribution]:
    """Every distribution that ``wanted`` come to, by its plain name, as it is installed in ``places``.

    ``places``: folders of packages; by default this Python's own. Raises ``BuildError`` naming one that
    is missing.
    """
    folders = sys.path if places is None else [str(place) for place in places]
    installed = {plain(one.metadata["Name"]): one for one in distributions(path=folders)}
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(text) for text in wanted]
    while waiting:
        requirement = waiting.pop()
        name, extras = plain(requirement.name), frozenset(requirement.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        if name not in installed:
            raise BuildError(f"{requirement} is needed and not installed")
        found[name] = installed[name]
        waiting += _asked_by(installed[name], extras, environment)
    return dict(sorted(found.items()))


def _asked_by(part: Distribution, extras: frozenset[str], environment: Environment) -> list[Requirement]:
    return [
        requirement
        for requirement in map(Requirement, part.requires or [])
        if requirement.marker is None
        or any(requirement.marker.evaluate({**environment, "extra": extra}) for extra in extras or {""})
    ]
