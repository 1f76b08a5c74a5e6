"""A ledger is made only under a name from which all that is named after it can be made as well."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import filesystem
from app.ledger.access import names
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError, LongNameError, MissingLedgerError, of_opening
from app.ledger.file.small_files import temporary_name, write_whole
from app.ledger.restoring.restoration import Restoration
from tests.ledger.conftest import CHEAP, PASSPHRASE, Clock

posix = pytest.mark.skipif(os.name == "nt", reason="there a name has 255 characters, and a path 259 in all")
MOST = 207
"""Bytes of a ledger's name: 255 less what a kept ledger's key file has more while it is written."""


def of_bytes(count: int) -> str:
    """A name of so many bytes, ``.jutaku`` included."""
    threes, rest = divmod(count - len(".jutaku"), 3)
    return "あ" * threes + "a" * rest + ".jutaku"


@pytest.fixture
def near() -> Iterator[Path]:
    """A folder with a short path: SQLite takes 512 bytes, and a backup has the name twice in its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@posix
@pytest.mark.parametrize(("size", "made"), [(MOST - 1, True), (MOST, True), (MOST + 1, False), (300, False)])
def test_the_longest_name(tmp_path: Path, size: int, made: bool) -> None:
    path = tmp_path / of_bytes(size)
    assert len(os.fsencode(path.name)) == size
    if made:
        Ledger.create(path, PASSPHRASE, "担当者", cost=CHEAP)[0].close()
        return
    with pytest.raises(names.UnnamableError, match="拡張子を除いて66文字までに縮めてください") as caught:
        Ledger.create(path, PASSPHRASE, "担当者", cost=CHEAP)
    assert "書込み" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@posix
def test_under_the_longest_name_everything_can_be_done(near: Path, clock: Clock) -> None:
    path = near / of_bytes(MOST)
    with Ledger.create(path, PASSPHRASE, "担当者", cost=CHEAP)[0] as ledger:
        ledger.change_passphrase("青い 自転車 三台 雨", cost=CHEAP, backups=None)
        key, first, second = ledger.key, ledger.backup(), ledger.backup()
        assert ledger.verify().ok
    assert first.exists()
    restoration = Restoration(second, key, path, clock=clock)
    kept = restoration.prepare().kept
    assert kept is not None
    restoration.finish()
    restoration.close()
    for opened in (path, kept):
        with Ledger.open(opened, key) as ledger:
            ledger.change_passphrase("赤い 自転車 五台 雪", cost=CHEAP, backups=None)
            assert ledger.verify().ok


@posix
def test_no_name_that_is_made_is_longer_than_was_reckoned(tmp_path: Path) -> None:
    reckoned = max(len(os.fsencode(name)) for name in names._longest(tmp_path / "a.jutaku"))
    assert reckoned == len("a.jutaku") + 255 - MOST


@pytest.mark.parametrize(
    ("windows", "character", "most"), [(True, "あ", 206), (True, "𠮷", 103), (False, "あ", 66)]
)
def test_each_system_counts_as_it_does(
    monkeypatch: pytest.MonkeyPatch, windows: bool, character: str, most: int
) -> None:
    monkeypatch.setattr(filesystem, "_WINDOWS", windows)
    names.refuse_unnamable(Path(f"{character * most}.jutaku"))
    with pytest.raises(names.UnnamableError, match=f"{most}文字までに"):
        names.refuse_unnamable(Path(f"{character * (most + 1)}.jutaku"))


@pytest.mark.parametrize(("size", "long"), [(254, False), (255, False), (256, True)])
def test_the_limit_of_one_name(size: int, long: bool) -> None:
    assert filesystem.name_too_long("a" * size) is long


@posix
@pytest.mark.parametrize(("size", "opens"), [(237, True), (238, True), (239, False), (255, False)])
def test_a_ledger_that_got_too_long_a_name_by_hand_is_told_so(ledger: Ledger, size: int, opens: bool) -> None:
    ledger.close()
    there = ledger.path.rename(ledger.path.with_name(of_bytes(size)))
    if opens:
        with Ledger.open(there, ledger.key) as again:
            assert again.verify().ok
            with pytest.raises(LedgerError, match="名前かパスが長すぎます"):
                again.backup()
        return
    with pytest.raises(names.UnopenableNameError, match="名前が長すぎて開けません"):
        Ledger.open(there, ledger.key)


@posix
def test_nothing_is_restored_to_a_name_that_is_too_long(ledger: Ledger, tmp_path: Path, clock: Clock) -> None:
    made = ledger.backup(tmp_path / "safe")
    (folder := tmp_path / "to").mkdir()
    for size in (MOST + 1, 300):
        with pytest.raises(names.UnnamableError):
            Restoration(made, ledger.key, folder / of_bytes(size), clock=clock).prepare()
    assert list(folder.iterdir()) == []


@posix
@pytest.mark.parametrize(("size", "written"), [(244, True), (245, True), (246, False)])
def test_a_small_file_whose_name_is_too_long_says_so(tmp_path: Path, size: int, written: bool) -> None:
    path = tmp_path / ("a" * size)
    assert len(temporary_name(path)) == size + 10
    if written:
        write_whole(path, b"x")
        return
    with pytest.raises(LongNameError, match="名前かパスが長すぎるため書き込めません"):
        write_whole(path, b"x")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_opened_for_its_name_is_not_called_protected() -> None:
    assert isinstance(of_opening(OSError(errno.ENAMETOOLONG, "", "x")), LongNameError)
    # Windows takes no path so long, and is asked nothing else.
    with pytest.raises(LedgerError if os.name == "nt" else MissingLedgerError) as caught:
        Ledger.open(Path("あ" * 300), bytes(32))
    assert ("パスが長すぎる" in str(caught.value)) == (os.name == "nt")
