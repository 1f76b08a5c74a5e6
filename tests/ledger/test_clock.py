"""A clock set back is noticed, said and kept in the journal; one that was ahead does no lasting harm."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ledger.door import Ledger
from app.ledger.file import driver
from app.ledger.proof.clock import TOLERANCE, Step, remark, steps_backward
from app.ledger.secret import keys
from app.ledger.writing import ChangeSet
from app.records import Person
from tests.ledger.conftest import CHEAP, JAPAN, PASSPHRASE, Clock
from tests.ledger.kept import KEPT, copied

SOMEONE = Person(name="従事者", employment="社員")
SECOND = timedelta(seconds=1)
YEAR = timedelta(days=365)

Make = Callable[..., tuple[Ledger, str]]


def operations(ledger: Ledger) -> list[str]:
    return [
        row[0] for row in driver.rows(ledger._connection, "SELECT operation FROM journal ORDER BY sequence")
    ]


def last_at(ledger: Ledger) -> datetime:
    return datetime.fromisoformat(
        driver.one(ledger._connection, "SELECT at FROM journal ORDER BY sequence DESC LIMIT 1")
    )


@pytest.mark.parametrize(
    ("back", "said"), [(TOLERANCE - SECOND, False), (TOLERANCE, False), (TOLERANCE + SECOND, True)]
)
def test_a_clock_is_behind_beyond_what_a_time_server_corrects(
    ledger: Ledger, clock: Clock, back: timedelta, said: bool
) -> None:
    ledger.add(SOMEONE)
    clock.now = last_at(ledger) - back - SECOND  # the clock steps on by one when it is looked at
    assert bool(ledger.clock_behind()) == said
    clock.now = last_at(ledger) - back - SECOND
    ledger.confirm_clock()
    assert operations(ledger) == ["create", "add", *["clock set back"] * said, "clock confirmed"]


def test_the_sentence_names_both_moments(ledger: Ledger, clock: Clock) -> None:
    ledger.add(SOMEONE)
    clock.now -= YEAR
    assert ledger.clock_behind() == (
        "PCの日付と時刻（令和7年4月1日 9時00分）が、台帳の最後の記録（令和8年4月1日 9時00分）より前です。"
        "PCの日付と時刻を確かめ、違っていれば直してください。"
    )


def test_another_time_zone_is_no_other_clock(ledger: Ledger, clock: Clock) -> None:
    from datetime import UTC

    ledger.add(SOMEONE)
    clock.now = clock.now.astimezone(UTC)
    assert ledger.clock_behind() == ""
    ledger.add(SOMEONE)
    assert operations(ledger) == ["create", "add", "add"]
    assert steps_backward(ledger._connection) == []


def test_each_step_backward_is_told_once_in_the_journal_and_said_until_it_is_right(
    ledger: Ledger, clock: Clock
) -> None:
    ledger.add(SOMEONE)
    before, right = last_at(ledger), clock.now
    clock.now -= YEAR
    changes: list[ChangeSet] = []
    ledger.on_change(changes.append)
    for _ in range(3):
        ledger.add(SOMEONE)
        assert ledger.clock_behind()
    assert operations(ledger) == ["create", "add", "clock set back", "add", "add", "add"]
    assert [held.number for held in changes] == [4, 5, 6]
    (step,) = steps_backward(ledger._connection)
    assert (step.sequence, step.before) == (3, before)
    ledger.undo()
    assert remark(ledger._connection) == (
        "改変の印ではありませんが、記録3番は、前の記録（令和8年4月1日 9時00分）より前の日時"
        "（令和7年4月1日 9時00分）で書かれています。PCの時計が戻されたか、前に進んでいたためです。"
    )
    clock.now = right
    assert ledger.clock_behind() == ""
    ledger.add(SOMEONE)
    assert operations(ledger)[-1] == "add"
    assert ledger.verify().problems == ()


def test_a_clock_behind_is_still_known_after_opening_again(make: Make, clock: Clock) -> None:
    ledger, _ = make()
    ledger.add(SOMEONE)
    clock.now -= YEAR
    ledger.add(SOMEONE)
    ledger.close()
    with Ledger.open(ledger.path, ledger.key, clock=clock) as again:
        assert "令和8年4月1日" in again.clock_behind()
        again.add(SOMEONE)
        assert operations(again).count("clock set back") == 1


def test_what_was_written_by_a_clock_ahead_does_no_harm_once_that_is_said(
    ledger: Ledger, clock: Clock
) -> None:
    today = clock.now
    clock.now += 10 * YEAR
    ledger.add(SOMEONE)
    clock.now = today
    assert "令和18年" in ledger.clock_behind()
    ledger.add(SOMEONE)
    assert "令和18年" in ledger.clock_behind()
    ledger.confirm_clock()
    assert ledger.clock_behind() == ""
    ledger.add(SOMEONE)
    assert operations(ledger)[2:] == ["clock set back", "add", "clock confirmed", "add"]
    assert ledger.verify().problems == ()
    clock.now -= YEAR
    assert "令和8年4月1日" in ledger.clock_behind()


def test_a_refused_write_leaves_no_word_of_the_clock(ledger: Ledger, clock: Clock) -> None:
    clock.now -= YEAR
    with pytest.raises(Exception, match="氏名"):
        ledger.add(Person(name="", employment="社員"))
    with ledger.write():
        pass
    assert operations(ledger) == ["create"]


def test_a_migration_with_a_clock_behind_says_so(tmp_path: Path, passphrase: str) -> None:
    where = copied(KEPT[0], tmp_path)
    early = datetime(2001, 1, 1, tzinfo=JAPAN)
    with Ledger.open(where, keys.open_with_passphrase(where, passphrase), clock=lambda: early) as ledger:
        assert operations(ledger)[-2:] == ["clock set back", "migrate"]
        assert ledger.clock_behind()
        assert ledger.verify().problems == ()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(moments=st.lists(st.tuples(st.integers(-40, 40), st.booleans()), max_size=6), now=st.integers(-40, 40))
def test_behind_is_what_lies_before_anything_written_since_the_officer_last_said_otherwise(
    tmp_path_factory: pytest.TempPathFactory, moments: list[tuple[int, bool]], now: int
) -> None:
    clock = Clock()
    start = clock.now
    written: list[datetime] = []
    path = tmp_path_factory.mktemp("clock") / "a.jutaku"
    made, _code = Ledger.create(path, PASSPHRASE, "担当", cost=CHEAP, clock=lambda: clock.now)
    with made as ledger:
        written.append(clock.now)
        for minutes, confirm in moments:
            clock.now = start + timedelta(minutes=minutes)
            if confirm:
                ledger.confirm_clock()
                written = []
            else:
                ledger.add(SOMEONE)
            written.append(clock.now)
        clock.now = start + timedelta(minutes=now)
        assert bool(ledger.clock_behind()) == (clock.now < max(written) - TOLERANCE)


def test_steps_are_told_by_their_moments_not_their_texts() -> None:
    texts = ["2026-04-01T09:00:00+09:00", "2026-04-01T00:01:00+00:00", "2026-03-31T20:00:00-04:00", "", "x"]
    with closing(driver.scratch()) as connection:
        connection.execute("CREATE TABLE journal (sequence INTEGER PRIMARY KEY, at TEXT)")
        for text in texts:
            connection.execute("INSERT INTO journal (at) VALUES (?)", (text,))
        assert steps_backward(connection) == []
        connection.execute("INSERT INTO journal (at) VALUES ('2026-04-01T09:00:00+09:00')")
        connection.execute("INSERT INTO journal (at) VALUES ('2026-04-01T08:54:59+09:00')")
        first = datetime(2026, 4, 1, 9, 0, tzinfo=JAPAN)
        assert steps_backward(connection) == [Step(7, first - TOLERANCE - SECOND, first)]
