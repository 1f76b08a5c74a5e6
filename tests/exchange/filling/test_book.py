"""A client's Excel form is filled in its own cells, and everything that Excel alone draws stays."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from app.common import PeopleError
from app.exchange.filling.filler import Filled, fill, inspect, suggest
from app.exchange.filling.values import Listed, Names, Placement
from tests.support.office import HEAD, STYLES, S, packed, sheet_row, text_cell, unpacked, xlsx

DEVICES = Listed(
    "機器",
    ("管理番号", "種別"),
    tuple((f"PC-{number:03}", "PC" if number % 2 else "SSD") for number in range(1, 6)),
)
NAMES = Names(
    {
        "商号又は名称": "株式会社北斗データ",
        "所在地": "東京都架空区中央一丁目２番３号\n北斗ビル４階",
        "契約番号": "MK-1024",
        "届出の区分": "変更",
        "担当者": "",
    },
    (DEVICES,),
)


def filled(data: bytes, *placements: Placement, names: Names = NAMES) -> Filled:
    return fill(inspect(data, "様式第2号.xlsx"), names, placements)


def shown(done: Filled, sheet: str = "様式") -> dict[str, str]:
    """What the cells say, read by another reader."""
    book = load_workbook(BytesIO(done.data), rich_text=False)
    return {
        cell.coordinate: str(cell.value)
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.value is not None
    }


def saved(book: Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def ruled() -> Border:
    side = Side(style="thin")
    return Border(left=side, right=side, top=side, bottom=side)


def test_names_in_cells_strings_heads_and_boxes_are_filled() -> None:
    drawing = (
        f'{HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p>'
        '<a:r><a:rPr b="1"/><a:t>受注者 {商号</a:t></a:r><a:r><a:t>又は名称}</a:t></a:r></a:p>'
        "</xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    rich = (
        "<si><r><rPr><b/></rPr><t>契約{契約</t></r><r><t>番号}</t></r>"
        '<rPh sb="0" eb="2"><t>ケイヤク</t></rPh></si>'
        "<si><t>動かない</t></si>"
    )
    form = xlsx(
        sheet_row(1, '<c r="A1" s="1" t="s"><v>0</v></c>', '<c r="B1" t="s"><v>1</v></c>')
        + sheet_row(2, text_cell("A2", "{所在地}", 2), text_cell("B2", "{所在地}", 1)),
        {"xl/drawings/drawing1.xml": drawing},
        strings=rich,
        after="<headerFooter><oddHeader>&amp;L{商号又は名称}&amp;R&amp;P</oddHeader></headerFooter>",
        kinds={"xl/drawings/drawing1.xml": "application/vnd.openxmlformats-officedocument.drawing+xml"},
    )
    done = filled(form)
    assert shown(done) == {
        "A1": "契約MK-1024",
        "B1": "動かない",
        "A2": NAMES.single["所在地"],
        "B2": NAMES.single["所在地"].replace("\n", "　"),
    }
    parts = unpacked(done.data)
    assert "受注者 株式会社北斗データ".encode() in parts["xl/drawings/drawing1.xml"]
    assert "&amp;L株式会社北斗データ&amp;R&amp;P".encode() in parts["xl/worksheets/sheet1.xml"]
    assert b"<b/>" in parts["xl/worksheets/sheet1.xml"]
    assert done.unfilled == ()


def test_what_excel_alone_draws_stays_and_other_parts_are_the_same_bytes() -> None:
    bars = (
        '<conditionalFormatting sqref="A1:A9"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/>'
        '<cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>'
    )
    more = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    end = (
        '<drawing r:id="rId1"/><legacyDrawing r:id="rId2"/>'
        f'<extLst><ext xmlns:x14="{more}" uri="{{78C0D931}}"><x14:conditionalFormattings/></ext></extLst>'
    )
    area = "様式!$A$1:$D$9"
    form = xlsx(
        sheet_row(1, text_cell("A1", "契約番号"), text_cell("B1", "", 1)),
        {"xl/media/image1.png": bytes(range(256)), "xl/drawings/vmlDrawing1.vml": "<xml><v:shape></xml>"},
        after='<mergeCells count="1"><mergeCell ref="B1:D1"/></mergeCells>' + bars + end,
        names=f'<definedNames><definedName name="_xlnm.Print_Area">{area}</definedName></definedNames>',
    )
    done = filled(form, Placement("様式!B1", "契約番号"))
    before, after = unpacked(form), unpacked(done.data)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}
    sheet = after["xl/worksheets/sheet1.xml"].decode("utf-8")
    for kept in (bars, end, '<mergeCell ref="B1:D1"/>'):
        assert kept in sheet
    assert dict(done.texts) == {"シート「様式」のA1": "契約番号", "シート「様式」のB1": "MK-1024"}


def test_boxes_in_cells_are_ticked_by_the_choice() -> None:
    form = xlsx(sheet_row(1, text_cell("A1", "□新規　□変更"), text_cell("B1", "□"), text_cell("C1", "変更")))
    done = filled(form, *(Placement(f"チェック{at}", "届出の区分") for at in (1, 2, 3)))
    assert (shown(done)["A1"], shown(done)["B1"]) == ("□新規　☑変更", "☑")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('<cols><col min="1" max="2" width="9" hidden="1"/></cols>', "", "表示されないため"),
        ('<cols><col min="2" max="3" width="9" hidden="1"/></cols>', "", ""),
        ("", '<sheetProtection sheet="1"/>', "発注者が入力できないように保護しています"),
        ("", '<sheetProtection sheet="0"/>', ""),
    ],
)
def test_what_nobody_sees_or_may_type_is_told(before: str, after: str, said: str) -> None:
    done = filled(xlsx(sheet_row(1, text_cell("A1", "{契約番号}")), before=before, after=after))
    assert [said in one for one in done.remarks] == [True] * bool(said)


def test_a_hidden_sheet_and_a_hidden_row_are_told() -> None:
    form = xlsx(f'<row r="1" hidden="1">{text_cell("A1", "{契約番号}")}</row>')
    assert "シート「様式」のA1は表示されないため" in filled(form).remarks[0]
    parts = unpacked(xlsx(sheet_row(1, text_cell("A1", "□変更"), text_cell("B1", "□新規"))))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheet ", b'<sheet state="hidden" ')
    done = filled(packed(parts), Placement("チェック1", "届出の区分"), Placement("チェック2", "届出の区分"))
    assert done.remarks == ("シート「様式」のA1ほか1か所は表示されないため、印刷されません。",)


@pytest.mark.parametrize(("size", "told"), [("4.5", True), ("5", False)])
def test_text_that_nobody_can_read_is_told(size: str, told: bool) -> None:
    small = STYLES.replace('<sz val="11"/>', f'<sz val="{size}"/>')
    done = filled(xlsx(sheet_row(1, text_cell("A1", "{契約番号}")), {"xl/styles.xml": small}))
    assert done.remarks == (("シート「様式」のA1は文字が小さすぎるため、読めません。",) if told else ())


def test_the_heading_of_a_table_of_excel_is_never_changed() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "様式"
    sheet["A1"], sheet["A2"] = "{契約番号}", "{契約番号}"
    form = saved(book)
    assert shown(filled(form))["A1"] == "MK-1024"
    sheet.add_table(Table(displayName="一覧", ref="A1:A2"))
    with pytest.raises(PeopleError, match="シート「様式」のA1はExcelのテーブルの見出しのため"):
        filled(saved(book))
    assert [one.id for one in inspect(saved(book), "").places] == ["{契約番号}"]


def test_cells_that_the_client_lets_people_type_into_are_no_matter_of_protection() -> None:
    free = STYLES.replace('<xf fontId="0" borderId="1"/>', '<xf borderId="1"><protection locked="0"/></xf>')
    form = xlsx(
        sheet_row(1, text_cell("A1", "{契約番号}", 1)),
        {"xl/styles.xml": free},
        after='<sheetProtection sheet="1"/>',
    )
    assert filled(form).remarks == ()


def test_choices_that_a_drop_down_has_not_are_told() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "様式"
    sheet["A1"], sheet["B1"] = "区分", None
    sheet["B1"].border = sheet["B2"].border = ruled()
    sheet["D1"], sheet["D2"] = "新規", "更新"
    inline, ranged = (
        DataValidation("list", formula1='"新規,変更"'),
        DataValidation("list", formula1="$D$1:$D$2"),
    )
    inline.add("B1")
    ranged.add("B2")
    sheet.add_data_validation(inline)
    sheet.add_data_validation(ranged)
    done = filled(saved(book), Placement("様式!B1", "届出の区分"), Placement("様式!B2", "届出の区分"))
    assert done.remarks == ("シート「様式」のB2の選択肢に「変更」がありません。",)


def test_a_formula_is_never_written_over_and_is_worked_out_anew() -> None:
    rows = sheet_row(1, text_cell("A1", "", 1), '<c r="B1"><f>COUNTA(A1)</f><v>0</v></c>')
    with pytest.raises(PeopleError, match="シート「様式」のB1には計算式があるため記入できません"):
        filled(xlsx(rows), Placement("様式!B1", "契約番号"))
    done = filled(xlsx(rows), Placement("様式!A1", "契約番号"))
    assert b'fullCalcOnLoad="1"' in unpacked(done.data)["xl/workbook.xml"]
    assert "計算式のあるセル" in done.remarks[0]


@pytest.mark.parametrize(("width", "told"), [(5, True), (60, False)])
def test_text_that_does_not_show_is_told(width: int, told: bool) -> None:
    columns = f'<cols><col min="1" max="1" width="{width}"/></cols>'
    rows = sheet_row(1, text_cell("A1", "{商号又は名称}", 1), text_cell("B1", "右"))
    done = filled(xlsx(rows, before=columns))
    assert done.remarks == (("シート「様式」のA1の文字が欄に収まらないおそれがあります。",) if told else ())


@pytest.mark.parametrize(("height", "told"), [(15, True), (80, False)])
def test_wrapped_text_in_a_row_of_fixed_height_is_told(height: int, told: bool) -> None:
    rows = f'<row r="1" ht="{height}" customHeight="1">{text_cell("A1", "{所在地}", 2)}</row>'
    done = filled(xlsx(rows, before='<cols><col min="1" max="1" width="40"/></cols>'))
    assert bool(done.remarks) is told


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30))
def test_whatever_a_value_says_it_is_text_and_nothing_else(text: str) -> None:
    done = filled(xlsx(sheet_row(1, text_cell("A1", "{値}"))), names=Names({"値": text}))
    cell = load_workbook(BytesIO(done.data))["様式"]["A1"]
    assert cell.data_type in ("s", "inlineStr")


@pytest.mark.parametrize("text", ["=1+1", "#N/A", "_x000D_", "0033", "＝式", "<b>&amp;"])
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    done = filled(
        xlsx(sheet_row(1, text_cell("A1", "", 1))), Placement("様式!A1", "値"), names=Names({"値": text})
    )
    assert dict(done.texts) == {"シート「様式」のA1": text}
    assert load_workbook(BytesIO(done.data))["様式"]["A1"].data_type in ("s", "inlineStr")


def test_labels_of_the_form_suggest_what_goes_beside_them() -> None:
    form = xlsx(sheet_row(1, text_cell("A1", "契 約 番 号"), text_cell("B1", "", 1)))
    assert suggest(inspect(form, "a.xlsx"), NAMES) == (Placement("様式!B1", "契約番号"),)


def test_the_sheet_keeps_its_own_words_where_nothing_is_placed() -> None:
    assert S in unpacked(filled(xlsx(sheet_row(1, text_cell("A1", "文")))).data)["xl/workbook.xml"].decode()
