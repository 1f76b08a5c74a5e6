"""What is understood of a paragraph beside its kinds: when it is asked, what is set, and why nothing is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.files.parameters import read_parameters
from app.annexes.kinds import KINDS, When
from app.annexes.reading.reader import split
from app.annexes.reading.understanding.above import changed
from app.annexes.reading.understanding.moments import Cue, Moment, cues, moments, usual
from app.annexes.reading.understanding.parameters.clues import Clue, clues
from app.annexes.reading.understanding.parameters.lists import Listing, listings
from app.annexes.reading.understanding.parameters.numbers import number
from app.annexes.reading.understanding.parameters.settings import Setting
from app.annexes.reading.understanding.prepared import Paragraph, prepare
from app.annexes.reading.understanding.proposing import Proposal, hits
from app.annexes.reading.understanding.silence import reasons
from app.annexes.reading.understanding.struck import struck
from app.annexes.reading.understanding.understood import Understanding, understand, understand_reading

CLUES = [(clue, text) for clue in clues() for text in clue.examples]
COUNTER_CLUES = [(clue, text) for clue in clues() for text in clue.counter]
CUES = [(cue, text) for cue in cues() for text in cue.examples]
COUNTER_CUES = [(cue, text) for cue in cues() for text in cue.counter]

LABELLED = Path(__file__).parent / "labelled"
TUNING = [
    one
    for name in ("tuning", "earlier", "counted", "recounted")
    for one in tomllib.loads((LABELLED / f"{name}.toml").read_text(encoding="utf-8"))["paragraph"]
]


def of(text: str, **context: str) -> Understanding:
    return understand(Paragraph(text, client="甲", vendor="乙", **context))


def whens(text: str, **context: str) -> list[str]:
    return [one.when for one in of(text, **context).moments]


def table(made: Mapping[str, Json], kind: str) -> Mapping[str, Json]:
    held = made.get(kind, {})
    return held if isinstance(held, dict) else {}


def parameters(understood: Understanding) -> Mapping[str, Json]:
    """The settings as an annex file has them."""
    made: dict[str, Json] = {}
    for one in understood.settings:
        if not one.kind:
            made[one.name] = one.value
        else:
            made[one.kind] = {**table(made, one.kind), one.name: one.value}
    return made


def sets(clue: Clue, text: str) -> bool:
    """Whether the paragraph has what the clue sets; of a number, whether there is one."""
    found = [one.value for one in of(text).settings if one.name == clue.name]
    if clue.value is None:
        return bool(found)
    return any(clue.value in value if isinstance(value, list) else clue.value == value for value in found)


@pytest.mark.parametrize(("clue", "text"), CLUES)
def test_each_example_of_a_clue_sets_its_parameter(clue: Clue, text: str) -> None:
    assert sets(clue, text)


@pytest.mark.parametrize(("clue", "text"), COUNTER_CLUES)
def test_no_counterexample_of_a_clue_sets_its_parameter(clue: Clue, text: str) -> None:
    assert not sets(clue, text)


@pytest.mark.parametrize(("cue", "text"), CUES)
def test_each_example_of_a_cue_has_its_moment(cue: Cue, text: str) -> None:
    assert cue.when in whens(text)


@pytest.mark.parametrize(("cue", "text"), COUNTER_CUES)
def test_no_counterexample_of_a_cue_has_its_moment(cue: Cue, text: str) -> None:
    assert not any(cue.when == one.when and cue.kinds & {*one.kinds} for one in of(text).moments)


def test_every_kind_has_its_usual_moments_and_a_duty_is_never_only_for_reading() -> None:
    assert set(usual()) == set(KINDS)
    assert [kind for kind, one in usual().items() if (When.INFO in one) != KINDS[kind].shown_only] == []


@pytest.mark.parametrize(("_", "text"), [*CLUES, *CUES])
def test_what_is_set_is_what_an_annex_file_may_have(_: object, text: str) -> None:
    understood = of(text)
    assert read_parameters(parameters(understood), [one.kind for one in understood.kinds])[1] == []
    assert all(one.name in PARAMETERS for one in understood.settings)


@pytest.mark.parametrize(("_", "text"), [*CLUES, *CUES])
def test_every_setting_and_moment_has_words_of_the_text_and_a_confidence(_: object, text: str) -> None:
    understood = of(text)
    said: list[Setting | Moment] = [*understood.settings, *understood.moments]
    for one in said:
        assert 0 < one.confidence <= 1
        assert one.evidence
        assert all(text[words.start : words.end] == words.words for words in one.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "甲は、資料を渡した日から10日以内に、その写しを乙に返還する。",
        "この契約において「速やかに」とは、3日以内をいう。",
        "前項の費用は、30日以内に甲が負担する。",
        "本日の献立は、カレーライスです。",
        "",
    ],
)
def test_what_asks_nothing_of_the_vendor_sets_nothing_and_has_no_moment(text: str) -> None:
    assert of(text).settings == ()
    assert whens(text) == ["info"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("この特記事項において「資料」とは、甲が乙に渡した書類をいう。", "用語の意味を定めるものです。"),
        ("甲は、乙に渡す名簿を施錠できる保管庫に保管しなければならない。", "発注者が行うことです。"),
        ("ただし、甲が自ら公表した情報については、この限りでない。", "例外を定めるものです。"),
        ("乙が作成したデータの所有権は、甲に帰属する。", "権利の帰属を定めるものです。"),
        ("研修に要する経費は、乙の負担とする。", "費用の負担を定めるものです。"),
        ("乙は、個人情報の重要性を深く認識するものとする。", "心構えを述べるものです。"),
    ],
)
def test_why_nothing_is_asked_is_said_where_the_words_say_it(text: str, said: str) -> None:
    assert of(text).silent == said


@pytest.mark.parametrize(
    "text",
    [
        "乙は、床を赤い布で拭くものとする。",
        "この特記事項において「資料」とは、書類をいう。乙は、資料を赤い箱に入れるものとする。",
        "本日の献立は、カレーライスです。",
        "",
    ],
)
def test_nothing_found_is_not_said_to_be_nothing_asked(text: str) -> None:
    assert of(text).kinds == ()
    assert of(text).silent == ""


def test_what_asks_something_is_never_silent() -> None:
    assert all(of(text).silent == "" for _, text in CLUES)
    assert all(one.said.endswith("。") for one in reasons())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("個人情報の保護に関する法律(平成15年法律第57号)", []),
        ("第7条第2項の規定により、令和8年4月1日から", []),
        ("別記様式第3号により", []),
        ("30日以内に、第5条の報告を", ["30"]),
        ("三年間保存し、毎月1回", ["三", "1"]),
        ("第三者に、第一報を第2段階で", ["三", "一", "2"]),
    ],
)
def test_numbers_of_acts_clauses_and_days_are_no_parameters(text: str, left: list[str]) -> None:
    found = struck(text)
    assert len(found) == len(text)
    assert re.findall("[0-9一二三]+", found) == left


def test_a_reading_is_understood_paragraph_by_paragraph_and_items_with_their_leads() -> None:
    reading = split(
        "個人情報取扱特記事項\n"
        "第1条　乙は、甲の承諾なしに、資料を複写してはならない。\n"
        "第2条　乙は、次に掲げる事項を、業務を始める前に甲に届け出なければならない。\n"
        "(1)　個人情報を取り扱う責任者の氏名\n"
        "(2)　作業場所の所在地\n"
    )
    found = understand_reading(reading)
    assert len(found) == len(reading.paragraphs)
    by_number = {
        one.number: [kind.kind for kind in understood.kinds]
        for one, understood in zip(reading.paragraphs, found, strict=True)
    }
    assert [kinds for kinds in by_number.values() if kinds] == [
        ["copy-approval"],
        ["responsible-person"],
        ["work-location"],
    ]


ANNEX = (
    "個人情報取扱特記事項\n"
    "第1条　乙は、個人情報を取り扱う責任者を定め、書面で甲に届け出なければならない。\n"
    "2　乙は、前項の規定により届け出た事項に変更が生じたときは、直ちに甲に届け出なければならない。\n"
    "第2条　乙は、甲の承諾なしに、資料を複写してはならない。\n"
    "2　乙は、前項の手続が変更されたときは、甲の指示を待つものとする。\n"
)


def test_what_was_reported_above_and_has_changed_has_the_kinds_of_what_stands_before_it() -> None:
    first, change, copying, other = understand_reading(split(ANNEX))
    assert [one.kind for one in first.kinds] == [one.kind for one in change.kinds] == ["responsible-person"]
    assert [one.when for one in change.moments] == ["on-change"]
    assert [one.value for one in change.settings if one.name == "urgency"] == ["直ちに"]
    assert [one.kind for one in copying.kinds] == ["copy-approval"]
    assert "copy-approval" not in [one.kind for one in other.kinds]


def test_the_change_of_what_another_document_reports_is_not_taken_for_one_of_this() -> None:
    prepared = prepare(
        Paragraph("乙は、前項の事項を変更したときは、甲に届け出る。", client="甲", vendor="乙")
    )
    assert changed(prepared, ()) == {}
    assert set(changed(prepared, ("work-location", "secrecy"))) == {"work-location"}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("5", 5),
        ("30", 30),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("二十五", 25),
        ("百二十", 120),
        ("何", 0),
    ],
)
def test_a_number_is_read_in_digits_and_in_kanji(said: str, value: int) -> None:
    assert number(said) == value


@pytest.mark.parametrize(
    ("said", "days"), [("3日", 3), ("二週間", 14), ("24時間", 1), ("25時間", 2), ("72時間", 3), ("十日", 10)]
)
def test_hours_are_rounded_up_to_days_and_a_week_is_seven(said: str, days: int) -> None:
    found = of(f"乙は、事故が発生したときは、{said}以内に甲に報告しなければならない。").settings
    assert [one.value for one in found if one.name == "within_days"] == [days]


LISTED = [(listing, text) for listing in listings() for text in listing.examples]
NOT_LISTED = [(listing, text) for listing in listings() for text in listing.counter]


@pytest.mark.parametrize(("listing", "text"), LISTED)
def test_each_example_of_a_list_has_its_members(listing: Listing, text: str) -> None:
    found = [one for one in of(text).settings if one.name == listing.name]
    assert found
    assert all(words in text for one in found if isinstance(one.value, list) for words in map(str, one.value))


@pytest.mark.parametrize(("listing", "text"), NOT_LISTED)
def test_a_counterexample_of_a_list_has_none(listing: Listing, text: str) -> None:
    assert [one.value for one in of(text).settings if one.name == listing.name] == []


def test_a_list_has_each_of_its_members_in_the_words_and_the_order_of_the_text() -> None:
    text = "乙は、従事者の氏名、所属及び担当する業務を記載した名簿を甲に提出しなければならない。"
    (items,) = [one for one in of(text).settings if one.name == "items"]
    assert items.value == ["氏名", "所属", "担当する業務"]


def items(text: str, **context: str) -> dict[str, Json]:
    """The items of each kind."""
    return {one.kind: one.value for one in of(text, **context).settings if one.name == "items"}


@pytest.mark.parametrize(
    "below",
    [
        "(1)氏名 (2)所属 (3)担当する業務",
        "①氏名。②所属。③担当する業務。",
        "（ア）氏名\n（イ）所属\n（ウ）担当する業務",
    ],
)
def test_items_below_a_sentence_that_announces_them_are_what_the_paper_carries(below: str) -> None:
    text = f"乙は、次に掲げる事項を記載した従事者の名簿を甲に提出しなければならない。{below}"
    assert list(items(text).values()) == [["氏名", "所属", "担当する業務"]]


@pytest.mark.parametrize(
    "below", ["(1)氏名", "(1)従事者を監督すること。(2)名簿を提出すること。", "(1)名簿を閲覧に供する。(2)氏名"]
)
def test_one_item_alone_and_acts_below_a_sentence_are_no_list(below: str) -> None:
    assert items(f"乙は、次に掲げる事項を記載した従事者の名簿を甲に提出しなければならない。{below}") == {}


def test_an_item_by_itself_has_what_its_lead_announces() -> None:
    lead = "乙は、次に掲げる事項を、着手の一週間前までに甲に届け出なければならない。"
    assert items("個人情報保護責任者の氏名及び職", lead=lead) == {"responsible-person": ["氏名", "職"]}
    assert items("情報を取り扱う責任者を定めること。", lead=lead) == {}


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("処理した枚数、日付、作業をした人の名前", ["処理した枚数", "日付", "作業をした人の名前"]),
        ("廃棄の日時(終えた時刻をいう。)、方法及び担当者名", ["廃棄の日時", "方法", "担当者名"]),
        ("翌日までに廃棄の日時及び方法", ["廃棄の日時", "方法"]),
    ],
)
def test_members_are_whole_and_without_what_only_leads_to_them(listed: str, found: list[str]) -> None:
    text = f"乙は、資料を廃棄したときは、{listed}を記載した証明書を甲に提出しなければならない。"
    assert items(text).get("disposal-certificate", items(text).get("")) == found


def test_brackets_behind_a_paper_list_what_it_carries_and_no_other_brackets_do() -> None:
    told = "乙は、従事者の名簿({})を甲に提出しなければならない。"
    assert items(told.format("氏名、所属及び連絡先")) == {"worker-list": ["氏名", "所属", "連絡先"]}
    for other in ("以下「名簿、台帳」という。", "臨時の者、派遣の者を含む。", "様式第1号"):
        assert items(told.format(other)) == {}


def test_a_report_in_a_later_sentence_makes_two_stages() -> None:
    text = "乙は、事故が発生したときは、直ちに甲に電話しなければならない。その後、報告書を提出する。"
    found = {one.name: one.value for one in of(text).settings}
    assert (found["stages"], found["by_word"]) == (2, True)


def test_a_certificate_is_about_what_the_same_sentence_has_disposed_of() -> None:
    text = "乙は、電子データを消去し、消去した日及び方法を記載した証明書を甲に提出しなければならない。"
    media = [one for one in of(text).settings if one.name == "media"]
    assert [(one.kind, one.value) for one in media] == [("", ["電子データ"])]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("乙は、個人情報を、第三者に提供し、又は目的外に利用してはならない。", ["none"]),
        ("乙は、甲の承諾なしに、個人情報を目的外に利用してはならない。", ["approval"]),
        (
            "乙は、個人情報を目的外に利用してはならない。ただし、その都度甲の承諾を得たときは、この限りでない。",
            ["approval-each"],
        ),
    ],
)
def test_a_ban_that_a_proviso_lifts_is_not_absolute(text: str, told: list[str]) -> None:
    assert [one.value for one in of(text).settings if one.name == "exception"] == [told]


def test_what_is_said_of_one_act_is_not_said_of_the_next() -> None:
    text = "乙は、業務が終わったときは、資料を10日以内に甲に返還し、データを消去しなければならない。"
    found = {one.kind: one.value for one in of(text).settings if one.name == "within_days"}
    assert found == {"return": 10}


def test_moments_keep_what_they_reached_on_the_half_they_were_made_with() -> None:
    """Nine in ten of the moments that are said are right, and nine in ten of those asked are said."""
    right = wrong = missed = 0
    for one in TUNING:
        found = understand(Paragraph(one["text"], **one["context"]))
        if {kind.kind for kind in found.kinds} & set(one["kinds"]):
            said, asked = {moment.when for moment in found.moments}, set(one["when"])
            right += len(said & asked)
            wrong += len(said - asked)
            missed += len(asked - said)
    assert right >= 9 * wrong
    assert right >= 9 * missed


@pytest.mark.parametrize(
    "text", ["乙は、責任者を変更するときは、甲に通知する。", "乙は、作業場所を甲に届け出る。"]
)
def test_a_moment_is_never_surer_than_the_kinds_that_bring_it(text: str) -> None:
    prepared = prepare(Paragraph(text, client="甲", vendor="乙"))
    found = hits(prepared)
    doubtful = tuple(Proposal(kind, 0.3, ()) for kind in found)
    brought = moments(prepared, found, doubtful)
    assert brought
    assert {one.confidence for one in brought} == {0.3}


@pytest.mark.parametrize(
    "ending",
    [
        *(
            "の提出を必要としない。",
            "の提出を要しない。",
            "の提出を省略することができる。",
            "の提出を免除される。",
        ),
        *("を提出しなくてもよい。", "の提出を求められない。", "の提出については、この限りでない。"),
    ],
)
def test_what_need_not_be_done_is_no_duty(ending: str) -> None:
    assert of(f"乙は、従事者名簿{ending}").kinds == ()


@pytest.mark.parametrize(
    "ending",
    [
        "提出しなければならないが、写しは添えなくてもよい。",
        "提出するものとし、写しの提出を要しない。",
        "提出することとするが、様式は問わないことができる。",
        "提出しますが、写しを付ける必要はない。",
    ],
)
def test_an_end_that_waives_something_else_takes_no_duty_away(ending: str) -> None:
    found = of(f"乙は、従事者名簿を作成し、甲に{ending}")
    assert [one.kind for one in (*found.kinds, *found.offered)] == ["worker-list"]
    assert found.silent == ""


def test_what_is_asked_before_a_sentence_of_what_need_not_be_done_is_a_duty() -> None:
    text = "乙は、従事者名簿を作成し、甲に提出しなければならない。ただし、変更がない年度は提出を要しない。"
    assert [one.kind for one in of(text).kinds] == ["worker-list"]
