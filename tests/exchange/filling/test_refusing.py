"""What a client's file must not hold, and what is no file to be filled: one sentence each, nothing done."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.common import PeopleError
from app.exchange.filling import package
from app.exchange.filling.filler import fill, inspect
from app.exchange.filling.values import Names, Placement
from tests.support.office import (
    HEAD,
    control,
    docx,
    packed,
    par,
    relations,
    row,
    sheet_row,
    table,
    text_cell,
    types,
    unpacked,
    xlsx,
)


def code(text: str) -> str:
    parted = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (text[:3], text[3:]))
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{parted}{end}</w:p>"


def related(kind: str, *, target: str = "x.bin", external: str = "") -> bytes:
    return docx(par("文"), {"word/_rels/document.xml.rels": relations((kind, target), external=external)})


def macros() -> bytes:
    return docx(par("文"), {"word/vbaProject.bin": b"x"})


def doctype() -> bytes:
    parts = dict(unpacked(docx(par("文"))))
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:document", b'<!DOCTYPE a [<!ENTITY b "c">]><w:document', 1
    )
    return packed(parts)


def strict() -> bytes:
    parts = dict(unpacked(docx(par("文"))))
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    return packed(parts)


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")


def bomb() -> bytes:
    return docx(par("文"), {"word/media/a.bin": bytes(package.LARGEST_UNPACKED)})


REFUSED: dict[str, Callable[[], bytes]] = {
    "マクロ": macros,
    "OLEオブジェクト": lambda: related("oleObject"),
    "埋め込まれた別のファイル": lambda: related("package"),
    "ActiveX": lambda: related("control"),
    "テンプレート": lambda: related(
        "attachedTemplate", target="file:///C:/a.dotm", external="attachedTemplate"
    ),
    "altChunk": lambda: docx('<w:altChunk r:id="rId1"/>'),
    "読み込まれる別の文書": lambda: related("aFChunk"),
    "外部のファイルへのつながり": lambda: related(
        "image", target="https://example.jp/a.png", external="image"
    ),
    "DDEAUTO": lambda: docx(code(" DDEAUTO excel a b")),
    "INCLUDETEXT": lambda: docx('<w:p><w:fldSimple w:instr=" INCLUDETEXT a.docx"/></w:p>'),
    "ほかのブックへのリンク": lambda: xlsx("", {"xl/_rels/a.rels": relations(("externalLink", "b.xml"))}),
    "WEBSERVICE": lambda: xlsx(sheet_row(1, '<c r="A1"><f>WEBSERVICE("a")</f></c>')),
    "電子署名": lambda: docx(par("文"), {"_xmlsignatures/sig1.xml": f"{HEAD}<a/>"}),
    "DOCTYPE": doctype,
    "Strict Open XML": strict,
    "パスワード": locked,
    "展開すると大きすぎます": bomb,
    "壊れている": lambda: docx("<w:p>"),
    "中身が空": lambda: b"",
    "PDFファイル": lambda: b"%PDF-1.7",
    "テキストファイル": lambda: "様式".encode(),
}


@pytest.mark.parametrize("said", list(REFUSED))
def test_it_is_refused_in_one_sentence(said: str) -> None:
    with pytest.raises(PeopleError) as refused:
        inspect(REFUSED[said](), "様式第1号.docx")
    told = str(refused.value)
    assert said in told
    assert told.startswith("「様式第1号.docx」")
    assert told.endswith("。")


def test_old_formats_are_told_how_to_become_new_ones() -> None:
    old = b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le")
    with pytest.raises(PeopleError, match=r"「\.docx」で保存し直してください"):
        inspect(old, "様式.doc")


def typed(form: bytes, kind: str) -> bytes:
    """A form whose main part says that it is of another kind."""
    parts = dict(unpacked(form))
    name = "[Content_Types].xml"
    for main in (b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"):
        parts[name] = parts[name].replace(main, main.rpartition(b".")[0].rpartition(b".")[0] + kind.encode())
    return packed(parts)


WORDS, CELLS = docx(par("{契約番号}")), xlsx(sheet_row(1, text_cell("A1", "{契約番号}")))
OTHERS: dict[str, tuple[bytes, str]] = {
    "様式.dotx": (typed(WORDS, ".template.main"), "Word文書として保存し直した"),
    "様式.xltx": (typed(CELLS, ".template.main"), "Excelブックとして保存し直した"),
    "様式.docm": (packed({**unpacked(WORDS), "word/vbaProject.bin": b"x"}), "マクロ"),
    "様式.xlsm": (packed({**unpacked(CELLS), "xl/vbaProject.bin": b"x"}), "マクロ"),
    "様式.xls": (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "「.xlsx」で保存し直して"),
    "様式.xlsx": (WORDS, "中身はWord文書（.docx）です"),
    "様式.docx": (CELLS, "名前の末尾を「.xlsx」に直して"),
    "様式.DOC": (WORDS, "名前の末尾を「.docx」に直して"),
}


@pytest.mark.parametrize("name", list(OTHERS))
def test_files_of_another_kind_are_told_how_to_become_one_that_is_filled(name: str) -> None:
    data, said = OTHERS[name]
    with pytest.raises(PeopleError, match=said) as refused:
        inspect(data, name)
    assert str(refused.value).startswith(f"「{name}」")


def test_the_ending_may_be_written_in_capitals() -> None:
    assert inspect(WORDS, "様式.DOCX").suffix == ".docx"


NAMES = Names({"契約番号": "MK-1024", "件名": "納税通知書\x0b印刷"})
MERGED = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
SEVERAL = '<c r="A1"><f t="array" ref="A1:B1">C1:D1</f><v>1</v></c>'
MISPLACED: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "「表1:1:1」の欄には「{契約番号}」が書かれています": (docx(table(row("{契約番号}"))), ("表1:1:1",)),
    "「枠1」の欄には「{契約番号}」が書かれています": (docx(control(par("{契約番号}"))), ("枠1",)),
    "「表1:1:1」の欄と、その中の「チェック1」の両方": (docx(table(row("□ 新規"))), ("表1:1:1", "チェック1")),
    "「表1:1:1」に項目を2回割り当てています": (docx(table(row(""))), ("表1:1:1", "表1:1:1")),
    "左上の「様式!A1」に割り当ててください": (
        xlsx(sheet_row(1, text_cell("A1", "", 1), text_cell("B1", "", 1)), after=MERGED),
        ("様式!B1",),
    ),
    "シート「様式」のB1には計算式がある": (
        xlsx(sheet_row(1, SEVERAL, text_cell("B1", "", 1))),
        ("様式!B1",),
    ),
    "「様式!A1」の欄には「{契約番号}」が書かれています": (CELLS, ("様式!A1",)),
    "「様式2!A1」という場所が様式にありません": (CELLS, ("様式2!A1",)),
}


@pytest.mark.parametrize("said", list(MISPLACED))
def test_a_fact_where_it_cannot_stand_is_told_with_what_to_do(said: str) -> None:
    data, places = MISPLACED[said]
    with pytest.raises(PeopleError) as refused:
        fill(inspect(data, ""), NAMES, [Placement(one, "契約番号") for one in places])
    assert [said in one for one in refused.value.problems] == [True]


@pytest.mark.parametrize(
    "form", [docx(par("{件名}")), xlsx(sheet_row(1, text_cell("A1", "{件名}")))], ids=["word", "excel"]
)
def test_what_no_file_can_hold_is_told_by_its_name(form: bytes) -> None:
    with pytest.raises(PeopleError, match="「件名」の内容に、ファイルに書けない文字"):
        fill(inspect(form, ""), NAMES, ())


def test_a_link_that_one_clicks_is_no_harm() -> None:
    data = related("hyperlink", target="https://example.jp/", external="hyperlink")
    assert inspect(data, "様式.docx").texts == (("本文", "文"),)


def test_two_parts_of_one_name_are_no_sound_file() -> None:
    made = BytesIO(docx(par("文")))
    with zipfile.ZipFile(made, "a") as file:
        file.writestr("WORD/document.xml", "<a/>")
    with pytest.raises(PeopleError, match="壊れている"):
        inspect(made.getvalue(), "様式.docx")


def test_a_file_that_is_too_large_is_not_opened() -> None:
    data = docx(par("文")) + bytes(package.LARGEST_FILE)
    with pytest.raises(PeopleError, match="大きすぎます（20MBまで）"):
        inspect(data, "様式.docx")


FORMS = (
    docx(par("{契約番号}"), stories={"header1": par("頭")}),
    xlsx(sheet_row(1, text_cell("A1", "{契約番号}")), strings="<si><t>字</t></si>"),
)


@settings(max_examples=300)
@given(st.sampled_from(FORMS), st.data())
def test_a_damaged_file_is_refused_or_filled_and_never_a_surprise(form: bytes, data: st.DataObject) -> None:
    """Bytes of a part are changed: whatever comes of it is a sentence or a file that was read back."""
    parts = dict(unpacked(form))
    name = data.draw(st.sampled_from(sorted(parts)))
    held = bytearray(parts[name])
    for _time in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(held) - 1))
        if data.draw(st.booleans()):
            held[at] = data.draw(st.integers(0, 255))
        else:
            del held[at : at + data.draw(st.integers(1, 40))]
        if not held:
            break
    parts[name] = bytes(held)
    with suppress(PeopleError):
        fill(inspect(packed(parts), ""), Names({"契約番号": "MK-1024"}), ())


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(PeopleError):
        inspect(b"PK\x03\x04" + data, "様式.docx")


def test_what_says_it_has_no_type_list_is_broken() -> None:
    with pytest.raises(PeopleError, match="壊れている"):
        inspect(packed({"word/document.xml": "<a/>"}), "様式.docx")
    with pytest.raises(PeopleError, match="壊れている"):
        inspect(packed({"[Content_Types].xml": types({}), "word/document.xml": "<a/>"}), "様式.docx")
