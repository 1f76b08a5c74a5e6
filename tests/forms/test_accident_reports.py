"""事故発生報告書: what the first report says of the day on which it is made, and what the full one adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.duties.case import Case, MissingFactsError
from app.duties.papers.drift import drift_of
from app.records import Incident, Instruction, Statement, Submission
from app.records.days import DayOnly
from app.records.incident import IncidentAsset, IncidentNotice, Stage, TimelineEntry
from app.records.statement import Told
from forms.form import Form
from tests.support.sample import KIMITSU, Sample
from tests.support.sample_transfers import stick_lost

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Case], set[tuple[str, int, str]]]
FIRST, FULL = "incident-first", "incident-full"
FOUND = date(2026, 5, 29)
NEXT, LATER = FOUND + timedelta(days=1), FOUND + timedelta(days=10)
UNKNOWN = "未確認"
CARRIED = {
    FIRST: {
        "content": ("納税通知書データ（第1期）", "USBメモリ"),
        "quantity": ("1個", "412人"),
        "place": ("架空駅から本社までの路上",),
        "when": ("令和8年5月29日16時10分", "令和8年5月29日17時40分"),
        "how": ("施錠ケースの外に入れていた", "帰社後の持ち物の確認で"),
        "measures so far": ("残る媒体の数を照合した", "捜索を始めた"),
        "when and to whom by telephone": ("令和8年5月29日17時55分", "電話", "保険年金課神谷主査"),
    },
    FULL: {
        "report": ("☑新規☐続報",),
        "content and quantity": ("納税通知書データ（第1期）", "1個", "412人"),
        "protection of the medium": ("自動暗号化（AES256bit）",),
        "timeline": ("令和8年5月29日18時00分", "業務部長", "遺失届の受理番号を受けた"),
        "cause": ("原因ケースに入れたことを二人で確かめていなかった",),
        "harm": ("二次被害確認されていない",),
        "containment": ("残る媒体の数を照合した（令和8年5月29日実施）",),
        "instructions": ("持ち出した者の一覧を出すこと（令和8年5月30日、神谷主査）",),
        "instructions followed": ("一覧を提出した（令和8年6月8日）",),
        "persons notified": ("済（令和8年6月8日、412人、文書の郵送）",),
        "publication": ("済（令和8年6月8日、市のウェブサイト）",),
        "prevention done": ("実施済み運ぶ前に二人で封印を確かめる手順にした（令和8年6月8日実施）",),
        "prevention planned": ("予定媒体を使わない授受に改める（予定。令和8年9月30日まで）",),
        "notice": ("令和8年5月29日17時55分", "電話"),
        "not closed": ("終結していません。",),
    },
}
"""Form → item that it must carry → what stands for it on its paper, without white space."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001  # local time, as the ledger keeps it


def told(**more: Any) -> Incident:
    """The same loss with all that became known of it, each with its day."""
    given: dict[str, Any] = {
        "found_by": "業務部　𣘺本　誠",
        "found_how": "帰社後の持ち物の確認で、USBメモリがないことに気付いた",
        "happened_at": at(FOUND, 16, 10),
        "happened_known_on": NEXT,
        "place": "架空駅から本社までの路上",
        "circumstances": "返却のため運ぶ途中で、施錠ケースの外に入れていた。",
        "assets": (IncidentAsset(asset=1, quantity=1, persons=412),),
        "persons": 412,
        "persons_known_on": NEXT,
        "protection": "自動暗号化（AES256bit）",
        "notices": (
            IncidentNotice(
                stage=Stage.FIRST,
                notified_at=at(FOUND, 17, 55),
                how="電話",
                to_whom="保険年金課　神谷　主査",
                content="USBメモリ1個の所在が分からないこと",
            ),
        ),
        "timeline": (
            TimelineEntry(at=at(FOUND, 18), who="業務部長", what="捜索を始めた"),
            TimelineEntry(at=at(LATER, 9), who="警察署", what="遺失届の受理番号を受けた"),
        ),
        "containment": "運搬を止め、残る媒体の数を照合した",
        "contained_on": FOUND,
        "instructions": "持ち出した者の一覧を出すこと",
        "instructions_by": "神谷　主査",
        "instructions_on": NEXT,
        "instructions_done": "一覧を提出した",
        "instructions_done_on": LATER,
        "cause": "ケースに入れたことを二人で確かめていなかった",
        "cause_known_on": LATER,
        "secondary_harm": "確認されていない",
        "secondary_harm_known_on": LATER,
        "prevention": "運ぶ前に二人で封印を確かめる手順にした",
        "prevention_on": LATER,
        "prevention_planned": "媒体を使わない授受に改める",
        "prevention_planned_on": LATER,
        "prevention_due_on": date(2026, 9, 30),
        "persons_notified": True,
        "persons_notified_on": LATER,
        "persons_notified_count": 412,
        "persons_notified_how": "文書の郵送",
        "published": True,
        "published_on": LATER,
        "published_where": "市のウェブサイト",
        "closed_on": LATER + timedelta(days=30),
    }
    return replace(stick_lost(), **{**given, **more})


