"""Line breaking: what may stand where, and that nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing.type.fonts import fonts
from app.printing.type.lines import (
    NO_END,
    NO_START,
    Line,
    TooNarrowError,
    break_text,
    may_break,
    width_of,
)

BODY = fonts().body
LETTERS = "あいウエ漢字𠮷髙、。」（「『』）！？ー々ぁッABC-/.,019０９年月日件第条　 …―①〒葛"
TEXTS = st.text(st.sampled_from(LETTERS), min_size=1, max_size=80)


def shown(lines: list[Line]) -> list[str]:
    return ["".join(glyph.text for glyph in line.glyphs) for line in lines]


def broken(text: str, ems: float) -> list[str]:
    return shown(break_text(BODY, text, ems * 1000))


@given(TEXTS, st.integers(2, 30))
def test_no_character_but_spaces_at_breaks_is_lost(text: str, ems: int) -> None:
    assert "".join("".join(broken(text, ems)).split()) == "".join(text.split())


@given(TEXTS, st.integers(1, 30))
def test_no_line_is_wider_than_its_room(text: str, ems: int) -> None:
    for line in break_text(BODY, text, ems * 1000):
        assert line.width <= ems * 1000
        assert line.width == sum(line.advances)


@given(TEXTS, st.integers(8, 30))
def test_lines_start_and_end_with_what_may_stand_there(text: str, ems: int) -> None:
    lines = broken(text, ems)
    for before, after in pairwise(lines):
        if _has_legal_break(before + after[:1]):
            assert after[0] not in NO_START
            assert before[-1] not in NO_END


def test_an_opening_mark_before_a_space_ends_no_line() -> None:
    assert broken("00000―――――「 0", 9) == ["00000―――――", "「 0"]


def _has_legal_break(text: str) -> bool:
    return any(may_break(one, two) for one, two in pairwise(text) if not one.isspace())


@given(TEXTS, st.integers(2, 30))
def test_only_the_last_line_of_a_paragraph_is_marked_as_such(text: str, ems: int) -> None:
    marks = [line.last for line in break_text(BODY, text, ems * 1000)]
    assert marks == [False] * (len(marks) - 1) + [True]


def test_closing_marks_move_to_the_next_line_with_the_character_before_them() -> None:
    assert broken("あいうえお」か", 5) == ["あいうえ", "お」か"]
    assert broken("あいうえー", 4) == ["あいう", "えー"]
    assert broken("あいうっ」。か", 3) == ["あい", "うっ」。", "か"]


def test_an_opening_mark_never_ends_a_line() -> None:
    assert broken("あいう「えお」", 4) == ["あいう", "「えお」"]


def test_figures_stay_with_their_digits_and_their_counter() -> None:
    assert broken("締切12月", 3.5) == ["締切", "12月"]
    assert broken("合計は123,456,789件", 6.5) == ["合計は", "123,456,789件"]
    assert broken("本書第12条関係", 4.5)[0] == "本書"


def test_latin_words_stay_whole_until_they_are_longer_than_the_line() -> None:
    assert broken("管理番号はUSB-014です", 7) == ["管理番号は", "USB-014です"]
    assert "".join(broken("SERIAL-NUMBER-0123456789", 4)) == "SERIAL-NUMBER-0123456789"


def test_the_indent_of_full_width_spaces_and_spaces_inside_stay() -> None:
    assert broken("　山田　太郎", 20) == ["　山田　太郎"]
    assert broken("氏名  山田", 20) == ["氏名  山田"]


def test_marks_that_meet_share_their_blank_halves() -> None:
    assert width_of(BODY, "」（") == 1500
    assert width_of(BODY, "。」") == 1500
    assert width_of(BODY, "「『") == 1500
    assert width_of(BODY, "あ「") == 2000


def test_a_closing_mark_gives_up_its_blank_half_at_the_end_of_a_line() -> None:
    lines = break_text(BODY, "あいう。えお", 3500)
    assert shown(lines) == ["あいう。", "えお"]
    assert lines[0].width == 3500


def test_a_line_feed_ends_a_paragraph_and_an_empty_text_is_one_empty_line() -> None:
    assert broken("一\n二\r\n三", 9) == ["一", "二", "三"]
    assert broken("", 9) == [""]


def test_the_first_line_can_be_shorter_or_longer() -> None:
    assert shown(break_text(BODY, "あいうえおかき", 4000, 1000)) == ["あいう", "えおかき"]
    assert shown(break_text(BODY, "１　いうえおかき", 4000, -2000)) == ["１　いうえお", "かき"]


def test_a_line_narrower_than_a_character_is_refused() -> None:
    with pytest.raises(TooNarrowError):
        break_text(BODY, "あ", 999)


def test_a_choice_goes_to_the_next_line_with_its_box() -> None:
    text = "☐金庫　☑施錠保管庫　☐施錠できる保管室　☐なし"
    assert broken(text, 11) == ["☐金庫　☑施錠保管庫", "☐施錠できる保管室", "☐なし"]


@given(st.integers(2, 30))
def test_a_choice_longer_than_the_line_is_parted_but_never_behind_its_box(ems: int) -> None:
    text = "☐金庫　☑施錠保管庫　☐施錠できる保管室　☐なし"
    found = broken(text, ems)
    assert not any(line.endswith(("☐", "☑")) for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())
