"""What PCs told of themselves as an import: a plan over the ledger's PC・媒体, written whole or not at all.

A PC is known by its serial number alone. What was typed by hand and is only named otherwise stays; what it
did not tell changes nothing. What changed holds from the day on which it was read: nobody knows since when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from app.exchange.coming_in import importing
from app.exchange.coming_in.days import FIELD as SINCE
from app.exchange.coming_in.planner import ImportPlan, ImportProblem, Outcome, PlannedRow
from app.exchange.json_text import shown
from app.exchange.machine.machine import UNTOLD, Machine
from app.records import Device, Facts
from app.records.days import wareki
from app.records.device import DeviceKind
from app.records.spelling.codes import code
from app.records.spelling.fold import alike

_COUNTED = "台目"
_BY_HAND = ("maker", "model", "capacity")
_NO_PC = "登録済みのどのPC・媒体か分かりません。管理番号を指定してください（--number）。"


@dataclass(frozen=True, slots=True)
class Said:
    """What no PC tells and only a person can say of it: whose it is, and which control number it has."""

    owner: str = ""
    number: str = ""


_BLANK = Said()
_NOTHING: Mapping[int, Said] = MappingProxyType({})


def plan(
    facts: Facts,
    machines: Sequence[Machine],
    *,
    owner: str = "",
    number: str = "",
    said: Mapping[int, Said] = _NOTHING,
    today: date | None = None,
) -> ImportPlan:
    """Hold the PCs against the ledger; writes nothing.

    ``owner``: 所有 of those that are new, which no PC tells. ``number``: the control number of the only one.
    ``said``: the same of single PCs, by their place counted from 1; it goes before ``owner``.
    """
    planner = _Planner(facts, owner, {1: Said(owner, number), **said} if len(machines) == 1 else said, today)
    entries = [planner.entry(at, machine) for at, machine in enumerate(machines, 1)]
    held = importing.plan(facts, Device.spec, entries, update=True, today=today, counted=_COUNTED)
    wrong = {problem.row for problem in planner.problems}
    # A row that is asked about is no new device, however complete it is.
    rows = tuple(PlannedRow(row.row, Outcome.ERROR) if row.row in wrong else row for row in held.rows)
    kept = tuple(problem for problem in held.problems if problem.row not in wrong)
    problems = tuple(sorted((*planner.problems, *kept), key=lambda problem: problem.row))
    return replace(held, rows=rows, problems=problems, notes=(*held.notes, *_untold(machines)))


def _untold(machines: Sequence[Machine]) -> list[str]:
    lacking = [one for one in machines if one.untold]
    found = [f"{one.called}：{'、'.join(one.untold)}は、{UNTOLD}。" for one in lacking]
    return [*found, *(f"{one.called}：{remark}" for one in machines for remark in one.remarks)]


class _Planner:
    def __init__(self, facts: Facts, owner: str, said: Mapping[int, Said], today: date | None) -> None:
        self._owner, self._said, self._today = owner, said, today
        self.problems: list[ImportProblem] = []
        self._by_number = {alike(facts.key(one)): one for one in facts.all(Device)}
        self._by_serial: dict[str, list[Device]] = {}
        self._seen: dict[str, int] = {}
        for device in facts.all(Device):
            if device.serial:
                self._by_serial.setdefault(alike(code(device.serial)), []).append(device)

    def entry(self, at: int, machine: Machine) -> dict[str, Any]:
        """What a file of records would say of the PC."""
        held = self._held(at, machine)
        if self._today is not None and machine.on > self._today:
            # What changed would hold only from then on, and the ledger would say what nobody has seen.
            self._wrong(
                at,
                f"{shown(machine.called)}を読み取った日（{wareki(machine.on)}）がきょうより後です。"
                "PCの日付を確かめ、PCの情報を書き出し直してください。",
            )
        told: dict[str, Any] = {
            "maker": machine.maker,
            "model": machine.model,
            "serial": machine.serial,
            "os": machine.os,
            "capacity": machine.capacity,
            "anti_malware": machine.anti_malware,
        }
        entry = {name: text for name, text in told.items() if text}
        entry |= _storages(machine, held)
        if held is None:
            kind = DeviceKind.SERVER if machine.server else DeviceKind.PC
            note = {"note": f"コンピュータ名：{machine.name}"} if machine.name else {}
            said = self._said.get(at, _BLANK)
            numbered = {"control_number": said.number} if said.number else {}
            return {"kind": str(kind), "owner": said.owner or self._owner, **numbered, **note, **entry}
        stays = {name for name in _BY_HAND if getattr(held, name)}
        if alike(code(machine.serial)) == alike(code(held.serial)):
            stays.add("serial")
        entry = {name: value for name, value in entry.items() if name not in stays}
        return {"control_number": held.control_number, SINCE: machine.on.isoformat(), **entry}

    def _held(self, at: int, machine: Machine) -> Device | None:
        number = self._said.get(at, _BLANK).number
        if number and (held := self._by_number.get(alike(number))):
            if machine.serial and held.serial and alike(code(machine.serial)) != alike(code(held.serial)):
                self._wrong(
                    at,
                    f"管理番号「{shown(number)}」の製造番号は「{shown(held.serial)}」で、"
                    f"このPCの「{shown(machine.serial)}」と違います。管理番号を確かめてください。",
                )
            return held
        if not machine.serial:
            if not number:
                self._wrong(at, f"{shown(machine.called)}の製造番号を確認できなかったため、{_NO_PC}")
            return None
        key = alike(code(machine.serial))
        if (first := self._seen.setdefault(key, at)) != at:
            same = f"{first}{_COUNTED}と同じ製造番号「{shown(machine.serial)}」です。"
            self._wrong(at, f"{same}どちらかのファイルを除いてください。")
            return None
        found = self._by_serial.get(key, [])
        if len(found) > 1:
            self._wrong(
                at,
                f"製造番号「{shown(machine.serial)}」のPC・媒体が{len(found)}件登録されています。"
                "登録を確かめてください。",
            )
            return None
        return found[0] if found else None

    def _wrong(self, at: int, sentence: str) -> None:
        self.problems.append(ImportProblem(at, "", sentence))


def _storages(machine: Machine, held: Device | None) -> dict[str, Any]:
    """The storage units, if the PC told of each of them how it is encrypted.

    With one left out the device would seem to hold nothing but what is encrypted. Units that were entered by
    hand and are encrypted alike stay as they are called.
    """
    told = [disk for disk in machine.disks if disk.encryption is not None]
    if not told or len(told) != len(machine.disks):
        return {}
    there = {one.encryption for one in held.storages} if held is not None else set()
    if there == {str(disk.encryption) for disk in told}:
        return {}
    rows = [
        {"name": disk.name, "encryption": str(disk.encryption), "tool": disk.tool, "method": disk.method}
        for disk in told
    ]
    return {"storages": rows}
