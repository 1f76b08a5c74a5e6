"""equipment-register and private-device-ban: every device used is known, and none of them is private."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.annexes.kinds import State, When
from app.duties.duty import Remark
from app.duties.evaluators.changes import Subject, changes, dated_days
from app.duties.evaluators.disposed_elsewhere import whole_disposals
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.ground import ground_of
from app.duties.evaluators.on_request import answers
from app.duties.evaluators.over import first_told, told_in_the_end, told_late
from app.duties.evaluators.scope import stands
from app.duties.evaluators.unlisted import device_lack, unlisted_devices
from app.duties.holding.destruction import DESTROYING
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Approval, Device, DeviceUse, Person, stated_key
from app.records.device import DeviceKind, Owner
from app.records.instruction import Matter
from app.records.status import Status


def judge_register(question: Question) -> Verdict:
    uses = question.view.device_uses
    remarks = list(_over(question))
    if not uses:
        unknown = question.unrecorded(
            "契約で使うPC・媒体が登録されていないため、使う機器を示せません。", "device_use"
        )
        return unknown._replace(remarks=tuple(remarks))
    why = "使用する機器は、発注者の求めがあったときは報告する必要があります。"
    asked = answers(question, Matter.DEVICES, "使用する機器の報告", why)
    remarks.extend(asked.remarks)
    evidence = [*(question.evidence(use, use.starts_on) for use, _device in uses), *asked.evidence]
    if When.STANDING not in question.clause.when and not question.reported:
        satisfied = f"使用する機器{len(uses)}点が特定され、登録され{asked.words}。"
        lacks = [*_unlisted(question), *asked.lacks]
        lacks.extend(lack for use, device in uses for lack in _destroyed(question, use, device))
        return question.judge(lacks, evidence, satisfied, remarks=remarks)
    lacks = [*(lack for use, device in uses for lack in unregistered(use, device)), *asked.lacks]
    lacks.extend(_unlisted(question))
    lacks.extend(lack for use, device in uses for lack in _destroyed(question, use, device))
    lacks.extend(lack for use, device in uses for lack in _custodian_gone(question, use, device))
    if question.reported:
        lacks.extend(_unreported(question, uses, remarks))
        lacks.extend(changes(question, "使用する機器", lambda key: _subject(question, key)))
    satisfied = f"使用する機器{len(uses)}点について、管理者、設置場所及び保護の状況が登録されています。"
    return question.judge(lacks, evidence, satisfied, remarks=remarks)


def _over(question: Question) -> Iterator[Remark]:
    """Devices that were really used without being told in time and are no more."""
    for use, device in question.view.former_device_uses if question.reported else ():
        if use.status != Status.PLANNED and use.ends_on is not None:
            what = f"{device.control_number}の使用"
            period = (use.starts_on, use.ends_on)
            yield from told_in_the_end(question, what, use, period, stated_key(use))


def _unlisted(question: Question) -> Iterator[Lack]:
    """A register that leaves out a machine which was used is none of all machines in use."""
    for one in unlisted_devices(question.view):
        yield device_lack(one, "業務に使った機器は、すべて使用として登録する必要があります。")


def _destroyed(question: Question, use: DeviceUse, device: Device) -> Iterator[Lack]:
    """A machine that was destroyed, for whatever contract, is in use nowhere any more."""
    gone = [one for one, _line in whole_disposals(question.view, device.id) if one.method in DESTROYING]
    first = min((one.done_on for one in gone), default=None)
    if first is None or first >= question.view.as_of:
        return
    day = shown(first)
    text = f"{device.control_number}は{day}に廃棄されていますが、この契約での使用が続いています。"
    why = f"{device.control_number}は{day}に廃棄されたため、使用を終えた日を登録する必要があります。"
    yield Lack(text, why, "device_use", use.id, step=open_record(use))


def unregistered(use: DeviceUse, device: Device) -> Iterator[Lack]:
    why = "使用する機器は、管理者、設置場所及び保護の状況を台帳に登録して管理する必要があります。"
    number = device.control_number
    if use.person is None:
        text = f"{number}の管理者（使用者）が登録されていません。"
        yield Lack(text, why, "device_use", use.id, None, open_record(use))
    if use.location is None:
        text = f"{number}の設置・保管場所が登録されていません。"
        yield Lack(text, why, "device_use", use.id, None, open_record(use))
    if holds_data(device) and not device.storages:
        text = f"{number}の記憶装置と暗号化の状況が登録されていません。"
        yield Lack(text, why, "device", device.id, None, open_record(device))


def _custodian_gone(question: Question, use: DeviceUse, device: Device) -> Iterator[Lack]:
    """Nobody keeps a machine after the day on which they left the company."""
    person = question.view.facts.find(Person, use.person)
    left = person.left_on if person is not None else None
    if person is None or left is None or left >= question.view.as_of:
        return
    why = f"管理者が退職（{shown(left)}）したため、その日までに後任の管理者を定める必要がありました。"
    text = f"{device.control_number}の管理者である{person.name}は、{shown(left)}に退職しています。"
    yield Lack(text, why, "device_use", use.id, left, open_record(use))


def _unreported(
    question: Question, uses: tuple[tuple[DeviceUse, Device], ...], remarks: list[Remark]
) -> Iterator[Lack]:
    """What no document that counts lists; what was listed late goes into ``remarks``."""
    for use, device in uses:
        if question.view.proof(question.kind, stated_key(use)) is not None:
            first = first_told(question, stated_key(use))
            what = f"{device.control_number}の使用"
            remarks.extend(told_late(question, what, use, use.starts_on, first))
            continue
        when = question.when(f"使用開始（{shown(use.starts_on)}）")
        text = f"{device.control_number}が、提出済みの機器の書類に載っていません。"
        why = f"使用する機器は{when}届け出る必要があります。"
        lack = Lack(text, why, "device_use", use.id, step=question.issue(stated_key(use)))
        yield lack.by(question.told_by(use.starts_on))


def _subject(question: Question, key: str) -> Subject | None:
    facts = question.view.facts
    use = facts.stated(key)
    if not isinstance(use, DeviceUse):
        return None
    device = facts.find(Device, use.device)
    title = device.control_number if device else facts.title(use)
    days = dated_days(device) if device else ()
    return Subject(key, title, use.spec.name, use.id, use.starts_on, use.ends_on, dated=days)


def holds_data(device: Device) -> bool:
    """Whether the device can hold electronic data; a box for paper cannot be encrypted."""
    return device.kind != DeviceKind.PAPER_BOX


def judge_private(question: Question) -> Verdict:
    uses = question.view.device_uses
    remarks = tuple(_private_before(question))
    if not uses:
        return question.unrecorded(
            "契約で使うPC・媒体が登録されていないため、私物がないことを示せません。", "device_use"
        )._replace(remarks=remarks)
    private = [(use, device) for use, device in uses if device.owner == Owner.PRIVATE]
    banned = [(use, device) for use, device in private if not _allowed(question, use)]
    lacks = [_private(question, use, device) for use, device in banned]
    evidence = [question.evidence(use, use.starts_on) for use, device in uses if (use, device) not in banned]
    why = "私物の機器を使った事実は、事情とともに使用として登録する必要があります。"
    unlisted = (one for one in unlisted_devices(question.view) if one.device.owner == Owner.PRIVATE)
    lacks.extend(device_lack(one, why) for one in unlisted)
    satisfied = f"使用する機器{len(uses)}点に私物はありません。"
    if private:
        satisfied = f"使用する機器{len(uses)}点に、承諾のない私物はありません。"
    return question.judge(lacks, evidence, satisfied, remarks=remarks)


def _allowed(question: Question, use: DeviceUse) -> bool:
    """Whether the clause admits an exception and the use rests on one; a ban that names none admits none."""
    approval = question.view.facts.find(Approval, use.approval)
    if not question.asks.exception or approval is None or ground_of(question.asks).absolute:
        return False
    listed = any(row.device == use.device for row in approval.subjects)
    granted = stands(approval, question.view.day) and (approval.granted_on or use.starts_on) <= use.starts_on
    return listed and granted and not any(ground_of(question.asks).offended(approval))


def _private_before(question: Question) -> Iterator[Remark]:
    """The private devices that were used for a time and are no more."""
    for use in question.view.held(DeviceUse):
        device = question.view.facts.find(Device, use.device)
        if device is None or device.owner != Owner.PRIVATE or use.status != Status.ACTUAL:
            continue
        if use.ends_on is not None and use.ends_on < question.view.as_of and not _allowed(question, use):
            days = f"{shown(use.starts_on)}から{shown(use.ends_on)}まで"
            text = f"私物の{device.control_number}が、{days}使われました。"
            yield Remark(text, "device_use", use.id, use.starts_on, use.ends_on, late=False)


def _private(question: Question, use: DeviceUse, device: Device) -> Lack:
    planned = use.status == Status.PLANNED or use.starts_on > question.view.as_of
    state = "使う予定です" if planned else "使われています"
    due = use.starts_on - timedelta(days=1) if planned else None
    until = f"使用開始（{shown(use.starts_on)}）の前日までに" if planned else "直ちに"
    return Lack(
        f"私物の{device.control_number}が{state}。",
        f"私物の機器は使えないため、{until}使用を取りやめ、自社の機器に替える必要があります。",
        "device_use",
        use.id,
        due,
        open_record(use),
    )


_ALL = (State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED)
REGISTER = evaluator("equipment-register", judge_register, *_ALL)
PRIVATE = evaluator("private-device-ban", judge_private, *_ALL)
