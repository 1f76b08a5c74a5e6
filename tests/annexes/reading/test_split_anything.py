"""Whatever a text is made of, nothing of it is lost, and it is read or refused in one sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.reading.reader import read, split
from app.common import Cancelled, PeopleError, Progress
from tests.annexes.reading.test_split_styles import whole

PARTS = st.sampled_from(
    [
        *(
            "第1条",
            "第2",
            "第十三条の2",
            "1",
            "２",
            "(1)",
            "（ア）",
            "ア",
            "イ",
            "①",
            "一",
            "1.1",
            "a)",
            "Ⅰ",
            "第1章 総則",
            "別記",
        ),
        *(
            "誓約書",
            "個人情報取扱特記事項",
            "契約書",
            "（目的）",
            "【該当する契約のみ】",
            "（以下の条文は、該当する契約のみ）",
            "（第2条から第9条までは、任意）",
            "第3条から第9条まで　削除",
            "■ 体制",
            "別表",
            "（附則）",
            "個人情報の取扱いに関する",
            "若葉市（以下「甲」という。）",
            "を記載した書面",
            "※",
            "乙は、守らなければならない。",
        ),
        *(
            "\n",
            "\r\n",
            "\r",
            "\f",
            " ",
            "　",
            "\t",
            "。",
            "、",
            "のため",
            "- 3 -",
            "3/12",
            "……… 5",
            "年 月 日",
            "#",
            "- □ ",
            "|",
            "・",
            "1\t1\t",
            "【1】",
            "(ii)",
            "---",
        ),
        *("\u200b", "\u202e", "\x00", "\ufeff", "ﾊﾟ", "㈱", "ﾞ", "\ud83d", "𠮷", "か\u3099"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PARTS, max_size=60).map("".join))


@given(TEXTS)
def test_nothing_is_lost_and_nothing_raises(text: str) -> None:
    reading = split(text)
    assert whole(reading)
    places = {piece.paragraph for piece in reading.pieces if piece.role.is_of_clause}
    assert places <= set(range(-1, len(reading.paragraphs)))
    assert all(-1 <= one.lead < len(reading.paragraphs) for one in reading.paragraphs)
    numbers = [one.number for one in reading.paragraphs]
    assert all(numbers)


@given(TEXTS)
def test_a_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    said = ""
    try:
        read(text)
    except PeopleError as error:
        said = error.sentence
    assert (said == "") == bool(said == "" and read(text).paragraphs)
    assert said == "" or (said.endswith("。") and "\n" not in said)


@pytest.mark.parametrize(
    "line",
    [
        "a\t(1)b\tc。\n",
        "■ 見出し\n(1) 乙は、守ること。\n",
        "第1章 見出し\n1 乙は、守ること。\n",
        "別表\n1 乙\n",
        "（第1条から第9条までは、任意）\n第1条 乙は、守る。\n",
        "1\n",
        "・乙は、守る。\n",
        "|a|b|\n",
    ],
)
def test_what_comes_again_and_again_is_read_in_the_time_of_its_length(line: str) -> None:
    few, many = line * 400, line * 4_000
    spent = []
    for text in (few, many):
        started = time.process_time()
        assert whole(split(text))
        spent.append(time.process_time() - started)
    assert spent[1] < 40 * max(spent[0], 0.01)


def test_a_text_goes_no_deeper_than_ten_levels() -> None:
    lines = [f"{sign}\t(1)乙" for sign in "abcdefgh" * 40]
    assert max(one.number.count("(1)") for one in split("\n".join(lines)).paragraphs) <= 10


def test_a_long_text_can_be_stopped_wherever_it_is_being_read() -> None:
    clauses = (f"第{at}条\n1 乙は、記録を守ること。\n2 乙は、名簿を守ること。\n" for at in range(1, 900))
    text = "特記事項\n" + "".join(clauses)
    told: list[str] = []
    split(text, Progress(lambda _done, _total, what: told.append(what)))
    stages = dict.fromkeys(told)
    assert [*stages] == [
        "文字を読んでいます",
        "番号を探しています",
        "条項に分けています",
        "文章を条項にまとめています",
    ]
    for stage in stages:
        with pytest.raises(Cancelled):
            split(text, _stopped_in(stage))


def _stopped_in(stage: str) -> Progress:
    """Asked to stop as soon as it says so."""

    def say(_done: int, _total: int, what: str) -> None:
        if what == stage:
            made.cancel()

    made = Progress(say)
    return made
