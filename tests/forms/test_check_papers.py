"""Papers on checks, software, systems and backups: what each carries, and what nobody recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.duties.case import Case, MissingFactsError
from app.duties.papers.drift import drift_of
from app.records import (
    AccessReview,
    BackupRun,
    Check,
    Device,
    DeviceCheck,
    DeviceUse,
    Improvement,
    Person,
    Statement,
    System,
)
from app.records.check import CheckItem
from forms.form import Form
from tests.support.sample import DAY, KIMITSU, LATER, Sample
from tests.support.sample_checks import extend

Forms = Mapping[str, Form[Any]]
TextOf = Callable[[Statement], str]
MissingOf = Callable[[str, Case], set[tuple[str, int, str]]]

CARRIED = {
    "safety-checklist": {
        "day and by whom": "実施日令和8年5月11日実施者髙橋花子",
        "organisational": "組織的1責任者と連絡網が現況と一致する適体制図",
        "human, which nobody looked at": "人的－点検の記録なし記録なし－",
        "physical, with its measure": "（措置）入退室をICカードで管理する",
        "technical": "技術的3私物の機器がない対象外",
        "what was found wanting": "不適",
        "what was done about it": "退室欄を設けた記録簿に改めた",
        "result in numbers": "適1件不適1件対象外1件",
        "clause": "第6条第1項",
    },
    "storage-check": {
        "day": "令和8年5月12日",
        "place": "本社保管庫北斗ビル４階405号室",
        "what": "媒体の現物と台帳の照合",
        "items": "媒体の数量が台帳と一致する",
        "result": "適",
        "by whom": "渡邉由美子",
    },
    "software-check": {
        "machine": "PC-001PC",
        "day": "令和8年4月20日",
        "patches": "適用済み",
        "anti-malware that was not current": "最新でない",
        "forbidden software": "あり",
        "what was found": "ファイル交換ソフト",
        "action": "定義ファイルを更新した是正した日令和8年4月21日",
        "what is not mended on record": "是正の記録なし",
        "machines that nobody looked at": "この期間に点検の記録がないもの：PC-003、PC-004、PC-008",
        "sums": "計523",
        "by whom": "髙橋花子",
    },
    "access-review": {
        "system": "情報システム業務サーバ",
        "period": "令和8年4月1日から令和8年4月20日まで",
        "kept until": "令和10年4月30日",
        "how long logs are kept": "取得している（保存期間24か月）",
        "method": "失敗したログオンの回数を確認",
        "anomalies": "退職者の利用者登録が残っていた",
        "action": "（措置）利用者登録を削除した",
        "days that nobody read": "令和8年4月21日から令和8年4月30日まで",
        "watching": "夜間のログオンを通知する",
        "by whom": "令和8年4月25日髙橋花子",
    },
    "backup-record": {
        "runs": "令和8年4月30日業務サーバの契約別フォルダ第1世代正常終了",
        "where, on what": "本社保管庫MD-011",
        "encrypted": "あり",
        "restore": "令和8年5月7日復元できた",
        "restore that nobody tried": "記録なし",
        "storage checked": "媒体の数量が台帳と一致する適",
        "accuracy checked": "データの正確性受領件数と印刷件数の照合結果の記録なし",
    },
}
"""Form → what it must carry → how that reads on the paper of the sample, without white space."""


@pytest.fixture
def sample(sample: Sample) -> Sample:
    extend(sample)
    return sample


def made(sample: Sample, forms: Forms, form: str, **more: Any) -> Statement:
    return forms[form].gather(sample.case(**more))


def stale(sample: Sample, forms: Forms, statement: Statement) -> bool:
    document = sample.submitted(statement)
    case = sample.case()
    form = forms[statement.form]
    return drift_of(sample.facts, case.catalogue, form, case.contract, document, LATER).stale


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        pytest.param(form, text, id=f"{form}: {item}")
        for form, held in CARRIED.items()
        for item, text in held.items()
    ],
)
def test_the_paper_carries(sample: Sample, forms: Forms, text_of: TextOf, form: str, wanted: str) -> None:
    assert wanted in text_of(made(sample, forms, form))


@pytest.mark.parametrize("form", CARRIED)
def test_it_says_which_period_it_covers(sample: Sample, forms: Forms, text_of: TextOf, form: str) -> None:
    text = text_of(made(sample, forms, form, within=(date(2026, 4, 1), date(2026, 5, 31))))
    assert "対象期間令和8年4月1日から令和8年5月31日まで" in text


@pytest.mark.parametrize(
    ("form", "record", "number", "on"),
    [
        ("safety-checklist", Check, 1, date(2026, 5, 11)),
        ("storage-check", Check, 2, date(2026, 5, 12)),
        ("backup-record", BackupRun, 2, date(2026, 5, 29)),
    ],
)
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_what_was_done_outside_the_period_is_not_on_it(
    sample: Sample, forms: Forms, form: str, record: type[Any], number: int, on: date, over: int
) -> None:
    sample.change(record, number, done_on=on)
    key = f"{record.spec.name}:{number}"
    ends = (date(2026, 4, 1), on + timedelta(days=over))
    begins = (on + timedelta(days=over), DAY)
    assert has(sample, forms, form, ends, key) is (over >= 0)
    assert has(sample, forms, form, begins, key) is (over <= 0)


def has(sample: Sample, forms: Forms, form: str, within: tuple[date, date], key: str) -> bool:
    try:
        return key in made(sample, forms, form, within=within).stated
    except MissingFactsError:
        return False


def test_what_is_done_after_the_period_makes_no_paper_stale(sample: Sample, forms: Forms) -> None:
    for form in ("software-check", "backup-record", "access-review"):
        statement = made(sample, forms, form)
        sample.add(DeviceCheck(device=3, checked_on=LATER, checked_by=2, patches=True))
        sample.add(replace(sample.facts.get(BackupRun, 1), done_on=LATER))
        review = sample.facts.get(AccessReview, 1)
        sample.add(
            replace(review, period_from=date(2026, 7, 1), period_to=date(2026, 7, 31), reviewed_on=LATER)
        )
        assert not stale(sample, forms, statement), form


def test_what_is_found_out_later_of_the_period_does(sample: Sample, forms: Forms) -> None:
    software = made(sample, forms, "software-check")
    sample.add(DeviceCheck(device=3, checked_on=DAY, checked_by=2, patches=False))
    assert stale(sample, forms, software)
    backups = made(sample, forms, "backup-record")
    sample.change(BackupRun, 2, result="失敗")
    assert stale(sample, forms, backups)
    checklist = made(sample, forms, "safety-checklist")
    check = sample.facts.get(Check, 1)
    sample.change(Check, 1, items=(replace(check.items[0], result="不適"), *check.items[1:]))
    assert stale(sample, forms, checklist)


def test_a_machine_of_the_contract_that_was_added_later_is_told_as_not_looked_at(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    before = made(sample, forms, "software-check")
    sample.change(DeviceUse, 5, status="実績", starts_on=DAY)
    assert stale(sample, forms, before)
    assert "PC-005" in made(sample, forms, "software-check").facts["unchecked"]


@pytest.mark.parametrize(
    ("starts", "ends", "listed"),
    [
        (date(2026, 5, 1), None, True),
        (date(2026, 6, 1), None, False),
        (date(2026, 3, 1), date(2026, 4, 30), False),
        (date(2026, 3, 1), date(2026, 5, 1), True),
    ],
)
def test_machines_are_those_used_on_a_day_of_the_period(
    sample: Sample, forms: Forms, starts: date, ends: date | None, listed: bool
) -> None:
    sample.change(DeviceUse, 4, starts_on=starts, ends_on=ends)
    within = (date(2026, 5, 1), date(2026, 5, 31))
    held = made(sample, forms, "software-check", within=within)
    assert ("device:4" in held.stated) is listed


def test_a_device_in_free_words_is_listed_for_it_may_be_a_computer(sample: Sample, forms: Forms) -> None:
    sample.change(Device, 8, kind="その他：専用端末")
    assert "device:8" in made(sample, forms, "software-check").stated
    assert "device:10" not in made(sample, forms, "software-check").stated, "a medium that nobody looked at"


def test_without_any_check_there_is_no_record_of_checks(
    sample: Sample, forms: Forms, missing_of: MissingOf
) -> None:
    sample.drop(DeviceCheck)
    assert missing_of("software-check", sample.case()) == {("device_check", 0, "")}


@pytest.mark.parametrize(
    ("form", "record", "field"),
    [
        ("safety-checklist", Check, "checked_by"),
        ("safety-checklist", Check, "items"),
        ("storage-check", Check, "checked_by"),
        ("access-review", AccessReview, "method"),
    ],
)
def test_what_is_missing_is_named(
    sample: Sample, forms: Forms, missing_of: MissingOf, form: str, record: type[Any], field: str
) -> None:
    number = 2 if form == "storage-check" else 1
    sample.change(record, number, **{field: {"checked_by": None, "items": (), "method": ""}[field]})
    assert (record.spec.name, number, field) in missing_of(form, sample.case())


def test_a_storage_check_without_a_place_asks_for_it(sample: Sample, missing_of: MissingOf) -> None:
    sample.change(Check, 2, location=None)
    assert missing_of("storage-check", sample.case()) == {("check", 2, "location")}


@pytest.mark.parametrize("left", [-1, 0])
def test_who_had_left_looked_at_nothing(
    sample: Sample, forms: Forms, missing_of: MissingOf, left: int
) -> None:
    sample.change(Person, 3, left_on=date(2026, 5, 12) + timedelta(days=left))
    if left == 0:
        made(sample, forms, "storage-check")
    else:
        assert missing_of("storage-check", sample.case()) == {("check", 2, "checked_by")}


def test_a_check_without_items_has_no_result_on_record(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    sample.change(Check, 2, items=())
    assert "結果の記録なし" in text_of(made(sample, forms, "storage-check"))


def test_a_class_that_was_only_named_is_not_told_as_seen(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.change(Check, 1, measures=("人的",))
    assert "人的－項目ごとの記録なし記録なし" in text_of(made(sample, forms, "safety-checklist"))


def test_an_improvement_is_told_as_done_only_from_its_day_on(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    sample.add(
        Improvement(
            contract=KIMITSU,
            source="自己点検",
            own_check=1,
            found_on=date(2026, 5, 11),
            finding="記録簿の様式",
            done_on=DAY,
        )
    )
    said = text_of(made(sample, forms, "safety-checklist", day=DAY - timedelta(days=1)))
    assert "改善記録簿の様式（未実施）" in said
    assert "改善記録簿の様式（令和8年6月1日に実施）" in text_of(made(sample, forms, "safety-checklist"))


def test_what_was_mended_later_is_open_on_an_earlier_day(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    day = date(2026, 4, 20)
    assert "是正した日" not in text_of(made(sample, forms, "software-check", day=day))
    assert "定義ファイルを更新した是正の記録なし" in text_of(made(sample, forms, "software-check", day=day))


def test_a_restore_that_was_tried_later_was_not_on_an_earlier_day(
    sample: Sample, forms: Forms, text_of: TextOf
) -> None:
    text = text_of(made(sample, forms, "backup-record", day=date(2026, 5, 6)))
    assert "復元できた" not in text
    assert "対象期間に、点検の記録はありません。" in text


def test_a_paper_about_named_checks_covers_no_period(sample: Sample, forms: Forms, text_of: TextOf) -> None:
    statement = made(sample, forms, "storage-check", only=("check:2",))
    assert statement.within is None
    assert statement.subjects == ("check:2",)
    assert "対象期間" not in text_of(statement)


def test_each_check_has_its_sheet_and_their_pages_run_on(sample: Sample, forms: Forms) -> None:
    first = sample.facts.get(Check, 1)
    sample.add(replace(first, done_on=DAY, items=(CheckItem(item="施錠", measure="物理的", result="適"),)))
    sheets = forms["safety-checklist"].draw(made(sample, forms, "safety-checklist"))
    assert [sheet.continues for sheet in sheets] == [False, True]


@pytest.mark.parametrize(
    ("read", "left"),
    [
        ([], [(1, 30)]),
        ([(1, 30)], []),
        ([(2, 29)], [(1, 1), (30, 30)]),
        ([(1, 10), (11, 30)], []),
        ([(1, 10), (12, 30)], [(11, 11)]),
        ([(5, 20), (10, 15)], [(1, 4), (21, 30)]),
        ([(20, 30), (1, 4)], [(5, 19)]),
    ],
)
def test_the_days_of_a_log_that_nobody_read(read: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    from forms.access_review import unread

    def days(held: list[tuple[int, int]]) -> list[tuple[date, date]]:
        return [(date(2026, 4, first), date(2026, 4, last)) for first, last in held]

    assert unread(days([(1, 30)])[0], days(read)) == days(left)


@pytest.mark.parametrize("ends", [date(2026, 3, 31), date(2026, 4, 1)])
def test_a_system_that_was_no_longer_used_is_not_reported_on(
    sample: Sample, forms: Forms, ends: date
) -> None:
    sample.change(System, 1, starts_on=None, ends_on=ends)
    if ends < date(2026, 4, 1):
        with pytest.raises(MissingFactsError):
            made(sample, forms, "access-review")
    else:
        assert made(sample, forms, "access-review").facts["systems"][0]["left"] == "なし"
