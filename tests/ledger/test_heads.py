"""The notation of a head: read in every width and case that people type, else refused with one sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common import PeopleError
from app.ledger.proof.heads import LEAST, Kept, parse_head

_WIDE = {**{ord(c): ord(c) + 0xFEE0 for c in "0123456789abcdefABCDEF:"}}
heads = st.builds(
    Kept,
    st.integers(0, 10**12),
    st.text("0123456789abcdef", min_size=LEAST, max_size=64),
)


@given(heads, st.data())
def test_a_head_is_read_in_any_width_and_case_with_blanks_anywhere(kept: Kept, data: st.DataObject) -> None:
    text = f"{kept.entry}:{kept.start}"
    blanks = st.sampled_from(["", "", "", " ", "　", "\t"])
    shown = "".join(
        data.draw(blanks) + data.draw(st.sampled_from([char, char.upper(), char.translate(_WIDE)]))
        for char in text
    )
    assert parse_head(f"{data.draw(st.sampled_from(['', '台帳 ']))}{shown} ") == kept


@given(st.text(max_size=90).filter(lambda text: ":" not in text and "：" not in text))
def test_anything_else_is_one_sentence(text: str) -> None:
    with pytest.raises(PeopleError) as refused:
        parse_head(text)
    assert refused.value.problems == (refused.value.sentence,)
    assert refused.value.sentence.endswith("ください。")


@pytest.mark.parametrize("wide", [LEAST - 1, LEAST, 64, 65])
def test_a_hash_has_at_least_eight_digits_and_at_most_all(wide: int) -> None:
    text = f"267:{'a' * wide}"
    if wide in (LEAST, 64):
        assert parse_head(text) == Kept(267, "a" * wide)
    else:
        with pytest.raises(PeopleError, match=f"{wide}桁"):
            parse_head(text)


@pytest.mark.parametrize(
    "text", ["", "267", "267:", ":abcdef01", "x:abcdef01", "267:ghijklmn", "-1:abcdef01"]
)
def test_what_is_no_head_is_shown_how_one_is_written(text: str) -> None:
    with pytest.raises(PeopleError, match="267:1a2b3c4d"):
        parse_head(text)


@pytest.mark.parametrize("dots", ["…", "...", "……", " …"])
def test_dots_behind_a_value_say_nothing(dots: str) -> None:
    assert parse_head(f"267:1a2b3c4d{dots}") == Kept(267, "1a2b3c4d")
