"""What is not brought in goes out with its reasons, and comes in once it is mended."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from app.exchange.mending import rest
from app.exchange.sheets.book import Book, Sheet
from app.exchange.sheets.excel.workbook import sheets
from app.exchange.tables.answers.answers import Answers
from app.exchange.tables.mapping import Said
from app.exchange.tables.own import CONFIRM, MARK, MARK_SHEET
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.planning import plan
from app.records import SPECS, Facts
from tests.support.registers import TODAY, Row, sheet

HEAD: Row = ("区分", "管理番号", "種別", "所有", "製造番号")


def saved(shown: Sheet, said: Said | None = None, *more: Sheet) -> tuple[bytes, int]:
    return rest.made(Facts(()), SPECS["device"], Book((shown, *more)), said or Said(), today=TODAY)


def rows(data: bytes) -> list[list[Any]]:
    (first, *_) = load_workbook(BytesIO(data)).worksheets
    return [list(one) for one in first.iter_rows(values_only=True)]


def again(data: bytes, said: Said | None = None) -> TablePlan:
    return plan(Facts(()), SPECS["device"], Book(tuple(sheets(data))), said, today=TODAY)


def mended(data: bytes, **cells: Any) -> bytes:
    book = load_workbook(BytesIO(data))
    for address, value in cells.items():
        book.worksheets[0][address] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_rest_holds_what_is_asked_and_wrong_with_its_place_and_reason() -> None:
    data, count = saved(
        sheet(
            HEAD[1:],
            ("PC-1", "PC", "自社", 12),
            ("PC-2", "箱型", "自社", ("0012", 12)),
            ("PC-3", "PC", None, "=1+1"),
        )
    )
    assert count == 2
    head, first, second = rows(data)
    assert head[:4] == list(HEAD[1:])
    assert first[:4] == ["PC-2", "箱型", "自社", "0012"]
    assert first[4] == "台帳 3行目"
    assert first[5] == "要確認"
    assert "「箱型」は選択肢にありません" in first[6]
    assert first[7]
    assert second[3] == "=1+1"
    # No text of it comes alive.
    found = load_workbook(BytesIO(data)).worksheets[0]["D3"]
    assert (found.value, found.data_type) == ("=1+1", "s")


def test_it_comes_in_again_once_it_is_mended() -> None:
    data, _ = saved(sheet(HEAD[1:], ("PC-1", "PC", "自社", "A1"), ("PC-2", "箱型", "自社", "A2")))
    assert [one.left for one in again(data).columns[4:]] == ["受託台帳が付けた列"] * 4
    assert again(data).counts["ask"] == 1
    found = again(mended(data, B2="サーバ"))
    assert found.counts["new"] == 1
    assert not found.stops
    assert dict(found.lines[0].entry) == {
        "control_number": "PC-2",
        "kind": "サーバ",
        "owner": "自社",
        "serial": "A2",
    }


def test_what_stood_above_is_written_out() -> None:
    head = ("備考", *HEAD[1:])
    data, _ = saved(
        sheet(
            head,
            ("本社", "PC-1", "PC", "自社", None),
            ("同上", "PC-2", "箱型", "〃", None),
            (None, "PC-3", "筒型", "自社", None),
        )
    )
    _, first, second = rows(data)
    assert first[:4] == ["本社", "PC-2", "箱型", "自社"]
    assert second[:2] == ["本社", "PC-3"]


def test_answers_stand_in_their_cells_and_rows_left_out_are_there() -> None:
    said = Said(answers=Answers(cells={(3, 4): "A9"}), without=frozenset((2, 3)))
    data, count = saved(sheet(HEAD[1:], ("PC-1", "PC", "自社", "A1"), ("PC-2", "箱型", "自社", "A2")), said)
    assert count == 2
    _, first, second = rows(data)
    assert (first[0], first[6]) == ("PC-1", "取り込まないことにした行")
    assert second[3] == "A9"


def test_what_cannot_be_seen_there_is_asked_until_somebody_says_that_it_was_looked_at() -> None:
    shown = sheet(HEAD[1:], ("PC-1", "PC", "自社"), ("■廃棄済",), ("PC-2", "PC", "自社"))
    data, _ = saved(shown)
    assert rows(data)[1][5] == CONFIRM
    # A machine that was listed as gone does not come in as one in use because it was saved and opened.
    assert again(data).counts["ask"] == 1
    assert again(mended(data, F2=None)).counts["new"] == 1


def test_the_rows_of_one_record_stay_together() -> None:
    head = ("管理番号", "種別", "所有", "記憶装置名", "暗号化")
    data, count = saved(
        sheet(
            head,
            ("PC-1", "箱型", "自社", "C", "全体"),
            (None, None, None, "D", "全体"),
            ("PC-2", "PC", "自社", "C", "全体"),
        )
    )
    assert count == 1
    assert [one[3] for one in rows(data)[1:]] == ["C", "D"]
    (line,) = again(mended(data, B2="サーバ")).lines
    assert len(line.entry["storages"]) == 2


def test_a_head_of_two_lines_names_its_columns_in_one() -> None:
    shown = sheet(
        ("管理番号", "種別", "所有", "期間", None),
        (None, None, None, "導入日", "使用終了日"),
        ("PC-1", "箱型", "自社", "R8.4.1", None),
        merges=[(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5)],
    )
    before = plan(Facts(()), SPECS["device"], Book((shown,)), today=TODAY)
    after = again(saved(shown)[0])
    assert [one.path for one in after.columns[:5]] == [one.path for one in before.columns]


def test_rows_of_this_programs_own_workbook_are_meant_as_they_stand() -> None:
    own = sheet((MARK,), name=MARK_SHEET, hidden=True)
    data, _ = saved(sheet(HEAD[1:], ("PC-1", "箱型", "自社", "同上")), None, own)
    assert again(mended(data, B2="サーバ")).lines[0].entry["serial"] == "同上"
