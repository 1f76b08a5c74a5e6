"""Forms as different programs make them are filled by pointing, and read back by another reader.

In ``forms/``: what LibreOffice 7.4, python-docx 1.2 and XlsxWriter 3.2 wrote of the same paper. Beside them
stand one of Word's own construction (text boxes, controls) and one that openpyxl writes here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side

from app.exchange.filling.filler import fill, inspect, suggest
from app.exchange.filling.values import BOX, Listed, Names, Placement
from tests.support.office import check_box, control, docx, par, row, run, table, text_box, unpacked

FORMS = Path(__file__).parent / "forms"
PEOPLE = Listed(
    "従事者",
    ("氏名", "所属", "誓約"),
    (("佐藤　美咲", "印刷課", "有"), ("栁田　徳次郎", "入力課", "無"), ("渡邉　由美子", "検査課", "有")),
)
NAMES = Names(
    {
        "文書番号": "2026-0007",
        "宛名": "みなと北市長　様",
        "契約番号": "MK-1024",
        "商号又は名称": "株式会社北斗データ",
        "届出の区分": "変更",
    },
    (PEOPLE,),
)
CHOICES = {"新規": "届出の区分", "変更": "届出の区分", "有": "従事者／誓約", "無": "従事者／誓約"}


def kept(name: str) -> Callable[[], bytes]:
    return (FORMS / name).read_bytes


def by_word() -> bytes:
    boxes = control(f"<w:p>{check_box()}{run('新規　')}{check_box()}{run('変更')}</w:p>")
    people = [row(str(at), "", "", "□有　□無") for at in (1, 2)]
    return docx(
        par("{宛", "名}")
        + text_box(par("文書番号 {文書番号}"))
        + table(row("契約番号", "", "商号又は名称", ""))
        + boxes
        + table(row("No", "氏名", "所属", "誓約"), *people, row("計", "", "", "")),
        stories={"header1": par("様式第１号"), "footer1": par("{文書番号}")},
    )


def by_openpyxl() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    side = Side(style="thin")
    border = Border(left=side, right=side, top=side, bottom=side)
    lines = (
        ("{宛名}", "{文書番号}"),
        ("契約番号", None),
        ("商号又は名称", None),
        ("□ 新規", "□ 変更"),
        ("No", "氏名", "所属", "誓約"),
        (1, None, None, "□有　□無"),
        (2, None, None, "□有　□無"),
        ("計", None, None, None),
    )
    for at, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            sheet.cell(at, column, value).border = border
        sheet.column_dimensions["ABCD"[at % 4]].width = 30
    made = BytesIO()
    book.save(made)
    return made.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    "word.docx": by_word,
    "libreoffice.docx": kept("libreoffice.docx"),
    "python-docx.docx": kept("python-docx.docx"),
    "libreoffice.xlsx": kept("libreoffice.xlsx"),
    "xlsxwriter.xlsx": kept("xlsxwriter.xlsx"),
    "openpyxl.xlsx": by_openpyxl,
}


def said(data: bytes, name: str) -> str:
    """What the file says, by another reader: cell by cell, or paragraph by paragraph."""
    if name.endswith(".docx"):
        parts = unpacked(data)
        lines = []
        for part in ("word/document.xml", "word/footer1.xml"):
            root = etree.fromstring(parts.get(part, b"<a/>"))
            lines += ["".join(one.itertext("{*}t")) for one in root.iter("{*}p")]
        return "|".join(lines)
    book = load_workbook(BytesIO(data))
    heads = [sheet.oddHeader.right.text or "" for sheet in book]
    return "|".join(str(cell.value or "") for sheet in book for line in sheet for cell in line) + "".join(
        heads
    )


@pytest.mark.parametrize("name", list(MADE))
def test_a_form_is_filled_whoever_made_it(name: str) -> None:
    form = inspect(MADE[name](), name)
    boxes = [one for one in form.places if one.kind == BOX and one.near in CHOICES][:4]
    placed = [*suggest(form, NAMES), *(Placement(one.id, CHOICES[one.near]) for one in boxes)]
    done = fill(form, NAMES, placed)
    told = said(done.data, name)
    for text in ("2026-0007", "みなと北市長　様", "MK-1024", "株式会社北斗データ"):
        assert text in told
    for person, place, sworn in PEOPLE.rows:
        assert told.count(person) == 1
        marks = "☑有　□無" if sworn == "有" else "□有　☑無"
        assert re.search(rf"{person}\|+{place}\|+{marks}", told)
    assert re.search("[□☐] ?新規.*[☑☒] ?変更", told)
    assert not re.search("[{｛].*?[}｝]", told)
    assert done.unfilled == ()
    before, after = form.package.parts, unpacked(done.data)
    assert {one for one in after if after[one] != before.get(one)} == done.changed
