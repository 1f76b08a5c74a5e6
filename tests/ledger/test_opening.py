"""Every kind of wrong file is told apart, and none of them is written to."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any

import pytest

from app import filesystem
from app.ledger import migrations
from app.ledger.access import connecting as settling
from app.ledger.access import creation, opening
from app.ledger.door import Ledger
from app.ledger.errors import (
    CutOrLongerError,
    DamagedError,
    EmptyFileError,
    InUseError,
    KeyFileUnreadableError,
    LedgerError,
    LongerError,
    MissingLedgerError,
    NewerFormatError,
    NotOursError,
    PlainDatabaseError,
    TruncatedError,
    WriteFailedError,
    WrongKeyError,
    WrongPassphraseError,
)
from app.ledger.file import driver, lock, logs, migrating, places
from app.ledger.migrations import Migration
from app.ledger.secret import keyring_store, keys
from app.ledger.secret.keys import Cost
from tests.ledger.kept import as_killed

if TYPE_CHECKING:
    from sqlite_utils import Database

WORD = "とても長い合言葉です"
CHEAP = Cost(memory=64, passes=1, lanes=1)


@pytest.fixture
def closed(full: Ledger) -> Ledger:
    full.close()
    return full


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(path: Path, error: type[LedgerError], key: bytes = bytes(32)) -> str:
    """The one sentence with which unlocking and opening refuse ``path``; the folder stays as it was."""
    before = state(path.parent)
    with pytest.raises(error) as caught:
        Ledger.open(path, key)
    told = str(caught.value)
    assert told.count("\n") == 0
    assert told.endswith("。")
    after = {name: data for name, data in state(path.parent).items() if not name.endswith(".lock")}
    assert after == {name: data for name, data in before.items() if not name.endswith(".lock")}
    return told


def test_missing(tmp_path: Path) -> None:
    assert "見つかりません" in refused(tmp_path / "ない.jutaku", MissingLedgerError)


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "空.jutaku"
    path.touch()
    assert "中身が空" in refused(path, EmptyFileError)


def test_plain_database(tmp_path: Path) -> None:
    path = tmp_path / "plain.jutaku"
    with closing(driver.scratch()) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("VACUUM INTO ?", (str(path),))
    assert "暗号化されていない" in refused(path, PlainDatabaseError)


@pytest.mark.parametrize(
    "data", [b"hello", b"%PDF-1.7" + secrets.token_bytes(4088), b"\0" * 8192, secrets.token_bytes(5000)]
)
def test_not_ours(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.jutaku"
    path.write_bytes(data)
    assert "受託台帳のファイルではありません" in refused(path, NotOursError)


def test_a_folder_is_not_ours(tmp_path: Path) -> None:
    with pytest.raises(NotOursError):
        opening.unlock(tmp_path, WORD)


def test_another_program_with_the_same_cipher_is_not_ours(closed: Ledger) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("PRAGMA application_id=7")
    refused(closed.path, NotOursError, closed.key)


@pytest.mark.parametrize("length", [100, 4096 * 3, 4096 * 5 + 17])
def test_truncated(closed: Ledger, length: int) -> None:
    os.truncate(closed.path, length)
    assert "途中で切れて" in refused(closed.path, TruncatedError, closed.key)


@pytest.mark.parametrize("more", [1, 4095, 4096, 5000, 8192])
def test_what_has_zeros_behind_its_end_is_longer_and_not_cut(closed: Ledger, more: int) -> None:
    with closed.path.open("ab") as file:
        file.write(bytes(more))
    said = f"自身の示す大きさより{more:,}バイト長く"
    assert said in refused(closed.path, LongerError, closed.key)
    ways: tuple[Callable[[], object], ...] = (
        lambda: opening.unlock(closed.path, WORD),
        lambda: opening.unlock_with_code(closed.path, keys.recovery_code(closed.key)),
    )
    for unlock in ways:
        with pytest.raises(LongerError, match=said):
            unlock()
    with pytest.raises(CutOrLongerError, match="切れているか、後ろに余計な"):
        opening.examine(closed.path)
    os.truncate(closed.path, closed.path.stat().st_size - more)
    Ledger.open(closed.path, closed.key).close()


@pytest.mark.parametrize("length", [4096 * 3, 4096 * 5 + 17])
def test_a_cut_file_is_not_called_longer_where_its_key_is_known(closed: Ledger, length: int) -> None:
    os.truncate(closed.path, length)
    with closed.path.open("ab") as file:
        file.write(bytes(4096))
    ways: tuple[Callable[[], object], ...] = (
        lambda: opening.unlock(closed.path, WORD),
        lambda: Ledger.open(closed.path, closed.key),
    )
    for unlock in ways:
        with pytest.raises(TruncatedError, match="途中で切れています"):
            unlock()


@pytest.mark.parametrize("empty", [4096, 4096 * 7])
def test_a_copy_broken_off_after_its_room_was_taken_is_cut(closed: Ledger, empty: int) -> None:
    with closed.path.open("rb+") as file:
        file.seek(-empty, os.SEEK_END)
        file.write(bytes(empty))
    assert "元のファイルから写し直し" in refused(closed.path, TruncatedError, closed.key)


def other_key_file(closed: Ledger, make: Callable[..., tuple[Ledger, str]], word: str) -> bytes:
    other, _code = make("別の台帳.jutaku", passphrase=word)
    other.close()
    return keys.key_paths(other.path)[0].read_bytes()


@pytest.mark.parametrize("word", [WORD, "まったく違う合言葉です"])
@pytest.mark.parametrize("which", [0, 1])
def test_a_key_file_of_another_ledger_beside_the_right_one_opens_and_goes(
    closed: Ledger, make: Callable[..., tuple[Ledger, str]], which: int, word: str
) -> None:
    foreign = other_key_file(closed, make, word)
    right = keys.key_paths(closed.path)[1 - which].read_bytes()
    keys.key_paths(closed.path)[which].write_bytes(foreign)
    key = opening.unlock(closed.path, WORD)
    assert key == closed.key
    Ledger.open(closed.path, key).close()
    assert [path.read_bytes() for path in keys.key_paths(closed.path)] == [right] * 2


def test_the_computers_memory_is_asked_for_the_ledger_itself_not_for_a_key_file_beside_it(
    closed: Ledger, make: Callable[..., tuple[Ledger, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _code = make("別の台帳.jutaku")
    other.close()
    kept = {closed.id: closed.key, other.id: other.key}
    monkeypatch.setattr(keyring_store, "recall", kept.get)
    keys.key_paths(closed.path)[0].write_bytes(keys.key_paths(other.path)[0].read_bytes())
    assert opening.unlock_from_keyring(closed.path) == closed.key
    del kept[closed.id]
    assert opening.unlock_from_keyring(closed.path) is None


def test_key_files_of_another_ledger_alone_are_told_for_what_they_are(
    closed: Ledger, make: Callable[..., tuple[Ledger, str]]
) -> None:
    foreign = other_key_file(closed, make, WORD)
    for path in keys.key_paths(closed.path):
        path.write_bytes(foreign)
    with pytest.raises(WrongKeyError, match="別の台帳の鍵"):
        Ledger.open(closed.path, opening.unlock(closed.path, WORD))
    with pytest.raises(WrongPassphraseError):
        opening.unlock(closed.path, "まったく違う合言葉です")


@pytest.mark.parametrize("both", [True, False])
def test_a_folder_in_the_place_of_a_key_file(closed: Ledger, both: bool) -> None:
    first, second = keys.key_paths(closed.path)
    first.unlink()
    first.mkdir()
    if both:
        second.unlink()
        with pytest.raises(KeyFileUnreadableError, match="同じ名前のフォルダがあります"):
            opening.unlock(closed.path, WORD)
    else:
        with Ledger.open(closed.path, opening.unlock(closed.path, WORD)) as ledger:
            assert ledger.counts()["person"] == 1
    assert first.is_dir()


def test_wrong_passphrase_is_known_before_the_file_is_opened(closed: Ledger) -> None:
    before = state(closed.path.parent)
    with pytest.raises(WrongPassphraseError, match="パスフレーズが違います"):
        opening.unlock(closed.path, "これは違う合言葉です")
    assert state(closed.path.parent) == before


def test_a_key_of_another_ledger(closed: Ledger) -> None:
    assert "開けません" in refused(closed.path, WrongKeyError, bytes(32))
    with pytest.raises(WrongKeyError):
        opening.unlock_with_code(closed.path, keys.recovery_code(bytes(32)))


def test_a_damaged_page_is_found_in_one_sentence(closed: Ledger) -> None:
    data = bytearray(closed.path.read_bytes())
    data[100] ^= 1
    closed.path.write_bytes(data)
    refused(closed.path, WrongKeyError, closed.key)


@pytest.mark.parametrize("unsettled", [False, True])
def test_a_newer_ledger_is_left_as_it_is(closed: Ledger, tmp_path: Path, unsettled: bool) -> None:
    with closing(driver.connect(closed.path, closed.key)) as connection:
        connection.execute("PRAGMA user_version=99")
        where = as_killed(closed.path, tmp_path / "killed")
    assert logs.unsettled(where)
    assert not logs.unsettled(closed.path)
    assert "新しい版" in refused(where if unsettled else closed.path, NewerFormatError, closed.key)


def test_a_format_that_somebody_without_a_key_wrote_into_the_key_files_keeps_nobody_out(
    closed: Ledger,
) -> None:
    keys.note_format(closed.path, 99)
    key = opening.unlock(closed.path, WORD)
    Ledger.open(closed.path, key).close()
    assert {held.format for held in keys.key_files(closed.path)} == {migrations.FORMAT}


def test_every_damaged_page_gives_a_sentence_and_never_a_traceback(closed: Ledger) -> None:
    whole = closed.path.read_bytes()
    told = []
    for page in range(0, len(whole) // 4096, 7):
        data = bytearray(whole)
        data[page * 4096 + 2000] ^= 4
        closed.path.write_bytes(data)
        told.append(damage_found(closed))
    assert all(told)


def damage_found(closed: Ledger) -> bool:
    try:
        with Ledger.open(closed.path, closed.key) as ledger:
            return not ledger.verify().ok
    except (DamagedError, WrongKeyError, TruncatedError):
        return True


def test_creating_over_something_is_refused(closed: Ledger, make: Callable[..., tuple[Ledger, str]]) -> None:
    before = state(closed.path.parent)
    with pytest.raises(LedgerError, match="既にあります"):
        make()
    assert state(closed.path.parent) == before
    keys.key_paths(closed.path)[0].rename(closed.path.with_name("別.jutaku-key"))
    with pytest.raises(LedgerError, match=r"別\.jutaku-key"):
        make("別.jutaku")


def test_creating_needs_folder_officer_and_passphrase(tmp_path: Path) -> None:
    for path, word, officer, sentence in (
        (tmp_path / "ない" / "a.jutaku", WORD, "担当", "フォルダ「ない」がありません"),
        (tmp_path / "a.jutaku", WORD, " ", "担当者の氏名"),
        (tmp_path / "a.jutaku", "短い", "担当", "8文字以上"),
    ):
        with pytest.raises(LedgerError, match=sentence):
            Ledger.create(path, word, officer, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_db: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(migrating.migrate, "__defaults__", ((Migration(1, "broken", broken),),))
    with pytest.raises(ZeroDivisionError):
        Ledger.create(tmp_path / "a.jutaku", WORD, "担当", cost=CHEAP)
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")] == []


@pytest.mark.parametrize(
    ("number", "told"), [(errno.EIO, "読み書きに失敗"), (errno.ENOSPC, "空きが足りない")]
)
def test_a_disk_that_takes_no_new_file_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    real = os.open

    def refuse(path: Any, flags: int, *given: Any, **named: Any) -> int:
        if Path(path).name == ".a.jutaku.new":
            raise OSError(number, os.strerror(number))
        return real(path, flags, *given, **named)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(LedgerError, match=told):
        Ledger.create(tmp_path / "a.jutaku", WORD, "担当", cost=CHEAP)
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")] == []


@pytest.mark.skipif(os.name == "nt", reason="there it is renamed in one step")
def test_a_name_that_stays_behind_takes_the_new_ledger_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said to have failed has changed nothing: no ledger without its key files is left."""
    real, struck = filesystem.remove_file, list[str]()

    def fail_once(path: Path) -> None:
        if not struck:
            struck.append(path.name)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(path)

    monkeypatch.setattr(creation, "remove_file", fail_once)
    with pytest.raises(WriteFailedError):
        Ledger.create(tmp_path / "a.jutaku", WORD, "担当", cost=CHEAP)
    assert struck == [".a.jutaku.new"]
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")] == []
    Ledger.create(tmp_path / "a.jutaku", WORD, "担当", cost=CHEAP)[0].close()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the profile's own permissions")
