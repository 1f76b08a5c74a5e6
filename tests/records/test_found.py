"""A word is found where it stands, in whatever spelling it was typed and printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records.spelling.fold import squeezed
from app.records.spelling.found import folded, spans

_SIGNS = "あアｱかガｶﾞﾟばパﾊーｰ-－03 　\n山髙𠮷﨑A①㈱㍻邉（）。゙"


def places(text: str, wanted: str) -> list[str]:
    """What of ``text`` is found."""
    return [text[start:end] for start, end in spans(folded(text), squeezed(wanted))]


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("宛先　髙橋 花子　様", "高橋花子", ["髙橋 花子"]),
        ("ﾃﾞｰﾀの受渡し", "データ", ["ﾃﾞｰﾀ"]),
        ("株式会社とさくら㈱", "(株)", ["㈱"]),
        ("所　在　地", "所在地", ["所　在　地"]),
        ("葛\U000e0100城市", "葛城", ["葛\U000e0100城"]),
        ("電話 03ー1234", "03-1234", ["03ー1234"]),
        ("ＵＳＢメモリ usbメモリ", "USBめもり", ["ＵＳＢメモリ", "usbメモリ"]),
        ("みなとみなとみ", "みなとみ", ["みなとみ"]),
        ("作業場所", "場所届", []),
        ("作業場所", "　", []),
    ],
)
def test_words_are_found_in_every_spelling(text: str, wanted: str, found: list[str]) -> None:
    assert places(text, wanted) == found


def test_a_sign_of_two_halves_is_marked_as_one() -> None:
    letters = ["𠮷", "", "野", "家"]
    assert spans(folded(letters), squeezed("吉野")) == [(0, 3)]


@given(st.text(_SIGNS, max_size=40))
def test_letter_by_letter_it_is_folded_as_everywhere(text: str) -> None:
    held = folded(text)
    assert held.text == squeezed(text)
    assert len(held.at) == len(held.text)
    assert list(held.at) == sorted(held.at)


@given(st.text(_SIGNS, max_size=30), st.text(_SIGNS, min_size=1, max_size=4))
def test_what_is_marked_is_what_was_looked_for(text: str, wanted: str) -> None:
    word = squeezed(wanted)
    found = spans(folded(text), word)
    assert len(found) == (folded(text).text.count(word) if word else 0)
    assert all(word in folded(text[start:]).text for start, _ in found)
