"""Freezing for Windows: PyInstaller under Windows' Python, in the laboratory."""

from __future__ import annotations

import shutil
from pathlib import Path

from freezing import icon
from freezing.project import ROOT, BuildError, epoch, say

from windows.interpreter import Interpreter
from windows.laboratory import Laboratory, leaked

RECIPE = ROOT / "packaging" / "freezing" / "jutaku.spec"
ICON = "jutaku.ico"
"""The program's icon, beside the folder of the bundle."""
_RUN = "import sys, PyInstaller.__main__ as freezer; freezer.run(sys.argv[1:])"


def freeze(laboratory: Laboratory, interpreter: Interpreter, parts: Path, tools: Path, into: Path) -> Path:
    """Freeze the checkout with ``parts`` into the new folder ``into``; returns the bundle's folder in it.

    Raises ``BuildError`` where it fails, or where anything of the laboratory got into the bundle.
    """
    if into.exists():
        shutil.rmtree(into)
    work = into / "work"
    work.mkdir(parents=True)
    interpreter.see(interpreter.house(parts), laboratory.windows_path(tools))
    say("freezing for Windows (some minutes)")
    options = ["--noconfirm", "--log-level", "WARN", "--distpath", laboratory.windows_path(into)]
    options += ["--workpath", laboratory.windows_path(work), laboratory.windows_path(RECIPE)]
    done = laboratory.run(
        [interpreter.program, "-c", _RUN, *options],
        variables={
            "PYTHONHASHSEED": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "SOURCE_DATE_EPOCH": str(epoch()),
            "JUTAKU_ICON": laboratory.windows_path(icon.draw(into / ICON)),
        },
    )
    bundle = into / "jutaku"
    if done.code or not (bundle / "jutaku-window.exe").is_file():
        raise BuildError(f"freezing failed (exit code {done.code}):\n{done.text}")
    if strangers := leaked(bundle):
        names = ", ".join(str(path.relative_to(bundle)) for path in strangers)
        raise BuildError(f"the laboratory leaked into the bundle: {names}")
    shutil.rmtree(work)
    return bundle
