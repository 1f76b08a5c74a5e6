"""Names of people from abroad: Latin letters with marks, hanzi and Hangul, however they were typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from importlib import resources
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from app.printing import blocks as b
from app.printing.proof.reading import proof_read
from app.printing.render import render
from app.printing.type import fonts as fonts_module
from app.printing.type.fonts import BODY, BOLD, Chain, fonts, load_face, missing_characters
from app.printing.type.lines import break_text, may_break
from app.printing.type.words import printable

Make = Callable[..., b.Document]
NAMES = (
    "NGUYỄN THỊ HƯƠNG",
    "Đặng Ngọc Ẩn",
    "Łukasz Żółć",
    "Jiří Dvořák",
    "Ștefan Țurcanu",
    "张 伟",
    "刘晓东",
    "欧阳锋",
    "김 민수",
    "뷁똠",
)
HANGUL = st.integers(0xAC00, 0xD7A3).map(chr)
VIETNAMESE = st.sampled_from("ăâđêôơưĂÂĐÊÔƠƯấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựỳỷỹỵẤỀỄỘỢỰỲ")


def gb2312() -> str:
    """The hanzi of the older Chinese standard, row by row."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in rows)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_printed_however_it_was_typed_and_copied_out_as_it_is(
    name: str, document: Make, page_texts: Callable[[bytes], list[str]]
) -> None:
    typed = unicodedata.normalize("NFD", name) if name[0] not in "张刘欧" else name
    made = document(
        b.Title(name),
        b.Text(f"従事者　{typed}を充てます。"),
        b.Grid((("氏名", typed),)),
        b.Table((b.Column("氏名", 5, fit=True), b.Column("所属", 9)), ((typed, "業務部"),)),
        b.Submitter((("代表者職氏名", f"代表取締役　{typed}"),)),
    )
    pdf = render(made)
    proof_read(pdf, made)
    read = "".join(page_texts(pdf)).replace(" ", "").replace("\n", "")
    assert read.count(unicodedata.normalize("NFC", name).replace(" ", "")) == 5


def test_every_hanzi_of_the_standard_has_a_glyph_in_both_faces() -> None:
    assert len(gb2312()) == 6763
    for chain in (fonts().body, fonts().bold):
        assert chain.missing(gb2312()) == []


@settings(max_examples=40, deadline=None)
@given(st.text(HANGUL, min_size=1, max_size=6) | st.text(VIETNAMESE, min_size=1, max_size=6))
def test_composed_and_decomposed_are_the_same_on_paper(name: str) -> None:
    apart = unicodedata.normalize("NFD", name)
    assert missing_characters(name) == missing_characters(apart) == []
    assert printable(apart) == printable(name) == name


def test_kanji_are_never_composed_or_replaced() -> None:
    kept = "神\ufa10\uf90a葛\U000e0100"
    assert printable(kept) == kept


@pytest.mark.parametrize("typed", ["m\u0304", "x\u0302y", "漢\u0301", "あ\u0301"])
def test_a_mark_that_belongs_to_no_letter_of_a_font_is_missing_never_put_beside_it(typed: str) -> None:
    assert missing_characters(typed) != []


def test_a_name_with_marks_is_set_in_one_face_and_what_stands_beside_it_is_not() -> None:
    glyphs = fonts().body.glyphs("E-9 Wałęsa様 NGUYỄN VAN")
    faces = ["Latin" if "Latin" in glyph.font else "" for glyph in glyphs if glyph.text.strip()]
    assert faces == [""] * 10 + ["Latin"] * 9


def test_words_with_marks_stay_whole_at_the_end_of_a_line() -> None:
    assert not may_break("y", "ễ")
    assert not may_break("ễ", "n")
    lines = break_text(fonts().body, "業務に従事するNguyễn Thị Phượngは、", 6_000)
    told = ["".join(glyph.text for glyph in line.glyphs) for line in lines]
    assert len(told) > 3
    assert all(any(word in line for line in told) for word in ("Nguyễn", "Thị", "Phượng"))


@pytest.mark.parametrize("main", [BODY, BOLD])
def test_a_fall_back_is_read_only_for_what_it_may_have(main: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(name: str) -> object:
        read.append(name.removeprefix("Jutaku").partition(".")[0])
        return load_face(name)

    monkeypatch.setattr(fonts_module, "load_face", noted)
    chain = Chain(main)
    chain.glyphs("受託台帳 E-001 Wałęsa №①")
    assert {name for name in read if not name.startswith("BIZ")} == set()
    chain.glyphs("𠮷")
    assert "EastMincho-Regular" not in read
    chain.glyphs("민ễ")
    assert {"EastMincho-Regular", "LatinMincho-Regular"} <= set(read)


@pytest.mark.parametrize("name", ["East", "Latin"])
def test_the_fall_backs_have_their_own_names_and_keep_their_licences(name: str) -> None:
    data = resources.files("resources").joinpath("fonts", f"Jutaku{name}Mincho-Regular.ttf").read_bytes()
    names = TTFont(BytesIO(data), lazy=True)["name"]
    assert names.getDebugName(1) == f"Jutaku {name} Mincho"
    assert "Noto" not in names.getDebugName(4)
    assert "Open Font License" in names.getDebugName(13)
    assert names.getDebugName(0)
