"""Which backups go, and that no wrong clock, damaged copy or other ledger makes the wrong ones go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.ledger.copies import manifests, retention
from app.ledger.copies.manifests import backups, note_of
from app.ledger.door import Ledger
from app.ledger.file import driver
from app.ledger.secret import keys
from app.records import Person
from tests.ledger.conftest import Clock
from tests.support.around import about

JAPAN = timezone(timedelta(hours=9))
START = datetime(2026, 4, 1, 9, 0, tzinfo=JAPAN)
DAY = timedelta(days=1)
YEARS = timedelta(days=3650)


def through(runs: Sequence[datetime]) -> Iterator[list[datetime]]:
    """The backups that are left after each of ``runs``, in the order in which they were made."""
    held: list[datetime] = []
    for run in runs:
        held = [*held, run]
        go, _reference = retention.surplus(held)
        held = [moment for at, moment in enumerate(held) if at not in go]
        yield held


def after(runs: Sequence[datetime]) -> list[datetime]:
    """The backups that are left at the end."""
    return list(through(runs))[-1]


def daily(days: int, start: datetime = START) -> list[datetime]:
    return [start + DAY * number for number in range(days)]


def test_daily_backups_thin_to_days_weeks_and_months() -> None:
    left = after(daily(500))
    assert set(left) == retention.kept(daily(499), START + DAY * 498) | {START + DAY * 499}
    assert len(left) < 40


def test_one_start_ten_years_ahead_loses_nothing_then_or_later() -> None:
    ahead = START + YEARS
    left = after([*daily(100), ahead, ahead + timedelta(hours=1)])
    assert set(left) >= set(after(daily(101))) - {daily(101)[-1]}
    true = daily(130)
    left = after([*true[:100], ahead, *true[100:]])
    assert set(left) - {ahead} == set(after(true))
    assert ahead not in left


def test_one_start_ten_years_back_loses_nothing_then_or_later() -> None:
    true, back = daily(130), START - YEARS
    assert set(after([*true[:100], back])) >= set(after(true[:100]))
    left = after([*true[:100], back, *true[100:]])
    assert set(left) - {back} == set(after(true))
    assert back not in left


@st.composite
def disturbed(draw: st.DrawFn) -> tuple[list[datetime], int, list[datetime]]:
    """Right moments, after which of them the clock went wrong, and the moments of that day."""
    steps = draw(st.lists(st.integers(1, 40 * 24), min_size=2, max_size=40))
    true = [START + timedelta(hours=hours) for hours in accumulate(steps, initial=0)]
    at = draw(st.integers(0, len(true) - 2))
    jump = draw(st.integers(-3, 3) | st.integers(-60, 60) | st.integers(-40 * 365, 40 * 365))
    there = (true[at] + DAY * jump).replace(hour=1, minute=3)
    return true, at, [there + timedelta(minutes=number) for number in range(draw(st.integers(1, 5)))]


_MAY = datetime(2026, 5, 3, tzinfo=START.tzinfo)
SWAPPED = (
    [START, START + timedelta(hours=1), *(_MAY + DAY * day for day in (0, 1, 2, *range(4, 14)))],
    3,
    [_MAY + DAY * 3 + timedelta(hours=1, minutes=3)],
)
"""The wrong day is one on which nothing was made, and the next right day lies before it."""


@settings(max_examples=60, deadline=None)
@given(disturbed())
@example((daily(30), 20, [START + YEARS]))
@example((daily(30), 20, [START + 18 * DAY + timedelta(hours=2)]))
@example(([START + DAY * 30 * number for number in range(30)], 20, [START + YEARS]))
@example(SWAPPED)
def test_no_jump_of_any_size_loses_what_is_kept_without_it(
    case: tuple[list[datetime], int, list[datetime]],
) -> None:
    """It costs no backup at all, but that thinning comes on it which the next right day would have done.

    A day between the right days before and after it contradicts neither: it is a day as others.
    """
    true, at, wrong = case
    day = true[at].date()
    before = max((moment.date() for moment in true[:at] if moment.date() < day), default=day)
    following = min((moment.date() for moment in true[at:] if moment.date() > day), default=day)
    assume(not before <= wrong[0].date() <= following)
    usual = list(through(true))[at:]
    left = list(through([*true[: at + 1], *wrong, *true[at + 1 :]]))[at + len(wrong) :]
    for number, (now, without, held) in enumerate(zip(true[at:], usual, left, strict=True), at + 1):
        lost = set(without) - set(held)
        assert not lost & set(after([*true[:number], now + DAY])), "the next right day would have kept it"


@settings(max_examples=25, deadline=None)
@given(jump=st.integers(-40 * 365, 40 * 365).filter(lambda days: abs(days) > 2), runs=st.integers(1, 5))
def test_once_the_clock_is_right_again_all_thins_as_usual(jump: int, runs: int) -> None:
    true = daily(70)
    wrong = [true[59] + DAY * jump + timedelta(minutes=number + 1) for number in range(runs)]
    left = after([*true[:60], *wrong, *true[60:]])
    assert set(left) - set(wrong) == set(after(true))
    assert len(left) <= len(after(true)) + 1


@pytest.mark.parametrize(("ahead", "days"), [(400, 13), (3650, 13), (32, 13)])
def test_a_clock_that_stays_wrong_for_days_is_not_believed_for_thirteen(ahead: int, days: int) -> None:
    true = daily(100)
    wrong = daily(days, true[-1] + DAY * ahead)
    assert set(after([*true, true[-1] + DAY])) - {true[-1] + DAY} <= set(after([*true, *wrong]))


@pytest.mark.parametrize(("days", "believed"), about(retention.PROBATION, False, True, True))
def test_a_long_leap_is_believed_after_fourteen_days_of_work(days: int, believed: bool) -> None:
    old, new = daily(5), daily(days, START + DAY * 900)
    _go, reference = retention.surplus([*old, *new])
    assert reference is not None
    assert (reference > old[-1]) is believed


@pytest.mark.parametrize(("leap", "believed"), about(31, True, True, False))
def test_a_leap_of_a_month_is_believed_at_once(leap: int, believed: bool) -> None:
    new = START + DAY * leap
    _go, reference = retention.surplus([START, new, new + DAY])
    assert reference == (new if believed else START)


@pytest.mark.parametrize(
    ("second", "counts"), [(date(2026, 4, 1), False), (date(2026, 4, 2), True), (date(2026, 3, 31), False)]
)
def test_a_day_counts_once_a_later_one_came(second: date, counts: bool) -> None:
    later = datetime.combine(second, START.timetz())
    assert (retention.surplus([START, later])[1] == START) is counts


@pytest.mark.parametrize(("days", "trusted"), [(1, False), (2, True), (3, True)])
def test_days_after_a_wrong_one_outweigh_it_when_they_are_more(days: int, trusted: bool) -> None:
    made = [START, START + YEARS, *daily(days, START + DAY)]
    assert (retention.surplus(made)[1] is not None) is trusted


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("more", "stays"), [(-timedelta.resolution, True), (0 * SECOND, False), (SECOND, False)]
)
def test_a_wrongly_dated_one_is_as_old_as_the_next(more: timedelta, stays: bool) -> None:
    last = START + DAY
    two = timedelta(hours=48) + more
    before = [START - number * DAY for number in (5, 4)]
    made = [*before, START + YEARS, last - two, last - 2 * SECOND, last - SECOND, last, last + DAY]
    go, reference = retention.surplus(made)
    assert reference == last
    assert (2 not in go) is stays


class Copies:
    """Backups of a ledger as if made on many days: each under its own moment and entry, of one true copy."""

    def __init__(self, ledger: Ledger, folder: Path, clock: Clock) -> None:
        self.ledger = ledger
        self.folder = folder
        self._clock = clock
        self._number = 0
        self._source = ledger.backup(folder.with_name("source"))
        self._manifest = manifests.read(note_of(self._source))

    def lay(self, moment: datetime) -> Path:
        """A backup made at ``moment``, after all others."""
        self._number += 1
        path = self.folder / f"{self.ledger.path.stem}-laid-{self._number}.jutaku"
        self.folder.mkdir(exist_ok=True)
        for source, target in zip(
            (self._source, *keys.key_paths(self._source)), (path, *keys.key_paths(path)), strict=True
        ):
            target.hardlink_to(source)
        at = self._number
        head = driver.one(self.ledger._connection, "SELECT hash FROM journal WHERE sequence = ?", (at,))
        assert self._manifest is not None
        made = replace(self._manifest, sequence=at, head=head, made_at=moment.isoformat())
        note_of(path).write_text(made.to_text(), "utf-8")
        return path

    def make(self, moment: datetime) -> Path:
        """A true one, of a ledger that was changed."""
        self._clock.now = moment
        self.ledger.set_officer(f"担当 {moment:%Y%m%d}")
        return self.ledger.backup(self.folder)

    def held(self) -> set[Path]:
        return {found.path for found in backups(self.folder)}


@pytest.fixture
def copies(ledger: Ledger, tmp_path: Path, clock: Clock) -> Copies:
    """Room for some thirty backups of one ledger."""
    with ledger.write() as change:
        for number in range(40):
            change.add(Person(name=f"要員{number}", employment="社員"))
    return Copies(ledger, tmp_path / "控え", clock)


def test_a_jump_of_ten_years_deletes_no_file(copies: Copies) -> None:
    month = [copies.lay(moment) for moment in daily(20)]
    copies.make(START + 20 * DAY)
    before = copies.held()
    assert month[2] not in before
    wrong = copies.make(START + YEARS)
    assert copies.held() >= before - set(month[3:7])
    later = [copies.make(START + DAY * number) for number in range(21, 26)]
    assert wrong not in copies.held()
    assert {month[-1], *later} <= copies.held()
    assert month[7] not in copies.held()
    nothing_but_backups(copies.folder)


def nothing_but_backups(folder: Path) -> None:
    """Nothing but whole backups: each with its manifest and two key files."""
    assert len(list(folder.iterdir())) == 4 * len(backups(folder))


def spoil(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"")


def test_three_that_are_sound_stay_and_the_spoilt_neither_count_nor_go(copies: Copies) -> None:
    old = [copies.lay(START + timedelta(hours=number)) for number in range(8)]
    for path in old[5:]:
        spoil(path)
    newer = copies.lay(START + 20 * DAY)
    copies.make(START + 22 * DAY)
    assert copies.held() >= {*old[3:], newer}
    assert not set(old[:3]) & copies.held()


def test_an_old_backup_that_is_held_open_goes_at_the_next_one(
    copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, *_newer = [copies.lay(START + timedelta(hours=hour)) for hour in range(4)]
    for number in (3, 4, 6):
        copies.lay(START + DAY * number)
    unlink = Path.unlink

    def in_use(path: Path, missing_ok: bool = False) -> None:
        if path == old:
            raise PermissionError(13, "the file is being used by another process")
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", in_use)
        copies.make(START + 7 * DAY)
    assert old in copies.held()
    copies.make(START + 8 * DAY)
    assert not list(copies.folder.glob(f"{old.name}*"))
    nothing_but_backups(copies.folder)


def test_what_a_restored_ledger_left_behind_is_judged_by_itself(copies: Copies) -> None:
    """Three of another branch stay, whatever was made since; the order of entries says nothing of them."""
    behind = [copies.lay(START + timedelta(hours=hour)) for hour in range(5)]
    for path in behind:
        manifest = manifests.read(note_of(path))
        assert manifest is not None
        note_of(path).write_text(replace(manifest, sequence=900, head="f" * 64).to_text(), "utf-8")
    for number in (3, 4, 6):
        copies.lay(START + DAY * number)
    copies.make(START + 7 * DAY)
    assert copies.held() >= set(behind[2:])
    assert not set(behind[:2]) & copies.held()


def test_backups_of_another_ledger_of_the_same_name_are_not_mixed_up(
    copies: Copies, make: Callable[..., tuple[Ledger, str]], tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "別").mkdir()
    other, _code = make("別/台帳.jutaku")
    clock.now = START
    theirs = other.backup(copies.folder)
    assert copies.ledger.standing(copies.folder).newest is None
    mine = copies.make(START)
    assert mine != theirs
    for number in range(5):
        copies.lay(START + timedelta(hours=number))
    copies.lay(START + 19 * DAY)
    copies.make(START + 20 * DAY)
    found = other.standing(copies.folder).newest
    assert found is not None
    assert found.path == theirs
    other.close()
