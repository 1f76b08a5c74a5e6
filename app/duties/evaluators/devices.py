"""equipment-register and private-device-ban: every device used is known, and none of them is private."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.evaluators.evaluator import evaluator
from app.duties.kinds import State, When
from app.duties.verdict import Lack, Question, Verdict, open_record, shown
from app.records import Device, DeviceUse
from app.records.device import DeviceKind, Owner
from app.records.device_use import UseStatus


def judge_register(question: Question) -> Verdict:
    uses = question.view.device_uses
    if not uses:
        return question.unrecorded(
            "PC・媒体の使用が記録されていないため、使う機器を示せません。", "device_use"
        )
    evidence = [question.evidence(use, use.starts_on) for use, _device in uses]
    if When.STANDING not in question.clause.when and not question.reported:
        return question.judge((), evidence, f"使用する機器{len(uses)}点が特定され、登録されています。")
    lacks = [lack for use, device in uses for lack in unregistered(use, device)]
    if question.reported:
        lacks.extend(_unreported(question, uses))
    satisfied = f"使用する機器{len(uses)}点について、管理者、設置場所及び保護の状況が登録されています。"
    return question.judge(lacks, evidence, satisfied)


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


def _unreported(question: Question, uses: tuple[tuple[DeviceUse, Device], ...]) -> Iterator[Lack]:
    for use, device in uses:
        keys = (f"device_use:{use.id}", f"device:{device.id}")
        if any(question.view.proof(question.kind, key) for key in keys):
            continue
        when = question.when(f"使用開始（{shown(use.starts_on)}）")
        text = f"{device.control_number}が、提出済みの機器の書類に載っていません。"
        why = f"使用する機器は{when}届け出る必要があります。"
        lack = Lack(text, why, "device_use", use.id, step=question.issue(*keys))
        yield lack.by(question.told_by(use.starts_on))


def holds_data(device: Device) -> bool:
    """Whether the device can hold electronic data; a box for paper cannot be encrypted."""
    return device.kind != DeviceKind.PAPER_BOX


def judge_private(question: Question) -> Verdict:
    uses = question.view.device_uses
    if not uses:
        return question.unrecorded(
            "PC・媒体の使用が記録されていないため、私物がないことを示せません。", "device_use"
        )
    lacks = [_private(question, use, device) for use, device in uses if device.owner == Owner.PRIVATE]
    evidence = [
        question.evidence(use, use.starts_on) for use, device in uses if device.owner != Owner.PRIVATE
    ]
    return question.judge(lacks, evidence, f"使用する機器{len(uses)}点に私物はありません。")


def _private(question: Question, use: DeviceUse, device: Device) -> Lack:
    planned = use.status == UseStatus.PLANNED or use.starts_on > question.view.as_of
    state = "使う予定です" if planned else "使われています"
    due = question.before(use.starts_on) if planned else None
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
