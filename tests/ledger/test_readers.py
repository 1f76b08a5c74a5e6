"""Whoever reads does not wait for whoever writes, and reads nothing but this ledger's own records."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from app.ledger.door import Ledger
from app.ledger.file.driver import Error
from app.ledger.file.readers import Readers
from app.records import Person


def person(name: str, **given: Any) -> Person:
    return Person(name=name, employment="社員", **given)


def test_a_reader_does_not_wait_for_a_writer(ledger: Ledger) -> None:
    ledger.add(person("山田"))
    begun, done = threading.Event(), threading.Event()

    def write() -> None:
        with ledger.write() as change:
            change.add(person("高橋"))
            begun.set()
            done.wait(30)

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(30)
    try:
        read = threading.Thread(target=lambda: found.append(ledger.listing("person")))
        found: list[Any] = []
        read.start()
        read.join(10)
        assert [list(ids) for ids in found] == [[1]], "what is not committed is not there"
    finally:
        done.set()
        writer.join()
    assert list(ledger.listing("person")) == [1, 2]


def test_who_writes_reads_what_he_wrote(ledger: Ledger) -> None:
    with ledger.write() as change:
        change.add(person("山田"))
        assert list(ledger.listing("person")) == [1]
        assert ledger.page("person", [1])[0].id == 1


def test_two_threads_read_at_the_same_time_and_connections_are_used_again(ledger: Ledger) -> None:
    ledger.add(person("山田"))
    readers = ledger._readers
    first, second = readers.take(), readers.take()
    assert first is not None
    assert second is not None
    assert first is not second
    readers.give(first)
    assert readers.take() is first
    readers.give(first, sound=False)
    readers.give(second)
    assert readers.take() is second
    readers.give(second)


def test_a_reader_cannot_write(ledger: Ledger) -> None:
    reader = ledger._readers.take()
    assert reader is not None
    with pytest.raises(Error, match="readonly"):
        reader.execute("DELETE FROM person")
    ledger._readers.give(reader)


@pytest.mark.skipif(os.name == "nt", reason="Windows holds an open file")
def test_another_file_at_the_same_place_is_never_read(ledger: Ledger) -> None:
    ledger.add(person("山田"))
    other = ledger.path.with_name("other.jutaku")
    shutil.copyfile(ledger.path, other)
    ledger.path.unlink()
    other.rename(ledger.path)
    assert ledger._readers.take() is None
    assert list(ledger.listing("person")) == [1]


def test_where_no_second_connection_is_to_be_had_the_first_one_reads(tmp_path: Path) -> None:
    assert Readers(tmp_path / "gone.jutaku", bytes(32), lambda _made: None).take() is None


def test_after_closing_no_connection_is_left(ledger: Ledger) -> None:
    ledger.add(person("山田"))
    reader = ledger._readers.take()
    assert reader is not None
    ledger.close()
    ledger._readers.give(reader)
    with pytest.raises(Error, match="closed"):
        reader.execute("SELECT 1")
    assert ledger._readers.take() is None


def test_words_are_looked_for_among_retired_records_as_well(ledger: Ledger) -> None:
    for name in ("髙橋 花子", "高橋 一郎", "山田 次郎"):
        ledger.retire(ledger.add(person(name)), "退職のため")
    ledger.add(person("高橋 三郎"))
    assert list(ledger.listing("person", text="高橋", retired=True)) == [1, 2]
    assert list(ledger.listing("person", "name", descending=True, text="高橋", retired=True)) in (
        [1, 2],
        [2, 1],
    )
    assert list(ledger.listing("person", text="-", retired=True)) == []
    assert list(ledger.listing("person", text="高橋")) == [4]


def test_a_list_can_be_no_longer_than_its_extent(ledger: Ledger) -> None:
    assert ledger.extent("person") == 0
    first = ledger.add(person("山田"))
    ledger.add(person("高橋"))
    ledger.retire(first, "退職のため")
    assert ledger.extent("person") == 2
