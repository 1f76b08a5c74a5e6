"""A ledger on a disk without any room: what keeps it from opening is said, and nothing half-made stays."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from app.ledger.door import Ledger
from app.ledger.errors import NoRoomToOpenError
from app.ledger.file import driver, small_files

_FILLED = """
import sys
from pathlib import Path
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
path, key = Path(sys.argv[1]), bytes.fromhex(sys.argv[2])
def names(): return sorted((found.name, found.stat().st_size) for found in path.parent.iterdir())
fill = path.with_name("fill")
with fill.open("wb", buffering=0) as file:
    for size in (65536, 1):
        try:
            while file.write(bytes(size)): pass
        except OSError: pass
before = [held for held in names() if not held[0].endswith(".lock")]
try:
    Ledger.open(path, key).close()
except LedgerError as error:
    print(error)
after = [held for held in names() if not held[0].endswith(".lock")]
print(before == after or (before, after))
fill.unlink()
with Ledger.open(path, key) as ledger:
    print(ledger.read_only, ledger.verify().ok)
"""


def small_disk(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in a name space of its own, where a disk of 3 megabytes lies over its last argument."""
    mounted = 'mount -t tmpfs -o size=3m small "$0" && exec "$@"'
    return subprocess.run(
        ["unshare", "-Urm", "sh", "-c", mounted, *command],  # where the system has it
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        check=False,
    )


@pytest.mark.skipif(
    os.name == "nt" or not shutil.which("unshare"), reason="a disk is not made without rights"
)
def test_a_disk_that_is_full_to_the_last_byte(ledger: Ledger, tmp_path: Path) -> None:
    ledger.close()
    (disk := tmp_path / "disk").mkdir()
    if small_disk([str(disk), "true"]).returncode:
        pytest.skip("this system lets nobody mount one")
    script = f"import shutil; shutil.copy({str(ledger.path)!r}, {str(disk)!r})\n{_FILLED}"
    where = disk / ledger.path.name
    ran = small_disk([str(disk), sys.executable, "-X", "utf8", "-c", script, str(where), ledger.key.hex()])
    assert ran.stderr == ""
    said, unchanged, again = ran.stdout.splitlines()
    assert f"フォルダ「{disk}」）に空きがないため、開けません。" in said
    assert unchanged == "True"
    assert again == "False True"


@pytest.mark.parametrize(("code", "full"), [(errno.ENOSPC, True), (errno.EIO, False), (errno.EACCES, False)])
@pytest.mark.parametrize("said", ["SQLITE_IOERR", "SQLITE_CANTOPEN"])
def test_a_disk_that_fails_is_called_full_only_where_it_is(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, code: int, full: bool, said: str
) -> None:
    ledger.close()
    real = driver.connect

    def connect(path: Path, *rest: Any, **ways: Any) -> Any:
        if ways.get("immutable"):
            return real(path, *rest, **ways)
        path.with_name(f"{path.name}-shm").write_bytes(b"x")
        path.with_name(f"{path.name}-wal").touch()
        error = driver.Error("disk")
        error.sqlite_errorname = said  # type: ignore[attr-defined]  # as the driver's own have it
        raise error

    def none(**_ways: Any) -> Any:
        raise OSError(code, os.strerror(code))

    before = sorted(path.name for path in ledger.path.parent.iterdir())
    with monkeypatch.context() as patched:
        patched.setattr(driver, "connect", connect)
        patched.setattr(tempfile, "TemporaryFile", none)
        with pytest.raises(Exception, match=r"空きを作って|ディスクの状態|書込み禁止") as caught:
            Ledger.open(ledger.path, ledger.key)
    assert isinstance(caught.value, NoRoomToOpenError) is full
    assert sorted(path.name for path in ledger.path.parent.iterdir()) == before
    Ledger.open(ledger.path, ledger.key).close()


def test_what_is_tried_leaves_nothing(tmp_path: Path) -> None:
    assert small_files.has_room(tmp_path, 32768)
    assert small_files.has_room(tmp_path / "none", 1)
    assert list(tmp_path.iterdir()) == []
