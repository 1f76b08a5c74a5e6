"""``package linux``, and the quick trial of a frozen program that belongs to every check."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

import PyInstaller
from freezing import bundle as frozen
from freezing import inside
from freezing.complete import BILL, complete
from freezing.parts import HERE, declared, needed
from freezing.project import DIST, NAME, ROOT, BuildError, cache, epoch, ran, say, version
from freezing.trying import try_out

RECIPE = ROOT / "packaging" / "freezing" / "jutaku.spec"
PROGRAM = "jutaku-window"
SOURCES = (
    "app",
    "forms",
    "resources",
    "packaging/freezing",
    "packaging/build.lock",
    "requirements.lock",
    "pyproject.toml",
)
"""What a frozen program depends on."""


def freeze(into: Path) -> Path:
    """Freeze the checkout with this very Python; returns the bundle's folder. Raises ``BuildError``.

    What ``into`` still holds of an earlier run is used again where nothing changed.
    """
    say("freezing for Linux")
    options = [
        "--noconfirm",
        "--log-level",
        "ERROR",
        "--distpath",
        str(into),
        "--workpath",
        str(into / "work"),
    ]
    variables = {**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(epoch())}
    done = ran([sys.executable, "-m", "PyInstaller", *options, RECIPE], variables)
    folder = into / "jutaku"
    if done.code or not (folder / PROGRAM).is_file():
        raise BuildError(f"freezing failed (exit code {done.code}):\n{done.text}")
    return folder


def main(arguments: Sequence[str]) -> int:
    """Build, try it, pack it, and print the sizes. Returns the exit code."""
    argparse.ArgumentParser(prog="dev.py package linux", description=__doc__).parse_args(arguments)
    if not sys.platform.startswith("linux"):
        raise BuildError("the Linux bundle is made on Linux")
    folder = freeze(cache("linux", "package"))
    try_out(folder / "jutaku")
    parts = needed(declared(), HERE)
    (freezer,) = Path(PyInstaller.__file__).parent.parent.glob("pyinstaller-*.dist-info/licenses/COPYING.txt")
    complete(folder, folder / PROGRAM, "linux-x86_64", parts, inside.versions(), {"pyinstaller": freezer})
    DIST.mkdir(exist_ok=True)
    stem = f"{NAME}-{version()}-linux-x86_64"
    packed = _pack(folder, DIST / f"{stem}.tar.gz", stem)
    shutil.copyfile(folder / BILL, DIST / f"{stem}-{BILL}")
    print(frozen.table(frozen.sizes(folder)))
    print(frozen.table([(packed.name, packed.stat().st_size)]))
    return 0


def check() -> int:
    """Freeze and try, unless the very same sources already passed here. Returns the exit code."""
    place = cache("linux", "check")
    passed, wanted = place / "passed", fingerprint()
    if passed.is_file() and passed.read_text(encoding="utf-8") == wanted:
        say("the frozen program was tried on these very sources")
        return 0
    try_out(freeze(place) / "jutaku")
    passed.write_text(wanted, encoding="utf-8")
    return 0


def fingerprint() -> str:
    """A digest of all that the frozen program is made of."""
    found = hashlib.sha256(f"{sys.version} {ROOT}\n".encode())
    for name in SOURCES:
        place = ROOT / name
        for path in [place] if place.is_file() else frozen.files(place):
            if path.suffix != ".pyc":
                found.update(f"{path.relative_to(ROOT).as_posix()}\n".encode() + path.read_bytes())
    return found.hexdigest()


def _pack(folder: Path, into: Path, name: str) -> Path:
    """Write the bundle as a tar archive in which equal files give equal bytes."""
    day = epoch()

    def alike(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.mtime, member.uid, member.gid, member.uname, member.gname = day, 0, 0, "", ""
        return member

    with (
        into.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=day) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as packed,
    ):
        for path in sorted(folder.rglob("*")):
            if not path.is_dir() or path.is_symlink():
                packed.add(
                    path, f"{name}/{path.relative_to(folder).as_posix()}", recursive=False, filter=alike
                )
    return into
