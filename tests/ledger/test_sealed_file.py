"""A sealed file opens for the key and the purpose that sealed it, and for nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.ledger.secret.sealed_file import seal, unseal

KEY, OTHER = b"k" * 32, b"o" * 32
TEXT = "佐藤花子の誓約書が提出されていません。".encode()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "kept" / "a.kept"
    assert seal(made, KEY, "judgements", TEXT)
    return made


def test_it_comes_back_and_lies_nowhere_open(path: Path) -> None:
    assert unseal(path, KEY, "judgements") == TEXT
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert TEXT[:12] not in path.read_bytes()
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


def test_the_same_is_sealed_otherwise_each_time(path: Path) -> None:
    first = path.read_bytes()
    assert seal(path, KEY, "judgements", TEXT)
    assert path.read_bytes() != first


def test_what_a_killed_write_left_is_cleared_by_the_next(path: Path) -> None:
    path.with_name(f".{path.name}-abcd1234").write_bytes(b"half")
    assert seal(path, KEY, "judgements", TEXT)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_another_key_or_purpose_opens_nothing(path: Path) -> None:
    assert unseal(path, OTHER, "judgements") is None
    assert unseal(path, KEY, "others") is None


@pytest.mark.parametrize("at", [0, 12, -1])
def test_changed_in_one_bit_it_is_nothing(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    assert unseal(path, KEY, "judgements") is None


@pytest.mark.parametrize("size", [0, 1, 11, 12, 27, 40])
def test_cut_anywhere_it_is_nothing(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    assert unseal(path, KEY, "judgements") is None


def test_where_nothing_is_nothing_comes(path: Path) -> None:
    assert unseal(path.with_name("b.kept"), KEY, "judgements") is None
    assert unseal(path.parent, KEY, "judgements") is None


def test_what_cannot_be_written_is_no_fault(path: Path) -> None:
    assert not seal(path / "below a file", KEY, "judgements", TEXT)
    assert unseal(path, KEY, "judgements") == TEXT
