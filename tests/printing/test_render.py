"""Printing: what reaches the file, read back with two independent readers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import pdfa

from app.common import Cancelled, PeopleError, Progress
from app.printing import blocks as b
from app.printing.pages import OpenPdf
from app.printing.paper import LANDSCAPE, PORTRAIT
from app.printing.pen import _number
from app.printing.proof.reading import proof_read
from app.printing.render import MissingGlyph, render
from app.printing.setting import Setter
from app.printing.type.words import spoken
from tests.support.measured import sizes_of
from tests.support.places import find_text

Make = Callable[..., b.Document]
PageTexts = Callable[[bytes], list[str]]

NAMES = "𠮷野家　𣘺本　𡈽田　髙﨑　\ufa10本　\ufa19谷　葛\U000e0100城　辻\U000e0100　槗本"
SIGNS = "①⑳㈱㈲№℡〒～〜−㋿⑴☐☑"


def everything(picture: bytes, roster: b.Table) -> tuple[b.Block, ...]:
    return (
        b.Text("第７号様式（第12条関係）", size=9),
        b.Title("廃棄・消去証明書"),
        b.Text("令和8年11月20日", "right", after=8),
        b.Addressee(("（宛先）", "君津市長　様")),
        b.Submitter((("所在地", "千葉県君津市久保二丁目13番1号"), ("代表者職氏名", "渡邊　齋一郎")), None, 1),
        b.Text(f"　{NAMES}について、次のとおり報告します。{SIGNS}", "justify"),
        b.Ki(),
        b.Item("１", "廃棄・消去の内容"),
        roster,
        b.Gap(3),
        b.Grid((("目的", "印字検査のための搬送"), ("数量", "３件", "媒体", "暗号化USBメモリ"))),
        b.KeepTogether((b.Item("２", "立会者"), b.Text("情報管理責任者　栁田　德次郎"))),
        b.Consent(("株式会社𠮷野データ　様",), ("君津市長",)),
        b.NewPage(),
        b.Signature((("日付", b.BLANK_DATE), ("所属", "運用課"), ("氏名", "")), 2),
        b.Photo(picture, "写真１　破砕後の媒体"),
        b.End(),
    )


@pytest.fixture
def full(document: Make, picture: Callable[..., bytes], roster: Callable[[int], b.Table]) -> b.Document:
    return document(*everything(picture(), roster(6)))


def test_every_block_prints_passes_the_proof_and_is_pdf_a(full: b.Document) -> None:
    pdf = render(full)
    proof_read(pdf, full)
    assert pdfa.validate_written(BytesIO(pdf), "2b").passed


def test_the_same_document_gives_the_same_bytes(full: b.Document) -> None:
    assert render(full) == render(full)


def test_a_page_names_a_font_and_a_space_where_they_change_and_draws_nothing_within_text(
    full: b.Document,
) -> None:
    with pikepdf.open(BytesIO(render(replace(full, number=None, mark=None)))) as pdf:
        for page in pdf.pages:
            said: dict[str, list[str]] = {}
            within = False
            for instruction in pikepdf.parse_content_stream(page):
                name, operands = str(instruction.operator), [str(one) for one in instruction.operands]
                within = name != "ET" and (within or name == "BT")
                if name in ("Tf", "Tc"):
                    assert said.get(name) != operands
                assert not within or name in ("BT", "Tm", "Tf", "Tc", "Tj", "BDC", "EMC"), name
                said[name] = operands
            assert "TL" not in said
            assert not within


@pytest.mark.parametrize(
    ("value", "written"),
    [(288.6, "288.6"), (10.0, "10"), (0.004, "0"), (1e-9, "0"), (1e7, "10000000"), (595.276, "595.28")],
)
def test_numbers_are_written_as_pdf_knows_them(value: float, written: str) -> None:
    assert _number(value) == written


def test_what_was_printed_before_leaves_no_trace(full: b.Document, document: Make) -> None:
    first = render(full)
    render(document(b.Text("葛\U000e0101辻\U000e0100𡈽☑")))
    assert render(full) == first


def test_two_threads_may_print_at_once(full: b.Document, document: Make) -> None:
    made = [full, document(b.Title("𠮷野"), b.Text(NAMES)), document(b.Text(SIGNS * 9))]
    alone = [render(one) for one in made]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(render, made * 4)) == alone * 4


def test_nothing_is_written_to_the_disk(full: b.Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file would hold personal data")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert render(full).startswith(b"%PDF-1.")


def test_rare_names_and_signs_copy_out_right_in_both_readers(
    document: Make, page_texts: PageTexts, other_reader: Callable[[bytes], str]
) -> None:
    pdf = render(document(b.Text(NAMES), b.Text(SIGNS), b.Title(NAMES)))
    for text in (page_texts(pdf)[0], other_reader(pdf)):
        assert spoken(text).count(spoken(NAMES)) == 2
        assert spoken(SIGNS) in spoken(text)


def test_spread_labels_copy_out_as_one_word(
    document: Make, page_texts: PageTexts, other_reader: Callable[[bytes], str]
) -> None:
    pdf = render(document(b.Submitter((("所在地", "君津市"), ("商号又は名称", "株式会社")))))
    assert "所在地" in page_texts(pdf)[0]
    assert "所在地" in other_reader(pdf)
    left = {round(find_text(pdf, label)[0].left) for label in ("所", "商")}
    assert len(left) == 1


def test_lists_hang_and_indents_count_characters(document: Make) -> None:
    pdf = render(document(b.Text("１　" + "続く文" * 20, hang=2, indent=1), b.Text("左端")))
    starts = [round(place.left) for place in find_text(pdf, "続く文")]
    (flush,) = find_text(pdf, "左端")
    assert min(starts) - flush.left == pytest.approx(3 * 10.5, abs=1.5)


def test_the_head_repeats_and_no_row_is_cut(
    document: Make, page_texts: PageTexts, roster: Callable[[int], b.Table]
) -> None:
    made = document(b.Item("１", "従事者"), roster(90))
    pdf = render(made)
    proof_read(pdf, made)
    pages = page_texts(pdf)
    assert len(pages) > 2
    assert all("従事開始日" in text for text in pages)
    for number in range(1, 91):
        name = spoken(str(roster(90).rows[number - 1][2]))
        assert sum(name in spoken(text) for text in pages) == 1


def test_an_item_stays_with_the_first_row_of_its_table(
    document: Make, page_texts: PageTexts, roster: Callable[[int], b.Table]
) -> None:
    for lines in range(36, 44):
        filler = tuple(b.Text(f"行{n}") for n in range(lines))
        for text in page_texts(render(document(*filler, b.Item("９", "表題"), roster(2)))):
            assert ("表題" in text) == ("情報システム部第1課" in spoken(text))


def test_a_line_that_leads_a_table_never_stands_alone_at_the_foot_of_a_page(
    document: Make, page_texts: PageTexts, roster: Callable[[int], b.Table]
) -> None:
    head = b.Item("９", "表題"), b.Text("表の前の一行", leads=True)
    for lines in range(34, 44):
        filler = tuple(b.Text(f"行{n}") for n in range(lines))
        for text in page_texts(render(document(*filler, *head, roster(2)))):
            led = "情報システム部第1課" in spoken(text)
            assert ("表題" in text, "表の前の一行" in text) == (led, led)


def test_end_stays_with_what_precedes_it(document: Make, page_texts: PageTexts) -> None:
    for lines in range(40, 46):
        filler = tuple(b.Text(f"行{n}") for n in range(lines))
        last = page_texts(render(document(*filler, b.End())))[-1]
        assert "以上" in last
        assert f"行{lines - 1}" in last


def test_blocks_kept_together_move_to_the_next_page_as_one(document: Make, page_texts: PageTexts) -> None:
    filler = tuple(b.Text(f"行{n}") for n in range(40))
    kept = b.KeepTogether(tuple(b.Text(f"組{n}") for n in range(8)))
    pages = page_texts(render(document(*filler, kept)))
    assert "組" not in pages[0]
    assert all(f"組{n}" in pages[1] for n in range(8))


def test_page_numbers_and_outline_start_anew_with_every_sheet(document: Make, page_texts: PageTexts) -> None:
    long = tuple(b.Text(f"行{n}") for n in range(60))
    pdf = render(document(b.Sheet(long, "誓約書　𠮷田"), b.Sheet((b.Text("短い"),), "名簿", landscape=True)))
    pages = page_texts(pdf)
    assert [text.split()[0] for text in pages] == ["1／2", "2／2", "1／1"]
    with OpenPdf(pdf) as opened:
        assert opened.outline() == [(0, "誓約書　𠮷田", 0), (0, "名簿", 2)]
        assert opened.size(0) == pytest.approx((PORTRAIT.width, PORTRAIT.height), abs=0.01)
        assert opened.size(2) == pytest.approx((LANDSCAPE.width, LANDSCAPE.height), abs=0.01)


def test_every_page_of_a_numbered_document_leads_back_to_the_archive(
    document: Make, page_texts: PageTexts
) -> None:
    for text in page_texts(render(document(*(b.Text(f"行{n}") for n in range(60))))):
        assert "2026-0003　照合コード 1a2b 3c4d 5e6f 7a8b 9c0d　台帳 812 : 9f86d081" in text
        assert "下書き" not in text


def test_every_page_of_a_draft_says_so_and_has_no_number(document: Make, page_texts: PageTexts) -> None:
    pages = page_texts(render(document(*(b.Text(f"行{n}") for n in range(60)), number=None)))
    assert len(pages) == 2
    assert all("下書き" in text and "照合" not in text for text in pages)


def test_the_file_has_title_author_and_language(document: Make) -> None:
    with pikepdf.open(BytesIO(render(document(b.Text("本文"))))) as pdf:
        assert str(pdf.docinfo.Title) == "試し刷り"
        assert str(pdf.docinfo.Author) == "株式会社𠮷野データ"
        assert str(pdf.Root.Lang) == "ja-JP"
        assert "/CreationDate" not in pdf.docinfo, "where no day is printed, none is told"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.PageMode) == "/UseNone"


def test_titles_with_markup_characters_reach_the_metadata(document: Make) -> None:
    made = b.Document("A&B\x0b <様式>", (b.Sheet((b.Text("x"),), "A&B"),), None, '"甲" & 乙')
    with pikepdf.open(BytesIO(render(made))) as pdf:
        assert pdf.open_metadata()["dc:title"] == "A&B <様式>"


def test_all_missing_characters_are_named_before_anything_is_drawn(document: Make) -> None:
    with pytest.raises(MissingGlyph) as caught:
        render(document(b.Text("山田😀"), b.Table((b.Column("氏名", 1),), (("\ue000子",),))))
    assert caught.value.characters == ("😀", "\ue000")
    assert len(caught.value.problems) == 2


def test_what_is_higher_than_a_page_and_cannot_be_parted_is_told_in_one_sentence(document: Make) -> None:
    address = b.Submitter((("所在地", "長い説明" * 400),))
    with pytest.raises(PeopleError, match=r"「印…」で始まる欄が１ページに収まらない"):
        render(document(address))


def test_rows_of_a_wrong_length_are_a_fault_of_the_form(document: Make) -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        render(document(b.Table((b.Column("氏名", 1),), (("一", "二"),))))
    with pytest.raises(ValueError, match="form sheet"):
        render(document(b.Grid((("一", "二", "三"),))))


@pytest.mark.parametrize("size", [8.0, 9.0, 9.5, 10.0])
def test_a_fitted_cell_shrinks_a_little_and_never_below_what_can_be_read(document: Make, size: float) -> None:
    def printed(name: str) -> set[float]:
        column = b.Column("氏名", 1, fit=True)
        table = b.Table((column, b.Column("ほか", 5)), ((name, "一"),), size=size)
        return sizes_of(render(document(table)), name)

    most = max(size * 0.85, 8.0)
    room = PORTRAIT.text_width / 6 - 6.4
    for length in range(4, 30):
        (found,) = printed("髙" * length)
        if length * size <= room:
            assert found == pytest.approx(size, abs=0.01)
        elif length * most <= room * 0.998:
            assert most - 0.01 <= found < size
        else:
            assert found == pytest.approx(size, abs=0.01), "a longer name wraps at its full size"


def test_a_table_without_rows_still_shows_its_head(document: Make, page_texts: PageTexts) -> None:
    made = document(b.Table((b.Column("氏名", 1),), ()))
    pdf = render(made)
    proof_read(pdf, made)
    assert "氏名" in page_texts(pdf)[0]


def test_progress_counts_sheets_and_can_be_cancelled(document: Make) -> None:
    said: list[tuple[int, int]] = []
    made = document(*(b.Sheet((b.Text("文"),), f"第{n}") for n in range(3)))
    render(made, Progress(lambda done, total, _what: said.append((done, total))))
    assert said == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with pytest.raises(ValueError, match="at least one sheet"):
        render(document())
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        render(made, stopped)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures_of_both_kinds_are_printed_once_each(
    document: Make, picture: Callable[..., bytes], kind: str
) -> None:
    photo = b.Photo(picture(kind), "同じ写真", 20)
    pdf = render(document(photo, photo))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages[0].Resources.XObject) == 1


def test_a_seal_with_a_transparent_ground_replaces_the_dashed_circle(
    document: Make, picture: Callable[..., bytes], page_texts: PageTexts
) -> None:
    made = document(b.Submitter((("名称", "会社"),), picture("PNG", "RGBA"), 0))
    pdf = render(made)
    proof_read(pdf, made)
    assert "印" not in page_texts(pdf)[0]
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert "/SMask" in next(iter(opened.pages[0].Resources.XObject.values()))


def test_a_seal_on_the_last_row_pushes_down_what_follows(
    document: Make, picture: Callable[..., bytes]
) -> None:
    def below(seal: bytes | None) -> float:
        (place,) = find_text(
            render(document(b.Submitter((("名称", "会社"),), seal, 0), b.Text("続く文"))), "続く文"
        )
        return place.top

    assert below(picture("PNG", "RGB", (90, 90))) < below(None) - 10


def test_what_is_no_picture_is_told_in_one_sentence(document: Make) -> None:
    with pytest.raises(PeopleError, match="画像は壊れているため読み取れません"):
        render(document(b.Photo(b"GIF89a", "写真")))


@pytest.mark.parametrize("close", [True, False])
def test_a_sheet_of_one_page_is_set_once(
    document: Make, monkeypatch: pytest.MonkeyPatch, close: bool
) -> None:
    times: list[str] = []
    pieces = Setter.pieces

    def counted(self: Any, blocks: Any) -> Any:
        times.append("set")
        return pieces(self, blocks)

    monkeypatch.setattr(Setter, "pieces", counted)
    made = document(b.Title("点検表"), b.Table((b.Column("項目", 1),), (("施錠",),) * 10))
    sheets = tuple(replace(sheet, close=close) for sheet in made.sheets)
    render(replace(made, sheets=sheets))
    assert len(times) == len(sheets)


def test_a_long_register_is_not_set_twice_in_vain(document: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[str] = []
    pieces = Setter.pieces

    def counted(self: Any, blocks: Any) -> Any:
        times.append("set")
        return pieces(self, blocks)

    monkeypatch.setattr(Setter, "pieces", counted)
    made = document(b.Table((b.Column("項目", 1),), (("施錠",),) * 400))
    render(replace(made, sheets=tuple(replace(sheet, close=True) for sheet in made.sheets)))
    assert len(times) == 1
