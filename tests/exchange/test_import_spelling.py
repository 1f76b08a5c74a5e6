"""A file is understood as people mean it: keys in any spelling, people by name, unseen signs dropped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.exchange.coming_in import importing
from app.exchange.coming_in.planner import ImportPlan
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.records import SPECS, Asset, Client, Contract, Device, Oath, Person
from app.start import Product


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made, _ = Product().create(tmp_path / "l.jutaku", "correct horse battery", "髙橋", Cost(64, 1, 1))
    with made as ledger:
        yield ledger


def bring(ledger: Ledger, kind: str, *entries: Any, update: bool = False) -> ImportPlan:
    """Plan, and write where nothing is wrong."""
    planned = importing.plan(ledger.facts(), SPECS[kind], entries, update=update)
    if not planned.problems:
        importing.apply(ledger, planned, None)
    return planned


def said(planned: ImportPlan) -> list[str]:
    return [planned.sentence_of(problem) for problem in planned.problems]


def pc(number: str, **given: Any) -> dict[str, Any]:
    return {"control_number": number, "kind": "PC", "owner": "自社", **given}


def someone(name: str, number: str = "", **given: Any) -> dict[str, Any]:
    return {"name": name, "employment": "社員", "employee_number": number, **given}


def test_the_same_number_in_another_spelling_is_refused_row_by_row(ledger: Ledger) -> None:
    bring(ledger, "device", pc("PC-901"))
    again = bring(ledger, "device", pc("ＰＣ－９０１"), pc("PC-902"), pc("pc-９０２"))
    assert said(again) == [
        "1件目の「管理番号」：「ＰＣ－９０１」は、登録済みのPC・媒体「PC-901　PC」と同じです。"
        "更新するときは「更新」（--update）を指定してください。",
        "3件目の「管理番号」：2件目の「PC-902」と同じキー「pc-９０２」です。どちらかにしてください。",
    ]
    assert len(ledger.facts().all(Device)) == 1


def test_an_update_finds_it_and_keeps_the_first_spelling(ledger: Ledger) -> None:
    bring(ledger, "device", pc("PC-901"))
    assert bring(ledger, "device", pc("ＰＣー９０１ ", maker="見本"), update=True).counts["changed"] == 1
    (held,) = ledger.facts().all(Device)
    assert (held.control_number, held.maker) == ("PC-901", "見本")
    assert bring(ledger, "device", pc("pc-901", maker="見本"), update=True).counts["same"] == 1


def contract(ledger: Ledger, client: str) -> ImportPlan:
    about = {"signed_on": "2026-04-01", "starts_on": "2026-04-01", "ends_on": "2027-03-31"}
    annexes = [{"annex": "kimitsu-hoji", "version": 1}]
    return bring(
        ledger,
        "contract",
        {"client": client, "number": "K-1", "title": "健診 データ入力", **about, "annexes": annexes},
    )


def test_records_are_named_by_key_in_any_spelling_or_by_name(ledger: Ledger) -> None:
    bring(ledger, "client", {"name": "見本市", "addressee": "見本市長"})
    bring(ledger, "person", someone("佐久間 晴香", "E-901"), someone("西川 守", "E-902"))
    assert said(contract(ledger, "見本 市")) == []
    shared = {"role": "従事者"}
    for person, number in (("佐久間晴香", "健診データ入力"), ("ｅ－９０２", "Ｋ－１")):
        entry = {"person": person, "contract": number, "roles": [shared], "starts_on": "2026-04-01"}
        assert said(bring(ledger, "assignment", entry)) == []
    facts = ledger.facts()
    assert [facts.title(one) for one in facts.all(SPECS["assignment"].cls)] == [
        "佐久間 晴香　健診 データ入力",
        "西川 守　健診 データ入力",
    ]


def test_a_name_that_two_have_is_asked_for_by_number(ledger: Ledger) -> None:
    bring(ledger, "person", someone("西川 守", "E-1"), someone("西川　守", "E-2"))
    planned = bring(ledger, "oath", {"person": "西川守", "kind": "着任時", "contracts": []})
    assert (
        "1件目の「誓約者」：要員「西川守」は2件あります（E-1、E-2）。どれであるかを社員番号で書いてください。"
        in said(planned)
    )
    assert ledger.facts().all(Oath) == ()


def test_a_name_that_nobody_has_is_told(ledger: Ledger) -> None:
    planned = bring(ledger, "oath", {"person": "誰か", "kind": "着任時", "contracts": []})
    assert (
        "1件目の「誓約者」：要員「誰か」が台帳にありません。キーを確かめるか、先に要員を登録してください。"
        in said(planned)
    )


def test_what_nobody_can_see_is_left_out_and_said_once(ledger: Ledger) -> None:
    planned = bring(
        ledger,
        "device",
        pc("PC-902", serial="\u202aSN-7781"),
        pc("PC-903\u200b", storages=[{"name": "内蔵\u200bSSD\u200b", "encryption": "全体"}]),
    )
    assert planned.notes == (
        "目に見えない文字4個を除いてPC・媒体を取り込みます（1件目の「製造番号」ほか2か所）。",
    )
    first, second = ledger.facts().all(Device)
    assert (first.serial, second.control_number, second.storages[0].name) == ("SN-7781", "PC-903", "内蔵SSD")
    assert "同じキー" in said(bring(ledger, "device", pc("PC-7\u200b"), pc("PC-7")))[0]


def test_blanks_from_web_pages_become_plain_ones(ledger: Ledger) -> None:
    planned = bring(ledger, "person", someone("\ufeff東田 渚"), someone("南\xa0\u200b翼"))
    assert [one.name for one in ledger.facts().all(Person)] == ["東田 渚", "南 翼"]
    assert len(planned.notes) == 1


@pytest.mark.parametrize("name", ["佐藤😀", "佐\u3164藤", "佐\ue000藤", "佐\ud800藤", "佐\x07藤"])
def test_what_no_paper_can_show_is_refused_at_the_door(ledger: Ledger, name: str) -> None:
    (sentence,) = said(bring(ledger, "person", someone(name)))
    assert sentence.startswith("1件目の「氏名」：氏名の「佐")
    assert sentence.endswith("書類に印字できないため、消すか別の文字に改めてください。")
    assert ledger.facts().all(Person) == ()


def test_the_same_name_is_noted_and_not_refused(ledger: Ledger) -> None:
    bring(ledger, "person", someone("髙橋 美咲", "E-1", former_names=[{"name": "山田 美咲"}]))
    planned = bring(
        ledger, "person", someone("高橋美咲", "E-2"), someone("山田美咲", "E-3"), someone("高橋　美咲", "E-4")
    )
    assert planned.notes == (
        "1件目の「高橋美咲」は、登録済みの髙橋 美咲（E-1）と同じ氏名です。"
        "同じ人であれば、この件を除いてください。",
        "2件目の「山田美咲」は、登録済みの髙橋 美咲（E-1）と同じ氏名です。"
        "同じ人であれば、この件を除いてください。",
        "3件目の「高橋　美咲」は、登録済みの髙橋 美咲（E-1）、1件目の高橋美咲（E-2）と同じ氏名です。"
        "同じ人であれば、この件を除いてください。",
    )
    assert len(ledger.facts().all(Person)) == 4
    assert bring(ledger, "person", someone("高橋美咲", "E-2"), update=True).notes == ()


@pytest.mark.parametrize("number", [20, 21])
def test_many_of_one_name_do_not_flood_the_plan(ledger: Ledger, number: int) -> None:
    bring(ledger, "person", someone("佐藤 花子", "E-0"))
    planned = bring(ledger, "person", *(someone("佐藤花子", f"E-{at}") for at in range(1, number + 1)))
    assert len(planned.notes) == min(number, 20) + (number > 20)
    assert all(len(note) < 500 for note in planned.notes)


def test_an_export_stands_in_order_and_after_what_it_names(ledger: Ledger) -> None:
    bring(ledger, "client", {"name": "見本市", "addressee": "見本市長"})
    contract(ledger, "見本市")
    thing = {"contract": "K-1", "item": "票", "classification": "個人情報", "medium": "紙", "unit": "枚"}
    bring(ledger, "asset", {**thing, "number": "A-10"}, {**thing, "number": "A-9"})
    bring(ledger, "asset", {**thing, "number": "A-1", "copy_of": "A-10"})
    out = importing.export(ledger.facts(), Asset.spec)
    assert [entry["number"] for entry in out] == ["A-10", "A-1", "A-9"]


def test_people_are_exported_by_their_reading(ledger: Ledger) -> None:
    readings = {"渡部 梓": "ワタベ アズサ", "無名": "", "相田 仁": "アイダ ジン", "阿川 史": "ｱｶﾞﾜ ﾌﾐ"}
    bring(ledger, "person", *(someone(name, kana=kana) for name, kana in readings.items()))
    out = importing.export(ledger.facts(), Person.spec)
    assert [entry["name"] for entry in out] == ["相田 仁", "阿川 史", "渡部 梓", "無名"]


def test_the_first_spelling_stands_in_the_ledger_where_a_file_names_it_otherwise(ledger: Ledger) -> None:
    bring(ledger, "client", {"name": "見本市", "addressee": "見本市長"})
    contract(ledger, "見本　市")
    facts = ledger.facts()
    assert facts.shown(facts.all(Contract)[0], "client") == "見本市"
    assert [one.name for one in facts.all(Client)] == ["見本市"]


def test_a_sign_in_the_place_of_a_lost_character_is_never_taken_for_it(ledger: Ledger) -> None:
    ledger.add(
        Device(control_number="PC-1", kind="PC", owner="自社", maker="髙橋電機", note="〓は見出しの記号")
    )
    lost = "「〓」は、表せない文字を置き換えた記号かもしれません。"
    known = pc("PC-1", maker="〓橋電機", note="〓は見出しの記号")
    assert said(bring(ledger, "device", known, pc("PC-2", model="〓野型"), update=True)) == [
        f"1件目の「メーカー」：{lost}台帳の値「髙橋電機」を確かめ、元の文字に直してください。",
        f"2件目の「型番」：{lost}元の文字に直してください。",
    ]
    former = [{"name": "〓田 一郎", "until": "2025-03-31"}]
    people = (someone("〓山 花子"), someone("山田 一郎", former_names=former))
    assert [one.partition("：")[0] for one in said(bring(ledger, "person", *people))] == [
        "1件目の「氏名」",
        "2件目の「旧氏名（改姓など）」1行目の「旧氏名」",
    ]
    assert not ledger.facts().all(Person)
    (held,) = ledger.facts().all(Device)
    assert held.maker == "髙橋電機"
    same = bring(ledger, "device", pc("PC-1", maker="髙橋電機", note="〓は見出しの記号"), update=True)
    assert (same.counts["same"], said(same)) == (1, [])
