"""Another ledger taken in: what is the same, new, changed, asked; as one change, with where it came from."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.common import PeopleError, Progress
from app.exchange.archive.archiving import archive
from app.exchange.merging.applying import AskedError, merge, reason_of
from app.exchange.merging.mapping import content
from app.exchange.merging.other import other_ledger
from app.exchange.merging.papers import TOLD
from app.exchange.merging.planning import common, plan
from app.exchange.merging.plans import Outcome
from app.ledger.access.opening import unlock
from app.ledger.door import Ledger
from app.ledger.file.driver import rows
from app.ledger.secret.keys import key_paths
from app.records import SPECS, Attachment, Client, Event, Person, Submission
from app.records.ordering import key_text
from tests.ledger.conftest import CHEAP, PASSPHRASE, Clock, fill, issue, statement


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """One record of every type."""
    made, _code = Ledger.create(tmp_path / "本社.jutaku", PASSPHRASE, "担当 花子", cost=CHEAP, clock=Clock())
    with made:
        fill(made)
        yield made


@pytest.fixture
def twin(ledger: Ledger, tmp_path: Path) -> Iterator[Ledger]:
    """The same ledger on a second PC, where it is gone on with."""
    ledger._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = tmp_path / "別のPC.jutaku"
    for held, wanted in zip((ledger.path, *key_paths(ledger.path)), (path, *key_paths(path)), strict=True):
        shutil.copy(held, wanted)
    with Ledger.open(path, ledger.key, clock=Clock()) as made:
        yield made


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of its own, that never was the other's."""
    made, _code = Ledger.create(tmp_path / "支店.jutaku", PASSPHRASE, "支店 太郎", cost=CHEAP, clock=Clock())
    with made:
        yield made


def contents(ledger: Ledger) -> dict[str, list[Any]]:
    return {spec.name: [content(one) for one in ledger.facts().all(spec.cls)] for spec in SPECS.values()}


def person(name: str) -> Person:
    return Person(name=name, employment="社員")


def outcomes(ledger: Ledger, other: Ledger, **answers: Any) -> dict[str, Outcome]:
    made = plan(ledger, other, **answers)
    return {row.name: row.outcome for row in made.rows if row.outcome is not Outcome.SAME}


def test_a_twin_that_nobody_went_on_with_brings_nothing(ledger: Ledger, twin: Ledger) -> None:
    made = plan(ledger, twin)
    assert made.origin.common == ledger.head().sequence == common(ledger, twin)
    assert {row.outcome for row in made.rows} == {Outcome.SAME}
    assert {row.kind for row in made.rows} == set(SPECS)
    before = ledger.head()
    merge(ledger, twin, made, None)
    assert ledger.head() == before


def test_what_a_twin_went_on_with_comes_as_one_change(ledger: Ledger, twin: Ledger, tmp_path: Path) -> None:
    facts, shared = twin.facts(), ledger.head().sequence
    here = ledger.add(person("本社で 増えた者"))
    there = twin.add(person("別のPCで 増えた者"))
    assert here.id == there.id, "two records of one id that are not the same"
    client = twin.change(replace(facts.all(Client)[0], address="君津市久保1-1"))
    event = twin.add(replace(facts.all(Event)[0], id=0, revision=0, quantity=1))
    data = b"a photograph"
    digest = hashlib.sha256(data).hexdigest()
    twin.add(
        Attachment(
            record_kind="event", record_id=event.id, title="写真", kind="写真", file_name="a.jpg", data=digest
        ),
        {digest: data},
    )
    made = plan(ledger, twin)
    assert made.origin.common == shared
    # Both ledgers gave the next number: they are asked about, and are two.
    number = f"person:{key_text(there)}"
    assert [row.name for row in made.asked] == [number]
    made = plan(ledger, twin, both=[number])
    assert [(row.kind, row.outcome) for row in made.rows if row.outcome is not Outcome.SAME] == [
        ("client", Outcome.CHANGED),
        ("person", Outcome.NEW),
        ("event", Outcome.NEW),
        ("attachment", Outcome.NEW),
    ]
    before = contents(ledger)
    merge(ledger, twin, made, tmp_path / "控え")
    assert list((tmp_path / "控え").glob("*.jutaku"))
    after = ledger.facts()
    assert after.get(Client, client.id).address == "君津市久保1-1"
    names = [one.name for one in after.all(Person)]
    assert "本社で 増えた者" in names
    assert "別のPCで 増えた者" in names
    assert len({key_text(one) for one in after.all(Person)}) == len(names)
    photo = after.all(Attachment)[-1]
    assert ledger.blob(photo.data) == data
    assert after.get(Event, photo.record_id).quantity == 1
    assert ledger.verify().ok
    (done,) = ledger.done(1)
    assert done.count == 4
    (told,) = rows(ledger._connection, "SELECT reason FROM history ORDER BY sequence DESC LIMIT 1")
    head = twin.head()
    since = f"、記録{shared}件までは同じ台帳"
    assert told == (f"台帳の統合（識別番号 {twin.id}、記録{head.sequence}件、先頭値 {head.hash}{since}）",)
    ledger.undo()
    assert contents(ledger) == before
    assert ledger.verify().ok


