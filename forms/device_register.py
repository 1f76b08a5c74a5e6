"""PC・電子媒体管理台帳: every machine and medium of a contract, protected how, with whom and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Column, Sheet, Table
from app.printing.type.wareki import wareki
from app.records import Device, DeviceUse, Disposal, Statement
from forms.changing.ahead import AHEAD, ahead_blocks
from forms.denied import USED
from forms.form import Form
from forms.layout.devices import (
    ANTI_MALWARE,
    CONTROL,
    ENDS,
    KEEPER,
    KIND,
    MODEL,
    OS,
    OWNER,
    PLACE,
    SERIAL,
    STARTS,
    STORAGES,
    device_of,
    electronic,
    expected,
    in_use,
    machine,
    rank,
)
from forms.parts.about import About
from forms.parts.cells import Cell, register
from forms.parts.disposed import number_of
from forms.parts.lasting import planned
from forms.parts.letter import annex_sheet, letter_sheet, under
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.texts import lines, on_one_line, or_none

_COUNTS = (
    Column("種別", 31),
    Column("使用中（台・個）", 23, "right"),
    Column("使用予定（台・個）", 23, "right"),
    Column("使用終了（台・個）", 23, "right"),
)


def _disposals(case: Case, use: DeviceUse) -> str:
    """The disposals that finished the device by the day printed: their numbers in the ledger and days."""
    found = (
        lines(number_of(disposal), wareki(disposal.done_on))
        for disposal in case.facts.of(Disposal, "contract", case.contract.id)
        if disposal.done_on <= case.day
        and any(line.device == use.device and disposal.ended(line) for line in disposal.lines)
    )
    return or_none(lines(*found))


_DISPOSED = Cell("廃棄番号", _disposals)
_ENTRY = (
    CONTROL,
    KIND,
    MODEL,
    SERIAL,
    OS,
    STORAGES,
    ANTI_MALWARE,
    OWNER,
    KEEPER,
    PLACE,
    STARTS,
    ENDS,
    _DISPOSED,
)
_COLUMNS = (
    (CONTROL, KIND),
    (MODEL, SERIAL),
    (OS, ANTI_MALWARE),
    (STORAGES,),
    (KEEPER, PLACE),
    (OWNER, _DISPOSED),
    (STARTS, ENDS),
)


def _uses(case: Case) -> Iterator[DeviceUse]:
    """Every use of a device for the contract, ended ones included: a register says what became of them."""
    held = case.facts.of(DeviceUse, "contract", case.contract.id)
    return iter(sorted(held, key=lambda use: rank(case, use)))


def _facts(paper: Paper[DeviceUse]) -> dict[str, Any]:
    rows = [_printed(paper.case, use, entry) for use, entry in zip(paper.things, paper.entries, strict=True)]
    return {
        "rows": rows,
        "counts": _counts(paper.case, paper.things),
        "enclosures": [f"別紙　{FORM.title}"],
    }


def _printed(case: Case, use: DeviceUse, entry: Mapping[str, str]) -> dict[str, str]:
    """A line as it is printed: with the capacity, and what is still to come marked as such."""
    start = "（予定）" if expected(case, use) else ""
    capacity = device_of(case, use).capacity
    return {
        **entry,
        MODEL.label: on_one_line(entry[MODEL.label]),
        SERIAL.label: entry[SERIAL.label] + (f"（容量　{capacity}）" if capacity else ""),
        STARTS.label: entry[STARTS.label] + start,
        ENDS.label: entry[ENDS.label] + planned(use.ends_on, case.day),
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A letter with the numbers, then the register across."""
    held = statement.facts
    sentence = f"{under(statement)}下記の契約の業務に使用するPC及び電子媒体を、別紙のとおり管理しています。"
    if AHEAD in held:
        sentence += "今後の変更の予定は、別紙の末尾のとおりです。"
    counts = Table(_COUNTS, tuple(tuple(row) for row in held["counts"]))
    letter = letter_sheet(statement, FORM.title, sentence, (("PC及び電子媒体の数", (counts,)),))
    return letter, annex_sheet(statement, FORM.title, (register(_COLUMNS, held["rows"]), *ahead_blocks(held)))


def _counts(case: Case, uses: tuple[DeviceUse, ...]) -> list[list[str]]:
    """How many devices of each kind are in use, planned, and no longer used; and the sum.

    What moves or changes hands later is in use until then: a device counts once, as what it is on the day.
    """
    states: dict[int, int] = {}
    for use in uses:
        state = 2 if not in_use(case, use) else 1 if expected(case, use) else 0
        states[use.device] = min(state, states.get(use.device, state))
    kinds: dict[str, list[int]] = {}
    for number, state in states.items():
        kinds.setdefault(case.facts.get(Device, number).kind, [0, 0, 0])[state] += 1
    sums = [sum(row[state] for row in kinds.values()) for state in range(3)]
    return [[kind, *(f"{n}" for n in row)] for kind, row in [*kinds.items(), ("計", sums)]]


FORM = Form(
    id="device-register",
    title="PC・電子媒体管理台帳",
    proves=(
        Whole("equipment-register", words=("台帳",)),
        Whole("encryption"),
        Whole("private-device-ban"),
    ),
    about=About(DeviceUse, _uses, formerly="device"),
    entry=_ENTRY,
    foretells=(OS, STORAGES, ANTI_MALWARE, KEEPER),
    needs=(
        need(DeviceUse, "device.storages", electronic),
        need(DeviceUse, "device.maker", machine),
        need(DeviceUse, "device.model", machine),
        *USED,
    ),
    facts=_facts,
    draw=draw,
)
