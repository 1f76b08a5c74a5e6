"""What Excel and LibreOffice put on the clipboard, cell for cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.common import PeopleError
from app.exchange.sheets import apart, clipboard
from app.exchange.sheets.limits import MOST_PASTED
from app.exchange.sheets.plain_text import pasted


def rows(text: str) -> list[list[str]]:
    (sheet,) = pasted(text).sheets
    return [[cell.shown for cell in cells] for _, cells in sheet.rows()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("管理番号\t備考\r\n0012\t会議室\r\n", [["管理番号", "備考"], ["0012", "会議室"]]),
        # A cell with a line end stands in quotation marks, its own ones doubled.
        ('A\tB\r\n"一\n""二"""\t3\r\n', [["A", "B"], ['一\n"二"', "3"]]),
        # Any other stands as it is, whatever signs it begins with.
        ('"重要"文書\tx\r\n"\ty\r\n', [['"重要"文書', "x"], ['"', "y"]]),
        ('5"ディスク\t12\n', [['5"ディスク', "12"]]),
        ("A,B\t1;2\n", [["A,B", "1;2"]]),
        # Without a tab it may be the text of a CSV file.
        ("番号,名称\n1,机\n", [["番号", "名称"], ["1", "机"]]),
        ("氏名\n山田\n", [["氏名"], ["山田"]]),
    ],
)
def test_cells_come_as_they_were_seen(text: str, expected: list[list[str]]) -> None:
    assert rows(text) == expected


def test_rows_keep_their_numbers_and_cells_their_columns() -> None:
    (sheet,) = pasted("題\t\r\n\t\r\n\t値\r\n").sheets
    assert [(cell.row, cell.column, cell.shown) for cell in sheet.cells] == [(1, 1, "題"), (3, 2, "値")]


def quoted(cell: str) -> str:
    """A cell as Excel copies it."""
    return '"' + cell.replace('"', '""') + '"' if "\n" in cell or "\t" in cell else cell


_CELLS = st.text(st.sampled_from('あA1"\t\n,; '), max_size=6).filter(
    # What no reader can tell: bare cells that begin with a quotation mark and another that ends with one.
    lambda text: "\n" in text or "\t" in text or not text.startswith('"')
)


@settings(max_examples=300)
@given(st.lists(st.lists(_CELLS, min_size=2, max_size=3), min_size=1, max_size=4))
def test_no_cell_is_lost_or_moved(table: list[list[str]]) -> None:
    text = "".join("\t".join(map(quoted, row)) + "\r\n" for row in table)
    assert list(clipboard.records(text)) == table


@pytest.mark.parametrize(("more", "refused"), [(-1, False), (0, False), (1, True)])
def test_no_more_is_taken_than_a_table_may_be(
    monkeypatch: pytest.MonkeyPatch, more: int, *, refused: bool
) -> None:
    read: list[bytes] = []

    def reads(data: bytes, *_more: object) -> None:
        read.append(data)

    monkeypatch.setattr(apart, "read", reads)
    text = "x" * (MOST_PASTED + more)
    if refused:
        with pytest.raises(PeopleError, match="貼り付けた表が大きすぎます"):
            apart.read_pasted(text)
    else:
        apart.read_pasted(text)
    assert bool(read) is not refused


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(PeopleError, match="文字でない"):
        pasted("A\tB\n\x00\t1\n")
