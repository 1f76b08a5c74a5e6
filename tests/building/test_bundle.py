"""A bundle as it is handed out: its files in one order, nothing of the laboratory in it."""

from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from freezing import bundle
from freezing.project import epoch
from windows.installer import parts
from windows.laboratory import leaked, read_text


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")


def made(folder: Path, *, backwards: bool = False) -> Path:
    """A small bundle, whose files are made in this or the other order."""
    names = [
        "jutaku.exe",
        "_internal/base_library.zip",
        "_internal/PIL/_imaging.pyd",
        "licenses/lxml/LICENSE.txt",
    ]
    for name in reversed(names) if backwards else names:
        path = folder / "jutaku" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 100)
    return folder / "jutaku"


def test_equal_files_give_equal_archives_whenever_and_in_whichever_order_they_were_made(
    tmp_path: Path,
) -> None:
    first, second = folders = (made(tmp_path / "a"), made(tmp_path / "b", backwards=True))
    os.utime(second / "jutaku.exe", (1, 1))
    packed = [bundle.pack(folder, folder.parent / "packed.zip").read_bytes() for folder in folders]
    assert packed[0] == packed[1]
    assert bundle.digests(first) == bundle.digests(second)
    with zipfile.ZipFile(tmp_path / "a" / "packed.zip") as held:
        assert held.namelist() == sorted(held.namelist())
        assert {name.partition("/")[0] for name in held.namelist()} == {"jutaku"}


def test_files_get_the_day_of_the_sources(tmp_path: Path) -> None:
    folder = made(tmp_path)
    bundle.settle(folder)
    assert {path.stat().st_mtime for path in folder.rglob("*")} == {float(epoch())}


@pytest.mark.skipif(not shutil.which("git"), reason="Git is not installed")
def test_the_day_of_the_sources_is_that_of_the_last_commit_unless_it_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert epoch() == 1790000000
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert epoch() > 1700000000


def test_sizes_are_told_from_the_largest_on(tmp_path: Path) -> None:
    (whole, *rest) = bundle.sizes(made(tmp_path))
    assert whole == ("all", sum(size for _name, size in rest))
    assert [size for _name, size in rest] == sorted((size for _name, size in rest), reverse=True)
    assert "_internal/PIL" in dict(rest)


def test_nsis_is_told_every_file_once_and_what_lies_at_the_top(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (folder / "_internal" / "a$b.txt").write_bytes(b"")
    text = parts(folder)
    for path in bundle.files(folder):
        assert text.count(f'  File "{path}"'.replace("$", "$$")) == 1
    for top in ("_internal", "jutaku.exe", "licenses", "uninstall.exe"):
        assert f'!insertmacro ${{DO}} "{top}"' in text
    assert text.index('SetOutPath "${WHERE}\\_internal\\PIL"') < text.index("_imaging.pyd")


@pytest.mark.parametrize("name", ["icuuc.dll", "MSCMS.DLL", "bcryptprimitives.dll"])
def test_a_stand_in_of_the_laboratory_is_found_wherever_it_lies(tmp_path: Path, name: str) -> None:
    folder = made(tmp_path)
    assert leaked(folder) == []
    stranger = folder / "_internal" / "PySide6" / name
    stranger.parent.mkdir()
    stranger.write_bytes(b"MZ")
    assert leaked(folder) == [stranger]


def test_a_library_of_wines_own_is_found_by_what_it_says(tmp_path: Path) -> None:
    folder = made(tmp_path)
    honest, wines = folder / "_internal" / "ucrtbase.dll", folder / "_internal" / "msvcp140.dll"
    honest.write_bytes(b"MZ" + bytes(62) + b"This program cannot be run in DOS mode" + bytes(60))
    wines.write_bytes(b"MZ" + bytes(62) + b"Wine builtin DLL" + bytes(60))
    assert leaked(folder) == [wines]


@pytest.mark.parametrize(
    ("raw", "text"),
    [("ソ表\r\n".encode("cp932"), "ソ表\r\n"), ("髙".encode(), "髙"), (b"\x81\x20", "\ufffd")],
)
def test_what_windows_programs_write_is_read_in_either_encoding(raw: bytes, text: str) -> None:
    assert text in read_text(raw)
