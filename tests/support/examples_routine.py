"""Examples for attestations, periodic checks and standing protections."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.annexes.choices import Exempt, Submit, Workers
from app.annexes.kinds import State
from app.duties.duty import Duty
from tests.support.examples import Examples
from tests.support.world import DURING, EVE, START, World

EXAMPLES = example = Examples()

LONG_AGO = date(2025, 5, 1)
"""More than a year before DURING: what was done then no longer counts."""

# 秘密保持


@example("secrecy", State.CONFIRM)
def _one_of_two_swore(world: World) -> Duty:
    world.oath(world.worker())
    world.worker("𠮷田一郎")
    return world.duty(DURING, "secrecy", "standing", "after-end")


@example("secrecy", State.SATISFIED)
def _all_swore(world: World) -> Duty:
    world.oath(world.worker())
    return world.duty(DURING, "secrecy", "standing", "after-end")


@example("secrecy", State.DUE)
def _confirmed_as_broken(world: World) -> Duty:
    world.oath(world.worker())
    world.attest(kept=False, remark="口外があった。")
    return world.duty(DURING, "secrecy", "standing")


@example("secrecy", State.OVERDUE)
def _confirmed_long_ago(world: World) -> Duty:
    world.attest(on=LONG_AGO)
    return world.duty(DURING, "secrecy", "standing")


@example("secrecy", State.NOT_DUE)
def _only_after_the_end(world: World) -> Duty:
    world.oath(world.worker())
    return world.duty(DURING, "secrecy", "after-end")


# 退職者


@example("secrecy", State.WAITING)
def _showing_it_to_others_was_applied_for(world: World) -> Duty:
    world.oath(world.worker())
    world.approval("第三者提供", granted=None, applied_on=START)
    return world.duty(DURING, "secrecy", "standing", exception=(Exempt.APPROVAL,))


@example("retirement-secrecy", State.CONFIRM)
def _more_is_asked_of_leavers_than_is_kept(world: World) -> Duty:
    world.oath(world.worker(left_on=START), START, kind="退職時", given_back="なし")
    return world.duty(DURING, "retirement-secrecy", "on-leaving", items=("引継書の作成",))


@example("retirement-secrecy", State.NOT_DUE)
def _nobody_leaves(world: World) -> Duty:
    world.worker()
    return world.duty(DURING, "retirement-secrecy", "on-leaving")


@example("retirement-secrecy", State.DUE)
def _leaves_soon(world: World) -> Duty:
    world.worker(left_on=DURING + timedelta(days=10))
    return world.duty(DURING, "retirement-secrecy", "on-leaving")


@example("retirement-secrecy", State.OVERDUE)
def _left_and_kept_something(world: World) -> Duty:
    person = world.worker(left_on=START + timedelta(days=10))
    world.oath(person, START + timedelta(days=10), kind="退職時")
    return world.duty(DURING, "retirement-secrecy", "on-leaving")


@example("retirement-secrecy", State.SATISFIED)
def _left_with_an_oath(world: World) -> Duty:
    person = world.worker(left_on=DURING)
    world.oath(person, DURING, kind="退職時", given_back="ICカード")
    return world.duty(DURING, "retirement-secrecy", "on-leaving")


@example("oath", State.NOT_DUE)
def _no_leaver_to_swear(world: World) -> Duty:
    world.worker()
    return world.duty(DURING, "oath", "on-leaving", workers=(Workers.OWN,))


# 法令と規程


@example("law", State.CONFIRM)
def _listed_but_not_confirmed(world: World) -> Duty:
    world.rule("個人情報の保護に関する法律", "法令・指針")
    return world.duty(DURING, "law", "standing")


@example("law", State.DUE)
def _confirmed_without_a_list(world: World) -> Duty:
    world.rule()
    world.attest()
    return world.duty(DURING, "law", "standing", items=("個人情報の保護に関する法律",))


@example("law", State.OVERDUE)
def _law_confirmed_long_ago(world: World) -> Duty:
    world.rule("個人情報の保護に関する法律", "法令・指針")
    world.attest(on=LONG_AGO)
    return world.duty(DURING, "law", "standing", period_months=12)


@example("law", State.SATISFIED)
def _listed_and_confirmed(world: World) -> Duty:
    world.rule("個人情報の保護に関する法律", "法令・指針")
    world.attest()
    return world.duty(DURING, "law", "standing")


@example("management-rules", State.NOT_DUE)
def _rules_not_asked_for(world: World) -> Duty:
    world.rule()
    return world.duty(DURING, "management-rules", "on-request", submit=Submit.ON_REQUEST)


@example("management-rules", State.CONFIRM)
def _no_rule_at_all(world: World) -> Duty:
    return world.duty(DURING, "management-rules", "standing")


@example("management-rules", State.DUE)
def _asked_for_and_version_missing(world: World) -> Duty:
    world.rule(version="")
    world.instruction("規程の提出の求め", answered_on=DURING)
    return world.duty(DURING, "management-rules", "on-request", submit=Submit.ON_REQUEST)


@example("management-rules", State.OVERDUE)
def _asked_for_and_late(world: World) -> Duty:
    world.rule()
    world.instruction("規程の提出の求め", START, due_on=START + timedelta(days=14))
    return world.duty(DURING, "management-rules", "on-request", submit=Submit.ON_REQUEST)


@example("management-rules", State.SATISFIED)
def _handed_in(world: World) -> Duty:
    world.rule()
    world.instruction("規程の提出の求め", START, answered_on=DURING, answered_in_writing=True)
    return world.duty(DURING, "management-rules", "on-request", submit=Submit.ON_REQUEST)


# 周知・監督と安全管理措置


@example("supervision", State.CONFIRM)
def _nothing_made_known(world: World) -> Duty:
    world.worker()
    return world.duty(DURING, "supervision", "standing")


@example("supervision", State.DUE)
def _one_worker_not_reached(world: World) -> Duty:
    world.worker("𠮷田一郎")
    world.check("周知", world.worker())
    return world.duty(DURING, "supervision", "standing")


@example("supervision", State.OVERDUE)
def _supervised_long_ago(world: World) -> Duty:
    world.worker()
    world.check("監督", on=START)
    return world.duty(DURING, "supervision", "standing", period_months=1)


@example("supervision", State.SATISFIED)
def _all_reached(world: World) -> Duty:
    world.check("周知", world.worker())
    return world.duty(DURING, "supervision", "standing", period_months=12)


@example("security-measures", State.CONFIRM)
def _never_checked(world: World) -> Duty:
    world.check("周知")
    return world.duty(DURING, "security-measures", "standing")


@example("security-measures", State.DUE)
def _technical_measures_left_out(world: World) -> Duty:
    world.check("安全管理措置", measures=("組織的", "人的", "物理的"))
    return world.duty(DURING, "security-measures", "standing")


@example("security-measures", State.OVERDUE)
def _checked_long_ago(world: World) -> Duty:
    world.check("安全管理措置", on=START, measures=("組織的", "人的", "物理的", "技術的"))
    return world.duty(DURING, "security-measures", "standing", period_months=1)


@example("security-measures", State.SATISFIED)
def _all_four_checked(world: World) -> Duty:
    world.check("安全管理措置", measures=("組織的", "人的", "物理的", "技術的"))
    return world.duty(DURING, "security-measures", "standing", period_months=12)


@example("security-measures", State.NOT_DUE)
def _nothing_to_discuss(world: World) -> Duty:
    return world.duty(DURING, "security-measures", "on-request")


# 体制と取決め


@example("management-system", State.CONFIRM)
def _no_structure(world: World) -> Duty:
    return world.duty(DURING, "management-system", "before-start", "standing")


@example("management-system", State.DUE)
def _to_be_reported_in_the_first_year(world: World) -> Duty:
    world.structure(world.person())
    return world.duty(DURING, "management-system", "periodic", submit=Submit.PROMPTLY, period_months=6)


@example("management-system", State.OVERDUE)
def _head_has_left(world: World) -> Duty:
    world.structure(world.person(left_on=START))
    return world.duty(DURING, "management-system", "before-start", "standing")


@example("management-system", State.SATISFIED)
def _structure_in_place(world: World) -> Duty:
    world.structure(world.person())
    return world.duty(DURING, "management-system", "before-start", "standing")


@example("transfer-method", State.CONFIRM)
def _nothing_agreed(world: World) -> Duty:
    return world.duty(DURING, "transfer-method", "before-start")


@example("transfer-method", State.DUE)
def _method_not_agreed(world: World) -> Duty:
    world.agreement(world.person(), methods="")
    return world.duty(EVE, "transfer-method", "before-start", items=("授受の方法",))


@example("transfer-method", State.OVERDUE)
def _handed_over_without_agreement(world: World) -> Duty:
    world.received()
    return world.duty(DURING, "transfer-method", "before-start")


@example("transfer-method", State.SATISFIED)
def _agreed_beforehand(world: World) -> Duty:
    world.agreement(world.person())
    world.received()
    return world.duty(DURING, "transfer-method", "before-start")


# ソフトウェアとシステム


@example("software-hygiene", State.CONFIRM)
def _no_machine_known(world: World) -> Duty:
    return world.duty(DURING, "software-hygiene", "standing")


@example("software-hygiene", State.DUE)
def _forbidden_software_found(world: World) -> Duty:
    device = world.device()
    world.device_use(device)
    world.device_check(device, forbidden=True, found="ファイル交換ソフト")
    return world.duty(DURING, "software-hygiene", "standing", period_months=1)


@example("software-hygiene", State.OVERDUE)
def _never_looked_at(world: World) -> Duty:
    world.device_use(world.device())
    return world.duty(DURING, "software-hygiene", "standing", period_months=1)


@example("software-hygiene", State.SATISFIED)
def _looked_at(world: World) -> Duty:
    device = world.device()
    world.device_use(device)
    world.device_check(device)
    return world.duty(DURING, "software-hygiene", "standing", period_months=1)


@example("software-hygiene", State.NOT_APPLICABLE)
def _only_boxes(world: World) -> Duty:
    world.device_use(world.device(None, kind="紙保管箱"))
    return world.duty(DURING, "software-hygiene", "standing")


_DOORS: dict[str, Any] = {"authentication": "ICカードとパスワード", "access_rights": "課ごと"}


@example("access-control", State.CONFIRM)
def _no_system(world: World) -> Duty:
    return world.duty(DURING, "access-control", "standing")


@example("access-control", State.DUE)
def _no_administrator(world: World) -> Duty:
    world.system(**_DOORS)
    return world.duty(DURING, "access-control", "standing")


@example("access-control", State.SATISFIED)
def _access_controlled(world: World) -> Duty:
    world.system(administrator=world.person().id, **_DOORS)
    return world.duty(DURING, "access-control", "standing")


_LOGGED: dict[str, Any] = {"logged": True, "log_kept_months": 12, "monitoring": "毎日の警告の確認"}


@example("access-log", State.CONFIRM)
def _no_log(world: World) -> Duty:
    return world.duty(DURING, "access-log", "standing")


@example("access-log", State.DUE)
def _kept_too_short(world: World) -> Duty:
    system = world.system(**{**_LOGGED, "log_kept_months": 6})
    world.review(system)
    return world.duty(DURING, "access-log", "standing", "periodic", keep_months=12)


@example("access-log", State.OVERDUE)
def _never_analysed(world: World) -> Duty:
    world.system(**_LOGGED)
    return world.duty(DURING, "access-log", "standing", "periodic", period_months=1)


@example("access-log", State.SATISFIED)
def _analysed(world: World) -> Duty:
    world.review(world.system(**_LOGGED))
    return world.duty(DURING, "access-log", "standing", "periodic", period_months=3)


_BACKED_UP: dict[str, Any] = {"items": ("バックアップ", "保管状況の点検", "正確性の点検")}


@example("backup-check", State.CONFIRM)
def _nothing_backed_up(world: World) -> Duty:
    return world.duty(DURING, "backup-check", "periodic", **_BACKED_UP)


@example("backup-check", State.DUE)
def _accuracy_not_checked_yet(world: World) -> Duty:
    world.backup()
    world.check("保管状況", on=DURING)
    return world.duty(DURING, "backup-check", "periodic", period_months=3, **_BACKED_UP)


@example("backup-check", State.OVERDUE)
def _backed_up_long_ago(world: World) -> Duty:
    world.backup(START)
    return world.duty(DURING, "backup-check", "periodic", period_months=1, items=("バックアップ",))


@example("backup-check", State.SATISFIED)
def _backed_up_and_checked(world: World) -> Duty:
    world.backup()
    world.check("保管状況", on=DURING)
    world.check("データの正確性", on=DURING)
    return world.duty(DURING, "backup-check", "periodic", period_months=3, **_BACKED_UP)


# 搬送と持出し


@example("transport", State.NOT_DUE)
def _nothing_carried(world: World) -> Duty:
    world.asset()
    return world.duty(DURING, "transport", "standing")


@example("transport", State.DUE)
def _carried_in_the_open(world: World) -> Duty:
    world.received()
    return world.duty(DURING, "transport", "standing")


@example("transport", State.SATISFIED)
def _carried_in_a_case(world: World) -> Duty:
    world.event(world.asset(), "受領", method="手渡し", safeguards=("施錠ケース",))
    return world.duty(DURING, "transport", "standing")


@example("transport", State.CONFIRM)
def _carried_in_words(world: World) -> Duty:
    world.event(world.asset(), "受領", method="手渡し", protection="丈夫な袋")
    return world.duty(DURING, "transport", "standing")


@example("encryption", State.NOT_DUE)
def _nothing_taken_out(world: World) -> Duty:
    world.device_use(world.device("なし"))
    return world.duty(DURING, "encryption", "each-time")
