"""Who uses the machines of a register, where and since when: their use for a contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.exchange.coming_in import importing
from app.exchange.coming_in.planner import ImportPlan, Outcome, provisional
from app.exchange.tables.beside.beside import Beside, ask, constants, moved, told
from app.exchange.tables.beside.words import SAYING, USE, path_of
from app.exchange.tables.line import Line
from app.records import SPECS, Device, DeviceUse, Facts
from app.records.days import wareki


class Uses:
    """The uses that the lines of one register tell of."""

    def __init__(self, facts: Facts, lines: Sequence[Line], said: Mapping[str, Any]) -> None:
        self._facts = facts
        self._lines = {line.row: line for line in lines}
        self._constants = constants(said, USE)
        self._entries: dict[int, dict[str, Any]] = {}
        for line in lines:
            entry = moved(line, USE)
            if any(entry.get(name) for name in SAYING):
                self._entries[line.row] = {**self._constants, **entry}
            elif entry:
                ask(
                    line,
                    path_of(USE, next(iter(entry))),
                    "使用の日付がありますが、使用者も設置場所もありません。",
                    "使用者か設置場所を書くか、日付を消してください。",
                )

    def planned(self, main: ImportPlan, mapped: Mapping[str, str], today: date | None) -> Beside | None:
        """The plan for the uses; what is to be asked is added to the lines. None where there are none."""
        machines = {row.row: row for row in main.rows if row.row in self._entries}
        known = [
            # A row that is wrong itself is mended first; its use is looked at all the same.
            (
                "device",
                _called(number),
                row.record.id if row.record and row.record.id else provisional(number),
            )
            for number, row in machines.items()
        ]
        rows = sorted(self._entries)
        plan = importing.plan(
            self._facts,
            SPECS[USE],
            [{**self._entries[row], "device": _called(row)} for row in rows],
            update=True,
            today=today,
            numbers=rows,
            counted=main.counted,
            named=known,
        )
        told(plan, self._lines, mapped)
        for row in plan.rows:
            if isinstance(row.record, DeviceUse):
                self._look(self._lines[row.row], row.record, new=row.outcome is Outcome.NEW)
        return Beside(plan, {row: self._shown(row) for row in rows}) if rows else None

    def _shown(self, row: int) -> Mapping[str, Any]:
        number = self._lines[row].entry.get("control_number", "")
        return {"device": number, **self._entries[row]}

    def _look(self, line: Line, use: DeviceUse, *, new: bool) -> None:
        if "retired_on" in line.entry and use.ends_on is None:
            ask(
                line,
                path_of(USE, "ends_on"),
                "使用を終えた機器ですが、使用者の使用終了日がありません。",
                "使用終了日の列を加えるか、使用者と設置場所を空欄にしてください。",
            )
        held = self._standing(use) if new else None
        if held is not None:
            ask(
                line,
                path_of(USE, "person"),
                f"この機器は、この契約で{wareki(held.starts_on)}から使用中です。",
                "使用者や場所が変わったときは、取り込まずに「移動」で登録してください。",
            )

    def _standing(self, use: DeviceUse) -> DeviceUse | None:
        """A use of the same machine for the same contract in the same time, which says something else."""
        if self._facts.find(Device, use.device) is None:
            return None
        for held in self._facts.of(DeviceUse, "device", use.device):
            before = held.ends_on is not None and held.ends_on < use.starts_on
            behind = use.ends_on is not None and use.ends_on < held.starts_on
            if held.contract == use.contract and not before and not behind:
                return held
        return None


def _called(row: int) -> str:
    """The machine of a row, whether it has a number yet or not."""
    return f"{row}行目の機器"
