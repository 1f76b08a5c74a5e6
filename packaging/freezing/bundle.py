"""A frozen bundle as a folder: the parts it holds, their licence texts, its size, its files in one order."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import time
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution
from pathlib import Path

from freezing.project import epoch

LICENCES = "licenses"
_LICENCE = re.compile(r"(^|/)(licen[cs]es?|copying|notice|authors|copyright)[^/]*(/|$)", re.IGNORECASE)


def modules(program: Path) -> set[str]:
    """The names of all modules that a frozen program carries in itself."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz")
    return {str(name) for name in archive.toc}


def present(bundle: Path, program: Path, parts: Mapping[str, Distribution]) -> dict[str, Distribution]:
    """Those of ``parts`` of which the bundle holds at least one module or library."""
    tops = {name.partition(".")[0] for name in modules(program)}
    tops |= {path.name.partition(".")[0] for path in (bundle / "_internal").iterdir()}
    return {name: part for name, part in parts.items() if _tops(part) & tops}


def _tops(part: Distribution) -> set[str]:
    """What a distribution puts at the top of a folder of packages: packages, modules and libraries."""
    names = {str(file).partition("/")[0] for file in part.files or []}
    named = {name.partition(".")[0] for name in names if not name.endswith((".dist-info", ".libs"))}
    return named - {"", "bin", "share"}


def add_licences(bundle: Path, parts: Mapping[str, Distribution], more: Mapping[str, Path]) -> None:
    """Put the licence texts that come with each part into ``licenses``, by the part's name.

    ``more``: texts that no distribution brings, by the name of what they are for. A part may bring none of
    its own: the texts of the checkout have every part's (``complete.without_text``).
    """
    folder = bundle / LICENCES
    for name, part in parts.items():
        texts = [file for file in part.files or [] if _is_licence(str(file))]
        for file in texts:
            _put(Path(str(part.locate_file(file))), folder / name / _below(str(file)))
    for name, text in more.items():
        _put(text, folder / name / text.name)


def _is_licence(place: str) -> bool:
    below = place.partition(".dist-info/")[2]
    return bool(below) and _LICENCE.search(below) is not None


def _below(place: str) -> Path:
    """The place of a licence text below its own part."""
    below = place.partition(".dist-info/")[2]
    return Path(below.removeprefix("licenses/"))


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def files(folder: Path) -> list[Path]:
    """Every file below ``folder``, in the one order that holds on any machine."""
    return sorted(
        (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()),
        key=lambda path: _place(path, folder),
    )


def _place(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def settle(folder: Path) -> None:
    """Give every file the day of the sources, and the rights that its kind needs."""
    day = epoch()
    for path in folder.rglob("*"):
        if path.is_symlink():
            continue
        runs = path.is_dir() or bool(path.stat().st_mode & stat.S_IXUSR)
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (day, day))


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file, by its place."""
    return {_place(path, folder): hashlib.sha256(path.read_bytes()).hexdigest() for path in files(folder)}


def pack(folder: Path, into: Path) -> Path:
    """Write ``folder`` as a ZIP in which equal files give equal bytes. Returns ``into``."""
    moment = time.gmtime(epoch())[:6]
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in files(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{_place(path, folder)}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100644) << 16
            packed.writestr(entry, path.read_bytes())
    return into


def sizes(folder: Path, most: int = 15) -> list[tuple[str, int]]:
    """The largest entries of the bundle with their bytes, the whole first."""
    weights: dict[str, int] = {}
    for path in files(folder):
        parts = path.relative_to(folder).parts
        top = "/".join(parts[:2]) if parts[0] == "_internal" else parts[0]
        weights[top] = weights.get(top, 0) + path.stat().st_size
    ordered = sorted(weights.items(), key=lambda entry: (-entry[1], entry[0]))
    return [("all", sum(weights.values())), *ordered[:most]]


def table(rows: Iterable[tuple[str, int]]) -> str:
    """Sizes as lines of text, in millions of bytes."""
    return "\n".join(f"{size / 1e6:9.1f} MB  {name}" for name, size in rows)
