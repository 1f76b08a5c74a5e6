"""annexes, clauses, duties and balance: their shapes, and that they say what the ledger says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

Run = Callable[..., Any]
Refused = Callable[[Any], str]

DAY = "2026-11-21"
STATES = {"not-due", "due", "overdue", "waiting", "satisfied", "confirm", "not-applicable"}


def test_annexes_are_listed(run: Run) -> None:
    assert [(annex["annex"], annex["clauses"]) for annex in run("annexes", "--json").json] == [
        ("besshi-44", 44),
        ("hofu", 21),
        ("kawaguchi", 46),
        ("kimitsu-hoji", 43),
        ("minato", 23),
    ]
    assert "kimitsu-hoji" in run("annexes").out


@pytest.mark.parametrize(("annex", "count"), [("hofu", 21), ("kawaguchi", 46), ("kimitsu-hoji", 43)])
def test_clauses_have_the_promised_shape(run: Run, annex: str, count: int) -> None:
    clauses = run("clauses", annex, "--json").json
    assert len(clauses) == count
    keys = ["annex", "clause", "heading", "summary", "kinds", "when", "parameters", "options"]
    for clause in clauses:
        assert list(clause) == keys
        assert clause["annex"] == annex
        assert isinstance(clause["parameters"], dict)
        assert all(isinstance(clause[name], list) for name in ("kinds", "when", "options"))
    notice = next(c for c in clauses if "work-location" in c["kinds"])
    assert notice["summary"]
    assert notice["clause"] in run("clauses", annex).out


def test_an_unknown_annex_is_named(run: Run, refused: Refused) -> None:
    assert "「nowhere」は目録にありません" in refused(run("clauses", "nowhere", "--json"))


def test_duties_have_the_promised_shape(jutaku: Run) -> None:
    duties = jutaku("duties", "--on", DAY, "--json").json
    assert len(duties) > 60
    contracts = {contract["number"] for contract in jutaku("records", "contract", "--json").json}
    keys = ["contract", "annex", "clause", "kind", "state", "due", "missing", "evidence", "next", "why"]
    keys += ["again", "counted", "remarks"]
    for duty in duties:
        assert list(duty) == keys
        assert duty["state"] in STATES
        assert duty["contract"] in contracts
        assert duty["due"] is None or date.fromisoformat(duty["due"]).isoformat() == duty["due"]
        assert all(isinstance(text, str) for text in duty["missing"])
        assert all(list(proof) == ["record", "key", "date"] for proof in duty["evidence"])
        assert duty["why"]


def test_what_is_done_says_by_when_it_comes_round_again(jutaku: Run) -> None:
    duties = jutaku("duties", "--on", DAY, "--json").json
    recurring = [duty for duty in duties if duty["again"]]
    assert recurring
    for duty in recurring:
        assert (duty["state"], duty["due"]) == ("satisfied", None)
        assert date.fromisoformat(duty["again"]) >= date.fromisoformat(DAY)
        assert duty["counted"]
        assert duty["next"]
    assert {duty["again"] for duty in duties if duty["state"] != "satisfied"} == {None}


def test_a_notice_that_was_never_given_is_overdue_from_the_day_of_use(jutaku: Run) -> None:
    def state(day: str) -> tuple[str, str]:
        duties = jutaku("duties", "--contract", "MK-1024", "--on", day, "--json").json
        found = next(d for d in duties if d["kind"] == "work-location")
        return found["state"], found["due"]

    assert state("2026-03-31") == ("due", "2026-03-31")
    assert state("2026-04-01") == ("overdue", "2026-03-31")


def test_one_contract_shows_its_own_duties_only(jutaku: Run) -> None:
    duties = jutaku("duties", "--contract", "MD-0058", "--on", "令和8年11月21日", "--json").json
    assert {duty["contract"] for duty in duties} == {"MD-0058"}


def test_the_table_of_duties_is_in_japanese(jutaku: Run) -> None:
    out = jutaku("duties", "--on", DAY).out
    assert "期限超過" in out
    assert not re.search(r"overdue|work-location", out)


def test_balance_has_the_promised_shape_and_adds_up(jutaku: Run) -> None:
    rows = jutaku("balance", "--contract", "MK-1024", "--json").json
    assert list(rows[0]) == [
        "asset",
        "item",
        "medium",
        "unit",
        "received",
        "copied",
        "returned",
        "disposed",
        "held",
        "elsewhere",
    ]
    for row in rows:
        assert row["elsewhere"] == []
        assert row["held"] == row["received"] + row["copied"] - row["returned"] - row["disposed"]
    by_number = {row["asset"]: row for row in rows}
    assert (by_number["A-0019"]["received"], by_number["A-0019"]["held"]) == (64, 4)
    assert (by_number["A-0011"]["disposed"], by_number["A-0011"]["held"]) == (20, 0)
    assert "返戻封筒" in jutaku("balance", "--contract", "MK-1024").out


@pytest.mark.parametrize("command", ["balance", "duties", "documents"])
def test_an_unknown_contract_is_named(jutaku: Run, refused: Refused, command: str) -> None:
    assert "「NONE」" in refused(jutaku(command, "--contract", "NONE", "--json"))


def test_outside_has_the_promised_shape_and_knows_its_day(jutaku: Run) -> None:
    (row,) = jutaku("outside", "--json").json
    assert row == {
        "record": "device",
        "key": "PC-005",
        "item": "PC",
        "quantity": 1,
        "unit": "台",
        "person": "E-006",
        "place": "防波市庁舎 電算室",
        "since": "2026-09-01",
        "until": "2027-06-30",
        "until_by": "承諾の期限",
        "state": "later",
        "ground": "AP-005",
        "allowed": True,
        "clauses": row["clauses"],
        "contract": "HB-0311",
    }
    assert row["clauses"]
    (late,) = jutaku("outside", "--on", "2027-07-01", "--json").json
    assert late["state"] == "overdue"
    assert jutaku("outside", "--on", "2026-05-01", "--json").json == []
    assert "PC-005" in jutaku("outside", "--contract", "HB-0311").out
    assert "ありません" in jutaku("outside", "--contract", "MK-1024").out


def test_handovers_tells_what_waits_for_a_signature(jutaku: Run) -> None:
    rows = jutaku("handovers", "--contract", "MK-1024", "--json").json
    assert list(rows[0]) == ["handover", "contract", "kind", "at", "assets", "state", "slip"]
    assert {row["contract"] for row in rows} == {"MK-1024"}
    assert {row["state"] for row in rows} == {"slip"}
    assert "授受票なし" in jutaku("handovers").out
