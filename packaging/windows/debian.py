"""What this machine must have to build and try Windows programs: Debian's packages, installed or named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from freezing.project import BuildError, ran, say

TOOLS: Mapping[str, str] = {
    "wine": "wine wine64",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "osslsigncode": "osslsigncode",
    "Xvfb": "xvfb",
}
"""Each program that is needed, and the packages that bring it."""

NAMES = Path("/usr/lib/x86_64-linux-gnu/libnss_wrapper.so")
"""What tells wine another name of the person than this machine does."""

FILES: Mapping[Path, str] = {
    # What Windows itself draws, such as the pages of the installer, in Japanese.
    Path("/usr/share/fonts/truetype/vlgothic/VL-PGothic-Regular.ttf"): "fonts-vlgothic",
    # A bare Debian has the program that makes locales, and nothing to make one of.
    Path("/usr/share/i18n/locales/ja_JP"): "locales",
    NAMES: "libnss-wrapper",
}
"""Each file that wine needs here besides itself, and the package that brings it."""

LOCALE = "ja_JP.UTF-8"
"""With this locale wine is a Japanese Windows: code page 932, as on the users' machines."""


def need_tools(programs: Sequence[str] = tuple(TOOLS)) -> None:
    """Install what is missing. Raises ``BuildError`` naming it where this user may not install."""
    missing = [TOOLS[name] for name in programs if not shutil.which(name)]
    if "wine" in programs:
        missing += [package for path, package in FILES.items() if not path.is_file()]
    if missing:
        _install(" ".join(missing).split())


def need_locale() -> None:
    """Make the Japanese locale if the machine has none."""
    if LOCALE.lower().replace("-", "") in ran(["locale", "-a"]).text.lower().replace("-", ""):
        return
    say(f"making the locale {LOCALE}")
    if ran(["localedef", "-i", "ja_JP", "-f", "UTF-8", LOCALE]).code:
        raise BuildError(f"the locale {LOCALE} is missing: sudo localedef -i ja_JP -f UTF-8 {LOCALE}")


def _install(packages: list[str]) -> None:
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        raise BuildError(f"the Windows build needs what Debian calls {' '.join(packages)}")
    if os.geteuid() != 0:
        raise BuildError(f"run this, then try again:\n  sudo {' '.join(command)}")
    say(f"installing {' '.join(packages)}")
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], command):
        done = ran(step, variables)
        if done.code:
            raise BuildError(f"{' '.join(step)} failed:\n{done.text}")
