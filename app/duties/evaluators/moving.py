"""equipment-takeout and bringin-approval: devices away from the places of work, and at the client's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from app.annexes.kinds import State
from app.duties.duty import Remark
from app.duties.evaluators.evaluator import evaluator
from app.duties.evaluators.granting import Findings, Subject, none_left
from app.duties.evaluators.matching import Matching, match
from app.duties.evaluators.scope import Use
from app.duties.holding.premises import at_own_client, elsewhere
from app.duties.verdict import Lack, Question, Verdict, add, open_record, shown
from app.duties.view import ContractView
from app.records import Device, DeviceUse, Location, LocationUse
from app.records.approval import ApprovalKind
from app.records.device import Owner
from app.records.event import EventKind
from app.records.location import LocationKind
from app.records.status import Status

Moved = Callable[[ContractView, DeviceUse, Location], bool]


def judge_takeout(question: Question) -> Verdict:
    return _judge(question, TAKING_OUT, _away, "作業場所の外で使うPC・媒体の記録はありませんが、持ち出す")


def judge_bringin(question: Question) -> Verdict:
    return _judge(
        question, BRINGING_IN, _brought_in, "発注者の施設で使うPC・媒体の記録はありませんが、持ち込む"
    )


def _judge(question: Question, subject: Subject, moved: Moved, none: str) -> Verdict:
    view = question.view
    held = view.held(DeviceUse)
    if not held:
        why = "契約で使うPC・媒体が登録されていないため、移した機器があるかを示せません。"
        return question.unrecorded(why, "device_use")
    findings = Findings(question, subject, subject.act)
    uses = view.once(_uses, moved)
    ended = {use.record.id: use.until for use in uses if _ended(view, use)}
    findings.look_at((use.record for use in uses), over=ended)
    if not findings.ground.absolute:
        _come_back(findings, uses)
    findings.doubts.extend(_nowhere(view, use) for use in held if use.location is None)
    findings.doubts.extend(lack for use in held if (lack := _left_behind(view, use)))
    findings.doubts.extend(_carried_along(view, uses) if subject is BRINGING_IN else _carried_off(view, uses))
    if findings.ground.absolute and uses and not findings.lacks and not findings.doubts:
        return none_left(findings)
    if uses or findings.lacks or findings.doubts:
        return findings.verdict(
            f"{subject.act}{len(uses)}件は、いずれも先に得た{findings.ground.words}によるものです"
        )
    rule = (
        "ことは例外なく禁じられています"
        if findings.ground.absolute
        else f"前に{findings.ground.words}が必要です"
    )
    return question.not_due(f"{none}{rule}。")


def _ended(view: ContractView, use: Use) -> bool:
    record = view.facts.get(DeviceUse, use.record.id)
    return record.ends_on is not None and record.ends_on < view.day


def _come_back(findings: Findings, uses: tuple[Use, ...]) -> None:
    """Add what was promised to be back by a day and is still away, and remark what came back after it.

    The end of an approval is told of where the use is held against it.
    """
    view = findings.question.view
    for use in uses:
        record = view.facts.get(DeviceUse, use.record.id)
        until = record.return_by
        if until is None or record.status != Status.ACTUAL or not until < use.until:
            continue
        what = f"{_number(view, record)}の{use.destination}での使用（使用開始{shown(use.since)}）"
        if record.ends_on is not None and record.ends_on <= view.day:
            text = f"{what}は、返却予定日（{shown(until)}）の後の{shown(use.until)}に終わりました。"
            findings.remarks.append(Remark(text, "device_use", record.id, until, use.until))
        else:
            text = f"{what}は、返却予定日（{shown(until)}）を過ぎても戻した記録がありません。"
            why = f"持ち出した機器は、返却予定日（{shown(until)}）までに元の場所へ戻す必要があります。"
            step = open_record(record)
            findings.lacks.append(
                Lack(text, why, "device_use", record.id, until, step, "使用の記録の返却予定日")
            )


def _carried_along(view: ContractView, uses: tuple[Use, ...]) -> Iterator[Lack]:
    """Devices that some event used in the client's building, and that nobody recorded as brought there."""
    brought = {thing for use in uses for thing in use.subjects}
    told = set()
    happened = chain.from_iterable(view.happened.values())
    with_device = [event for event in happened if event.device is not None and event.location is not None]
    for event, asset in view.in_time(with_device):
        place = view.facts.find(Location, event.location)
        device = view.facts.find(Device, event.device)
        if place is None or place.kind != LocationKind.CLIENT_PREMISES or device is None:
            continue
        if not at_own_client(view.facts, view.contract, place):
            continue
        if device.owner == Owner.LENT or ("device", device.id) in brought or device.id in told:
            continue
        told.add(device.id)
        text = (
            f"{device.control_number}は、{place.name}での{asset.number}の{event.kind}"
            f"（{shown(event.happened_at.date())}）に使われていますが、持ち込んだ記録がありません。"
        )
        yield Lack(text, "", "event", event.id, step=add("device_use", device=device.id, location=place.id))


