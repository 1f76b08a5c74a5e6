"""Files that leave the ledger are whole or not there."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from app.common import PeopleError
from app.exchange.saving import check_place, save


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "書類.pdf"
    path.write_bytes(b"old")
    check_place(path)
    save(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_take_a_file_is_named_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="フォルダです"):
        check_place(tmp_path)
    with pytest.raises(PeopleError, match="がありません"):
        check_place(tmp_path / "none" / "f.pdf")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
def test_what_is_no_plain_file_stays_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "f.ics"
    os.mkfifo(path)
    link = tmp_path / "g.ics"
    link.symlink_to("/dev/full")
    for place in (path, link):
        with pytest.raises(PeopleError, match="パイプや装置"):
            check_place(place)
        with pytest.raises(PeopleError, match="パイプや装置"):
            save(place, b"new")
    with pytest.raises(PeopleError, match="フォルダです"):
        save(tmp_path, b"new")
    assert path.is_fifo()
    assert link.is_symlink()
    assert {held.name for held in tmp_path.iterdir()} == {path.name, link.name}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "空き容量"),
        (errno.EFBIG, "読み書きに失敗"),
        (errno.EIO, "読み書きに失敗"),
        (errno.EACCES, "アクセス権"),
        (errno.EROFS, "アクセス権"),
    ],
)
def test_a_failed_write_leaves_the_old_file_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    path = tmp_path / "f.pdf"
    path.write_bytes(b"old")

    def failing(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", failing)
    with pytest.raises(PeopleError, match=said):
        save(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_another_program_holds_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f.pdf"
    path.write_bytes(b"old")

    def held(_made: Path, _target: Path) -> None:
        raise PermissionError(13, "the file is being used by another process")

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("app.filesystem.time.sleep", lambda _seconds: None)
    with pytest.raises(PeopleError, match="ほかのソフトで開いていれば閉じ"):
        save(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_scanner_that_looks_at_the_probe_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a virus scanner keeps the fresh file from being removed for a moment."""
    unlink, held = Path.unlink, [3]

    def scanned(path: Path, missing_ok: bool = False) -> None:
        if held[0]:
            held[0] -= 1
            raise PermissionError(13, "the file is being used by another process")
        unlink(path, missing_ok)

    monkeypatch.setattr("app.filesystem._WINDOWS", True)
    monkeypatch.setattr("app.filesystem.time.sleep", lambda _seconds: None)
    monkeypatch.setattr(Path, "unlink", scanned)
    check_place(tmp_path / "書類.pdf")
    assert list(tmp_path.iterdir()) == []
    held[0] = 1000
    with pytest.raises(PeopleError, match="を保存できません。ほかのソフトで開いていれば閉じ"):
        check_place(tmp_path / "書類.pdf")


@pytest.mark.skipif(os.name != "nt", reason="only Windows refuses to replace an open file")
def test_an_open_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.filesystem.time.sleep", lambda _seconds: None)
    path = tmp_path / "f.pdf"
    path.write_bytes(b"old")
    with path.open("rb"):
        for attempt in (check_place, lambda place: save(place, b"new")):
            with pytest.raises(PeopleError, match="ほかのソフトで開いていれば閉じ"):
                attempt(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["con.pdf", "a?b.pdf", "契約書:1.pdf", "終わりの点."])
def test_a_name_that_windows_cannot_make_is_told_before_anything_is_made(tmp_path: Path, name: str) -> None:
    for attempt in (check_place, lambda path: save(path, b"new")):
        with pytest.raises(PeopleError, match="名前に使えません"):
            attempt(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


NAMES = (
    "台帳.jutaku",
    "台帳.JUTAKU",
    "台帳.jutaku-key",
    "台帳.jutaku-key2",
    "台帳.jutaku.lock",
    "改名.db",
)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_put_in_the_place_of_a_ledger_or_its_keys(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"ledger")
    if name == "改名.db":
        (tmp_path / f"{name}-key").write_bytes(b"key")
    for attempt in (check_place, lambda place: save(place, b"paper")):
        with pytest.raises(PeopleError, match="台帳とその鍵のファイルに使う名前"):
            attempt(path)
    assert path.read_bytes() == b"ledger"


@pytest.mark.skipif(sys.platform == "win32", reason="who may make a link there is another matter")
def test_nor_where_another_name_leads_to_it(tmp_path: Path) -> None:
    path, link = tmp_path / "台帳.jutaku", tmp_path / "書類.pdf"
    path.write_bytes(b"ledger")
    link.symlink_to(path)
    with pytest.raises(PeopleError, match="台帳とその鍵のファイルに使う名前"):
        save(link, b"paper")
    assert link.is_symlink()


def test_a_paper_may_be_called_after_the_ledger(tmp_path: Path) -> None:
    save(tmp_path / "jutaku.pdf", b"paper")
    save(tmp_path / "台帳jutaku.pdf", b"paper")
