"""Writing and reading through the door."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.duties.rules.over_records import Problem
from app.ledger.door import Ledger
from app.ledger.errors import (
    DiskFullError,
    DuplicateKeyError,
    InvalidRecordError,
    LedgerError,
    RefusedError,
    StaleRecordError,
    UnknownRecordError,
)
from app.ledger.file import driver
from app.records import SPECS, Attachment, Client, Contract, Facts, Person, Record, Spec, Training, Vendor
from app.records.kinds import Ref
from tests.support.values import records


def person(name: str = "髙橋 一郎", **given: Any) -> Person:
    return Person(name=name, employment="社員", **given)


def reopened(ledger: Ledger) -> Ledger:
    ledger.close()
    return Ledger.open(ledger.path, ledger.key)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_record_survives_storage(full: Ledger, spec: Spec[Any]) -> None:
    before = full.facts().all(spec.cls)
    with reopened(full) as again:
        assert again.facts().all(spec.cls) == before != ()


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.parametrize("name", ["subcontractor", "device", "client", "location"])
def test_any_allowed_value_survives_storage(ledger: Ledger, name: str, data: st.DataObject) -> None:
    # Nothing else is in this ledger that they could name.
    alone: dict[str, Any] = {f.name: None for f in SPECS[name].fields if isinstance(f.kind, Ref)}
    try:
        made = ledger.add(replace(data.draw(records(SPECS[name])), **alone), {})
    except DuplicateKeyError:
        return
    held = [field for field in SPECS[name].fields if field.name not in SPECS[name].key]
    read = ledger.get(type(made), made.id)
    assert {f.name: getattr(read, f.name) for f in held} == {f.name: getattr(made, f.name) for f in held}


def test_a_new_record_gets_id_revision_key_and_who(ledger: Ledger) -> None:
    made = ledger.add(person())
    assert (made.id, made.revision, made.employee_number, made.recorded_by) == (1, 1, "E-001", "担当 花子")
    assert made.recorded_at is not None
    assert ledger.facts().all(Person) == (made,)


def test_assigned_keys_go_on_from_the_highest_ever_used(ledger: Ledger) -> None:
    first = ledger.add(person(employee_number="E-041"))
    second = ledger.add(person())
    ledger.retire(second, "二重登録")
    assert (first.employee_number, ledger.add(person()).employee_number) == ("E-041", "E-043")


def test_a_change_without_its_key_keeps_the_old_one(ledger: Ledger) -> None:
    made = ledger.add(person())
    assert ledger.change(replace(made, employee_number="")).employee_number == "E-001"


def test_a_stale_revision_is_refused(ledger: Ledger) -> None:
    made = ledger.add(person())
    ledger.change(replace(made, post="課長"))
    with pytest.raises(StaleRecordError, match="他の画面で変更"):
        ledger.change(replace(made, post="部長"))
    assert ledger.get(Person, made.id).post == "課長"


def test_all_problems_of_a_record_are_told_at_once(ledger: Ledger) -> None:
    with pytest.raises(InvalidRecordError) as caught:
        ledger.add(Vendor(name="", address="", representative_title="", representative_name="山田"))
    assert set(caught.value.fields) == {"name", "address", "representative_title"}
    assert len(caught.value.problems) == 3


def test_a_second_natural_key_is_refused_by_name(ledger: Ledger) -> None:
    ledger.add(Client(name="見本市", addressee="見本市長"))
    with pytest.raises(DuplicateKeyError, match="発注者「見本市」は既に登録") as refused:
        ledger.add(Client(name="見本市", addressee="市長"))
    assert list(refused.value.fields) == ["name"]


def test_a_retired_key_is_free_again(ledger: Ledger) -> None:
    ledger.retire(ledger.add(Client(name="見本市", addressee="見本市長")), "誤り")
    assert ledger.add(Client(name="見本市", addressee="見本市長")).id == 2


def test_a_single_record_exists_once(full: Ledger) -> None:
    with pytest.raises(LedgerError, match="1件だけ"):
        full.add(replace(full.facts().all(Vendor)[0], name="別の会社"))


def test_a_reference_to_nothing_is_refused(full: Ledger) -> None:
    held = full.facts().all(Contract)[0]
    with pytest.raises(InvalidRecordError, match="発注者が見つかりません") as caught:
        full.change(replace(held, client=99))
    assert list(caught.value.fields) == ["client"]
    session = full.facts().all(Training)[0]
    rows = tuple(replace(row, person=77) for row in session.attendance)
    with pytest.raises(InvalidRecordError) as caught:
        full.change(replace(session, attendance=rows))
    assert list(caught.value.fields) == ["attendance.1.person"]


def test_what_others_name_is_not_retired(full: Ledger) -> None:
    with pytest.raises(LedgerError, match=r"で使われているため取り消せません。"):
        full.retire(full.facts().all(Person)[0], "退職")
    assert full.facts().all(Person)


def test_an_attachment_needs_its_record(full: Ledger) -> None:
    held = full.facts().all(Attachment)[0]
    with pytest.raises(InvalidRecordError):
        full.change(replace(held, record_id=99))
    with pytest.raises(InvalidRecordError):
        full.change(replace(held, record_kind="no_such_type"))


def test_a_file_must_come_with_its_bytes_and_be_what_it_says(full: Ledger) -> None:
    held = full.facts().all(Attachment)[0]
    other = hashlib.sha256(b"other").hexdigest()
    made = replace(held, id=0, revision=0, data=other)
    with pytest.raises(LedgerError, match="中身が渡されていません"):
        full.add(made)
    with pytest.raises(LedgerError, match="読込み中に変わりました"):
        full.add(made, {other: b"not other"})
    full.add(made, {other: b"other"})
    assert full.blob(other) == b"other"


def test_a_file_that_is_kept_is_never_exchanged_for_another(full: Ledger) -> None:
    held = full.facts().all(Attachment)[0]
    other = hashlib.sha256(b"other").hexdigest()
    with pytest.raises(InvalidRecordError, match="差し替えられません"):
        full.change(replace(held, data=other), {other: b"other"})
    assert full.change(replace(held, title="別の名称")).data == held.data


def test_a_batch_is_written_whole_or_not_at_all(ledger: Ledger) -> None:
    seen: list[Any] = []
    ledger.on_change(seen.append)

    def batch(names: Sequence[str]) -> None:
        with ledger.write("取込み") as change:
            for name in names:
                change.add(person(name))

    with pytest.raises(InvalidRecordError):
        batch(["一", "二", ""])
    assert (ledger.counts()["person"], ledger.head().sequence, seen) == (0, 1, [])
    batch([f"従事者{number}" for number in range(50)])
    assert ledger.counts()["person"] == 50
    assert [len(made.changed) for made in seen] == [50]
    assert ledger.verify().ok


def test_records_of_one_change_may_name_each_other(ledger: Ledger) -> None:
    with ledger.write() as change:
        client = change.add(Client(name="見本市", addressee="見本市長"))
        changed = change.change(replace(client, department="税務課"))
    assert ledger.facts().get(Client, client.id) == changed
    assert changed.revision == 2


def test_rules_over_several_records_are_asked_and_refuse(make: Callable[..., tuple[Ledger, str]]) -> None:
    def at_most_two(after: Facts, written: Sequence[Record]) -> list[Problem]:
        too_many = len(after.all(Person)) > 2
        said = [("employment", "要員は2人までです。"), ("", "3人目です。"), ("", "3人目です。")]
        return [Problem(written[0], path, sentence) for path, sentence in said if too_many]

    ledger, _code = make(rules=[at_most_two])
    for _ in range(2):
        ledger.add(person())
    with pytest.raises(RefusedError, match="2人まで") as refused:
        ledger.add(person())
    assert refused.value.problems == ("要員は2人までです。", "3人目です。")
    assert refused.value.fields == {
        "employment": ("要員は2人までです。",),
        "": ("3人目です。", "3人目です。"),
    }
    assert ledger.counts()["person"] == 2
    ledger.close()


def test_retiring_needs_a_reason_and_keeps_the_record(ledger: Ledger) -> None:
    made = ledger.add(person())
    with pytest.raises(LedgerError, match="理由"):
        ledger.retire(made, " ")
    ledger.retire(made, "二重登録")
    assert ledger.facts().all(Person) == ()
    assert ledger.get(Person, made.id).retired_why == "二重登録"
    assert list(ledger.listing("person", retired=True)) == [made.id]
    with pytest.raises(UnknownRecordError):
        ledger.change(made)


def test_undo_takes_back_an_addition_a_change_and_a_retirement(ledger: Ledger) -> None:
    made = ledger.add(person())
    changed = ledger.change(replace(made, post="課長"))
    ledger.undo()
    assert ledger.facts().get(Person, made.id).post == ""
    ledger.retire(ledger.facts().get(Person, made.id), "誤り")
    ledger.undo()
    assert ledger.facts().get(Person, made.id).revision == changed.revision + 3
    ledger.undo()
    assert ledger.facts().all(Person) == ()
    assert ledger.verify().ok


def test_undo_of_an_addition_retires_it(ledger: Ledger) -> None:
    made = ledger.add(person())
    ledger.undo()
    assert ledger.facts().all(Person) == ()
    assert ledger.get(Person, made.id).retired_at is not None


def test_undo_takes_back_a_batch_whole(ledger: Ledger) -> None:
    with ledger.write() as change:
        client = change.add(Client(name="見本市", addressee="見本市長"))
        change.change(replace(client, department="税務課"))
        change.add(person())
    ledger.undo()
    assert (ledger.counts()["client"], ledger.counts()["person"]) == (0, 0)


def test_undo_of_what_changed_since_is_refused(ledger: Ledger) -> None:
    made = ledger.add(person())
    number = ledger.history("person", made.id)[0].change
    ledger.change(replace(made, post="課長"))
    with pytest.raises(LedgerError, match="その後に変更"):
        ledger.undo(number)


def test_undo_of_nothing_is_refused(ledger: Ledger) -> None:
    for number in (0, 1, 99):
        with pytest.raises(LedgerError, match="元に戻せる変更がありません"):
            ledger.undo(number)


def test_undo_never_makes_a_second_key(ledger: Ledger) -> None:
    gone = ledger.add(Client(name="見本市", addressee="見本市長"))
    ledger.retire(gone, "誤り")
    number = ledger.history("client", gone.id)[0].change
    ledger.add(Client(name="見本市", addressee="見本市長"))
    with pytest.raises(LedgerError, match="に使われています"):
        ledger.undo(number)


def test_history_tells_people_what_changed(full: Ledger) -> None:
    held = full.facts().all(Training)[0]
    full.change(replace(held, lecturer="外部講師", attendance=()), reason="講師の訂正")
    entry = full.history("training", held.id)[0]
    assert (entry.operation, entry.reason, entry.officer) == ("変更", "講師の訂正", "担当 花子")
    changes = {change.label: (change.before, change.after) for change in entry.changes}
    assert changes["講師"] == ("", "外部講師")
    assert changes["受講者"] == ("髙﨑 葛󠄀子、出席、90", "")


def test_listing_orders_filters_and_pages(ledger: Ledger) -> None:
    for name, kana in (("山田", "ヤマダ"), ("青木", "アオキ"), ("髙橋", "タカハシ")):
        ledger.add(person(name, kana=kana))
    assert list(ledger.listing("person")) == [1, 2, 3]
    assert list(ledger.listing("person", "kana")) == [2, 3, 1]
    assert list(ledger.listing("person", "kana", descending=True)) == [1, 3, 2]
    assert list(ledger.listing("person", text="たかはし")) == [3]
    assert [held.id for held in ledger.page("person", [3, 99, 1])] == [3, 1]


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_listed_field_can_order_a_list(full: Ledger, spec: Spec[Any]) -> None:
    for field in spec.listed:
        assert len(full.listing(spec.name, field.name)) == len(full.facts().all(spec.cls))


def test_subscribers_can_leave(ledger: Ledger) -> None:
    seen: list[Any] = []
    leave = ledger.on_change(seen.append)
    ledger.add(person())
    leave()
    ledger.add(person())
    assert [(made.operation, made.changed) for made in seen] == [("add", {("person", 1)})]


def test_the_officer_may_change_and_the_journal_knows(ledger: Ledger) -> None:
    ledger.set_officer("後任 太郎")
    assert ledger.add(person()).recorded_by == "後任 太郎"
    with pytest.raises(LedgerError, match="氏名"):
        ledger.set_officer(" ")
    with reopened(ledger) as again:
        assert again.officer == "後任 太郎"
        assert again.verify().ok


def test_a_full_disk_is_one_sentence_and_nothing_half_written(ledger: Ledger) -> None:
    made = ledger.add(person())
    pages = int(driver.one(ledger._connection, "PRAGMA page_count"))
    ledger._connection.execute(f"PRAGMA max_page_count={pages + 2}")
    digest = hashlib.sha256(b"x" * 200_000).hexdigest()
    attached = Attachment(
        record_kind="person", record_id=made.id, title="写真", kind="写真", file_name="a.png", data=digest
    )
    with pytest.raises(DiskFullError, match="空きが足りない"):
        ledger.add(attached, {digest: b"x" * 200_000})
    assert (ledger.counts()["attachment"], ledger.facts().all(Attachment)) == (0, ())
    ledger._connection.execute("PRAGMA max_page_count=1073741823")
    ledger.add(attached, {digest: b"x" * 200_000})
    assert ledger.verify().ok


def test_an_error_of_the_caller_rolls_back(ledger: Ledger) -> None:
    def failing() -> None:
        with ledger.write() as change:
            change.add(person())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert ledger.counts()["person"] == 0
    assert ledger.add(person()).id == 1


def test_days_are_kept_as_they_are(full: Ledger) -> None:
    assert full.facts().all(Contract)[0].ends_on == date(2027, 3, 31)


def test_threads_may_share_the_door(ledger: Ledger) -> None:
    def work() -> None:
        for _ in range(10):
            ledger.add(person())
            ledger.search("高橋")

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert ledger.counts()["person"] == 40
    assert [held.employee_number for held in ledger.facts().all(Person)][-1] == "E-040"
    assert ledger.verify().ok


def test_opening_loads_nothing_that_only_rare_work_needs(full: Ledger) -> None:
    full.close()
    heavy = ("sqlite_utils", "cryptography", "keyring", "reportlab", "PySide6")
    code = (
        "import sys; from pathlib import Path; from app.ledger.door import Ledger\n"
        f"ledger = Ledger.open(Path({str(full.path)!r}), bytes.fromhex({full.key.hex()!r}))\n"
        "ledger.facts(); ledger.quick_check(); ledger.search('x'); ledger.close()\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    assert (done.stdout.strip(), done.stderr) == (b"[]", b"")
