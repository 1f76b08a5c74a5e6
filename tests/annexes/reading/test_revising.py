"""The new year's text against the old: which clause became which, what it says otherwise, what stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annexes.annex import Annex
from app.annexes.files.annex_file import read_table
from app.annexes.files.tables import Reader
from app.annexes.files.text import text_of_table
from app.annexes.reading.comparing.rewording import Fate, rewording
from app.annexes.reading.reader import split
from app.annexes.reading.review.deciding import accept, choose_kinds, set_aside
from app.annexes.reading.review.drafting import draft
from app.annexes.reading.review.model import Review
from app.annexes.reading.revising.aligning import LEAST, Pair, Worded, align
from app.annexes.reading.revising.carrying import Carried, Step, carry, words_of
from app.annexes.reading.revising.merging import merged
from app.annexes.reading.revising.reviewing import begin_with, revise

SECRET = "乙は、この業務で知った個人情報を他人に話してはならない。契約が終わった後も同じとする。"
COPY = "乙は、甲の承諾を得ずに、預かった資料を写し取ってはならない。"
REPORT = "乙は、事故が起きたときは、直ちに甲に連絡し、その指図を受けなければならない。"
LOGS = "乙は、操作の記録を1年間保存しなければならない。"
STICK = "乙は、持ち主が個人である記憶媒体を、この業務の機器につないではならない。"


def worded(*texts: str, first: int = 1) -> list[Worded]:
    return [Worded(f"第{at}条", "", text) for at, text in enumerate(texts, first)]


def pairs(old: list[Worded], new: list[Worded]) -> list[tuple[int | None, int | None, bool]]:
    return [(one.old, one.new, one.same) for one in align(old, new)]


def test_a_clause_put_in_between_moves_every_number_and_no_clause() -> None:
    found = pairs(worded(SECRET, COPY, REPORT), worded(SECRET, STICK, COPY, REPORT))
    assert found == [(0, 0, True), (None, 1, False), (1, 2, True), (2, 3, True)]


def test_a_reworded_clause_is_found_again_under_another_number() -> None:
    new = REPORT.replace("直ちに", "１時間以内に").replace("連絡し", "書面で連絡し")
    found = pairs(worded(SECRET, COPY, REPORT), worded(SECRET, new))
    assert found == [(0, 0, True), (2, 1, False), (1, None, False)]


def test_the_order_turned_round_is_no_change_of_any_clause() -> None:
    found = pairs(worded(SECRET, COPY, REPORT), worded(REPORT, COPY, SECRET))
    assert found == [(2, 0, True), (1, 1, True), (0, 2, True)]


def test_widths_blanks_and_the_parties_words_are_no_other_wording() -> None:
    old = [Worded("第1条", "", LOGS, "甲", "乙")]
    said = LOGS.replace("乙", "受 注者").replace("1年", "１年")
    assert pairs(old, [Worded("第1", "", said, "発注者", "受注者")]) == [(0, 0, True)]


def test_one_number_that_differs_is_another_wording() -> None:
    assert pairs(worded(LOGS), worded(LOGS.replace("1年", "3年"))) == [(0, 0, False)]


def test_of_the_same_sentence_twice_each_keeps_its_number() -> None:
    old = [*worded(COPY), *worded(COPY, first=5)]
    assert pairs(old, [*worded(COPY, first=5), *worded(COPY)]) == [(1, 0, True), (0, 1, True)]


def test_another_clause_is_not_taken_for_a_reworded_one() -> None:
    assert pairs(worded(SECRET), worded(STICK)) == [(None, 0, False), (0, None, False)]


def test_a_heading_that_stayed_finds_a_clause_that_was_written_anew() -> None:
    old, new = "乙は、事故があれば甲に知らせる。", "乙は、事故の発生を知った日に甲へ文書で知らせる。"
    assert pairs([Worded("1", "", old)], [Worded("1", "", new)])[0] == (None, 0, False)
    assert pairs([Worded("1", "連絡", "事故の連絡")], [Worded("1", "連絡", new)]) == [(0, 0, False)]
    assert pairs([Worded("1", "連絡", "事故の連絡")], [Worded("2", "連絡", new)])[0] == (None, 0, False)
    assert pairs([Worded("1", "事故", old)], [Worded("4", "事故", new)]) == [(0, 0, False)]


@given(st.lists(st.sampled_from([SECRET, COPY, REPORT, LOGS, STICK, SECRET[:30], ""]), max_size=8))
@settings(max_examples=60)
def test_every_clause_of_both_texts_is_told_exactly_once(texts: list[str]) -> None:
    old, new = worded(*texts[::2]), worded(*texts[1::2])
    found = align(old, new)
    assert sorted(one.old for one in found if one.old is not None) == list(range(len(old)))
    assert [one.new for one in found if one.new is not None] == list(range(len(new)))


def test_no_text_against_no_text() -> None:
    assert align([], []) == ()
    assert align(worded(COPY), []) == (Pair(0, None),)
    assert 0 < LEAST < 1


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(one.fate.value, one.text) for one in rewording(old, new)]


def test_the_words_that_went_stand_before_those_that_came() -> None:
    assert told("記録を1年間残す。", "記録を3年間残す。") == [
        ("kept", "記録を"),
        ("removed", "1"),
        ("added", "3"),
        ("kept", "年間残す。"),
    ]
    assert told("甲に届ける。", "甲に書面で届ける。") == [
        ("kept", "甲に"),
        ("added", "書面で"),
        ("kept", "届ける。"),
    ]


def test_widths_and_blanks_are_no_change() -> None:
    assert told("１年間 残す。", "1年間残す。") == [("kept", "1年間残す。")]


@pytest.mark.parametrize("letters", [1_499, 1_500, 1_501, 20_000])
def test_a_long_clause_is_compared_too(letters: int) -> None:
    sentences = [f"乙は、{at}番の棚を施錠しなければならない。" for at in range(2_000)]
    old = "".join(sentences)[:letters]
    new = old.replace("10番", "壱拾番", 1)
    assert "".join(one.text for one in rewording(old, new) if one.fate is not Fate.ADDED) == old
    assert "".join(one.text for one in rewording(old, new) if one.fate is not Fate.REMOVED) == new
    assert len(rewording(old, new)) == 4


@given(st.text("乙は甲に。、報告書1年 ", max_size=40), st.text("乙は甲に。、報告書1年 ", max_size=40))
@settings(max_examples=150)
def test_both_texts_are_in_what_is_told(old: str, new: str) -> None:
    def plain(text: str) -> str:
        return "".join(text.split())

    runs = rewording(old, new)
    assert plain("".join(one.text for one in runs if one.fate is not Fate.ADDED)) == plain(old)
    assert plain("".join(one.text for one in runs if one.fate is not Fate.REMOVED)) == plain(new)


def clause(text: str, *kinds: str, number: str = "第1条", key: str = "one", **more: Any) -> dict[str, Any]:
    made = {"key": key, "number": number, "heading": "見出し", "summary": text, "kinds": list(kinds)}
    return made | {"when": more.pop("when", ["standing"]), **more}


def test_what_somebody_settled_stays_where_the_new_words_ask_what_the_old_did() -> None:
    ours = clause(LOGS, "access-log", parameters={"keep_months": 60}, when=["periodic"])
    was = clause(LOGS, "access-log", parameters={"keep_months": 12})
    theirs = clause(LOGS + "新たに", "access-log", parameters={"keep_months": 12})
    made = merged(ours, was, theirs)
    assert made.table["parameters"] == {"keep_months": 60}
    assert made.table["when"] == ["periodic"]
    assert (made.added, made.unread, made.disputed) == ([], [], [])


def test_what_the_new_words_ask_otherwise_is_taken_over_where_nobody_settled_it() -> None:
    was = clause(LOGS, "access-log", parameters={"keep_months": 12})
    theirs = clause(LOGS, "access-log", parameters={"keep_months": 36}, when=["after-end"])
    made = merged(was, was, theirs)
    assert made.table["parameters"] == {"keep_months": 36}
    assert made.table["when"] == ["after-end"]
    assert made.disputed == []


def test_a_word_of_somebody_against_a_new_one_of_the_text_stands_and_is_told() -> None:
    ours = clause(LOGS, "access-log", parameters={"keep_months": 60})
    was = clause(LOGS, "access-log", parameters={"keep_months": 12})
    made = merged(ours, was, clause(LOGS, "access-log", parameters={"keep_months": 36}))
    assert made.table["parameters"] == {"keep_months": 60}
    assert made.disputed == ["access-log"]


def test_a_kind_that_was_struck_out_stays_out_and_a_new_one_comes_in() -> None:
    ours = clause(COPY, "copy-approval")
    was = clause(COPY, "copy-approval", "takeout-approval")
    made = merged(ours, was, clause(COPY, "copy-approval", "takeout-approval", "oath"))
    assert made.table["kinds"] == ["oath", "copy-approval"]
    assert made.added == ["oath"]


def test_no_kind_goes_because_nothing_was_read() -> None:
    ours = clause(COPY, "copy-approval", "oath")
    made = merged(ours, clause(COPY, "copy-approval"), clause(COPY, when=["info"]))
    assert made.table["kinds"] == ["oath", "copy-approval"]
    assert made.unread == ["copy-approval"]
    assert "info" not in made.table["when"]


def test_where_nobody_has_the_old_words_both_stand() -> None:
    ours = clause(COPY, "copy-approval", parameters={"written": True}, options=["cloud"])
    theirs = clause(COPY, "copy-approval", "oath", parameters={"copy-approval": {"exception": "none"}})
    made = merged(ours, None, theirs)
    assert made.table["kinds"] == ["oath", "copy-approval"]
    assert made.table["parameters"] == {"copy-approval": {"written": True, "exception": "none"}}
    assert "options" not in made.table


def annex(*clauses: dict[str, Any], version: int = 1, **words: str) -> dict[str, Any]:
    parties = {"client": "甲", "vendor": "乙"} | words
    head = {"schema": 1, "key": "machi", "title": "町の特記事項", "version": version, "source": "本文"}
    return head | {"part": [{"key": "", "title": "町の特記事項", "words": parties}], "clause": list(clauses)}


def read(table: dict[str, Any]) -> Annex:
    return read_table(table, text_of_table(table), "試し")


def carried(old: dict[str, Any], new: dict[str, Any], **was: dict[str, Any]) -> tuple[Carried, ...]:
    made = carry(read(old), {}, was, new, {})
    clauses = [one.new for one in made if one.new is not None]
    reader = Reader()
    assert reader.annex(new | {"clause": clauses}) is not None, reader.faults
    return made


def test_what_was_settled_is_kept_and_what_is_to_be_looked_at_is_named() -> None:
    old = annex(
        clause(SECRET, "secrecy", key="secret", when=["after-end"]),
        clause(LOGS, "access-log", key="logs", number="第2条", parameters={"keep_months": 60}),
        clause(COPY, "copy-approval", key="copy", number="第3条"),
    )
    said = LOGS.replace("1年", "3年")
    new = annex(
        clause(STICK, "private-device-ban", key="c-1"),
        clause(SECRET, "secrecy", "oath", key="secret", number="第2条"),
        clause(said, "access-log", key="logs", number="第3条", parameters={"keep_months": 36}),
    )
    made = carried(old, new, logs=clause(LOGS, "access-log", parameters={"keep_months": 12}))
    assert [(one.step.value, one.new and one.new["key"]) for one in made] == [
        ("added", "c-1"),
        ("kept", "secret"),
        ("changed", "logs"),
        ("retired", None),
    ]
    assert [one.to_check for one in made] == [True, False, True, True]
    kept, logs = made[1].new, made[2].new
    assert kept is not None
    assert (kept["number"], kept["kinds"], kept["when"]) == ("第2条", ["secrecy"], ["after-end"])
    assert logs is not None
    assert logs["parameters"] == {"keep_months": 60}
    assert made[2].disputed == ("access-log",)


def test_a_new_clause_never_takes_the_key_of_another() -> None:
    old = annex(clause(SECRET, "secrecy", key="c-1"))
    ban = clause(STICK, "private-device-ban", key="c-1")
    new = annex(ban, clause(SECRET, key="c-2", number="第2条", when=["info"]))
    assert [one.new and one.new["key"] for one in carried(old, new)] == ["own-1", "c-1"]


def test_terms_that_somebody_settled_stay_and_the_parties_are_those_of_the_new_text() -> None:
    old = annex(clause(SECRET, "secrecy"), workers="作業者")
    new = annex(clause(SECRET, "secrecy"), client="市", vendor="会社")
    (part,) = words_of(read(old), new["part"])
    assert part["words"] == {"client": "市", "vendor": "会社", "workers": "作業者"}


def test_copies_of_the_clauses_are_compared_instead_of_summaries() -> None:
    old = annex(clause("写しを作るときの承諾", "copy-approval", key="copy"))
    new = annex(clause("写す", "copy-approval", "takeout-approval", key="c-1", number="第9条"))
    assert carry(read(old), {}, {}, new, {"c-1": COPY})[0].step is Step.ADDED
    (made,) = carry(read(old), {"copy": COPY}, {}, new, {"c-1": COPY})
    assert made.step is Step.KEPT
    assert made.new is not None
    assert (made.new["number"], made.new["kinds"]) == ("第9条", ["copy-approval"])


_HEAD = "町の特記事項\n町（以下「甲」という。）と受託者（以下「乙」という。）は、次のとおり定める。\n"


def settled(text: str, **kinds: tuple[str, ...]) -> Review:
    """A reading of which a person settled every paragraph, some of them otherwise than they are read."""
    review = begin_with(split(_HEAD + text), ())
    for at, item in enumerate(review.items):
        review = choose_kinds(review, at, kinds[item.number]) if item.number in kinds else accept(review, at)
    return review


def test_an_item_behind_a_sentence_that_changed_is_looked_at_again() -> None:
    items = "(1)　名簿の写し\n(2)　電子計算機\n"
    old = settled(f"第1条　乙は、次のものを持ち出してはならない。\n{items}第2条　{LOGS}\n")
    new = split(f"{_HEAD}第1条　乙は、次のものを持ち出すことができる。\n{items}第2条　{LOGS}\n")
    made = revise(read(draft(old, "machi", "町の特記事項")), old, {}, new, (), 2)
    by_number = {item.number: item for item in made.review.items}
    assert by_number["第2条"].state.decided
    for number in ("第1条(1)", "第1条(2)"):
        assert by_number[number].open
        assert by_number[number].kinds == next(one.kinds for one in old.items if one.number == number)


def test_what_was_settled_stands_in_the_new_review_and_what_was_left_out_stays_out() -> None:
    note = "甲と乙は、この約束に定めのないことを話し合う。"
    old = settled(f"第1条　{LOGS}\n第2条　{COPY}\n第3条　{note}\n", 第2条=("oath", "copy-approval"))
    old = set_aside(old, 2)
    new = split(f"{_HEAD}第1条　{STICK}\n第2条　{note}\n第3条　{LOGS}\n第4条　{COPY}\n")
    made = revise(read(draft(old, "machi", "町の特記事項")), old, {}, new, (), 2)
    assert [(item.number, item.state.value) for item in made.review.items if item.state.decided] == [
        ("第2条", "set-aside"),
        ("第3条", "accepted"),
        ("第4条", "changed"),
    ]
    assert [one["number"] for one in made.table["clause"]] == ["第1条", "第3条", "第4条"]
    assert made.table["clause"][2]["kinds"] == ["oath", "copy-approval"]
    assert len({item.key for item in made.review.items}) == 4
    assert read(made.table).version == 2
