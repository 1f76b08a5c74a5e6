"""Rows of a client's Word form that repeat for a list, and the boxes in them."""

from __future__ import annotations

import re

import pytest

from app.common import PeopleError
from app.exchange.filling.filler import inspect, suggest
from app.exchange.filling.values import Listed, Names, Placement
from tests.exchange.filling.test_word import PEOPLE, body, filled, said
from tests.support.office import cell, check_box, docx, par, row, run, table, text_box


def test_a_list_takes_the_forms_blank_rows_first() -> None:
    form = docx(
        table(
            row("No", "氏名", "所属"),
            row("1", "{氏名}", "{所属}"),
            row("2", "", ""),
            row("3", "", ""),
            row("4", "", ""),
        )
    )
    done = filled(form)
    assert body(done).count("<w:tr>") == 5
    assert said(body(done)) == "No氏名所属1佐藤　美咲印刷課2栁田　徳次郎入力課3渡邉　由美子検査課4"
    assert done.remarks == ()


def test_more_entries_than_rows_get_rows_like_the_last() -> None:
    label = cell("従事者", settings='<w:vMerge w:val="restart"/>')
    goes_on = cell("", settings="<w:vMerge/>")
    form = docx(table(row(label, "1", "", ""), row(goes_on, "2", "", ""), row("計", "", "", "")))
    done = filled(form, Placement("表1:1:3", "従事者／氏名"), Placement("表1:1:4", "所属"))
    assert said(body(done)) == "従事者1佐藤　美咲印刷課2栁田　徳次郎入力課3渡邉　由美子検査課計"
    assert body(done).count('<w:vMerge w:val="restart"/>') == 1
    assert body(done).count("<w:vMerge/>") == 2
    assert done.remarks == ("表1は様式の行が足りないため、1行を追加しました。",)


def test_one_row_that_begins_a_merged_label_goes_on_below_it() -> None:
    label = cell("従事者", settings='<w:vMerge w:val="restart"/>')
    done = filled(docx(table(row(label, "{氏名}"))))
    assert said(body(done)) == "従事者佐藤　美咲栁田　徳次郎渡邉　由美子"
    assert body(done).count("<w:vMerge/>") == 2


def test_a_list_in_a_text_box_is_filled_in_both_copies() -> None:
    done = filled(docx(text_box(table(row("{氏名}")))))
    assert said(body(done)).count("佐藤　美咲栁田　徳次郎渡邉　由美子") == 2


def test_rows_that_the_form_names_alike_take_one_entry_each_and_nobody_twice() -> None:
    rows = [row(str(at), "{氏名}", "{所属}") for at in range(1, 6)]
    done = filled(docx(table(row("No", "氏名", "所属"), *rows, row("計", "", ""))))
    assert said(body(done)) == "No氏名所属1佐藤　美咲印刷課2栁田　徳次郎入力課3渡邉　由美子検査課45計"
    assert (done.unfilled, done.remarks) == ((), ())


def test_who_points_at_each_row_by_itself_gets_the_list_once() -> None:
    form = docx(table(row("氏名"), row(""), row(""), row("")))
    done = filled(form, *(Placement(f"表1:{at}:1", "従事者／氏名") for at in (2, 3, 4)))
    assert said(body(done)) == "氏名佐藤　美咲栁田　徳次郎渡邉　由美子"


def test_a_value_in_a_list_that_looks_like_a_name_is_not_read_again() -> None:
    names = Names({}, (Listed("従事者", ("氏名",), (("甲",), ("{氏名}",), ("乙",))),))
    assert said(body(filled(docx(table(row("{氏名}"), row(""), row(""))), names=names))) == "甲{氏名}乙"


SWORN = Listed("従事者", ("氏名", "誓約"), (("佐藤", "有"), ("栁田", "無"), ("渡邉", "")))
CHOICES = (Placement("チェック1", "従事者／誓約"), Placement("チェック2", "従事者／誓約"))


