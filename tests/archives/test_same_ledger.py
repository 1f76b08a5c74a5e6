"""What was archived comes back as it was: records, files, history, journal, search and duties."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.duties.engine import duties
from app.exchange.archive.archiving import archive
from app.ledger.access import opening
from app.ledger.content import store
from app.ledger.door import Ledger
from app.ledger.file.driver import rows
from app.ledger.secret import keys
from app.records import SPECS, Person, Record
from app.start import Product
from tests.archives.conftest import SEALING, Unarchive
from tests.ledger.conftest import PASSPHRASE, Clock

_OWN = ("search_fts_data", "search_fts_idx", "search_fts_docsize", "search_fts_config")
"""SQLite's own, laid out as it was written; what is found with it is compared by itself."""
OTHER = "別の 長い 合言葉です"


def tables(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    connection = ledger._connection
    names = [name for (name,) in rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: sorted(rows(connection, f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608  # the file's own names
        for name in names
        if name not in _OWN
    }


def living(ledger: Ledger) -> list[tuple[Record, ...]]:
    """Every record that is not retired."""
    return [tuple(ledger.facts().all(spec.cls)) for spec in SPECS.values()]


def reopened(path: Path, passphrase: str = PASSPHRASE) -> Ledger:
    return Ledger.open(path, opening.unlock(path, passphrase), clock=Clock())


@pytest.mark.parametrize("kept", ["plain", "sealed"])
def test_everything_comes_back_as_it_was(
    request: pytest.FixtureRequest, original: Ledger, bring: Unarchive, new: Path, kept: str
) -> None:
    brought = bring(request.getfixturevalue(kept), own=SEALING if kept == "sealed" else None)
    assert not brought.own_key
    with reopened(new) as ledger:
        assert tables(ledger) == tables(original)
        assert (ledger.id, ledger.head(), ledger.officer) == (original.id, original.head(), original.officer)
        assert ledger.recovery_code() == original.recovery_code()
        assert ledger.verify() == original.verify()
        assert ledger.verify().ok
        assert living(ledger) == living(original)
        _same_reading(ledger, original)


def _same_reading(ledger: Ledger, original: Ledger) -> None:
    for spec in SPECS.values():
        assert original.facts().all(spec.cls), spec.name
        for content in store.read_all(original._connection, store.shape(spec.name)):
            record_id = content["id"]
            assert ledger.history(spec.name, record_id) == original.history(spec.name, record_id)
    for text in ("見本", "髙﨑", "葛", "甲野", "納税", "a"):
        assert ledger.search(text, 50) == original.search(text, 50)
    for (digest,) in rows(original._connection, "SELECT sha256 FROM blob"):
        assert ledger.blob(digest) == original.blob(digest)
    assert ledger.done(50) == original.done(50)
    assert ledger.skipped() == original.skipped()


def test_the_duties_are_those_of_the_archived_ledger(
    original: Ledger, plain: Path, bring: Unarchive, new: Path
) -> None:
    product = Product()
    bring(plain)
    with reopened(new) as ledger:
        for day in (date(2026, 3, 31), date(2026, 6, 1), date(2027, 4, 1)):
            now, then = (
                duties(held.facts(), product.catalogue_of(held.facts()), product.forms, day)
                for held in (ledger, original)
            )
            assert now == then
            assert now


def test_another_passphrase_makes_a_key_of_its_own_and_the_journal_tells(
    original: Ledger, plain: Path, bring: Unarchive, new: Path
) -> None:
    brought = bring(plain, OTHER)
    assert brought.own_key
    with reopened(new, OTHER) as ledger:
        assert ledger.recovery_code() != original.recovery_code()
        head = original.head()
        assert ledger.head().sequence == head.sequence + 1
        assert ledger.check_head(head.sequence, head.hash)
        assert ledger.verify().ok
        assert living(ledger) == living(original)
        told = rows(ledger._connection, "SELECT reason FROM history ORDER BY sequence DESC LIMIT 1")
        assert told == [
            (
                f"アーカイブ「全体.zip」（記録{head.sequence}件、先頭値 {head.hash}）から、"
                "新しい鍵とパスフレーズの台帳を作成。",
            )
        ]
    assert opening.unlock_with_code(new, keys.recovery_code(brought.key)) == brought.key


def test_the_new_ledger_goes_on_where_the_archived_one_ended(
    original: Ledger, plain: Path, bring: Unarchive, new: Path
) -> None:
    bring(plain)
    with reopened(new) as ledger:
        made = ledger.add(Person(name="あとから 来た人", employment="社員"))
        assert made.id == max(row[0] for row in rows(original._connection, "SELECT id FROM person")) + 1
        assert ledger.verify().ok


def test_an_archive_of_an_archive_is_the_same(
    original: Ledger, plain: Path, bring: Unarchive, new: Path, tmp_path: Path
) -> None:
    bring(plain)
    with reopened(new) as ledger:
        archive(ledger, tmp_path / "again.zip", clock=Clock())
    with zipfile.ZipFile(plain) as one, zipfile.ZipFile(tmp_path / "again.zip") as other:
        assert one.namelist() == other.namelist()
        assert all(one.read(name) == other.read(name) for name in one.namelist())
