"""Places, locks, countries, carriage and encryption: asked one by one, and never proved by a blank."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.annexes.choices import Carriage, Lockup, Medium
from app.annexes.kinds import State
from app.duties.duty import Action, Duty
from app.records import Location
from app.records.safeguard import Safeguard
from tests.support.world import DURING, END, START, World

DAY = timedelta(days=1)
LATER = DURING + 30 * DAY
JAPAN: dict[str, Any] = {"country": "日本"}


def locked(world: World, **asks: Any) -> Duty:
    return world.duty(DURING, "locked-storage", "standing", **asks)


def domestic(world: World) -> Duty:
    return world.duty(DURING, "domestic-storage", "standing", **JAPAN)


def carriage(world: World, **asks: Any) -> Duty:
    return world.duty(DURING, "transport", "standing", **asks)


def encryption(world: World, *when: str, **asks: Any) -> Duty:
    return world.duty(DURING, "encryption", *(when or ("standing",)), **asks)


# 施錠と立入制限

_NOTHING: dict[str, Any] = {"kind": "作業", "lock": "なし", "entry_control": "なし", "store": "なし"}
_BOTH = (Lockup.LOCKED_STORE, Lockup.ENTRY)


@pytest.mark.parametrize(
    ("place", "locks", "state"),
    [
        ({"lock": "電子錠"}, (), State.SATISFIED),
        ({"entry_control": "入退室記録簿"}, (), State.SATISFIED),
        ({"store": "金庫"}, (), State.SATISFIED),
        ({"lock": "その他：南京錠"}, (), State.CONFIRM),
        ({}, (), State.DUE),
        ({"lock": "電子錠"}, (Lockup.LOCKED_STORE,), State.DUE),
        ({"lock": "電子錠", "kind": "保管"}, (Lockup.LOCKED_STORE,), State.SATISFIED),
        ({"store": "施錠保管庫"}, (Lockup.LOCKED_STORE,), State.SATISFIED),
        ({"entry_control": "ICカード"}, (Lockup.LOCKED_STORE,), State.DUE),
        ({"store": "その他：鍵付きの棚"}, (Lockup.LOCKED_STORE,), State.CONFIRM),
        ({"store": "施錠保管庫"}, (Lockup.ENTRY,), State.DUE),
        ({"entry_control": "生体認証"}, (Lockup.ENTRY,), State.SATISFIED),
        ({"entry_control": "入退室記録簿"}, (Lockup.ENTRY,), State.CONFIRM),
        ({"store": "金庫"}, _BOTH, State.DUE),
        ({"entry_control": "暗証番号"}, _BOTH, State.DUE),
        ({"store": "金庫", "entry_control": "暗証番号"}, _BOTH, State.SATISFIED),
        ({"store": "金庫", "entry_control": ""}, _BOTH, State.DUE),
    ],
)
def test_locked_and_entered_by_few_are_two_things(
    world: World, place: dict[str, Any], locks: tuple[Lockup, ...], state: State
) -> None:
    store = world.place("書庫", **{**_NOTHING, **place})
    world.use(store)
    duty = locked(world, locks=locks)
    assert duty.state is state
    if state is not State.SATISFIED:
        assert (duty.missing[0].record, duty.missing[0].id) == ("location", store.id)
        assert (duty.next.action, duty.next.id) == (Action.OPEN, store.id)


@pytest.mark.parametrize(
    ("annex", "number", "options", "medium"),
    [
        ("kawaguchi", "契約書 第4条第5項", (), "紙"),
        ("minato", "第22条", ("電磁的記録媒体",), "USBメモリ"),
    ],
)
def test_a_locked_room_is_no_locked_store_where_the_text_wants_one(
    world: World, annex: str, number: str, options: tuple[str, ...], medium: str
) -> None:
    world.under(annex, options=options)
    room = world.place("作業室", entry_control="ICカード", store="なし")
    world.use(room)
    world.event(world.asset(medium=medium), "受領", location=room.id)
    assert world.under_clause(DURING, number, "locked-storage").state is State.DUE
    world.change(room, store="施錠保管庫")
    assert world.under_clause(DURING, number, "locked-storage").state is State.SATISFIED


def test_what_lies_nobody_knows_where_is_not_locked_away(world: World) -> None:
    world.use(world.place("書庫", kind="保管"))
    asset = world.received()
    world.received()
    duty = locked(world, media=(Medium.PAPER,))
    assert (duty.state, duty.missing[0].id) == (State.CONFIRM, asset.id)
    assert "ほか1件" in duty.missing[0].text
    assert locked(world, media=(Medium.ELECTRONIC,)).state is State.NOT_APPLICABLE


def test_data_that_was_put_on_a_device_is_where_the_device_is(world: World) -> None:
    office = world.place(lock="電子錠")
    device = world.device()
    world.device_use(device, location=office.id)
    world.event(world.asset(medium="電子データ"), "受領", device=device.id)
    assert locked(world).state is State.SATISFIED
    assert domestic(world).state is State.SATISFIED


@pytest.mark.parametrize(
    ("after", "state"), [(-1, State.CONFIRM), (0, State.SATISFIED), (1, State.SATISFIED)]
)
def test_what_is_said_to_lie_in_a_place_given_up_proves_nothing_of_today(
    world: World, after: int, state: State
) -> None:
    office = world.place("第一作業室", lock="電子錠")
    world.use(office, START, DURING + after * DAY)
    world.device_use(world.device(), location=office.id)
    for duty in (locked(world), domestic(world)):
        assert duty.state is state
        assert any("第一作業室" in gap.text for gap in duty.missing) is (state is State.CONFIRM)
    world.use(office, DURING)
    assert {locked(world).state, domestic(world).state} == {State.SATISFIED}


@pytest.mark.parametrize(
    ("kind", "state"),
    [("USBメモリ", State.DUE), ("PC", State.NOT_APPLICABLE), ("紙保管箱", State.NOT_APPLICABLE)],
)
def test_a_medium_in_use_is_there_even_if_no_asset_says_so(world: World, kind: str, state: State) -> None:
    world.event(world.asset(medium="紙"), "受領", location=world.place().id)
    bare = world.place("机", lock="なし")
    world.device_use(world.device(kind=kind), location=bare.id)
    assert locked(world, media=(Medium.ELECTRONIC,)).state is state


def test_a_store_without_a_lock_that_is_no_longer_used_is_remarked(world: World) -> None:
    bare, good = world.place("倉庫", kind="保管", lock="なし"), world.place("書庫", kind="保管")
    world.use(bare, START, START + 10 * DAY)
    world.use(good)
    duty = locked(world)
    assert duty.state is State.SATISFIED
    (remark,) = duty.remarks
    assert (remark.record, remark.id, remark.since, remark.until, remark.late) == (
        "location",
        bare.id,
        START,
        START + 10 * DAY,
        False,
    )
    assert "倉庫" in remark.text
    world.change(bare, lock="電子錠")
    assert world.duties(DURING)[0].remarks == ()


def test_where_an_asset_lay_before_it_was_moved_is_remarked(world: World) -> None:
    bare, good = world.place("机", lock="なし"), world.place("書庫", kind="保管")
    world.use(good)
    asset = world.asset()
    world.event(asset, "受領", day=START, location=bare.id)
    assert locked(world).state is State.DUE
    world.event(asset, "保管場所変更", day=START + 5 * DAY, location=good.id)
    (duty,) = world.duties(DURING)
    assert duty.state is State.SATISFIED
    assert [(one.id, one.since, one.until) for one in duty.remarks] == [(bare.id, START, START + 5 * DAY)]
    world.event(asset, "保管場所変更", day=DURING, location=bare.id)
    (duty,) = world.duties(DURING)
    assert (duty.state, duty.remarks) == (State.DUE, ())


# 国内保管


@pytest.mark.parametrize(
    ("country", "state"),
    [
        ("日本", State.SATISFIED),
        ("日本国", State.SATISFIED),
        (" 日本 ", State.SATISFIED),
        ("", State.CONFIRM),
        ("シンガポール", State.DUE),
    ],
)
def test_a_country_that_nobody_entered_is_not_japan(world: World, country: str, state: State) -> None:
    place = world.place(country=country)
    world.use(place)
    duty = domestic(world)
    assert duty.state is state
    if state is not State.SATISFIED:
        assert duty.missing[0].id == place.id


def test_a_new_place_has_no_country_until_one_is_entered() -> None:
    assert Location(name="本社", kind="作業", address="架空市1-1").country == ""


def test_a_system_a_device_or_data_without_a_place_may_be_anywhere(world: World) -> None:
    office = world.place()
    world.use(office)
    system = world.system()
    duty = domestic(world)
    assert (duty.state, duty.missing[0].id) == (State.CONFIRM, system.id)
    world.change(system, location=office.id)
    assert world.duties(DURING)[0].state is State.SATISFIED
    use = world.device_use(world.device())
    assert world.duties(DURING)[0].missing[0].id == use.id
    world.change(use, location=office.id)
    asset = world.received(medium="電子データ")
    (duty,) = world.duties(DURING)
    assert (duty.state, duty.missing[0].id) == (State.CONFIRM, asset.id)
    world.event(asset, "保管場所変更", day=DURING, location=office.id)
    assert world.duties(DURING)[0].state is State.SATISFIED


def test_paper_without_a_place_is_no_data_abroad(world: World) -> None:
    world.use(world.place())
    world.received(medium="紙")
    assert domestic(world).state is State.SATISFIED


def test_a_place_abroad_that_is_no_longer_used_is_remarked(world: World) -> None:
    abroad = world.place("海外拠点", country="シンガポール")
    world.use(abroad, START, START + 9 * DAY)
    world.use(world.place())
    duty = domestic(world)
    assert duty.state is State.SATISFIED
    assert [(one.id, one.since, one.until) for one in duty.remarks] == [(abroad.id, START, START + 9 * DAY)]
    assert world.duties(START + 9 * DAY)[0].state is State.DUE


def test_a_backup_abroad_that_was_replaced_is_remarked(world: World) -> None:
    abroad = world.place("海外拠点", country="シンガポール")
    home = world.place()
    world.use(home)
    world.backup(START, location=abroad.id)
    world.backup(DURING, location=home.id)
    (remark,) = domestic(world).remarks
    assert (remark.id, remark.since, remark.until) == (abroad.id, START, DURING)


# 搬送

_CASE, _LOCK, _FURTHER = Carriage.CASE, Carriage.LOCK, Carriage.FURTHER


@pytest.mark.parametrize(
    ("held", "asked", "state"),
    [
        ((), (), State.DUE),
        ((Safeguard.TRACKED,), (), State.SATISFIED),
        ((Safeguard.CASE,), (_CASE,), State.SATISFIED),
        ((Safeguard.CASE,), (_CASE, _LOCK), State.DUE),
        ((Safeguard.LOCKED_CASE,), (_CASE, _LOCK), State.SATISFIED),
        ((Safeguard.LOCKED_CASE,), (_CASE, _LOCK, _FURTHER), State.DUE),
        ((Safeguard.LOCKED_CASE, Safeguard.TWO_PEOPLE), (_CASE, _LOCK, _FURTHER), State.SATISFIED),
        ((Safeguard.SEALED, Safeguard.ENCRYPTED), (_CASE, _LOCK, _FURTHER), State.DUE),
    ],
)
@pytest.mark.parametrize("on", ["event", "approval"])
def test_every_measure_that_the_clause_lists_is_recorded(
    world: World, held: tuple[str, ...], asked: tuple[Carriage, ...], state: State, on: str
) -> None:
    asset = world.asset()
    if on == "approval":
        approval = world.approval("持出", asset, safeguards=held)
        world.event(asset, "持出", approval=approval.id)
    else:
        world.event(asset, "持出", safeguards=held)
    assert carriage(world, carriage=asked).state is state


def test_free_words_fulfil_nothing_but_can_be_sorted_out(world: World) -> None:
    event = world.event(world.asset(), "持出", protection="施錠ケースに入れて2人で運搬")
    asks: dict[str, Any] = {"carriage": (_CASE, _LOCK, _FURTHER)}
    duty = carriage(world, **asks)
    assert (duty.state, duty.missing[0].id) == (State.CONFIRM, event.id)
    assert "施錠ケースに入れて2人で運搬" in duty.missing[0].text
    world.event(world.asset(), "持出")
    assert world.duties(DURING)[0].state is State.DUE


def test_minato_wants_case_lock_and_another_measure(world: World) -> None:
    world.under("minato", options=("電磁的記録媒体",))
    event = world.event(world.asset(medium="USBメモリ"), "持出", safeguards=("施錠ケース",))
    duty = world.under_clause(DURING, "第23条", "transport")
    assert duty.state is State.DUE
    assert "ほかの安全対策" in duty.missing[0].text
    world.change(event, safeguards=("施錠ケース", "暗号化"))
    assert world.under_clause(DURING, "第23条", "transport").state is State.SATISFIED


@pytest.mark.parametrize(
    ("kind", "method", "state"),
    [
        ("返還", "ゆうパックの宅配", State.DUE),
        ("引渡", "郵送", State.DUE),
        ("受領", "郵送", State.NOT_DUE),
        ("受領", "手渡し", State.DUE),
    ],
)
def test_what_the_vendor_sends_off_is_carried_for_it(
    world: World, kind: str, method: str, state: State
) -> None:
    world.event(world.asset(), kind, method=method)
    assert carriage(world).state is state


# 暗号化


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.DUE),
        ({"safeguards": ("暗号化",)}, State.SATISFIED),
        ({"safeguards": ("施錠ケース",)}, State.CONFIRM),
        ({"protection": "ZIPで暗号化"}, State.CONFIRM),
        ({"protection": "なし"}, State.CONFIRM),
    ],
)
@pytest.mark.parametrize("when", [("standing", "each-time"), ("each-time",)])
def test_only_encryption_out_of_the_list_is_encryption(
    world: World, values: dict[str, Any], state: State, when: tuple[str, ...]
) -> None:
    world.event(world.asset(medium="電子データ"), "持出", day=DURING, **values)
    assert encryption(world, *when, best_effort=True).state is state


def test_data_moved_to_a_place_outside_is_taken_out(world: World) -> None:
    place = world.place("現地本部", kind="持出し先")
    event = world.event(world.asset(medium="電子データ"), "保管場所変更", day=DURING, location=place.id)
    assert encryption(world, "each-time").missing[0].id == event.id


def test_data_without_a_device_may_lie_anywhere_unencrypted(world: World) -> None:
    world.device_use(world.device(None, kind="紙保管箱"))
    assert encryption(world).state is State.NOT_APPLICABLE
    world.received(medium="電子データ")
    assert world.duties(DURING)[0].state is State.CONFIRM


def test_a_bare_device_that_is_no_longer_used_is_remarked(world: World) -> None:
    old = world.device("なし")
    use = world.device_use(old, START, ends_on=START + 9 * DAY, status="実績")
    world.device_use(world.device(), status="実績")
    duty = encryption(world)
    assert duty.state is State.SATISFIED
    assert [(one.id, one.since, one.until, one.late) for one in duty.remarks] == [
        (use.id, START, START + 9 * DAY, False)
    ]
    assert world.duties(START + 9 * DAY)[0].state is State.DUE
    world.change(use, status="予定")
    assert world.duties(DURING)[0].remarks == ()


def test_an_open_backup_that_was_replaced_is_remarked(world: World) -> None:
    first = world.backup(START, encrypted=False)
    assert encryption(world).state is State.DUE
    world.backup(DURING)
    (duty,) = world.duties(DURING)
    assert duty.state is State.SATISFIED
    assert [(one.id, one.since, one.until) for one in duty.remarks] == [(first.id, START, DURING)]


# 私物


@pytest.mark.parametrize(
    ("day", "state"),
    [(START + 9 * DAY, State.DUE), (START + 10 * DAY, State.SATISFIED), (END + DAY, State.SATISFIED)],
)
def test_a_private_machine_in_april_stays_in_sight(world: World, day: Any, state: State) -> None:
    private = world.device(owner="私物")
    use = world.device_use(private, START, ends_on=START + 9 * DAY, status="実績", reason="故障")
    world.device_use(world.device(), status="実績")
    duty = world.duty(day, "private-device-ban", "standing")
    assert duty.state is state
    assert [(one.id, one.since, one.until, one.late) for one in duty.remarks] == (
        [] if state is State.DUE else [(use.id, START, START + 9 * DAY, False)]
    )


def test_a_ban_without_an_exception_takes_no_approval_for_a_private_machine(world: World) -> None:
    private = world.device(owner="私物")
    approval = world.approval("持込", private)
    world.device_use(private, approval=approval.id, status="実績", reason="承諾による")
    assert world.duty(DURING, "private-device-ban", "standing").state is State.DUE
    assert world.duty(DURING, "private-device-ban", "standing", exception=("none",)).state is State.DUE
    allowed = world.duty(DURING, "private-device-ban", "standing", exception=("approval",))
    assert allowed.state is State.SATISFIED
    world.change(approval, subjects=())
    assert world.duties(DURING)[-1].state is State.DUE


# 管理者


@pytest.mark.parametrize(
    ("left", "state"),
    [
        (DURING - DAY, State.DUE),
        (DURING, State.SATISFIED),
        (DURING + DAY, State.SATISFIED),
        (None, State.SATISFIED),
    ],
)
def test_who_has_left_administers_nothing(world: World, left: Any, state: State) -> None:
    person = world.person(left_on=left)
    system = world.system(authentication="ICカード", access_rights="課ごと", administrator=person.id)
    duty = world.duty(DURING, "access-control", "standing")
    assert duty.state is state
    if state is State.DUE:
        assert (duty.missing[0].id, duty.next.id) == (system.id, system.id)
        assert "退職" in duty.missing[0].text
