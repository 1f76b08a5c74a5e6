"""A second opinion on the kinds of a paragraph says how sure they are, and finds what no pattern does."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.opinion.network import Network, Numbers, network, packed, unpacked
from app.annexes.reading.understanding.opinion.second import by_sentence, fingerprint, leading, opinions
from app.annexes.reading.understanding.opinion.signs import USUAL, Signs, read_text, signs
from app.annexes.reading.understanding.opinion.terms import terms, words
from app.annexes.reading.understanding.opinion.weighing import HIGHEST, LOWEST, Grounds, confidence
from app.annexes.reading.understanding.prepared import Paragraph, prepare
from app.annexes.reading.understanding.proposing import OFFERED, TAKEN, hits, of_the_client, weigh
from app.annexes.reading.understanding.silence import silence
from app.annexes.reading.understanding.understood import understand

LABELLED = Path(__file__).parent / "labelled"


def read(text: str, **context: str) -> Paragraph:
    return Paragraph(text, client="甲", vendor="乙", **context)


def entries(name: str) -> list[dict[str, object]]:
    held: list[dict[str, object]] = tomllib.loads((LABELLED / name).read_text(encoding="utf-8"))["paragraph"]
    return held


def teaching() -> list[tuple[Paragraph, list[str]]]:
    """What `train-reader` learns from: all labelled paragraphs that are not for checking."""
    known = {path.name for path in LABELLED.glob("*.toml")} - {"checking.toml"}
    found = [one for name in known for one in entries(name)]
    made = [(Paragraph(one["text"], **one["context"]), one["kinds"]) for one in found]  # type: ignore[arg-type]
    lessons = [
        tomllib.loads(one.read_text(encoding="utf-8")) for one in (LABELLED / "lessons").glob("*.toml")
    ]
    for hand in (hand for one in lessons for hand in one["hand"]):
        context = {name: hand.get(name, "") for name in ("lead", "client", "vendor")}
        made += [
            (Paragraph(text, *heading, **context), kinds.split())
            for kinds, text, *heading in hand["paragraphs"]
        ]
    return made  # type: ignore[return-value]


def test_the_second_opinion_makes_surer() -> None:
    prepared = prepare(read("乙は、甲の承諾なしに、資料を複写してはならない。"))
    found = hits(prepared)
    assert list(found) == ["copy-approval"]
    told = [weigh(prepared, found, {"copy-approval": one}).sure for one in (0.1, 0.3, 0.6)]
    assert told[0]["copy-approval"] < told[1]["copy-approval"] < told[2]["copy-approval"]


def test_what_no_pattern_finds_is_proposed_where_its_words_leave_no_doubt_and_else_offered() -> None:
    prepared = prepare(read("乙は、甲の承諾なしに、資料を複写してはならない。"))
    surest = weigh(prepared, {}, {"copy-approval": 0.99})
    assert list(surest.found) == ["copy-approval"]
    assert surest.found["copy-approval"][0].spans
    steps = [weigh(prepared, {}, {"copy-approval": at / 100}) for at in range(100)]
    assert any(OFFERED <= one.sure.get("copy-approval", 0) < TAKEN and one.offered for one in steps)
    assert weigh(prepared, {}, {"copy-approval": 0.001}).sure == {}


@pytest.mark.parametrize(
    "text",
    [
        "この特記事項において「複写」とは、資料を複写し、又は撮影することをいう。",
        "甲は、乙に渡す名簿を施錠できる保管庫に保管しなければならない。",
        "乙が作成したデータの所有権は、甲に帰属する。",
        "ただし、甲が自ら公表した情報については、この限りでない。",
    ],
)
def test_a_definition_and_the_clients_own_duty_never_become_one_by_their_words(text: str) -> None:
    weighed = weigh(prepare(read(text)), {}, dict.fromkeys(KINDS, 0.99))
    assert not {*weighed.found, *weighed.offered} - of_the_client()


def test_what_the_second_opinion_takes_for_a_duty_is_not_said_to_be_none() -> None:
    prepared = prepare(read("甲は、乙に渡す名簿を保管する。"))
    assert silence(prepared, {"secrecy": 0.11}) != ""
    assert silence(prepared, {"secrecy": 0.12}) == ""


def test_the_second_opinion_knows_the_kinds_of_this_program_and_says_the_same_each_time() -> None:
    prepared = prepare(read("乙は、従事者の名簿を甲に提出しなければならない。"))
    assert set(network().numbers.kinds) == set(KINDS)
    first = opinions(prepared)
    assert first == opinions(prepared)
    assert max(first, key=first.__getitem__) == "worker-list"
    assert opinions(prepare(Paragraph(""))) is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "受け持ちの方が辞めるときは、知ったことを口にしない旨の紙に名前を書かせ、腕章を返させる。",
            "retirement-secrecy",
        ),
        ("名簿の焼き増しは、甲の許しを得た枚数に限る。", "copy-approval"),
        ("破砕は、甲の係の方に見届けていただきながら進めてください。", "witness"),
        ("ほかの業者に仕事を振るのは、甲から書面で許可を得た後にしてください。", "subcontract-approval"),
    ],
)
def test_other_words_for_a_duty_are_found_with_the_words_that_led_to_it(text: str, kind: str) -> None:
    found = {one.kind: one for one in understand(read(text)).kinds}
    assert kind in found
    assert found[kind].evidence
    assert all(text[one.start : one.end] == one.words for one in found[kind].evidence)


@pytest.mark.parametrize(
    "text",
    [
        "乙は、次に掲げる事項を、業務を始める前に甲に届け出なければならない。",
        "乙は、次の各号に掲げる書類を甲に提出するものとする。",
    ],
)
def test_a_sentence_that_leads_to_items_asks_for_nothing_by_its_words_alone(text: str) -> None:
    weighed = weigh(prepare(read(text)), {}, dict.fromkeys(KINDS, 0.99))
    assert not weighed.found
    item = weigh(prepare(read("作業場所の所在地", lead=text)), {}, {"work-location": 0.99})
    assert list(item.found) == ["work-location"]


def test_the_longest_word_counts_and_hides_what_stands_within_it() -> None:
    assert [one.ideas for one in terms("プログラム")] == [("software",)]
    assert [one.ideas[0] for one in terms("秘密保持契約")] == ["oath"]
    found = terms("資料を複写し、鍵を掛ける")
    assert [(one.start, one.end) for one in found][:2] == [(0, 2), (3, 5)]
    assert terms("") == []


def test_a_word_of_which_the_last_character_changes_is_known_in_each_form() -> None:
    assert words()["渡し"] == words()["渡さ"] == words()["渡す"]
    assert not any("[" in one or "]" in one for one in words())


def test_the_same_words_count_apart_for_client_and_vendor_and_where_they_only_tell() -> None:
    vendor, client, told = (
        set(signs(prepare(read(text))).sorts[2])
        for text in (
            "乙は、資料を廃棄する。",
            "甲は、資料を廃棄する。",
            "廃棄とは、資料を廃棄することをいう。",
        )
    )
    assert not vendor & client
    assert not vendor & told


def test_a_confidence_rises_with_each_ground_and_stays_within_its_bounds() -> None:
    weighing = network().numbers.weighing
    plain = Grounds(0.3, 0.0, several=False, headed=False)
    assert confidence(plain, weighing) < confidence(Grounds(0.3, 0.9, several=False, headed=False), weighing)
    assert confidence(plain, weighing) < confidence(Grounds(0.3, 0.0, several=False, headed=True), weighing)
    assert confidence(Grounds(0.0, 0.0, several=False, headed=False), weighing) == LOWEST
    assert confidence(Grounds(1.0, 0.99, several=True, headed=True), weighing) == HIGHEST


def small(rows: dict[int, list[int]], kinds: tuple[str, ...] = ("oath", "law")) -> Numbers:
    return Numbers("abc", kinds, 0.5, (0.25, -1.0), ((1.0, -2.0), (0.5, 4.0)), (-3.0, 0.125), (2.0,), rows)


def test_a_network_comes_back_as_it_was_packed() -> None:
    rows = {7: [-128, 127], 4_294_967_295: [3, -1]}
    back = unpacked(packed(small(rows)))
    assert {sign: list(row) for sign, row in back.rows.items()} == rows
    assert replace(back, rows=rows) == small(rows)


def test_what_signs_say_adds_up_and_a_hidden_number_below_nothing_says_nothing() -> None:
    held = Network(unpacked(packed(small({1: [4, -8], 2: [-2, 20], 3: [-9, -9]}))))
    once = Signs(((1,), (), ()))
    worth = once.worth[0]
    first = 0.25 + worth * 0.5 * 4
    assert held.values(once) == pytest.approx({"oath": -3 + first, "law": 0.125 - 2 * first}, abs=0.01)
    both = Signs(((1, 2, 99), (), ()))
    first, second = 0.25 + both.worth[0] * 0.5 * 2, -1 + both.worth[0] * 0.5 * 12
    assert held.values(both) == pytest.approx(
        {"oath": -3 + first + 0.5 * second, "law": 0.125 - 2 * first + 4 * second}, abs=0.01
    )
    assert held.values(Signs(((3,), (), ()))) == pytest.approx({"oath": -3.0, "law": 0.125})
    assert held.towards(once, "law") == [-2.0, 0.0]
    assert held.speaks(1, [-2.0, 0.0]) == -8.0
    assert held.speaks(99, [-2.0, 0.0]) == 0


def test_a_very_long_paragraph_does_not_run_over() -> None:
    rows = {at: [127, -128] for at in range(20_000)}
    held = Network(small(rows))
    long = Signs((tuple(rows), (), ()))
    first = 0.25 + long.worth[0] * 0.5 * 127 * 20_000
    assert held.values(long)["law"] == pytest.approx(0.125 - 2 * first, rel=0.01)


def test_a_network_for_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="tea-making"):
        unpacked(packed(small({}, ("oath", "tea-making"))))


def test_words_that_speak_for_a_kind_lead_to_it_and_words_of_the_moment_never_do() -> None:
    text = "乙は、あらかじめ名簿を提出し、記録媒体は復元できない方法で破壊しなければならない。"
    prepared = prepare(read(text))
    spans = leading(prepared, [0], "disposal")[0]
    assert any(prepared.folded.text[start:end] in ("復元できない", "破壊") for start, end in spans)
    assert all(
        prepared.folded.text[start:end] not in ("あらかじめ", "なければならない") for start, end in spans
    )


def test_a_sign_counts_for_less_where_there_are_many() -> None:
    few = signs(prepare(read("資料を複写してはならない。")))
    many = signs(prepare(read("資料を複写してはならない。" * 3 + "名簿を提出し、鍵を掛け、研修を行う。")))
    assert len(few.worth) == len(few.sorts) == len(USUAL)
    assert all(less < more for less, more in zip(many.worth, few.worth, strict=True))
    assert signs(prepare(Paragraph(""))).worth[2] == 0.0


def test_the_second_opinion_was_learned_from_the_paragraphs_of_today() -> None:
    """After other labelled paragraphs: ``python dev.py train-reader``."""
    assert network().numbers.source == fingerprint(
        (read_text(prepare(paragraph)), kinds) for paragraph, kinds in teaching()
    )


def test_a_duty_in_plain_words_is_found_beside_others() -> None:
    notice = "乙は、個人情報の漏えいが起きたことを知ったときは、直ちに甲に報告しなければならない。"
    roster = "乙は、従事者の名簿を業務を始める前に甲に提出しなければならない。"
    both = understand(read(notice + roster, heading="事故の報告"))
    sure = {one.kind: one.confidence for one in both.kinds}
    assert set(sure) == {"incident-notice", "worker-list"}
    prepared = prepare(read(notice + roster, heading="事故の報告"))
    whole = opinions(prepared)
    assert by_sentence(prepared, whole)["worker-list"] > whole["worker-list"]
    alone = prepare(read(roster))
    assert by_sentence(alone, opinions(alone)) == opinions(alone), "one sentence is all there is"


def test_a_lead_names_an_occasion_and_not_what_its_items_ask() -> None:
    lead = "乙は、甲の許可を受けて作業を下請けに出すときは、次の各号を守らなければならない。"
    found = understand(read("その者が情報を守っているかを半年ごとに確かめること。", lead=lead))
    assert [one.kind for one in found.kinds] == ["subcontract-flowdown"]


def test_what_is_waived_speaks_for_nothing_beside_it() -> None:
    found = understand(read("乙は、誓約書の提出は不要とするが、従事者に研修を受けさせること。"))
    kinds = {one.kind for one in found.kinds}
    assert "training" in kinds
    assert "oath" not in kinds


def test_what_the_client_may_have_of_the_vendor_is_asked_of_the_vendor() -> None:
    right = understand(read("甲は、乙に対し、従事者の誓約書の提出を求めることができる。"))
    assert "oath" in {one.kind for one in right.kinds}
    own = understand(read("甲は、乙から提出された従事者の誓約書を5年間保管する。"))
    assert own.kinds == ()
