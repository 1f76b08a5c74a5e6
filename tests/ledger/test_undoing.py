"""元に戻す: the queue of the ledger, what is shown before anything goes back, and going back exactly."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.ledger import writing
from app.ledger.door import Ledger
from app.ledger.errors import LedgerError
from app.ledger.undoing.values import Undoing
from app.records import SPECS, Asset, Client, Contract, Device, Facts, Person, Submission, Vendor
from app.records.contract import ContractAnnex
from tests.ledger.conftest import Clock
from tests.support.ledgers import Original

DAY = date(2026, 4, 1)


def person(name: str, **given: Any) -> Person:
    return Person(name=name, employment="社員", **given)


def titles(ledger: Ledger) -> list[str]:
    return [one.title for one in ledger.done(20)]


def told(facts: Facts) -> dict[tuple[str, int], tuple[Any, ...]]:
    """What every record says, but for what the door keeps about it."""
    return {
        (name, one.id): tuple(getattr(one, field.name) for field in spec.fields)
        for name, spec in SPECS.items()
        for one in facts.all(spec.cls)
    }


def newest(ledger: Ledger, shown: Undoing) -> int:
    """The number of the change that took back what was shown."""
    record = shown.back[0].before
    return ledger.history(record.spec.name, record.id)[0].change


def stays(shown: Undoing) -> dict[str, str]:
    return {shown.facts.title(one.record) or one.record.spec.label: one.why for one in shown.stays}


def leave(ledger: Ledger, *people: Person) -> int:
    """An act over several people; the number of its change."""
    with ledger.write(f"退職　山田 太郎（{len(people)}件）") as change:
        for one in people:
            change.change(replace(one, left_on=DAY))
    return ledger.done(1)[0].number


def test_two_undos_take_back_two_acts_and_not_the_undo_itself(ledger: Ledger) -> None:
    held = ledger.add(person("山田 太郎"))
    held = ledger.change(replace(held, post="課長"))
    ledger.change(replace(held, department="総務課"))
    ledger.undo(ledger.done(1)[0].number)
    assert ledger.get(Person, held.id).department == ""
    plain = [one for one in ledger.done(20) if not one.redo]
    assert plain[0].title == "元に戻す：「要員 山田 太郎」の変更"
    ledger.undo(plain[0].number)
    assert ledger.get(Person, held.id).post == ""
    assert [one.title for one in ledger.done(20) if not one.redo] == ["元に戻す：「要員 山田 太郎」の登録"]
    assert ledger.verify().ok


def test_the_queue_is_the_ledgers_and_not_a_windows(ledger: Ledger) -> None:
    leave(ledger, ledger.add(person("山田 太郎")), ledger.add(person("佐藤 花子")))
    before = ledger.done(20)
    ledger.close()
    with Ledger.open(ledger.path, ledger.key) as again:
        assert again.done(20) == before
        assert (before[0].title, before[0].count) == ("元に戻す：退職　山田 太郎（2件）", 2)
        assert (before[0].officer, before[0].at.date()) == ("担当 花子", DAY)
        again.undo(before[0].number)
        assert again.get(Person, 1).left_on is None


def test_what_was_taken_back_is_done_again_under_the_same_name(ledger: Ledger) -> None:
    held = ledger.add(person("山田 太郎")), ledger.add(person("佐藤 花子"))
    leave(ledger, *held)
    for name in ("元に戻す", "やり直し", "元に戻す", "やり直し"):
        wanted = next(one for one in ledger.done(9) if one.redo is (name == "やり直し"))
        assert wanted.title == f"{name}：退職　山田 太郎（2件）"
        ledger.undo(wanted.number)
        assert ledger.history("person", 1)[0].reason == wanted.title
        assert ledger.history("person", 1)[0].operation == "元に戻す"
        assert (ledger.get(Person, 1).left_on is None) is (name == "元に戻す")
    assert ledger.verify().ok


def test_an_older_undo_is_not_done_again_over_a_newer_one(ledger: Ledger) -> None:
    held = ledger.change(replace(ledger.add(person("山田 太郎")), post="課長"))
    ledger.change(replace(held, department="総務課"))
    ledger.undo()
    first = ledger.done(1)[0].number
    ledger.undo()
    with pytest.raises(
        LedgerError, match=r"その後に変更されています（.*元に戻す：「要員 山田 太郎」の変更）"
    ):
        ledger.undo(first)
    ledger.undo(ledger.done(1)[0].number)
    ledger.undo(first)
    assert (ledger.get(Person, 1).post, ledger.get(Person, 1).department) == ("課長", "総務課")


def test_what_an_older_program_took_back_is_known_for_that(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = ledger.add(person("山田 太郎")), ledger.add(person("佐藤 花子"))
    ledger.change(replace(one, post="課長"))
    ledger.change(replace(other, post="係長"))
    with monkeypatch.context() as older:
        older.setattr(writing, "undo_of", lambda _number: "undo")
        ledger.undo()
        ledger.undo()
    assert titles(ledger) == [
        "やり直し：「要員 山田 太郎」の変更",
        "やり直し：「要員 佐藤 花子」の変更",
        "元に戻す：「要員 佐藤 花子」の登録",
        "元に戻す：「要員 山田 太郎」の登録",
    ]
    ledger.undo(ledger.done(1)[0].number)
    assert ledger.get(Person, one.id).post == "課長"


def test_a_change_is_named_by_its_act_its_records_or_its_reason(ledger: Ledger) -> None:
    made = [ledger.add(person(f"要員{at}")) for at in range(4)]
    ledger.change(replace(ledger.add(person("後藤")), post="課長"), reason="辞令の写しによる")
    with ledger.write("要員の取込み") as change:
        change.add(person("佐藤"))
        change.add(person("鈴木"))
    with ledger.write("二重登録") as change:
        for one in made:
            change.retire(one, "二重登録")
    assert titles(ledger)[:3] == [
        "元に戻す：「要員 要員0」「要員 要員1」「要員 要員2」ほか1件の取消し（二重登録）",
        "元に戻す：要員の取込み（2件）",
        "元に戻す：「要員 後藤」の変更（辞令の写しによる）",
    ]


def test_after_later_edits_it_is_shown_what_goes_back_what_stays_and_why(ledger: Ledger) -> None:
    held = ledger.add(person("山田 太郎")), ledger.add(person("佐藤 花子"))
    number = leave(ledger, *held)
    ledger.change(replace(ledger.get(Person, 2), post="部長"))
    before = ledger.head()
    shown = ledger.undoing(number)
    assert shown.title == "元に戻す：退職　山田 太郎（2件）のうち1件"
    assert [(one.before.left_on, one.after.left_on) for one in shown.back] == [(DAY, None)]  # type: ignore[attr-defined]  # people
    assert [field.label for field in shown.back[0].changed] == ["退職日"]
    (why,) = stays(shown).values()
    assert why.startswith("その後に変更されています（令和8年4月1日 09:0")
    assert "「要員 佐藤 花子」の変更）。先にそちらを元に戻すか" in why
    assert ledger.head() == before
    with pytest.raises(LedgerError, match="その後に変更"):
        ledger.undo(number)
    assert ledger.head() == before
    ledger.undo(shown)
    assert [one.left_on for one in ledger.facts().all(Person)] == [None, DAY]
    assert ledger.history("person", 1)[0].reason == shown.title
    assert ledger.done(1)[0].title == "やり直し：退職　山田 太郎（2件）"
    assert ledger.verify().ok


def test_once_the_later_edit_is_taken_back_the_earlier_goes_back_whole(ledger: Ledger) -> None:
    number = leave(ledger, ledger.add(person("山田 太郎")), ledger.add(person("佐藤 花子")))
    ledger.change(replace(ledger.get(Person, 2), post="部長"))
    ledger.undo()
    assert ledger.undoing(number).whole
    ledger.undo(number)
    assert [one.left_on for one in ledger.facts().all(Person)] == [None, None]


def test_what_was_shown_is_written_once_and_never_after_the_ledger_moved_on(ledger: Ledger) -> None:
    made = ledger.change(replace(ledger.add(person("山田 太郎")), post="課長"))
    shown = ledger.undoing()
    ledger.add(person("佐藤 花子"))
    head = ledger.head()
    with pytest.raises(LedgerError, match="表示したあとに台帳の内容が変わったため、まだ元に戻していません"):
        ledger.undo(shown)
    assert ledger.head() == head
    shown = ledger.undoing(ledger.history("person", made.id)[0].change)
    ledger.undo(shown)
    head = ledger.head()
    with pytest.raises(LedgerError, match="まだ元に戻していません"):
        ledger.undo(shown)
    assert ledger.head() == head
    again = ledger.undoing(shown.done.number)
    assert (again.back, [one.why for one in again.stays]) == ((), ["既に元に戻しています。"])
    with pytest.raises(LedgerError, match="既に元に戻しています"):
        ledger.undo(again)
    assert ledger.head() == head


def test_a_record_that_another_names_stays_and_so_does_what_it_names(ledger: Ledger) -> None:
    with ledger.write("契約の開始（3件）") as change:
        client = change.add(Client(name="見本市", addressee="見本市長"))
        contract = change.add(a_contract(client.id))
        change.add(person("山田 太郎"))
    number = ledger.done(1)[0].number
    ledger.add(Device(kind="PC", owner="自社"))
    ledger.add(
        Asset(contract=contract.id, item="氏名", classification="個人情報", medium="紙", unit="枚", persons=1)
    )
    shown = ledger.undoing(number)
    assert [type(one.before) for one in shown.back] == [Person]
    assert sorted(stays(shown).values()) == [
        "契約「業務」で使われています。",
        "情報資産「A-0001　氏名」で使われています。",
    ]
    ledger.undo(shown)
    assert (ledger.counts()["person"], ledger.counts()["client"]) == (0, 1)
    assert ledger.verify().ok


def test_what_names_a_record_that_is_gone_stays(ledger: Ledger) -> None:
    client = ledger.add(Client(name="見本市", addressee="見本市長"))
    other = ledger.add(Client(name="見本町", addressee="見本町長"))
    contract = ledger.add(a_contract(client.id))
    ledger.change(replace(contract, client=other.id))
    number = ledger.done(1)[0].number
    ledger.retire(client, "合併")
    (why,) = stays(ledger.undoing(number)).values()
    assert why == "戻す内容の発注者にあった発注者が、今は取り消されています。"
    with pytest.raises(LedgerError, match="取り消されています"):
        ledger.undo(number)


def test_a_number_taken_since_keeps_its_former_owner_away(ledger: Ledger) -> None:
    first = ledger.add(Device(control_number="PC-1", kind="PC", owner="自社"))
    ledger.change(replace(first, control_number="PC-2"))
    number = ledger.done(1)[0].number
    ledger.add(Device(control_number="ＰＣ－１", kind="PC", owner="自社"))
    (why,) = stays(ledger.undoing(number)).values()
    assert why.startswith("戻す番号・名称が、今はPC・媒体「ＰＣ－１")


def test_a_number_passed_on_within_the_change_goes_back_with_it(ledger: Ledger) -> None:
    first = ledger.add(Device(control_number="PC-1", kind="PC", owner="自社"))
    with ledger.write("番号の付替え（2件）") as change:
        change.change(replace(first, control_number="PC-2"))
        change.add(Device(control_number="PC-1", kind="PC", owner="自社"))
    ledger.undo()
    assert [one.control_number for one in ledger.facts().all(Device)] == ["PC-1"]
    ledger.undo(ledger.done(1)[0].number)
    assert [one.control_number for one in ledger.facts().all(Device)] == ["PC-2", "PC-1"]


def test_there_is_never_a_second_vendor(ledger: Ledger) -> None:
    vendor = Vendor(name="見本", address="君津市", representative_title="社長", representative_name="髙橋")
    ledger.retire(ledger.add(vendor), "誤り")
    number = ledger.history("vendor", 1)[0].change
    ledger.add(vendor)
    with pytest.raises(LedgerError, match="今は自社「見本」に使われています"):
        ledger.undo(number)


def test_erased_history_does_not_come_back(ledger: Ledger) -> None:
    number = leave(ledger, ledger.add(person("山田 太郎")), ledger.add(person("佐藤 花子")))
    first = ledger.history("person", 1)[-1].sequence
    ledger._connection.execute(
        "UPDATE history SET salt = NULL, record_key = NULL, reason = NULL, content = NULL WHERE sequence = ?",
        (first,),
    )
    shown = ledger.undoing(number)
    assert stays(shown) == {"山田 太郎": "以前の内容が消去されています。"}
    ledger.undo(shown)
    assert [one.left_on for one in ledger.facts().all(Person)] == [DAY, None]


def test_a_rule_of_the_door_keeps_a_record_where_it_is(make: Callable[..., tuple[Ledger, str]]) -> None:
    def never_a_clerk(_after: Facts, written: Any) -> list[Any]:
        return [Refused(one) for one in written if getattr(one, "post", "") == "主事"]

    ledger, _code = make(rules=(never_a_clerk,))
    with ledger:
        ledger._rules = ()
        held = ledger.add(person("山田 太郎", post="主事")), ledger.add(person("佐藤 花子"))
        ledger._rules = (never_a_clerk,)
        with ledger.write("昇任（2件）") as change:
            for one in held:
                change.change(replace(one, post="課長"))
        shown = ledger.undoing()
        assert stays(shown) == {"山田 太郎": "主事は置けません。"}
        ledger.undo(shown)
        assert [one.post for one in ledger.facts().all(Person)] == ["課長", ""]


class Refused:
    path = "post"
    sentence = "主事は置けません。"

    def __init__(self, record: Any) -> None:
        self.record = record


def test_issued_and_void_papers_are_left_out_of_the_queue_and_stay(full: Ledger) -> None:
    held = full.facts().all(Submission)[1]
    assert not any("発行" in title for title in titles(full))
    with full.write("宛名の誤り（2件）") as change:
        change.amend(replace(held, voided_on=date(2026, 4, 5), voided_why="宛名の誤り"), "void")
        change.change(replace(full.facts().all(Vendor)[0], department="総務課"))
    shown = full.undoing()
    assert [type(one.before) for one in shown.back] == [Vendor]
    assert [one.why for one in shown.stays] == [
        "書類の発行と無効は元に戻せません。書類を無効にするか、作り直してください。"
    ]
    full.undo(shown)
    assert full.get(Submission, held.id).voided_why == "宛名の誤り"


def test_every_kind_of_change_goes_back_and_comes_again_exactly(full: Ledger) -> None:
    """The newest first, until only what was issued stands; then all of it again."""
    sent = full.submit(full.facts().all(Submission)[1], date(2026, 4, 4), "持参")
    sent = full.accept(sent, date(2026, 4, 6))
    full.send_back(full.get(Submission, sent.id), date(2026, 4, 7), "期間が長い")
    before, undos = told(full.facts()), list[int]()
    for one in full.done(1000):
        shown = full.undoing(one.number)
        if shown.whole:
            full.undo(shown)
            undos.append(newest(full, shown))
    assert len(undos) > len(SPECS) / 2
    for number in reversed(undos):
        full.undo(number)
    assert told(full.facts()) == before
    assert full.verify().ok


def test_a_fault_half_way_leaves_nothing_taken_back(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    leave(ledger, ledger.add(person("山田 太郎")), ledger.add(person("佐藤 花子")))
    before, head, put = told(ledger.facts()), ledger.head(), writing.Change.put_back

    def fail(self: writing.Change, record: Any, number: int) -> None:
        put(self, record, number)
        if self._writer.head.sequence > head.sequence + 1:
            raise OSError("disk")

    monkeypatch.setattr(writing.Change, "put_back", fail)
    with pytest.raises((OSError, LedgerError)):
        ledger.undo()
    assert (told(ledger.facts()), ledger.head()) == (before, head)
    ledger.close()
    with Ledger.open(ledger.path, ledger.key) as again:
        assert (told(again.facts()), again.head()) == (before, head)


def a_contract(client: int) -> Contract:
    return Contract(
        client=client,
        number="1",
        title="業務",
        signed_on=DAY,
        starts_on=DAY,
        ends_on=DAY,
        annexes=(ContractAnnex(annex="kimitsu-hoji"),),
    )


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(["見本市", "見本町"])),
        st.tuples(st.just("rename"), st.integers(1, 3), st.sampled_from(["見本市", "見本村"])),
        st.tuples(st.just("retire"), st.integers(1, 3)),
        st.tuples(st.just("contract"), st.integers(1, 3)),
        st.tuples(st.just("both"), st.integers(1, 3), st.integers(1, 3)),
        st.tuples(st.just("undo"), st.integers(0, 4)),
    ),
    min_size=1,
    max_size=8,
)


def _do(ledger: Ledger, step: tuple[Any, ...]) -> None:
    """One step of a small history; what the ledger refuses is none."""
    act, *given = step
    with suppress(LedgerError):
        if act == "add":
            ledger.add(Client(name=given[0], addressee="長"))
        elif act == "rename":
            ledger.change(replace(ledger.get(Client, given[0]), name=given[1]))
        elif act == "retire":
            ledger.retire(ledger.get(Client, given[0]), "誤り")
        elif act == "contract":
            ledger.add(a_contract(given[0]))
        elif act == "both":
            with ledger.write("課の変更（2件）") as change:
                for at in dict.fromkeys(given):
                    change.change(replace(ledger.get(Client, at), department="総務課"))
        else:
            found = ledger.done(5)
            if found:
                ledger.undo(ledger.undoing(found[given[0] % len(found)].number))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=_STEPS)
def test_any_change_taken_back_and_that_taken_back_brings_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, blank: tuple[Original, Any], steps: list[tuple[Any, ...]]
) -> None:
    original, now = blank
    path: Path = tmp_path_factory.mktemp("small") / "台帳.jutaku"
    with Ledger.open(path, original.copy_to(path), clock=Clock(now)) as ledger:
        for step in steps:
            _do(ledger, step)
        for one in ledger.done(10):
            before, shown = told(ledger.facts()), ledger.undoing(one.number)
            if not shown.back:
                continue
            ledger.undo(shown)
            after = told(ledger.facts())
            assert after != before or all(not held.changed for held in shown.back)
            undone = newest(ledger, shown)
            back = {(held.before.spec.name, held.before.id) for held in shown.back}
            assert {key: said for key, said in after.items() if key not in back} == {
                key: said for key, said in before.items() if key not in back
            }
            ledger.undo(undone)
            assert told(ledger.facts()) == before
        assert ledger.verify().ok
