"""From what PyInstaller made to what is handed out: licences, bill of materials, a last look."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from importlib.metadata import Distribution
from pathlib import Path

from freezing import bundle as frozen
from freezing import sbom
from freezing.parts import plain
from freezing.project import ROOT, BuildError

BILL = "sbom.cdx.json"
TEXTS = Path("_internal") / "resources" / "licenses"
"""Where the bundle holds the licence texts of the checkout."""
_STRANGERS = re.compile(r"^(_pytest|pytest|hypothesis|mypy|pip|setuptools|unittest|tests|PyInstaller)(\.|$)")


def complete(
    folder: Path,
    program: Path,
    target: str,
    parts: Mapping[str, Distribution],
    inside: sbom.Inside,
    more: Mapping[str, Path],
) -> Mapping[str, Distribution]:
    """Add to the bundle in ``folder`` what belongs beside the program. Returns the parts that it holds.

    ``program``: one of the frozen programs; ``parts``: what it was frozen from; ``more``: licence texts
    that no part brings, by name. Raises ``BuildError`` for a module that is no part of the product, or a
    part without its licence.
    """
    if strangers := sorted(name for name in frozen.modules(program) if _STRANGERS.match(name)):
        raise BuildError(f"modules for developers got into the bundle: {', '.join(strangers[:5])}")
    held = frozen.present(folder, program, parts)
    frozen.add_licences(folder, held, more)
    for name in without_text(folder, held):
        raise BuildError(f"{TEXTS.as_posix()} holds no text for {name}")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE.txt")
    shutil.copyfile(ROOT / "THIRD-PARTY-NOTICES.md", folder / "THIRD-PARTY-NOTICES.md")
    sbom.write(folder / BILL, target, held, inside)
    frozen.settle(folder)
    return held


def without_text(folder: Path, held: Mapping[str, Distribution]) -> list[str]:
    """Parts of the bundle whose licence it does not hold in full."""
    texts = {plain(path.stem) for path in (folder / TEXTS).glob("*.txt")}
    lgpl = {"lgpl-3-0", "gpl-3-0"} <= texts
    return sorted(name for name in held if name not in texts and not (lgpl and name in _LGPL))


_LGPL = frozenset({"pyside6-essentials", "shiboken6"})