@pytest.fixture
def incident(sample: Sample) -> Incident:
    return sample.add(stick_lost())


def gathered(sample: Sample, forms: Forms, form: str, day: date, **more: Any) -> Statement:
    return forms[form].gather(sample.case(KIMITSU, day, **more))


# the first report


def test_nothing_but_a_stick_lost_is_enough_for_the_first_report(
    sample: Sample, forms: Forms, text_of: TextOf, incident: Incident
) -> None:
    statement = gathered(sample, forms, FIRST, FOUND)
    text = text_of(statement)
    for part in ("種類滅失", "令和8年5月29日17時40分", "令和8年5月29日現在で判明している事項"):
        assert part in text
    assert text.count(UNKNOWN) >= 8, "what is not known is said, never left blank"
    assert "発見した者未確認" in text
    assert "調査中" not in text, "nobody has recorded that anything is looked into"
    assert "調査中" not in text_of(gathered(sample, forms, FULL, FOUND))
    assert "電話等による連絡の記録はありません。" in text
    assert statement.subjects == (f"incident:{incident.id}",)


@pytest.mark.parametrize(("item", "parts"), CARRIED[FIRST].items())
def test_the_first_report_carries(
    sample: Sample, forms: Forms, text_of: TextOf, item: str, parts: tuple[str, ...]
) -> None:
    sample.add(told())
    text = text_of(gathered(sample, forms, FIRST, NEXT))
    for part in parts:
        assert part in text, item


