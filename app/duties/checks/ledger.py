"""Cross-checks of what no contract owns: the same thing entered twice, the vendor, and the clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import TypeVar

from app.duties.checks.check import Found, LedgerCheck, found
from app.duties.finding import Severity
from app.duties.verdict import shown
from app.records import SPECS, Device, Facts, Person, Record
from app.records.ordering import same_key
from app.records.spelling.fold import alike, squeezed
from app.records.spelling.unseen import cleaned
from app.records.table import Table
from app.records.tidiness import doubtful, is_untidy, untidy

R = TypeVar("R", bound=Record)
_WRITTEN = attrgetter("recorded_at")
_LATEST = 2_000
"""So many of the last of each type are looked at for the clock; all would be felt after each change."""


def _twice(records: Iterable[tuple[Hashable, R]]) -> tuple[tuple[R, ...], ...]:
    groups: dict[Hashable, list[R]] = defaultdict(list)
    for key, record in records:
        groups[key].append(record)
    return tuple(tuple(held) for held in groups.values() if len(held) > 1)


def _same_key(facts: Facts, _today: date | None) -> Iterator[Found]:
    """What an older program let in beside each other: the same number or name in another spelling."""
    for spec in SPECS.values():
        if not spec.key:
            continue
        for key, held in facts.several(spec.cls, _keys).items():
            if key:
                names = "、".join(f"「{facts.key(one)}」" for one in held)
                text = (
                    f"{spec.label}{names}は、書き方が違うだけの同じ番号・名称なので、同じものであれば一方を取り消し、"
                    "別のものであれば一方を改めてください。"
                )
                yield found(text, held[-1])


def _keys(record: Record) -> tuple[str, ...]:
    return (same_key(record),)


def _untidy(facts: Facts, _today: date | None) -> Iterator[Found]:
    for spec in SPECS.values():
        for record in facts.signed(spec.cls, is_untidy, doubtful).get(True, ()):
            first, *more = untidy(record)
            title = cleaned(facts.title(record)).text
            rest = f"（ほか{len(more)}か所）" if more else ""
            text = f"{spec.label}「{title}」の{first.told('開いて').removesuffix('。')}{rest}。"
            yield found(text, record)


def _same_serial(facts: Facts, _today: date | None) -> Iterator[Found]:
    for held in facts.once(Device, _serials_twice):
        numbers = "、".join(one.control_number for one in held)
        yield found(f"{numbers}の製造番号（{held[-1].serial}）が同じです。", held[-1])


def _serials_twice(devices: Table[Device]) -> tuple[tuple[Device, ...], ...]:
    named = ((alike(one.serial), one) for one in devices.values())
    return _twice((serial, one) for serial, one in named if serial)


def _same_person(facts: Facts, _today: date | None) -> Iterator[Found]:
    """The same name read the same way; people who only share the characters are not meant."""
    for held in facts.once(Person, _people_twice):
        numbers = "、".join(one.employee_number for one in held)
        text = f"{held[-1].name}（{held[-1].kana}）が、{numbers}として{len(held)}人登録されています。"
        yield found(text, held[-1])


def _people_twice(people: Table[Person]) -> tuple[tuple[Person, ...], ...]:
    held = people.values()
    named = (((squeezed(one.name), squeezed(one.kana)), one) for one in held if one.left_on is None)
    return _twice((name, one) for name, one in named if name[1])


def _no_vendor(facts: Facts, _today: date | None) -> Iterator[Found]:
    vendor = facts.vendor
    if vendor is not None and not (vendor.telephone and vendor.contact_person):
        yield found("自社の担当者又は電話番号が登録されていないため、書類に連絡先を印字できません。", vendor)


def _clock(facts: Facts, today: date | None) -> Iterator[Found]:
    """The clock stands before what is already written: every deadline would be reckoned wrong."""
    if today is None:
        return
    for spec in SPECS.values():
        last = facts.once(spec.cls, _newest)
        if last is not None and last.recorded_at is not None and last.recorded_at.date() > today:
            written = f"{spec.label}、{shown(last.recorded_at.date())}"
            text = f"この PC の日付（{shown(today)}）が記録（{written}）より前になっています。"
            yield found(text, last)
            return


def _newest(records: Table[Record]) -> Record | None:
    last = islice(reversed(records.values()), _LATEST)
    written = [record for record in last if record.recorded_at is not None]
    return max(reversed(written), key=_WRITTEN, default=None)


LEDGER_CHECKS = (
    LedgerCheck("key-twice", "同じ番号・名称", Severity.WARNING, _same_key),
    LedgerCheck("serial-twice", "重複した製造番号", Severity.WARNING, _same_serial),
    LedgerCheck("person-twice", "重複した要員", Severity.REMARK, _same_person),
    LedgerCheck("untidy-text", "整っていない値", Severity.REMARK, _untidy),
    LedgerCheck("vendor-contact", "自社の連絡先", Severity.REMARK, _no_vendor),
    LedgerCheck("clock-set-back", "記録より前の日付", Severity.WARNING, _clock, clocked=True),
)
