"""Values that hold from a day: the old one before it, the new one on it and after, a correction always."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import SPECS, Client, Contract, Device, Location, Person, Record, Vendor, fields_of
from app.records.contract import ContractAnnex, FormerContractFact
from app.records.dated import as_of, changed, ever, text_of, value_of, with_former
from app.records.device import Encryption, FormerDeviceFact, Storage
from app.records.kinds import Choice, Rows
from app.records.person import FormerName, FormerPersonFact
from tests.support.around import around

DAY = date(2026, 6, 10)
BEFORE = DAY - timedelta(days=1)
OPEN = Storage(name="内蔵SSD", encryption="なし")
CLOSED = Storage(name="内蔵SSD", encryption="全体", tool="BitLocker", method="AES-256")

WAS: tuple[tuple[Record, dict[str, Any]], ...] = (
    (
        Person(name="佐藤", employment="社員", post="主任", department="一課"),
        {"post": "課長", "department": "二課"},
    ),
    (Person(name="山本 恵", kana="ヤマモト", employment="社員"), {"name": "田中 恵", "kana": "タナカ"}),
    (
        Vendor(name="甲社", address="旧町", representative_title="社長", representative_name="旧"),
        {"address": "新町", "representative_name": "新", "name": "乙社"},
    ),
    (Client(name="市", addressee="旧市長", department="旧課"), {"department": "新課", "addressee": "新市長"}),
    (
        Location(name="室", kind="作業", address="町", room="3階", lock="なし"),
        {"room": "4階", "lock": "電子錠"},
    ),
    (Device(kind="PC", owner="自社", os="10", storages=(OPEN,)), {"os": "11", "storages": (CLOSED,)}),
)


@pytest.mark.parametrize(("before", "values"), WAS)
@pytest.mark.parametrize(("day", "old"), around(DAY, True, False, False))
def test_what_changed_is_told_as_of_the_day(
    before: Record, values: dict[str, Any], day: date, old: bool
) -> None:
    after = with_former(before, replace(before, **values), DAY)
    assert after.spec.check(after) == {}
    then = as_of(after, day)
    for name, value in values.items():
        assert getattr(then, name) == (getattr(before, name) if old else value)


@pytest.mark.parametrize(("before", "values"), WAS)
def test_a_correction_holds_from_the_beginning(before: Record, values: dict[str, Any]) -> None:
    after = replace(before, **values)
    assert as_of(after, date(1990, 1, 1)) == after


def test_of_several_changes_the_one_of_the_day_is_told() -> None:
    person = Person(name="佐藤", employment="社員", post="主任")
    person = with_former(person, replace(person, post="課長"), date(2026, 4, 1))
    person = with_former(person, replace(person, post="部長"), date(2026, 7, 1))
    told = [as_of(person, day).post for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30))]
    assert [*told, as_of(person, date(2026, 7, 1)).post] == ["主任", "課長", "課長", "部長"]


@pytest.mark.parametrize(("day", "refused"), around(date(2026, 4, 1), True, True, False))
def test_a_change_does_not_fall_into_the_time_of_a_former_value(day: date, refused: bool) -> None:
    person = Person(name="佐藤", employment="社員", post="主任")
    person = with_former(person, replace(person, post="課長"), date(2026, 4, 1))
    later = replace(person, post="部長")
    if refused:
        with pytest.raises(ValueError, match="役職は、それより後の日まで"):
            with_former(person, later, day)
    else:
        assert as_of(with_former(person, later, day), day).post == "部長"


def test_what_somebody_kept_by_hand_is_not_asked_again() -> None:
    before = Person(name="山本 恵", employment="社員", post="主任")
    after = replace(
        before,
        name="田中 恵",
        post="課長",
        former_names=(FormerName(name="山本 恵", until=BEFORE),),
        former=(FormerPersonFact(what="役職", was="主任", until=BEFORE),),
    )
    assert changed(before, after) == ()
    assert changed(before, replace(after, former=())) == ("post",)


def test_a_reading_alone_is_corrected() -> None:
    before = Person(name="佐藤", kana="サトオ", employment="社員")
    assert changed(before, replace(before, kana="サトウ")) == ()


def test_what_was_empty_is_empty_again() -> None:
    before = Person(name="佐藤", employment="社員")
    assert as_of(with_former(before, replace(before, post="主任"), DAY), BEFORE).post == ""


def test_a_former_value_that_cannot_be_read_is_named() -> None:
    row = FormerDeviceFact(what="記憶装置", was="内蔵SSD／半分", until=BEFORE)
    assert list(Device.spec.check(Device(kind="PC", owner="自社", former=(row,)))) == ["former.1.was"]
    row = FormerDeviceFact(what="記憶装置", was="内蔵SSD", until=BEFORE)
    (said,) = Device.spec.check(Device(kind="PC", owner="自社", former=(row,)))["former.1.was"]
    assert (
        said
        == "「内蔵SSD」に暗号化がありません。記憶装置／暗号化／暗号化ソフト／方式 の順に入力してください。"
    )


def test_one_field_has_one_former_value_until_a_day() -> None:
    row = FormerPersonFact(what="役職", was="主任", until=BEFORE)
    person = Person(name="佐藤", employment="社員", former=(row, replace(row, was="係長")))
    assert list(Person.spec.check(person)) == ["former.2.until"]


@pytest.mark.parametrize(
    "spec", [spec for spec in SPECS.values() if any(f.name == "former" for f in spec.fields)]
)
def test_the_choice_of_former_values_names_fields_by_their_labels(spec: Any) -> None:
    kind = spec.field("former").kind
    assert isinstance(kind, Rows)
    choice = next(f.kind for f in fields_of(kind.of) if f.name == "what")
    assert isinstance(choice, Choice)
    names = {member.name.lower(): str(member) for member in choice.of}
    assert names == {name: spec.field(name).label for name in names}


@given(st.data())
def test_every_value_of_a_dated_field_comes_back_from_its_text(data: st.DataObject) -> None:
    field = Device.spec.field("storages")
    rows = data.draw(
        st.lists(
            st.builds(
                Storage,
                name=st.sampled_from(["内蔵SSD", "RAID1ボリューム", "USB 32GB"]),
                encryption=st.sampled_from([str(one) for one in Encryption]),
                tool=st.sampled_from(["", "BitLocker", "本体の自動暗号化"]),
                method=st.sampled_from(["", "XTS-AES 256"]),
            ),
            max_size=3,
        ).map(tuple)
    )
    assert value_of(field, text_of(field, rows)) == rows


def test_what_an_office_was_called_before_is_still_known() -> None:
    client = Client(name="市", addressee="市長", department="旧課")
    client = with_former(client, replace(client, department="新課"), DAY)
    assert ever(client, "department") == ("新課", "旧課")


def test_rows_taken_away_keep_nothing_of_what_changes() -> None:
    row = FormerPersonFact(what="役職", was="主任", until=BEFORE)
    held = Person(id=1, name="甲", employee_number="E-1", employment="社員", post="係長", former=(row,))
    assert changed(held, replace(held, post="課長", former=())) == ("post",)
    more = FormerPersonFact(what="役職", was="係長", until=BEFORE + timedelta(days=9))
    assert changed(held, replace(held, post="課長", former=(row, more))) == ()


def test_an_earlier_value_of_what_is_needed_is_never_empty() -> None:
    contract = Contract(
        client=1,
        number="R8-1",
        annexes=(ContractAnnex(annex="kimitsu-hoji"),),
        title="業務",
        signed_on=date(2026, 3, 1),
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        former=(FormerContractFact(what="履行期間の終期", was="", until=date(2026, 6, 30)),),
    )
    assert "former.1.was" in contract.spec.check(contract)
    assert as_of(contract, date(2026, 5, 1)).ends_on == contract.ends_on
