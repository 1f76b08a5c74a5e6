"""jutaku undo: what goes back and what stays is printed, and nothing is taken back by halves unasked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.ledger.access import opening
from app.records import Person
from app.start import Product
from tests.cli.conftest import PASSPHRASE
from tests.support.window.leaving import leave

Run = Callable[..., Any]
Refused = Callable[[Any], str]


@pytest.fixture
def left(folder: Path) -> str:
    """Two who left as one act, of whom one was changed since; the number of the act."""
    path = folder / "sample.jutaku"
    with Product().open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        people = [one for one in ledger.facts().all(Person) if one.left_on is None][:2]
        number = leave(ledger, people)
        ledger.change(replace(ledger.get(Person, people[0].id), note="連絡済み"))
    return str(number)


def days(jutaku: Run) -> list[Any]:
    return [one["left_on"] for one in jutaku("records", "person", "--json").json]


def test_the_last_change_is_shown_and_then_taken_back(jutaku: Run, left: str) -> None:
    del left
    shown = jutaku("undo", "--dry-run", "--json").json
    assert shown["title"].startswith("元に戻す：「要員 ")
    (back,) = shown["back"]
    assert (back["record"], back["before"], back["after"]) == ("person", {"note": "連絡済み"}, {"note": ""})
    assert shown["stays"] == []
    assert jutaku("undo", "--json").json == shown
    assert jutaku("undo", "--list", "--json").json[0]["title"] == f"やり直し：{shown['title'][5:]}"


def test_two_undos_take_back_two_acts(jutaku: Run, left: str) -> None:
    before = days(jutaku)
    jutaku("undo")
    said = jutaku("undo")
    assert said.code == 0
    assert "（2件）\n" in said.out
    assert said.out.endswith("2件を元に戻しました。\n")
    assert days(jutaku) != before
    again = next(one for one in jutaku("undo", "--list", "--json").json if "退職" in one["title"])
    assert jutaku("undo", again["change"]).out.endswith("2件をやり直しました。\n")
    assert days(jutaku) == before
    del left


def test_a_part_is_taken_back_only_where_that_is_asked_for(jutaku: Run, refused: Refused, left: str) -> None:
    before = days(jutaku)
    shown = jutaku("undo", left, "--dry-run", "--json").json
    assert (len(shown["back"]), len(shown["stays"])) == (1, 1)
    assert "その後に変更されています" in shown["stays"][0]["why"]
    assert "2件のうち1件は元に戻せないため、何も変更していません" in refused(jutaku("undo", left))
    assert days(jutaku) == before
    assert jutaku("undo", left, "--partly", "--json").json == shown
    assert sum(one == date(2026, 4, 30).isoformat() for one in days(jutaku)) == 1
    assert "既に元に戻しています" in refused(jutaku("undo", left, "--partly"))


def test_a_dry_run_says_it_in_words_and_writes_nothing(jutaku: Run, left: str) -> None:
    before = days(jutaku)
    said = jutaku("undo", left, "--dry-run").out
    assert "　戻る　要員 " in said
    assert "退職日　令和8年4月30日 → （空欄）" in said
    assert "　残る　要員 " in said
    assert said.endswith("何も変更していません。\n")
    assert days(jutaku) == before


def test_what_is_no_change_is_refused_in_one_sentence(jutaku: Run, refused: Refused) -> None:
    assert "元に戻せる変更がありません" in refused(jutaku("undo", "999999"))
    assert "元に戻せる変更がありません" in refused(jutaku("undo", "1"))
    assert jutaku("undo", "まえ").code == 2
