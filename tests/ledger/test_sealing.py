"""A change of passphrase is made or is not, whatever the disk does, and what is said of it is true."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.ledger.access import opening, sealing
from app.ledger.door import Ledger
from app.ledger.errors import DiskFullError, LedgerError, NoRoomError, WriteFailedError, WrongPassphraseError
from app.ledger.file import driver, small_files
from app.ledger.secret import keys
from tests.ledger.conftest import CHEAP, PASSPHRASE

NEW = "新しい合言葉にします"
WRITES = ("open", "fsync", "replace", "unlink")


class KilledError(BaseException):
    """The process is gone: nothing after this point is done, no clearing up either."""


@dataclass
class Disk:
    """Fails the write-class call number ``at`` of the process, or from there on."""

    at: int = 0
    code: int = 0
    lasting: bool = False
    seen: int = 0
    fired: int = field(default=0)

    def call(self, real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if real.__name__ == "open" and not args[1] & os.O_CREAT:
            return real(*args, **kwargs)
        self.seen += 1
        if self.at and (self.seen == self.at or (self.lasting and self.seen > self.at)):
            self.fired += 1
            if not self.code:
                raise KilledError
            raise OSError(self.code, os.strerror(self.code))
        return real(*args, **kwargs)

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        for name in WRITES:
            real = getattr(os, name)
            patch.setattr(os, name, lambda *a, _real=real, **k: self.call(_real, *a, **k))


def opened_by(path: Path, *words: str) -> list[str]:
    """The passphrases that open the ledger; each unlocks, none settles anything."""
    found = []
    for word in words:
        try:
            opening.unlock(path, word)
        except WrongPassphraseError:
            continue
        found.append(word)
    return found


def settled(path: Path, word: str) -> tuple[tuple[str, ...], list[str]]:
    """What the next opening says, and which passphrases open from then on."""
    with Ledger.open(path, opening.unlock(path, word)) as ledger:
        assert ledger.quick_check().problems == ()
        said = ledger.notices
    assert sorted(left.name for left in path.parent.iterdir() if ".new" in left.name) == []
    assert len(set(keys.read_copies(path))) == 1
    return said, opened_by(path, PASSPHRASE, NEW)


CALLS = 30
"""More than a change makes."""


@pytest.fixture
def fresh(ledger: Ledger) -> Callable[[int], Ledger]:
    """The same ledger once more, open, in a folder of its own."""
    ledger.close()
    files = (ledger.path, *keys.key_paths(ledger.path))

    def again(number: int) -> Ledger:
        folder = ledger.path.parent / str(number)
        folder.mkdir()
        for file in files:
            shutil.copy(file, folder)
        return Ledger.open(folder / ledger.path.name, ledger.key)

    return again


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
def test_what_is_said_of_a_change_on_a_failing_disk_is_true(
    fresh: Callable[[int], Ledger], monkeypatch: pytest.MonkeyPatch, lasting: bool
) -> None:
    outcomes = set()
    for at in range(1, CALLS):
        ledger = fresh(at)
        disk = Disk(at, errno.EIO, lasting)
        said = ""
        with ledger, monkeypatch.context() as patch:
            disk.watch(patch)
            try:
                ledger.change_passphrase(NEW, cost=CHEAP)
            except LedgerError as error:
                said = type(error).__name__
            patch.undo()
            journalled = ledger.head().sequence > 1
        outcomes.add(said)
        if said == "":
            assert opened_by(ledger.path, PASSPHRASE, NEW) == [NEW]
            assert settled(ledger.path, NEW) == ((), [NEW])
        elif said == "HalfChangedError":
            assert journalled
            assert settled(ledger.path, NEW)[1] == [NEW]
        else:
            assert said in ("WriteFailedError", "UnsureChangeError")
            assert not journalled
            both = [PASSPHRASE, NEW] if said == "UnsureChangeError" else [PASSPHRASE]
            assert opened_by(ledger.path, PASSPHRASE, NEW) == both
            assert settled(ledger.path, PASSPHRASE)[1] == [PASSPHRASE]
        if not disk.fired:
            break
    assert disk.fired == 0
    unsettled = {"HalfChangedError", "UnsureChangeError"} if lasting else set()
    assert outcomes == {"", "WriteFailedError", *unsettled}


def test_a_change_killed_at_any_point_is_made_or_is_not(
    fresh: Callable[[int], Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for at in range(1, CALLS):
        ledger = fresh(at)
        disk = Disk(at, 0, lasting=True)
        with monkeypatch.context() as patch:
            disk.watch(patch)
            with suppress(KilledError):
                ledger.change_passphrase(NEW, cost=CHEAP)
            patch.undo()
        journalled = ledger.head().sequence > 1
        ledger.close()
        said, after = settled(ledger.path, opened_by(ledger.path, PASSPHRASE, NEW)[0])
        assert after == ([NEW] if journalled else [PASSPHRASE])
        seen.add(said)
        if not disk.fired:
            break
    assert disk.fired == 0
    assert seen == {(), (sealing.COMPLETED,), (sealing.UNDONE,)}


def fail_commit(patch: pytest.MonkeyPatch, *, after: bool) -> None:
    """The disk reports a failure of the commit: nothing of it stands, or (``after``) all of it does."""
    real = driver.transaction

    @contextmanager
    def failing(connection: driver.Connection) -> Iterator[driver.Connection]:
        with real(connection) as held:
            yield held
            if not after:
                raise full()
        if after:
            raise full()

    def full() -> Exception:
        error = driver.Error("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"  # type: ignore[attr-defined]
        return error

    patch.setattr(driver, "transaction", failing)


def test_a_commit_that_fails_leaves_the_old_passphrase(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fail_commit(patch, after=False)
        with pytest.raises(DiskFullError, match="何も書き込んでいません"):
            ledger.change_passphrase(NEW, cost=CHEAP)
    assert opened_by(ledger.path, PASSPHRASE, NEW) == [PASSPHRASE]
    ledger.close()
    assert settled(ledger.path, PASSPHRASE) == ((), [PASSPHRASE])


def test_a_commit_that_stands_in_spite_of_its_error_is_completed(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        fail_commit(patch, after=True)
        ledger.change_passphrase(NEW, cost=CHEAP)
    ledger.close()
    assert opened_by(ledger.path, PASSPHRASE, NEW) == [NEW]
    assert settled(ledger.path, NEW) == ((), [NEW])


@pytest.mark.parametrize("stands", [False, True])
def test_where_nobody_knows_whether_it_stands_the_next_opening_decides(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, stands: bool
) -> None:
    with monkeypatch.context() as patch:
        fail_commit(patch, after=stands)
        patch.setattr(sealing, "_certain", lambda _connection: None)
        with pytest.raises(sealing.UnsureChangeError, match="両方を控えたまま"):
            ledger.change_passphrase(NEW, cost=CHEAP)
    ledger.close()
    assert opened_by(ledger.path, PASSPHRASE, NEW) == [PASSPHRASE, NEW]
    wanted = (sealing.COMPLETED, [NEW]) if stands else (sealing.UNDONE, [PASSPHRASE])
    assert settled(ledger.path, PASSPHRASE) == ((wanted[0],), wanted[1])


@pytest.mark.parametrize("which", [(0,), (1,), (0, 1)])
def test_an_old_key_file_put_back_is_said_and_replaced(ledger: Ledger, which: tuple[int, ...]) -> None:
    paths = keys.key_paths(ledger.path)
    old = [path.read_bytes() for path in paths]
    ledger.change_passphrase(NEW, cost=CHEAP)
    for at in which:
        paths[at].write_bytes(old[at])
    assert sealing.UNWRITTEN in [found.problem for found in ledger.verify().problems]
    ledger.close()
    assert PASSPHRASE in opened_by(ledger.path, PASSPHRASE, NEW)
    assert settled(ledger.path, PASSPHRASE) == ((sealing.STALE,), [NEW])
    assert settled(ledger.path, NEW) == ((), [NEW])


def test_an_old_key_file_that_cannot_be_replaced_keeps_nobody_out(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keys.key_paths(ledger.path)[0]
    old = first.read_bytes()
    ledger.change_passphrase(NEW, cost=CHEAP)
    ledger.close()
    first.write_bytes(old)

    def refuse(_path: Path, _data: bytes) -> None:
        raise WriteFailedError

    monkeypatch.setattr(sealing, "write_whole", refuse)
    with Ledger.open(ledger.path, ledger.key) as again:
        assert again.notices == (sealing.UNWRITTEN,)
        assert not again.verify().ok


def test_key_files_of_another_ledger_are_replaced(make: Callable[..., tuple[Ledger, str]]) -> None:
    (ledger, _one), (other, _two) = make("a.jutaku"), make("b.jutaku")
    for ours, theirs in zip(keys.key_paths(ledger.path), keys.key_paths(other.path), strict=True):
        ours.write_bytes(theirs.read_bytes())
    ledger.close()
    other.close()
    with Ledger.open(ledger.path, ledger.key) as again:
        assert again.notices == (sealing.STALE,)
    assert opening.unlock(ledger.path, PASSPHRASE) == ledger.key


def test_a_ledger_that_noted_no_seal_tells_of_key_files_that_differ(ledger: Ledger) -> None:
    second = keys.key_paths(ledger.path)[1]
    old = second.read_bytes()
    ledger.change_passphrase(NEW, cost=CHEAP)
    ledger._connection.execute("DELETE FROM key_file")
    ledger.close()
    second.write_bytes(old)
    with Ledger.open(ledger.path, ledger.key) as again:
        assert again.notices == (sealing.APART,)
        again.change_passphrase(PASSPHRASE, cost=CHEAP)
    assert settled(ledger.path, PASSPHRASE) == ((), [PASSPHRASE])


@pytest.mark.parametrize("call", WRITES[1:3])
def test_whatever_a_disk_does_to_a_small_file_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(WriteFailedError):
        small_files.write_whole(tmp_path / "a", b"x")
    monkeypatch.undo()
    with pytest.raises(WriteFailedError):
        small_files.write_whole(tmp_path / "gone" / "a", b"x")


def test_a_full_disk_is_told_as_that_and_by_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"before")

    def fail(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(NoRoomError, match="空きが足りないため「a」を"):
        small_files.write_whole(tmp_path / "a", b"x")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]


def test_what_a_killed_write_left_is_known_by_its_name(tmp_path: Path) -> None:
    for name in (".a-abcd1234", ".a-abcd123", ".b-abcd1234", "a-abcd1234", ".a-ABCD1234"):
        (tmp_path / name).touch()
    assert [path.name for path in small_files.remains(tmp_path / "a")] == [".a-abcd1234"]


def leave(ledger: Path, *, keys_too: bool) -> None:
    """What a process leaves that is killed while it makes a ledger."""
    names = [f".{ledger.name}.new", f".{ledger.name}.new-wal", f".{ledger.name}.new-shm"]
    for path in [ledger.with_name(name) for name in names] + list(keys.key_paths(ledger)) * keys_too:
        path.write_bytes(b"half")


def test_what_a_killed_making_left_is_cleared_when_the_ledger_is_made(
    make: Callable[..., tuple[Ledger, str]], tmp_path: Path
) -> None:
    leave(tmp_path / "a.jutaku", keys_too=True)
    ledger, _code = make("a.jutaku")
    ledger.close()
    assert settled(ledger.path, PASSPHRASE) == ((), [PASSPHRASE])


def test_or_when_it_is_opened(ledger: Ledger) -> None:
    ledger.close()
    leave(ledger.path, keys_too=False)
    assert settled(ledger.path, PASSPHRASE) == ((), [PASSPHRASE])


def test_the_key_file_of_a_lost_ledger_is_never_cleared_away(
    make: Callable[..., tuple[Ledger, str]], ledger: Ledger
) -> None:
    ledger.close()
    ledger.path.unlink()
    held = keys.key_paths(ledger.path)[0].read_bytes()
    with pytest.raises(LedgerError, match="既にあります"):
        make(ledger.path.name)
    assert keys.key_paths(ledger.path)[0].read_bytes() == held
