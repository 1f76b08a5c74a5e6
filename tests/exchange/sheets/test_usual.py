"""Rows in the usual writing are read many at a time, and say what they say element by element."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from xml.parsers.expat import ExpatError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.common import PeopleError
from app.exchange.sheets.book import Sheet
from app.exchange.sheets.excel import grid, package, texts, workbook
from app.exchange.sheets.excel.usual import Cut, cells, plain, shared
from tests.support.books import book

TEXT = st.sampled_from(
    ["PC-001", "", "0012", "東京&amp;大阪", "&#x8A00;&#35519;", "_x000D_", " 前後 ", "&lt;c&gt;"]
)
NUMBER = st.sampled_from(["0", "12", "-3", "46113", "1.5E3", "0.1", "60", "", "1e999"])
STYLE = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="99"'])
USUAL = st.one_of(
    st.builds('<c r="@"{}><v>{}</v></c>'.format, STYLE, NUMBER),
    st.builds('<c r="@"{} t="s"><v>{}</v></c>'.format, STYLE, st.sampled_from(["0", "2", "3", "&#51;"])),
    st.builds('<c r="@"{} t="inlineStr"><is><t>{}</t></is></c>'.format, STYLE, TEXT),
    st.builds('<c r="@"{} t="str"><f>A1&amp;"x"</f><v>{}</v></c>'.format, STYLE, TEXT),
    st.builds('<c r="@"{}/>'.format, STYLE),
    st.sampled_from(['<c r="@" t="b"><v>1</v></c>', '<c r="@" t="e"><v>#N/A</v></c>', '<c r="@"></c>']),
    st.sampled_from(['<c r="@" t="d"><v>2026-04-01</v></c>', '<c r="@"><f t="shared" si="0"/><v>7</v></c>']),
)
UNUSUAL = st.sampled_from(
    [
        '<c r="@"><f>SUM(A1:A9)</f></c>',
        '<c r="@" t="inlineStr"><is><r><t>太</t></r><rPh sb="0" eb="1"><t>フト</t></rPh></is></c>',
        '<c r="@" t="inlineStr"><is><r><rPr><strike/></rPr><t>廃止</t></r></is></c>',
        '<c r="@" t="inlineStr"><is><t><![CDATA[<c r="A1"><v>9</v></c>]]></t></is></c>',
        '<c r="@"><v>1</v></c><!-- <row r="1"><c r="A1"><v>5</v></c></row> -->',
        '<c r="@"><v>1</v></c><?x <row r="1"><c r="A1"><v>5</v></c></row> ?>',
        '<c t="n"  r="@"><v>8</v></c>',
        '<c r="@" t="inlineStr"><is><t>1行目\r\n2行目</t></is></c>',
        "<c><v>4</v></c>",
        '\n  <c r="@"><v>3</v></c>\n',
    ]
)
HEAD = st.sampled_from(["", ' hidden="1"', ' spans="1:3" ht="18.75" x14ac:dyDescent="0.4"'])
ROWS = st.lists(st.tuples(HEAD, st.lists(st.one_of(USUAL, USUAL, UNUSUAL), max_size=4)), max_size=8)
SHARED = (
    "<si><t>共有</t></si><si><r><t>太</t></r></si>"
    "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"
    "<si><r><rPr><strike/></rPr><t>廃止</t></r></si>"
)
NOTED = {
    "xl/worksheets/_rels/s1.xml.rels": (
        '<Relationships><Relationship Id="n" Type="x/comments" Target="../n.xml"/></Relationships>'
    ),
    "xl/n.xml": (
        '<comments><commentList><comment ref="A2"><text><t>注</t></text></comment></commentList></comments>'
    ),
}


def rows_of(rows: list[tuple[str, list[str]]]) -> str:
    found = []
    for number, (head, held) in enumerate(rows, 1):
        placed = "".join(one.replace("@", f"{chr(65 + at)}{number}") for at, one in enumerate(held))
        found.append(f'<row r="{number}"{head}>{placed}</row>' if held else f'<row r="{number}"{head}/>')
    return "".join(found)


def read(data: bytes) -> list[Sheet] | str:
    try:
        return list(workbook.sheets(data))
    except PeopleError as error:
        return error.sentence


def read_by_element(data: bytes) -> list[Sheet] | str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid.Grid, "whole", b"")
        patch.setattr(texts.SharedTexts, "whole", b"")
        return read(data)


@given(ROWS, st.integers(1, 400), st.booleans(), st.booleans())
def test_many_at_a_time_say_what_each_says(
    rows: list[tuple[str, list[str]]], block: int, hides: bool, noted: bool
) -> None:
    data = book(
        rows_of(rows).replace("x14ac:", ""),
        styles=(0, 57, 1),
        texts=SHARED,
        before='<cols><col min="2" max="2" hidden="1"/></cols>' if hides else "",
        after="<mergeCells><mergeCell ref='A1:B1'/></mergeCells>",
        more=NOTED if noted else None,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "_AT_ONCE", block)
        assert read(data) == read_by_element(data)


def test_what_programs_write_is_the_usual_writing() -> None:
    made = Workbook()
    for row in range(1, 4):
        made.active.append([f"PC-{row}", row, "富士通", None])
    out = BytesIO()
    made.save(out)
    xml = zipfile.ZipFile(BytesIO(out.getvalue())).read("xl/worksheets/sheet1.xml").decode()
    found = cells(xml[xml.index("<row") : xml.rindex("</row>") + len("</row>")])
    assert found is not None
    assert [plain(text) or raw for _, _, _, text, _, raw, head, _ in found if not head][:3] == [
        "PC-1",
        "1",
        "富士通",
    ]
    excel = '<row r="1" spans="1:2" x14ac:dyDescent="0.4"><c r="A1" s="1" t="s" ph="1"><v>0</v></c></row>'
    assert cells(excel) is not None
    assert shared(
        '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>'
    ) == ["東京"]


@pytest.mark.parametrize(
    "spoiled",
    ["<c r='A3'><v>1</c></v>", '<c r="A3"><v>&nbsp;</v></c>', '<c r="A3" r="A3"><v>1</v></c>', "<c", "&"],
)
def test_nothing_is_taken_of_a_part_that_is_no_xml(spoiled: str) -> None:
    good = rows_of([("", ['<c r="@"><v>1</v></c>'])] * 2)
    with pytest.raises(ExpatError):
        list(workbook.sheets(book(f'{good}<row r="3">{spoiled}</row>{good}')))


@pytest.mark.parametrize(("encoding", "called"), [("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16")])
def test_a_part_in_another_writing_is_read_too(encoding: str, called: str) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>台帳{n}</v></c></row>' for n in range(1, 4))
    part = f'<?xml version="1.0" encoding="{called}"?><worksheet><sheetData>{rows}</sheetData></worksheet>'
    (sheet,) = workbook.sheets(book(more={"xl/worksheets/s1.xml": part.encode(encoding)}))
    assert [cell.value for cell in sheet.cells] == ["台帳1", "台帳2", "台帳3"]


@given(st.lists(st.binary(max_size=8)), st.booleans())
def test_what_is_cut_is_whole(pieces: list[bytes], marked: bool) -> None:
    blocks = [
        piece + (b"</row>" if at % 2 else b"<!" if marked else b"<row>") for at, piece in enumerate(pieces)
    ]
    cut = Cut(b"</row>")
    given_out = [stretch for block in blocks for stretch, _ in cut.take(block)]
    assert b"".join(given_out) + cut.rest() == b"".join(blocks)


def test_the_process_that_reads_loads_no_record() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from app.exchange.sheets import child, plain_text\n"
            "from app.exchange.sheets.excel import old_workbook, workbook\n"
            "print([name for name in sys.modules if name.startswith(('app.records', 'app.ledger'))])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
