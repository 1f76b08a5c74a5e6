"""The ledgers that faults are tried on, a process for each try, and how what is left is judged."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.common import PeopleError
from app.ledger.access import opening
from app.ledger.door import Ledger
from app.ledger.errors import KeyFileMissingError, WrongPassphraseError
from app.records import Person, Submission
from tests.ledger import conftest as sample
from tests.ledger.conftest import CHEAP, PASSPHRASE

NAME = "d.jutaku"
FRESH = "n.jutaku"
COPIES = "copies"
"""The folder of the backups; one made before the last changes lies there."""
NEW = "新しい合言葉にします"
FORMATS = Path(__file__).parents[1] / "ledger" / "formats"
PATIENCE = 60.0
"""Seconds after which a process counts as hanging."""


@dataclass(frozen=True)
class Ground:
    """A folder with the ledgers tries begin from, and one that is made anew for each try."""

    root: Path
    code: str

    @property
    def work(self) -> Path:
        return self.root / "work"

    def begin(self, base: str) -> Path:
        """The work folder, as the try begins."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.root / base, self.work)
        return self.work

    def remove(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)


def prepare() -> Ground:
    """Make the ground, in memory where there is such a place."""
    shared = Path("/dev/shm")  # noqa: S108  # a RAM disk of its own folder
    root = Path(tempfile.mkdtemp(prefix="jutaku-faults-", dir=shared if shared.is_dir() else None))
    os.environ["JUTAKU_HOME"] = str(root / "home")
    base, old = root / "today", root / "old"
    base.mkdir()
    old.mkdir()
    ledger, code = Ledger.create(base / NAME, PASSPHRASE, "担当 花子", cost=CHEAP)
    with ledger:
        sample.fill(ledger)
        ledger.backup(base / COPIES)
        for _ in range(2):
            ledger.add(Person(name="後から入った人", employment="社員"))
    # What a process of its own would have to load for each try, it finds loaded.
    _state(base / NAME, code)
    for path in base.glob("*.lock"):
        path.unlink()
    for path in FORMATS.glob("format-1.jutaku*"):
        shutil.copy(path, old / path.name.replace("format-1.jutaku", NAME))
    return Ground(root, code)


@dataclass(frozen=True, slots=True)
class Told:
    """What a process said of its work: ``done``, ``refused`` and why, ``bug``, ``killed``, ``hang``."""

    how: str
    what: str = ""
    value: Any = None


def apart(work: Callable[[], Any], before_it_tells: Callable[[], None] = lambda: None) -> Told:
    """Run ``work`` in a process of its own, which may die of it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        told = _told(work)
        before_it_tells()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(json.dumps([told.how, told.what, told.value], default=str).encode())
        os._exit(0)
    os.close(writing)
    held = _read(reading, child)
    _, status = os.waitpid(child, 0)
    if held is None:
        return Told("hang")
    if os.WIFSIGNALED(status):
        return Told("killed", str(os.WTERMSIG(status)))
    return Told(*json.loads(held))


def _told(work: Callable[[], Any]) -> Told:
    try:
        return Told("done", "", work())
    except PeopleError as error:
        return Told("refused", f"{type(error).__name__}: {error.sentence}")
    except BaseException as error:  # whatever it is, it is a bug, and is told
        return Told("bug", f"{type(error).__name__}: {error}")


def _read(pipe: int, child: int) -> bytes | None:
    held, until = b"", time.monotonic() + PATIENCE
    while True:
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            os.kill(child, signal.SIGKILL)
            os.close(pipe)
            return None
        more = os.read(pipe, 1 << 20)
        if not more:
            os.close(pipe)
            return held
        held += more


@dataclass(frozen=True)
class State:
    """A ledger as the next person finds it. ``why`` is set where it does not open or does not verify."""

    why: str = ""
    entries: int = 0
    papers: str = ""
    words: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    left: tuple[str, ...] = field(default=())

    @property
    def mark(self) -> tuple[int, str]:
        """What tells one state of the ledger from another."""
        return self.entries, self.papers


def state(path: Path, code: str) -> State:
    """Open the ledger as the next person does, verify it, and see who can open it from then on.

    Where there is no key file that person has the recovery sheet, with its ``code``.
    """
    told = apart(lambda: _state(path, code))
    if told.how != "done":
        return State(why=f"{told.how} {told.what}")
    why, entries, papers, words, later = told.value
    left = sorted(found.name for found in path.parent.rglob("*"))
    return State(why, entries, papers, tuple(words), tuple(later), tuple(left))


def _state(path: Path, code: str) -> list[Any]:
    words = who_opens(path)
    key = opening.unlock(path, words[0]) if words else opening.unlock_with_code(path, code)
    with Ledger.open(path, key) as ledger:
        found = ledger.verify()
        papers = [
            (one.number, str(one.submitted_on), str(one.voided_on)) for one in ledger.facts().all(Submission)
        ]
        entries = ledger.head().sequence
    why = "" if found.ok else f"verify {found.problems[0].problem}"
    return [why, entries, str(sorted(papers)), words, who_opens(path)]


def who_opens(path: Path) -> list[str]:
    """The passphrases that open it."""
    found = []
    for word in (PASSPHRASE, NEW):
        try:
            opening.unlock(path, word)
        except (WrongPassphraseError, KeyFileMissingError):
            continue
        found.append(word)
    return found


TODAY = date(2026, 4, 2)
