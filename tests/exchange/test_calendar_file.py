"""The calendar file: lines that every calendar can read, entries that stay the same, nobody's name in it."""

from __future__ import annotations

import re
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annexes.catalogue import Catalogue, load
from app.annexes.kinds import State
from app.common import PeopleError
from app.duties.duty import Duty
from app.duties.engine import duties
from app.exchange.calendar_file import (
    Span,
    calendar_file,
    entries,
    escaped,
    export,
    folded,
    renewed,
    save_calendar,
)
from app.ledger.content.calendar import Entry
from app.ledger.door import Ledger
from app.ledger.file import driver
from app.ledger.secret.keys import Cost
from app.records import Contract, Person
from app.records.contract import ContractAnnex
from forms import all_forms
from tests.support.sample import KIMITSU, LATER, Sample

NOW = datetime(2026, 8, 20, 9, 30, tzinfo=timezone(timedelta(hours=9)))
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t\\;,\U000e0100𠮷"),
    max_size=120,
)


def unfolded(data: bytes) -> list[str]:
    """The content lines, as a calendar reads them."""
    assert data.endswith(b"\r\n")
    return data.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def values(data: bytes, name: str) -> list[str]:
    return [unescaped(line.split(":", 1)[1]) for line in unfolded(data) if line.startswith(f"{name}:")]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def sample(catalogue: Catalogue) -> Sample:
    return Sample(catalogue)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made, _code = Ledger.create(
        tmp_path / "a.jutaku", "長い長い合言葉です", "担当", cost=Cost(memory=64, passes=1, lanes=1)
    )
    with made:
        yield made


def owed(sample: Sample) -> tuple[Duty, ...]:
    return duties(sample.facts, sample.catalogue, all_forms(), LATER)


def made(sample: Sample, ledger: str = "L1") -> tuple[Entry, ...]:
    return entries(sample.facts, sample.catalogue, owed(sample), ledger)


@given(TEXTS)
def test_whatever_is_written_is_read_back_and_no_line_is_too_wide(text: str) -> None:
    data = calendar_file([Entry("u", date(2026, 4, 1), text, text)], NOW)
    assert values(data, "SUMMARY") == values(data, "DESCRIPTION") == [text]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode("utf-8")  # no character is cut


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_text_can_break_out_of_its_line(text: str) -> None:
    assert "\n" not in escaped(text)
    assert "\r" not in escaped(text)
    assert unfolded(folded(f"SUMMARY:{escaped(text)}")) == [f"SUMMARY:{escaped(text)}"]


def test_a_line_is_folded_only_where_it_has_to_be() -> None:
    assert folded("A" * 75) == b"A" * 75 + b"\r\n"
    assert folded("A" * 76) == b"A" * 75 + b"\r\n A\r\n"
    assert folded("A" * 74 + "期") == b"A" * 74 + b"\r\n " + "期".encode() + b"\r\n"


def test_an_entry_lasts_the_whole_day_and_says_when_it_was_written() -> None:
    data = calendar_file([Entry("u-1", date(2026, 4, 1), "件名", "説明")], NOW)
    assert unfolded(data) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Jutaku Daicho//Jutaku Daicho//JA",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:受託台帳の期限",
        "BEGIN:VEVENT",
        "UID:u-1",
        f"DTSTAMP:{NOW.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        "SEQUENCE:0",
        "DTSTART;VALUE=DATE:20260401",
        "SUMMARY:件名",
        "DESCRIPTION:説明",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_every_open_deadline_is_in_it_with_clause_and_contract(sample: Sample) -> None:
    with_day = [duty for duty in owed(sample) if duty.falls_on]
    found = made(sample)
    assert len(found) == len(with_day) > 3
    assert [entry.day for entry in found] == sorted(duty.falls_on for duty in with_day if duty.falls_on)
    title = sample.facts.get(Contract, KIMITSU).title
    place = next(
        entry for entry in found if "作業場所の特定・届出" in entry.summary and title in entry.summary
    )
    assert place.summary == f"{title}　作業場所の特定・届出（第6条第4項）"
    first, summary, counted = place.description.split("\n")
    assert first == "機密保持及び個人情報保護に関する特記事項第6条第4項"
    assert summary.endswith("。")
    assert counted.startswith("期限の数え方：令和8年4月1日の前日")


def test_what_is_done_or_has_no_day_is_not_in_it(sample: Sample) -> None:
    days = {duty.due for duty in owed(sample)}
    assert None in days
    before = {entry.uid for entry in made(sample)}
    sample.submitted(
        all_forms()["location-notice"].gather(sample.case(KIMITSU)), submitted_on=date(2026, 3, 30)
    )
    gone = before - {entry.uid for entry in made(sample)}
    assert len(gone) == 1


