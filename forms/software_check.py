"""ソフトウェア点検記録: every machine used in a period, what each check of it found, and which had none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Block, Column, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Device, DeviceCheck, DeviceUse, Person, Statement
from app.records.device import DeviceKind
from app.records.kinds import OTHER
from app.records.spelling.collation import order
from app.records.status import Status
from forms.denied import INSPECTED
from forms.form import Form
from forms.layout.period import UNRECORDED, falls, touches
from forms.layout.registers import register_sheet
from forms.layout.sums import with_sum
from forms.parts.about import About
from forms.parts.cells import Cell, field
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import NONE, lines, or_none

_MACHINES = (DeviceKind.PC, DeviceKind.SERVER, DeviceKind.MOBILE)
_COUNTS = (
    Column("種別", 31),
    Column("使用した台数", 23, "right"),
    Column("点検した台数", 23, "right"),
    Column("点検の記録がない台数", 23, "right"),
)
_COLUMNS = (
    Column("№", 4, "center"),
    Column("管理番号\n種別", 11),
    Column("使用期間", 14),
    Column("点検日\n機会", 14),
    Column("更新\nプログラム", 10, "center"),
    Column("マルウェア\n対策の定義", 10, "center"),
    Column("禁止\nソフトウェア", 10, "center"),
    Column("見つかったもの・措置", 19),
    Column("点検者", 11),
)
_UNCHECKED = "この期間に点検の記録なし"
_LANES = 6
"""Texts that stand of each check, in the order of their columns."""


def _uses(case: Case, device: int) -> list[DeviceUse]:
    """The uses of a device for the contract that fall into the period; a plan is no use."""
    held = case.facts.of(DeviceUse, "device", device)
    found = (
        one
        for one in held
        if one.contract == case.contract.id
        and one.status == Status.ACTUAL
        and touches(case, one.starts_on, one.ends_on)
    )
    return sorted(found, key=lambda one: (one.starts_on, one.id))


def _checks(case: Case, device: Device) -> list[DeviceCheck]:
    held = (one for one in case.facts.of(DeviceCheck, "device", device.id) if falls(case, one.checked_on))
    return sorted(held, key=lambda one: (one.checked_on, one.id))


def _machines(case: Case) -> Iterator[Device]:
    """What was used in the period: every computer, and whatever else was looked at.

    A device of a kind in free words may be a computer: it is listed, so that nobody takes it for checked.
    """
    numbers = {one.device for one in case.facts.of(DeviceUse, "contract", case.contract.id)}
    devices = [one for number in numbers if (one := case.facts.find(Device, number))]
    for device in sorted(devices, key=lambda one: (order(one.control_number), one.id)):
        meant = device.kind in _MACHINES or device.kind.startswith(OTHER)
        if _uses(case, device.id) and (meant or _checks(case, device)):
            yield device


def _found(case: Case, check: DeviceCheck) -> tuple[str, ...]:
    """What stands of one check; what nobody looked at is said, never left blank."""
    looked = (
        case.facts.shown(check, name) or UNRECORDED for name in ("patches", "anti_malware", "forbidden")
    )
    medium = case.facts.find(Device, check.medium)
    occasion = check.occasion + (f"（{medium.control_number}）" if medium else "")
    person = case.facts.find(Person, check.checked_by)
    told = (lines(wareki(check.checked_on), occasion), *looked, or_none(lines(check.found, check.action)))
    return (*told, person.name if person else UNRECORDED)


def _printed(case: Case, check: DeviceCheck) -> list[str]:
    """The same, with when what was wrong had been mended by the day printed, or that it is not on record."""
    *told, action, who = _found(case, check)
    mended = check.mended_on if check.mended_on and check.mended_on <= case.day else None
    wrong = check.patches is False or check.anti_malware is False or check.forbidden is True
    done = f"是正した日　{wareki(mended)}" if mended else "是正の記録なし" if wrong else ""
    return [*told, lines("" if done and action == NONE else action, done), who]


def _told(case: Case, device: Device) -> str:
    checks = _checks(case, device)
    return "／".join("　".join(_flat(_found(case, one))) for one in checks) or _UNCHECKED


def _flat(texts: tuple[str, ...]) -> Iterator[str]:
    return (" ".join(text.split("\n")) for text in texts if text != NONE)


def _facts(paper: Paper[Device]) -> dict[str, Any]:
    case, machines = paper.case, paper.things
    checks = {device.id: _checks(case, device) for device in machines}
    return {
        "counts": _counts(machines, checks),
        "unchecked": [one.control_number for one in machines if not checks[one.id]],
        "rows": [
            [
                lines(device.control_number, device.kind),
                lines(*(_span(one) for one in _uses(case, device.id))),
                [_printed(case, one) for one in checks[device.id]],
            ]
            for device in machines
        ],
    }


def _span(use: DeviceUse) -> str:
    return lines(f"{wareki(use.starts_on)}から", f"{wareki(use.ends_on)}まで" if use.ends_on else "")


def _counts(machines: tuple[Device, ...], checks: Mapping[int, list[DeviceCheck]]) -> list[list[str]]:
    kinds: dict[str, list[int]] = {}
    for device in machines:
        row = kinds.setdefault(device.kind, [0, 0, 0])
        for at, counts in enumerate((True, bool(checks[device.id]), not checks[device.id])):
            row[at] += counts
    return with_sum([[kind, *numbers] for kind, numbers in kinds.items()])


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """The numbers, what was not looked at, then machine by machine with a line for each check."""
    held = statement.facts
    unchecked = "、".join(held["unchecked"])
    said = f"この期間に点検の記録がないもの：{unchecked or 'なし'}"
    rows = []
    for at, (device, used, checks) in enumerate(held["rows"], 1):
        lanes = tuple(tuple(one[lane] for one in checks) for lane in range(_LANES))
        empty = (_UNCHECKED, *[NONE] * (_LANES - 1))
        rows.append((str(at), device, used, *(lanes if checks else empty)))
    blocks: tuple[Block, ...] = (
        Table(_COUNTS, tuple(tuple(row) for row in held["counts"]), size=9),
        Text(said, size=9.5, before=3, after=5),
        Table(_COLUMNS, tuple(rows), size=8),
    )
    return (register_sheet(statement, FORM.title, blocks, landscape=True),)


def _nothing(paper: Paper[Device]) -> Iterator[tuple[int, str]]:
    """Where nothing was looked at there is no record to print."""
    if paper.things and not any(_checks(paper.case, device) for device in paper.things):
        yield (
            0,
            "対象期間に、この契約で使用した機器のソフトウェア点検の記録がありません。点検を登録してください。",
        )


FORM = Form(
    id="software-check",
    title="ソフトウェア点検記録",
    proves=(Whole("software-hygiene"),),
    about=About(
        Device,
        _machines,
        adds=DeviceUse,
        empty="対象期間に、この契約で使用した機器の記録がありません。契約のPC・媒体を登録してください。",
        past=True,
    ),
    entry=(field(Device, "control_number"), field(Device, "kind"), Cell("点検", _told)),
    needs=(Asked(DeviceCheck, "", _nothing), INSPECTED),
    facts=_facts,
    draw=draw,
    periodic=True,
)