def test_files_belong_to_their_owner_alone(full: Ledger) -> None:
    full.backup()
    for path in full.path.parent.rglob("*.jutaku*"):
        assert path.is_dir() or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


def test_network_places_are_refused() -> None:
    for path in (r"\\server\share\a.jutaku", "//server/share/a.jutaku"):
        with pytest.raises(places.NetworkPlaceError, match="ネットワーク上"):
            places.refuse_network(Path(path))


def test_network_mounts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_mount_type", lambda _path: "nfs4")
    monkeypatch.setattr(places, "_drive_type", lambda _drive: 4)  # DRIVE_REMOTE
    with pytest.raises(places.NetworkPlaceError):
        Ledger.create(tmp_path / "a.jutaku", WORD, "担当", cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (r"C:\Users\花子\OneDrive - 会社\a.jutaku", "OneDrive"),
        (r"C:\Users\花子\Dropbox\a.jutaku", "Dropbox"),
        (r"G:\マイドライブ\a.jutaku", "Google Drive"),
        (r"C:\Users\花子\iCloudDrive\a.jutaku", "iCloud"),
        (r"C:\Users\花子\Box\a.jutaku", "Box"),
        (r"C:\Users\花子\Boxes\a.jutaku", ""),
        (r"H:\共有ドライブ\総務\a.jutaku", "Google Drive"),
        (r"C:\Users\花子\AppData\Local\a.jutaku", ""),
    ],
)
def test_cloud_folders_are_warned_of(path: str, name: str) -> None:
    assert (f"{name}と同期" if name else "") in places.cloud_warning(PureWindowsPath(path))
    assert bool(places.cloud_warning(PureWindowsPath(path))) == bool(name)


