"""Text files from Japanese Windows: read in what its tools write, else refused with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.common import PeopleError
from app.exchange.text_file import NoTextError, any_text, decoded, read_text

SAID = "ＰＣ-001\r\n髙橋 なし\r\n①号機\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_what_the_tools_of_windows_write_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "番号.txt"
    path.write_bytes(SAID.encode(encoding))
    assert read_text(path) == SAID


def test_utf_16_of_either_order_is_read_by_its_mark() -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert decoded(mark + SAID.encode(encoding)) == (SAID, "UTF-16")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"PC-001\r\nPC-002\r\nPC\x00-003\r\n", 3),
        (b"PC-001\n\x82\nPC-003\n", 2),
        (b"\xff\xfe" + "PC-001\nPC-002".encode("utf-16-le") + b"\x00", 2),
        ("PC-001\nPC-002\n".encode("utf-16-le"), 1),
        (b"PC-001\n\xe3\x83\xbc\xe3\n", 2),
    ],
    ids=["binary", "half a letter", "half of UTF-16", "UTF-16 without its mark", "cut UTF-8"],
)
def test_what_no_encoding_reads_is_told_with_its_line(tmp_path: Path, data: bytes, line: int) -> None:
    with pytest.raises(NoTextError) as raised:
        decoded(data)
    assert raised.value.line == line
    path = tmp_path / "番号.txt"
    path.write_bytes(data)
    with pytest.raises(PeopleError, match=f"「番号.txt」の{line}行目に、文字として読めない"):
        read_text(path)


@pytest.mark.parametrize(
    ("data", "called"), [(b"%PDF-1.7\n", "PDFファイル"), (b"\x89PNG\r\n\x1a\n", "画像ファイル")]
)
def test_another_kind_of_file_is_called_by_its_name(tmp_path: Path, data: bytes, called: str) -> None:
    path = tmp_path / "番号.txt"
    path.write_bytes(data)
    with pytest.raises(PeopleError, match=f"「番号.txt」は{called}のため"):
        read_text(path)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PeopleError, match="見つかりません"):
        read_text(tmp_path / "ない.txt")
    large = tmp_path / "大きい.txt"
    for size, fits in ((1024 * 1024 - 1, True), (1024 * 1024, True), (1024 * 1024 + 1, False)):
        large.write_bytes(b"A" * size)
        if fits:
            assert len(read_text(large)) == size
        else:
            with pytest.raises(PeopleError, match="大きすぎます"):
                read_text(large)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "euc_jp", "iso2022_jp", "cp932", "utf-8"])
def test_japanese_is_read_in_what_other_programs_write(encoding: str) -> None:
    text = "受注者は、次の書類を見せなければならない。\r\n(1) 名簿\r\n"
    assert any_text(text.encode(encoding)) == text


@pytest.mark.parametrize(("kana", "is_read"), [(14, False), (15, True), (16, True)])
def test_a_text_without_syllables_is_not_said_to_be_of_another_encoding(kana: int, *, is_read: bool) -> None:
    text = "か" * kana + "亜" * (100 - kana)
    assert (any_text(text.encode("euc_jp")) == text) is is_read


def test_bytes_with_zeros_that_are_no_japanese_are_no_text() -> None:
    with pytest.raises(NoTextError):
        any_text(bytes(range(200)) * 3)
