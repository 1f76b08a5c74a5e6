"""PC・電子媒体管理台帳: every machine and medium of a contract, protected how, with whom and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Column, Sheet, Table
from app.printing.type.wareki import wareki
from app.records import Device, DeviceUse, Disposal, Statement
from app.records.device import DeviceKind, Storage
from app.records.spelling.collation import order
from app.records.status import Status
from forms.denied import USED
from forms.form import Form
from forms.parts.about import About
from forms.parts.cells import Cell, field, register
from forms.parts.disposed import number_of
from forms.parts.lasting import lasts, planned
from forms.parts.letter import annex_sheet, letter_sheet, under
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.texts import lines, on_one_line, or_none, unique

_COUNTS = (
    Column("種別", 31),
    Column("使用中（台・個）", 23, "right"),
    Column("使用予定（台・個）", 23, "right"),
    Column("使用終了（台・個）", 23, "right"),
)
_ORDER: Mapping[str, int] = {kind: number for number, kind in enumerate(DeviceKind)}


def _device(case: Case, use: DeviceUse) -> Device:
    return case.facts.get(Device, use.device)


def _lasts(case: Case, use: DeviceUse) -> bool:
    """What is no longer used may keep its gaps: nobody can fill them any more."""
    return lasts(use, case.day)


def _electronic(case: Case, use: DeviceUse) -> bool:
    return _lasts(case, use) and _device(case, use).kind != DeviceKind.PAPER_BOX


def _machine(case: Case, use: DeviceUse) -> bool:
    return _lasts(case, use) and _device(case, use).kind in (DeviceKind.PC, DeviceKind.SERVER)


def _model(case: Case, use: DeviceUse) -> str:
    return or_none(lines(_device(case, use).maker, _device(case, use).model))


def _storages(case: Case, use: DeviceUse) -> str:
    return or_none(lines(*map(_protection, _device(case, use).storages)))


def _protection(storage: Storage) -> str:
    how = "、".join(unique((storage.tool, storage.method)))
    return f"{storage.name}：{storage.encryption}" + (f"（{how}）" if how else "")


def _disposals(case: Case, use: DeviceUse) -> str:
    """The disposals that finished the device by the day printed: their numbers in the ledger and days."""
    found = (
        lines(number_of(disposal), wareki(disposal.done_on))
        for disposal in case.facts.of(Disposal, "contract", case.contract.id)
        if disposal.done_on <= case.day
        and any(line.device == use.device and disposal.ended(line) for line in disposal.lines)
    )
    return or_none(lines(*found))


_CONTROL = field(DeviceUse, "device.control_number", 8, fit=True)
_KIND = field(DeviceUse, "device.kind")
_MODEL = Cell("メーカー・型番", _model, 22)
_SERIAL = field(DeviceUse, "device.serial", needed=_electronic)
_OS = field(DeviceUse, "device.os", 13, needed=_machine)
_STORAGES = Cell("記憶装置の暗号化", _storages, 16)
_ANTI_MALWARE = field(DeviceUse, "device.anti_malware", label="マルウェア対策", needed=_machine)
_OWNER = field(DeviceUse, "device.owner", 9, "center")
_KEEPER = field(DeviceUse, "person.name", 14, fit=True, label="管理者", needed=_lasts)
_PLACE = field(DeviceUse, "location.name", label="設置・保管場所", needed=_lasts)
_STARTS = field(DeviceUse, "starts_on", 12, "center", fit=True)
_ENDS = field(DeviceUse, "ends_on")
_DISPOSED = Cell("廃棄番号", _disposals)
_ENTRY = (
    _CONTROL,
    _KIND,
    _MODEL,
    _SERIAL,
    _OS,
    _STORAGES,
    _ANTI_MALWARE,
    _OWNER,
    _KEEPER,
    _PLACE,
    _STARTS,
    _ENDS,
    _DISPOSED,
)
_COLUMNS = (
    (_CONTROL, _KIND),
    (_MODEL, _SERIAL),
    (_OS, _ANTI_MALWARE),
    (_STORAGES,),
    (_KEEPER, _PLACE),
    (_OWNER, _DISPOSED),
    (_STARTS, _ENDS),
)


def _uses(case: Case) -> Iterator[DeviceUse]:
    """Every use of a device for the contract, ended ones included: a register says what became of them.

    Machines first, in the order of the list of kinds; then by control number and day.
    """

    def rank(use: DeviceUse) -> tuple[int, str, date, int]:
        device = _device(case, use)
        return _ORDER.get(device.kind, len(_ORDER)), order(device.control_number), use.starts_on, use.id

    return iter(sorted(case.facts.of(DeviceUse, "contract", case.contract.id), key=rank))


def _facts(paper: Paper[DeviceUse]) -> dict[str, Any]:
    rows = [_printed(paper.case, use, entry) for use, entry in zip(paper.things, paper.entries, strict=True)]
    return {
        "rows": rows,
        "counts": _counts(paper.case, paper.things),
        "enclosures": [f"別紙　{FORM.title}"],
    }


def _printed(case: Case, use: DeviceUse, entry: Mapping[str, str]) -> dict[str, str]:
    """A line as it is printed: with the capacity, and what is still to come marked as such."""
    start = "（予定）" if _planned(case, use) else ""
    capacity = _device(case, use).capacity
    return {
        **entry,
        _MODEL.label: on_one_line(entry[_MODEL.label]),
        _SERIAL.label: entry[_SERIAL.label] + (f"（容量　{capacity}）" if capacity else ""),
        _STARTS.label: entry[_STARTS.label] + start,
        _ENDS.label: entry[_ENDS.label] + planned(use.ends_on, case.day),
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A letter with the numbers, then the register across."""
    held = statement.facts
    sentence = f"{under(statement)}下記の契約の業務に使用するPC及び電子媒体を、別紙のとおり管理しています。"
    counts = Table(_COUNTS, tuple(tuple(row) for row in held["counts"]))
    letter = letter_sheet(statement, FORM.title, sentence, (("PC及び電子媒体の数", (counts,)),))
    return letter, annex_sheet(statement, FORM.title, (register(_COLUMNS, held["rows"]),))


def _planned(case: Case, use: DeviceUse) -> bool:
    return use.status == Status.PLANNED or use.starts_on > case.day


def _counts(case: Case, uses: tuple[DeviceUse, ...]) -> list[list[str]]:
    """How many devices of each kind are in use, planned, and no longer used; and the sum."""
    now = {use.device: use for use in uses if _lasts(case, use)}
    states = {number: 1 if _planned(case, use) else 0 for number, use in now.items()}
    states.update({use.device: 2 for use in uses if use.device not in now})
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
    needs=(
        need(DeviceUse, "device.storages", _electronic),
        need(DeviceUse, "device.maker", _machine),
        need(DeviceUse, "device.model", _machine),
        *USED,
    ),
    facts=_facts,
    draw=draw,
)
