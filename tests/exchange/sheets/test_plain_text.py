"""CSV files in every encoding that Japanese offices save them in."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common import PeopleError
from app.exchange.sheets.plain_text import pasted, read

TABLE = "管理番号,使用者,備考\r\nPC-001,髙橋①,ﾊﾟｿｺﾝ\r\n"
FOUND = [["管理番号", "使用者", "備考"], ["PC-001", "髙橋①", "ﾊﾟｿｺﾝ"]]


def table(data: bytes) -> list[list[str]]:
    return [[cell.shown for cell in cells] for _, cells in read(data).sheets[0].rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_each_encoding_is_told_by_the_bytes(encoding: str) -> None:
    assert table(TABLE.encode(encoding)) == FOUND


def test_jis_is_told_by_its_escapes() -> None:
    text = "番号,名称\n1,机\n"
    assert table(text.encode("iso2022_jp")) == [["番号", "名称"], ["1", "机"]]


def test_another_encoding_is_refused_not_guessed() -> None:
    with pytest.raises(PeopleError, match="文字コードが分かりません"):
        read("管理番号,使用者\n一号,山田\n".encode("euc_jp"))


def test_two_readings_are_told() -> None:
    told = read(
        "番号,名\n1,ﾅｵ\n".encode("cp932")
        .replace("番号".encode("cp932"), b"no")
        .replace("名".encode("cp932"), b"n")
    ).told
    assert any("2通り" in one and "ﾅｵ" in one for one in told)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_counted(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (["題名"], ["a", "b"], ['"1,2\n3"', "d"]))
    assert table(text.encode()) == [["題名"], ["a", "b"], ["1,2\n3", "d"]]


def test_an_open_quotation_mark_swallows_nothing() -> None:
    with pytest.raises(PeopleError, match="引用符"):
        read(b'a,b\n"1,2\n3,4\n')


def test_records_keep_their_numbers() -> None:
    (sheet,) = read(b"a,b\n\n,,,\n1,2\n").sheets
    assert [row for row, _ in sheet.rows()] == [1, 4]


def test_what_was_copied_from_a_sheet_is_a_table() -> None:
    (sheet,) = pasted('管理番号\t備考\r\n0012\t"一\n二"\r\n').sheets
    assert [[c.shown for c in cells] for _, cells in sheet.rows()] == [
        ["管理番号", "備考"],
        ["0012", "一\n二"],
    ]


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd(data: bytes) -> None:
    with suppress(PeopleError):
        assert isinstance(table(data), list)
