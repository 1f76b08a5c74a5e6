"""The installer, made by NSIS out of a settled bundle."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

from freezing import icon
from freezing.bundle import files
from freezing.project import BuildError, epoch, ran, say, version

from windows.freeze import ICON

PROGRAMS = ("jutaku-window.exe", "jutaku.exe")
"""Without a console, and with one."""
SCRIPT = Path(__file__).resolve().parent / "installer.nsi"
UNINSTALLER = "uninstall.exe"
ARRIVING = "arriving"
"""The folder below that of the program in which a new version waits until all of it is there."""
LONGEST_PATH = 259
"""Characters of a path, as Windows takes them by default."""


def make(bundle: Path, into: Path, work: Path, sign: Sequence[str] = (), quick: bool = False) -> Path:
    """Write the installer of ``bundle`` as ``into`` and return that.

    ``work``: the folder in which the bundle was frozen, where its icon lies; ``sign``: a command that signs
    the file named after it, for the uninstaller, which is packed on the way; ``quick``: for a trial, larger
    and made in a tenth of the time. Raises ``BuildError`` where
    NSIS fails.
    """
    listed = work / "parts.nsh"
    listed.write_text(parts(bundle), encoding="utf-8")
    given = {
        "VERSION": version(),
        "ICON": work / ICON,
        "PARTS": listed,
        "OUT": into,
        "DEEPEST": deepest(bundle),
    }
    beside = icon.banner(work / "banner.bmp")
    # NSIS packs the time of each file along.
    os.utime(beside, (epoch(), epoch()))
    given |= {f"MUI_{kind}WELCOMEFINISHPAGE_BITMAP": beside for kind in ("", "UN")}
    command = ["makensis", "-V2", "-INPUTCHARSET", "UTF8"]
    command += [f"-D{name}={value}" for name, value in given.items()]
    if quick:
        command.append("-DQUICK")
    if sign:
        command.append(f"-DSIGN={shlex.join(sign)}")
    say("packing the installer")
    done = ran([*command, SCRIPT], {**os.environ, "SOURCE_DATE_EPOCH": str(epoch())})
    if done.code or "warning" in done.text.lower():
        raise BuildError(f"makensis failed (exit code {done.code}):\n{done.text}")
    return into


def deepest(bundle: Path) -> int:
    """Characters that the path of the program's folder may have: every file below it can then be written."""
    below = max(len(f"\\{ARRIVING}\\{path.relative_to(bundle)}") for path in files(bundle))
    return LONGEST_PATH - below


def parts(bundle: Path) -> str:
    """What NSIS is told of the bundle: the names at its top, and every file in one order."""
    tops = [*sorted(path.name for path in bundle.iterdir()), UNINSTALLER]
    lines = ["!macro EachPart DO", *(f'  !insertmacro ${{DO}} "{_text(top)}"' for top in tops), "!macroend"]
    lines += ["!macro Unpack WHERE"]
    folder = None
    for path in files(bundle):
        here = path.parent.relative_to(bundle)
        if here != folder:
            below = "" if here == Path() else "\\" + _text(str(here).replace("/", "\\"))
            lines.append(f'  SetOutPath "${{WHERE}}{below}"')
            folder = here
        lines.append(f'  File "{_text(str(path))}"')
    return "\n".join([*lines, "!macroend", ""])


def _text(text: str) -> str:
    """``text`` within a string of NSIS."""
    return text.replace("$", "$$")
