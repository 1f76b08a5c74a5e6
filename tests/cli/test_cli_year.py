"""renew, amend, close, return-all, dispose-all: shown, then exactly that as one change, undone as one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.ledger.access.opening import unlock
from app.ledger.door import Ledger
from app.records import SPECS, Contract
from app.records.days import DayOnly
from app.start import Product
from app.work.acts.catalogue import ACTS
from app.work.acts.doing import Doing, PlanMovedError
from app.work.acts.plan import Ground, Plan
from app.work.acts.planning import plan_of

Run = Callable[..., Any]
Refused = Callable[[Any], str]
RENEWAL = ("--number", "MK-2024", "--starts-on", "2027-04-01", "--ends-on", "R10.3.31")
TODAY = date(2026, 11, 21)
GIVEN: dict[str, tuple[str, dict[str, Any]]] = {
    "renew": (
        "MK-1024",
        {"number": "MK-2024", "starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)},
    ),
    "amend": (
        "MK-1024",
        {"on": date(2026, 12, 1), "ends_on": date(2027, 6, 30), "title": "変更後の件名", "annex": "minato"},
    ),
    "return-all": ("HB-0311", {"on": DayOnly(TODAY), "to": "防波市"}),
    "dispose-all": (
        "MK-1024",
        {
            "on": TODAY,
            "method": "裁断",
            "responsible": 1,
            "result": "完了",
            "unapproved": "至急の求めのため",
        },
    ),
    "close": ("MN-2207", {"on": TODAY, "why": "解除"}),
}
FIRST: dict[str, tuple[str, str, dict[str, Any]]] = {
    "close": ("return-all", "MN-2207", {"on": DayOnly(TODAY), "to": "南潮区"})
}
"""What has to be done before the ledger takes an act; it stays."""


@pytest.fixture(scope="module")
def ledger(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One copy of the sample for all that is done and taken back."""
    folder = Path(shutil.copytree(filled, tmp_path_factory.mktemp("year") / "work"))
    path = folder / "sample.jutaku"
    passphrase = (folder / "pass.txt").read_text(encoding="utf-8").strip()
    with Product().open(path, unlock(path, passphrase)) as opened:
        yield opened


def values(ledger: Ledger) -> dict[str, list[Any]]:
    """Everything that the records say, without when it was written."""
    facts = ledger.facts()
    return {
        name: [spec.to_json(one, facts.key_of) for one in facts.all(spec.cls)] for name, spec in SPECS.items()
    }


def planned(ledger: Ledger, name: str, number: str, answers: dict[str, Any]) -> Plan:
    product, facts = Product(), ledger.facts()
    contract = next(one for one in facts.all(Contract) if one.number == number)
    ground = Ground(facts, product.catalogue_of(facts), product.forms, TODAY)
    return plan_of(ACTS[name], ground, (contract,), answers)


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_what_was_shown_is_written_once_and_undone_as_one(ledger: Ledger, name: str) -> None:
    if name in FIRST:
        Doing(ledger, planned(ledger, *FIRST[name])).confirm()
    before, plan = values(ledger), planned(ledger, name, *GIVEN[name])
    assert plan.ready, (plan.refusals, plan.asks)
    assert values(ledger) == before, "a plan writes nothing"
    doing = Doing(ledger, plan)
    done = doing.confirm()
    assert [type(one.record) for one in done.writes] == [type(one.record) for one in plan.writes]
    assert doing.confirm() is done
    with pytest.raises(PlanMovedError):
        Doing(ledger, plan).confirm()
    assert values(ledger) != before
    ledger.undo()
    assert values(ledger) == before


def test_a_renewal_is_shown_in_the_promised_shape_and_writes_nothing(jutaku: Run) -> None:
    before = jutaku("records", "--json").out
    shown = jutaku("renew", "MK-1024", *RENEWAL, "--dry-run", "--json")
    assert shown.code == 0, shown.err
    made = shown.json
    assert list(made) == ["contract", "carried", "ends", "asks", "papers"]
    assert made["contract"]["number"] == "MK-2024"
    assert made["contract"]["renews"] == "MK-1024"
    for entry in (*made["carried"], *made["ends"]):
        assert list(entry) == ["record", "key", "why"]
        assert all(entry.values())
    assert "assignment" in {one["record"] for one in made["carried"]}
    assert "oath" in {one["record"] for one in made["ends"]}
    assert "personnel-report" in made["papers"]
    assert jutaku("records", "--json").out == before


def test_a_renewal_is_written_and_not_made_twice(jutaku: Run, refused: Refused) -> None:
    assert "件を登録しました。" in jutaku("renew", "MK-1024", *RENEWAL).out
    assert "「MK-2024」に更新済み" in refused(jutaku("renew", "MK-1024", *RENEWAL))
    assert "は登録されていません" in refused(jutaku("renew", "MK-9999", *RENEWAL))


def test_an_amendment_shows_what_changes_and_what_it_was(jutaku: Run, refused: Refused) -> None:
    given = ("--on", "R8.12.1", "--ends-on", "2027-06-30", "--annex", "minato", "--replaces", "kimitsu-hoji")
    (write,) = jutaku("amend", "MK-1024", *given, "--dry-run", "--json").json["writes"]
    assert (write["before"]["ends_on"], write["after"]["ends_on"]) == ("2027-03-31", "2027-06-30")
    assert [row["what"] for row in write["after"]["former"]] == ["履行期間の終期", "特記事項"]
    told = jutaku("amend", "MK-1024", *given).out
    former, later = "機密保持及び個人情報保護に関する特記事項", "個人情報等取扱いに関する特記事項"
    assert f"特記事項 {former}／1 → {later}／1" in told
    assert "1件を登録しました。" in told
    assert "--on" in refused(jutaku("amend", "MK-1024", "--on", "いつか"))


def test_a_contract_ends_once_what_is_left_went_back(jutaku: Run, refused: Refused) -> None:
    close = ("close", "MN-2207", "--on", "2026-11-21", "--why", "解除")
    assert "A-0032（被保険者証データ（10月分）、1枚）が残っているため" in refused(jutaku(*close))
    given = ("return-all", "MN-2207", "--on", "2026-11-21", "--method", "手渡し", "--json")
    (event,) = jutaku(*given, "--dry-run").json["writes"]
    assert (event["record"], event["after"]["kind"], event["after"]["quantity"]) == ("event", "返還", 1)
    assert jutaku(*given).code == 0
    assert "残っていません" in refused(jutaku(*given))
    ended = jutaku(*close, "--json").json
    assert ended["writes"][0]["after"]["ended_on"] == "2026-11-21"
    assert "closing-statement" in {one["form"] for one in ended["papers"]}
    assert "に終えたと登録されています" in refused(jutaku(*close))


def test_what_does_not_fit_the_method_is_named(jutaku: Run, refused: Refused) -> None:
    given = ("dispose-all", "MK-1024", "--on", "2026-11-21", "--responsible", "E-001", "--result", "完了")
    told = jutaku(*given, "--method", "裁断", "--dry-run").out
    assert "廃棄・消去しません：A-0004" in told
    assert "何も変更していません。" in told
    erased = jutaku(*given, "--method", "データ消去ソフトウェアによる消去")
    assert "確認の判定を選んでください" in refused(erased)
