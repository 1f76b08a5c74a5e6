"""A file to be kept: the limit itself, one below and one above."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.common import PeopleError
from app.ui.inputs import file


@pytest.mark.parametrize(("size", "read"), [(7, True), (8, True), (9, False)])
def test_a_file_may_be_as_large_as_the_ledger_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, read: bool
) -> None:
    monkeypatch.setattr(file, "LARGEST_FILE", 8)
    path = tmp_path / "受領書.pdf"
    path.write_bytes(b"x" * size)
    if read:
        assert file.read_file(path) == b"x" * size
    else:
        with pytest.raises(PeopleError, match="大きすぎます"):
            file.read_file(path)
