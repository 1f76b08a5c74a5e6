"""software-hygiene: each machine in use was looked at within the period, and when a medium was connected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import attrgetter, itemgetter
from types import MappingProxyType

from app.annexes.asks import Asks
from app.annexes.kinds import State, When
from app.counting.deadlines import Deadline
from app.duties.duty import Evidence, Remark, Step
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.periodic import Part, counts, first_again, often, owed, period_of
from app.duties.evaluators.rounds import late_rounds
from app.duties.evaluators.unlisted import unlisted_devices
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Device, DeviceCheck, DeviceUse
from app.records.device import DeviceKind
from app.records.device_check import Occasion
from app.records.kinds import OTHER
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
    doubts = [_unlike(device) for _use, device in view.once(_others) if not _checked(question, device)]
    doubts.extend(_named(question))
    remarks = (*_late(question), *_mended(question))
    if not machines and not media and not doubts:
        if view.device_uses:
            nothing = question.not_applicable(
                "この契約で使用中の機器に、ソフトウェアの点検を要するものがありません。"
            )
        else:
            nothing = question.unrecorded(
                "契約で使うPC・媒体が登録されていないため、ソフトウェアの状況を示せません。", "device_use"
            )
        return nothing._replace(remarks=remarks)
    lacks: list[Lack] = []
    evidence: list[Evidence] = []
    seen: list[tuple[date, DeviceUse]] = []
    for use, device in machines:
        lacks.extend(_machine(question, use, device, evidence, seen))
    for _use, device in media:
        lacks.extend(_medium(question, device, evidence))
    if doubts and not lacks:
        why = "ソフトウェアの点検を要するかが種別から分からない機器があるため、確かめる必要があります。"
        return question.confirm(why, doubts, evidence, doubts[0].step)._replace(remarks=remarks)
    satisfied = f"使用中の機器{len(machines)}台のソフトウェアは、期間内に点検されています。"
    return question.judge((*lacks, *doubts), evidence, satisfied, *_renewal(question, seen), remarks=remarks)


def _others(view: ContractView) -> tuple[tuple[DeviceUse, Device], ...]:
    """Devices in use of a kind in free words: some are computers, some are not."""
    return tuple(
        (use, device)
        for use, device in view.device_uses
        if device.kind.startswith(OTHER) and use.starts_on <= view.as_of and use.status == Status.ACTUAL
    )


def _named(question: Question) -> Iterator[Lack]:
    """Machines that a record names as used, and that nobody recorded as in use or looked at lately."""
    for one in unlisted_devices(question.view):
        if one.device.kind in _COMPUTERS and not _checked(question, one.device):
            yield _unlike(one.device)


def _checked(question: Question, device: Device) -> bool:
    view = question.view
    days = [one.checked_on for one in _done(view, view.facts.of(DeviceCheck, "device", device.id))]
    return counts(view, period_of(question.asks), days)


def _unlike(device: Device) -> Lack:
    return Lack(
        f"{device.control_number}（{device.kind}）のソフトウェア点検の記録が、期間内にありません。",
        "",
        "device",
        device.id,
        step=add("device_check", device=device.id),
    )


def _late(question: Question) -> Iterator[Remark]:
    """Checks that came after their day or never, of machines that are no longer used as well."""
    view = question.view
    period = period_of(question.asks)
    for use in view.held(DeviceUse):
        device = view.facts.find(Device, use.device)
        if device is None or device.kind not in _COMPUTERS or use.status != Status.ACTUAL:
            continue
        done = {one.checked_on: one for one in _done(view, view.facts.of(DeviceCheck, "device", device.id))}
        since = _since(view, use)
        for due, on in late_rounds(view, period, done, since, use.ends_on):
            if since <= on:
                what = f"{device.control_number}のソフトウェア点検"
                text = f"{what}は、期限（{shown(due)}）の後の{shown(on)}でした。"
                yield Remark(text, "device_check", done[on].id, due, on)
        if use.ends_on is not None and use.ends_on < view.as_of:
            yield from _never(view, period, use, device, list(done))


def _never(
    view: ContractView, period: Asks, use: DeviceUse, device: Device, days: list[date]
) -> Iterator[Remark]:
    """The use of a machine ended while a check of it was owed."""
    ended = use.ends_on or view.as_of
    deadline = owed(view, period, [day for day in days if day <= ended], _since(view, use), ended)
    if deadline is not None and deadline.day < ended:
        text = (
            f"{device.control_number}は、期限（{shown(deadline.day)}）のソフトウェア点検がないまま、"
            f"{shown(ended)}まで使われました。"
        )
        yield Remark(text, "device_use", use.id, deadline.day, ended, late=False)


def _mended(question: Question) -> Iterator[Remark]:
    """What checks found wanting and was put right, or found well by a later check."""
    view = question.view
    machines = {use.device: use for use in view.held(DeviceUse) if use.status == Status.ACTUAL}
    for number, use in machines.items():
        device = view.facts.find(Device, number)
        done = _done(view, view.facts.of(DeviceCheck, "device", number))
        for at, check in enumerate(done):
            wrong = _wrong(question, check)
            bad = any(
                value is not None and value is not well for _l, value, well in _looked_at(question, check)
            )
            until = _well_again(question, check, done[at + 1 :])
            if device is None or not bad or until is None or until < use.starts_on:
                continue
            text = (
                f"{device.control_number}の点検（{shown(check.checked_on)}）で確かめられなかった"
                f"{'、'.join(wrong)}は、{shown(until)}に是正されました。"
            )
            yield Remark(text, "device_check", check.id, check.checked_on, until, late=False)


def _well_again(question: Question, check: DeviceCheck, later: tuple[DeviceCheck, ...]) -> date | None:
    """The day on which what a check found wanting was well: mended, or found so."""
    days = [one.checked_on for one in later if not _wrong(question, one)]
    if check.mended_on is not None and check.mended_on <= question.view.day:
        days.append(check.mended_on)
    return min(days, default=None)


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


def parts(question: Question) -> Iterator[Part]:
    """Each machine in use that is to be looked at within the period."""
    view = question.view
    for use, device in view.once(_in_use, _COMPUTERS):
        days = tuple(one.checked_on for one in _done(view, view.facts.of(DeviceCheck, "device", device.id)))
        yield Part(device.control_number, device.spec.name, device.id, days, _since(view, use))


def _done(view: ContractView, checks: tuple[DeviceCheck, ...]) -> tuple[DeviceCheck, ...]:
    until = (one for one in checks if one.checked_on <= view.day)
    return tuple(sorted(until, key=attrgetter("checked_on", "id")))


def _looked_at(question: Question, check: DeviceCheck) -> Iterator[tuple[str, bool | None, bool]]:
    """What the clause wants looked at: its label, what the check says, and what is well."""
    items = question.asks.items
    named = [
        name for name, (_label, _well, words) in _POINTS.items() if any(w in i for w in words for i in items)
    ]
    for name in named or _POINTS:
        label, well, _words = _POINTS[name]
        yield label, getattr(check, name), well


def _wrong(question: Question, check: DeviceCheck) -> list[str]:
    """What a check found wanting, or did not look at."""
    return [label for label, value, well in _looked_at(question, check) if value is not well]


def _faults(question: Question, device: Device, check: DeviceCheck) -> Iterator[Lack]:
    """What the newest check found wanting, or did not look at, until it is mended."""
    if check.mended_on is not None and check.mended_on <= question.view.day:
        return
    if wrong := _wrong(question, check):
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
