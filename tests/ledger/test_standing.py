"""How the backups of a ledger stand: by the journal, never by a clock, and never by a copy that is spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.common import Progress
from app.exchange.coming_in import importing
from app.ledger.copies import manifests
from app.ledger.copies.manifests import backups, note_of
from app.ledger.copies.places import BackupPlaceError
from app.ledger.copies.standing import Standing
from app.ledger.door import Ledger
from app.ledger.secret import keys
from app.records import Person
from tests.ledger.conftest import Clock


def stands(ledger: Ledger, folder: Path) -> Standing:
    return ledger.standing(folder, Progress())


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 + 5] ^= 1
    path.write_bytes(data)


def test_without_a_backup_everything_is_lacking(full: Ledger, tmp_path: Path) -> None:
    assert stands(full, tmp_path / "none") == Standing(None, full.head().sequence, (), None)


def test_a_backup_lacks_what_was_written_since(full: Ledger, tmp_path: Path) -> None:
    made = full.backup(tmp_path)
    found = stands(full, tmp_path)
    assert found.newest is not None
    assert (found.newest.path, found.behind, found.faults) == (made, 0, ())
    full.add(Person(name="新人", employment="社員"))
    assert stands(full, tmp_path).behind == 1


@pytest.mark.parametrize("harm", [lambda path: path.write_bytes(b""), flip, Path.unlink])
def test_a_spoilt_newest_one_does_not_count(
    full: Ledger, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    older = full.backup(tmp_path)
    full.add(Person(name="新人", employment="社員"))
    newer = full.backup(tmp_path)
    harm(newer)
    found = stands(full, tmp_path)
    assert found.newest is not None
    assert (found.newest.path, found.behind) == (older, 1)
    if newer.exists():
        assert found.spoilt is not None
        assert found.spoilt[0].path == newer
        assert found.spoilt[1].endswith("。")
    full.backup(tmp_path)
    assert stands(full, tmp_path).spoilt is None
    # What was once found broken stays so, also where a look at a few pages would not show it.
    assert [held.path for held, _said in stands(full, tmp_path).faults] == [newer] * newer.exists()


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(days=3650)])
def test_what_was_just_proven_comes_before_a_spoilt_one_that_held_as_much(
    full: Ledger, tmp_path: Path, clock: Clock, ahead: timedelta
) -> None:
    clock.now += ahead
    spoilt = full.backup(tmp_path)
    flip(spoilt)
    clock.now -= ahead
    made = full.backup(tmp_path)
    found = full.standing(tmp_path, Progress(), proven=made)
    assert found.newest is not None
    assert (found.newest.path, found.spoilt) == (made, None)


def test_another_file_in_its_place_is_seen(full: Ledger, tmp_path: Path) -> None:
    older = full.backup(tmp_path)
    full.add(Person(name="新人", employment="社員"))
    newer = full.backup(tmp_path)
    shutil.copyfile(older, newer)
    found = stands(full, tmp_path)
    assert found.newest is not None
    assert found.newest.path == older


def test_a_backup_from_the_future_is_not_the_newest_for_ever(
    full: Ledger, tmp_path: Path, clock: Clock
) -> None:
    right = clock.now
    clock.now = right + timedelta(days=3650)
    ahead = full.backup(tmp_path)
    clock.now = right + timedelta(days=1)
    full.add(Person(name="新人", employment="社員"))
    assert stands(full, tmp_path).behind == 1
    newer = full.backup(tmp_path)
    found = stands(full, tmp_path)
    assert found.newest is not None
    assert found.newest.path == newer != ahead


def test_a_backup_lacks_what_a_restored_ledger_wrote_in_its_place(full: Ledger, tmp_path: Path) -> None:
    held = full.backup(tmp_path)
    full.add(Person(name="新人", employment="社員"))
    full.backup(tmp_path)
    restored = tmp_path / "復元.jutaku"
    for source, target in zip(
        (held, *keys.key_paths(held)), (restored, *keys.key_paths(restored)), strict=True
    ):
        shutil.copyfile(source, target)
    with Ledger.open(restored, full.key) as other:
        other.add(Person(name="別の新人", employment="社員"))
        found = stands(other, tmp_path)
        assert found.newest is not None
        assert (found.newest.path, found.behind) == (held, 1)


def test_of_two_backups_of_one_second_the_one_that_holds_more_is_the_newest(
    full: Ledger, tmp_path: Path
) -> None:
    made = [full.backup(tmp_path)]
    full.add(Person(name="新人", employment="社員"))
    made.append(full.backup(tmp_path))
    for path in made:
        held = manifests.read(note_of(path))
        assert held is not None
        note_of(path).write_text(replace(held, made_at="2026-04-01T09:00:00+09:00").to_text(), "utf-8")
    newest = stands(full, tmp_path).newest
    assert newest is not None
    assert newest.path == made[1]


def test_a_manifest_that_promises_more_than_the_journal_counts_for_nothing(
    full: Ledger, tmp_path: Path
) -> None:
    path = full.backup(tmp_path)
    held = manifests.read(note_of(path))
    assert held is not None
    note_of(path).write_text(replace(held, sequence=2**63 - 1).to_text(), "utf-8")
    assert stands(full, tmp_path).newest is None


def test_an_import_makes_a_backup_unless_a_sound_one_holds_everything(full: Ledger, tmp_path: Path) -> None:
    folder = tmp_path / "控え"

    def bring_in(name: str) -> None:
        planned = importing.plan(full.facts(), Person.spec, [{"name": name, "employment": "社員"}])
        importing.apply(full, planned, folder)

    made = full.backup(folder)
    bring_in("一人目")
    assert [found.path for found in backups(folder)] == [made]
    bring_in("二人目")
    newest = backups(folder)[0]
    assert newest.path != made
    assert newest.manifest.sequence == full.head().sequence - 1
    full.backup(folder)
    flip(backups(folder)[0].path)
    before = len(backups(folder))
    bring_in("三人目")
    assert len(backups(folder)) == before + 1


def test_a_folder_that_cannot_be_read_is_one_sentence(
    full: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(BackupPlaceError, match="保存先"):
        stands(full, tmp_path)


def test_a_day_that_no_calendar_holds_stops_nothing(full: Ledger, tmp_path: Path) -> None:
    path = full.backup(tmp_path)
    held = manifests.read(note_of(path))
    assert held is not None
    note_of(path).write_text(replace(held, made_at="9999-12-31T23:59:59-23:59").to_text(), "utf-8")
    assert stands(full, tmp_path).newest is None
    full.backup(tmp_path)
    newest = stands(full, tmp_path).newest
    assert newest is not None
    assert newest.manifest.moment > datetime.fromisoformat("2026-01-01T00:00:00+09:00")
