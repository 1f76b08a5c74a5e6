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
from app.start import Product
from app.work.acts.catalogue import ACTS
from app.work.acts.doing import Doing, MovedError
from app.work.acts.plan import Ground
from app.work.acts.planning import plan_of

Run = Callable[..., Any]
Refused = Callable[[Any], str]
RENEWAL = ("--number", "MK-2024", "--starts-on", "2027-04-01", "--ends-on", "R10.3.31")
ANSWERS: dict[str, dict[str, Any]] = {
    "renew": {"number": "MK-2024", "starts_on": date(2027, 4, 1), "ends_on": date(2028, 3, 31)},
    "amend": {
        "on": date(2026, 12, 1),
        "ends_on": date(2027, 6, 30),
        "title": "変更後の件名",
        "annex": "minato",
    },
}


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


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_what_was_shown_is_written_once_and_undone_as_one(ledger: Ledger, name: str) -> None:
    product, before = Product(), values(ledger)
    facts = ledger.facts()
    contract = next(one for one in facts.all(Contract) if one.number == "MK-1024")
    ground = Ground(facts, product.catalogue_of(facts), product.forms, date(2026, 11, 21))
    plan = plan_of(ACTS[name], ground, (contract,), ANSWERS[name])
    assert plan.ready, (plan.refusals, plan.asks)
    doing = Doing(ledger, plan)
    done = doing.confirm()
    assert len(done.writes) == len(plan.writes)
    assert doing.confirm() is done
    with pytest.raises(MovedError):
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
    assert "特記事項 kimitsu-hoji／1 → minato／1" in told
    assert "1件を登録しました。" in told
    assert "--on" in refused(jutaku("amend", "MK-1024", "--on", "いつか"))