def test_a_second_opening_learns_who_holds_the_ledger(full: Ledger) -> None:
    with pytest.raises(InUseError, match=r"さん（.+）が4月1日09:00から使用中です"):
        Ledger.open(full.path, full.key)
    full.close()
    Ledger.open(full.path, full.key).close()


_HOLDER = """
import sys
from pathlib import Path
from app.ledger.door import Ledger
with Ledger.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("at", [1, 2])
def test_a_ledger_that_vanishes_while_it_is_opened_is_missing(
    closed: Ledger, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    real, calls = driver.connect, 0

    def connect(path: Path, *args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            path.unlink()
        return real(path, *args, **kwargs)

    monkeypatch.setattr(driver, "connect", connect)
    with pytest.raises(MissingLedgerError):
        Ledger.open(closed.path, closed.key)
    assert calls == at
    assert not list(closed.path.parent.glob("*.user")), "the lock is given back"


def test_another_process_is_kept_out_until_it_dies(closed: Ledger) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(closed.path), closed.key.hex()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"open"
        with pytest.raises(InUseError, match="使用中"):
            Ledger.open(closed.path, closed.key)
        holder.kill()
    with Ledger.open(closed.path, closed.key) as again:
        assert again.verify().ok


def test_the_ledger_is_given_free_while_someone_reads_who_holds_it(
    full: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_elsewhere(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "the file is being used by another process")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", read_elsewhere)
        full.close()
    Ledger.open(full.path, full.key).close()


@pytest.mark.parametrize("name", ["aux.jutaku", "台帳:1.jutaku"])
def test_a_ledger_gets_a_name_that_windows_can_make(tmp_path: Path, name: str) -> None:
    with pytest.raises(LedgerError, match="名前に使えません"):
        Ledger.create(tmp_path / name, WORD, "担当", cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "nt", reason="the drives of Windows")
def test_this_drive_is_known_to_be_local(tmp_path: Path) -> None:
    assert places._drive_type(tmp_path.anchor) in {2, 3, 6}  # removable, fixed, in memory


def test_a_lock_whose_note_is_unreadable_still_says_something(
    full: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    full.path.with_name(f"{full.path.name}.user").write_bytes(b"")
    monkeypatch.setattr(lock, "_PATIENCE", 0.0)
    with pytest.raises(InUseError, match="使用中"):
        Ledger.open(full.path, full.key)


LATER = migrations.FORMAT + 1


def later_format(db: Database) -> None:
    db.execute("ALTER TABLE person ADD COLUMN badge TEXT NOT NULL DEFAULT ''")


@pytest.fixture
def newer_program(closed: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    assert closed.path.exists()  # made in today's format, before the program learns another
    steps = (*migrations.MIGRATIONS, Migration(LATER, "later", later_format))
    monkeypatch.setattr(migrating.migrate, "__defaults__", (steps,))
    monkeypatch.setattr(migrating, "MIGRATIONS", steps)
    monkeypatch.setattr(migrating.expected_entries, "__defaults__", (LATER,))
    for module in (settling, opening):
        monkeypatch.setattr(module, "FORMAT", LATER)
    from app.ledger.proof import verifying

    monkeypatch.setattr(verifying, "FORMAT", LATER)
    monkeypatch.setattr(verifying, "MIGRATIONS", steps)


@pytest.mark.usefixtures("newer_program")
def test_an_older_ledger_is_backed_up_then_migrated_and_verifies(closed: Ledger) -> None:
    with Ledger.open(closed.path, closed.key) as ledger:
        assert ledger.verify().problems == ()
        assert ledger.quick_check().ok
        saved = list(closed.path.parent.glob("*-backup/*.jutaku"))
        assert len(saved) == 1
        with closing(driver.connect(saved[0], closed.key)) as old:
            assert migrating.format_of(old) == migrations.FORMAT
        ledger._connection.execute("UPDATE person SET badge = 'x'")
        assert not ledger.verify().ok
    assert keys.key_files(closed.path)[0].format == LATER


@pytest.mark.usefixtures("newer_program")
def test_a_ledger_of_the_migrated_format_is_refused_by_the_older_program(
    closed: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    Ledger.open(closed.path, closed.key).close()
    monkeypatch.undo()
    refused(closed.path, NewerFormatError, closed.key)


def test_a_migration_that_fails_changes_nothing(closed: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(db: Database) -> None:
        later_format(db)
        raise ZeroDivisionError

    steps = (*migrations.MIGRATIONS, Migration(LATER, "broken", broken))
    with closing(driver.connect(closed.path, closed.key)) as connection:
        before = migrating.schema_entries(connection)
        with pytest.raises(ZeroDivisionError):
            migrating.migrate(connection, closed._clock, steps)
        assert migrating.schema_entries(connection) == before
        assert migrating.format_of(connection) == migrations.FORMAT
    monkeypatch.undo()
    with Ledger.open(closed.path, closed.key) as ledger:
        assert ledger.verify().ok


def test_the_connection_has_every_setting_that_durability_rests_on(ledger: Ledger) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "cache_size": -16000,
        "query_only": 0,
    }
    held = {name: driver.one(ledger._connection, f"PRAGMA {name}") for name in wanted}
    assert held == wanted


def test_a_key_of_another_length_never_becomes_a_passphrase(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        driver.connect(tmp_path / "a", bytes(31), "rwc")
