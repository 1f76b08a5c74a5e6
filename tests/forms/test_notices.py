"""作業場所届出書 and 責任者・従事者報告書: what they carry, new and changed, and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.case import AGAIN, Case, MissingFactsError
from app.duties.change_notices import drift
from app.duties.papers.drift import compare
from app.printing.type.wareki import wareki
from app.records import (
    Assignment,
    Contract,
    Device,
    Location,
    LocationUse,
    Person,
    Record,
    Statement,
    Submission,
    Vendor,
)
from app.records.assignment import AssignmentRole
from app.records.dated import with_former
from forms import all_forms
from forms.form import Form
from tests.support.sample import DAY, KAWAGUCHI, KIMITSU, LATER, Sample

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Case], set[tuple[str, int, str]]]
NOTICE, REPORT = "location-notice", "personnel-report"


def filed(sample: Sample, forms: Forms, form: str, contract: int = KIMITSU, **fields: Any) -> Submission:
    return sample.submitted(forms[form].gather(sample.case(contract)), **fields)


def test_a_notice_carries_every_place_in_use_or_planned(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.change(LocationUse, 2, ends_on=date(2026, 5, 31))
    sample.change(LocationUse, 3, starts_on=date(2026, 7, 1), ends_on=date(2026, 12, 31))
    text = text_of(forms[NOTICE].gather(sample.case()))
    for wanted in (
        "作業場所届出書（新規）",
        "文書番号2026-0042",
        "令和8年6月1日",
        "みなと北市長様",
        "所在地〒150-0001",
        "商号又は名称株式会社𠮷野データサービス",
        "代表取締役渡邊齋一郎",
        "機密保持及び個人情報保護に関する特記事項第6条第4項の規定により",
        "契約番号MK-1024",
        "契約締結日令和8年3月16日",
        "発注者（甲）みなと北市",
        "受注者（乙）",
        "印刷センター",
        "埼玉県架空市工業団地５番地",
        "１号棟１階",
        "取扱区域",
        "印刷及び封入封緘",
        "暗証番号錠",
        "生体認証",
        "令和8年7月1日",
        "令和8年12月31日",
        "髙橋花子",
        "以上",
    ):
        assert wanted in text
    assert "原票及び媒体の保管" not in text


def test_a_notice_names_everything_that_a_place_lacks(sample: Sample, missing_of: MissingOf) -> None:
    sample.change(Location, 1, room="", area="", lock="", entry_control="")
    sample.change(Location, 3, lock="")
    fields = {("location", 1, field) for field in ("room", "area", "lock", "entry_control")}
    assert missing_of(NOTICE, sample.case()) == fields | {("location", 3, "lock")}


def test_the_clients_own_system_needs_no_lock_of_ours(sample: Sample, forms: Forms) -> None:
    sample.change(
        Location, 1, kind="発注者のシステム環境", room="", area="", lock="", entry_control="", store=""
    )
    statement = forms[NOTICE].gather(sample.case())
    assert statement.stated["location_use:1"]["施錠"] == "－"


def test_without_vendor_or_places_both_are_named(sample: Sample, missing_of: MissingOf) -> None:
    sample.drop(Vendor)
    sample.drop(LocationUse)
    assert missing_of(NOTICE, sample.case()) == {("vendor", 0, ""), ("location_use", 0, "")}


@pytest.mark.parametrize("form", [NOTICE, REPORT])
def test_a_submitted_document_makes_the_next_one_a_change(sample: Sample, forms: Forms, form: str) -> None:
    issued = filed(sample, forms, form, submitted_on=None, how="")
    assert forms[form].gather(sample.case()).variant == "新規"
    sample.change(Submission, issued.id, submitted_on=DAY, how="持参")
    sample.moved(DAY)
    assert forms[form].gather(sample.case()).variant == "変更"
    assert forms[form].gather(sample.case(KAWAGUCHI)).variant == "新規"
    sample.change(Submission, issued.id, voided_on=DAY, voided_why="誤り")
    assert forms[form].gather(sample.case()).variant == "新規"


@pytest.mark.parametrize("form", [name for name, form in all_forms().items() if form.changes])
def test_a_change_without_a_change_is_refused(sample: Sample, forms: Forms, form: str) -> None:
    filed(sample, forms, form)
    with pytest.raises(MissingFactsError) as caught:
        forms[form].gather(sample.case(day=LATER))
    (told,) = caught.value.missing
    assert told.sentence == (
        "令和8年6月1日付け（文書番号2026-0001）で提出した内容から変更がないため、変更の書類は作成できません。"
        "同じ内容をもう一度出すときは「再提出」を選んでください。"
    )
    assert told.record == "", "there is nothing to open"


def test_a_moved_place_is_one_row_before_and_after(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    filed(sample, forms, NOTICE)
    sample.change(LocationUse, 3, ends_on=date(2026, 7, 31))
    sample.add(
        LocationUse(
            location=2,
            contract=KIMITSU,
            purpose="印刷及び封入封緘",
            starts_on=date(2026, 8, 1),
            change_reason="移転のため",
        )
    )
    statement = forms[NOTICE].gather(sample.case(day=LATER))
    (row,) = statement.facts["changes"]
    assert row["keys"] == ["location_use:5", "location_use:3"]
    assert row["before"].startswith("印刷センター\n")
    assert row["after"].startswith("本社　保管庫\n")
    text = text_of(statement)
    for wanted in (
        "作業場所届出書（変更）",
        "変更前",
        "変更後",
        "作業場所の変更",
        "令和8年8月1日",
        "移転のため",
    ):
        assert wanted in text


def test_places_that_share_a_reason_are_one_move(sample: Sample, forms: Forms) -> None:
    filed(sample, forms, NOTICE)
    why = "作業量の増加のため"
    sample.change(LocationUse, 3, ends_on=date(2026, 7, 31), change_reason=why)
    new = LocationUse(
        location=2, contract=KIMITSU, purpose="検査", starts_on=date(2026, 8, 1), change_reason=why
    )
    sample.add(new)
    (row,) = forms[NOTICE].gather(sample.case(day=LATER)).facts["changes"]
    assert (row["item"], row["why"]) == ("作業場所の変更", why)


@pytest.mark.parametrize(
    ("come", "told"),
    [
        (0, ["作業場所の終了"]),
        (1, ["作業場所の変更"]),
        (2, ["作業場所の終了", "作業場所の追加", "作業場所の追加"]),
    ],
    ids=["none comes", "one comes", "two come"],
)
def test_only_one_for_one_is_a_move(sample: Sample, forms: Forms, come: int, told: list[str]) -> None:
    """Which of two has taken the place of what goes, nobody can tell."""
    filed(sample, forms, NOTICE)
    why = "作業量の増加のため"
    sample.change(LocationUse, 3, ends_on=date(2026, 7, 31), change_reason=why)
    for purpose in ("検査", "梱包")[:come]:
        sample.add(
            LocationUse(
                location=2,
                contract=KIMITSU,
                purpose=purpose,
                starts_on=date(2026, 8, 1),
                change_reason=why,
            )
        )
    rows = forms[NOTICE].gather(sample.case(day=LATER)).facts["changes"]
    assert sorted(row["item"] for row in rows) == sorted(told)


def test_a_place_that_differs_tells_each_label_with_day_and_reason(sample: Sample, forms: Forms) -> None:
    filed(sample, forms, NOTICE)
    sample.change(Location, 1, room="北斗ビル５階")
    sample.change(LocationUse, 1, changed_on=date(2026, 8, 1), change_reason="階の移転")
    (row,) = forms[NOTICE].gather(sample.case(day=LATER)).facts["changes"]
    assert row == {
        "keys": ["location_use:1"],
        "item": "本社　第一作業室：建物・階・室",
        "before": "北斗ビル４階　401号室",
        "after": "北斗ビル５階",
        "on": "令和8年8月1日",
        "planned": "",
        "why": "階の移転",
    }


def since(sample: Sample, cls: type[Record], number: int, day: date, **fields: Any) -> None:
    """Change fields from a day on, as the window does: what was before is kept until the day before."""
    held = sample.facts.get(cls, number)
    made = with_former(held, replace(held, **fields), day)
    names = {one.name for one in held.spec.fields}
    sample.change(
        cls, number, **{name: getattr(made, name) for name in names & {*fields, "former", "former_names"}}
    )


ONCE, TWICE = date(2026, 7, 1), date(2026, 7, 15)


def rows_told(sample: Sample, forms: Forms, form: str) -> list[tuple[str, str]]:
    held = forms[form].gather(sample.case(day=LATER)).facts["changes"]
    return [(row["item"].partition("：")[2], row["on"]) for row in held]


def test_the_day_of_a_change_follows_from_what_was_kept_of_before(sample: Sample, forms: Forms) -> None:
    filed(sample, forms, NOTICE)
    since(sample, Location, 1, ONCE, room="北斗ビル５階", lock="暗証番号錠")
    sample.change(LocationUse, 1, change_reason="階の移転")
    assert rows_told(sample, forms, NOTICE) == [
        ("建物・階・室", "令和8年7月1日"),
        ("施錠", "令和8年7月1日"),
    ]


def test_each_of_two_days_stands_beside_what_changed_on_it(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    filed(sample, forms, NOTICE)
    since(sample, Location, 1, TWICE, room="北斗ビル５階")
    since(sample, Location, 1, ONCE, lock="暗証番号錠")
    sample.change(LocationUse, 1, purpose="検査", changed_on=LATER, change_reason="階の移転")
    assert rows_told(sample, forms, NOTICE) == [
        ("施錠", "令和8年7月1日"),
        ("建物・階・室", "令和8年7月15日"),
        ("用途", wareki(LATER)),
    ]
    assert "令和8年7月15日階の移転" in text_of(forms[NOTICE].gather(sample.case(day=LATER)))


def test_what_changed_twice_is_told_with_both_days(sample: Sample, forms: Forms) -> None:
    filed(sample, forms, NOTICE)
    since(sample, Location, 1, ONCE, room="北斗ビル５階")
    since(sample, Location, 1, TWICE, room="北斗ビル６階")
    sample.change(LocationUse, 1, change_reason="階の移転")
    assert rows_told(sample, forms, NOTICE) == [("建物・階・室", "令和8年7月1日及び\n令和8年7月15日")]


def test_a_change_that_was_recorded_only_after_the_notice_has_its_true_day(
    sample: Sample, forms: Forms
) -> None:
    filed(sample, forms, NOTICE)
    since(sample, Location, 1, DAY - timedelta(days=9), lock="暗証番号錠")
    sample.change(LocationUse, 1, change_reason="錠の交換")
    assert rows_told(sample, forms, NOTICE) == [("施錠", wareki(DAY - timedelta(days=9)))]


@pytest.mark.parametrize("fields", [{"post": "本部長"}, {"department": "総務部"}, {"name": "𠮷田　一朗"}])
def test_of_a_person_too_only_the_reason_is_asked_for(
    sample: Sample, forms: Forms, missing_of: MissingOf, fields: dict[str, str]
) -> None:
    filed(sample, forms, REPORT)
    since(sample, Person, 1, ONCE, **fields)
    assert missing_of(REPORT, sample.case(day=LATER)) == {("assignment", 11, "change_reason")}
    sample.change(Assignment, 11, change_reason="人事異動のため")
    assert [on for _item, on in rows_told(sample, forms, REPORT)] == ["令和8年7月1日"]


@pytest.mark.parametrize(
    ("typed", "refused"),
    [(ONCE, False), (TWICE, True), (DAY, False), (LATER + timedelta(days=1), False), (None, False)],
    ids=["the same", "another", "older", "to come", "none"],
)
def test_a_typed_day_that_contradicts_the_one_that_is_kept_stops_the_notice(
    sample: Sample, forms: Forms, missing_of: MissingOf, typed: date | None, refused: bool
) -> None:
    filed(sample, forms, NOTICE)
    since(sample, Location, 1, ONCE, lock="暗証番号錠")
    sample.change(LocationUse, 1, changed_on=typed, change_reason="錠の交換")
    case = sample.case(day=LATER)
    if not refused:
        assert rows_told(sample, forms, NOTICE) == [("施錠", "令和8年7月1日")]
    else:
        assert missing_of(NOTICE, case) == {("location_use", 1, "changed_on")}
        with pytest.raises(MissingFactsError, match=r"（令和8年7月15日）が、.*（令和8年7月1日）と違います"):
            forms[NOTICE].gather(case)


def test_the_reason_of_an_older_change_is_asked_anew_where_the_day_is_kept(
    sample: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    filed(sample, forms, NOTICE)
    since(sample, Location, 1, ONCE, room="北斗ビル５階")
    sample.change(LocationUse, 1, change_reason="階の移転")
    sample.submitted(forms[NOTICE].gather(sample.case(day=ONCE)))
    since(sample, Location, 1, TWICE, lock="暗証番号錠")
    assert missing_of(NOTICE, sample.case(day=LATER)) == {("location_use", 1, "change_reason")}
    sample.change(LocationUse, 1, changed_on=TWICE)
    assert rows_told(sample, forms, NOTICE) == [("施錠", "令和8年7月15日")]


def test_day_and_reason_of_a_change_are_asked_for(
    sample: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    filed(sample, forms, NOTICE)
    sample.change(Location, 1, room="北斗ビル５階")
    sample.change(LocationUse, 2, ends_on=date(2026, 7, 31))
    assert missing_of(NOTICE, sample.case(day=LATER)) == {
        ("location_use", 1, "changed_on"),
        ("location_use", 1, "change_reason"),
        ("location_use", 2, "change_reason"),
    }


def test_the_reason_of_an_older_change_is_not_told_again(
    sample: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    filed(sample, forms, NOTICE)
    sample.change(Location, 1, room="北斗ビル５階")
    sample.change(LocationUse, 1, changed_on=date(2026, 8, 1), change_reason="階の移転")
    sample.submitted(forms[NOTICE].gather(sample.case(day=LATER)))
    sample.change(Location, 1, lock="シリンダー錠")
    assert missing_of(NOTICE, sample.case(day=LATER)) == {("location_use", 1, "changed_on")}


def test_a_use_taken_out_of_the_ledger_is_named(sample: Sample, forms: Forms, missing_of: MissingOf) -> None:
    filed(sample, forms, NOTICE)
    sample.drop(LocationUse, 3)
    assert missing_of(NOTICE, sample.case()) == {("location_use", 0, "")}


def test_an_end_told_in_advance_is_no_change_when_the_day_has_come(sample: Sample, forms: Forms) -> None:
    sample.change(LocationUse, 3, ends_on=date(2026, 7, 31))
    before = filed(sample, forms, NOTICE)
    after = forms[NOTICE].gather(sample.case(day=LATER, comparing=True))
    assert compare(Statement.from_canonical(before.statement).stated, after.stated) == ()
    printed = forms[NOTICE].gather(sample.case(day=LATER, again=True))
    assert "印刷センター" not in [place["名称"] for place in printed.facts["places"]]


def test_comparing_asks_for_nothing(sample: Sample, forms: Forms) -> None:
    filed(sample, forms, NOTICE)
    sample.change(Location, 1, lock="")
    after = forms[NOTICE].gather(sample.case(day=LATER, comparing=True))
    assert after.stated["location_use:1"]["施錠"] == "－"


def test_a_report_carries_roles_workers_posts_and_departments(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    text = text_of(forms[REPORT].gather(sample.case()))
    for wanted in (
        "責任者・従事者報告書（新規）",
        "機密保持及び個人情報保護に関する特記事項第9条第1項の規定により",
        "業務従事者",
        "業務責任者𠮷田一郎業務部部長",
        "個人情報保護管理責任者髙橋花子管理部情報管理課課長",
        "葛\U000e0100城健",
        "派遣元：株式会社スタッフみらい",
        "令和8年4月1日から",
    ):
        assert wanted in text


def test_a_report_under_several_parts_cites_those_that_ask_for_it(sample: Sample, forms: Forms) -> None:
    cited = forms[REPORT].gather(sample.case(KAWAGUCHI)).facts["letter"]["cited"]
    assert cited == "秘密保持契約書第8条及び個人情報取扱特記事項第15"


def test_a_role_that_the_annex_names_must_be_held(sample: Sample, missing_of: MissingOf) -> None:
    sample.change(Assignment, 11, roles=(AssignmentRole(role="総括責任者"),))
    assert missing_of(REPORT, sample.case()) == {("assignment", 11, "roles")}


def test_a_responsible_person_needs_post_and_everyone_a_department(
    sample: Sample, missing_of: MissingOf
) -> None:
    sample.change(Person, 1, post="")
    sample.change(Person, 3, department="", post="")
    assert missing_of(REPORT, sample.case()) == {("person", 1, "post"), ("person", 3, "department")}


def test_a_worker_who_left_and_a_new_responsible_person(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    filed(sample, forms, REPORT)
    last = date(2026, 7, 31)
    sample.change(Assignment, 41, ends_on=last, change_reason="退職のため")
    sample.change(Assignment, 11, ends_on=last, change_reason="役割の交代のため")
    sample.add(Person(name="\ufa19谷　修", department="業務部", post="部長", employment="社員"))
    sample.add(
        Assignment(
            person=9,
            contract=KIMITSU,
            roles=tuple(AssignmentRole(role=role) for role in ("総括責任者", "業務責任者")),
            starts_on=last + timedelta(days=1),
            change_reason="人事異動のため",
        )
    )
    statement = forms[REPORT].gather(sample.case(day=LATER))
    rows = {
        row["item"]: (row["before"], row["after"], row["on"], row["why"])
        for row in statement.facts["changes"]
    }
    assert rows == {
        "総括責任者、業務責任者の追加": (
            "－",
            "\ufa19谷　修\n業務部\n部長",
            "令和8年8月1日",
            "人事異動のため",
        ),
        "総括責任者、業務責任者の終了": (
            "𠮷田　一郎\n業務部\n部長",
            "－",
            "令和8年7月31日",
            "役割の交代のため",
        ),
        "従事者の終了": (rows["従事者の終了"][0], "－", "令和8年7月31日", "退職のため"),
    }, "a leaver and a successor each have a day of their own"
    text = text_of(statement)
    for wanted in ("\ufa19谷修", "𠮷田一郎", "人事異動のため", "退職のため", "変更後の責任者"):
        assert wanted in text


def test_a_leaver_without_a_reason_is_named(sample: Sample, forms: Forms, missing_of: MissingOf) -> None:
    filed(sample, forms, REPORT)
    sample.change(Assignment, 41, ends_on=date(2026, 7, 31))
    assert missing_of(REPORT, sample.case(day=LATER)) == {("assignment", 41, "change_reason")}


def test_an_annex_without_a_clause_prints_without_a_clause_line(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.change(Contract, KIMITSU, annexes=())
    text = text_of(forms[NOTICE].gather(sample.case()))
    assert "規定により" not in text
    assert "発注者みなと北市" in text


def test_words_of_the_contract_win_over_the_annexs(sample: Sample, forms: Forms) -> None:
    sample.change(Contract, KIMITSU, client_word="委託者", vendor_word="受託者")
    held = forms[NOTICE].gather(sample.case()).facts["letter"]["contract"]
    assert (held["client_label"], held["vendor_label"]) == ("発注者（委託者）", "受注者（受託者）")


def test_a_clause_on_other_information_is_not_cited(sample: Sample, forms: Forms) -> None:
    sample.change(Contract, KAWAGUCHI, information=("機密情報",))
    cited = forms[REPORT].gather(sample.case(KAWAGUCHI)).facts["letter"]["cited"]
    assert cited == "秘密保持契約書第8条"


def test_what_is_not_stated_may_change_freely(sample: Sample, forms: Forms) -> None:
    before = {form: forms[form].gather(sample.case()) for form in (NOTICE, REPORT)}
    sample.change(Device, 1, os="Windows 11 Pro 25H2")
    sample.change(Vendor, 1, telephone="03-0000-9999")
    for form, statement in before.items():
        after = forms[form].gather(sample.case(day=LATER, comparing=True))
        assert compare(statement.stated, after.stated) == ()


@pytest.mark.parametrize("shift", [0, 1, 5], ids=["today", "tomorrow", "later"])
def test_a_role_given_up_for_another_is_not_told_as_held_beside_it(
    sample: Sample, forms: Forms, text_of: TextOf, shift: int
) -> None:
    filed(sample, forms, REPORT)
    since = LATER + timedelta(days=shift)
    held = next(
        one
        for one in sample.facts.of(Assignment, "contract", KIMITSU)
        if one.role_names == ("従事者",) and not one.ends_on
    )
    roles = (AssignmentRole(role="検査担当者"),)
    sample.add(
        replace(held, id=0, revision=0, roles=roles, starts_on=since, changed_on=since, change_reason="交代")
    )
    sample.change(Assignment, held.id, ends_on=since - timedelta(days=1))
    text = text_of(forms[REPORT].gather(sample.case(day=LATER)))
    before = f"（{wareki(held.starts_on)}から{wareki(since - timedelta(days=1))}まで）"
    after = f"検査担当者（{wareki(since)}から）"
    assert (before in text) is (after in text) is (shift > 0)
    assert f"、検査担当者{wareki(since)}" not in text


SINCE = LATER + timedelta(days=5)


def handed_over(sample: Sample, ends_on: date | None = None) -> Assignment:
    """A worker who is told to be one until the day before ``SINCE``, and something else from then on."""
    held = next(
        one
        for one in sample.facts.of(Assignment, "contract", KIMITSU)
        if one.role_names == ("従事者",) and not one.ends_on
    )
    roles = (AssignmentRole(role="検査担当者"),)
    sample.change(Assignment, held.id, ends_on=SINCE - timedelta(days=1))
    return sample.add(replace(held, id=0, revision=0, roles=roles, starts_on=SINCE, ends_on=ends_on))


@pytest.mark.parametrize("after", [-1, 0, 1, 60], ids=["last day", "first day", "day after", "later"])
def test_roles_told_one_after_another_are_not_asked_for_again_as_the_day_comes(
    sample: Sample, forms: Forms, after: int
) -> None:
    follower = handed_over(sample)
    told = forms[REPORT].gather(sample.case(day=LATER))
    before = f"令和8年4月1日から{wareki(SINCE - timedelta(days=1))}まで"
    roles = f"従事者（{before}）、検査担当者（{wareki(SINCE)}から）"
    assert told.stated[f"person:{follower.person}"]["役割"] == roles
    sample.submitted(told)
    day = SINCE + timedelta(days=after)
    assert drift(sample.facts, sample.catalogue, forms, day, KIMITSU) == ()
    assert forms[REPORT].gather(sample.case(day=day, again=True)).variant == AGAIN


@pytest.mark.parametrize("after", [0, 60])
def test_an_end_recorded_after_roles_were_told_is_told(sample: Sample, forms: Forms, after: int) -> None:
    follower = handed_over(sample)
    sample.submitted(forms[REPORT].gather(sample.case(day=LATER)))
    sample.change(Assignment, follower.id, ends_on=SINCE + timedelta(days=90))
    (found,) = drift(sample.facts, sample.catalogue, forms, SINCE + timedelta(days=after), KIMITSU)
    (one,) = found.differences
    assert {label for label, _was, _now in one.lines} >= {"役割", "従事終了日"}


def test_who_is_in_charge_until_a_known_day_is_not_told_as_staying_on(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    held = next(one for one in sample.facts.all(Assignment) if set(one.role_names) - {"従事者"})
    sample.change(Assignment, held.id, ends_on=LATER)
    text = text_of(forms[REPORT].gather(sample.case(held.contract)))
    assert f"{wareki(held.starts_on)}{wareki(LATER)}まで（予定）" in text