def _carried_off(view: ContractView, uses: tuple[Use, ...]) -> Iterator[Lack]:
    """Devices that left with what they carried, and that nobody recorded as used elsewhere on that day."""
    for event, asset in view.events_of(EventKind.TAKEN_OUT):
        device, day = view.facts.find(Device, event.device), event.happened_at.date()
        if device is None:
            continue
        if not any(("device", device.id) in use.subjects and use.since <= day <= use.until for use in uses):
            text = (
                f"{device.control_number}は、{asset.number}の{event.kind}（{shown(day)}）に使われていますが、"
                "機器を持ち出した記録がありません。"
            )
            yield Lack(text, "", "event", event.id, step=add("device_use", device=device.id, starts_on=day))


def _number(view: ContractView, use: DeviceUse) -> str:
    device = view.facts.find(Device, use.device)
    return device.control_number if device else "機器"


def _nowhere(view: ContractView, use: DeviceUse) -> Lack:
    return Lack(
        f"{_number(view, use)}（使用開始{shown(use.starts_on)}）は設置・保管場所の記録がなく、"
        "移したかを示せません。",
        "",
        "device_use",
        use.id,
        step=open_record(use),
    )


def _uses(view: ContractView, moved: Moved) -> tuple[Use, ...]:
    """The uses of devices that are movements, planned ones included, by the day on which they start."""
    found = []
    for use in sorted(view.held(DeviceUse), key=lambda one: (one.starts_on, one.id)):
        place = view.facts.find(Location, use.location)
        if place is not None and moved(view, use, place):
            things = (("device", use.device, 1),)
            last = _last(view, use)
            found.append(
                Use(
                    use, use.starts_on, last, things, use.approval, use.person, place.name, True, goes_on=True
                )
            )
    return tuple(found)


def _last(view: ContractView, use: DeviceUse) -> date:
    """The last day of the use so far; the first while it has not begun."""
    return max(use.starts_on, min(use.ends_on or view.as_of, view.as_of))


def _away(view: ContractView, use: DeviceUse, place: Location) -> bool:
    """Neither at this client's nor at what was a place of work at any time of the use so far."""
    if at_own_client(view.facts, view.contract, place):
        return False
    return elsewhere(view.facts, view.contract, place) or not _worked_at(view, use)


def _worked_at(view: ContractView, use: DeviceUse) -> tuple[LocationUse, ...]:
    """The uses of the device's place, as a place of work, that touch the use of the device so far."""
    last = _last(view, use)
    return tuple(
        one
        for one in view.held(LocationUse)
        if one.location == use.location
        and one.starts_on <= last
        and (one.ends_on is None or use.starts_on <= one.ends_on)
    )


def _left_behind(view: ContractView, use: DeviceUse) -> Lack | None:
    """The place is given up, the device still stands there: it was moved, or the place is still in use."""
    worked = _worked_at(view, use)
    ended = max((one.ends_on or date.max for one in worked), default=date.max)
    place = view.facts.find(Location, use.location)
    if place is None or place.kind == LocationKind.OUTSIDE or ended >= _last(view, use):
        return None
    return Lack(
        f"{_number(view, use)}は、{shown(ended)}に作業場所としての使用を終えた{place.name}で"
        "使われたままになっています。",
        "",
        "device_use",
        use.id,
        step=open_record(use),
    )


def _brought_in(view: ContractView, use: DeviceUse, place: Location) -> bool:
    """At the client's, unless it is lent (貸与) by the client itself."""
    device = view.facts.find(Device, use.device)
    own = at_own_client(view.facts, view.contract, place)
    return own and (device is None or device.owner != Owner.LENT)


def _described(view: ContractView, use: Use) -> str:
    record = view.facts.get(DeviceUse, use.record.id)
    return f"{_number(view, record)}の{use.destination}での使用（使用開始{shown(use.since)}）"


def _taken_out(view: ContractView, basis: str) -> Matching:
    return match(view, TAKING_OUT.kinds, view.once(_uses, _away), basis)


def _carried_in(view: ContractView, basis: str) -> Matching:
    return match(view, BRINGING_IN.kinds, view.once(_uses, _brought_in), basis)


_STATED = {"目的": "purpose", "機器": "subjects", "対策": "protection"}
TAKING_OUT = Subject(
    "PC・媒体の持出し",
    (ApprovalKind.DEVICE_TAKE_OUT,),
    lambda view, basis: view.once(_taken_out, basis),
    _described,
    _STATED,
)
BRINGING_IN = Subject(
    "PC・媒体の持込み",
    (ApprovalKind.BRING_IN,),
    lambda view, basis: view.once(_carried_in, basis),
    _described,
    _STATED,
)

_ALL = (State.NOT_DUE, State.DUE, State.OVERDUE, State.WAITING, State.CONFIRM, State.SATISFIED)
TAKEOUT = evaluator("equipment-takeout", judge_takeout, *_ALL)
BRINGIN = evaluator("bringin-approval", judge_bringin, *_ALL)
