"""The limit itself, one below and one above; and what no way round takes back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.ledger import writing
from app.ledger.copies import retention
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.records import Submission, Vendor
from tests.ledger.conftest import JAPAN

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


@pytest.mark.parametrize(("size", "kept"), [(7, True), (8, True), (9, False)])
def test_a_file_may_be_as_large_as_the_limit(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, size: int, kept: bool
) -> None:
    monkeypatch.setattr(writing, "LARGEST_FILE", 8)
    data = b"x" * size
    digest = hashlib.sha256(data).hexdigest()
    vendor = Vendor(
        name="株式会社見本",
        address="千葉県",
        representative_title="代表取締役",
        representative_name="髙橋",
        seal=digest,
    )
    if kept:
        ledger.add(vendor, {digest: data})
        assert ledger.blob(digest) == data
    else:
        with pytest.raises(LedgerError, match="大きすぎます"):
            ledger.add(vendor, {digest: data})


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