def test_what_both_changed_is_asked_side_by_side(ledger: Ledger, twin: Ledger) -> None:
    held = ledger.facts().all(Person)[0]
    ledger.change(replace(held, department="本社の所属"))
    twin.change(replace(held, department="別のPCの所属"))
    (row,) = plan(ledger, twin).asked
    assert list(row.changes()) == [("department", "本社の所属", "別のPCの所属")]
    with pytest.raises(AskedError, match=row.name):
        merge(ledger, twin, plan(ledger, twin), None)
    assert ledger.facts().get(Person, held.id).department == "本社の所属"
    assert outcomes(ledger, twin, keep=[row.name]) == {row.name: Outcome.KEPT}
    merge(ledger, twin, plan(ledger, twin, take=[row.name]), None)
    assert ledger.facts().get(Person, held.id).department == "別のPCの所属"


def test_what_this_ledger_alone_changed_stays_however_it_is_answered(ledger: Ledger, twin: Ledger) -> None:
    held = ledger.facts().all(Person)[0]
    ledger.change(replace(held, department="本社の所属", post="本社の役職"))
    twin.change(replace(held, department="別のPCの所属", kana="べつの かな"))
    (row,) = plan(ledger, twin).asked
    assert {name: (here, there) for name, here, there in row.changes()} == {
        "department": ("本社の所属", "別のPCの所属"),
        "kana": (held.kana, "べつの かな"),
    }
    assert "（役職）" in row.why
    merge(ledger, twin, plan(ledger, twin, take=[row.name]), None)
    after = ledger.facts().get(Person, held.id)
    assert (after.department, after.post, after.kana) == ("別のPCの所属", "本社の役職", "べつの かな")


def test_fields_that_only_one_of_both_changed_are_no_conflict_of_the_other(
    ledger: Ledger, twin: Ledger
) -> None:
    held = ledger.facts().all(Person)[0]
    ledger.change(replace(held, post="本社の役職"))
    twin.change(replace(held, department="別のPCの所属"))
    (row,) = plan(ledger, twin).asked
    assert [name for name, _here, _there in row.changes()] == ["department"]
    merge(ledger, twin, plan(ledger, twin, keep=[row.name]), None)
    assert ledger.facts().get(Person, held.id).department == held.department


def test_a_record_as_an_entry_left_it(ledger: Ledger) -> None:
    held, at = ledger.facts().all(Person)[0], ledger.head().sequence
    ledger.change(replace(held, post="次の役職"))
    kind = held.spec.name
    before, after = (ledger.as_of_entry(kind, held.id, one) for one in (at, ledger.head().sequence))
    assert (before, after) == (held, ledger.facts().get(Person, held.id))
    assert ledger.as_of_entry(kind, held.id, 0) is None


@pytest.mark.parametrize("changed", [False, True])
def test_what_the_twin_took_back_is_taken_back_unless_it_was_changed_here(
    ledger: Ledger,
    twin: Ledger,
    changed: bool,
) -> None:
    oath = ledger.facts().all(SPECS["saved_list"].cls)[0]
    twin.retire(twin.facts().all(SPECS["saved_list"].cls)[0], "要らないため")
    if changed:
        ledger.change(replace(oath, words="変えた"))
    name = f"saved_list:{key_text(oath)}"
    assert outcomes(ledger, twin) == {name: Outcome.ASKED if changed else Outcome.RETIRED}
    merge(ledger, twin, plan(ledger, twin, take=[name] if changed else []), None)
    assert not ledger.facts().all(SPECS["saved_list"].cls)


