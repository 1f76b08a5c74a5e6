"""What the door refuses where one record rests on another: its approval, its contract, its beginning."""

from __future__ import annotations

from collections.abc import Iterator

from app.records import (
    Approval,
    Asset,
    Audit,
    DeviceUse,
    Disposal,
    Event,
    Facts,
    Improvement,
    Incident,
    Instruction,
    Record,
    Subcontract,
)

Found = Iterator[tuple[str, str]]
Resting = Event | DeviceUse | Disposal | Subcontract
_RESTING: tuple[type[Resting], ...] = (Event, DeviceUse, Disposal, Subcontract)


def across(after: Facts, record: Record) -> Found:
    """What a record rests on and belongs to another contract, or what of another contract rests on it."""
    match record:
        case Event() | Disposal():
            yield from approval_elsewhere(after, record)
        case DeviceUse():
            yield from approval_elsewhere(after, record)
            yield from back_before_out(after, record)
        case Subcontract():
            yield from approval_elsewhere(after, record)
            yield from parent_elsewhere(after, record)
        case Approval():
            yield from moved_away(after, record)
        case Improvement():
            yield from source_elsewhere(after, record)


def approval_elsewhere(after: Facts, record: Resting) -> Found:
    """An approval of another contract: the client of this one never gave it."""
    approval = after.find(Approval, record.approval)
    if approval is not None and approval.contract != _contract(after, record):
        yield "approval", f"{approval.number}は別の契約の承諾です。この契約の承諾を選んでください。"


def back_before_out(after: Facts, use: DeviceUse) -> Found:
    """A machine that was to be back before it went; not where the use goes on that had been to end.

    Whoever is handed a machine that is late has it from then on, and the day on which it was due stays.
    """
    if use.return_by is None or use.starts_on <= use.return_by:
        return
    earlier = (
        one
        for one in after.of(DeviceUse, "device", use.device)
        if one.starts_on <= use.return_by and one.location == use.location
    )
    if not any(earlier):
        yield "return_by", "返却予定日が、使用開始日より前になっています。"


def moved_away(after: Facts, approval: Approval) -> Found:
    """An approval cannot go to another contract while records of this one rest on it."""
    for cls in _RESTING:
        for record in after.of(cls, "approval", approval.id):
            if _contract(after, record) != approval.contract:
                yield (
                    "contract",
                    f"{approval.number}に基づく{record.spec.label}「{after.title(record)}」が別の契約にあります。"
                    "承諾の契約を元に戻すか、先にその記録の承諾を選び直してください。",
                )
                return


def source_elsewhere(after: Facts, record: Improvement) -> Found:
    """What an improvement answers, if its contract is known, is of that contract."""
    if record.contract is None:
        return
    sources: tuple[tuple[str, Audit | Incident | Instruction | None], ...] = (
        ("audit", after.find(Audit, record.audit)),
        ("incident", after.find(Incident, record.incident)),
        ("instruction", after.find(Instruction, record.instruction)),
    )
    for path, source in sources:
        if source is not None and source.contract != record.contract:
            yield path, f"選んだ{source.spec.label}は別の契約のものです。この契約のものを選んでください。"


def parent_elsewhere(after: Facts, record: Subcontract) -> Found:
    """The tier above belongs to the same contract, and no delegation stands above itself."""
    seen = {record.id}
    above = after.find(Subcontract, record.parent)
    while above is not None:
        if above.contract != record.contract:
            yield "parent", "上位の再委託は別の契約のものです。この契約のものを選んでください。"
            return
        if above.id in seen:
            yield "parent", "上位の再委託をたどると自身に戻ります。上位の再委託を選び直してください。"
            return
        seen.add(above.id)
        above = after.find(Subcontract, above.parent)


def _contract(after: Facts, record: Resting) -> int:
    """The contract of what rests on an approval; 0 where its asset is gone."""
    if isinstance(record, Event):
        asset = after.find(Asset, record.asset)
        return asset.contract if asset else 0
    return record.contract
