"""What cannot be, said to the acts: one sentence each, with the way on, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.records import Person
from app.start import Product
from app.work.acts.doing import Doing, PlanMovedError
from app.work.acts.people.leave import LEAVE
from app.work.acts.plan import Ground
from app.work.acts.planning import plan_of
from tests.cli.acting import opened, told
from tests.cli.conftest import DAY

Run = Callable[..., Any]
Refused = Callable[[Any], str]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.acts.command.today", lambda: DAY)


LEFT = ("train", "contract", "BK-0440", "--on", "2026-11-20", "--title", "研修", "--topics", "罰則")
LOST = ("lose", "device", "UM-001", "--kind", "紛失", "--found", "2026-11-20 10:00")
REFUSED: tuple[tuple[tuple[str, ...], str, str], ...] = (
    ((*LEFT, "--people", "E-008"), "退職しています", "受講者から外してください"),
    (
        ("check-out", "device", "PC-005", "--to", "防波市庁舎 電算室", "--on", "2026-11-21"),
        "に持ち出されています",
        "先に「機器の持帰り」を登録してください",
    ),
    (
        ("renew", "MK-1024", "--number", "MK-2", "--starts-on", "2027-03-31", "--ends-on", "2028-03-31"),
        "履行期間（令和9年3月31日まで）と重なっています",
        "令和9年4月1日以後の日を入力してください",
    ),
    (
        (*LOST, "--happened", "2026-11-20 10:01"),
        "気づいた日時（令和8年11月20日 10時00分）が起きた日時",
        "日時を確かめてください",
    ),
    (("return-all", "MK-1024", "--on", "2026-11-22"), "きょうより後", "登録してください"),
)


@pytest.mark.parametrize(("act", "wrong", "way"), REFUSED, ids=lambda one: str(one)[:24])
def test_what_cannot_be_is_one_sentence_with_the_way_on(
    jutaku: Run, refused: Refused, folder: Path, act: tuple[str, ...], wrong: str, way: str
) -> None:
    with opened(folder) as ledger:
        before = told(ledger.facts())
    said = refused(jutaku(*act))
    assert wrong in said
    assert way in said
    with opened(folder) as ledger:
        assert told(ledger.facts()) == before


def test_an_approval_dated_after_the_event_allowed_nothing(jutaku: Run, refused: Refused) -> None:
    held = jutaku("balance", "--on", "2026-11-11", "--contract", "MD-0058", "--json").json
    paper = next(one["asset"] for one in held if one["held"] and one["medium"] == "紙")
    act = ("dispose-asset", "asset", paper, "--on", "2026-11-11", "--method", "裁断", "--result", "完了")
    said = refused(jutaku(*act, "--approval", "AP-007", "--responsible", "E-003"))
    assert "承諾日（令和8年11月12日）が廃棄・消去の年月日（令和8年11月11日）より後です" in said
    assert "日付を確かめるか、承諾を空欄にして登録してください" in said


def test_who_follows_the_only_one_in_charge_is_asked(jutaku: Run) -> None:
    asks = jutaku("leave", "person", "E-003", "--on", "2026-12-31", "--dry-run", "--json").json["asks"]
    alone = [one for one in asks if "は佐藤 大輔だけです。後任を選んでください" in one]
    assert any("業務責任者" in one for one in alone)
    followed = ("leave", "person", "E-003", "--on", "2026-12-31", "--follows", "E-004", "--dry-run", "--json")
    assert not [one for one in jutaku(*followed).json["asks"] if "後任を選んでください" in one]


def test_a_place_that_was_not_told_of_is_told_beforehand(jutaku: Run) -> None:
    shown = jutaku(
        "move", "device", "PC-001", "--to", "浜手作業センター", "--on", "2026-12-10", "--dry-run", "--json"
    ).json
    assert any("MK-1024の作業場所に登録されていません" in one for one in shown["asks"])
    (notice,) = [one for one in shown["papers"] if one["form"] == "location-notice"]
    assert notice["due"] == "2026-12-09"


def test_of_two_windows_on_one_person_the_second_is_told_to_look_again(folder: Path) -> None:
    product = Product()
    with opened(folder) as ledger:
        facts = ledger.facts()
        person = next(one for one in facts.all(Person) if one.employee_number == "E-007")
        ground = Ground(facts, product.catalogue_of(facts), product.forms, DAY)
        plans = [
            plan_of(LEAVE, ground, (person,), {"on": day, "devices": "契約での使用を終える"})
            for day in (date(2026, 12, 30), date(2026, 12, 31))
        ]
        Doing(ledger, plans[0]).confirm()
        with pytest.raises(PlanMovedError, match="もう一度登録してください"):
            Doing(ledger, plans[1]).confirm()
        now = ground._replace(facts=ledger.facts())
        (said,) = plan_of(LEAVE, now, (now.facts.get(Person, person.id),), {"on": DAY}).refusals
        assert "令和8年12月30日に退職したと登録されています" in said


CALL = ("tell-client", "incident", "I-001", "--stage", "最終報告", "--how", "持参", "--to-whom", "森下")
AHEAD: tuple[tuple[str, ...], ...] = (
    (*CALL, "--at", "2026-11-21 14:04"),
    ("note-incident", "incident", "I-001", "--what", "警察に届け出た", "--at", "2026-11-21 14:04"),
    ("report-accident", "MK-1024", "--kind", "漏えい", "--found", "2026-11-21 14:04"),
    (
        *("receive", "MK-1024", "--on", "2026-11-21 14:04", "--things"),
        '[{"item":"申請書","classification":"個人情報","medium":"紙","quantity":1,"unit":"枚"}]',
    ),
)


@pytest.mark.parametrize("act", AHEAD, ids=lambda act: act[0])
def test_an_hour_of_today_that_lies_ahead_has_not_come(
    jutaku: Run, refused: Refused, folder: Path, monkeypatch: pytest.MonkeyPatch, act: tuple[str, ...]
) -> None:
    now = datetime.combine(DAY, time(14, 3)).astimezone()
    monkeypatch.setattr("app.cli.acts.command.now", lambda: now)
    with opened(folder) as ledger:
        before = told(ledger.facts())
    for way in ((), ("--dry-run", "--json")):
        assert "（令和8年11月21日 14時04分）がいま（14時03分）より後です" in refused(jutaku(*act, *way))
    with opened(folder) as ledger:
        assert told(ledger.facts()) == before
    in_time = tuple(one.replace("14:04", "14:03") for one in act)
    assert jutaku(*in_time, "--dry-run", "--json").json["writes"]


def test_nothing_comes_in_from_a_file_before_its_hour(jutaku: Run, refused: Refused, folder: Path) -> None:
    soon = (datetime.now() + timedelta(minutes=2)).isoformat(sep=" ", timespec="minutes")  # noqa: DTZ005  # as it is typed
    incident = {"contract": "MK-1024", "kinds": ["漏えい"], "found_at": soon}
    path = folder / "事故.json"
    path.write_text(json.dumps([incident]), encoding="utf-8")
    sentence = refused(jutaku("import", "incident", path))
    assert "発見した日時（" in sentence
    assert "より後です" in sentence
