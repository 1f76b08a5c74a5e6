"""Names that nobody else bears go through a day's work: none in a file or title; and no socket is opened."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.cli import main as command
from app.ledger.access import opening
from app.ledger.door import Ledger
from app.records import Person
from tests.faults import offline
from tests.faults.apart import Told, apart
from tests.faults.ground import NAME, Ground
from tests.faults.judging import NEW
from tests.faults.tally import Tally, Wanted
from tests.ledger.conftest import PASSPHRASE

CANARIES = 10_000
ENCODINGS = ("utf-8", "utf-16-le", "cp932")
ROOT = Path(__file__).parents[2]
_WALK = 900
"""Seconds that a day of commands, or a walk through the whole window, may take."""


def leaks(ground: Ground, wanted: Wanted) -> Iterator[Tally]:
    """Canary names in what is written outside the encrypted file and in titles of windows, and sockets.

    The window is walked through only where no sample is asked for: that takes a minute.
    """
    if not offline.possible():
        yield Tally("sockets", skipped="it needs the filter of system calls of Linux on x86-64 or ARM64")
        return
    yield _control()
    count = wanted.most or CANARIES
    names = [f"鴉羽{number:05}迦陵" for number in range(count)]
    home, temporary = ground.root / "home", ground.root / "tmp"
    temporary.mkdir(exist_ok=True)
    work = ground.begin("today")
    told = apart(lambda: _lived(work, temporary, names), patience=_WALK)
    yield _offline("a day of commands", told)
    yield _searched(Tally("canary names in files", tried=count), names, (work, home, temporary))
    if not wanted.most:
        yield from _in_the_window(ground, names)
    shutil.rmtree(temporary)


def _control() -> Tally:
    """A socket is opened on purpose: that has to be seen."""

    def reach_out() -> None:
        offline.keep()
        socket.socket(socket.AF_INET).close()

    told = apart(reach_out)
    tally = Tally("control: a socket is seen", tried=1, must_fail=True)
    return tally.fail(1, "a socket") if _killed(told) else tally


def _offline(name: str, told: Told) -> Tally:
    tally = Tally(f"sockets in {name}", tried=1)
    if _killed(told):
        return tally.fail(1, "a socket to elsewhere was opened")
    return tally if told.how == "done" else tally.fail(1, f"{told.how} {told.what}")


def _killed(told: Told) -> bool:
    return (told.how, told.what) == ("killed", offline.KILLED)


def _searched(tally: Tally, names: list[str], places: tuple[Path, ...]) -> Tally:
    for place in places:
        for path in place.rglob("*"):
            if path.is_file() and path.name != "people.json":
                for name in _held(path.read_bytes(), names):
                    tally.fail(path.name, f"holds {name}")
    return tally


def _in_the_window(ground: Ground, names: list[str]) -> Iterator[Tally]:
    """Every view of the window over a ledger of all those names, and the path of the end-to-end test."""
    folder = ground.root / "window"
    folder.mkdir()
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
    walked = _kept_offline(folder, "-m", "tests.faults.titles", str(folder))
    yield _offline("every view of the window", walked)
    titles = Tally("canary names in titles", tried=len(names))
    found = folder / "titles.json"
    shown: list[str] = json.loads(found.read_text("utf-8")) if found.exists() else []
    if not shown:
        titles.fail(0, "no title was seen at all")
    for title in shown:
        for name in _held(title.encode(), names):
            titles.fail(title, f"holds {name}")
    yield titles
    (folder / "names.json").unlink()
    yield _searched(Tally("canary names behind the window", tried=len(names)), names, (folder,))
    test = ("-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", str(ROOT / "tests" / "e2e"))
    yield _offline("the whole path, end to end", _kept_offline(folder, *test))
    shutil.rmtree(folder)


def _kept_offline(folder: Path, *arguments: str) -> Told:
    """Run Python anew, kept off the net, with all its passing files in ``folder``."""
    passing = folder / "tmp"
    passing.mkdir(exist_ok=True)
    here: Mapping[str, str] = {
        **{name: value for name, value in os.environ.items() if name != "LD_PRELOAD"},
        "TMPDIR": str(passing),
        "JUTAKU_HOME": str(folder / "home"),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=here,
        preexec_fn=offline.keep,
        capture_output=True,
        encoding="utf-8",
        timeout=_WALK,
        check=False,
    )
    if done.returncode < 0:
        return Told("killed", str(-done.returncode))
    return Told("done") if done.returncode == 0 else Told("bug", (done.stdout + done.stderr)[-400:])


def _held(data: bytes, names: list[str]) -> list[str]:
    """The first name in ``data`` in any encoding."""
    stems = [f"鴉羽{digit}" for digit in "0123456789"]
    if not any(stem.encode(encoding) in data for stem in stems for encoding in ENCODINGS):
        return []
    return [name for name in names if any(name.encode(one) in data for one in ENCODINGS)][:1]


def _lived(work: Path, temporary: Path, names: list[str]) -> None:
    """A day's work with all of them: written, searched, imported, refused, backed up, verified, changed."""
    offline.keep()
    tempfile.tempdir = str(temporary)
    os.environ["TMPDIR"] = str(temporary)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
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
