"""Writes ``resources/licenses``: the full text of the licence of every part that the program comes with.

``python packaging/licence_texts.py [WHEEL ..]``: the texts of the installed parts, and of wheels for other
systems that cannot be installed here (colorama, pywin32-ctypes), as their makers hand them out. What no part
brings along (GPL and LGPL, SQLCipher, SQLite, OpenSSL, NSIS, Python with what its Windows build holds) is
kept by hand; a new part begins with an empty file of its name. ``--check``: writes nothing and answers 1
where a text that is installed differs from the one that is kept.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePosixPath

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "licenses"
_LICENCE = re.compile(
    r"(?i)(^|/)(licen[cs]e|copying|notice)|/(licenses|third-party-licenses|BUILD_LICENSES)/"
)
_NOT_OURS = re.compile(r"/(v8_xfa|android|pbin_musl|cibw_musl|tests?)/|AUTHORS")
"""What pypdfium2 lists for builds that are not used here."""
_OWN = {"jutaku-daicho"}


def named(name: str) -> str:
    """The name of the file that holds the text of a part."""
    return re.sub(r"[-_.]+", "-", name).lower() + ".txt"


def installed() -> Mapping[str, str]:
    """File name and text of every installed part that brings one along."""
    found = {}
    for part in distributions():
        if named(part.name) not in {named(one) for one in _OWN} and (text := "".join(_texts(part))):
            found[named(part.name)] = text
    return found


def of_wheel(path: Path) -> tuple[str, str]:
    """File name and text of a part that is not installed."""
    with zipfile.ZipFile(path) as wheel:
        names = [name for name in wheel.namelist() if _wanted(PurePosixPath(name))]
        texts = (_headed(PurePosixPath(name), wheel.read(name)) for name in sorted(names))
        return named(path.name.partition("-")[0]), "".join(texts)


def _texts(part: Distribution) -> Iterator[str]:
    for file in sorted(part.files or ()):
        if _wanted(PurePosixPath(file.as_posix())):
            yield _headed(PurePosixPath(file.as_posix()), Path(file.locate()).read_bytes())


def _wanted(name: PurePosixPath) -> bool:
    folder, _, rest = name.as_posix().partition("/")
    text = name.suffix not in {".py", ".pyc"} and folder.endswith(".dist-info")
    return text and bool(_LICENCE.search(f"/{rest}")) and not _NOT_OURS.search(f"/{rest}")


def _headed(name: PurePosixPath, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"===== {name.name} =====\n\n{lines.strip()}\n\n"


def main(arguments: list[str]) -> int:
    """Write the texts of the parts that are kept; with ``--check`` only compare."""
    kept = {path.name for path in FOLDER.iterdir()}
    found = dict(installed())
    if arguments == ["--check"]:
        stale = [name for name in kept & found.keys() if _read(name) != found[name]]
        print(*(f"{name} is not what is installed" for name in sorted(stale)), sep="\n")
        return int(bool(stale))
    given = dict(map(of_wheel, map(Path, arguments)))
    for name in sorted((kept & found.keys()) | given.keys()):
        (FOLDER / name).write_text({**found, **given}[name], encoding="utf-8", newline="\n")
    return 0


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
