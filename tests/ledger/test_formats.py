"""A ledger of every format that was ever written opens today, and says what it said."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.ledger.door import Ledger
from app.ledger.errors import DuplicateKeyError, UnprovenFormatError
from app.ledger.file import driver, migrating
from app.ledger.migrations import FORMAT
from app.ledger.secret import keys
from app.records import Contract, Disposal, Event, Person, Statement, Submission
from app.records.ordering import number_of
from tests.ledger.kept import KEPT, copied


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return copied(request.param, tmp_path)


@pytest.fixture(params=KEPT[:2], ids=lambda path: path.stem)
def before_plans(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A ledger of a format that knew neither plans nor the place of a hand-over."""
    return copied(request.param, tmp_path)


@pytest.fixture(params=KEPT[:3], ids=lambda path: path.stem)
def before_outcomes(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A ledger of a format that did not know what a verification came to."""
    return copied(request.param, tmp_path)


@pytest.fixture(params=KEPT[1:4], ids=lambda path: path.stem)
def before_numbers(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A ledger of a format in which disposals, checks and requests had no number."""
    return copied(request.param, tmp_path)


def test_every_former_format_is_kept_as_a_file() -> None:
    assert [path.stem for path in KEPT] == [f"format-{number}" for number in range(1, FORMAT)]


HOLDS = {
    "format-1": (["第12号"], "髙﨑 葛\U000e0100子", {"location-notice": 2}),
    "format-2": (
        ["BK-0440", "HB-0311", "MD-0058", "MK-1024", "MN-2207"],
        "髙橋 美咲",
        {
            "device-register": 2,
            "disposal-certificate": 1,
            "location-notice": 3,
            "oath": 3,
            "personnel-report": 4,
            "status-report": 1,
            "training-report": 2,
            "transfer-record": 1,
        },
    ),
    "format-3": (
        ["BK-0440", "HB-0311", "MD-0058", "MK-1024", "MN-2207"],
        "髙橋 美咲",
        {
            "device-register": 2,
            "disposal-certificate": 1,
            "location-notice": 3,
            "oath": 3,
            "personnel-report": 4,
            "status-report": 1,
            "training-report": 2,
            "transfer-record": 1,
        },
    ),
    "format-4": (
        ["BK-0440", "HB-0311", "MD-0058", "MK-1024", "MN-2207"],
        "髙橋 美咲",
        {
            "device-register": 2,
            "disposal-certificate": 1,
            "location-notice": 3,
            "oath": 3,
            "personnel-report": 4,
            "status-report": 1,
            "training-report": 2,
            "transfer-record": 1,
        },
    ),
    "format-5": (
        ["BK-0440", "HB-0311", "MD-0058", "MK-1024", "MN-2207"],
        "髙橋 美咲",
        {
            "access-review": 1,
            "audit-response": 1,
            "backup-record": 1,
            "bringin-application": 1,
            "closing-statement": 1,
            "copy-application": 1,
            "device-register": 2,
            "device-report": 1,
            "disposal-application": 1,
            "disposal-certificate": 1,
            "equipment-takeout-application": 1,
            "evidence-binder": 1,
            "handling-ledger": 1,
            "improvement-report": 1,
            "incident-first": 1,
            "incident-full": 1,
            "leaving-oath": 1,
            "location-notice": 3,
            "management-report": 1,
            "oath": 3,
            "oath-cover": 1,
            "personnel-report": 4,
            "purpose-application": 1,
            "request-notice": 1,
            "return-note": 1,
            "rules-cover": 1,
            "safety-checklist": 1,
            "software-check": 1,
            "status-report": 1,
            "storage-check": 1,
            "subcontract-application": 1,
            "subcontract-supervision": 1,
            "submission-cover": 1,
            "supervision-record": 1,
            "takeout-application": 1,
            "training-report": 2,
            "transfer-agreement": 1,
            "transfer-record": 1,
            "transfer-slip": 1,
            "worker-list": 1,
        },
    ),
}
"""Per format: contracts, one of the people, and how many documents of each form the kept ledger holds."""


def test_an_old_ledger_opens_with_its_passphrase_and_verifies(old: Path, passphrase: str) -> None:
    key = keys.open_with_passphrase(old, passphrase)
    with closing(driver.connect(old, key)) as connection:
        assert migrating.format_of(connection) == int(old.stem.partition("-")[2])
    with Ledger.open(old, key) as ledger:
        assert ledger.verify().problems == ()
        assert ledger.quick_check().problems == ()
        facts = ledger.facts()
        contracts, person, documents = HOLDS[old.stem]
        assert sorted(one.number for one in facts.all(Contract)) == contracts
        assert person in [one.name for one in facts.all(Person)]
        assert Counter(one.form for one in facts.all(Submission)) == documents


def test_the_documents_of_an_old_ledger_still_say_what_they_said(old: Path, passphrase: str) -> None:
    with Ledger.open(old, keys.open_with_passphrase(old, passphrase)) as ledger:
        for document in ledger.facts().all(Submission):
            assert ledger.document_bytes(document).startswith(b"%PDF")
            told = Statement.from_canonical(document.statement)
            assert (told.form, told.contract, told.on) == (
                document.form,
                document.contract,
                document.issued_on,
            )


def test_what_was_recorded_before_there_were_plans_is_done(before_plans: Path, passphrase: str) -> None:
    with Ledger.open(before_plans, keys.open_with_passphrase(before_plans, passphrase)) as ledger:
        facts = ledger.facts()
        held: list[Event | Disposal] = [*facts.all(Event), *facts.all(Disposal)]
        assert held
        assert {one.status for one in held} == {"実績"}
        assert {one.handover_place for one in facts.all(Event)} == {""}


def test_an_old_record_can_be_changed_and_still_verifies(old: Path, passphrase: str) -> None:
    with Ledger.open(old, keys.open_with_passphrase(old, passphrase)) as ledger:
        person = ledger.facts().all(Person)[0]
        ledger.change(replace(person, post="主任"))
        assert ledger.verify().problems == ()


def test_history_does_not_lay_a_migration_to_an_officer(before_plans: Path, passphrase: str) -> None:
    with Ledger.open(before_plans, keys.open_with_passphrase(before_plans, passphrase)) as ledger:
        event = ledger.facts().all(Event)[0]
        ledger.change(replace(event, handover_place="市役所の窓口"))
        newest, *_, first = ledger.history("event", event.id)
        assert [(one.label, one.before, one.after) for one in newest.changes] == [
            ("授受の場所", "", "市役所の窓口")
        ]
        assert "予定・実績" not in [one.label for one in first.changes]


def test_undoing_after_a_migration_keeps_what_it_gave(old: Path, passphrase: str) -> None:
    with Ledger.open(old, keys.open_with_passphrase(old, passphrase)) as ledger:
        event = ledger.facts().all(Event)[0]
        ledger.change(replace(event, status="予定"))
        ledger.undo()
        assert ledger.get(Event, event.id).status == "実績"
        assert ledger.verify().problems == ()


@pytest.mark.parametrize("value", ["予定", ""])
def test_a_row_that_holds_other_than_its_migration_gave_is_found(
    old: Path, passphrase: str, value: str
) -> None:
    key = keys.open_with_passphrase(old, passphrase)
    Ledger.open(old, key).close()
    with closing(driver.connect(old, key)) as connection:
        connection.execute("UPDATE event SET status = ? WHERE id = 1", (value,))
    with Ledger.open(old, key) as ledger:
        assert [(one.record, one.problem) for one in ledger.verify().problems] == [
            ("event", "登録内容が記録と合いません。")
        ]


def test_changes_written_before_a_migration_do_not_speak_of_it(full: Ledger) -> None:
    event = full.facts().all(Event)[0]
    for quantity in (4, 5):
        event = full.change(replace(event, quantity=quantity))
    full._connection.execute(
        "UPDATE history SET content = json_remove(content, '$.status') WHERE sequence IN"
        " (SELECT sequence FROM journal WHERE record = 'event' AND revision < 3)"
    )
    shown = [[change.label for change in entry.changes] for entry in full.history("event", event.id)]
    assert shown[0] == shown[1] == ["数量"]
    assert "予定・実績" not in shown[2]


def test_what_is_searched_in_an_old_ledger_is_folded_as_today(old: Path, passphrase: str) -> None:
    with Ledger.open(old, keys.open_with_passphrase(old, passphrase)) as ledger:
        person = HOLDS[old.stem][1]
        bare = "".join(person.split()).replace("髙", "高").replace("\U000e0100", "")
        assert person in [hit.title for hit in ledger.search(bare)]
        numbers = [one.number for one in ledger.facts().all(Contract)]
        for number in numbers:
            assert number in [hit.key for hit in ledger.search(number.replace("-", ""), record="contract")]


def test_a_number_of_an_old_ledger_is_taken_in_every_spelling(old: Path, passphrase: str) -> None:
    with Ledger.open(old, keys.open_with_passphrase(old, passphrase)) as ledger:
        held = ledger.facts().all(Person)[0]
        wide = held.employee_number.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
        with pytest.raises(DuplicateKeyError, match=f"登録済みの「{held.employee_number}」と同じ"):
            ledger.add(Person(name="別の人", employment="社員", employee_number=wide))


def test_an_index_that_was_not_made_anew_is_made_at_the_next_opening(old: Path, passphrase: str) -> None:
    key = keys.open_with_passphrase(old, passphrase)
    with closing(driver.connect(old, key)) as connection:
        # As after a power cut between the migration and what follows it.
        migrating.migrate(connection, lambda: datetime.now().astimezone())
    with Ledger.open(old, key) as ledger:
        assert ledger.verify().problems == ()
        assert ledger.search(HOLDS[old.stem][1].replace(" ", ""))


def test_what_was_erased_before_there_were_outcomes_is_not_taken_as_passed(
    before_outcomes: Path, passphrase: str
) -> None:
    """What is destroyed for all to see has ended as it had; of an erasure nobody has said what came of it."""
    with Ledger.open(before_outcomes, keys.open_with_passphrase(before_outcomes, passphrase)) as ledger:
        held = ledger.facts().all(Disposal)
        assert held
        for disposal in held:
            assert disposal.outcome == ""
            seen = disposal.method in ("裁断", "溶解", "焼却", "物理的破壊")
            done = [line for line in disposal.lines if line.result == "完了"]
            assert {disposal.ended(line) for line in done} <= {seen}


def test_what_was_recorded_before_there_were_numbers_is_called_by_its_id(
    before_numbers: Path, passphrase: str
) -> None:
    """Certificates of that time say D-0001; a number given later never means another disposal."""
    with Ledger.open(before_numbers, keys.open_with_passphrase(before_numbers, passphrase)) as ledger:
        facts = ledger.facts()
        first, *_, last = held = sorted(facts.all(Disposal), key=lambda one: one.id)
        assert {one.number for one in held} == {""}
        assert facts.key(first) == number_of(first) == f"D-{first.id:04}"
        assert number_of(ledger.change(replace(first, note="控え済み"))) == f"D-{first.id:04}"
        made = ledger.add(replace(last, id=0, revision=0, outcome="合格"))
        assert made.number == f"D-{last.id + 1:04}"
        with pytest.raises(DuplicateKeyError, match=f"D-{first.id:04}"):
            ledger.add(replace(made, id=0, revision=0, number=f"D-{first.id:04}"))
        assert [hit.id for hit in ledger.search(f"D-{first.id:04}") if hit.record == "disposal"] == [first.id]
        assert ledger.verify().problems == ()
        event = next(one for one in facts.all(Event) if one.kind == "受領")
        assert event.handover == ""


def test_rows_that_refer_to_nothing_are_told_before_anything_is_changed(
    tmp_path: Path, passphrase: str
) -> None:
    """One that an earlier program left between two formats is not copied and proven once more."""
    path = copied(next(kept for kept in KEPT if kept.stem == "format-3"), tmp_path)
    key = keys.open_with_passphrase(path, passphrase)
    with closing(driver.connect(path, key)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("UPDATE meta SET format = 2")
        connection.execute("UPDATE event SET asset = 999")
        driver.checkpoint(connection)
    before = path.read_bytes()
    with pytest.raises(UnprovenFormatError, match="参照先のない行があります。台帳には手を加えていません"):
        Ledger.open(path, key)
    assert path.read_bytes() == before
