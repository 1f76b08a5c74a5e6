"""Rounds by the command line: what is shown is what is written, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.records import Approval, Contract
from tests.cli.acting import opened, shown_and_written, told
from tests.cli.conftest import DAY

Run = Callable[..., Any]
Refused = Callable[[Any], str]


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.acts.command.today", lambda: DAY)


def test_a_training_for_two_contracts(jutaku: Run, folder: Path, refused: Refused) -> None:
    train = ("train", "contract", "MD-0058", "HB-0311", "--on", "2026-11-20")
    people = ("--people", "E-003、E-006", "--absent", "E-006", "--makeup", "2026-11-27")
    (written,) = shown_and_written(jutaku, folder, *train, *people, "--lecturer", "髙橋 美咲")["writes"]
    assert {one["contract"] for one in written["after"]["contracts"]} == {"MD-0058", "HB-0311"}
    came = {one["person"]: one["outcome"] for one in written["after"]["attendance"]}
    assert came == {"E-003": "出席", "E-006": "欠席"}
    assert "選べません" in refused(jutaku(*train, "--people", "E-999"))
    ahead = shown_and_written(jutaku, folder, *train[:-1], "2026-12-01")
    assert "attendance" not in ahead["writes"][0]["after"]


def test_oaths_are_prepared_and_come_back_signed(jutaku: Run, folder: Path, refused: Refused) -> None:
    assert jutaku("join", "contract", "MD-0058", "--person", "E-004", "--on", "2026-12-01").code == 0
    oaths = ("oaths", "contract", "HB-0311", "MD-0058")
    shown = shown_and_written(jutaku, folder, *oaths)
    assert [(one["record"], one["after"]["person"]) for one in shown["writes"]] == [("oath", "E-004")]
    assert "signed_on" not in shown["writes"][0]["after"]
    assert [(one["form"], one["due"]) for one in shown["papers"]] == [("oath", "2026-11-30")]
    assert "誓約書を求めるものがありません" in refused(jutaku(*oaths[:-1]))
    signed = ("signed", "contract", "MD-0058")
    assert "署名が戻った者を選んでください" in refused(jutaku(*signed, "--on", "2026-11-21"))
    assert "きょうより後" in refused(jutaku(*signed, "--on", "2026-11-22", "--whole", "すべての者"))
    back = shown_and_written(jutaku, folder, *signed, "--on", "2026-11-21", "--oaths", "E-006")
    assert [one["after"] for one in back["writes"]] == [{"signed_on": "2026-11-21"}]


def test_a_round_over_machines(jutaku: Run, folder: Path, refused: Refused) -> None:
    check = ("check-devices", "device", "PC-001", "PC-002", "--by", "E-003")
    well = ("--patches", "適用済み", "--antimalware", "最新", "--forbidden", "なし")
    shown = shown_and_written(jutaku, folder, *check, *well)
    assert [one["after"]["device"] for one in shown["writes"]] == ["PC-001", "PC-002"]
    assert "見つかったもの" in refused(jutaku(*check, "--patches", "未適用あり"))


def test_the_client_answers(jutaku: Run, folder: Path, refused: Refused) -> None:
    asked = ("answer", "contract", "MD-0058", "--said", "指示・求め・協議", "--kind", "報告の求め")
    words = ("--by", "電話・口頭", "--who", "広聴課 原田", "--words", "作業場所の報告", "--due", "2026-12-04")
    (written,) = shown_and_written(jutaku, folder, *asked, *words)["writes"]
    assert (written["record"], written["after"]["written"]) == ("instruction", False)
    granted = ("answer", "contract", "MD-0058", "--said", "承諾", "--by", "書面")
    assert "何への回答か" in refused(jutaku(*granted, "--to", "AP-999"))
    with opened(folder) as ledger:
        held = ledger.facts().all(Approval)
        contract = {one.id: one.number for one in ledger.facts().all(Contract)}
        pending = next(one for one in held if one.pending(DAY))
    granted = ("answer", "contract", contract[pending.contract], *granted[3:])
    (one,) = shown_and_written(jutaku, folder, *granted, "--to", pending.number)["writes"]
    assert (one["key"], one["after"]["granted_on"]) == (pending.number, "2026-11-21")


def test_a_stock_take_from_a_file_of_numbers(
    jutaku: Run, folder: Path, refused: Refused, tmp_path: Path
) -> None:
    take = ("stock-take", "location", "本社 第一作業室", "--scope", "PC・媒体だけ")
    assert "番号を読み取る" in refused(jutaku(*take))
    numbers = tmp_path / "番号.txt"
    numbers.write_text("ＰＣ-001\r\npc002\r\nPC-003 なし\r\nZZ-9\r\n", encoding="cp932")
    told = (*take, "--seen-file", str(numbers), "--by", "E-003")
    assert "措置" in refused(jutaku(*told))
    shown = shown_and_written(jutaku, folder, *told, "--action", "所在を照会した")
    (written,) = shown["writes"]
    results = {row["item"]: row["result"] for row in written["after"]["items"]}
    assert results == {
        "PC-001の所在": "適",
        "PC-002の所在": "適",
        "PC-003の所在": "不適",
        "PC-004の所在": "未確認",
        "台帳にない番号「ZZ-9」": "不適",
    }
    assert shown["follows"] == [{"act": "lose", "keys": ["PC-003"]}]
    assert "見つかりません" in refused(jutaku(*take, "--seen-file", str(tmp_path / "ない.txt")))
    numbers.write_bytes(b"PC-001\r\nPC-\x00002\r\n")
    assert "--seen-file：「番号.txt」の2行目に" in refused(jutaku(*take, "--seen-file", str(numbers)))
    numbers.write_text("PC-001", encoding="utf-16")
    read = jutaku(*take, "--seen-file", str(numbers), "--dry-run", "--json").json
    assert read["writes"][0]["after"]["items"][0] == {
        **read["writes"][0]["after"]["items"][0],
        "item": "PC-001の所在",
        "result": "適",
    }


def test_assets_are_counted_from_a_file_of_numbers(
    jutaku: Run, folder: Path, refused: Refused, tmp_path: Path
) -> None:
    take = ("stock-take", "location", "本社 保管庫", "--scope", "情報資産だけ", "--by", "E-003")
    whole = jutaku(*take, "--seen", "A-0007", "--dry-run", "--json").json["writes"][0]["after"]["items"]
    numbers = [row["item"].removesuffix("の所在") for row in whole]
    assert all(one.startswith("A-") for one in numbers)
    assert {row["result"] for row in whole[1:]} == {"未確認"}
    file = tmp_path / "数.txt"
    file.write_text("A-0019 3\n", encoding="utf-16")
    assert "措置" in refused(jutaku(*take, "--seen-file", str(file)))
    shown = shown_and_written(jutaku, folder, *take, "--seen-file", str(file), "--action", "探している")
    (row,) = (one for one in shown["writes"][0]["after"]["items"] if one["item"] == "A-0019の所在")
    assert (row["result"], row["evidence"]) == ("不適", "現物 3通（登録4通）")
    assert shown["follows"] == [{"act": "lose-asset", "keys": ["A-0019"]}]
    assert not [one for one in shown["writes"] if one["record"] == "incident"]


def test_labels_and_sheets_are_saved_and_nothing_is_written(
    jutaku: Run, folder: Path, refused: Refused, tmp_path: Path
) -> None:
    with opened(folder) as ledger:
        before = told(ledger.facts())
    out = tmp_path / "ラベル.pdf"
    labels = ("labels", "PC-001", "PC-002", "--sheet", "24", "--from", "5", "--out", str(out))
    assert jutaku(*labels, "--json").json == {"handout": "labels", "records": 2, "file": str(out)}
    assert out.read_bytes().startswith(b"%PDF")
    assert "24面です" in refused(jutaku(*labels[:5], "--from", "25", "--out", str(out)))
    assert "選べません" in refused(jutaku(*labels[:3], "--sheet", "7", "--out", str(out)))
    assert jutaku("stock-sheet", "本社 第一作業室", "--out", str(tmp_path / "表.pdf")).code == 0
    assert "登録されていません" in refused(jutaku("labels", "ZZ-9", "--out", str(out)))
    with opened(folder) as ledger:
        assert told(ledger.facts()) == before


def test_periodic_work_for_several_at_once(jutaku: Run, folder: Path, refused: Refused) -> None:
    storage = (
        "check-storage",
        "location",
        "本社 第一作業室",
        "本社 保管庫",
        "--result",
        "適",
        "--by",
        "E-003",
    )
    written = shown_and_written(jutaku, folder, *storage)["writes"]
    assert [one["after"]["location"] for one in written] == ["本社 第一作業室", "本社 保管庫"]
    backup = ("back-up", "contract", "MK-1024", "HB-0311", "--result", "正常終了", "--encrypted", "あり")
    (made,) = shown_and_written(jutaku, folder, *backup)["writes"]
    assert {one["contract"] for one in made["after"]["contracts"]} == {"MK-1024", "HB-0311"}
    review = ("review-access", "system", "業務サーバ", "--anomalies", "あり")
    assert "異常の内容" in refused(jutaku(*review))
    (read,) = shown_and_written(jutaku, folder, *review, "--found", "深夜の接続", "--action", "確認した")[
        "writes"
    ]
    assert read["after"]["found"] == "深夜の接続"
