"""What nobody can see of a text is dropped, what no paper can show is named, and everything else stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import Device, Person
from app.records.kinds import Choice, Text
from app.records.spelling.unseen import Cleaned, cleaned, unshown
from app.records.submission import How

NAME = Text(label="氏名")
MORE = Text(label="備考", lines=3)


@pytest.mark.parametrize(
    "text",
    [
        "𠮷田 一郎",
        "佐久間　晴香",
        "葛\U000e0100城",
        "葛\ufe00城",
        "か\u3099",
        "Nguyễn Văn An",
        "神\ufa19",
        "क\u094d\u200dष",
        "ക\u0d4d\u200d",
        "می\u200cخواهم",
        "①㈱〒～−○☆✕",
        "\U00031350",
    ],
)
def test_what_carries_a_meaning_is_kept_as_typed(text: str) -> None:
    assert NAME.from_text(text) == text
    assert NAME.dropped(text) == 0
    assert not list(NAME.problems(text))


@pytest.mark.parametrize(
    "sign",
    ["\u200b", "\u200d", "\u200e", "\u202a", "\u202e", "\u2066", "\u00ad", "\u2060", "\ufeff", "\U000e0041"],
)
def test_what_cannot_be_seen_is_dropped_wherever_it_stands(sign: str) -> None:
    for text in (f"佐藤{sign}花子", f"{sign}佐藤花子", f"佐藤花子{sign}"):
        assert (NAME.from_text(text), NAME.dropped(text)) == ("佐藤花子", 1)
    assert MORE.from_text(f"一行目\r\n二{sign}") == "一行目\n二"


def test_what_is_dropped_does_not_take_the_selector_behind_it_along() -> None:
    assert cleaned("葛\u200b\U000e0100城") == Cleaned("葛\U000e0100城", 1)
    assert cleaned("A\ufe0f\U000e0100 \ufe00") == Cleaned("A", 3)


@pytest.mark.parametrize("blank", ["\xa0", "\u2003", "\u202f", "\t"])
def test_odd_blanks_become_plain_ones(blank: str) -> None:
    assert NAME.from_text(f"{blank}南{blank}翼{blank}") == "南 翼"
    assert NAME.dropped(f"南{blank}翼") == 0


REFUSED = {
    "😀": "絵文字「😀」（U+1F600）",
    "⭐": "絵文字「⭐」（U+2B50）",
    "\u3164": "目に見えない文字（U+3164）",
    "\ue000": "外字（U+E000）",
    "\x07": "制御文字（U+0007）",
    "\ud800": "壊れた文字（U+D800）",
    "\ufffe": "壊れた文字（U+FFFE）",
    "\n": "改行",
}


@pytest.mark.parametrize("sign", REFUSED, ids=ascii)
def test_what_no_paper_can_show_is_refused_with_its_place(sign: str) -> None:
    said = f"{REFUSED[sign]}は書類に印字できないため、消すか別の文字に改めてください。"
    assert list(NAME.problems(f"佐藤{sign}花子")) == [f"氏名の「佐藤」の後にある{said}"]
    assert list(NAME.problems(f"{sign}佐藤花子")) == [f"氏名の先頭にある{said}"]
    record, problems = Person.spec.from_texts({"name": f"佐藤{sign}花子", "employment": "社員"})
    assert (record, list(problems)) == (None, ["name"])


def test_lines_may_end_where_there_are_lines() -> None:
    assert not list(MORE.problems("一行目\n二行目"))
    assert next(MORE.problems("一行目\n二😀")).startswith("備考の「一行目二」の後にある絵文字")


def test_what_the_program_keeps_for_itself_is_not_looked_at() -> None:
    assert not list(Text(label="印字した内容", fixed=True).problems("古い書類\u3164"))


def test_the_text_of_another_choice_is_no_way_around() -> None:
    kind = Choice(label="提出方法", of=How, other=True)
    assert kind.from_text("その他：便\u202e箱") == "その他：便箱"
    assert next(kind.problems("その他：便😀")).startswith("提出方法の「その他：便」の後にある絵文字")


def test_typed_and_imported_alike() -> None:
    for read in (Device.spec.from_texts, lambda entry: Device.spec.from_json(entry, lambda _kind, _key: 0)):
        made, problems = read(
            {"control_number": "PC-903\u200b", "kind": "PC", "owner": "自社", "serial": "\u202aSN-1"}
        )
        assert problems == {}
        assert made is not None
        assert (made.control_number, made.serial) == ("PC-903", "SN-1")


LETTERS = st.text(
    st.characters() | st.sampled_from("葛\U000e0100\u200d\u200b\xa0 \u3000\r\n一\ufe0fक\u094d"), max_size=12
)


@given(LETTERS, st.booleans())
def test_cleaning_twice_is_cleaning_once_and_takes_nothing_that_is_seen(text: str, several: bool) -> None:
    made = cleaned(text, several=several).text
    assert cleaned(made, several=several) == Cleaned(made, 0)
    drawn = ("L", "N", "P", "S")
    assert [c for c in text if unicodedata.category(c)[0] in drawn] == [
        c for c in made if unicodedata.category(c)[0] in drawn
    ]


@given(LETTERS)
def test_what_is_refused_is_said_once_and_its_sentence_can_be_written(text: str) -> None:
    unshown(text).encode("utf-8")


@pytest.mark.parametrize("length", [9_999, 10_000, 10_001, 50_000])
def test_a_long_text_is_looked_through_as_a_short_one(length: int) -> None:
    plain = "個人情報の　保護\n" * (length // 9 + 1)
    assert unshown(plain[:length], several=True) == ""
    for sign, several in (("😀", True), ("\x07", True), ("\ue000", True), ("\ufffe", True), ("\n", False)):
        text = plain.replace("\n", "。")[: length - 1] + sign
        assert unshown(text, several=several) == unshown(text[-20:], several=several) != ""
