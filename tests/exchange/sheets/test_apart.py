"""The process that reads a foreign file may do whatever it does: people get one sentence, and soon."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.common import Cancelled, PeopleError, Progress
from app.exchange.sheets import child
from app.exchange.sheets.apart import read, read_file, read_pasted
from app.exchange.sheets.book import Book
from app.exchange.sheets.packing import AT_ONCE, cells_of, packed, unpacked
from tests.exchange.sheets.test_workbooks import TABLE
from tests.support.books import book, rows

PYTHON = [sys.executable, "-c"]


def test_a_file_is_read_in_another_process(tmp_path: Path) -> None:
    file = tmp_path / "台帳 1.xlsx"
    file.write_bytes(book(TABLE))
    (sheet,) = read_file(file).sheets
    assert (sheet.name, [c.shown for c in sheet.cells]) == ("台帳", ["管理番号", "種別", "PC-001", "PC"])
    (pasted,) = read_pasted("a\tb\n1\t2\n").sheets
    assert [c.shown for c in pasted.cells] == ["a", "b", "1", "2"]


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "台帳.xlsx", "空です"),
        (b"%PDF-1.7", "台帳.xlsx", "PDF"),
        (b"PK\3\4" + b"\0" * 40, "台帳.xlsx", "壊れて"),
        (b"<html><table></table></html>", "台帳.xls", "Web"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "台帳.xlsx", "パスワード"),
        (b'[{"a": 1}]', "台帳.csv", "JSON"),
    ],
)
def test_each_other_kind_of_file_is_called_by_its_name(data: bytes, name: str, told: str) -> None:
    with pytest.raises(PeopleError) as refused:
        read(data, name)
    assert told in refused.value.sentence
    assert refused.value.sentence.startswith(f"「{name}」")


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "print('x' * 100)",
        "import sys; sys.stdin.read(); sys.stdout.write('\\0' * 99)",
    ],
)
def test_whatever_becomes_of_the_other_process_is_one_sentence(program: str) -> None:
    with pytest.raises(PeopleError, match="途中で止まりました"):
        read(b"a,b\n" * 100_000, "台帳.csv", command=[*PYTHON, program])


def test_it_is_stopped_when_its_time_is_over() -> None:
    with pytest.raises(PeopleError, match="時間がかかりすぎる"):
        read(b"a", "台帳.csv", seconds=0.1, command=[*PYTHON, "import time; time.sleep(60)"])


def test_it_is_stopped_when_people_want_it() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read(b"a", "台帳.csv", progress, command=[*PYTHON, "import time; time.sleep(60)"])


@pytest.mark.skipif(sys.platform == "win32", reason="there the job object bounds it")
def test_it_cannot_take_all_memory() -> None:
    program = "from app.exchange.sheets import child; child._bounded(); bytearray(1 << 31)"
    done = subprocess.run([*PYTHON, program], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr


def test_too_little_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise MemoryError

    monkeypatch.setattr(child, "_sheets", full)
    assert list(child.messages("a.csv", b"a")) == [("large",)]


def test_a_missing_part_of_the_program_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_given: object) -> None:
        raise ImportError

    monkeypatch.setattr(child, "_sheets", missing)
    with pytest.raises(ImportError):
        list(child.messages("a.csv", b"a"))


def test_sheets_cross_unchanged() -> None:
    data = book(rows(*([n, f"PC-{n}", None, n + 0.5] for n in range(AT_ONCE // 2))))
    (sheet,) = read(data, "台帳.xlsx").sheets
    head, *others = packed(sheet)
    assert len(others) > 1
    assert unpacked(head, [c for message in others for c in cells_of(message)]) == sheet
    assert Book((sheet,)).sheets[0].cells[1].shown == "PC-0"
