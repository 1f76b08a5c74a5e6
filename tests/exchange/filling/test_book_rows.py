"""Rows of a client's Excel form that a list takes, the boxes in them, and what goes on to a further sheet."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from app.exchange.filling.values import Listed, Names, Placement
from tests.exchange.filling.test_book import DEVICES, filled, ruled, saved, shown
from tests.support.office import sheet_row, text_cell, xlsx


def test_a_list_takes_the_ruled_rows_of_the_form_and_nothing_below_them() -> None:
    rows = [sheet_row(1, text_cell("A1", "No"), text_cell("B1", "管理番号"), text_cell("C1", "種別"))]
    rows += [
        sheet_row(
            at, text_cell(f"A{at}", str(at - 1)), text_cell(f"B{at}", "", 1), text_cell(f"C{at}", "", 1)
        )
        for at in range(2, 9)
    ]
    rows.append(sheet_row(9, text_cell("A9", "計"), text_cell("B9", "", 1), text_cell("C9", "", 1)))
    done = filled(xlsx("".join(rows)), Placement("様式!B2", "機器／管理番号"), Placement("様式!C2", "種別"))
    cells = shown(done)
    assert [cells.get(f"B{at}") for at in range(2, 10)] == [
        *(f"PC-{at:03}" for at in range(1, 6)),
        None,
        None,
        None,
    ]
    assert done.remarks == ()


def test_rows_of_two_lines_are_taken_as_one_each() -> None:
    rows = "".join(
        sheet_row(at, text_cell(f"A{at}", "", 1), text_cell(f"B{at}", "", 1)) for at in range(1, 13)
    )
    merged = "".join(
        f'<mergeCell ref="A{at}:A{at + 1}"/><mergeCell ref="B{at}:B{at + 1}"/>' for at in range(1, 12, 2)
    )
    done = filled(
        xlsx(rows, after=f"<mergeCells>{merged}</mergeCells>"),
        Placement("様式!A1", "管理番号"),
        Placement("様式!B1", "種別"),
    )
    assert [shown(done).get(f"A{at}") for at in (1, 3, 5, 7, 9, 11)] == [
        *(f"PC-{at:03}" for at in range(1, 6)),
        None,
    ]


@pytest.mark.parametrize("room", [4, 5])
def test_what_goes_beyond_the_form_stands_on_a_further_sheet(room: int) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "様式"
    sheet["A1"], sheet["B1"] = "番号", "種類"
    for at in range(2, 2 + room):
        sheet.cell(at, 1).border = sheet.cell(at, 2).border = ruled()
    sheet.cell(2 + room, 1, "以上")
    form = saved(book)
    done = filled(form, Placement("様式!A2", "管理番号"), Placement("様式!B2", "種別"))
    names = load_workbook(BytesIO(done.data)).sheetnames
    if room == 5:
        assert names == ["様式"]
        assert done.remarks == ()
        return
    assert names == ["様式", "別紙"]
    assert shown(done, "別紙") == {
        "A1": "別紙　機器（5件目から）",
        "A2": "番号",
        "B2": "種類",
        "A3": "PC-005",
        "B3": "PC",
    }
    assert done.remarks == (
        "シート「様式」のA2からの行が足りないため、5件目から5件目までをシート「別紙」に記入しました。",
    )
    assert shown(done)["A6"] == "以上"


def test_names_in_the_first_row_are_repeated_in_the_others() -> None:
    rows = sheet_row(1, text_cell("A1", "番号 {管理番号}（{種別}）", 1))
    rows += "".join(sheet_row(at, text_cell(f"A{at}", "", 1)) for at in (2, 3))
    done = filled(xlsx(rows))
    assert shown(done)["A3"] == "番号 PC-003（PC）"
    assert shown(done, "別紙")["A3"] == "番号 PC-004（SSD）"


SWORN = Listed("従事者", ("氏名", "誓約"), (("佐藤", "有"), ("栁田", "無"), ("渡邉", "有")))
SWORE = Names({}, (SWORN,))


def test_boxes_in_rows_that_repeat_are_set_for_each_entry_and_on_the_further_sheet() -> None:
    rows = sheet_row(1, text_cell("A1", "氏名"), text_cell("B1", "誓約"))
    rows += "".join(
        sheet_row(at, text_cell(f"A{at}", "", 1), text_cell(f"B{at}", "□有　□無", 1)) for at in (2, 3)
    )
    places = (Placement("様式!A2", "従事者／氏名"), *(Placement(f"チェック{at}", "誓約") for at in (1, 2)))
    done = filled(xlsx(rows), *places, names=SWORE)
    cells = shown(done)
    assert [cells[at] for at in ("A2", "B2", "A3", "B3")] == ["佐藤", "☑有　□無", "栁田", "□有　☑無"]
    assert shown(done, "別紙") == {
        "A1": "別紙　従事者（3件目から）",
        "A2": "氏名",
        "B2": "誓約",
        "A3": "渡邉",
        "B3": "☑有　□無",
    }


def test_boxes_in_cells_of_their_own_are_set_for_each_entry_with_their_words_on_the_further_sheet() -> None:
    rows = "".join(
        sheet_row(
            at,
            text_cell(f"A{at}", "{氏名}", 1),
            *(text_cell(f"{column}{at}", text, 1) for column, text in zip("BCDE", "□有□無", strict=True)),
        )
        for at in (1, 2)
    )
    places = (Placement(f"チェック{at}", "誓約") for at in (1, 2, 3, 4))
    done = filled(xlsx(rows), *places, names=SWORE)
    cells = shown(done)
    assert ["".join(cells[f"{column}{at}"] for column in "ABCDE") for at in (1, 2)] == [
        "佐藤☑有□無",
        "栁田□有☑無",
    ]
    assert [shown(done, "別紙").get(f"{column}3") for column in "ABC"] == ["渡邉", "☑有", "□無"]


def test_rows_that_the_form_names_alike_take_one_entry_each_and_nobody_twice() -> None:
    rows = "".join(sheet_row(at, text_cell(f"A{at}", "{氏名}", 1)) for at in range(1, 6))
    done = filled(xlsx(rows), names=SWORE)
    assert [shown(done).get(f"A{at}") for at in range(1, 6)] == ["佐藤", "栁田", "渡邉", "", ""]
    assert done.unfilled == ()


def test_who_points_at_each_row_by_itself_gets_the_list_once() -> None:
    rows = "".join(sheet_row(at, text_cell(f"A{at}", "", 1)) for at in range(1, 6))
    done = filled(xlsx(rows), *(Placement(f"様式!A{at}", "氏名") for at in range(1, 6)), names=SWORE)
    assert [shown(done).get(f"A{at}") for at in range(1, 6)] == ["佐藤", "栁田", "渡邉", None, None]


def test_two_lists_side_by_side_are_told() -> None:
    rows = sheet_row(1, text_cell("A1", "{氏名}", 1), text_cell("C1", "{種別}", 1))
    (*_outgrown, told) = filled(xlsx(rows), names=Names({}, (SWORN, DEVICES))).remarks
    assert any("別々の一覧（従事者・機器）" in one for one in (*_outgrown, told))


def test_single_facts_beside_those_of_a_list_stand_on_the_further_sheet_as_they_are() -> None:
    names = Names({"契約番号": "MK-1024"}, (SWORN,))
    done = filled(xlsx(sheet_row(1, text_cell("A1", "{契約番号}　{氏名}", 1))), names=names)
    assert (shown(done)["A1"], shown(done, "別紙")["A4"]) == ("MK-1024　佐藤", "MK-1024　渡邉")


def test_sums_that_leave_the_further_sheet_out_are_told() -> None:
    rows = sheet_row(1, text_cell("A1", "{氏名}", 1), '<c r="B1"><f>COUNTA(A1)</f><v>0</v></c>')
    done = filled(xlsx(rows), names=SWORE)
    assert any("計算式には、別紙の分が含まれません。" in one for one in done.remarks)
