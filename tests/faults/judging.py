"""How a ledger is judged that a try has left: as the next person finds it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.common import PeopleError, Progress
from app.exchange.archive.reading import archive_at
from app.ledger.access import opening
from app.ledger.copies import listing
from app.ledger.door import Ledger
from app.ledger.errors import KeyFileMissingError, WrongPassphraseError
from app.ledger.file import driver
from app.ledger.file.driver import rows
from app.ledger.proof.verifying import verify_file
from app.ledger.secret import keys
from tests.faults.apart import Standing
from tests.ledger.conftest import PASSPHRASE

NEW = "新しい合言葉にします"
COPIES = "copies"
"""The folder of the backups; one made before the last changes lies there."""
ARCHIVE = "whole.zip"
"""The whole ledger as an archive, one that was made before the last changes."""
PASSING = ("-shm", ".lock", ".user")
"""Ends of the names of files that say nothing about a ledger once its program is dead."""


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

    @property
    def missing(self) -> bool:
        """Whether there is no ledger at all."""
        return self.why == "none"


MISSING = State(why="none")


class Judge:
    """Opens what is left, verifies it, sees who can open it from then on, and proves every backup listed.

    Where there is no key file the next person has the recovery sheet, with its ``code``. What was judged once
    is known by the hash of its files, and is not judged again.
    """

    def __init__(self, code: str) -> None:
        self._standing = Standing(lambda asked: look(Path(asked[0]), code, copies=asked[1]))
        self._known: dict[str, State] = {}

    def state(self, path: Path, digest: str = "", *, copies: bool = True) -> State:
        """The ledger at ``path``; ``digest``: see ``digest_of``, where many states are alike.

        Without ``copies`` the backups are not looked at: nothing has touched them.
        """
        if digest and (known := self._known.get(digest)):
            return known
        told = self._standing.ask([str(path), copies])
        if told.how == "done":
            why, entries, papers, words, later, left = told.value
            found = State(why, entries, papers, tuple(words), tuple(later), tuple(left))
        else:
            found = State(why=f"{told.how} {told.what}")
        if digest:
            self._known[digest] = found
        return found

    def known(self, digest: str) -> bool:
        """Whether such a state was judged before."""
        return digest in self._known

    def end(self) -> None:
        """Let its process go."""
        self._standing.end()


def digest_of(files: Iterable[tuple[str, bytes | bytearray]]) -> str:
    """What tells a folder from every other, by the names and bytes of its files."""
    found = hashlib.sha256()
    for name, held in sorted(files):
        if not name.endswith(PASSING):
            found.update(f"{name}\0{len(held)}\0".encode())
            found.update(held)
    return found.hexdigest()


def look(path: Path, code: str, *, copies: bool = True) -> list[Any]:
    """What ``State`` says of the ledger at ``path``, in the order of its fields."""
    words = who_opens(path)
    key = opening.unlock(path, words[0]) if words else opening.unlock_with_code(path, code)
    with Ledger.open(path, key) as ledger:
        connection = ledger._connection
        why = _flaw(ledger)
        papers = rows(connection, "SELECT number, submitted_on, voided_on FROM submission ORDER BY 1")
        entries = ledger.head().sequence
    left = sorted(one.name for one in path.parent.rglob("*"))
    why = why or (_copies(path.parent / COPIES) if copies else "") or _archive(path.parent / ARCHIVE)
    return [why, entries, str(papers), words, who_opens(path), left]


_VERIFIED: set[str] = set()
"""The hashes of what stood in ledgers that this process has verified."""


def _flaw(ledger: Ledger) -> str:
    """What verification says first, empty if nothing.

    Its outcome rests on the pages, which are looked at each time, and on what stands in the tables and the
    key files: where that is the same as in a ledger verified before, it is not read once more.
    """
    connection = ledger._connection
    driver.checkpoint(connection)
    sound = not rows(connection, "PRAGMA cipher_integrity_check")
    sound = sound and rows(connection, "PRAGMA integrity_check") == [("ok",)]
    digest = _content(ledger)
    if sound and digest in _VERIFIED:
        return ""
    found = ledger.verify()
    if not found.ok:
        return f"verify {found.problems[0].problem}"
    if not sound:
        return "verification says nothing of pages that do not hold together"
    _VERIFIED.add(digest)
    return ""


def _content(ledger: Ledger) -> str:
    connection, found = ledger._connection, hashlib.sha256()
    schema = rows(connection, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
    marks = [rows(connection, f"PRAGMA {name}") for name in ("user_version", "application_id")]
    keyed = [one.read_bytes() for one in keys.key_paths(ledger.path)]
    found.update(repr((schema, marks, keyed)).encode("utf-8", "surrogatepass"))
    for kind, name, sql in schema:
        if kind == "table" and not sql.startswith("CREATE VIRTUAL"):
            held = rows(connection, f'SELECT * FROM "{name}"')  # noqa: S608  # a table of the file itself
            found.update(repr(held).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


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


def _archive(path: Path) -> str:
    """What is wrong with the archive that lies there, empty if nothing is: an old one or a new one, whole."""
    try:
        with archive_at(path) as held:
            held.check()
    except PeopleError as error:
        return f"archive: {error.sentence}"
    return ""


_SOUND: set[str] = set()
"""The hashes of backups that this process has proven."""


def _copies(folder: Path) -> str:
    """What is wrong with a backup that is listed as proven, empty if nothing is."""
    for one in listing.listed(folder, whole=True) if folder.is_dir() else ():
        if not one.verified:
            continue
        digest = hashlib.sha256(one.path.read_bytes()).hexdigest()
        if digest in _SOUND:
            continue
        key = opening.unlock(one.path, PASSPHRASE)
        found = verify_file(one.path, key, Progress())
        if not found.ok:
            return f"backup listed as proven: {found.problems[0].problem}"
        _SOUND.add(digest)
    return ""
