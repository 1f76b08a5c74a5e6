"""An archive of a ledger of any former format makes a ledger of today's, as opening that ledger does."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.common import Progress
from app.exchange.archive import archiving
from app.exchange.archive.archiving import unarchive
from app.exchange.archive.writing import writer
from app.ledger.access import opening
from app.ledger.archiving.outgoing import outgoing
from app.ledger.door import Ledger
from app.ledger.migrations import FORMAT
from app.records import SPECS
from tests.ledger.conftest import CHEAP, PASSPHRASE, Clock
from tests.ledger.kept import KEPT, copied

OTHER = "別の 長い 合言葉です"


def archived(old: Path, key: bytes) -> Path:
    """The archive that the program of its time would have written of a ledger, were there archives then."""
    path = old.with_suffix(".zip")
    now = datetime(2026, 4, 1).astimezone()
    with (
        outgoing(old, key, Progress()) as held,
        path.open("wb") as file,
        writer(file, "", now, "") as into,
    ):
        archiving._write(held, into, Progress())
        into.finish(held.described)
    return path


@pytest.mark.parametrize(
    ("kept", "word"),
    [*((kept, PASSPHRASE) for kept in KEPT), (KEPT[0], OTHER)],
    ids=lambda value: value.stem if isinstance(value, Path) else "own" if value == OTHER else "same",
)
def test_a_former_format_is_brought_to_today(kept: Path, word: str, tmp_path: Path) -> None:
    old = copied(kept, tmp_path)
    key = opening.unlock(old, PASSPHRASE)
    path = archived(old, key)
    new = tmp_path / "新.jutaku"
    brought = unarchive(path, new, word, cost=CHEAP, clock=Clock())
    with (
        Ledger.open(new, opening.unlock(new, word), clock=Clock()) as ledger,
        Ledger.open(old, key, clock=Clock()) as opened,
    ):
        assert ledger._identity.format == FORMAT
        assert ledger.verify().ok
        assert ledger.id == opened.id
        for spec in SPECS.values():
            assert list(ledger.facts().all(spec.cls)) == list(opened.facts().all(spec.cls))
        # Before format 4 no row told of the sealed key.
        sealed = kept not in KEPT[:3]
        assert brought.own_key == (word == OTHER or not sealed) == (ledger.key != key)
