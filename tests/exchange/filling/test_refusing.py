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
from app.exchange.filling.values import Names
from tests.support.office import (
    HEAD,
    docx,
    packed,
    par,
    relations,
    sheet_row,
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
        fill(inspect(packed(parts), "様式.docx"), Names({"契約番号": "MK-1024"}), ())


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(PeopleError):
        inspect(b"PK\x03\x04" + data, "様式.docx")


def test_what_says_it_has_no_type_list_is_broken() -> None:
    with pytest.raises(PeopleError, match="壊れている"):
        inspect(packed({"word/document.xml": "<a/>"}), "様式.docx")
    with pytest.raises(PeopleError, match="壊れている"):
        inspect(packed({"[Content_Types].xml": types({}), "word/document.xml": "<a/>"}), "様式.docx")
