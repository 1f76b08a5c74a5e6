"""A ledger with one record of every type, its archive, and what is done with either."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.exchange.archive import age
from app.exchange.archive.archiving import archive, unarchive
from app.ledger.archiving.incoming import Brought
from app.ledger.door import Ledger
from app.records import Person
from tests.ledger.conftest import CHEAP, PASSPHRASE, Clock, fill

SEALING = "書庫の 合言葉は 青い傘"

Unarchive = Callable[..., Brought]
"""Of an archive; ``passphrase``: the new ledger's, ``own``: the archive's, where it is another."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger that has been worked in; no test writes to it."""
    path = tmp_path_factory.mktemp("original") / "台帳.jutaku"
    ledger, _code = Ledger.create(path, PASSPHRASE, "担当 花子", cost=CHEAP, clock=Clock())
    with ledger:
        fill(ledger)
        for name in ("甲野 一", "乙野 二"):
            ledger.add(_person(name))
        ledger.undo()
        ledger.retire(_person_of(ledger, "甲野 一"), "重複のため")
        yield ledger


@pytest.fixture(scope="session")
def plain(original: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its archive without a passphrase."""
    path = tmp_path_factory.mktemp("plain") / "全体.zip"
    archive(original, path, clock=Clock())
    return path


@pytest.fixture(scope="session")
def sealed(original: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its archive sealed with ``SEALING``."""
    path = tmp_path_factory.mktemp("sealed") / "全体.zip"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(age, "WORK", 4)
        archive(original, path, SEALING, clock=Clock())
    return path


@pytest.fixture
def bring(tmp_path: Path, clock: Clock) -> Unarchive:
    """Make the ledger ``new`` of an archive."""

    def brought(path: Path, passphrase: str = PASSPHRASE, own: str | None = None) -> Brought:
        return unarchive(
            path, tmp_path / "新.jutaku", passphrase, own_passphrase=own, clock=clock, cost=CHEAP
        )

    return brought


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "新.jutaku"


def left(folder: Path) -> set[str]:
    """What lies in a folder but the lock of a ledger, which stays."""
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}


def _person(name: str) -> Person:
    return Person(name=name, employment="社員")


def _person_of(ledger: Ledger, name: str) -> Person:
    return next(one for one in ledger.facts().all(Person) if one.name == name)
