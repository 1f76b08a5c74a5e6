"""Examples for the cross-checks of incidents, documents, contracts and the ledger as a whole."""

from __future__ import annotations

from datetime import date, datetime, time

from app.records import (
    Attestation,
    Client,
    PaperSetting,
    Vendor,
)
from app.records.audit import Finding
from app.records.contract import ContractAnnex, ContractParameter
from app.records.incident import Stage
from tests.support.check_story import (
    DAY,
    LATE,
    LEDGER_EXAMPLES,
    example,
)
from tests.support.world import DURING, START, World

# 事故と求め


@example("incident-untold")
def _untold(world: World, wrong: bool) -> date:
    world.clause("incident-notice", "on-incident")
    incident = world.incident()
    world.tell(incident, Stage.FIRST, DURING + DAY if wrong else DURING)
    return DURING


@example("breach-over")
def _late_and_over(world: World, wrong: bool) -> date:
    clause = world.clause("incident-notice", "on-incident", within_days=1)
    incident = world.tell(world.incident(), Stage.FIRST, LATE)
    due = DURING + DAY
    world.handle(incident, due - DAY if wrong else due, clause, handled_on=LATE)
    return LATE


@example("incident-long-open")
def _long_open(world: World, wrong: bool) -> date:
    world.clause("incident-followup", "on-incident")
    world.incident(closed_on=None if wrong else DURING + DAY)
    return DURING + 91 * DAY


@example("improvement-overdue")
def _unimproved(world: World, wrong: bool) -> date:
    world.clause("improvement", "on-request")
    world.improvement(due_on=DURING + DAY, done_on=None if wrong else DURING + DAY)
    return LATE


@example("instruction-overdue")
def _instruction_overdue(world: World, wrong: bool) -> date:
    world.instruction("報告の求め", due_on=DURING + DAY, answered_on=None if wrong else DURING)
    return LATE


@example("request-not-passed")
def _not_passed(world: World, wrong: bool) -> date:
    world.clause("data-subject-request", "on-request", within_days=3)
    world.request(passed_on=None if wrong else DURING)
    return LATE


@example("audit-unanswered")
def _audit_unanswered(world: World, wrong: bool) -> date:
    world.clause("audit", "on-request")
    row = Finding(finding="施錠の記録がない", answer="改めました", answered_on=None if wrong else DURING)
    world.audit(findings=(row,), accepted=True, held_on=START)
    return LATE


# 書類


@example("document-stale")
def _stale(world: World, wrong: bool) -> date:
    world.use(place := world.place())
    world.issue("location-notice")
    if wrong:
        world.change(place, address="架空市9-9")
    return DURING


@example("document-unsubmitted")
def _unsubmitted(world: World, wrong: bool) -> date:
    world.use(world.place())
    world.issue("location-notice", on=DURING, submitted=None)
    return DURING + (15 if wrong else 14) * DAY


@example("document-sent-back")
def _sent_back(world: World, wrong: bool) -> date:
    world.use(world.place())
    world.issue("location-notice", sent_back_on=START, sent_back_why="押印なし")
    if not wrong:
        world.issue("location-notice", on=DURING, submitted=None)
    return DURING


@example("certificate-of-nothing")
def _of_nothing(world: World, wrong: bool) -> date:
    world.clause("disposal-certificate", "each-time")
    disposal = world.disposal(world.received())
    world.issue("disposal-certificate", on=DURING, submitted=DURING, only=(f"disposal:{disposal.id}",))
    if wrong:
        world.remove(disposal)
    return DURING


@example("disposal-uncertified")
def _uncertified(world: World, wrong: bool) -> date:
    world.clause("disposal-certificate", "each-time")
    world.disposal(world.received())
    if not wrong:
        world.issue("disposal-certificate", on=DURING, submitted=DURING)
    return DURING


# 契約


@example("annex-unknown")
def _annex_unknown(world: World, wrong: bool) -> date:
    world.change(world.contract, annexes=(ContractAnnex(annex="own", version=7 if wrong else 1),))
    return DURING


@example("setting-dead")
def _setting_dead(world: World, wrong: bool) -> date:
    number = "第99条" if wrong else "第6条第4項"
    row = ContractParameter(annex="kimitsu-hoji", clause=number, name="days_before", value="7")
    world.under("kimitsu-hoji", parameters=(row,))
    return DURING


@example("clause-dead")
def _clause_dead(world: World, wrong: bool) -> date:
    world.under("kimitsu-hoji")
    number = "第99条" if wrong else "第6条第4項"
    world.add(
        Attestation(
            contract=world.contract.id, annex="kimitsu-hoji", clause=number, confirmed_on=DURING, kept=True
        )
    )
    return DURING


@example("annex-out-of-force")
def _out_of_force(world: World, wrong: bool) -> date:
    world.in_force_from = world.contract.signed_on + DAY if wrong else world.contract.signed_on
    return DURING


@example("information-contradicted")
def _contradicted(world: World, wrong: bool) -> date:
    world.under("minato", information=("個人情報",) if wrong else ("個人情報", "機密情報"))
    world.received(classification="機密情報")
    return DURING


@example("fields-blank")
def _blank(world: World, wrong: bool) -> date:
    client = world.facts().all(Client)[0]
    world.change(client, telephone="047-000-0000")
    world.change(world.contract, information=() if wrong else ("個人情報",))
    return DURING


# 台帳全体


@example("key-twice", LEDGER_EXAMPLES)
def _key_twice(world: World, wrong: bool) -> date:
    world.device(control_number="PC-901")
    world.device(control_number="ＰＣ－９０１" if wrong else "PC-902")
    return DURING


@example("untidy-text", LEDGER_EXAMPLES)
def _untidy_text(world: World, wrong: bool) -> date:
    world.device(serial="\u202aSN-7781" if wrong else "SN-7781")
    return DURING


@example("serial-twice", LEDGER_EXAMPLES)
def _serial_twice(world: World, wrong: bool) -> date:
    world.device(serial="S-001")
    world.device(serial=" s-001" if wrong else "S-002")
    return DURING


@example("person-twice", LEDGER_EXAMPLES)
def _person_twice(world: World, wrong: bool) -> date:
    world.person("佐藤花子", kana="サトウハナコ")
    world.person("佐藤花子", kana="サトウハナコ" if wrong else "サトウカコ")
    return DURING


@example("vendor-contact", LEDGER_EXAMPLES)
def _vendor_contact(world: World, wrong: bool) -> date:
    world.add(
        Vendor(
            name="架空データ",
            address="架空市",
            representative_title="代表取締役",
            representative_name="𠮷野太郎",
            contact_person="髙橋",
            telephone="" if wrong else "047-000-0000",
        )
    )
    return DURING


@example("setting-of-no-form")
def _set_for_no_form(world: World, wrong: bool) -> date:
    world.add(PaperSetting(contract=world.contract.id, form="誓約書" if wrong else "oath", starts_on=START))
    return DURING


@example("clock-set-back", LEDGER_EXAMPLES)
def _clock(world: World, wrong: bool) -> date:
    world.change(
        world.person(), recorded_at=datetime.combine(DURING + DAY if wrong else DURING, time(23, 59))
    )
    return DURING