def test_what_comes_round_again_is_in_it_under_the_same_name_as_when_it_is_due(sample: Sample) -> None:
    open_duty = next(duty for duty in owed(sample) if duty.due)
    again = date(2027, 1, 10)
    done = replace(open_duty, state=State.SATISFIED, due=None, again=again, counted="前回から12か月")
    (before,) = entries(sample.facts, sample.catalogue, [open_duty], "L1")
    (after,) = entries(sample.facts, sample.catalogue, [done], "L1")
    assert (after.uid, after.day) == (before.uid, again)
    assert "次に行う期限" in after.description
    assert after.description.endswith("期限の数え方：前回から12か月")
    assert "次に行う期限" not in before.description
    assert renewed({}, [after], Span(until=date(2027, 1, 9))) == ()


def test_the_span_includes_both_its_days(sample: Sample) -> None:
    all_days: Mapping[str, date] = {entry.uid: entry.day for entry in made(sample)}
    first, last = min(all_days.values()), max(all_days.values())
    assert first < last
    assert {entry.day for entry in renewed({}, made(sample), Span(since=last))} == {last}
    assert {entry.day for entry in renewed({}, made(sample), Span(until=first))} == {first}


def test_a_duty_keeps_its_name_when_annexes_move_and_days_change(sample: Sample) -> None:
    def uid() -> str:
        return next(e.uid for e in made(sample) if "作業場所の特定・届出（第6条第4項）" in e.summary)

    before = uid()
    both = (ContractAnnex(annex="hofu"), ContractAnnex(annex="kimitsu-hoji"))
    sample.change(Contract, KIMITSU, annexes=both, starts_on=date(2026, 4, 8), title="別の件名")
    assert uid() == before
    every = [entry.uid for entry in made(sample)]
    assert len(set(every)) == len(every)
    assert not set(every) & {entry.uid for entry in made(sample, "L2")}


def test_nobody_is_named_in_the_file(sample: Sample) -> None:
    missing = "".join(gap.text for duty in owed(sample) for gap in duty.missing)
    people = [person.name for person in sample.facts.all(Person)]
    assert any(name in missing for name in people)
    text = "".join(unfolded(calendar_file(made(sample), NOW)))
    assert not [name for name in people if name in text]


