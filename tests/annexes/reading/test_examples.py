"""What somebody settled of a paragraph is followed where the next text has nearly its words, and said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.annexes.reading.comparing.alike import likeness, profile
from app.annexes.reading.examples.example import (
    Example,
    asks_of,
    asks_text,
    example_of,
    item_text,
    parts_of,
    sound,
    told,
    without_words,
)
from app.annexes.reading.examples.following import LEAST, SAID, Following, follow, read_on
from app.annexes.reading.examples.sketch import is_mark, is_sketch, mark_of, shared, sketch_of
from app.annexes.reading.reader import split
from app.annexes.reading.review.beginning import begin
from app.annexes.reading.review.kept import read_back, written
from app.annexes.reading.revising.reviewing import begun
from app.annexes.reading.understanding.understood import LONGEST, understand_reading
from app.common import Cancelled, Progress
from app.ui.annexes.reading.words import reason

LOGS = "乙は、この業務に使う機器の操作の記録を1年間保存し、甲が求めたときは見せなければならない。"
WALK = "乙は、来庁者の通路に、この業務の書類を積み上げてはならない。"


def example(text: str, *kinds: str, when: Any = ("standing",), **parameters: Any) -> Example:
    table = {"kinds": list(kinds), "when": list(when), "parameters": parameters}
    return example_of(text, table, "甲", "乙")


def reading(*texts: str) -> Any:
    clauses = "\n".join(f"第{at}条　{text}" for at, text in enumerate(texts, 1))
    return split(
        f"個人情報取扱特記事項\n発注者（以下「甲」という。）と受注者（以下「乙」という。）は、次のとおり定める。\n{clauses}\n"
    )


def following(text: str, *examples: Example) -> Following:
    held = reading(text)
    return follow(held, understand_reading(held), examples)


def kinds(found: Following) -> list[tuple[str, float]]:
    return [(one.kind, one.confidence) for one in found.understood[0].kinds]


def test_the_same_words_are_followed_in_everything_and_it_is_said() -> None:
    found = following(WALK, example(WALK, "locked-storage", when=["each-time"]))
    assert kinds(found) == [("locked-storage", 0.99)]
    assert [one.when for one in found.understood[0].moments] == ["each-time"]
    assert found.followed[0].because == f"{SAID}（同じ条文）"
    assert found.understood[0].followed == found.followed[0].because


def test_the_paragraph_says_whom_it_follows_and_still_does_when_it_was_kept() -> None:
    review, told = begun(reading(WALK, LOGS), [example(WALK, "locked-storage")])
    assert [one.followed for one in review.items] == [f"{SAID}（同じ条文）", ""]
    assert told == (f"第1条は、{SAID}。",)
    assert read_back(written(review)) == review


def test_the_parties_widths_and_blanks_make_no_other_words() -> None:
    text = WALK.replace("乙は", "乙 は").replace("書類", "書　類")
    assert following(text, example(WALK, "locked-storage")).followed[0].likeness == 1


def test_nearly_the_same_words_are_followed_less_surely() -> None:
    found = following(WALK.replace("来庁者", "来館者"), example(WALK, "locked-storage"))
    assert kinds(found) == [("locked-storage", 0.9)]
    assert found.followed[0].because.startswith(f"{SAID}（")
    assert LEAST <= found.followed[0].likeness < 1


def test_other_words_are_read_as_ever() -> None:
    held = reading(LOGS)
    read = understand_reading(held)
    found = follow(held, read, [example(WALK, "locked-storage")])
    assert found.followed == {}
    assert found.understood == read


@pytest.mark.parametrize(
    "turned",
    [
        WALK.replace("積み上げてはならない", "積み上げなければならない"),
        WALK.replace("書類を", "書類を、甲の承諾がある場合を除き、"),
    ],
)
def test_a_sentence_turned_round_is_not_followed_however_alike(turned: str) -> None:
    assert following(turned, example(WALK, "locked-storage")).followed == {}


def test_a_number_that_differs_is_the_paragraphs_own() -> None:
    settled = example(LOGS, "access-log", keep_months=60)
    same = following(LOGS, settled).understood[0].settings
    assert [(one.name, one.value) for one in same] == [("keep_months", 60)]
    other = following(LOGS.replace("1年間", "3年間"), settled).understood[0].settings
    assert 60 not in [one.value for one in other]
    alike = following(LOGS.replace("機器の操作", "端末の操作"), settled).understood[0].settings
    assert [(one.name, one.value) for one in alike] == [("keep_months", 60)]


def test_a_kind_that_is_read_and_that_only_a_similar_example_lacks_stays_as_a_doubt() -> None:
    nothing = example(LOGS, when=["info"])
    assert kinds(following(LOGS, nothing)) == []
    assert SAID in following(LOGS, nothing).understood[0].silent
    read = understand_reading(reading(LOGS))[0].kinds
    assert read, "the sentence has to be one in which something is read"
    found = following(LOGS.replace("この業務に使う", "本業務に使う"), nothing)
    assert 0 in found.followed
    assert [one.kind for one in found.understood[0].kinds] == [one.kind for one in read]
    assert all(one.confidence <= 0.5 for one in found.understood[0].kinds)


def test_of_two_examples_of_the_same_words_the_later_one_holds() -> None:
    first, later = example(WALK, "oath"), example(WALK, "locked-storage")
    held = [
        Example(**{name: getattr(one, name) for name in one.__slots__} | {"id": at})
        for at, one in ((2, later), (1, first))
    ]
    for order in (held, held[::-1]):
        assert [kind for kind, _ in kinds(following(WALK, *order))] == ["locked-storage"]


def test_an_example_without_words_is_found_again_and_stays_doubtful_where_words_differ() -> None:
    bare = without_words(example(LOGS, "access-log", keep_months=60))
    assert (bare.text, bare.client, bare.vendor) == ("", "", "")
    assert kinds(following(LOGS, bare))[0][1] == 0.9
    found = following(LOGS.replace("機器の操作", "端末の操作"), bare)
    assert found.followed[0].by.value == "sketch"
    assert dict(kinds(found))["access-log"] == 0.75
    assert following(WALK, bare).followed == {}


def test_what_a_parameter_quotes_of_the_text_goes_with_it() -> None:
    held = example(
        LOGS,
        "access-log",
        "worker-list",
        **{"access-log": {"keep_months": 60}, "worker-list": {"items": ["氏名"], "written": True}},
    )
    assert sound({"kinds": list(held.kinds), "when": list(held.when), "parameters": dict(held.parameters)})
    assert without_words(held).parameters == {
        "access-log": {"keep_months": 60},
        "worker-list": {"written": True},
    }


def test_a_sketch_holds_fewer_bits_than_the_words_and_finds_those_again() -> None:
    one, other = sketch_of(profile(LOGS)), sketch_of(profile(LOGS.replace("機器", "端末")))
    assert is_sketch(one)
    assert len(one) == 128
    assert shared(one, one) == 1
    assert shared(one, other) > 0.6
    assert shared(one, sketch_of(profile(WALK))) < 0.2
    assert one.isascii()


def test_a_wording_too_short_for_a_sketch_is_alike_to_nothing_but_itself() -> None:
    short = sketch_of(profile("乙は、返す。"))
    assert shared(short, short) == 0
    assert is_mark(mark_of(profile("乙は、返す。")))


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100)
def test_a_likeness_is_a_part_and_the_same_for_both(one: str, other: str) -> None:
    mine, theirs = profile(one), profile(other)
    assert 0 <= likeness(mine, theirs) <= 1
    assert likeness(mine, theirs) == pytest.approx(likeness(theirs, mine))
    assert likeness(mine, mine) == 1
    assert (likeness(mine, theirs) == 1) == (mine.plain == theirs.plain)
    assert is_sketch(sketch_of(mine))


def test_what_an_example_asks_is_read_back_as_it_was_written() -> None:
    held = example(
        LOGS,
        "access-log",
        "worker-list",
        **{"access-log": {"keep_months": 60}, "worker-list": {"written": True}},
    )
    back = asks_of(asks_text(held))
    assert (back["kinds"], back["when"]) == (list(held.kinds), list(held.when))
    assert back["parameters"] == dict(held.parameters)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kinds = [",
        'kinds = ["nonsense"]\nwhen = ["standing"]',
        "kinds = []\nwhen = []",
        "x = 1",
        "a" * 999,
    ],
)
def test_what_no_clause_may_say_is_no_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        asks_of(text)


def test_what_people_read_for_an_example() -> None:
    assert told(()) == "義務なし"
    assert told(("secrecy", "oath")) == "秘密保持・誓約書"


LEAD = "乙は、次のものを持ち出してはならない。"


def listed(lead: str, *items: str) -> Any:
    lines = "\n".join(f"({at})　{text}" for at, text in enumerate(items, 1))
    held = reading(f"{lead}\n{lines}")
    assert [one.text for one in held.paragraphs] == [lead, *items]
    return held


def of_item(lead: str, text: str, *kinds: str, **parameters: Any) -> Example:
    return example(item_text(lead, text), *kinds, **parameters)


def test_an_item_follows_an_example_of_itself_behind_the_same_sentence() -> None:
    held = listed(LEAD, "名簿の写し", "電子計算機")
    settled = of_item(LEAD, "名簿の写し", "access-log", keep_months=60)
    found = follow(held, understand_reading(held), [settled])
    assert list(found.followed) == [1]
    assert [one.kind for one in found.understood[1].kinds] == ["access-log"]
    assert [(one.name, one.value) for one in found.understood[1].settings] == [("keep_months", 60)]
    assert found.understood[1].followed == f"{SAID}（同じ条文）"


@pytest.mark.parametrize(
    ("lead", "text"),
    [
        ("乙は、次の書類を甲に提出しなければならない。", "名簿の写し"),
        (LEAD, "職員の名簿の控えと写真"),
        (LEAD.replace("してはならない", "さなければならない"), "名簿の写し"),
    ],
)
def test_an_item_follows_nothing_behind_another_sentence_or_with_other_words(lead: str, text: str) -> None:
    held = listed(lead, text, "電子計算機")
    settled = [of_item(LEAD, "名簿の写し", "handling-ledger"), example("名簿の写し", "oath")]
    assert follow(held, understand_reading(held), settled).followed == {}


def test_a_lead_itself_never_follows_what_was_said_of_its_items() -> None:
    held = listed(LEAD, "名簿の写し", "電子計算機")
    settled = of_item(LEAD, "名簿の写し", "handling-ledger")
    assert 0 not in follow(held, understand_reading(held), [settled, without_words(settled)]).followed


def test_an_item_without_words_is_found_again_by_its_own_words_alone() -> None:
    held = listed(LEAD, "名簿の写し", "電子計算機")
    bare = without_words(of_item(LEAD, "名簿の写し", "handling-ledger"))
    assert bare.text == ""
    assert list(follow(held, understand_reading(held), [bare]).followed) == [1]
    other = listed(LEAD, "名簿の写真", "電子計算機")
    assert follow(other, understand_reading(other), [bare]).followed == {}


def test_an_item_is_read_back_as_its_sentence_and_its_words() -> None:
    assert parts_of(item_text(LEAD, "名簿の写し")) == (LEAD, "名簿の写し")
    assert parts_of(WALK) == ("", WALK)
    assert item_text("", WALK) == WALK


def test_no_examples_change_nothing() -> None:
    held = reading(LOGS)
    read = understand_reading(held)
    assert follow(held, read, ()).understood == read


@pytest.mark.parametrize(("letters", "is_read"), [(LONGEST - 1, True), (LONGEST, True), (LONGEST + 1, False)])
def test_what_is_too_long_for_a_paragraph_has_nothing_found_in_it(letters: int, is_read: bool) -> None:
    held = reading(LOGS + "あ" * (letters - len(LOGS)))
    assert len(held.paragraphs[0].text) == letters
    (understood,) = read_on(held, [example(LOGS, "access-log")]).understood
    assert bool(understood.kinds) == is_read
    assert understood.silent == ""


def test_reading_on_can_be_stopped() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_on(reading(LOGS, WALK), (), progress)


def test_each_kind_that_follows_an_example_says_so_beside_it_also_when_it_is_kept() -> None:
    held = reading(WALK, LOGS)
    found = follow(held, understand_reading(held), [example(WALK, "locked-storage")])
    review = begin(held, found.understood)
    for one in (review, read_back(written(review))):
        (pick,) = one.items[0].picks
        assert reason(pick, one.items[0]) == f"確からしさ 99％　{SAID}（同じ条文）"
        assert not any(SAID in reason(pick, one.items[1]) for pick in one.items[1].picks)
        assert "followed" not in written(begin(held, understand_reading(held)))


REPORT = "乙は、業務で情報の漏えいを知ったときは、直ちに甲に報告し、7日以内に書面を提出しなければならない。"


def settings_of(text: str, *examples: Example) -> dict[str, tuple[Any, float]]:
    found = following(text, *examples).understood[0]
    return {one.name: (one.value, one.confidence) for one in found.settings}


def test_what_was_set_by_hand_is_proposed_where_the_paragraph_is_the_same() -> None:
    held = example(
        REPORT,
        "incident-notice",
        when=["on-incident"],
        items=["発生日時", "件数"],
        within_days=3,
        written=True,
    )
    found = settings_of(REPORT, held)
    assert {name: value for name, (value, _) in found.items()} == {
        "items": ["発生日時", "件数"],
        "within_days": 3,
        "written": True,
    }
    assert {sure for _, sure in found.values()} == {0.99}
    item = begin(reading(REPORT), following(REPORT, held).understood).items[0]
    details = {one.name: one for one in item.details}
    assert all(one.ticked for one in details.values())
    assert SAID in reason(details["items"], item)


def test_what_other_words_say_otherwise_is_theirs_and_the_rest_is_followed() -> None:
    held = example(REPORT, "incident-notice", when=["on-incident"], items=["発生日時"], then_days=5)
    assert settings_of(REPORT)["then_days"][0] == 7
    other = REPORT.replace("7日", "8日")
    assert 0 in following(other, held).followed
    found = settings_of(other, held)
    assert found["then_days"][0] == 8
    assert found["items"] == (["発生日時"], 0.5), "a number differs: what no reading says is looked at"


def test_what_only_the_new_words_say_is_never_lost() -> None:
    held = example(LOGS, "access-log", when=["standing"], keep_months=60)
    more = LOGS.replace("保存し、", "保存し、毎月点検して、")
    found = following(more, held)
    assert 0 in found.followed
    read = understand_reading(reading(more))[0]
    was = understand_reading(reading(LOGS))[0]
    fresh = {one.when for one in read.moments} - {one.when for one in was.moments}
    assert fresh <= {one.when for one in found.understood[0].moments}
    assert all(one.confidence <= 0.5 for one in found.understood[0].moments if one.when in fresh)
    new = {one.name for one in read.settings} - {one.name for one in was.settings}
    assert new <= {one.name for one in found.understood[0].settings}


def test_what_somebody_took_away_stays_away() -> None:
    held = example(LOGS, "access-log", when=["standing"])
    assert settings_of(LOGS)
    assert settings_of(LOGS, held) == {}
    assert settings_of(LOGS.replace("機器の操作", "端末の操作"), held) == {}


def test_what_an_example_without_words_may_have_lost_is_read_from_the_paragraph() -> None:
    text = "乙は、従事者の氏名、住所及び生年月日を記載した名簿を、業務の着手前に甲に提出しなければならない。"
    own = settings_of(text)
    assert own["items"][0][1:] == ["住所", "生年月日"]
    held = example(text, "worker-list", when=["before-start"], items=["氏名", "国籍"], written=True)
    assert settings_of(text, held)["items"][0] == ["氏名", "国籍"]
    found = settings_of(text, without_words(held))
    assert found["items"] == own["items"], "the paper has to carry what the words name"
    assert found["written"][0] is True
    alike = text.replace("住所", "勤務先")
    assert "勤務先" in settings_of(alike, held)["items"][0], "other words, other items"
