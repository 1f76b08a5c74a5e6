"""The limit itself, one below and one above; and what no way round takes back."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.ledger import writing
from app.ledger.content.files import PIECE
from app.ledger.copies import retention
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.ledger.secret import keys, passphrases
from app.ledger.secret.keys import Cost
from app.records import Submission, Vendor
from tests.ledger.conftest import CHEAP, JAPAN, PASSPHRASE
from tests.support.around import about, around

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=JAPAN)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("more", "kept"), [(-SECOND, True), (timedelta(), True), (SECOND, False)])
def test_a_backup_stays_up_to_its_400th_day(more: timedelta, kept: bool) -> None:
    old = NOW - timedelta(days=400) - more
    newer = [NOW - timedelta(days=age) for age in range(retention.ALWAYS)]
    assert (old in retention.kept([*newer, old], NOW)) is kept


@pytest.mark.parametrize(("more", "kept"), [(-SECOND, True), (timedelta(), True), (SECOND, False)])
def test_every_backup_of_48_hours_stays(more: timedelta, kept: bool) -> None:
    old = NOW - timedelta(hours=48) - more
    later_that_day = old + timedelta(minutes=1)
    newer = [NOW - timedelta(hours=age) for age in range(retention.ALWAYS)]
    assert (old in retention.kept([*newer, later_that_day, old], NOW)) is kept


def of_size(size: int) -> bytes:
    """So many bytes, of which no piece is like another."""
    return b"".join(at.to_bytes(8) for at in range(size // 8 + 1))[:size]


def sealed(digest: str) -> Vendor:
    return Vendor(
        name="株式会社見本",
        address="千葉県",
        representative_title="代表取締役",
        representative_name="髙橋",
        seal=digest,
    )


@pytest.mark.parametrize(("size", "kept"), [(7, True), (8, True), (9, False)])
def test_a_file_may_be_as_large_as_the_limit(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, size: int, kept: bool
) -> None:
    monkeypatch.setattr(writing, "LARGEST_FILE", 8)
    data = b"x" * size
    digest = hashlib.sha256(data).hexdigest()
    vendor = sealed(digest)
    if kept:
        ledger.add(vendor, {digest: data})
        assert ledger.blob(digest) == data
    else:
        with pytest.raises(LedgerError, match="大きすぎます"):
            ledger.add(vendor, {digest: data})


@pytest.mark.parametrize("size", [PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7])
def test_a_large_file_is_written_piece_by_piece_and_reads_as_it_was(ledger: Ledger, size: int) -> None:
    data = of_size(size)
    digest = hashlib.sha256(data).hexdigest()
    ledger.add(sealed(digest), {digest: data})
    assert ledger.blob(digest) == data
    assert ledger.verify().ok


def test_of_a_large_file_that_is_refused_nothing_is_left(ledger: Ledger) -> None:
    data = of_size(2 * PIECE)
    digest = hashlib.sha256(data).hexdigest()

    def add_and_fail() -> None:
        with ledger.write() as change:
            change.add(sealed(digest), {digest: data})
            raise LookupError

    with pytest.raises(LookupError):
        add_and_fail()
    with pytest.raises(LedgerError):
        ledger.blob(digest)
    assert ledger.verify().ok


def test_a_void_document_is_not_brought_back_by_undoing(full: Ledger) -> None:
    held = full.facts().all(Submission)[1]
    full.void(held, date(2026, 4, 5), "宛名の誤り")
    with pytest.raises(LedgerError, match="発行と無効は元に戻せません"):
        full.undo()
    assert full.get(Submission, held.id).voided_why == "宛名の誤り"


def test_nor_with_what_was_written_beside_it(full: Ledger) -> None:
    held = full.facts().all(Submission)[1]
    with full.write("宛名の誤り") as change:
        change.amend(replace(held, voided_on=date(2026, 4, 5), voided_why="宛名の誤り"), "void")
        change.change(replace(full.facts().all(Vendor)[0], department="総務課"))
    with pytest.raises(LedgerError, match="発行と無効は元に戻せません"):
        full.undo()


WEDNESDAY = datetime(2026, 11, 18, 12, 0, tzinfo=JAPAN)
EVERY_DAY = [WEDNESDAY - timedelta(days=age) for age in range(450)]


@pytest.mark.parametrize(("day", "stays"), around(date(2026, 11, 5), False, True, True))
def test_the_backups_of_fourteen_days_stay(day: date, stays: bool) -> None:
    """The 5th is the fourteenth day back, and neither the last of its week nor of its month."""
    assert (day in {moment.date() for moment in retention.kept(EVERY_DAY, WEDNESDAY)}) is stays


@pytest.mark.parametrize(
    ("sunday", "stays"),
    [(date(2026, 9, 27), False), (date(2026, 10, 4), True), (date(2026, 10, 11), True)],
    ids=["of the ninth week", "of the eighth", "of the seventh"],
)
def test_the_last_backup_of_eight_weeks_stays(sunday: date, stays: bool) -> None:
    assert (sunday in {moment.date() for moment in retention.kept(EVERY_DAY, WEDNESDAY)}) is stays


@pytest.mark.parametrize(
    ("last", "stays"),
    [(date(2025, 11, 30), False), (date(2025, 12, 31), True), (date(2026, 1, 31), True)],
    ids=["of the thirteenth month", "of the twelfth", "of the eleventh"],
)
def test_the_last_backup_of_twelve_months_stays(last: date, stays: bool) -> None:
    assert (last in {moment.date() for moment in retention.kept(EVERY_DAY, WEDNESDAY)}) is stays


@pytest.mark.parametrize(("length", "taken"), about(passphrases.SHORTEST, False, True, True))
def test_a_passphrase_of_eight_characters_is_long_enough(length: int, taken: bool) -> None:
    with nullcontext() if taken else pytest.raises(LedgerError, match="8文字以上"):
        passphrases.check("あさがおの庭にて"[:length] + "咲" * (length > 8))


@pytest.mark.parametrize(("lanes", "bearable"), [*about(1, False, True, True), *about(16, True, True, False)])
def test_a_key_file_may_ask_for_so_many_lanes(lanes: int, bearable: bool) -> None:
    assert Cost(memory=1024, passes=1, lanes=lanes).bearable() is bearable


@pytest.mark.parametrize(
    ("memory", "bearable"), [*about(32, False, True, True), *about(1 << 18, True, True, False)]
)
def test_and_for_so_much_memory(memory: int, bearable: bool) -> None:
    assert Cost(memory=memory, passes=1, lanes=4).bearable() is bearable


@pytest.mark.parametrize(("passes", "bearable"), [*about(1, False, True, True), *about(4, True, True, False)])
def test_and_for_so_many_passes_over_all_of_it(passes: int, bearable: bool) -> None:
    assert Cost(memory=1 << 18, passes=passes, lanes=4).bearable() is bearable


@pytest.mark.parametrize(("passes", "bearable"), about(64, True, True, False))
def test_and_for_so_many_passes_over_a_little(passes: int, bearable: bool) -> None:
    assert Cost(memory=64, passes=passes, lanes=4).bearable() is bearable


def test_of_two_key_files_the_newer_is_tried_first(tmp_path: Path) -> None:
    path, key = tmp_path / "a.jutaku", keys.new_key()
    for place, revision in zip(keys.key_paths(path), (1, 2), strict=True):
        sealed = keys.seal(key, PASSPHRASE, "id", 1, cost=CHEAP, revision=revision)
        place.write_text(sealed.to_text(), "ascii")
    assert [held.revision for held in keys.key_files(path)] == [2, 1]
