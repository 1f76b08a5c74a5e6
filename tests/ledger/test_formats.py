"""A ledger of every format that was ever written opens today, and says what it said."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.ledger.door import Ledger
from app.ledger.file import driver, migrating
from app.ledger.migrations import FORMAT
from app.ledger.secret import keys
from app.records import Contract, Event, Oath, Person

FORMATS = Path(__file__).parent / "formats"
KEPT = sorted(FORMATS.glob("*.jutaku"))


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    for path in FORMATS.glob(f"{request.param.name}*"):
        shutil.copyfile(path, tmp_path / path.name)
    return tmp_path / str(request.param.name)


def test_every_former_format_is_kept_as_a_file() -> None:
    assert [path.stem for path in KEPT] == [f"format-{number}" for number in range(1, FORMAT)]


def test_an_old_ledger_opens_with_its_passphrase_and_verifies(old: Path, passphrase: str) -> None:
    key = keys.open_with_passphrase(old, passphrase)
    with closing(driver.connect(old, key)) as connection:
        assert migrating.format_of(connection) == int(old.stem.partition("-")[2])
    with Ledger.open(old, key) as ledger:
        assert ledger.verify().problems == ()
        facts = ledger.facts()
        assert [one.number for one in facts.all(Contract)] == ["第12号"]
        assert [one.name for one in facts.all(Person)] == ["髙﨑 葛\U000e0100子"]
        assert [one.approval for one in facts.all(Event)] == [None]
        assert [one.received_on for one in facts.all(Oath)] == [None]


def test_an_old_record_can_be_changed_and_still_verifies(old: Path, passphrase: str) -> None:
    with Ledger.open(old, keys.open_with_passphrase(old, passphrase)) as ledger:
        (person,) = ledger.facts().all(Person)
        ledger.change(replace(person, post="主任"))
        assert ledger.verify().problems == ()
