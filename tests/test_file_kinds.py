"""A file is told by its content, at every door that takes one in."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.annexes.catalogue import Catalogue, load
from app.cli.access import read_passphrase
from app.common import PeopleError
from app.exchange import json_text
from app.exchange.annexes import files as annex_files
from app.exchange.annexes.making import workbook
from app.file_kinds import FileKind, kind_of
from app.ledger.access.opening import examine
from app.records import Facts


def packed(*names: str, mark: str = "") -> bytes:
    """A zip file with empty parts of these names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        if mark:
            made.writestr("mimetype", mark)
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def book() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SAMPLES: dict[str, tuple[bytes, FileKind]] = {
    "book.xlsx": (book(), FileKind.BOOK),
    "really-a-book.xls": (book(), FileKind.BOOK),
    "macros.xlsm": (packed("xl/workbook.xml", "xl/vbaProject.bin"), FileKind.MACRO_BOOK),
    "binary.xlsb": (packed("xl/workbook.bin"), FileKind.BINARY_BOOK),
    "broken.xlsx": (b"PK\x03\x04 cut", FileKind.BOOK),
    "old.xls": (OLE, FileKind.OLD_BOOK),
    "old-by-content.bin": (OLE + "Workbook".encode("utf-16-le"), FileKind.OLD_BOOK),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), FileKind.LOCKED),
    "old.doc": (OLE, FileKind.OLD_WORD),
    "old.ppt": (OLE, FileKind.OLD_OFFICE),
    "new.docx": (packed("word/document.xml"), FileKind.WORD),
    "stub.docx": (b"PK\x03\x04" + bytes(60), FileKind.WORD),
    "new.pptx": (packed("ppt/presentation.xml"), FileKind.SLIDES),
    "table.ods": (packed(mark="application/vnd.oasis.opendocument.spreadsheet"), FileKind.OPEN_BOOK),
    "text.odt": (packed(mark="application/vnd.oasis.opendocument.text"), FileKind.OPEN_TEXT),
    "files.zip": (packed("a.txt"), FileKind.ARCHIVE),
    "scan.pdf": (b"%PDF-1.7", FileKind.PDF),
    "photo.jpg": (b"\xff\xd8\xff\xe0", FileKind.PICTURE),
    "text.rtf": (b"{\\rtf1", FileKind.RICH_TEXT),
    "page.html": (b"<!DOCTYPE html><html>", FileKind.PAGE),
    "sheet-2003.xml": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', FileKind.OLD_BOOK),
    "other.xml": (b'<?xml version="1.0"?><a/>', FileKind.XML),
    "data.db": (b"SQLite format 3\0", FileKind.DATABASE),
    "table.csv": ("条項番号,見出し\n第1,目的\n".encode("cp932"), FileKind.CSV),
    "table-from-excel.txt": ("条項番号\t見出し\r\n第1\t目的\r\n".encode("utf-16"), FileKind.CSV),
    "records.json": ('[{"name": "山田"}]'.encode(), FileKind.JSON),
    "annex.toml": (b'schema = 1\n[[part]]\nkey = "a, b"\n', FileKind.TEXT),
    "annex-sjis.toml": ('title = "特記事項"'.encode("cp932"), FileKind.TEXT),
    "nothing": (b"", FileKind.EMPTY),
    "noise": (bytes(range(256)), FileKind.UNKNOWN),
}
"""One file of each kind, and what it is."""
BARRED = {name: made for name, made in SAMPLES.items() if not (made[1].is_book or made[1] is FileKind.TEXT)}

every = pytest.mark.parametrize("name", SAMPLES)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def written(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(SAMPLES[name][0])
    return path


@every
def test_a_file_is_told_by_its_content(name: str) -> None:
    data, kind = SAMPLES[name]
    assert kind_of(data, name) is kind


def test_each_kind_has_its_sample() -> None:
    assert {kind for _data, kind in SAMPLES.values()} == set(FileKind)


@given(st.binary(max_size=600), st.sampled_from(["a.xlsx", "a.xls", "a", "a.csv"]))
def test_every_file_is_of_some_kind(data: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        assert isinstance(kind_of(start + data, name), FileKind)


@pytest.mark.parametrize("name", BARRED)
def test_an_annex_of_another_kind_is_named_and_told_how_to_save(
    tmp_path: Path, catalogue: Catalogue, name: str
) -> None:
    with pytest.raises(PeopleError) as refused:
        annex_files.check(written(tmp_path, name), catalogue, Facts(()))
    said, kind = str(refused.value), SAMPLES[name][1]
    assert said.startswith(f"「{name}」は")
    assert kind is FileKind.EMPTY or kind.label in said
    assert "UTF-8" not in said
    assert "TOML" not in said
    assert ".xlsx" in said or kind is FileKind.EMPTY


def test_the_words_for_a_clerk(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(PeopleError) as refused:
        annex_files.check(written(tmp_path, "old.xls"), catalogue, Facts(()))
    assert str(refused.value) == (
        "「old.xls」はExcel 97-2003 ブック（.xls）のため読めません。"
        "Excelで開き、「.xlsx」で保存し直してください。"
    )


@pytest.mark.parametrize("name", ["annex.xlsx", "annex.xls", "annex.bin"])
def test_a_workbook_is_read_whatever_its_ending(tmp_path: Path, catalogue: Catalogue, name: str) -> None:
    annex = catalogue.annex("kimitsu-hoji")
    path = tmp_path / name
    path.write_bytes(workbook(annex))
    checked = annex_files.check(path, catalogue, Facts(()))
    # It was read: there is one of that version already.
    assert [fault.sentence for fault in checked.faults] == [
        "この版は本製品の目録にあります。版の番号を変えてください。"
    ]


@pytest.mark.parametrize("name", [name for name, made in SAMPLES.items() if made[1] is not FileKind.JSON])
def test_records_of_another_kind_are_named(name: str) -> None:
    data, kind = SAMPLES[name]
    if kind in (FileKind.TEXT, FileKind.UNKNOWN):
        # What is wrong with them is said where they are read.
        json_text.check_kind(data, name)
        return
    with pytest.raises(PeopleError) as refused:
        json_text.check_kind(data, name)
    assert kind is FileKind.EMPTY or kind.label in str(refused.value)


@pytest.mark.parametrize("name", ["book.xlsx", "new.docx", "photo.jpg", "files.zip", "old.doc"])
def test_a_passphrase_file_of_another_kind_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(PeopleError, match="テキストファイル") as refused:
        read_passphrase(written(tmp_path, name))
    assert SAMPLES[name][1].label in str(refused.value)


@pytest.mark.parametrize(
    "text", ["ひみつ, の 合言葉", "[かぎ]", "{長い長い合言葉}", "<?xml なんでも", "a = b"]
)
def test_a_passphrase_may_look_like_anything(tmp_path: Path, text: str) -> None:
    path = tmp_path / "p.txt"
    path.write_text(f"{text}\n", encoding="utf-8")
    assert read_passphrase(path) == text


@pytest.mark.parametrize("name", [name for name, made in SAMPLES.items() if made[1] not in (FileKind.EMPTY,)])
def test_a_ledger_of_another_kind_is_named(tmp_path: Path, name: str) -> None:
    kind = SAMPLES[name][1]
    with pytest.raises(PeopleError) as refused:
        examine(written(tmp_path, name))
    assert kind in (FileKind.UNKNOWN, FileKind.DATABASE) or kind.label in str(refused.value)
    assert "台帳" in str(refused.value)
