"""Files that leave the ledger are whole or not there."""

from __future__ import annotations

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


def test_a_failed_write_leaves_the_old_file_and_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f.pdf"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PeopleError, match="空き容量"):
        save(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
