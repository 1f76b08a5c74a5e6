"""What ReportLab 5.1 does wrong with Japanese official text does not happen in our files: one test each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import pdfa
from reportlab.lib.rl_accel import fp_str

from app.printing import blocks as b
from app.printing.pages import OpenPdf
from app.printing.paper import PORTRAIT
from app.printing.pen import _short
from app.printing.proof.reading import proof_read
from app.printing.render import MissingGlyph, render
from app.printing.type.lines import NO_END, NO_START
from tests.support.places import find_text

Make = Callable[..., b.Document]
PageTexts = Callable[[bytes], list[str]]
Box = tuple[str, float, float, float]
"""Character, left, bottom, right."""


def boxes(pdf: bytes) -> list[Box]:
    """The characters between the margins of the first page, in reading order."""

    def read() -> Iterator[Box]:
        with OpenPdf(pdf) as opened, opened.reading(0) as (_, reader):
            for number in range(reader.count_chars()):
                left, bottom, right, _top = reader.get_charbox(number)
                text = reader.get_text_range(number, 1)
                if text.strip() and bottom > PORTRAIT.bottom and left >= PORTRAIT.left - 1:
                    yield text, left, bottom, right

    return list(read())


def lines(pdf: bytes) -> list[str]:
    """The same characters, line by line of the 10.5-point body."""
    found: dict[int, str] = {}
    leading = 10.5 * 1.65
    for text, _left, bottom, _right in boxes(pdf):
        row = int((PORTRAIT.height - PORTRAIT.top - bottom) / leading)
        found[row] = found.get(row, "") + text
    return [found[row] for row in sorted(found)]


def fonts_of(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(pdf.pages[0].Resources.Font.values())


def filters(stream: pikepdf.Stream) -> list[str]:
    given: pikepdf.Object | list[pikepdf.Object] = stream.get("/Filter", [])
    return [str(given)] if isinstance(given, pikepdf.Name) else [str(name) for name in given]


@pytest.mark.parametrize("text", ["😀", "\ue000", "葛\U000e01ef"])
def test_1_a_character_without_a_glyph_is_an_error_and_never_a_box(document: Make, text: str) -> None:
    with pytest.raises(MissingGlyph):
        render(document(b.Text(f"山田{text}")))


def test_2_kanji_beyond_the_basic_plane_are_mapped_in_utf_16(document: Make, page_texts: PageTexts) -> None:
    pdf = render(document(b.Text("𠮷野家　𣘺本　𡈽田")))
    assert "𠮷野家　𣘺本　𡈽田" in page_texts(pdf)[0]
    with pikepdf.open(BytesIO(pdf)) as opened:
        maps = b"".join(font.ToUnicode.read_bytes() for font in fonts_of(opened))
    assert b"> <D842DFB7>" in maps
    assert b"20BB7" not in maps


def test_3_a_variation_sequence_shows_its_own_shape_and_copies_out_whole(
    document: Make, page_texts: PageTexts
) -> None:
    plain, varied = (render(document(b.Text(text))) for text in ("葛城", "葛\U000e0100城"))
    assert "葛\U000e0100城" in page_texts(varied)[0]
    with OpenPdf(plain) as one, OpenPdf(varied) as other:
        assert one.image(0, 4) != other.image(0, 4)
    assert find_text(varied, "城")[0].left == pytest.approx(find_text(plain, "城")[0].left)


def test_4_no_mark_hangs_over_a_rule_and_none_stands_where_it_may_not(document: Make) -> None:
    text = "データセンターサーバー、「（再委託先）」。ユーザー（利用者）、…―！？〜" * 4
    narrow = b.Table((b.Column("一", 1), b.Column("二", 1.3), b.Column("三", 1.7)), ((text, text, text),))
    made = document(narrow)
    proof_read(render(made), made)
    broken = lines(render(document(b.Text(text * 3))))
    assert len(broken) > 5
    for line in broken[1:]:
        assert line[0] not in NO_START
    for line in broken[:-1]:
        assert line[-1] not in NO_END


def test_5_indents_and_inner_full_width_spaces_keep_their_room(document: Make) -> None:
    pdf = render(document(b.Text("　字下げ　　二字"), b.Text("左端")))
    (indented,), (flush,), (inner,) = (find_text(pdf, text) for text in ("字下げ", "左端", "二字"))
    assert indented.left - flush.left == pytest.approx(10.5, abs=1)
    assert inner.left - indented.left == pytest.approx(5 * 10.5, abs=1)


def test_6_markup_characters_are_literal(document: Make, page_texts: PageTexts) -> None:
    text = r"A&B <b>x</b> &amp; (c) \ 100%"
    assert text in page_texts(render(document(b.Text(text), b.Text(")("))))[0]


def test_7_justified_lines_reach_both_margins_and_figures_stay_whole(document: Make) -> None:
    text = "個人情報の取扱いに関する特記事項（以下「特記事項」という。）第12条の規定により123,456,789件、" * 3
    pdf = render(document(b.Text(f"{text}終り", "justify")))
    right = PORTRAIT.width - PORTRAIT.right
    ends: dict[int, float] = {}
    for _text, _left, bottom, far in boxes(pdf):
        row = round(bottom / (10.5 * 1.65))
        ends[row] = max(ends.get(row, 0.0), far)
    reached = [right - far < 7 for far in ends.values()]
    assert reached.count(True) >= 2
    assert not all(reached)
    assert sum(line.count("123,456,789件") for line in lines(pdf)) == 3


def test_8_widths_of_the_last_glyphs_agree_between_program_and_document(document: Make) -> None:
    pdf = render(document(b.Text("◊™ˆ˚")))
    with pikepdf.open(BytesIO(pdf)) as opened:
        (font,) = fonts_of(opened)
        program = TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        widths = [round(float(width)) for width in font.Widths]
    glyphs, per_em = program["cmap"].tables[0].cmap, 1000 / program["head"].unitsPerEm
    shown = {code: round(program["hmtx"][glyph][0] * per_em) for code, glyph in glyphs.items()}
    assert len(shown) > 4
    assert shown == {code: widths[code] for code in shown}
    assert pdfa.validate_written(BytesIO(pdf), "2b").passed


def test_9_no_foreign_font_page_transition_or_ascii85_in_a_file_of_its_version(
    document: Make, picture: Callable[..., bytes]
) -> None:
    made = document(
        b.Text("本文"), b.Photo(picture("JPEG"), "甲", 20), b.Photo(picture("PNG", "RGBA"), "乙", 20)
    )
    pdf = render(made)
    assert pdf.startswith(b"%PDF-1.7")
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert all("BIZUD" in str(font.BaseFont) for font in fonts_of(opened))
        assert all("/Trans" not in page for page in opened.pages)
        streams = [item for item in opened.objects if isinstance(item, pikepdf.Stream)]
        images = [filters(item) for item in streams if item.get("/Subtype") == "/Image"]
        used = {name for item in streams for name in filters(item)}
    assert sorted(images) == [["/DCTDecode"], ["/FlateDecode"], ["/FlateDecode"]]
    assert used == {"/DCTDecode", "/FlateDecode"}


@given(st.floats(-2000, 2000) | st.sampled_from((0.0, -0.0, 0.004, -0.004, 0.5, -0.5, 1, 595.28)))
def test_lengths_are_written_as_reportlab_writes_them(value: float) -> None:
    assert _short(value) == fp_str(round(value, 2))
