"""Examples for the cross-checks of machines, places, systems and assets."""

from __future__ import annotations

from datetime import date

from app.records import (
    DeviceCheck,
    Disposal,
)
from app.records.days import DayOnly
from app.records.disposal import DisposalLine
from tests.support.check_story import (
    DAY,
    LATE,
    backup,
    check,
    example,
    system,
)
from tests.support.world import AFTER, DURING, END, START, World

# 廃棄・消去


@example("disposal-not-passed")
def _not_passed(world: World, wrong: bool) -> date:
    world.clause("disposal", "each-time")
    judged = "未確認" if wrong else "合格"
    world.disposal(world.received(medium="外付HDD"), method="磁気消去", outcome=judged)
    return DURING


@example("disposal-misfit")
def _misfit(world: World, wrong: bool) -> date:
    world.clause("disposal", "each-time")
    method = "磁気消去" if wrong else "物理的破壊"
    world.disposal(world.received(medium="USBメモリ"), method=method, method_reason="機器の指定による")
    return DURING


# 時刻


@example("incident-hour")
def _incident_hour(world: World, wrong: bool) -> date:
    world.clause("incident-notice", "on-incident")
    incident = world.tell(world.incident(), "第一報（口頭・電話）", DURING)
    if wrong:
        world.change(incident, found_at=DayOnly(DURING))
    return DURING


@example("at-midnight")
def _at_midnight(world: World, wrong: bool) -> date:
    world.clause("handling-ledger", "each-time")
    world.event(world.received(), "使用", day=DURING, hour=0 if wrong else None)
    return DURING


# 機器


@example("device-outside")
def _device_outside(world: World, wrong: bool) -> date:
    world.clause("work-location", "before-start")
    office, other = world.place("本社"), world.place("支社")
    world.use(office)
    world.device_use(world.device(), location=(other if wrong else office).id)
    return DURING


@example("device-unkept")
def _device_unkept(world: World, wrong: bool) -> date:
    world.clause("equipment-register", "standing")
    person = None if wrong else world.worker().id
    world.device_use(world.device(), location=world.place().id, person=person)
    return DURING


@example("storage-unencrypted")
def _storage_unencrypted(world: World, wrong: bool) -> date:
    world.clause("encryption", "standing")
    device = world.device("一部" if wrong else "全体")
    world.event(world.received(medium="電子データ"), "使用", day=DURING, device=device.id)
    return DURING


@example("private-device")
def _private_device(world: World, wrong: bool) -> date:
    world.clause("private-device-ban", "standing")
    world.device_use(world.device(owner="私物" if wrong else "リース"), reason="故障のため")
    return DURING


@example("device-retired-in-use")
def _retired_in_use(world: World, wrong: bool) -> date:
    world.clause("equipment-register", "standing")
    world.device_use(world.device(retired_on=DURING - DAY), ends_on=None if wrong else DURING - DAY)
    return DURING


@example("device-plan-left")
def _plan_left(world: World, wrong: bool) -> date:
    device = world.device()
    world.device_use(device, status="予定")
    if not wrong:
        world.device_use(device)
    return DURING


@example("software-unchecked")
def _software_unchecked(world: World, wrong: bool) -> date:
    world.clause("software-hygiene", "periodic", period_months=6)
    device = world.device()
    world.device_use(device)
    if not wrong:
        world.add(
            DeviceCheck(device=device.id, checked_on=DURING, patches=True, anti_malware=True, forbidden=False)
        )
    return date(2026, 11, 1)


# 情報資産


@example("take-out-not-back")
def _not_back(world: World, wrong: bool) -> date:
    world.clause("takeout-approval", "each-time")
    asset = world.received(2)
    world.event(asset, "持出", 2, DURING)
    world.event(asset, "持帰", 1 if wrong else 2, DURING, hour=12)
    return DURING + 31 * DAY


@example("asset-without-history")
def _without_history(world: World, wrong: bool) -> date:
    world.clause("handling-ledger", "standing")
    asset = world.asset()
    if not wrong:
        world.event(asset, "受領")
    return DURING


@example("event-out-of-time")
def _out_of_time(world: World, wrong: bool) -> date:
    world.clause("handling-ledger", "standing")
    world.event(world.received(2), "使用", 1, END + DAY if wrong else END)
    return AFTER


@example("asset-left")
def _asset_left(world: World, wrong: bool) -> date:
    world.clause("return", "on-completion")
    world.event(world.received(2), "返還", 1 if wrong else 2, DURING)
    return END


@example("plan-passed")
def _plan_passed(world: World, wrong: bool) -> date:
    world.clause("disposal", "on-completion")
    plan = world.disposal(world.received(), done=DURING, status="予定", result="")
    return plan.done_on + DAY if wrong else plan.done_on


@example("backup-left")
def _backup_left(world: World, wrong: bool) -> date:
    world.clause("disposal", "on-completion")
    medium = world.device("全体", kind="外付HDD")
    backup(world, device=medium.id)
    line = DisposalLine(
        device=medium.id, item="外付HDD", medium="外付HDD", quantity=1, unit="個", result="完了"
    )
    person = world.person()
    if not wrong:
        world.add(
            Disposal(
                contract=world.contract.id,
                status="実績",
                done_on=END,
                method="物理的破壊",
                lines=(line,),
                responsible=person.id,
            )
        )
    return AFTER


# 場所とシステム


@example("place-abroad")
def _abroad(world: World, wrong: bool) -> date:
    world.clause("domestic-storage", "standing")
    backup(world, location=world.place("予備拠点", country="シンガポール" if wrong else "日本").id)
    return LATE


@example("place-unlocked")
def _unlocked(world: World, wrong: bool) -> date:
    world.clause("locked-storage", "standing")
    world.use(world.place(kind="保管", lock="なし" if wrong else "電子錠"))
    return DURING


@example("backup-unencrypted")
def _open_backup(world: World, wrong: bool) -> date:
    world.clause("encryption", "standing")
    backup(world, encrypted=None if wrong else True)
    return LATE


@example("system-open")
def _system_open(world: World, wrong: bool) -> date:
    world.clause("access-control", "standing")
    person = world.person()
    system(
        world,
        authentication="" if wrong else "ICカード",
        access_rights="担当者のみ",
        administrator=person.id,
    )
    return DURING


@example("log-unread")
def _log_unread(world: World, wrong: bool) -> date:
    world.clause("access-log", "periodic", period_months=3 if wrong else 12)
    system(world, logged=True, log_kept_months=12, monitoring="自動通知")
    return date(2026, 9, 1)


@example("backup-overdue")
def _backup_overdue(world: World, wrong: bool) -> date:
    world.clause("backup-check", "periodic", period_months=1, items=("バックアップ",))
    backup(world, done=DURING if wrong else DURING + 10 * DAY)
    return date(2026, 7, 5)


@example("safety-unchecked")
def _safety_unchecked(world: World, wrong: bool) -> date:
    world.clause("security-measures", "periodic", period_months=6)
    check(world, "安全管理措置", START if wrong else DURING, measures=("組織的", "人的", "物理的", "技術的"))
    return date(2026, 10, 15)


@example("supervision-overdue")
def _supervision_overdue(world: World, wrong: bool) -> date:
    world.clause("supervision", "periodic", period_months=6)
    world.worker()
    check(world, "監督", START if wrong else DURING)
    return date(2026, 10, 15)
