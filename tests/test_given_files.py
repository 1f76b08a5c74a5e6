"""Whatever stands in the place of a file that a person named: one sentence at once, and never a wait."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.common import PeopleError
from app.filesystem import NotAFileError, open_plain, read_given, read_plain

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices as POSIX has them")
MOST = 1024 * 1024
MORE = "小さくしてください。"


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "名簿.json")
    return folder / "名簿.json"


def device(_folder: Path) -> Path:
    return Path("/dev/zero")


def folder(folder: Path) -> Path:
    (folder / "名簿.json").mkdir()
    return folder / "名簿.json"


def link_to_pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    (folder / "名簿.json").symlink_to(folder / "pipe")
    return folder / "名簿.json"


def link_to_itself(folder: Path) -> Path:
    (folder / "名簿.json").symlink_to(folder / "名簿.json")
    return folder / "名簿.json"


def below_a_file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "名簿.json"


def holes(folder: Path) -> Path:
    with (folder / "名簿.json").open("wb") as file:
        file.truncate(1 << 40)
    return folder / "名簿.json"


NO_FILES = {
    one.__name__: one for one in (pipe, device, folder, link_to_pipe, link_to_itself, below_a_file, holes)
}


@pytest.fixture
def bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The place of a socket; its name is short, since few characters are allowed."""
    monkeypatch.chdir(tmp_path)
    held = socket.socket(socket.AF_UNIX)
    held.bind("s")
    yield tmp_path / "s"
    held.close()


@posix
@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_told_at_once(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path)
    with pytest.raises(PeopleError) as told:
        read_given(path, MOST, MORE)
    assert told.value.sentence.startswith(f"「{path.name}」")
    assert told.value.sentence.endswith("。")


@posix
def test_a_socket_is_told_at_once(bound: Path) -> None:
    with pytest.raises(PeopleError, match="通常のファイルではないもの"):
        read_given(bound, MOST, MORE)


@pytest.mark.parametrize(
    ("name", "said"), [("ない.json", "見つかりません"), (".", "フォルダのため読めません")]
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(PeopleError, match=said):
        read_given(tmp_path / name, MOST, MORE)


@pytest.mark.parametrize("size", [MOST - 1, MOST, MOST + 1])
def test_a_file_may_be_as_large_as_the_limit(tmp_path: Path, size: int) -> None:
    path = tmp_path / "名簿.json"
    path.write_bytes(b"x" * size)
    assert len(read_plain(path, MOST)) == size
    if size <= MOST:
        assert read_given(path, MOST, MORE) == path.read_bytes()
    else:
        with pytest.raises(PeopleError, match=r"「名簿\.json」は大きすぎます（1MBまで）。小さく"):
            read_given(path, MOST, MORE)


@posix
def test_what_takes_the_place_of_a_file_meanwhile_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pipe(tmp_path)
    plain = tmp_path / "file"
    plain.touch()
    before = plain.stat()
    monkeypatch.setattr(Path, "stat", lambda _self: before)
    with pytest.raises(NotAFileError):
        open_plain(path)


COMMANDS = {
    "import": ["import", "person"],
    "annex check": ["annex", "check"],
    "annex read": ["annex", "read"],
    "verify": ["verify", "--pdf"],
}


@posix
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("place", ["ledger", "passphrase", "file"])
def test_no_command_waits_for_a_pipe(tmp_path: Path, command: list[str], place: str) -> None:
    """Each file that a command is given in turn: it ends by itself with its sentence."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "words").write_text("a passphrase of words", encoding="utf-8")
    given = {"ledger": tmp_path / "a.jutaku", "passphrase": tmp_path / "words", "file": tmp_path / "a.json"}
    given[place] = tmp_path / "pipe"
    options = ["--ledger", str(given["ledger"]), "--passphrase-file", str(given["passphrase"])]
    done = subprocess.run(
        [sys.executable, "-m", "app", *options, *command, str(given["file"])],
        capture_output=True,
        timeout=60,
        encoding="utf-8",
        env={**os.environ, "JUTAKU_HOME": str(tmp_path), "PYTHONUTF8": "1"},
    )
    assert done.returncode not in (0, None)
    assert "Traceback" not in done.stderr
    assert "。" in done.stderr
