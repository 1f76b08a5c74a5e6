"""Backups prove themselves before they count, and thin out by age."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.common import Cancelled, Progress
from app.ledger.access import opening
from app.ledger.copies import backup, manifests, retention
from app.ledger.copies.backup import BackupFailedError
from app.ledger.copies.manifests import backups
from app.ledger.copies.places import BackupPlaceError
from app.ledger.door import Ledger
from app.ledger.file import driver
from app.ledger.proof import verifying
from app.ledger.proof.heads import Kept
from app.ledger.secret import keys
from app.records import Person
from tests.ledger.conftest import PASSPHRASE

JAPAN = timezone(timedelta(hours=9))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_opens_alone_with_the_same_passphrase(full: Ledger, tmp_path: Path) -> None:
    made = full.backup(tmp_path / "控え")
    assert len(names(made.parent)) == 4
    facts = full.facts()
    full.close()
    for path in (full.path, *keys.key_paths(full.path)):
        path.unlink()
    manifests.note_of(made).unlink()
    with Ledger.open(made, opening.unlock(made, PASSPHRASE)) as restored:
        assert restored.verify().ok
        assert restored.facts().all(Person) == facts.all(Person)


def test_the_manifest_carries_the_head(full: Ledger, tmp_path: Path) -> None:
    made = full.backup(tmp_path)
    held = backups(tmp_path)[0]
    assert (held.path, held.manifest.head) == (made, full.head().hash)
    assert (held.manifest.sequence, held.manifest.ledger) == (full.head().sequence, full.id)
    assert full.hold(Kept(held.manifest.sequence, held.manifest.head)).holds
    assert hashlib.sha256(made.read_bytes()).hexdigest() == held.manifest.sha256


def test_a_backup_of_a_ledger_in_use_leaves_its_log_alone(full: Ledger, tmp_path: Path) -> None:
    with closing(driver.connect(full.path, full.key)) as reader:
        before = driver.one(reader, "SELECT count(*) FROM person")
        full.backup(tmp_path)
        full.add(Person(name="新人", employment="社員"))
        assert driver.one(reader, "SELECT count(*) FROM person") == before + 1


def test_a_copy_that_does_not_prove_itself_is_none(full: Ledger, tmp_path: Path) -> None:
    full._connection.execute("UPDATE person SET post = '部長'")
    with pytest.raises(BackupFailedError, match="登録内容が記録と合いません"):
        full.backup(tmp_path / "控え")
    assert names(tmp_path / "控え") == []


def test_a_backup_cut_short_leaves_nothing(
    full: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        full.backup(tmp_path / "控え", progress)
    monkeypatch.setattr(verifying, "verify_file", no_space)
    with pytest.raises(BackupPlaceError, match="控え」の空きが足りません"):
        full.backup(tmp_path / "控え")
    assert names(tmp_path / "控え") == []


def no_space(_path: Path, _key: bytes, _progress: Progress) -> None:
    connection = driver.scratch()
    connection.execute("PRAGMA max_page_count=2")
    try:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    finally:
        connection.close()


def test_two_backups_within_a_second_have_two_names(full: Ledger, tmp_path: Path) -> None:
    still = datetime(2026, 4, 1, 12, 0, tzinfo=JAPAN)
    for _ in range(2):
        backup.backup(full.path, full.key, tmp_path, clock=lambda: still)
    assert len(backups(tmp_path)) == 2


def test_what_is_no_backup_is_not_listed(full: Ledger, tmp_path: Path) -> None:
    made = full.backup(tmp_path)
    note = made.with_name(made.name + ".json")
    held = json.loads(note.read_text("utf-8"))
    for name, text in (
        ("a.json", "{"),
        ("b.json", "[]"),
        ("c.json", json.dumps({**held, "made_at": "2026-04-01T00:00:00"})),
        ("d.json", json.dumps(held)),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    assert [found.path for found in backups(tmp_path)] == [made]


NOW = datetime(2026, 11, 21, 12, 0, tzinfo=JAPAN)


@settings(max_examples=150)
@given(ages=st.lists(st.integers(0, 700 * 24), unique=True, max_size=80))
def test_retention_keeps_what_it_promises(ages: list[int]) -> None:
    made = {NOW - timedelta(hours=age) for age in ages}
    keep = retention.kept(made, NOW)
    newest = sorted(made, reverse=True)
    assert keep <= made
    assert set(newest[:3]) <= keep
    assert {moment for moment in made if NOW - moment <= timedelta(hours=48)} <= keep
    assert all(NOW - moment <= timedelta(days=400) for moment in keep - set(newest[:3]))
    assert len(keep) <= 3 + sum(age <= 48 for age in ages) + 14 + 8 + 12


def test_daily_backups_over_two_years_thin_out() -> None:
    made = [NOW - timedelta(days=age) for age in range(730)]
    keep = retention.kept(made, NOW)
    assert {NOW - timedelta(days=age) for age in range(14)} <= keep
    assert 25 <= len(keep) <= 14 + 8 + 12
    assert len({(moment.year, moment.month) for moment in keep}) == 12


def test_the_file_on_disk_is_what_was_proven(full: Ledger, tmp_path: Path) -> None:
    made = full.backup(tmp_path / "控え")
    held = backups(made.parent)[0]
    assert held.manifest.size == made.stat().st_size
    assert not any(name.startswith(".") for name in names(made.parent))
