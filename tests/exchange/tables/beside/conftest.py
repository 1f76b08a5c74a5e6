"""A ledger with one contract, two people and two places, made once and copied for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.exchange.coming_in import importing
from app.exchange.demo import sample, settle
from app.ledger.door import Ledger
from app.ledger.secret.keys import Cost
from app.records import SPECS
from app.start import Product
from tests.support.ledgers import Original
from tests.support.registers import TODAY

_KINDS = ("vendor", "client", "subcontractor", "person", "location", "contract")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    folder = tmp_path_factory.mktemp("beside")
    made, _ = Product().create(folder / "l.jutaku", "correct horse battery", "髙橋", Cost(8192, 1, 1))
    for kind in _KINDS:
        importing.apply(made, importing.plan(made.facts(), SPECS[kind], settle(sample(kind), TODAY)), None)
    return Original.of(made)


@pytest.fixture
def ledger(original: Original, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "l.jutaku"
    with Product().open(path, original.copy_to(path)) as ledger:
        yield ledger
