"""The acts on machines and media by the command line: what is shown is what is written, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cli.options.acts import TAKEN
from app.records import Device, DeviceUse, Location
from app.start import Product
from app.work.acts.catalogue import ACTS
from app.work.acts.devices.move import MOVE
from app.work.acts.doing import Doing
from app.work.acts.plan import Ground
from app.work.acts.planning import plan_of
from tests.cli.acting import opened, shown_and_written
from tests.cli.conftest import DAY

Run = Callable[..., Any]
Refused = Callable[[Any], str]

PLACE = "緑川データ入力 第二入力室"


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.acts.command.today", lambda: DAY)


def test_the_command_line_takes_the_fields_of_every_act() -> None:
    assert {name: tuple(one.options) for name, one in TAKEN.items()} == {
        name: tuple(field.name for field in act.fields) for name, act in ACTS.items()
    }
    assert {name: (one.record, one.many) for name, one in TAKEN.items()} == {
        name: (act.about.spec.name, act.many) for name, act in ACTS.items()
    }


def test_two_devices_move_for_every_contract_that_uses_them(jutaku: Run, folder: Path) -> None:
    move = ("move", "device", "PC-002", "PC-003", "--to", PLACE, "--on", "2026-12-10", "--why", "増員のため")
    shown = shown_and_written(jutaku, folder, *move)
    assert {one["record"] for one in shown["writes"]} == {"device_use", "location_use"}
    notice = next(one for one in shown["papers"] if one["form"] == "location-notice")
    assert notice["contract"] == "MK-1024"
    assert notice["due"] < "2026-12-10"
    assert any("再委託先の場所" in one for one in shown["remarks"])


def test_a_wrong_move_is_one_sentence(jutaku: Run, refused: Refused) -> None:
    move = ("move", "device", "PC-003", "--to")
    told = refused(jutaku(*move, "どこにもない場所", "--on", "2026-12-10"))
    assert "登録されていません。名称を確かめてください。" in told
    assert "既に" in refused(jutaku(*move, "本社 第一作業室", "--on", "2026-12-10"))


def test_a_plan_confirmed_twice_is_written_once(folder: Path) -> None:
    product = Product()
    with opened(folder) as ledger:
        facts = ledger.facts()
        ground = Ground(facts, product.catalogue_of(facts), product.forms, DAY)
        place = next(one for one in facts.all(Location) if one.name == PLACE)
        device = next(one for one in facts.all(Device) if one.control_number == "PC-003")
        doing = Doing(ledger, plan_of(MOVE, ground, (device,), {"to": place.id, "on": date(2026, 12, 10)}))
        first = doing.confirm()
        uses = ledger.facts().count(DeviceUse)
        assert doing.confirm() is first
        assert ledger.facts().count(DeviceUse) == uses


def test_a_lost_disk_is_an_incident_of_every_contract_with_its_first_report(
    jutaku: Run, folder: Path
) -> None:
    lose = ("lose", "device", "PC-005", "--kind", "盗難", "--found", "2026-11-20 17:30")
    shown = shown_and_written(jutaku, folder, *lose, "--by", "業務部 小林 翔")
    assert {one["after"]["contract"] for one in shown["writes"]} == {"MD-0058", "HB-0311"}
    assert [one["form"] for one in shown["papers"]] == ["incident-first"] * 2
    assert all(one.startswith("すぐに電話する相手：") for one in shown["remarks"][:2])
    (paper,) = (one for one in shown["papers"] if one["contract"] == "HB-0311")
    assert paper["due"] <= "2026-11-24"


def test_a_leaf_sent_to_the_wrong_hands(jutaku: Run, folder: Path) -> None:
    lose = ("lose-asset", "asset", "A-0020", "--kind", "誤送付・誤交付", "--found", "2026-11-20 9:00")
    shown = shown_and_written(jutaku, folder, *lose, "--quantity", "3")
    (written,) = shown["writes"]
    assert written["after"]["assets"][0]["quantity"] == 3


def test_an_accident_found_before_it_happened_is_one_sentence(jutaku: Run, refused: Refused) -> None:
    lose = ("lose", "device", "UM-001", "--kind", "紛失", "--found", "2026-11-19")
    assert "より前です" in refused(jutaku(*lose, "--happened", "2026-11-20"))
    assert "何が起きたか" in refused(jutaku("lose", "device", "UM-001", "--found", "2026-11-19"))


def test_a_device_is_taken_out_of_use_only_when_nothing_is_on_it(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    retire = ("retire", "device", "PC-001", "--on", "2026-11-21")
    assert "A-0021" in refused(jutaku("retire", "device", "PC-004", "--on", "2026-11-21"))
    assert "消去・破壊した記録がありません" in refused(jutaku(*retire))
    shown = shown_and_written(jutaku, folder, *retire, "--unerased", "社内で別の業務に使うため")
    assert {one["record"] for one in shown["writes"]} == {"device", "device_use"}
    assert any("消去・破壊した記録がありません" in one for one in shown["remarks"])


def test_assets_go_out_with_an_approval_or_a_reason_and_come_back(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    out = ("check-out-asset", "asset", "A-0020", "--to", "緑川市役所", "--person", "E-006")
    today = (*out, "--on", "2026-11-21 9:00")
    assert "情報資産持出承諾申請書" in refused(jutaku(*today))
    without = shown_and_written(jutaku, folder, *today, "--without", "発注者の急な求め")
    assert any("要対応のまま" in one for one in without["remarks"])
    ahead = shown_and_written(jutaku, folder, *out, "--on", "2026-12-01 9:00", "--until", "2026-12-02")
    assert [one["record"] for one in ahead["writes"]] == ["approval", "event"]
    assert [(one["form"], one["due"]) for one in ahead["papers"]] == [("takeout-application", "2026-11-30")]
    assert jutaku(*today, "--without", "発注者の急な求め").code == 0
    assert "持出し中です" in refused(jutaku(*today, "--without", "発注者の急な求め"))
    back = ("check-in-asset", "asset", "A-0020", "--on", "2026-11-21 17:00")
    assert "を超えます" in refused(jutaku(*back, "--quantity", "1801"))
    for part, quantity in (("--quantity", "300"), 300), ((), 1800):
        (written,) = shown_and_written(jutaku, folder, *back, *part)["writes"]
        assert written["after"]["quantity"] == quantity


def test_devices_go_out_come_back_and_change_hands(jutaku: Run, folder: Path, refused: Refused) -> None:
    out = ("check-out", "device", "PC-005", "--to", "防波市庁舎 電算室", "--on", "2026-11-21")
    assert "に持ち出されています" in refused(jutaku(*out))
    back = shown_and_written(jutaku, folder, "check-in", "device", "PC-005")
    assert [one["record"] for one in back["writes"]] == ["device_use", "device_use"]
    other = ("check-out", "device", "PC-003", *out[3:])
    # It serves another client too, to whom that building is a stranger's.
    assert "承諾" in refused(jutaku(*other))
    shown_and_written(jutaku, folder, *other, "--without", "発注者の急な求め")
    lent = shown_and_written(
        jutaku, folder, "lend", "device", "PC-001", "--to", "E-005", "--on", "2026-11-21"
    )
    assert len(lent["writes"]) == 4


def test_assets_are_disposed_of_under_the_clause_and_taken_back(
    jutaku: Run, folder: Path, refused: Refused
) -> None:
    given = ("dispose-asset", "asset", "A-0016", "A-0030", "--on", "2026-11-21", "--method", "裁断")
    assert "第7条第2項" in refused(jutaku(*given, "--result", "完了"))
    done = (*given, "--result", "完了", "--failed", "A-0030", "--followed", "11月24日に再度裁断")
    shown = shown_and_written(jutaku, folder, *done, "--unapproved", "至急の求めのため")
    (write,) = shown["writes"]
    lines = [(one["asset"], one["quantity"], one["result"]) for one in write["after"]["lines"]]
    assert lines == [("A-0016", 1, "完了"), ("A-0030", 12, "不良")]
    assert write["after"]["unapproved"] == "至急の求めのため"
    assert any("証明書は、完了したものを含めて作成できません" in one for one in shown["remarks"])


def test_a_disposal_to_come_is_planned_with_its_application(jutaku: Run, folder: Path) -> None:
    given = ("dispose-asset", "asset", "A-0016", "--on", "2026-12-10", "--method", "裁断")
    shown = shown_and_written(jutaku, folder, *given, "--purpose", "契約の終了", "--witness-asked", "要")
    assert [one["record"] for one in shown["writes"]] == ["approval", "disposal"]
    assert shown["writes"][1]["after"]["status"] == "予定"
    assert {"form": "disposal-application", "contract": "MK-1024", "due": "2026-12-09"} in shown["papers"]


def test_a_medium_is_destroyed_once(jutaku: Run, refused: Refused) -> None:
    given = (
        "dispose",
        "device",
        "UM-001",
        "--on",
        "2026-11-21",
        "--method",
        "物理的破壊",
        "--result",
        "完了",
    )
    more = ("--item", "印刷用の試験データ", "--unapproved", "至急の求めのため")
    assert "記録されていた情報を入力してください" in refused(jutaku(*given))
    assert "1件を登録しました。" in jutaku(*given, *more).out
    assert "廃棄済みです" in refused(jutaku(*given, *more))
