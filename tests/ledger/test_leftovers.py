"""What a backup that was killed left behind goes; what is anybody else's stays."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.ledger.copies import claims
from app.ledger.copies.claims import claimed, clear
from app.ledger.copies.manifests import backups, note_of
from app.ledger.door import Ledger
from app.ledger.secret import keys

STEM, SUFFIX = "台帳", ".jutaku"
NAME = "台帳-20260401-090001.jutaku"
_DIES = """
import os, sys
from pathlib import Path
from app.ledger.copies.claims import claimed
with claimed(Path(sys.argv[1]), "台帳-20260401-090001", ".jutaku") as claim:
    for name in sys.argv[2:]:
        (claim.path.parent / name).write_bytes(b"x" * 1000)
    print("ready", flush=True)
    sys.stdin.readline()
    os._exit(9)
"""


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def maker(folder: Path, *left: str) -> subprocess.Popen[str]:
    """Another process in the middle of a backup, with these files written."""
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", _DIES, str(folder), *left],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def killed(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=30)
    assert process.returncode == 9


@pytest.mark.parametrize(
    "left",
    [
        (),
        (f".{NAME}.tmp",),
        (f".{NAME}.tmp", f".{NAME}.tmp-journal", f".{NAME}.tmp-wal", f".{NAME}.tmp-shm"),
        (f".{NAME}.tmp", f"{NAME}-key", f".{NAME}-key2-k3j2"),
        (NAME, f"{NAME}-key", f"{NAME}-key2"),
        (NAME, f"{NAME}-key", f"{NAME}-key2", f".{NAME}.json-k3j2"),
    ],
)
def test_what_a_dead_one_left_goes_and_what_a_living_one_has_stays(
    tmp_path: Path, left: tuple[str, ...]
) -> None:
    process = maker(tmp_path, *left)
    assert clear(tmp_path, STEM, SUFFIX) == 0
    assert names(tmp_path) >= set(left)
    killed(process)
    assert clear(tmp_path, STEM, SUFFIX) == 1000 * len(left)
    assert names(tmp_path) == set()


def test_what_older_versions_left_without_a_mark_goes(tmp_path: Path) -> None:
    (tmp_path / f".{NAME}.tmp").write_bytes(b"x" * 10)
    assert clear(tmp_path, STEM, SUFFIX) == 10
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        f"{NAME}-key",
        f"{NAME}.tmp",
        ".台帳.jutaku.tmp",
        ".台帳-20260401-09000.jutaku.tmp",
        ".台帳-20260401-0900011.jutaku.tmp",
        ".台帳-メモ.jutaku.tmp",
        ".別の台帳-20260401-090001.jutaku.tmp",
        ".台帳2-20260401-090001.jutaku.tmp",
        ".台帳-20260401-090001.sqlite.tmp",
        ".台帳-20260401-090001.jutaku",
        "写真.jpg",
    ],
)
def test_a_strangers_file_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert clear(tmp_path, STEM, SUFFIX) == 0
    assert names(tmp_path) == {name}


def test_a_finished_backup_stays_whatever_lies_beside_it(full: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "控え"
    path = full.backup(folder)
    before = names(folder)
    for name in (f".{path.name}.tmp", f".{path.name}.tmp.lock", f".{path.name}.json-abcd"):
        (folder / name).write_bytes(b"x" * 10)
    assert clear(folder, full.path.stem, full.path.suffix) == 20
    assert names(folder) == before


def test_the_next_backup_clears_up(full: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "控え"
    folder.mkdir()
    killed(maker(folder, f".{NAME}.tmp", f"{NAME}-key"))
    full.backup(folder)
    assert len(backups(folder)) == 1
    assert len(names(folder)) == 4


@pytest.mark.parametrize(
    ("freed", "said"),
    [(0, ""), (2**20 - 1, ""), (2**20, "1 MB"), (2**20 + 1, "1 MB"), (1234 * 2**20, "1,234 MB")],
)
def test_what_took_room_is_said(freed: int, said: str) -> None:
    words = claims.freed_words(freed)
    assert said in words
    assert bool(words) is bool(said)


def test_leftovers_in_the_folder_and_beside_the_ledger_are_cleared_at_once(
    full: Ledger, tmp_path: Path
) -> None:
    chosen, own = tmp_path / "控え", tmp_path / "台帳-backup"
    for folder in (chosen, own):
        folder.mkdir()
        (folder / f".{NAME}.tmp").write_bytes(b"x" * 100)
    assert full.clear_backups(chosen) == 200
    assert names(chosen) == names(own) == set()


def test_a_name_that_someone_else_is_using_is_not_taken(tmp_path: Path) -> None:
    with claimed(tmp_path, "a", SUFFIX) as first, claimed(tmp_path, "a", SUFFIX) as second:
        assert (first.path.name, second.path.name) == ("a.jutaku", "a-2.jutaku")
    assert names(tmp_path) == set()


@pytest.mark.parametrize("name", ["a.jutaku", "a.jutaku.json"])
def test_nor_one_that_is_taken(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    with claimed(tmp_path, "a", SUFFIX) as claim:
        assert claim.path.name == "a-2.jutaku"


def test_a_folder_that_knows_no_locks_takes_backups_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    def unknown(*_: object, **__: object) -> None:
        raise OSError(min(claims._NO_LOCKS), "no locks")

    monkeypatch.setattr(FileLock, "acquire", unknown)
    with claimed(tmp_path, "a", SUFFIX) as claim:
        claim.temporary.write_bytes(b"x")
    assert names(tmp_path) == set()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_folder_and_files_are_for_their_owner_alone(full: Ledger, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = full.backup(tmp_path / "控え")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    for made in (path, note_of(path), *keys.key_paths(path)):
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