def test_the_file_is_its_owners_alone_and_replaced_whole(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "期限.ics"
    path.write_bytes(b"old")
    path.chmod(0o644)
    found = made(sample)
    save_calendar(path, found, NOW)
    assert path.read_bytes() == calendar_file(found, NOW)
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_calendar_without_deadlines_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "期限.ics"
    path.write_bytes(b"old")
    with pytest.raises(PeopleError, match="書き出す期限がない"):
        save_calendar(path, (), NOW)
    assert path.read_bytes() == b"old"


class Calendar:
    """Another program's calendar: it keeps what a later file does not mention."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[int, str, str]] = {}
        self.shown: dict[str, str] = {}

    def take(self, data: bytes) -> None:
        """Import a file as Outlook and Google do: a higher SEQUENCE replaces, a cancelled one goes."""
        for event in "\n".join(unfolded(data)).split("BEGIN:VEVENT")[1:]:
            found = dict(line.split(":", 1) for line in event.splitlines() if ":" in line)
            uid, sequence = found["UID"], int(found["SEQUENCE"])
            if uid in self.held and self.held[uid][0] > sequence:
                continue
            self.held[uid] = (sequence, found["DTSTART;VALUE=DATE"], found["SUMMARY"])
            self.shown.pop(uid, None)
            if found.get("STATUS") != "CANCELLED":
                self.shown[uid] = f"{found['DTSTART;VALUE=DATE']} {found['SUMMARY']}"


def shown_as(found: Mapping[str, Entry]) -> dict[str, str]:
    return {uid: f"{one.day:%Y%m%d} {one.summary}" for uid, one in found.items()}


DAYS = st.integers(1, 9).map(lambda day: date(2026, 4, day))
STATES = st.dictionaries(
    st.sampled_from("abc"),
    st.tuples(DAYS, st.sampled_from(("期限", "次の期限")), st.sampled_from((1, 2))),
    max_size=3,
)
SPANS = st.builds(Span, st.just(0), st.none() | DAYS, st.none() | DAYS)


@given(st.lists(STATES, max_size=6))
def test_a_calendar_shows_what_there_is_however_often_it_imports(history: list[dict[str, Any]]) -> None:
    calendar = Calendar()
    held: dict[str, Entry] = {}
    for state in history:
        current = {uid: Entry(uid, day, said, "", one) for uid, (day, said, one) in state.items()}
        written = renewed(held, current.values(), Span())
        held |= {one.uid: one for one in written}
        for _twice in range(2):
            calendar.take(calendar_file(written, NOW))
        assert calendar.shown == shown_as(current)


@given(st.lists(st.tuples(STATES, SPANS), max_size=6))
def test_whatever_span_is_written_a_calendar_shows_nothing_that_is_no_longer_so(
    history: list[tuple[dict[str, Any], Span]],
) -> None:
    calendar = Calendar()
    held: dict[str, Entry] = {}
    for state, span in history:
        current = {uid: Entry(uid, day, said, "", one) for uid, (day, said, one) in state.items()}
        written = renewed(held, current.values(), span)
        held |= {one.uid: one for one in written}
        calendar.take(calendar_file(written, NOW))
        now = shown_as(current)
        assert all(now.get(uid) == said for uid, said in calendar.shown.items())
        assert {uid for uid, one in current.items() if span.holds(one.day)} <= set(calendar.shown)


def test_a_file_of_one_contract_leaves_the_others_alone() -> None:
    one, other = Entry("a", NOW.date(), "一", "", 1), Entry("b", NOW.date(), "二", "", 2)
    held = {"a": one, "b": other}
    assert renewed(held, [], Span(1)) == (replace(one, sequence=1, cancelled=True),)
    assert len(renewed(held, [], Span())) == 2


def test_what_is_taken_back_is_taken_back_once_and_may_come_again() -> None:
    first = Entry("a", NOW.date(), "期限", "", 1)
    (gone,) = renewed({"a": first}, [], Span())
    assert (gone.sequence, gone.cancelled) == (1, True)
    assert renewed({"a": gone}, [], Span()) == ()
    assert renewed({"a": gone}, [first], Span()) == (replace(first, sequence=2),)


def test_the_ledger_remembers_what_was_written_and_the_journal_tells_it(
    ledger: Ledger, tmp_path: Path
) -> None:
    path, one = tmp_path / "a.ics", Entry("a", date(2026, 4, 1), "期限", "説明", 1)
    before = ledger.head().sequence
    told = export(ledger, path, [one], NOW, Span())
    assert told.told("a.ics") == "期限1件を「a.ics」に保存しました。"
    assert ledger.head().sequence == before + 1
    export(ledger, path, [one], NOW, Span())
    assert ledger.head().sequence == before + 1, "nothing new was written"
    told = export(ledger, path, [], NOW, Span())
    assert told.told("a.ics") == "期限0件と、済んだか無くなった期限1件の取消しを「a.ics」に保存しました。"
    assert values(path.read_bytes(), "SEQUENCE") == ["1"]
    assert values(path.read_bytes(), "STATUS") == ["CANCELLED"]
    assert ledger.verify().ok
    assert ledger.quick_check().ok


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE calendar_event SET uid = 'b'",
        "UPDATE calendar_event SET day = '2026-04-02'",
        "UPDATE calendar_event SET summary = ''",
        "UPDATE calendar_event SET description = ''",
        "UPDATE calendar_event SET contract = 2",
        "UPDATE calendar_event SET sequence = 1",
        "UPDATE calendar_event SET cancelled = 1",
        "DELETE FROM calendar_event",
    ],
)
def test_what_is_remembered_cannot_be_changed_unnoticed(ledger: Ledger, tmp_path: Path, sql: str) -> None:
    export(ledger, tmp_path / "a.ics", [Entry("a", date(2026, 4, 1), "期限", "説明", 1)], NOW, Span())
    ledger.set_officer("別の担当")
    assert ledger.verify().ok
    ledger._connection.execute(sql)
    assert not ledger.verify().ok


def test_what_could_not_be_saved_is_not_remembered(ledger: Ledger, tmp_path: Path) -> None:
    one, head = Entry("a", date(2026, 4, 1), "期限", "説明", 1), ledger.head()
    for path, current in ((tmp_path / "none" / "a.ics", [one]), (tmp_path / "a.ics", [])):
        with pytest.raises(PeopleError):
            export(ledger, path, current, NOW, Span())
    assert ledger.head() == head
    export(ledger, tmp_path / "a.ics", [one], NOW, Span())
    assert values((tmp_path / "a.ics").read_bytes(), "SEQUENCE") == ["0"]


def test_a_ledger_that_cannot_be_written_says_so_before_a_file_is(ledger: Ledger, tmp_path: Path) -> None:
    writing = ledger._connection
    ledger._connection = driver.connect(ledger.path, ledger.key, "ro")
    with pytest.raises(PeopleError, match="書込み禁止"):
        export(ledger, tmp_path / "a.ics", [Entry("a", NOW.date(), "期限", "", 1)], NOW, Span())
    ledger._connection.close()
    ledger._connection = writing
    assert not (tmp_path / "a.ics").exists()
