"""What a paragraph asks is understood by its words; what asks nothing of the vendor never becomes a duty."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.folded import CLIENT, VENDOR, fold
from app.annexes.reading.understanding.prepared import Paragraph, prepare
from app.annexes.reading.understanding.proposing import Proposal, headings, hits, weigh
from app.annexes.reading.understanding.rules import Rule, rules
from app.annexes.reading.understanding.sentences import sentences
from app.annexes.reading.understanding.understood import understand
from app.annexes.reading.understanding.wording import wording

TUNING = Path(__file__).parent / "labelled" / "tuning.toml"
EXAMPLES = [(rule.kind, text) for rule in rules() for text in rule.examples]
COUNTER = [(rule.kind, text) for rule in rules() for text in rule.counter]


def read(text: str, **context: str) -> Paragraph:
    return Paragraph(text, client="甲", vendor="乙", **context)


def propose(paragraph: Paragraph) -> tuple[Proposal, ...]:
    return understand(paragraph).kinds


def kinds(text: str, **context: str) -> list[str]:
    return [found.kind for found in propose(read(text, **context))]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_each_example_of_a_pattern_is_of_its_kind(kind: str, text: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(("kind", "text"), COUNTER)
def test_no_counterexample_of_a_pattern_is_of_its_kind(kind: str, text: str) -> None:
    assert kind not in kinds(text)


def test_every_kind_has_patterns_and_a_heading() -> None:
    assert {rule.kind for rule in rules()} == set(KINDS) == set(headings())


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.kind)
def test_a_pattern_matches_an_example_itself(rule: Rule) -> None:
    """One that only others save would stand there for nothing."""
    folded = [fold(text, "甲", "乙").text for text in rule.examples]
    assert any(rule.found(sentence) for text in folded for sentence in sentences(text, wording()))


@pytest.mark.parametrize(
    "text",
    [
        "この特記事項において「複写」とは、資料を複写し、又は撮影することをいう。",
        "甲は、乙に渡す名簿を施錠できる保管庫に保管しなければならない。",
        "甲は、漏えいの事故を知ったときは、直ちに乙に通知しなければならない。",
        "甲が、資料を廃棄し、その証明書を作成する。",
        "乙が作成したデータの所有権は、甲に帰属する。",
        "監査及び研修に要する経費は、乙の負担とする。",
        "ただし、甲が自ら公表した情報については、この限りでない。",
        "乙は、自社の実績として業務の名称を公表することができる。",
    ],
)
def test_what_asks_nothing_of_the_vendor_is_no_duty(text: str) -> None:
    assert [kind for kind in kinds(text) if not KINDS[kind].shown_only] == []


def test_evidence_stands_in_the_text_as_printed() -> None:
    text = "乙は、個人情報を、 甲の承\n諾なしに複\u200b写し、又はＵＳＢへ複製しては\nならない。"
    (found,) = propose(read(text))
    assert found.kind == "copy-approval"
    assert all(text[one.start : one.end] == one.words for one in found.evidence)
    assert any("複\u200b写" in one.words for one in found.evidence)


def test_an_item_is_read_with_its_lead_and_its_words_are_its_own() -> None:
    lead = "乙は、次に掲げる事項を、業務を始める前に甲に届け出なければならない。"
    (found,) = propose(read("個人情報を取り扱う責任者の氏名", lead=lead))
    assert found.kind == "responsible-person"
    assert [one.words for one in found.evidence] == ["責任者の氏名"]
    assert kinds("個人情報を取り扱う責任者の氏名", lead="甲は、次に掲げる事項を乙に通知する。") == []


def test_a_heading_that_agrees_makes_surer_and_none_makes_a_duty() -> None:
    read_both = [
        prepare(read("乙は、資料の写しを要するときは、甲に申し出る。", heading=one))
        for one in ("", "複写の禁止")
    ]
    plain, agreed = (weigh(one, hits(one), {"copy-approval": 0.2}).sure["copy-approval"] for one in read_both)
    assert agreed > plain
    assert kinds("その他必要な事項は、別に示す。", heading="複写の禁止") == []


def test_the_parties_words_are_one_sign_each_however_long() -> None:
    folded = fold("受託者等は、 市長 に報告する。", "市長", "受託者等")
    assert folded.text == f"{VENDOR}は、{CLIENT}に報告する。"
    assert folded.printed(0, 1) == (0, 4)
    assert folded.printed(3, 4) == (7, 9)


@pytest.mark.parametrize(
    "text", ["", "。", "、、、。。", "\u200b\n", "本日の献立は、カレーライスです。", "乙" * 5000]
)
def test_what_is_no_clause_gives_nothing(text: str) -> None:
    assert propose(read(text)) == ()


def test_the_patterns_keep_what_they_reached_on_the_half_they_were_made_with() -> None:
    """Nine in ten of what is proposed is right there, and nine in ten of what is asked is found."""
    right = wrong = missed = 0
    for entry in tomllib.loads(TUNING.read_text(encoding="utf-8"))["paragraph"]:
        found = {one.kind for one in propose(Paragraph(entry["text"], **entry["context"]))}
        right += len(found & set(entry["kinds"]))
        wrong += len(found - set(entry["kinds"]))
        missed += len(set(entry["kinds"]) - found)
    assert right >= 9 * wrong
    assert right >= 9 * missed


@pytest.mark.parametrize("comma", ["、", "，", ","])
def test_a_comma_of_any_width_parts_a_sentence(comma: str) -> None:
    text = f"乙は{comma}知り得た個人情報を他人に知らせ{comma}又は不当な目的に使用してはならない。"
    assert kinds(text) == ["secrecy", "purpose-limit"]
    assert fold("1,200部", "", "").text == "1,200部"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("業務責任者及びその責任の範囲", "responsible-person"),
        ("業務従事者及びその作業の範囲", "worker-list"),
        ("作業場所及びデータの保管場所", "work-location"),
    ],
)
def test_a_noun_under_a_lead_that_has_it_reported_is_a_duty(text: str, kind: str) -> None:
    lead = "乙は、甲に対して次に掲げる事項をあらかじめ届け出なければならない。変更があったときも同様とする。"
    assert kind in kinds(text, lead=lead)
    assert kinds(text, lead="甲は、乙に対して次に掲げる事項を通知するものとする。") == []