def test_the_first_report_never_tells_cause_harm_or_prevention(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.add(told())
    text = text_of(gathered(sample, forms, FIRST, LATER))
    for word in (
        "二人で確かめていなかった",
        "確認されていない",
        "封印を確かめる",
        "媒体を使わない",
        "ウェブサイト",
    ):
        assert word not in text


def test_the_first_report_tells_what_was_known_up_to_its_day(sample: Sample, forms: Forms) -> None:
    late = IncidentAsset(item="口座振替の一覧", medium="紙", known_on=LATER)
    sample.add(told(assets=(*told().assets, late), contained_on=NEXT))
    (first,) = gathered(sample, forms, FIRST, FOUND).facts["incidents"]
    assert first["persons"] == UNKNOWN
    assert ["発生した日時", UNKNOWN, "発生した場所", "架空駅から本社までの路上"] in first["outline"]
    assert len(first["things"]) == 1
    assert first["measures"] == "この書面の日付までの記録はありません。"
    (then,) = gathered(sample, forms, FIRST, NEXT).facts["incidents"]
    assert then["persons"] == "412人"
    assert then["measures"].startswith("運搬を止め")
    assert len(then["course"]) == 1
    (last,) = gathered(sample, forms, FIRST, LATER).facts["incidents"]
    assert (len(last["things"]), len(last["course"])) == (2, 2)


@pytest.mark.parametrize(
    ("back", "day", "said"),
    [
        ({"recovered": False}, FOUND, "回収できていません"),
        ({}, FOUND, UNKNOWN),
        ({"recovered": True, "recovered_on": NEXT}, FOUND, UNKNOWN),
        ({"recovered": True, "recovered_on": NEXT}, NEXT, "回収・削除を確認（令和8年5月30日）"),
        ({"recovered": True, "recovered_on": NEXT}, LATER, "回収・削除を確認（令和8年5月30日）"),
    ],
)
@pytest.mark.parametrize("form", [FIRST, FULL])
def test_to_whom_it_went_and_whether_it_is_back_by_its_day(
    sample: Sample, forms: Forms, text_of: TextOf, form: str, back: dict[str, Any], day: date, said: str
) -> None:
    sample.add(told(kinds=("漏えい",), recipient="株式会社乙", closed_on=None, **back))
    text = text_of(gathered(sample, forms, form, day))
    assert f"誤って渡った相手株式会社乙回収{said}" in text


def test_what_was_taken_went_to_nobody_by_mistake(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    sample.add(told(kinds=("盗難",), closed_on=None, recovered=False))
    text = text_of(gathered(sample, forms, FIRST, FOUND))
    assert "回収回収できていません" in text
    assert "誤って渡った相手" not in text


def test_what_came_to_be_known_since_makes_no_first_report_wrong(
    sample: Sample, forms: Forms, incident: Incident
) -> None:
    submission = sample.submitted(gathered(sample, forms, FIRST, FOUND))
    sample.change(Incident, incident.id, **{**fields_of(told()), "kinds": ("漏えい",)})
    case = sample.case(KIMITSU, LATER)

    def stale() -> bool:
        drift = drift_of(sample.facts, case.catalogue, forms[FIRST], case.contract, submission, LATER)
        return drift.stale

    assert not stale()
    sample.change(Incident, incident.id, found_at=at(FOUND, 12))
    assert stale()


def fields_of(incident: Incident) -> dict[str, Any]:
    return {
        field.name: getattr(incident, field.name) for field in incident.spec.fields if field.name != "number"
    }


def test_a_first_report_handed_in_again_says_what_it_said(sample: Sample, forms: Forms) -> None:
    sample.add(told())
    sample.submitted(gathered(sample, forms, FIRST, FOUND))
    statement = gathered(sample, forms, FIRST, LATER, again=True)
    (again,) = statement.facts["incidents"]
    assert again["as_of"] == "令和8年5月29日"
    assert again["persons"] == UNKNOWN
    assert statement.variant == "再提出"


def test_a_measure_without_its_day_is_asked_for(
    sample: Sample, missing_of: MissingOf, incident: Incident
) -> None:
    sample.change(Incident, incident.id, containment="回線を切った")
    assert missing_of(FIRST, sample.case(day=NEXT)) == {("incident", incident.id, "contained_on")}


def test_each_incident_is_reported_first_once(
    sample: Sample, missing_of: MissingOf, forms: Forms, incident: Incident
) -> None:
    document = sample.submitted(gathered(sample, forms, FIRST, FOUND))
    assert missing_of(FIRST, sample.case(day=NEXT)) == {("", 0, "")}
    other = sample.add(replace(stick_lost(), number="I-002", found_at=DayOnly(NEXT)))
    statement = gathered(sample, forms, FIRST, NEXT)
    assert statement.subjects == (f"incident:{other.id}",)
    sample.change(Submission, document.id, voided_on=NEXT, voided_why="誤り")
    assert len(gathered(sample, forms, FIRST, NEXT).subjects) == 2
    assert len(forms[FIRST].draw(gathered(sample, forms, FIRST, NEXT))) == 2, "a letter for each"


def sentences(sample: Sample, forms: Forms, day: date, only: tuple[str, ...]) -> list[str]:
    with pytest.raises(MissingFactsError) as caught:
        gathered(sample, forms, FIRST, day, only=only)
    return [one.sentence for one in caught.value.missing]


def test_after_it_was_handed_in_a_first_report_asked_for_by_name_leads_to_the_full_one(
    sample: Sample, forms: Forms, incident: Incident
) -> None:
    only = (f"incident:{incident.id}",)
    document = sample.submitted(gathered(sample, forms, FIRST, FOUND), submitted_on=None, how="")
    assert gathered(sample, forms, FIRST, NEXT, only=only).subjects == only, "only printed so far"
    sample.change(Submission, document.id, submitted_on=FOUND, how="持参")
    (said,) = sentences(sample, forms, NEXT, only)
    assert said.startswith(f"{incident.number}の速報は提出済み")
    assert "詳報" in said
    assert "--again" in said
    assert gathered(sample, forms, FIRST, NEXT, only=only, again=True).variant == "再提出"
    sample.change(Submission, document.id, sent_back_on=NEXT, sent_back_why="誤り")
    assert gathered(sample, forms, FIRST, NEXT, only=only).subjects == only, "what was sent back is made anew"


@pytest.mark.parametrize(("shift", "open_"), [(-1, True), (0, False), (1, False)])
def test_a_closed_incident_has_no_first_report(
    sample: Sample, forms: Forms, incident: Incident, shift: int, open_: bool
) -> None:
    sample.change(Incident, incident.id, closed_on=LATER)
    other = sample.add(replace(stick_lost(), number="I-002"))
    only, day = (f"incident:{incident.id}",), LATER + timedelta(days=shift)
    both = (*only, f"incident:{other.id}")
    assert gathered(sample, forms, FIRST, day).subjects == (both if open_ else both[1:])
    if open_:
        assert gathered(sample, forms, FIRST, day, only=only).subjects == only
    else:
        (said,) = sentences(sample, forms, day, only)
        assert "終結" in said
        assert "詳報" in said


def test_an_hour_that_nobody_knows_is_never_made_up(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    sample.add(replace(stick_lost(), found_at=DayOnly(FOUND)))
    assert "令和8年5月29日（時刻は不明）" in text_of(gathered(sample, forms, FIRST, FOUND))


@pytest.mark.parametrize("form", [FIRST, FULL])
def test_what_was_not_found_by_the_day_is_not_reported(
    sample: Sample, missing_of: MissingOf, forms: Forms, incident: Incident, form: str
) -> None:
    assert missing_of(form, sample.case(day=FOUND - timedelta(days=1))) == {("incident", 0, "")}
    assert gathered(sample, forms, form, FOUND).subjects == (f"incident:{incident.id}",)


@pytest.mark.parametrize("form", [FIRST, FULL])
@pytest.mark.parametrize(
    ("kinds", "kind", "about"),
    [
        (("おそれ",), "種類漏えい等のおそれ", "業務に関する事故のおそれについて"),
        (("漏えい",), "種類漏えい", "業務に関する事故（そのおそれを含む。）について"),
        (
            ("滅失", "おそれ"),
            "種類滅失（ほかに漏えい等のおそれ）",
            "業務に関する事故（そのおそれを含む。）について",
        ),
    ],
)
def test_a_suspicion_reads_as_one_and_what_happened_as_what_happened(
    sample: Sample, forms: Forms, text_of: TextOf, form: str, kinds: tuple[str, ...], kind: str, about: str
) -> None:
    sample.add(replace(stick_lost(), kinds=kinds))
    text = text_of(gathered(sample, forms, form, FOUND))
    assert f"{kind}発見した日時" in text
    assert about in text


def test_a_report_from_before_suspicions_were_named_does_not_read_as_changed(
    sample: Sample, forms: Forms
) -> None:
    incident = sample.add(replace(stick_lost(), kinds=("おそれ",)))
    key = f"incident:{incident.id}"
    made = gathered(sample, forms, FULL, FOUND)
    old = Told({key: {**made.stated[key], "種類": "おそれ"}}, made.subjects)
    read = forms[FULL].recall(old, sample.facts, sample.case().contract)
    assert read.stated == made.stated


# the full report


@pytest.mark.parametrize(("item", "parts"), CARRIED[FULL].items())
def test_the_full_report_carries(
    sample: Sample, forms: Forms, text_of: TextOf, item: str, parts: tuple[str, ...]
) -> None:
    sample.add(told())
    text = text_of(gathered(sample, forms, FULL, LATER))
    for part in parts:
        assert part in text, item


def test_a_full_report_of_an_earlier_day_tells_nothing_that_came_later(sample: Sample, forms: Forms) -> None:
    sample.add(told())
    (held,) = gathered(sample, forms, FULL, NEXT).facts["incidents"]
    entry = held["entry"]
    assert entry["原因"] == entry["二次被害"] == UNKNOWN
    assert entry["本人への通知"] == entry["公表"] == "未定"
    assert entry["実施済み"] == "実施したものはありません。"
    assert entry["予定"] == "予定の記録はありません。"
    assert entry["指示への対応"] == "対応の記録はありません。"


def test_a_plan_never_stands_as_done(sample: Sample, forms: Forms) -> None:
    sample.add(
        told(
            persons_notified=None,
            persons_notified_on=None,
            persons_notified_count=None,
            persons_notified_how="",
            notice_planned_on=LATER + timedelta(days=5),
            published=None,
            published_on=None,
            published_where="",
            publication_planned_on=LATER + timedelta(days=6),
            prevention="",
            prevention_on=None,
        )
    )
    (held,) = gathered(sample, forms, FULL, LATER).facts["incidents"]
    assert held["entry"]["本人への通知"] == "予定（令和8年6月13日）"
    assert held["entry"]["公表"] == "予定（令和8年6月14日）"
    assert held["entry"]["実施済み"] == "実施したものはありません。"


def test_what_needs_no_notice_says_why_and_by_whose_word(
    sample: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    untold = {"persons_notified_on": None, "persons_notified_count": None, "persons_notified_how": ""}
    bare = told(persons_notified=False, published=False, published_on=None, published_where="", **untold)
    held = sample.add(bare)
    assert missing_of(FULL, sample.case(day=LATER)) == {
        ("incident", held.id, "notice_decided_on"),
        ("incident", held.id, "publication_decided_on"),
    }
    said = sample.add(Instruction(contract=KIMITSU, kind="指示", received_on=NEXT, what="通知は要しない"))
    sample.change(
        Incident,
        held.id,
        no_notice_instruction=said.id,
        no_notice_why="暗号化されており読み取れない",
        no_publication_why="発注者との協議による",
        publication_decided_on=LATER,
    )
    (told_of,) = gathered(sample, forms, FULL, LATER).facts["incidents"]
    entry = told_of["entry"]
    assert (
        entry["本人への通知"]
        == "要しない（暗号化されており読み取れない。令和8年5月30日の発注者の指示による）"
    )
    assert entry["公表"] == "要しない（発注者との協議による）"
    (before,) = gathered(sample, forms, FULL, FOUND).facts["incidents"]
    assert before["entry"]["本人への通知"] == before["entry"]["公表"] == "未定"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("containment", "contained_on"),
        ("cause", "cause_known_on"),
        ("secondary_harm", "secondary_harm_known_on"),
        ("prevention", "prevention_on"),
        ("prevention_planned", "prevention_planned_on"),
    ],
)
def test_what_was_found_out_or_done_without_its_day_is_asked_for(
    sample: Sample, missing_of: MissingOf, incident: Incident, written: str, day: str
) -> None:
    sample.change(Incident, incident.id, **{written: "照合した"})
    assert missing_of(FULL, sample.case(day=LATER)) == {("incident", incident.id, day)}


def test_a_report_after_another_is_a_further_one_with_its_day_and_number(
    sample: Sample, forms: Forms, text_of: TextOf, incident: Incident, missing_of: MissingOf
) -> None:
    first = sample.submitted(gathered(sample, forms, FIRST, FOUND))
    text = text_of(gathered(sample, forms, FULL, NEXT))
    assert f"☐新規☑続報（前回速報令和8年5月29日付け文書番号{first.number}）" in text
    full = sample.submitted(gathered(sample, forms, FULL, NEXT))
    assert missing_of(FULL, sample.case(day=LATER)) == {("", 0, "")}, "nothing new is known"
    sample.change(Incident, incident.id, cause="手順がなかった", cause_known_on=LATER)
    text = text_of(gathered(sample, forms, FULL, LATER))
    assert f"続報（前回詳報令和8年5月30日付け文書番号{full.number}）" in text
    case = sample.case(KIMITSU, LATER)
    before, after = (
        drift_of(sample.facts, case.catalogue, forms[FULL], case.contract, full, day) for day in (NEXT, LATER)
    )
    assert (before.stale, after.stale) == (False, True)


def test_what_was_only_printed_is_no_earlier_report(
    sample: Sample, forms: Forms, text_of: TextOf, incident: Incident
) -> None:
    first = sample.submitted(gathered(sample, forms, FIRST, FOUND), submitted_on=None, how="")
    assert "☑新規☐続報" in text_of(gathered(sample, forms, FULL, NEXT))
    sample.change(Submission, first.id, submitted_on=LATER, how="持参")
    assert "☑新規☐続報" in text_of(gathered(sample, forms, FULL, NEXT))
    assert "☐新規☑続報" in text_of(gathered(sample, forms, FULL, LATER))


def test_a_decimal_quantity_stands_as_it_is(sample: Sample, forms: Forms) -> None:
    from decimal import Decimal

    sample.add(told(assets=(IncidentAsset(item="裁断くず", medium="紙", quantity=Decimal("12.5")),)))
    (held,) = gathered(sample, forms, FIRST, NEXT).facts["incidents"]
    assert held["things"] == [["裁断くず", "紙", "12.5", UNKNOWN]]
