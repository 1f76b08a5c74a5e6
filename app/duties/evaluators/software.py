"""software-hygiene: each machine in use was looked at within the period, and when a medium was connected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import attrgetter, itemgetter
from types import MappingProxyType

from app.annexes.kinds import State, When
from app.counting.deadlines import Deadline
from app.duties.duty import Evidence, Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import counts, first_again, often, owed, period_of
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Device, DeviceCheck, DeviceUse
from app.records.device import DeviceKind
from app.records.device_check import Occasion
from app.records.status import Status

_COMPUTERS = (DeviceKind.PC, DeviceKind.SERVER, DeviceKind.MOBILE)
_MEDIA = (DeviceKind.USB, DeviceKind.HDD, DeviceKind.OPTICAL)
_POINTS: Mapping[str, tuple[str, bool, tuple[str, ...]]] = MappingProxyType(
    {
        "patches": ("更新プログラムの適用", True, ("更新", "脆弱性")),
        "anti_malware": ("不正プログラム対策", True, ("不正プログラム",)),
        "forbidden": ("禁止ソフトウェアがないこと", False, ("ファイル交換",)),
    }
)
"""What a check looks at → what people call it, what is well, and the words by which a clause asks for it."""


def judge(question: Question) -> Verdict:
    view = question.view
    machines = view.once(_in_use, _COMPUTERS)
    media = view.once(_in_use, _MEDIA) if When.EACH_TIME in question.clause.when else ()
    if not machines and not media:
        if view.device_uses:
            return question.not_applicable(
                "この契約で使用中の機器に、ソフトウェアの点検を要するものがありません。"
            )
        return question.unrecorded(
            "PC・媒体の使用が記録されていないため、ソフトウェアの状況を示せません。", "device_use"
        )
    lacks: list[Lack] = []
    evidence: list[Evidence] = []
    seen: list[tuple[date, DeviceUse]] = []
    for use, device in machines:
        lacks.extend(_machine(question, use, device, evidence, seen))
    for _use, device in media:
        lacks.extend(_medium(question, device, evidence))
    satisfied = f"使用中の機器{len(machines)}台のソフトウェアは、期間内に点検されています。"
    return question.judge(lacks, evidence, satisfied, *_renewal(question, seen))


def _renewal(question: Question, seen: list[tuple[date, DeviceUse]]) -> tuple[Deadline | None, Step]:
    """By when the first of the machines, each with the day of its last check, is looked at again."""
    view = question.view
    by = first_again(view, period_of(question.asks), ((day, _since(view, use)) for day, use in seen))
    device = min(seen, key=itemgetter(0))[1].device if seen else 0
    return by, add("device_check", device=device)


def _since(view: ContractView, use: DeviceUse) -> date:
    return max(use.starts_on, view.contract.starts_on)


def _in_use(view: ContractView, kinds: tuple[str, ...]) -> tuple[tuple[DeviceUse, Device], ...]:
    """Devices of some kinds that are really in use now, each once."""
    found = {
        device.id: (use, device)
        for use, device in view.device_uses
        if device.kind in kinds and use.starts_on <= view.as_of and use.status == Status.ACTUAL
    }
    return tuple(found.values())


def _machine(
    question: Question,
    use: DeviceUse,
    device: Device,
    evidence: list[Evidence],
    seen: list[tuple[date, DeviceUse]],
) -> Iterator[Lack]:
    view = question.view
    period = period_of(question.asks)
    done = _done(view, view.facts.of(DeviceCheck, "device", device.id))
    days = [one.checked_on for one in done]
    since = _since(view, use)
    deadline = owed(view, period, days, since)
    if deadline is not None:
        last = f"は{shown(done[-1].checked_on)}が最後です" if done else "の記録がありません"
        yield Lack(
            f"{device.control_number}のソフトウェア点検{last}。",
            f"使用する機器のソフトウェアは{often(period)}点検する必要があります。",
            "device",
            device.id,
            step=add("device_check", device=device.id),
        ).by(deadline)
    elif counts(view, period, days, since):
        evidence.append(question.evidence(done[-1], done[-1].checked_on))
        seen.append((days[-1], use))
    if done:
        yield from _faults(question, device, done[-1])


def _medium(question: Question, device: Device, evidence: list[Evidence]) -> Iterator[Lack]:
    """A medium in use has been connected: the machine was looked at then."""
    view = question.view
    held = view.facts.of(DeviceCheck, "medium", device.id)
    done = _done(view, tuple(one for one in held if one.occasion == Occasion.MEDIUM))
    if not done:
        yield Lack(
            f"{device.control_number}を接続したときのソフトウェア点検の記録がありません。",
            "媒体を接続するときは、不正プログラムに感染しないように点検する必要があります。",
            "device",
            device.id,
            None,
            add("device_check", occasion=Occasion.MEDIUM.value, medium=device.id),
        )
        return
    evidence.append(question.evidence(done[-1], done[-1].checked_on))
    yield from _faults(question, device, done[-1])


def _done(view: ContractView, checks: tuple[DeviceCheck, ...]) -> tuple[DeviceCheck, ...]:
    until = (one for one in checks if one.checked_on <= view.day)
    return tuple(sorted(until, key=attrgetter("checked_on", "id")))


def _faults(question: Question, device: Device, check: DeviceCheck) -> Iterator[Lack]:
    """What the newest check found wanting, or did not look at, until it is mended."""
    if check.mended_on is not None and check.mended_on <= question.view.day:
        return
    items = question.asks.items
    named = [
        name for name, (_label, _well, words) in _POINTS.items() if any(w in i for w in words for i in items)
    ]
    wrong = [_POINTS[name][0] for name in named or _POINTS if getattr(check, name) is not _POINTS[name][1]]
    if wrong:
        yield Lack(
            f"{device.control_number}の点検（{shown(check.checked_on)}）で、{'、'.join(wrong)}が確かめられていません。",
            f"点検で{'、'.join(wrong)}が確かめられないときは、是正して記録する必要があります。",
            "device_check",
            check.id,
            None,
            open_record(check),
        )


EVALUATOR = evaluator(
    "software-hygiene", judge, State.OVERDUE, State.DUE, State.CONFIRM, State.SATISFIED, State.NOT_APPLICABLE
)
