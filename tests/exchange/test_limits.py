"""The limit itself, one below and one above."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.common import PeopleError
from app.exchange import json_text
from app.exchange.annexes import workbook as sheet_file
from app.exchange.calendar_file import folded

WIDEST = 75
"""Octets of a line of a calendar file without its end (RFC 5545, 3.1)."""


def widths(line: str) -> list[int]:
    return [len(part) for part in folded(line).split(b"\r\n")[:-1]]


@pytest.mark.parametrize(
    ("octets", "parts"), [(74, [74]), (75, [75]), (76, [75, 2]), (149, [75, 75]), (150, [75, 75, 2])]
)
def test_a_line_is_as_wide_as_it_may_be_and_no_wider(octets: int, parts: list[int]) -> None:
    assert widths("x" * octets) == parts


@pytest.mark.parametrize("length", range(1, 120))
def test_a_line_of_wide_characters_is_never_too_wide(length: int) -> None:
    """Three octets each: further lines begin with a space, which counts."""
    for line in ("期" * length, "x" + "期" * length, "𠮷" * length):
        assert max(widths(line)) <= WIDEST
        assert folded(line).replace(b"\r\n ", b"").decode("utf-8") == f"{line}\r\n"


@pytest.mark.parametrize(("size", "read"), [(1023, True), (1024, True), (1025, False)])
def test_a_file_to_import_may_be_as_large_as_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, read: bool
) -> None:
    monkeypatch.setattr(json_text, "LARGEST_FILE", 1024)
    path = tmp_path / "file.json"
    path.write_bytes(b"x" * size)
    if read:
        assert len(json_text.read_file(path)) == size
    else:
        with pytest.raises(PeopleError, match="大きすぎます"):
            json_text.read_file(path)


@pytest.mark.parametrize(("size", "said"), [(1024, "として読めません"), (1025, "大きすぎます")])
def test_a_workbook_may_be_as_large_as_the_limit(
    monkeypatch: pytest.MonkeyPatch, size: int, said: str
) -> None:
    monkeypatch.setattr(sheet_file, "LARGEST_FILE", 1024)
    with pytest.raises(PeopleError, match=said):
        sheet_file.read_workbook(b"x" * size, "条項.xlsx")
