"""Fonts: every character asked for is there or named."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from app.printing.type import words
from app.printing.type.fonts import MissingGlyph, fonts, missing_characters
from app.printing.type.words import printable

NAMES = "𠮷槗髙﨑邊邉齋齊𣘺栁德濵𡈽\ufa19\ufa10"
SIGNS = "①⑳㈱㈲№℡〒～〜−－￥㊞㋿☐☑"
SEQUENCES = ("葛\U000e0100", "葛\U000e0101", "辻\U000e0100")


@pytest.mark.parametrize("character", [*NAMES, *SIGNS, *SEQUENCES])
def test_names_and_signs_can_be_printed_in_both_faces(character: str) -> None:
    for chain in (fonts().body, fonts().bold):
        glyph = chain.glyph(character)
        assert glyph is not None
        assert glyph.text == character
        assert 0 < glyph.width <= 1000


@pytest.mark.parametrize(
    "character", ["\ue000", "\x00", "😀", "あ\U000e0100", "\U000e0100", "葛\U000e01ef", "\U0003fffd"]
)
def test_a_character_without_a_glyph_is_missing_and_never_replaced_by_its_base(character: str) -> None:
    assert missing_characters(f"{character}子") != []
    with pytest.raises(MissingGlyph):
        fonts().body.glyphs(character)


def test_the_error_names_every_character_its_code_point_and_the_text_around_it() -> None:
    with pytest.raises(MissingGlyph) as caught:
        fonts().body.glyphs("山田😀花子\ue000")
    assert caught.value.characters == ("😀", "\ue000")
    first, second = caught.value.problems
    assert "「😀」" in first
    assert "U+1F600" in first
    assert "山田😀花子" in first
    assert "U+E000" in second
    assert "「\ue000」（" not in second
    assert "ほか1件" in str(caught.value)


def test_a_variation_sequence_shows_its_own_shape() -> None:
    plain, variant = fonts().body.glyph("葛"), fonts().body.glyph("葛\U000e0100")
    assert plain is not None
    assert variant is not None
    assert plain.written != variant.written


def test_only_characters_that_the_body_lacks_come_from_the_fall_back() -> None:
    names = {character: fonts().body.glyph(character).font for character in "山𠮷槗"}  # type: ignore[union-attr] # all three exist
    assert names == {
        "山": "Jutaku-BIZUDMincho-Regular",
        "𠮷": "Jutaku-JutakuRareMincho-Regular",
        "槗": "Jutaku-JutakuRareMincho-Regular",
    }


def test_kanji_are_printed_as_written_and_kana_marks_are_composed() -> None:
    assert printable("神\ufa10") == "神\ufa10"
    assert printable("か\u3099き") == "がき"
    assert printable("a\u200bb\u00a0c\td") == "ab c d"


def test_the_fall_back_has_its_own_name_and_keeps_its_licence() -> None:
    names = TTFont(BytesIO(_bytes("JutakuRareMincho-Regular.ttf")))["name"]
    assert names.getDebugName(1) == "Jutaku Rare Mincho"
    assert "Noto" not in names.getDebugName(4)
    assert "Open Font License" in names.getDebugName(13)
    assert names.getDebugName(0)


def _bytes(name: str) -> bytes:
    from importlib import resources

    return resources.files("resources").joinpath("fonts", name).read_bytes()


_MARKED = (
    "かカaé神\ufa19\u1100\u1161\u11a8\u3099\u309a\u0301\u0323\r\n\t\u00a0\u00ad\u200b\u200e\u200f\u2060\ufeff"
)


@given(st.text(st.sampled_from(_MARKED) | st.characters(codec="utf-8"), max_size=12))
def test_what_needs_no_change_is_told_at_a_glance_and_by_no_other_rule(text: str) -> None:
    slowly = text.replace("\r\n", "\n").replace("\r", "\n")
    slowly = words._INVISIBLE.sub("", words._SPACES.sub(" ", slowly))
    slowly = words._DECOMPOSED.sub(lambda match: unicodedata.normalize("NFC", match[0]), slowly)
    assert printable(text) == slowly
