"""The registers as LibreOffice saves them: another hand than the library by which the others are made.

The files lie beside the tests, since no test starts LibreOffice. ``python -m tests.support.offices.saved``
makes them anew; it needs ``soffice`` on the path.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.support.offices.forms import forms
from tests.support.offices.machines import machines
from tests.support.offices.office import Office
from tests.support.offices.people import people
from tests.support.offices.things import things

FOLDER = Path(__file__).parent / "libreoffice"
_EVERY = 2
"""Each second register goes through LibreOffice."""
_OLD = 4
"""And of these each fourth as a workbook of Excel 97."""
_SECONDS = 120


def _books() -> list[Office]:
    return [one for one in (*machines(), *people(), *things(), *forms()) if one.data.startswith(b"PK")]


def _called(office: Office) -> str:
    """The name of its file, without the ending."""
    return re.sub(r"[^a-z0-9]+", "-", office.name.lower())


def saved() -> Iterator[Office]:
    """The registers as LibreOffice saved them: the same must come of each row."""
    known = {_called(office): office for office in _books()}
    for path in sorted(FOLDER.iterdir()):
        office = known[path.stem]
        yield replace(office, name=f"{office.name} ({path.suffix})", data=path.read_bytes(), file=path.name)


def _save(office: Office, path: Path, folder: Path) -> None:
    given = folder / "given.xlsx"
    given.write_bytes(office.data)
    out = folder / "out"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            path.suffix[1:],
            "--outdir",
            str(out),
            str(given),
        ],
        check=True,
        timeout=_SECONDS,
    )
    (out / f"given{path.suffix}").replace(path)


def main() -> None:
    """Make all files anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for at, office in enumerate(_books()[::_EVERY]):
            ending = "xls" if at % _OLD == _OLD - 1 else "xlsx"
            _save(office, FOLDER / f"{_called(office)}.{ending}", Path(folder))


if __name__ == "__main__":
    main()
