"""One event entered twice: a plan that writes what stands in the ledger already is refused, naming it.

A command that is run again, or a page that is filled in again because nobody remembers, would make two
accidents, two audits or two checks of one; each of them would be owed to the client by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from app.records import Asset, Audit, Event, Facts, Incident, Person, Record
from app.records.days import wareki, wareki_moment
from app.records.kinds import Ref
from app.records.ordering import number_of
from app.work.acts.plan import PROVISIONAL, Misfit, Write

_NOT_EVENTS = (Asset, Person)
"""Things and people: two of them may be alike in everything that the ledger keeps."""


def told_twice(facts: Facts, writes: Iterable[Write]) -> Iterator[str]:
    """Why the new records of ``writes`` are no new events, each with the record that stands."""
    held = tuple(writes)
    yield from _received_twice(facts, held)
    for one in held:
        record = one.record
        if one.before is not None or one.gone or isinstance(record, _NOT_EVENTS):
            continue
        said = _SAID.get(type(record), _said_again)(facts, record)
        if said:
            yield said


def _received_twice(facts: Facts, writes: tuple[Write, ...]) -> Iterator[str]:
    """The same thing that came at the same moment in the same quantity: one receipt typed again.

    Things may be alike for ever, and come again tomorrow: only the moment tells.
    """
    made = {
        one.record.id: one.record for one in writes if one.before is None and isinstance(one.record, Asset)
    }
    for one in writes:
        event = one.record
        asset = made.get(event.asset) if isinstance(event, Event) else None
        if not isinstance(event, Event) or asset is None:
            continue
        for other in facts.of(Asset, "contract", asset.contract):
            if other.item == asset.item and _alike(other, asset) and _came(facts, other, event):
                said = (
                    f"{other.number}（{other.item}）が、同じ日時（{wareki_moment(event.happened_at)}）の"
                    f"{event.kind}として登録されています。別のもののときは、時刻か封印番号・製造番号等の"
                    "違いを入力してください。"
                )
                yield Misfit.at(f"{one.row}.item", said) if one.row else said
                break


def _alike(one: Asset, other: Asset) -> bool:
    names = (field.name for field in Asset.spec.fields if field.name != Asset.spec.number_field)
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _came(facts: Facts, asset: Asset, event: Event) -> bool:
    return any(
        (one.kind, one.happened_at, one.quantity) == (event.kind, event.happened_at, event.quantity)
        for one in facts.of(Event, "asset", asset.id)
    )


def _incident(facts: Facts, record: Record) -> str:
    """The same thing, or the same words, at the same moment: one accident, whatever it is called."""
    assert isinstance(record, Incident)  # noqa: S101  # asked of its own type
    things = _things(record)
    for one in facts.of(Incident, "contract", record.contract):
        same = bool(things & _things(one)) or (
            (one.kinds, one.circumstances) == (record.kinds, record.circumstances) and not things
        )
        if same and one.found_at == record.found_at:
            return (
                f"同じものの事故が、同じ日時（{wareki_moment(one.found_at)}）の{one.number}として"
                f"{facts.key_of('contract', one.contract)}に登録されています。"
                f"{one.number}を開いて直してください。別の事故のときは、気づいた日時の違いを時刻まで入力してください。"
            )
    return ""


def _things(incident: Incident) -> set[tuple[str, int]]:
    devices = {("device", row.device) for row in incident.assets if row.device is not None}
    return devices | {("asset", row.asset) for row in incident.assets if row.asset is not None}


def _audit(facts: Facts, record: Record) -> str:
    assert isinstance(record, Audit)  # noqa: S101  # asked of its own type
    for one in facts.of(Audit, "contract", record.contract):
        said = (one.kind, one.announced_on, one.planned_on, one.location)
        if said == (record.kind, record.announced_on, record.planned_on, record.location):
            heard = f"{wareki(one.announced_on)}に通知を受けた" if one.announced_on else ""
            contract = facts.key_of("contract", one.contract)
            return (
                f"{heard}同じ{one.kind}が、{one.number}として{contract}に登録されています。"
                f"{one.number}を開いて直してください。"
                "別の監査・調査のときは、実施の予定日か実施する作業場所の違いを入力してください。"
            )
    return ""


def _said_again(facts: Facts, record: Record) -> str:
    """A record that says the same in every field but its number."""
    spec = record.spec
    names = [one.name for one in spec.fields if one.name != spec.number_field]
    said = [getattr(record, name) for name in names]
    for one in _near(facts, record):
        if all(getattr(one, name) == value for name, value in zip(names, said, strict=True)):
            number = number_of(one)
            named = f"「{number or facts.title(one).strip()}」"
            return (
                f"同じ内容の{spec.label}{named}が登録されています。直すときは、それを開いてください。"
                "別のもののときは、日時や内容の違いが分かるように入力してください。"
            )
    return ""


def _near(facts: Facts, record: Record) -> Iterable[Record]:
    """The records that name the same thing in the first field that names one."""
    for field in record.spec.fields:
        named: Any = getattr(record, field.name)
        if isinstance(field.kind, Ref) and isinstance(named, int):
            return () if named >= PROVISIONAL else facts.of(type(record), field.name, named)
    return facts.all(type(record))


_SAID: Mapping[type[Record], Callable[[Facts, Record], str]] = MappingProxyType(
    {Incident: _incident, Audit: _audit}
)