def test_an_empty_ledger_takes_all_of_a_branch(ledger: Ledger, branch: Ledger) -> None:
    made = plan(branch, ledger)
    assert made.origin.common == 0
    assert not made.asked
    merge(branch, ledger, made, None)
    assert branch.verify().ok
    for spec in SPECS.values():
        here, there = (len(one.facts().all(spec.cls)) for one in (branch, ledger))
        if spec.cls is Submission:
            assert here == 0, "a paper of another journal is no paper of this one"
        elif spec.cls is Attachment:
            assert here == there + len(ledger.facts().all(Submission))
        else:
            assert here == there, spec.name
    papers = [one for one in branch.facts().all(Attachment) if one.note == TOLD]
    assert {branch.blob(one.data) for one in papers} == {
        ledger.document_bytes(one) for one in ledger.facts().all(Submission)
    }
    # A second time everything keyed is known, and nothing is written twice unasked.
    again = plan(branch, ledger)
    assert Outcome.NEW not in {row.outcome for row in again.rows}
    branch.undo()
    assert not any(branch.facts().all(spec.cls) for spec in SPECS.values())


def test_one_key_in_two_ledgers_is_asked_and_never_merged(ledger: Ledger, branch: Ledger) -> None:
    held = ledger.facts().all(Client)[0]
    branch.add(Client(name=held.name, addressee="別の宛名"))
    (row,) = plan(ledger, branch).asked
    assert row.name == f"client:{held.name}"
    assert ("addressee", held.addressee, "別の宛名") in list(row.changes())
    assert outcomes(ledger, branch, keep=[row.name]) == {row.name: Outcome.KEPT}


def test_papers_of_one_number_are_asked(ledger: Ledger, branch: Ledger) -> None:
    merge(branch, ledger, plan(branch, ledger), None)
    contract = branch.facts().all(SPECS["contract"].cls)[0]
    made = issue(branch, statement(contract.id, date(2026, 4, 2)), b"%PDF-1.7 of the branch")
    names = [row.name for row in plan(ledger, branch).asked if row.kind == "attachment"]
    assert f"attachment:{made.number}" in names


def test_an_answer_to_what_was_not_asked_is_refused(ledger: Ledger, twin: Ledger) -> None:
    for way in ("keep", "take", "both"):
        with pytest.raises(PeopleError, match="要確認の記録ではない"):
            outcomes(ledger, twin, **{way: ["person:1"]})
    with pytest.raises(PeopleError, match="答えが2つ"):
        plan(ledger, twin, keep=["person:1"], take=["person:1"])


def test_a_plan_holds_for_the_ledgers_it_was_made_of(ledger: Ledger, twin: Ledger) -> None:
    twin.add(person("増えた者"))
    made = plan(ledger, twin)
    ledger.add(person("その間に 増えた者"))
    with pytest.raises(PeopleError, match="確かめた後に台帳が変わった"):
        merge(ledger, twin, made, None)


def test_the_other_is_a_ledger_or_an_archive_and_stays_as_it_is(
    ledger: Ledger, twin: Ledger, tmp_path: Path
) -> None:
    twin.add(person("増えた者"))
    archive(twin, tmp_path / "別のPC.zip", clock=Clock())
    head = twin.head()
    twin.close()
    reasons: list[str] = []
    for name, word in (("別のPC.jutaku", PASSPHRASE), ("別のPC.zip", ""), ("別のPC.zip", "")):
        with other_ledger(tmp_path / name, word, Ledger.open, Progress()) as other:
            made = other.plan(ledger)
            assert made.counts["new"] == 1
            assert made.origin.common == ledger.head().sequence
            assert (made.origin.sequence, made.origin.head) == (head.sequence, head.hash)
            reasons.append(reason_of(made))
    assert len(set(reasons)) == 1
    with Ledger.open(tmp_path / "別のPC.jutaku", unlock(tmp_path / "別のPC.jutaku", PASSPHRASE)) as again:
        assert again.head() == head
