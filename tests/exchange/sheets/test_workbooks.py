"""What people see on a sheet of Excel is what is read of it, and nothing vanishes without a word."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.parsers.expat import ExpatError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.common import PeopleError
from app.exchange.sheets.book import NO_RESULT, CellError, Merge, Sheet, Value, column_of, letters
from app.exchange.sheets.excel import old_workbook, workbook
from app.exchange.sheets.excel.codes import BUILT_IN
from app.exchange.sheets.excel.showing import Format
from app.exchange.sheets.limits import MOST_SHEETS
from tests.support.books import book, cell, rows

NOON = datetime(2026, 4, 1, 12)  # noqa: DTZ001  # a sheet knows no zones
MORNING = datetime(2026, 4, 1, 9, 30)  # noqa: DTZ001
TABLE = rows(["管理番号", "種別"], ["PC-001", "PC"])


def only(data: bytes) -> Sheet:
    (sheet,) = workbook.sheets(data)
    return sheet


def seen(sheet: Sheet) -> dict[str, str]:
    return {f"{letters(c.column)}{c.row}": c.shown for c in sheet.cells}


def values(sheet: Sheet) -> dict[str, Value]:
    return {f"{letters(c.column)}{c.row}": c.value for c in sheet.cells}


@pytest.mark.parametrize(
    ("code", "number", "shown", "value"),
    [
        ("0000", 12, "0012", 12),
        ("000-0000", 1234567, "123-4567", 1234567),
        ('#,##0"台"', 1234, "1,234台", 1234),
        ("#,##0;[Red]-#,##0", -1234, "-1,234", -1234),
        ("0.0%", 0.1234, "12.3%", Decimal("0.1234")),
        ("0.00E+00", 12345, "1.23E+04", 12345),
        ("#,##0,", 1234567, "1,235", 1234567),
        ('"あり";;"なし"', 0, "なし", 0),
        (";;;", 5, "", 5),
        ('[>=100]0"多";0"少"', 5, "5少", 5),
        ("General", 0.1, "0.1", Decimal("0.1")),
        ('ggge"年"m"月"d"日"', 46113, "令和8年4月1日", date(2026, 4, 1)),
        ('[$-ja-JP-x-gannen]ggge"年"m"月"d"日"', 43586, "令和元年5月1日", date(2019, 5, 1)),
        ('[$-411]ggge"年"m"月"d"日"', 43585, "平成31年4月30日", date(2019, 4, 30)),
        ("ge.m.d", 46113, "R8.4.1", date(2026, 4, 1)),
        ('ggge"年"', 46113, "令和8年", date(2026, 4, 1)),
        ('m"月"d"日"(aaa)', 46113, "4月1日(水)", date(2026, 4, 1)),
        ("yyyy/m/d", 46113.75, "2026/4/1", date(2026, 4, 1)),
        ("yyyy/m/d", 46113.9999999, "2026/4/1", date(2026, 4, 1)),
        ("yyyy/m/d h:mm", 46113.5, "2026/4/1 12:00", NOON),
        ("h:mm AM/PM", 0.75, "6:00 PM", time(18)),
        ('h"時"mm"分"', 0.4, "9時36分", time(9, 36)),
        ("[h]:mm", 1.0625, "25:30", Decimal("1.0625")),
        ("yyyy/m/d", 59, "1900/2/28", date(1900, 2, 28)),
        ("yyyy/m/d", 60, "1900/2/29", CellError("1900/2/29")),
        ("yyyy/m/d", -1, "########", CellError("########")),
        ("yyyy/m/d", 1e9, "########", CellError("########")),
    ],
)
def test_a_number_is_read_as_people_see_it(code: str, number: float, shown: str, value: Value) -> None:
    assert Format(code).show(number) == (shown, value)


def test_a_workbook_may_count_its_days_from_1904() -> None:
    assert Format("yyyy/m/d", since_1904=True).show(0) == ("1904/1/1", date(1904, 1, 1))
    data = book(f'<row r="1">{cell("A1", 44651, 1)}</row>', styles=(0, 14), since_1904=True)
    assert values(only(data)) == {"A1": date(2026, 4, 1)}


@given(st.text(max_size=30), st.floats(allow_nan=True, allow_infinity=True))
def test_no_format_and_no_number_is_too_odd(code: str, number: float) -> None:
    shown, _ = Format(code).show(number)
    assert isinstance(shown, str)
    assert isinstance(Format(code).text("あ"), str)


@given(st.dates(date(1900, 3, 1), date(2199, 12, 31)))
def test_every_day_comes_back_from_its_serial(day: date) -> None:
    assert Format(BUILT_IN[14]).show((day - date(1899, 12, 30)).days)[1] == day


def test_the_days_that_japanese_excel_writes_without_a_code_are_days() -> None:
    held = [*(*range(27, 32), 36, 50, 51, 54, 57, 58)]
    data = book(
        '<row r="1">' + "".join(cell(f"{letters(n)}1", 46113, n) for n in range(1, len(held) + 1)) + "</row>",
        styles=(0, *held),
    )
    assert set(values(only(data)).values()) == {date(2026, 4, 1)}


def test_every_kind_of_cell() -> None:
    data = book(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#N/A</v></c>'
        '<c r="D1" t="str"><f>A1</f><v>式の結果</v></c><c r="E1"><f>NOW()</f></c>'
        '<c r="F1" t="str"><f>B2</f><v></v></c>'
        '<c r="G1" t="d"><v>2026-04-01</v></c><c r="H1" t="d"><v>2026-04-01T09:30:00</v></c>'
        '<c r="I1"><v>3.0000000000000004</v></c><c r="J1" s="4"/></row>',
        texts='<si><r><t>山</t></r><r><t>田</t></r><rPh sb="0" eb="1"><t>ヤマダ</t></rPh></si>',
    )
    assert values(only(data)) == {
        "A1": "山田",
        "B1": True,
        "C1": CellError("#N/A"),
        "D1": "式の結果",
        "E1": NO_RESULT,
        "G1": date(2026, 4, 1),
        "H1": MORNING,
        "I1": 3,
    }


def test_what_is_hidden_or_joined_is_known() -> None:
    data = book(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="C1"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row>',
        before='<cols><col min="3" max="3" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A4:B5"/></mergeCells>',
    )
    sheet = only(data)
    assert {letters(c.column) + str(c.row): c.hidden for c in sheet.cells} == {
        "A1": False,
        "C1": True,
        "A2": True,
    }
    assert sheet.merges == (Merge(4, 1, 5, 2),)
    found = list(workbook.sheets(book(sheets={"表": TABLE, "控え": TABLE}, states={"控え": "veryHidden"})))
    assert [(s.name, s.hidden) for s in found] == [("表", False), ("控え", True)]


def test_a_note_stands_with_its_cell_and_what_is_not_read_is_told() -> None:
    relations = (
        '<Relationships><Relationship Id="c" Type="x/comments" Target="../comments1.xml"/></Relationships>'
    )
    comments = (
        '<comments><commentList><comment ref="A2"><text><t>要確認</t></text></comment>'
        '<comment ref="F9"><text><t>空</t></text></comment></commentList></comments>'
    )
    data = book(
        TABLE,
        after='<drawing r:id="d"/>',
        more={"xl/worksheets/_rels/s1.xml.rels": relations, "xl/comments1.xml": comments},
    )
    sheet = only(data)
    assert [(c.shown, c.note) for c in sheet.cells if c.note] == [("PC-001", "要確認")]
    assert any("F9" in told for told in sheet.told)
    assert any("図形" in told for told in sheet.told)


def test_escaped_characters_are_what_they_stand_for() -> None:
    data = book(
        texts="<si><t>一行目_x000D_\n二行目_x005F_x0041_</t></si>", data='<row><c t="s"><v>0</v></c></row>'
    )
    assert seen(only(data)) == {"A1": "一行目\r\n二行目_x0041_"}


@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize("strict", [False, True])
def test_other_spellings_of_the_standard_are_read_alike(prefix: str, strict: bool) -> None:
    data = book(TABLE, prefix=prefix, strict=strict)
    assert seen(only(data)) == {"A1": "管理番号", "B1": "種別", "A2": "PC-001", "B2": "PC"}


def test_a_part_may_write_its_elements_both_ways() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = (
        f"<worksheet xmlns='{main}' xmlns:x='{main}'><x:sheetData><row><x:c><x:v>1</x:v></x:c>"
        "<c><v>2</v></c></row></x:sheetData></worksheet>"
    )
    assert seen(only(book(more={"xl/worksheets/s1.xml": part}))) == {"A1": "1", "B1": "2"}


def test_rows_and_cells_without_an_address_stand_one_after_another() -> None:
    assert seen(only(book("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))) == {
        "A1": "1",
        "B1": "2",
        "A2": "3",
    }


def test_a_value_in_the_last_cell_costs_one_cell() -> None:
    sheet = only(book('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert [(c.row, c.column) for c in sheet.cells] == [(1_048_576, 16_384)]


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1"><c t="s"><v>7</v></c></row>',
        '<row r="1"><c t="x"><v>7</v></c></row>',
        '<row r="1"><c><v>seven</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
    ],
)
def test_what_no_workbook_says_is_refused(data: str) -> None:
    with pytest.raises(PeopleError, match="壊れて"):
        only(book(data))


def test_a_declaration_that_could_hide_anything_is_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'
    for part in ("xl/worksheets/s1.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
        with pytest.raises(PeopleError, match="DOCTYPE"):
            list(workbook.sheets(book(TABLE, more={part: bomb})))


def test_malformed_xml_is_never_read_in_part() -> None:
    with pytest.raises(ExpatError):
        list(workbook.sheets(book(TABLE + "<row><c><v>1</v></row>")))


def test_more_sheets_than_anybody_has_are_refused() -> None:
    assert len(list(workbook.sheets(book(sheets={f"s{n}": "" for n in range(MOST_SHEETS)})))) == MOST_SHEETS
    with pytest.raises(PeopleError, match="シートが多すぎます"):
        list(workbook.sheets(book(sheets={f"s{n}": "" for n in range(MOST_SHEETS + 1)})))


def test_it_is_what_openpyxl_wrote() -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    held: list[list[Value]] = [
        ["管理番号", "𠮷野 髙橋", "二行\n目"],
        [12, Decimal("1.5"), True],
        [date(2026, 4, 1), MORNING, time(8, 15)],
    ]
    for row in held:
        sheet.append(row)
    out = BytesIO()
    made.save(out)
    found: list[list[Value]] = [[cell.value for cell in cells] for _, cells in only(out.getvalue()).rows()]
    assert found == held


def test_an_old_workbook_is_read_as_people_see_it() -> None:
    data = (Path(__file__).parent / "register.xls").read_bytes()
    register, old = old_workbook.sheets(data)
    assert (register.name, register.hidden, old.hidden) == ("PC管理", False, True)
    shown = seen(register)
    assert (shown["A4"], shown["C4"], shown["D4"]) == ("0012", "令和8年4月1日", "1,200台")
    held = values(register)
    assert (held["C4"], held["D5"], held["E4"], held["B6"]) == (
        date(2026, 4, 1),
        Decimal("1.5"),
        True,
        CellError("#N/A"),
    )
    assert register.merges == (Merge(6, 1, 7, 1),)
    hidden = {f"{letters(c.column)}{c.row}" for c in register.cells if c.hidden}
    assert {"A5", "E4"} <= hidden
    assert "A4" not in hidden


@given(st.integers(1, 16_384))
def test_columns_are_called_by_their_letters(column: int) -> None:
    assert column_of(letters(column)) == column


@pytest.mark.parametrize("name", ["XFE", "a", "A1"])
def test_what_is_no_column_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        column_of(name)


def test_what_is_lined_out_wholly_or_in_part_is_said() -> None:
    data = book(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></is></c>'
        '<c r="D1" t="inlineStr"><is><r><rPr><strike val="0"/></rPr><t>新</t></r></is></c></row>',
        texts="<si><r><rPr><strike/></rPr><t>PC-1</t></r><r><t>PC-2</t></r></si><si><t>PC-3</t></si>",
    )
    assert [(cell.shown, cell.struck) for cell in only(data).cells] == [
        ("PC-1PC-2", True),
        ("PC-3", False),
        ("旧新", True),
        ("新", False),
    ]