@pytest.mark.parametrize(
    "rows",
    [
        [row("{氏名}", "□有　□無")],
        [row("{氏名}", "□有　□無"), row("", "□有　□無"), row("", "")],
        [row("{氏名}", "□有　□無"), row("{氏名}", "□有　□無"), row("{氏名}", "□有　□無")],
    ],
)
def test_boxes_in_a_row_that_repeats_are_set_for_each_entry(rows: list[str]) -> None:
    done = filled(docx(table(*rows, row("計", ""))), *CHOICES, names=Names({}, (SWORN,)))
    assert said(body(done)) == "佐藤☑有　□無栁田□有　☑無渡邉□有　□無計"
    ticks = [one.where for one in done.put if one.is_tick]
    assert ticks == ["表1の1行目・2列目", "表1の2行目・2列目"]


def test_a_box_beside_a_name_and_a_control_with_a_box_are_set_for_each_entry_too() -> None:
    boxes = cell(f"<w:p>{run('{氏名}　')}{check_box()}{run('有　')}{check_box()}{run('無')}</w:p>")
    done = filled(docx(text_box(table(row(boxes)))), *CHOICES, names=Names({}, (SWORN,)))
    assert said(body(done)) == "佐藤　☒有　☐無栁田　☐有　☒無渡邉　☐有　☐無" * 2
    assert re.findall(r'w14:checked w14:val="(\d)"', body(done)) == list("100100") * 2


def test_who_points_at_the_boxes_of_each_row_by_itself_is_understood() -> None:
    form = docx(table(row("{氏名}", "□有"), row("", "□有"), row("", "□有")))
    places = (Placement(f"チェック{at}", "従事者／誓約") for at in (1, 2, 3))
    done = filled(form, *places, names=Names({}, (SWORN,)))
    assert said(body(done)) == "佐藤☑有栁田□有渡邉□有"


def test_a_choice_outside_rows_that_repeat_ticks_what_any_entry_says() -> None:
    done = filled(docx(par("誓約 □有　□無")), *CHOICES, names=Names({}, (SWORN,)))
    assert said(body(done)) == "誓約 ☑有　☑無"


@pytest.mark.parametrize(("boxes", "told"), [("□ 新規　□ 更新", True), ("□ 新規", False)])
def test_a_choice_that_no_box_stands_for_is_told(boxes: str, told: bool) -> None:
    form = docx(par(boxes))
    places = [one.id for one in inspect(form, "a.docx").places]
    done = filled(form, *(Placement(one, "届出の区分") for one in places))
    assert done.unfilled == (
        ("「届出の区分」の「変更」：チェックする欄がありません（新規・更新）。",) if told else ()
    )


MORE = Listed("責任者", ("氏名", "役割"), (("髙橋　美咲", "業務責任者"),))
OFFICES = Listed("作業場所", ("名称",), (("本社",),))
NUMBERED = table(row("No", "氏名", "所属", "備考"), row("1", "", "", ""), row("2", "", "", ""))


@pytest.mark.parametrize(
    ("lists", "found"),
    [
        ((PEOPLE,), {"表1:2:2": "従事者／氏名", "表1:2:3": "従事者／所属"}),
        ((PEOPLE, OFFICES), {"表1:2:2": "従事者／氏名", "表1:2:3": "従事者／所属"}),
        ((PEOPLE, MORE), {}),
    ],
)
def test_numbered_rows_are_suggested_for_a_list_only_where_no_other_may_be_meant(
    lists: tuple[Listed, ...], found: dict[str, str]
) -> None:
    held = suggest(inspect(docx(NUMBERED), "a.docx"), Names({}, lists))
    assert {one.place: one.name for one in held} == found


def test_two_lists_in_one_row_are_refused() -> None:
    form = docx(table(row("{従事者／氏名}", "{責任者／役割}")))
    with pytest.raises(
        PeopleError, match=r"表1の1行目に、別々の一覧（従事者・責任者）.*1つの一覧にそろえてください"
    ):
        filled(form, names=Names({}, (PEOPLE, MORE)))
