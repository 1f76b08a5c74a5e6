"""What a person decides of a reading, and the annex that comes of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.annexes.files.annex_file import parse, read_table
from app.annexes.files.text import text_of_table
from app.annexes.reading.reader import read
from app.annexes.reading.review.beginning import again, begin
from app.annexes.reading.review.cutting import merge, split
from app.annexes.reading.review.deciding import (
    accept,
    call,
    choose_kinds,
    choose_moments,
    describe,
    reopen,
    set_aside,
    set_value,
    turn,
)
from app.annexes.reading.review.drafting import UNASKED, UNFOUND, UNSURE, draft, faults
from app.annexes.reading.review.forms import prescribed, with_oath, without_oath, wording
from app.annexes.reading.review.kept import left_open, read_back, written
from app.annexes.reading.review.model import SURE, Review, State
from app.annexes.reading.review.order import by_doubt, next_open
from app.annexes.reading.review.owed import counted, owed
from app.annexes.reading.understanding.moments import Moment
from app.annexes.reading.understanding.parameters.settings import Setting
from app.annexes.reading.understanding.prepared import Evidence
from app.annexes.reading.understanding.proposing import Proposal
from app.annexes.reading.understanding.understood import Understanding
from app.common import PeopleError
from app.records import OwnAnnex
from app.records.spelling.unseen import cleaned

TEXT = """個人情報の取扱いに関する覚え書

