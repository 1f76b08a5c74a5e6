"""An annex in a file of any kind: its text comes through, or one sentence says why not and what to do."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from openpyxl import Workbook
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from app.annexes.reading import judging
from app.annexes.reading.model import Reading, Role
from app.common import Cancelled, PeopleError, Progress
from app.exchange.annexes import reading as annex_reading
from app.exchange.annexes.reading import read_data, read_file, read_pasted
from app.exchange.text_file import NoTextError, decoded
from tests.annexes.reading.styles import STYLES
from tests.annexes.reading.test_split_styles import tree, wanted

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word(body: str, numbering: str = "", more: dict[str, str] | None = None) -> bytes:
    """A document with this in its body."""
    parts = {"word/document.xml": ("document.main", f"<w:document {_W}><w:body>{body}</w:body></w:document>")}
    if numbering:
        parts["word/numbering.xml"] = ("numbering", f"<w:numbering {_W}>{numbering}</w:numbering>")
    for name, held in (more or {}).items():
        parts[f"word/{name}1.xml"] = (name, held)
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_MAIN}.{kind}+xml"/>'
        for name, (kind, _) in parts.items()
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>',
        )
        for name, (_, held) in parts.items():
            packed.writestr(name, held)
    return made.getvalue()


def paragraph(text: str, level: int | None = None) -> str:
    listed = (
        ""
        if level is None
        else f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    )
    return f"<w:p>{listed}<w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(pages: list[list[str]]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    made = BytesIO()
    canvas = Canvas(made)
    for lines in pages:
        for at, line in enumerate(lines):
            canvas.setFont("Helvetica" if line.isascii() else "HeiseiMin-W3", 10)
            canvas.drawString(50, 780 - 16 * at, line)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def book(rows: list[list[str]]) -> bytes:
    made = BytesIO()
    held = Workbook()
    sheet = held.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    held.create_sheet("内部用").sheet_state = "hidden"
    held.save(made)
    return made.getvalue()


def numbers(reading: Reading) -> list[str]:
    return [one.number for one in reading.paragraphs]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["points", "articles"])
def test_a_text_file_is_read_in_any_encoding(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "特記事項.txt"
    path.write_bytes(STYLES[name].text.replace("\n", "\r\n").encode(encoding))
    assert tree(read_file(path).reading) == wanted(name)


@pytest.mark.parametrize("name", [name for name in STYLES if name != "table"])
def test_a_word_document_is_read(name: str) -> None:
    body = "".join(paragraph(line.replace("\t", " ")) for line in STYLES[name].text.split("\n"))
    assert tree(read_data(word(body), "特記事項.docx").reading) == wanted(name)


def test_numbers_that_word_makes_itself_are_in_the_text() -> None:
    levels = (("第%1", "decimalFullWidth"), ("%2", "decimal"), ("(%3)", "decimal"), ("%4", "aiueoFullWidth"))
    held = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{2 if at == 1 else 1}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (text, form) in enumerate(levels)
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{held}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    body = "".join(
        (
            paragraph("個人情報取扱特記事項"),
            paragraph("（保管）"),
            paragraph("乙は、次の措置をとらなければならない。", 0),
            paragraph("鍵をかけること。", 2),
            paragraph("次のものを数えること。", 2),
            paragraph("名簿", 3),
            paragraph("媒体", 3),
            paragraph("乙は、措置を甲に報告しなければならない。", 1),
            paragraph("乙は、秘密を守らなければならない。", 0),
        )
    )
    assert numbers(read_data(word(body, numbering), "a.docx").reading) == [
        *("第1第1項", "第1第1項(1)", "第1第1項(2)", "第1第1項(2)ア", "第1第1項(2)イ", "第1第2項", "第2"),
    ]


def test_tables_text_boxes_and_deleted_text_of_word() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    box = (
        f"<w:p><w:r><w:pict><w:txbxContent>{paragraph('※枠の中の注記')}</w:txbxContent></w:pict></w:r></w:p>"
    )
    body = (
        paragraph("個人情報安全管理基準")
        + "<w:tbl>"
        + row("１", "保管", "乙は、名簿を守らなければならない。")
        + row("２", "報告", "乙は、甲に報告しなければならない。")
        + "</w:tbl>"
        + box
        + "<w:p><w:del><w:r><w:delText>消した文</w:delText></w:r></w:del></w:p>"
    )
    header = f"<w:hdr {_W}>{paragraph('見本市')}</w:hdr>"
    found = read_data(word(body, more={"header": header}), "a.docx")
    assert [(one.number, one.heading) for one in found.reading.paragraphs] == [("1", "保管"), ("2", "報告")]
    assert "枠の中の注記" in found.reading.raw
    assert "消した文" not in found.reading.raw
    assert found.told == (
        "ヘッダーとフッターは、条項の文章に含めていません。",
        "変更履歴で削除された文字は読んでいません。",
    )


def note(number: str, text: str) -> str:
    return f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'


def test_a_note_of_word_stands_below_what_refers_to_it_and_in_no_form() -> None:
    mark = '<w:p><w:r><w:t>{}</w:t></w:r><w:r><w:footnoteReference w:id="{}"/></w:r></w:p>'
    body = (
        paragraph("個人情報取扱特記事項")
        + mark.format("第１　乙は、甲の検査を受けなければならない。", 2)
        + mark.format("第２　乙は、資料を返さなければならない。", 3)
        + paragraph("誓約書")
        + paragraph("私は、秘密を守ることを誓います。")
    )
    notes = "".join((note("2", "検査の日は別に知らせる。"), note("3", "写しを含む。"), note("4", "余りの注")))
    held = read_data(word(body, more={"footnotes": f"<w:footnotes {_W}>{notes}</w:footnotes>"}), "a.docx")
    assert [one.text for one in held.reading.paragraphs] == [
        "乙は、甲の検査を受けなければならない。",
        "乙は、資料を返さなければならない。",
    ]
    assert [one.text for one in held.reading.pieces if one.role is Role.NOTE and one.text] == [
        "※検査の日は別に知らせる。",
        "※写しを含む。",
    ]
    assert held.reading.raw.count("検査の日は") == 1
    assert "余りの注" in held.reading.raw


def test_a_pdf_is_read_over_its_pages() -> None:
    lines = [line for line in STYLES["points"].text.split("\n") if line]
    found = read_data(pdf([[*lines[:6], "1"], [*lines[6:], "2"]]), "特記事項.pdf")
    assert tree(found.reading) == wanted("points")
    assert [one.text for one in found.reading.pieces if one.role is Role.FURNITURE and one.text] == ["1", "2"]
    assert found.told == ()


def test_a_page_without_text_is_told() -> None:
    lines = [line for line in STYLES["points"].text.split("\n") if line]
    assert read_data(pdf([lines, []]), "a.pdf").told == (
        "2ページには文字の情報がないため、読んでいません（全2ページ）。",
    )


def test_a_workbook_is_read_row_by_row() -> None:
    rows = [line.split("\t") for line in STYLES["table"].text.split("\n") if line]
    found = read_data(book(rows), "基準.xlsx")
    assert tree(found.reading) == wanted("table")
    assert found.told == ("表示されていないシート（内部用）は読んでいません。",)


def locked() -> bytes:
    made = BytesIO()
    with pikepdf.open(BytesIO(pdf([["乙は、守らなければならない。"]]))) as held:
        held.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    return made.getvalue()


MENU = "本日の献立\n1 カレーライス 800円\n2 うどん 500円\n"
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a scan": ("a.pdf", lambda: pdf([[]]), "文字の情報がないPDF"),
    "a locked PDF": ("a.pdf", locked, "パスワードで保護されたPDF"),
    "a damaged PDF": ("a.pdf", lambda: pdf([["あ"]])[:200], "壊れているため読めません。元の文書"),
    "a damaged document": ("a.docx", lambda: word(paragraph("あ"))[:300], "読めません"),
    "what is no document at all": (
        "a.DOCX",
        lambda: b"\x81\xff\xfe" * 70,
        "壊れているため読めません。元の文書",
    ),
    "a picture": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(20), "画像ファイル"),
    "nothing": ("a.txt", lambda: b"", "空です"),
    "an old document": ("a.doc", lambda: b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "docx"),
    "a Web page": ("a.html", lambda: b"<!DOCTYPE html><html><p>1</p></html>", "貼り付けてください。"),
    "a menu": ("献立.txt", lambda: MENU.encode(), "条項が見つかりません"),
    "no text": ("a.txt", lambda: "乙は\n第\x00".encode() + b"\xff\xfe\x81", "文字として読めない"),
    "a menu in Word": ("献立.docx", lambda: word(paragraph("本日の献立") * 3), "条項が見つかりません"),
    "ten megabytes": ("a.txt", lambda: b"\xe3\x81\x82" * 3_500_000, "長すぎます"),
}


@pytest.mark.parametrize(("name", "make", "said"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_file_gets_one_sentence(name: str, make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(PeopleError, match=said) as caught:
        read_data(make(), name)
    assert caught.value.sentence.count(name) == 1
    assert caught.value.sentence.endswith("。")


@pytest.mark.parametrize(("size", "is_read"), [(-1, True), (0, True), (1, False)])
def test_a_text_file_may_be_as_long_as_the_limit(
    monkeypatch: pytest.MonkeyPatch, size: int, is_read: bool
) -> None:
    data = STYLES["points"].text.encode()
    monkeypatch.setattr(annex_reading, "LARGEST_TEXT", len(data) - size)
    if is_read:
        assert read_data(data, "a.txt").reading.paragraphs
    else:
        with pytest.raises(PeopleError, match=f"{judging.LARGEST:,}文字まで"):
            read_data(data, "a.txt")


NOVEL = """　第一章　別れ
　彼は窓の外の雨を見ていた。もう行くのか、と父が言った。業務の話は誰もしなかった。
第二章　旅
一
　翌朝、彼女は駅に着いた。手紙には契約のことは何も書かれていなかった。秘密を守ることはできない、と彼は思った。
二
　男は約束を守ると言ったが、甲板には誰もいなかった。船は報告もなく港を出た。
"""


@pytest.mark.parametrize("times", [1, 40])
def test_a_novel_is_no_annex_though_it_speaks_of_secrets_and_promises(times: int) -> None:
    with pytest.raises(PeopleError, match="条項が見つかりません"):
        read_pasted(NOVEL * times)


def test_an_annex_that_tells_what_was_agreed_before_is_one() -> None:
    told = (
        STYLES["plain"].text + "\n15 乙は、前年度に報告した事故の措置を、甲に改めて報告しなければならない。\n"
    )
    assert read_pasted(told).reading.paragraphs


_MARKS = (
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\x00\x07\x1b\U000e0041"
)


@pytest.mark.parametrize("mark", _MARKS, ids=[f"U+{ord(one):04X}" for one in _MARKS])
def test_marks_that_turn_the_writing_and_control_characters_change_nothing(mark: str) -> None:
    text = "".join(f"{sign}{mark}" if sign in "乙は個。条" else sign for sign in STYLES["articles"].text)
    assert tree(read_pasted(text).reading) == wanted("articles")


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
def test_control_characters_in_a_text_file_change_nothing(encoding: str) -> None:
    text = STYLES["points"].text.replace("。", "\x01。\x02")
    assert tree(read_data(text.encode(encoding), "特記事項.txt").reading) == wanted("points")


@pytest.mark.parametrize(("strays", "read_"), [(9, True), (10, True), (11, False)])
def test_a_file_of_control_characters_is_no_text(strays: int, read_: bool) -> None:
    data = ("あ" * (100 - strays) + "\x01" * strays).encode()
    if read_:
        assert decoded(data, strays=True)[0].count("\x01") == strays
    else:
        with pytest.raises(NoTextError):
            decoded(data, strays=True)
    with pytest.raises(NoTextError):
        decoded(data)


def test_half_a_character_from_the_clipboard_stands_as_one_that_nobody_can_read() -> None:
    text = STYLES["points"].text.replace("個人", "個\ud800人", 1)
    assert "個\ufffd人" in read_pasted(text).reading.raw
    assert read_pasted("\ud842\udfb7" + STYLES["points"].text).reading.raw[0] == "𠮷"


def test_vertical_text_is_asked_for_as_horizontal_text() -> None:
    column = "\n".join(sign for sign in STYLES["points"].text if not sign.isspace())
    with pytest.raises(PeopleError, match=r"縦書きの文書かもしれません.*横書きに直した文章を貼り付けて"):
        read_pasted(column)


def test_the_signs_of_vertical_print_are_read_as_the_usual_ones() -> None:
    turned = str.maketrans("、。（）「」", "︑︒︵︶﹁﹂")
    assert len(read_pasted(STYLES["points"].text.translate(turned)).reading.paragraphs) == len(
        read_pasted(STYLES["points"].text).reading.paragraphs
    )


@pytest.mark.parametrize(("more", "is_read"), [(-1, True), (0, True), (1, False)])
def test_what_is_pasted_may_be_as_long_as_the_limit(
    monkeypatch: pytest.MonkeyPatch, more: int, is_read: bool
) -> None:
    text = STYLES["points"].text
    monkeypatch.setattr(judging, "LARGEST", len(text) - more)
    if is_read:
        assert read_pasted(text).reading.paragraphs
    else:
        with pytest.raises(PeopleError, match="文章が長すぎます"):
            read_pasted(text)


def test_what_is_pasted_is_called_so() -> None:
    assert tree(read_pasted(STYLES["plain"].text).reading) == wanted("plain")
    with pytest.raises(PeopleError, match="貼り付けた文章を読み取れません。条項が見つかりません"):
        read_pasted(MENU)


def test_reading_a_document_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_data(word(paragraph("第１条　乙は、守る。")), "a.docx", progress)


@pytest.mark.parametrize("name", ["a.txt", ""])
def test_taking_a_text_apart_tells_how_far_it_is_and_can_be_stopped(name: str) -> None:
    text = STYLES["points"].text * 200
    told: list[tuple[int, int, str]] = []

    def say(done: int, total: int, what: str) -> None:
        if what == "条項に分けています":
            told.append((done, total, what))
            if done:
                progress.cancel()

    progress = Progress(say)
    with pytest.raises(Cancelled):
        read_data(text.encode(), name, progress) if name else read_pasted(text, progress)
    assert len(told) == 2
    assert 0 < told[1][0] < told[1][1]
