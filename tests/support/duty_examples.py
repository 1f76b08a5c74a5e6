"""For each kind of duty, a small story that ends in each state which its evaluator declares."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.annexes.choices import Act, Exempt, Medium, Submit
from app.annexes.kinds import State
from app.duties.duty import Duty
from app.records.assignment import Role
from app.records.training import Topic
from tests.support.examples import Examples
from tests.support.world import AFTER, BEFORE, DURING, END, EVE, START, World

EXAMPLES = example = Examples()

DAY_AFTER_EVE = EVE + timedelta(days=1)

# 責任者

_RESPONSIBLE: dict[str, Any] = {"roles": (Role.WORK_MANAGER,), "submit": Submit.BEFOREHAND}


@example("responsible-person", State.DUE)
def _nobody_named_yet(world: World) -> Duty:
    return world.duty(BEFORE, "responsible-person", "before-start", **_RESPONSIBLE)


@example("responsible-person", State.OVERDUE)
def _named_but_not_reported(world: World) -> Duty:
    world.worker("佐藤花子", "業務責任者")
    return world.duty(START, "responsible-person", "before-start", **_RESPONSIBLE)


@example("responsible-person", State.SATISFIED)
def _named_and_reported(world: World) -> Duty:
    world.worker("佐藤花子", "業務責任者")
    world.issue("personnel-report")
    return world.duty(DURING, "responsible-person", "before-start", **_RESPONSIBLE)


@example("responsible-person", State.CONFIRM)
def _no_role_in_the_annex(world: World) -> Duty:
    return world.duty(DURING, "responsible-person", "before-start")


# 従事者


@example("worker-list", State.CONFIRM)
def _no_worker(world: World) -> Duty:
    return world.duty(BEFORE, "worker-list", "before-start", submit=Submit.BEFOREHAND)


@example("worker-list", State.DUE)
def _worker_starts_later(world: World) -> Duty:
    world.worker()
    return world.duty(EVE, "worker-list", "before-start", submit=Submit.BEFOREHAND)


@example("worker-list", State.OVERDUE)
def _worker_started_unreported(world: World) -> Duty:
    world.worker()
    return world.duty(DAY_AFTER_EVE, "worker-list", "before-start", submit=Submit.BEFOREHAND)


@example("worker-list", State.SATISFIED)
def _workers_listed(world: World) -> Duty:
    world.worker()
    world.worker("𠮷田一郎")
    world.issue("personnel-report")
    return world.duty(DURING, "worker-list", "before-start", submit=Submit.BEFOREHAND)


# 作業場所


@example("work-location", State.CONFIRM)
def _no_place(world: World) -> Duty:
    return world.duty(BEFORE, "work-location", "before-start", submit=Submit.BEFOREHAND)


@example("work-location", State.DUE)
def _place_used_later(world: World) -> Duty:
    world.use(world.place())
    return world.duty(BEFORE, "work-location", "before-start", submit=Submit.BEFOREHAND)


@example("work-location", State.OVERDUE)
def _place_used_unnotified(world: World) -> Duty:
    world.use(world.place())
    return world.duty(DURING, "work-location", "before-start", submit=Submit.BEFOREHAND)


@example("work-location", State.SATISFIED)
def _place_notified(world: World) -> Duty:
    world.use(world.place())
    world.issue("location-notice")
    return world.duty(DURING, "work-location", "before-start", submit=Submit.BEFOREHAND)


# 機器


@example("equipment-register", State.CONFIRM)
def _no_device(world: World) -> Duty:
    return world.duty(DURING, "equipment-register", "standing")


@example("equipment-register", State.DUE)
def _device_without_custodian(world: World) -> Duty:
    world.device_use(world.device(), location=world.place().id)
    return world.duty(DURING, "equipment-register", "standing")


@example("equipment-register", State.OVERDUE)
def _device_not_reported(world: World) -> Duty:
    world.device_use(world.device(), location=world.place().id, person=world.person().id)
    return world.duty(DURING, "equipment-register", "before-start", submit=Submit.BEFOREHAND)


@example("equipment-register", State.SATISFIED)
def _device_registered(world: World) -> Duty:
    world.device_use(world.device(), location=world.place().id, person=world.person().id)
    return world.duty(DURING, "equipment-register", "standing")


@example("private-device-ban", State.CONFIRM)
def _no_device_at_all(world: World) -> Duty:
    return world.duty(DURING, "private-device-ban", "standing")


@example("private-device-ban", State.DUE)
def _private_in_use(world: World) -> Duty:
    world.device_use(world.device(owner="私物"), reason="緊急のため")
    return world.duty(DURING, "private-device-ban", "standing")


@example("private-device-ban", State.OVERDUE)
def _private_plan_not_withdrawn(world: World) -> Duty:
    world.device_use(world.device(owner="私物"), status="予定")
    return world.duty(DURING, "private-device-ban", "standing")


@example("private-device-ban", State.SATISFIED)
def _own_device(world: World) -> Duty:
    world.device_use(world.device())
    return world.duty(DURING, "private-device-ban", "standing")


# 誓約書と研修


@example("oath", State.CONFIRM)
def _nobody_to_swear(world: World) -> Duty:
    return world.duty(BEFORE, "oath", "before-start", submit=Submit.BEFOREHAND)


@example("oath", State.DUE)
def _unsigned_before_start(world: World) -> Duty:
    world.oath(world.worker(), None)
    return world.duty(EVE, "oath", "before-start", submit=Submit.BEFOREHAND)


@example("oath", State.OVERDUE)
def _signed_but_not_submitted(world: World) -> Duty:
    world.oath(world.worker())
    return world.duty(DURING, "oath", "before-start", submit=Submit.BEFOREHAND)


@example("oath", State.SATISFIED)
def _signed_and_submitted(world: World) -> Duty:
    world.oath(world.worker())
    world.issue("oath")
    return world.duty(DURING, "oath", "before-start", submit=Submit.BEFOREHAND)


@example("training", State.CONFIRM)
def _nobody_to_train(world: World) -> Duty:
    return world.duty(BEFORE, "training", "before-start")


@example("training", State.DUE)
def _topic_missing_before_start(world: World) -> Duty:
    world.training(world.worker(), topics=("遵守事項",))
    return world.duty(EVE, "training", "before-start", topics=(Topic.DUTIES, Topic.PENALTIES))


@example("training", State.OVERDUE)
def _absent(world: World) -> Duty:
    world.worker()
    world.training(world.worker("𠮷田一郎"))
    return world.duty(DURING, "training", "before-start", topics=(Topic.DUTIES,))


@example("training", State.SATISFIED)
def _topics_over_two_sessions(world: World) -> Duty:
    person = world.worker()
    world.training(person, topics=("遵守事項",))
    world.training(person, topics=("罰則",), held=EVE)
    return world.duty(DURING, "training", "before-start", topics=(Topic.DUTIES, Topic.PENALTIES))


# 派遣


@example("dispatch-contract", State.CONFIRM)
def _workers_unknown(world: World) -> Duty:
    return world.duty(DURING, "dispatch-contract", "each-time")


@example("dispatch-contract", State.NOT_APPLICABLE)
def _no_temp_worker(world: World) -> Duty:
    world.worker()
    return world.duty(DURING, "dispatch-contract", "each-time")


@example("dispatch-contract", State.DUE)
def _secrecy_unknown(world: World) -> Duty:
    world.worker(employment="派遣", agency="架空派遣")
    return world.duty(EVE, "dispatch-contract", "each-time")


@example("dispatch-contract", State.OVERDUE)
def _secrecy_not_lasting(world: World) -> Duty:
    world.worker(employment="派遣", agency="架空派遣", agency_secrecy=True)
    return world.duty(DURING, "dispatch-contract", "each-time", items=("終了後の守秘義務",))


@example("dispatch-contract", State.SATISFIED)
def _secrecy_stated(world: World) -> Duty:
    world.worker(employment="派遣", agency="架空派遣", agency_secrecy=True, agency_secrecy_lasting=True)
    return world.duty(DURING, "dispatch-contract", "each-time", items=("終了後の守秘義務",))


# 保管


@example("locked-storage", State.CONFIRM)
def _no_store(world: World) -> Duty:
    return world.duty(DURING, "locked-storage", "standing")


@example("locked-storage", State.DUE)
def _store_without_lock(world: World) -> Duty:
    world.use(world.place("書庫", kind="保管", lock="なし", store="なし"))
    return world.duty(DURING, "locked-storage", "standing")


@example("locked-storage", State.SATISFIED)
def _store_locked(world: World) -> Duty:
    world.use(world.place("書庫", kind="保管", lock="", store="金庫"))
    return world.duty(DURING, "locked-storage", "standing")


@example("locked-storage", State.NOT_APPLICABLE)
def _no_paper(world: World) -> Duty:
    world.received(medium="電子データ")
    return world.duty(DURING, "locked-storage", "standing", media=(Medium.PAPER,))


@example("encryption", State.CONFIRM)
def _unencrypted_where_best_effort(world: World) -> Duty:
    world.device_use(world.device("なし"))
    return world.duty(DURING, "encryption", "standing", best_effort=True)


@example("encryption", State.DUE)
def _take_out_unprotected(world: World) -> Duty:
    world.device_use(world.device())
    world.event(world.received(medium="USBメモリ"), "持出", day=DURING)
    return world.duty(DURING, "encryption", "standing", best_effort=True)


@example("encryption", State.SATISFIED)
def _encrypted(world: World) -> Duty:
    world.device_use(world.device())
    return world.duty(DURING, "encryption", "standing")


@example("encryption", State.NOT_APPLICABLE)
def _only_paper_boxes(world: World) -> Duty:
    world.device_use(world.device(None, kind="紙保管箱"))
    return world.duty(DURING, "encryption", "standing")


@example("domestic-storage", State.CONFIRM)
def _places_unknown(world: World) -> Duty:
    return world.duty(DURING, "domestic-storage", "standing", country="日本")


@example("domestic-storage", State.DUE)
def _backup_abroad(world: World) -> Duty:
    world.use(world.place("クラウド", kind="バックアップ保管", country="シンガポール"))
    return world.duty(DURING, "domestic-storage", "standing", country="日本")


@example("domestic-storage", State.SATISFIED)
def _all_in_japan(world: World) -> Duty:
    world.use(world.place())
    return world.duty(DURING, "domestic-storage", "standing", country="日本")


# 取扱いと授受


@example("handling-ledger", State.CONFIRM)
def _no_asset(world: World) -> Duty:
    return world.duty(DURING, "handling-ledger", "standing")


@example("handling-ledger", State.DUE)
def _asset_without_history(world: World) -> Duty:
    world.asset()
    return world.duty(DURING, "handling-ledger", "standing")


@example("handling-ledger", State.SATISFIED)
def _history_complete(world: World) -> Duty:
    asset = world.received(3)
    world.event(asset, "返還", 2, DURING)
    return world.duty(DURING, "handling-ledger", "standing")


@example("transfer-record", State.NOT_DUE)
def _nothing_changed_hands(world: World) -> Duty:
    return world.duty(DURING, "transfer-record", "each-time", submit=Submit.PROMPTLY)


@example("transfer-record", State.DUE)
def _received_but_not_submitted(world: World) -> Duty:
    world.received()
    return world.duty(START, "transfer-record", "each-time", submit=Submit.PROMPTLY)


@example("transfer-record", State.OVERDUE)
def _receipt_not_submitted_for_weeks(world: World) -> Duty:
    world.received()
    return world.duty(DURING, "transfer-record", "each-time", submit=Submit.PROMPTLY)


@example("transfer-record", State.CONFIRM)
def _received_and_perhaps_designated(world: World) -> Duty:
    world.received()
    return world.duty(DURING, "transfer-record", "each-time", submit=Submit.PROMPTLY, designated=True)


@example("transfer-record", State.SATISFIED)
def _transfer_record_submitted(world: World) -> Duty:
    world.received()
    world.issue("transfer-record", on=DURING, submitted=DURING)
    return world.duty(DURING, "transfer-record", "each-time", submit=Submit.PROMPTLY)


# 返還と廃棄

_BACK: dict[str, Any] = {"acts": (Act.RETURN,), "copies": True, "exception": (Exempt.INSTRUCTION,)}


@example("return", State.NOT_DUE)
def _work_goes_on(world: World) -> Duty:
    world.received()
    return world.duty(DURING, "return", "on-completion", **_BACK)


@example("return", State.DUE)
def _last_day(world: World) -> Duty:
    world.received()
    return world.duty(END, "return", "on-completion", **_BACK)


@example("return", State.OVERDUE)
def _copy_left(world: World) -> Duty:
    asset = world.received()
    world.event(asset, "複写", day=DURING)
    world.event(asset, "返還", day=END)
    return world.duty(AFTER, "return", "on-completion", **_BACK)


@example("return", State.SATISFIED)
def _all_returned(world: World) -> Duty:
    world.event(world.received(), "返還", day=END)
    return world.duty(AFTER, "return", "on-completion", **_BACK)


@example("return", State.CONFIRM)
def _destroyed_instead(world: World) -> Duty:
    world.disposal(world.received(), done=END)
    return world.duty(AFTER, "return", "on-completion", **_BACK)


@example("disposal", State.NOT_DUE)
def _nothing_destroyed(world: World) -> Duty:
    return world.duty(DURING, "disposal", "each-time", acts=(Act.DESTROY,))


@example("disposal", State.DUE)
def _memory_stick_in_a_magnet(world: World) -> Duty:
    world.disposal(world.received(medium="USBメモリ"), method="磁気消去")
    return world.duty(DURING, "disposal", "each-time", acts=(Act.DESTROY,))


@example("disposal", State.OVERDUE)
def _left_over_at_the_end(world: World) -> Duty:
    world.received()
    return world.duty(AFTER, "disposal", "on-completion", acts=(Act.DESTROY,))


@example("disposal", State.CONFIRM)
def _method_in_free_words(world: World) -> Duty:
    world.disposal(world.received(), method="その他：酸で溶かす")
    return world.duty(DURING, "disposal", "each-time", acts=(Act.DESTROY,))


@example("disposal", State.SATISFIED)
def _shredded(world: World) -> Duty:
    world.disposal(world.received())
    return world.duty(DURING, "disposal", "each-time", acts=(Act.DESTROY,))


@example("disposal-certificate", State.NOT_DUE)
def _nothing_to_certify(world: World) -> Duty:
    return world.duty(DURING, "disposal-certificate", "each-time", submit=Submit.PROMPTLY)


@example("disposal-certificate", State.DUE)
def _printed_not_submitted(world: World) -> Duty:
    world.disposal(world.received())
    world.issue("disposal-certificate", on=DURING, submitted=None)
    return world.duty(DURING, "disposal-certificate", "each-time", submit=Submit.PROMPTLY)


@example("disposal-certificate", State.OVERDUE)
def _not_certified_for_months(world: World) -> Duty:
    world.disposal(world.received())
    return world.duty(END, "disposal-certificate", "each-time", submit=Submit.PROMPTLY)


@example("disposal-certificate", State.CONFIRM)
def _certified_in_free_words(world: World) -> Duty:
    world.disposal(world.received(), method="その他：酸で溶かす")
    world.issue("disposal-certificate", on=DURING, submitted=DURING)
    return world.duty(DURING, "disposal-certificate", "each-time", submit=Submit.PROMPTLY)


@example("disposal-certificate", State.SATISFIED)
def _certified(world: World) -> Duty:
    world.disposal(world.received())
    world.issue("disposal-certificate", on=DURING, submitted=DURING)
    return world.duty(DURING, "disposal-certificate", "each-time", submit=Submit.PROMPTLY)


@example("witness", State.NOT_DUE)
def _nothing_to_witness(world: World) -> Duty:
    return world.duty(DURING, "witness", "each-time", "on-request")


@example("witness", State.CONFIRM)
def _attendance_asked_in_other_words(world: World) -> Duty:
    world.instruction("指示", START, what="廃棄の際は立会いの可否を連絡すること")
    world.disposal(world.received())
    return world.duty(DURING, "witness", "each-time", "on-request")


@example("witness", State.SATISFIED)
def _witness_named(world: World) -> Duty:
    world.disposal(world.received(), witness="架空市 総務課 高橋")
    return world.duty(DURING, "witness", "each-time", "on-request")