第１条（秘密の保持）
　受注者は、業務で知った個人情報を他人に知らせてはならない。契約が終わった後も同じとする。
第２条（複写）
　受注者は、発注者の書面による承諾を得ないで個人情報を複写してはならない。
第３条（その他）
　発注者と受注者は、定めのないことを話し合って決めるものとする。
第４条（事故）
　受注者は、個人情報の事故を知ったときは、直ちに発注者に報告しなければならない。
"""


def _words(text: str, words: str) -> tuple[Evidence, ...]:
    at = text.index(words)
    return (Evidence(at, at + len(words), words),)


def _understood(
    *kinds: Proposal, when: str = "", settings: Sequence[Setting] = (), silent: str = ""
) -> Understanding:
    moments = (Moment(when, 0.9, ()),) if when else ()
    return Understanding(kinds, moments, tuple(settings), silent)


def _review() -> Review:
    reading = read(TEXT)
    texts = [one.text for one in reading.paragraphs]
    understood = [
        _understood(
            Proposal("secrecy", 0.95, _words(texts[0], "他人に知らせてはならない")),
            Proposal("retirement-secrecy", 0.6, _words(texts[0], "契約が終わった後も")),
            when="standing",
        ),
        _understood(
            Proposal("copy-approval", SURE, _words(texts[1], "承諾を得ないで")),
            when="each-time",
            settings=[
                Setting("", "written", True, 0.9, _words(texts[1], "書面による")),
                Setting("copy-approval", "no-such-parameter", True, 0.9, ()),
                Setting("audit", "written", True, 0.9, ()),
            ],
        ),
        _understood(),
        _understood(Proposal("incident-notice", 0.95, ()), when="on-incident"),
    ]
    return begin(reading, understood)


def test_what_is_sure_is_ticked_and_what_is_doubtful_is_not() -> None:
    review = _review()
    assert review.items[0].kinds == ("secrecy",)
    assert [pick.kind for pick in review.items[0].picks if not pick.ticked] == ["retirement-secrecy"]
    assert review.items[1].kinds == ("copy-approval",), "as sure as is needed is sure"


def test_what_is_set_holds_for_the_kinds_to_which_it_belongs() -> None:
    assert [(one.kind, one.name) for one in _review().items[1].details] == [("copy-approval", "written")]


def test_the_product_understands_a_reading_by_itself() -> None:
    assert begin(read(TEXT)).items[3].kinds == ("incident-notice",)


def test_what_is_only_possible_is_offered_and_leaves_the_paragraph_open() -> None:
    reading = read(TEXT)
    possible = Understanding((), (), (), "", (Proposal("audit", 0.2, ()),))
    review = begin(reading, [possible] * len(reading.paragraphs))
    assert review.items[0].offered == ("audit",)
    assert review.items[0].kinds == ()
    assert review.items[0].state is State.NOTHING
    assert turn(review, 0, "audit").items[0].kinds == ("audit",)
    assert merge(review, 0).items[0].offered == ("audit",)
    assert read_back(written(review)) == review


def test_a_paragraph_in_which_nothing_was_found_has_yet_to_be_looked_at() -> None:
    review = _review()
    assert review.items[2].state is State.NOTHING
    assert review.open == (0, 2)
    review = accept(accept(review, 0), 2)
    assert review.open == ()


def test_what_the_reader_gives_a_reason_for_asks_nobody() -> None:
    reading = read(TEXT)
    review = begin(reading, [_understood(silent="定義です。")] * len(reading.paragraphs))
    assert review.open == ()
    assert all(item.state is State.PROPOSED for item in review)


def test_the_annex_of_a_review_is_read_without_faults_and_keeps_the_numbers() -> None:
    review = _review()
    table = draft(review, "oboegaki", "覚え書")
    text = text_of_table(table)
    annex = read_table(parse(text, "覚え書"), text, "覚え書")
    assert [clause.number for clause in annex.clauses] == ["第1条", "第2条", "第3条", "第4条"]
    assert annex.clause("第1条").kinds == ("secrecy",)
    assert annex.clause("第2条").asks("copy-approval").written
    assert annex.clause("第3条").summary == UNFOUND
    assert annex.part().words["vendor"] == "受注者"


def test_a_clause_of_which_nobody_said_anything_never_says_that_it_asks_for_nothing() -> None:
    review = turn(_review(), 0, "secrecy")
    unsure = begin(read(TEXT), [_understood(Proposal("secrecy", 0.5, ()))] * 4)
    assert draft(unsure, "a", "覚え書")["clause"][0]["summary"] == UNSURE
    assert draft(review, "a", "覚え書")["clause"][0]["summary"] == UNSURE, "another kind is not sure"
    assert draft(accept(review, 0), "a", "覚え書")["clause"][0]["summary"] == UNASKED


def test_the_wording_of_the_text_stands_in_no_annex() -> None:
    review = _review()
    text = text_of_table(draft(review, "oboegaki", "覚え書"))
    assert all(item.text[:20] not in text for item in review)
    assert review.texts()["第2条"].startswith("受注者は、発注者の書面による")


def test_a_kind_that_is_chosen_and_one_that_is_dropped_change_the_paragraph() -> None:
    review = turn(_review(), 0, "retirement-secrecy")
    assert review.items[0].kinds == ("secrecy", "retirement-secrecy")
    assert review.items[0].state is State.CHANGED
    review = choose_kinds(review, 0, ["audit"])
    assert review.items[0].kinds == ("audit",)
    assert len(review.items[0].picks) == 3, "what was proposed stays to be ticked again"
    assert accept(review, 0).items[0].state is State.CHANGED
    assert reopen(review, 0).items[0].state is State.PROPOSED


def test_a_clause_without_a_moment_is_standing() -> None:
    review = choose_moments(_review(), 3, [])
    assert draft(review, "a", "覚え書")["clause"][3]["when"] == ["standing"]
    review = choose_kinds(review, 3, ["liability"])
    assert draft(review, "a", "覚え書")["clause"][3]["when"] == ["info"]


def test_a_moment_goes_with_the_kind_it_comes_from() -> None:
    reading = read(TEXT)
    twice = Understanding(
        (Proposal("oath", 0.95, ()), Proposal("copy-approval", 0.95, ())),
        (Moment("before-start", 0.9, (), ("oath",)), Moment("each-time", 0.9, (), ("copy-approval",))),
        (),
        "",
    )
    review = begin(reading, [twice] * len(reading.paragraphs))
    assert review.items[0].when == ("before-start", "each-time")
    assert turn(review, 0, "copy-approval").items[0].when == ("before-start",)
    kept = choose_moments(turn(review, 0, "copy-approval"), 0, ["before-start", "each-time"])
    assert kept.items[0].when == ("before-start", "each-time"), "what a person chose stays"


def test_a_moment_is_no_surer_than_the_kinds_it_comes_from() -> None:
    reading = read(TEXT)
    for sure, unsure in ((0.95, False), (SURE, False), (0.79, True), (0.5, True)):
        one = Understanding(
            (Proposal("oath", sure, ()), Proposal("audit", 0.9, ())),
            (Moment("before-start", 0.8, (), ("oath",)), Moment("on-request", 0.8, (), ("oath", "audit"))),
            (),
            "",
        )
        item = begin(reading, [one] * len(reading.paragraphs)).items[0]
        assert [item.unsure(timing) for timing in item.moments] == [unsure, False]
        assert item.sureness(item.moments[0]) == min(0.8, sure)
        decided = accept(begin(reading, [one] * len(reading.paragraphs)), 0).items[0]
        assert not any(decided.unsure(timing) for timing in decided.moments)


def test_a_moment_of_a_kind_that_is_not_ticked_yet_is_not_taken_away_with_others() -> None:
    one = Understanding(
        (Proposal("oath", 0.6, ()), Proposal("audit", 0.9, ())),
        (Moment("before-start", 0.9, (), ("oath",)), Moment("on-request", 0.9, (), ("audit",))),
        (),
        "",
    )
    reading = read(TEXT)
    review = choose_moments(begin(reading, [one] * len(reading.paragraphs)), 0, ["periodic"])
    assert review.items[0].when == ("periodic",)
    assert set(turn(review, 0, "oath").items[0].when) == {"before-start", "periodic"}
    gone = choose_moments(turn(review, 0, "oath"), 0, ["periodic"])
    assert gone.items[0].when == ("periodic",), "what held and was taken away is gone"


def test_the_words_of_an_oath_are_those_that_are_sworn() -> None:
    text = (
        f"{TEXT}\n別記様式\n誓約書\n　私は、秘密を守ることを誓います。\n令和　　年　　月　　日\n所属\n氏名\n"
    )
    review = begin(read(text))
    (form,) = review.forms
    assert wording(form) == ("私は、秘密を守ることを誓います。",)
    review = with_oath(choose_kinds(review, 0, ["oath"]), form)
    assert prescribed(review) == form
    table = draft(review, "a", "覚え書")["clause"][0]["parameters"]
    assert table == {"prescribed": True, "oath_text": ["私は、秘密を守ることを誓います。"]}
    assert prescribed(without_oath(review)) is None


def test_a_parameter_is_set_and_taken_out() -> None:
    review = set_value(_review(), 3, "incident-notice", "urgency", "直ちに")
    table = draft(review, "a", "覚え書")["clause"][3]
    assert table["parameters"] == {"urgency": "直ちに"}
    review = set_value(review, 3, "incident-notice", "urgency", None)
    assert "parameters" not in draft(review, "a", "覚え書")["clause"][3]
    with pytest.raises(ValueError, match="urgency"):
        set_value(review, 3, "incident-notice", "urgency", "いつか")


def test_each_half_of_a_split_paragraph_keeps_what_its_words_led_to() -> None:
    review = _review()
    at = review.items[0].text.index("契約が終わった")
    review = split(review, 0, at)
    assert len(review.items) == 5
    assert [pick.kind for pick in review.items[0].picks] == ["secrecy"]
    assert [pick.kind for pick in review.items[1].picks] == ["retirement-secrecy"]
    start, end = review.items[1].picks[0].spans[0]
    assert review.items[1].text[start:end] == "契約が終わった後も"
    assert review.items[1].number == "第1条（2つ目）"
    assert len({item.key for item in review}) == 5


def test_a_half_without_proposals_is_one_in_which_nothing_was_found() -> None:
    review = split(_review(), 3, 4)
    assert [item.state for item in review.items[3:]] == [State.PROPOSED, State.PROPOSED]
    review = split(_review(), 1, _review().items[1].text.index("複写"))
    assert review.items[2].state is State.NOTHING
    assert review.items[2].open


@pytest.mark.parametrize("position", [0, 10_000])
def test_no_half_may_be_empty(position: int) -> None:
    with pytest.raises(ValueError, match=str(position)):
        split(_review(), 0, position)


def test_two_paragraphs_merged_have_the_words_and_kinds_of_both() -> None:
    review = merge(_review(), 0)
    assert len(review.items) == 3
    item = review.items[0]
    assert item.kinds == ("secrecy", "copy-approval")
    start, end = item.picks[-1].spans[0]
    assert item.text[start:end] == "承諾を得ないで"
    with pytest.raises(ValueError, match="2"):
        merge(review, 2)


def test_splitting_and_merging_again_loses_nothing() -> None:
    review = _review()
    again = merge(split(review, 0, review.items[0].text.index("契約が終わった")), 0)
    assert again.items[0].kinds == review.items[0].kinds
    assert {pick.kind for pick in again.items[0].picks} == {pick.kind for pick in review.items[0].picks}
    assert again.items[0].text.replace("　", "") == review.items[0].text


def test_what_belongs_to_no_clause_is_kept_with_its_place() -> None:
    review = begin(read(f"{TEXT}\n別記\n誓約書\n私は、秘密を守ることを誓います。\n令和　年　月　日\n氏名\n"))
    held = [*(one.text for one in review.rest), *(one.text for one in review.forms)]
    assert any("誓います" in text for text in held)
    assert read_back(written(review)) == review


def test_two_clauses_of_one_number_are_told_and_not_drafted() -> None:
    review = describe(_review(), 1, number="第1条")
    assert set(faults(review)) == {0, 1}
    with pytest.raises(PeopleError, match="第1条"):
        draft(review, "a", "覚え書")
    assert faults(set_aside(review, 1)) == {}
    assert set(faults(describe(_review(), 1, number=""))) == {1}


def test_who_only_names_a_paragraph_has_not_said_what_it_asks() -> None:
    review = _review()
    nothing = next(at for at, one in enumerate(review.items) if one.state is State.NOTHING)
    for words in ({"heading": "雑則"}, {"number": "第9条"}, {"summary": "定めのないこと"}):
        named = describe(review, nothing, **words)
        assert named.open == review.open
        assert named.items[nothing].state is State.NOTHING
    made = draft(describe(review, nothing, heading="雑則"), "a", "覚え書")["clause"]
    assert made[nothing]["summary"] == UNFOUND
    assert describe(accept(review, nothing), nothing, heading="雑則").items[nothing].state is State.ACCEPTED
    assert not describe(set_aside(review, 1), 1, number="第9条").items[1].taken
    named = describe(begin(read(TEXT)), nothing, heading="雑則")
    assert again(call(named, 0, "甲", "乙")).items[nothing].heading == "雑則"


def test_who_sets_one_thing_has_not_looked_at_a_kind_that_is_not_sure() -> None:
    review = _review()
    at = next(at for at, one in enumerate(review.items) if one.left_out)
    kind = review.items[at].left_out[0]
    assert at in review.open
    for changed in (
        choose_moments(review, at, ["periodic"]),
        turn(review, at, "audit"),
        set_value(turn(review, at, "audit"), at, "audit", "period_months", 6),
    ):
        assert at in changed.open
        assert again(changed).items[at] == changed.items[at], "what was set is not read over"
        assert accept(changed, at).items[at].state is State.CHANGED, "it may become an example"
    assert at not in turn(review, at, kind).open
    assert at not in choose_kinds(review, at, ["audit"]).open


def test_what_the_duties_leave_when_they_are_cut_off_is_still_to_be_looked_at() -> None:
    review = accept(_review(), 0)
    at = review.items[0].text.index("契約が終わった")
    assert any(end <= at for pick in review.items[0].picks for _, end in pick.spans)
    parted = split(review, 0, at)
    kept, left = parted.items[:2]
    assert kept.kinds
    assert kept.state.decided
    assert not left.kinds
    assert 1 in parted.open
    nothing = next(at for at, one in enumerate(_review().items) if one.state is State.NOTHING)
    parted = split(accept(_review(), nothing), nothing, 10)
    assert not {nothing, nothing + 1} & set(parted.open), "somebody said of all of it that it asks nothing"


def test_what_is_set_aside_is_no_clause() -> None:
    review = set_aside(_review(), 2)
    assert [clause["number"] for clause in draft(review, "a", "覚え書")["clause"]] == [
        "第1条",
        "第2条",
        "第4条",
    ]
    for at in range(4):
        review = set_aside(review, at)
    with pytest.raises(PeopleError, match="条項が1つもありません"):
        draft(review, "a", "覚え書")


def test_the_sides_are_called_as_the_person_says() -> None:
    review = call(_review(), 0, "甲", "乙")
    assert draft(review, "a", "覚え書")["part"][0]["words"] == {"client": "甲", "vendor": "乙"}


def test_the_doubtful_come_first_and_stay_where_they_are() -> None:
    review = _review()
    assert by_doubt(review) == (0, 2, 1, 3)
    assert by_doubt(accept(review, 0)) == (0, 2, 1, 3)
    assert next_open(accept(review, 0), by_doubt(review), 0) == 2
    assert next_open(accept(accept(review, 0), 2), by_doubt(review), 2) is None


def test_a_review_comes_back_as_it_was_kept() -> None:
    review = split(turn(_review(), 0, "audit"), 0, 10)
    assert read_back(written(review)) == review


def test_a_kept_review_says_how_much_of_it_nobody_has_looked_at() -> None:
    assert left_open(written(_review())) == 2
    assert left_open(written(accept(accept(_review(), 0), 2))) == 0
    assert left_open("") == 0


def test_what_no_record_may_hold_is_spelt_out_and_comes_back() -> None:
    raw = TEXT + "\f\u200b\u202e\x85\x01\U0001f600葛\U000e0100\ue000"
    held = OwnAnnex(annex="a", title="a", content="a", reading=written(begin(read(raw))))
    assert OwnAnnex.spec.check(held) == {}
    assert held.reading == cleaned(held.reading).text
    assert read_back(held.reading).raw == raw


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"form": 2}', "[" * 100_000])
def test_what_is_no_review_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(PeopleError, match="読取りの内容"):
        read_back(text)


def test_what_is_owed_is_told_moment_by_moment_and_counted_once() -> None:
    review = choose_moments(_review(), 0, ["standing", "after-end"])
    assert [(str(one.when), one.kind) for one in owed(review)] == [
        ("standing", "secrecy"),
        ("each-time", "copy-approval"),
        ("on-incident", "incident-notice"),
        ("after-end", "secrecy"),
    ]
    assert counted(owed(review)) == 3
    assert counted(owed(set_aside(review, 0))) == 2
