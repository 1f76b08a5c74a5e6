"""What the ledger holds for a later day: told beforehand, true until then and from then on, never sooner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

import pytest

from app.annexes.catalogue import Catalogue
from app.duties.case import Case, FormFace
from app.duties.change_notices import drift
from app.duties.duty import Action
from app.duties.papers.drift import Drift
from app.duties.planned import PlannedChange, planned_changes
from app.duties.view import ContractView
from app.records import (
    Assignment,
    Device,
    DeviceUse,
    Location,
    LocationUse,
    Person,
    Record,
    Statement,
    Vendor,
)
from app.records.dated import with_former
from app.records.device import Storage
from forms import all_forms
from tests.support.leading import office_of
from tests.support.world import END, EVE, World

DAY = timedelta(days=1)
SOON, THEN = date(2026, 5, 1), date(2026, 9, 1)
R = TypeVar("R", bound=Record)


@pytest.fixture(scope="module")
def forms() -> Mapping[str, FormFace]:
    return all_forms()


@pytest.fixture
def office(shipped: Catalogue, forms: Mapping[str, FormFace]) -> World:
    made = office_of(shipped, forms)
    made.change(made.facts().all(Assignment)[0], information="住民の宛名")
    return made


def planned(world: World, day: date = SOON) -> tuple[PlannedChange, ...]:
    return planned_changes(ContractView(world.facts(), world.catalogue, world.forms, world.contract, day))


def stale(world: World, day: date) -> tuple[Drift, ...]:
    return drift(world.facts(), world.catalogue, world.forms, day)


def telling(world: World, kind: str, **asks: Any) -> str:
    return world.clause(kind, "before-start", "on-change", **{"submit": "beforehand", **asks}).number


def keeping(world: World, heading: str, kind: str) -> None:
    """A clause that asks for a register by its name."""
    world.clause_called(heading, kind, "before-start", "on-change", submit="beforehand")


def becomes(world: World, of: type[R], **values: Any) -> R:
    """The one record of a type is otherwise from ``THEN``, as saving a change with its day keeps it."""
    (before,) = world.facts().all(of)
    after: Any = with_former(before, replace(before, **values), THEN)
    kept = {name: getattr(after, name) for name in ("former", "former_names") if hasattr(after, name)}
    return world.change(before, **values, **kept)


def because(world: World, of: type[Assignment | LocationUse]) -> None:
    world.change(world.facts().all(of)[0], change_reason="組織の改編のため")


PEOPLE = [
    ("name", "鈴木花子", "氏名"),
    ("department", "第二業務部", "所属"),
    ("post", "取締役", "役職"),
    ("employment", "パート", "雇用区分"),
]
PLACES = [
    ("address", "架空市2-2", "所在地"),
    ("room", "別館3階", "建物・階・室"),
    ("area", "管理区域", "区域"),
    ("lock", "暗証番号錠", "施錠"),
    ("entry_control", "生体認証", "入退室管理"),
    ("store", "施錠保管庫", "保管設備"),
]
CASES = [
    *(("personnel-report", "worker-list", Person, Assignment, *one) for one in PEOPLE),
    *(("location-notice", "work-location", Location, LocationUse, *one) for one in PLACES),
]


@pytest.mark.parametrize(("form", "kind", "of", "use", "field", "value", "label"), CASES)
def test_it_is_announced_until_the_day_and_differs_from_then_on(
    office: World, form: str, kind: str, of: type[Any], use: type[Any], field: str, value: str, label: str
) -> None:
    number = telling(office, kind, days_before=7)
    office.issue(form, on=EVE, submitted=EVE)
    (before,) = office.facts().all(of)
    becomes(office, of, **{field: value})
    (one,) = planned(office)
    assert one.text == f"{before.name}の{label}が令和8年9月1日に変わります。"
    assert (one.record, one.on, one.due, one.form) == (use.spec.name, THEN, THEN - 8 * DAY, form)
    assert one.clauses == (("own", number),)
    assert (one.next.action, one.next.target) == (Action.ISSUE, form)
    assert planned(office, THEN - DAY) == (one,)
    assert stale(office, THEN - DAY) == ()
    assert planned(office, THEN) == ()
    for day in (THEN, THEN + DAY):
        (drifted,) = stale(office, day)
        assert [line[0] for difference in drifted.differences for line in difference.lines] == [label]
        assert drifted.due == THEN - 8 * DAY


@pytest.mark.parametrize(("form", "kind", "of", "use", "field", "value", "label"), CASES)
def test_a_notice_made_beforehand_tells_it_and_stays_true(
    office: World, form: str, kind: str, of: type[Any], use: type[Any], field: str, value: str, label: str
) -> None:
    telling(office, kind)
    office.issue(form, on=EVE, submitted=EVE)
    (before,) = office.facts().all(of)
    becomes(office, of, **{field: value})
    because(office, use)
    told = Statement.from_canonical(office.issue(form, on=SOON, submitted=SOON).statement)
    assert told.variant == "変更"
    (row,) = told.facts["changes"]
    assert row["item"].endswith(f"：{label}")
    assert (str(getattr(before, field)) in row["before"], value in row["after"]) == (True, True)
    assert (row["on"], row["planned"]) == ("令和8年9月1日", "（予定）")
    for day in (SOON, THEN - DAY, THEN, THEN + DAY):
        assert planned(office, day) == ()
        assert stale(office, day) == ()


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ({"os": "Windows 12"}, "OS"),
        ({"anti_malware": "別の対策ソフト"}, "マルウェア対策ソフト"),
        ({"network": "インターネット"}, "ネットワーク接続"),
        ({"storages": (Storage(name="内蔵SSD", encryption="一部"),)}, "記憶装置"),
    ],
)
def test_a_device_is_announced_where_its_register_would_say_so(
    office: World, values: dict[str, Any], label: str
) -> None:
    telling(office, "equipment-register")
    document = office.issue("device-register", on=EVE, submitted=EVE)
    device = becomes(office, Device, **values)
    differs = bool(stale(office, THEN))
    assert differs or label == "ネットワーク接続", "the register says nothing of networks"
    found = planned(office)
    assert planned(office, THEN - DAY) == found
    assert planned(office, THEN) == ()
    assert [one.text for one in found] == (
        [f"{device.control_number}の{label}が令和8年9月1日に変わります。"] if differs else []
    )
    for one in found:
        assert (one.next.action, one.next.target) == (Action.ISSUE, "device-register")
    assert "Windows 12" not in document.statement


REGISTERS = [
    ("worker-list", "worker-list", Person, "department", "第二業務部", "所属"),
    ("worker-list", "worker-list", Person, "post", "取締役", "役職"),
    ("worker-list", "worker-list", Person, "employment", "パート", "雇用区分"),
    ("worker-list", "worker-list", Person, "name", "鈴木花子", "氏名"),
    ("device-register", "equipment-register", Device, "os", "Windows 12", "OS"),
    ("device-register", "equipment-register", Device, "anti_malware", "別の対策ソフト", "マルウェア対策"),
    (
        "device-register",
        "equipment-register",
        Device,
        "storages",
        (Storage(name="内蔵SSD", encryption="一部"),),
        "記憶装置の暗号化",
    ),
]


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return "".join(f"{one.name}：{one.encryption}" for one in value)
    return str(value)


def lines(statement: Statement) -> str:
    """What a register says in its own lines."""
    return str(statement.facts["rows"])


@pytest.mark.parametrize(("form", "kind", "of", "field", "value", "label"), REGISTERS)
@pytest.mark.parametrize("again", [False, True])
def test_a_register_made_beforehand_tells_it_as_a_plan_and_stays_true(
    office: World, form: str, kind: str, of: type[Any], field: str, value: Any, label: str, again: bool
) -> None:
    keeping(office, "従事者の名簿" if form == "worker-list" else "機器の台帳", kind)
    if again:
        office.issue(form, on=EVE, submitted=EVE)
    (before,) = office.facts().all(of)
    becomes(office, of, **{field: value})
    (one,) = planned(office)
    assert (one.on, one.form, one.next.action, one.next.target) == (THEN, form, Action.ISSUE, form)
    told = Statement.from_canonical(office.issue(form, on=SOON, submitted=SOON).statement)
    (row,) = told.facts["ahead"]
    assert (row["item"], row["on"]) == (label, "令和8年9月1日")
    new, old = _text(value), _text(getattr(before, field))
    assert (row["before"], row["after"]) == (old, new)
    assert old in lines(told)
    assert new not in lines(told)
    for day in (SOON, THEN - DAY, THEN, THEN + DAY):
        assert planned(office, day) == ()
        assert stale(office, day) == ()
    later = Statement.from_canonical(office.issue(form, on=THEN, submitted=THEN).statement)
    assert "ahead" not in later.facts
    assert new in lines(later)


def test_a_first_notice_says_what_holds_on_its_day_and_the_change_is_still_to_be_told(office: World) -> None:
    telling(office, "work-location")
    becomes(office, Location, address="架空市2-2")
    (one,) = planned(office)
    made = office.issue("location-notice", on=EVE, submitted=EVE)
    assert "架空市1-1" in made.statement
    assert "架空市2-2" not in made.statement
    assert planned(office) == (one,)


def test_what_is_put_off_or_called_off_is_no_longer_as_it_was_told(office: World) -> None:
    telling(office, "work-location")
    office.issue("location-notice", on=EVE, submitted=EVE)
    place = becomes(office, Location, address="架空市2-2")
    because(office, LocationUse)
    office.issue("location-notice", on=SOON, submitted=SOON)
    (row,) = place.former
    office.change(place, former=(replace(row, until=THEN + 29 * DAY),))
    assert len(stale(office, SOON)) == 1, "put off: the client expects it on another day"
    assert [one.on for one in planned(office)] == [THEN + 30 * DAY]
    office.change(place, former=(), address="架空市1-1")
    assert len(stale(office, SOON)) == 1, "called off: the client still expects it"


def test_contract_and_parties_are_told_as_on_the_day_of_the_notice(office: World) -> None:
    telling(office, "work-location")
    office.issue("location-notice", on=EVE, submitted=EVE)
    becomes(office, Location, address="架空市2-2")
    becomes(office, Vendor, representative_name="別の代表")
    because(office, LocationUse)
    made = office.issue("location-notice", on=SOON, submitted=SOON)
    assert "𠮷野太郎" in made.statement
    assert "別の代表" not in made.statement


def test_nothing_is_told_of_what_changes_after_the_work(office: World) -> None:
    telling(office, "work-location")
    telling(office, "worker-list")
    office.change(office.facts().all(LocationUse)[0], ends_on=THEN - DAY)
    place = becomes(office, Location, address="架空市2-2")
    assert [one.on for one in planned(office)] == [THEN - DAY], "the end of the use alone"
    office.change(office.facts().all(LocationUse)[0], ends_on=THEN)
    assert [one.on for one in planned(office)] == [THEN, THEN], "the end, and a last day elsewhere"
    (row,) = place.former
    office.change(office.facts().all(LocationUse)[0], ends_on=None)
    for until, told in ((END - 2 * DAY, 1), (END - DAY, 1), (END, 0)):
        office.change(place, former=(replace(row, until=until),))
        assert len(planned(office)) == told


@pytest.mark.parametrize(("form", "kind", "of", "field", "value", "label"), REGISTERS[::4])
def test_what_a_register_told_is_told_anew_where_it_is_put_off_or_called_off(
    office: World, form: str, kind: str, of: type[Any], field: str, value: Any, label: str
) -> None:
    keeping(office, "名簿・台帳", kind)
    (before,) = office.facts().all(of)
    thing = becomes(office, of, **{field: value})
    office.issue(form, on=SOON, submitted=SOON)
    (row,) = thing.former
    office.change(thing, former=(replace(row, until=THEN + 29 * DAY),))
    assert len(stale(office, SOON)) == 1, "put off: the client expects it on another day"
    assert [one.on for one in planned(office)] == [THEN + 30 * DAY]
    office.change(thing, former=(), **{field: getattr(before, field)})
    assert len(stale(office, SOON)) == 1, "called off: the client still expects it"


@pytest.mark.parametrize("form", ["worker-list", "device-register"])
def test_a_register_that_told_of_no_change_to_come_is_handed_in_once_more_without_it(
    office: World, form: str
) -> None:
    office.issue(form, on=EVE, submitted=EVE)
    becomes(office, Person, name="鈴木花子")
    facts, catalogue = office.facts(), office.catalogue
    case = Case(facts, catalogue, office.contract, SOON, forms=office.forms, again=True)
    once_more = office.forms[form].gather(case)
    assert once_more.variant == "再提出"
    assert "鈴木花子" not in once_more.canonical()
    office.issue(form, on=SOON, submitted=SOON)
    case = replace(case, facts=office.facts())
    assert "ahead" in office.forms[form].gather(case).facts


@pytest.mark.parametrize(("until", "told"), [(THEN - DAY, False), (THEN, True), (THEN + DAY, True)])
def test_of_a_machine_that_is_no_longer_used_by_then_no_change_is_told(
    office: World, until: date, *, told: bool
) -> None:
    becomes(office, Device, os="Windows 12")
    office.change(office.facts().all(DeviceUse)[0], ends_on=until)
    made = Statement.from_canonical(office.issue("device-register", on=SOON).statement)
    assert ("ahead" in made.facts) is told


def test_changes_on_several_days_are_told_day_by_day(office: World) -> None:
    (device,) = office.facts().all(Device)
    first = with_former(device, replace(device, os="Windows 12"), THEN)
    office.change(first, former=with_former(first, replace(first, os="Windows 13"), THEN + DAY).former)
    office.change(office.facts().all(Device)[0], os="Windows 13")
    told = Statement.from_canonical(office.issue("device-register", on=SOON, submitted=SOON).statement)
    assert [(row["before"], row["after"], row["on"]) for row in told.facts["ahead"]] == [
        ("Windows 11", "Windows 12", "令和8年9月1日"),
        ("Windows 12", "Windows 13", "令和8年9月2日"),
    ]
    assert stale(office, SOON) == stale(office, THEN + DAY) == ()


def test_a_machine_that_moves_next_week_is_told_by_its_register_before_and_stays_true(office: World) -> None:
    keeping(office, "機器の台帳", "equipment-register")
    office.issue("device-register", on=EVE, submitted=EVE)
    (use,) = office.facts().all(DeviceUse)
    other = office.place("別館", area="取扱区域", entry_control="ICカード", store="金庫")
    office.change(use, ends_on=THEN - DAY)
    office.device_use(office.facts().all(Device)[0], starts=THEN, person=use.person, location=other.id)
    found = planned(office)
    assert {one.on for one in found} == {THEN - DAY, THEN}
    assert {(one.next.action, one.next.target) for one in found} == {(Action.ISSUE, "device-register")}
    told = Statement.from_canonical(office.issue("device-register", on=SOON, submitted=SOON).statement)
    old, new = told.facts["rows"]
    assert (old["設置・保管場所"], old["使用終了日"]) == ("本社", "令和8年8月31日（予定）")
    assert (new["設置・保管場所"], new["使用開始日"]) == ("別館", "令和8年9月1日（予定）")
    for day in (SOON, THEN - DAY, THEN, THEN + DAY):
        assert planned(office, day) == ()
        assert stale(office, day) == ()
