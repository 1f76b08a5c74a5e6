"""PC・電子媒体管理台帳: every machine and medium of a contract, protected how, with whom and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Block, Sheet, Text
from app.printing.type.wareki import wareki
from app.records import Device, DeviceUse, Disposal, Statement
from app.records.device import DeviceKind, Storage
from app.records.status import Status
from forms.denied import USED
from forms.form import Form
from forms.parts.about import About
from forms.parts.cells import Cell, field, register
from forms.parts.disposed import number_of
from forms.parts.lasting import lasts
from forms.parts.letter import letter_sheet, under
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.texts import lines, or_none, unique

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


_STARTS = field(DeviceUse, "starts_on", 9, "center", fit=True)
_ENTRY = (
    field(DeviceUse, "device.control_number", 8, fit=True),
    field(DeviceUse, "device.kind", 8),
    Cell("メーカー・型番", _model, 10),
    field(DeviceUse, "device.serial", 9, needed=_electronic),
    field(DeviceUse, "device.os", 9, needed=_machine),
    Cell("記憶装置の暗号化", _storages, 18),
    field(DeviceUse, "device.anti_malware", 10, label="マルウェア対策", needed=_machine),
    field(DeviceUse, "device.owner", 5, "center", fit=True),
    field(DeviceUse, "person.name", 9, fit=True, label="管理者", needed=_lasts),
    field(DeviceUse, "location.name", 11, label="設置・保管場所", needed=_lasts),
    _STARTS,
    field(DeviceUse, "ends_on", 9, "center", fit=True),
    Cell("廃棄番号", _disposals, 9, "center", fit=True),
)


def _uses(case: Case) -> Iterator[DeviceUse]:
    """Every use of a device for the contract, ended ones included: a register says what became of them.

    Machines first, in the order of the list of kinds; then by control number and day.
    """

    def rank(use: DeviceUse) -> tuple[int, str, date, int]:
        device = _device(case, use)
        return _ORDER.get(device.kind, len(_ORDER)), device.control_number, use.starts_on, use.id

    return iter(sorted(case.facts.of(DeviceUse, "contract", case.contract.id), key=rank))


def _facts(paper: Paper[DeviceUse]) -> dict[str, Any]:
    rows = []
    for use, entry in zip(paper.things, paper.entries, strict=True):
        planned = "（予定）" if _planned(paper.case, use) else ""
        rows.append(list({**entry, _STARTS.label: lines(entry[_STARTS.label], planned)}.values()))
    return {"rows": rows, "count": _count(paper.case, paper.things)}


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter across, with the register."""
    held = statement.facts
    blocks: tuple[Block, ...] = (
        register(_ENTRY, held["rows"], size=7.5),
        Text(held["count"], size=9, align="right", before=3),
    )
    sentence = f"{under(statement)}下記の契約の業務に使用するPC及び電子媒体を、次のとおり管理しています。"
    return (letter_sheet(statement, FORM.title, sentence, (("PC及び電子媒体", blocks),), landscape=True),)


def _planned(case: Case, use: DeviceUse) -> bool:
    return use.status == Status.PLANNED or use.starts_on > case.day


def _count(case: Case, uses: tuple[DeviceUse, ...]) -> str:
    """How many devices of which kind are in use, and how many are planned or no longer used."""
    now = {use.device: use for use in uses if _lasts(case, use)}
    planned = [number for number, use in now.items() if _planned(case, use)]
    kinds = Counter(case.facts.get(Device, number).kind for number in now if number not in planned)
    told = "、".join(f"{kind}{count}" for kind, count in kinds.items())
    ended = len({use.device for use in uses} - set(now))
    parts = [f"使用中　{len(now) - len(planned)}台・個" + (f"（{told}）" if told else "")]
    parts += [f"使用予定　{len(planned)}台・個"] if planned else []
    parts += [f"使用終了　{ended}台・個"] if ended else []
    return "　　".join(parts)


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
