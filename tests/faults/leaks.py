"""Names that nobody else bears go through a day's work: none is found in a file, and no socket is opened."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.cli import main as command
from app.ledger.access import opening
from app.ledger.door import Ledger
from app.records import Person
from tests.faults.apart import apart
from tests.faults.ground import NAME, Ground
from tests.faults.judging import NEW
from tests.faults.tally import Tally, Wanted
from tests.ledger.conftest import PASSPHRASE

CANARIES = 500
ENCODINGS = ("utf-8", "utf-16-le", "cp932")


def leaks(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Canary names in what is written outside the encrypted file, and sockets."""
    work = ground.begin("today")
    home, temporary = ground.root / "home", ground.root / "tmp"
    temporary.mkdir(exist_ok=True)
    names = [f"鴉羽{number:04}迦陵" for number in range(wanted.most or CANARIES)]
    sockets = ground.root / "sockets.txt"
    told = apart(lambda: _lived(work, temporary, names, sockets))
    found = Tally("canary names in files", tried=len(names))
    if told.how != "done":
        found.fail(0, f"{told.how} {told.what}")
    for place in (work, home, temporary):
        for path in place.rglob("*"):
            if path.is_file() and path.name != "people.json":
                for name in _held(path.read_bytes(), names):
                    found.fail(path.name, f"holds {name}")
    shutil.rmtree(temporary)
    yield found
    opened = sockets.read_text(encoding="utf-8").splitlines() if sockets.exists() else []
    yield Tally("sockets opened", tried=1, failures=[f"{line}" for line in opened])


def _held(data: bytes, names: list[str]) -> list[str]:
    """The first name in ``data`` in any encoding."""
    stems = [f"鴉羽{digit}" for digit in "0123456789"]
    if not any(stem.encode(encoding) in data for stem in stems for encoding in ENCODINGS):
        return []
    return [name for name in names if any(name.encode(one) in data for one in ENCODINGS)][:1]


def _lived(work: Path, temporary: Path, names: list[str], sockets: Path) -> None:
    """A day's work with all of them: written, searched, imported, refused, backed up, verified, changed."""
    tempfile.tempdir = str(temporary)
    os.environ["TMPDIR"] = str(temporary)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

    def heard(event: str, values: tuple[Any, ...]) -> None:
        if event in ("socket.__new__", "socket.connect", "socket.bind") and "AF_UNIX" not in repr(values):
            with sockets.open("a", encoding="utf-8") as file:
                file.write(f"{event} {values!r}\n")

    sys.addaudithook(heard)
    path = work / NAME
    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        with ledger.write() as change:
            for name in names:
                change.add(Person(name=name, employment="社員"))
        ledger.undo()
        ledger.search(names[0])
    for file, text in (("pass.txt", PASSPHRASE), ("new.txt", NEW)):
        (work / file).write_text(text, encoding="utf-8")
    entries = [{"name": name, "employment": "社員"} for name in names]
    (work / "people.json").write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    key = ("--ledger", str(path), "--passphrase-file", str(work / "pass.txt"))
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        for arguments in (
            ("import", "person", str(work / "people.json")),
            ("import", "device", str(work / "people.json")),
            ("search", names[1]),
            ("verify",),
            ("backup", str(work / "copies")),
            ("passphrase", "--new-passphrase-file", str(work / "new.txt")),
        ):
            command([*arguments, *key])
