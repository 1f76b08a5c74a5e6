"""PC・電子媒体管理台帳: every machine and medium of a contract, protected how, with whom and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.duties.case import Case
from app.printing.blocks import Block, Column, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Device, DeviceUse, Disposal, Location, Person, Statement
from app.records.device import DeviceKind, Storage
from app.records.disposal import LineResult
from app.records.status import Status
from forms.form import Form
from forms.parts.basis import basis
from forms.parts.disposed import number_of
from forms.parts.lasting import lasts
from forms.parts.letter import letter, letter_sheet, under
from forms.parts.texts import NONE, day_text, lines, or_none, unique
from forms.parts.wanted import Wanted

_ID, _TITLE = "device-register", "PC・電子媒体管理台帳"
_KINDS = ("equipment-register", "encryption", "private-device-ban")
_MACHINES = (DeviceKind.PC, DeviceKind.SERVER)
_ORDER: Mapping[str, int] = {kind: number for number, kind in enumerate(DeviceKind)}
_COLUMNS = (
    Column("№", 3, "center", fit=True),
    Column("管理番号", 8, fit=True),
    Column("種別", 8),
    Column("メーカー・型番", 10),
    Column("製造番号", 9),
    Column("OS", 9),
    Column("記憶装置の暗号化", 18),
    Column("マルウェア対策", 10),
    Column("所有", 5, "center", fit=True),
    Column("管理者", 9, fit=True),
    Column("設置・保管場所", 11),
    Column("使用開始日", 9, "center", fit=True),
    Column("使用終了日", 9, "center", fit=True),
    Column("廃棄番号", 9, "center", fit=True),
)


def gather(case: Case) -> Statement:
    """Every use of a device for the contract, ended ones included. Raises ``MissingFactsError``.

    A register keeps what has gone: only so can it say what became of it.
    """
    wanted = Wanted(_TITLE, case)
    uses = sorted(
        case.facts.of(DeviceUse, "contract", case.contract.id),
        key=lambda use: _rank(case, use),
    )
    wanted.need(uses, "この契約で使うPC・媒体がありません。PC・媒体の使用を登録してください。", "device_use")
    for use in uses:
        if lasts(use, case.day):
            _ask(case, use, wanted)
    disposed = _disposed(case)
    rows = [_row(case, use, disposed) for use in uses]
    stated = _stated(uses, rows)
    if case.comparing:
        return Statement(_ID, case.contract.id, case.day, stated=stated)
    facts: dict[str, Any] = {
        "letter": letter(case, wanted, basis(case, ("equipment-register",))),
        "rows": [_printed(case, use, row) for use, row in zip(uses, rows, strict=True)],
        "count": _count(case, uses),
    }
    return wanted.checked(Statement(_ID, case.contract.id, case.day, facts=facts, stated=stated))


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter across, with the register."""
    held = statement.facts
    rows = tuple((str(number), *row) for number, row in enumerate(held["rows"], 1))
    blocks: tuple[Block, ...] = (
        Table(_COLUMNS, rows, size=7.5),
        Text(held["count"], size=9, align="right", before=3),
    )
    sentence = f"{under(statement)}下記の契約の業務に使用するPC及び電子媒体を、次のとおり管理しています。"
    return (letter_sheet(statement, _TITLE, sentence, (("PC及び電子媒体", blocks),), landscape=True),)


def _rank(case: Case, use: DeviceUse) -> tuple[int, str, date, int]:
    """Machines first, in the order of the list of kinds; then by control number and day."""
    device = _device(case, use)
    return _ORDER.get(device.kind, len(_ORDER)), device.control_number, use.starts_on, use.id


def _device(case: Case, use: DeviceUse) -> Device:
    return case.facts.get(Device, use.device)


def _planned(use: DeviceUse, case: Case) -> bool:
    return use.status == Status.PLANNED or use.starts_on > case.day


def _row(case: Case, use: DeviceUse, disposed: Mapping[int, str]) -> dict[str, str]:
    device = _device(case, use)
    person, place = case.facts.find(Person, use.person), case.facts.find(Location, use.location)
    return {
        "管理番号": device.control_number,
        "種別": device.kind,
        "メーカー・型番": or_none(lines(device.maker, device.model)),
        "製造番号": or_none(device.serial),
        "OS": or_none(device.os),
        "記憶装置の暗号化": or_none(lines(*(_protection(storage) for storage in device.storages))),
        "マルウェア対策": or_none(device.anti_malware),
        "所有": device.owner,
        "管理者": person.name if person else NONE,
        "設置・保管場所": place.name if place else NONE,
        "使用開始日": wareki(use.starts_on),
        "使用終了日": day_text(use.ends_on),
        "廃棄番号": disposed.get(device.id, NONE),
    }


def _printed(case: Case, use: DeviceUse, row: dict[str, str]) -> list[str]:
    """The cells of a row; a use that is only planned says so under its first day."""
    start = lines(row["使用開始日"], "（予定）" if _planned(use, case) else "")
    return [start if label == "使用開始日" else text for label, text in row.items()]


def _protection(storage: Storage) -> str:
    how = "、".join(unique((storage.tool, storage.method)))
    return f"{storage.name}：{storage.encryption}" + (f"（{how}）" if how else "")


def _disposed(case: Case) -> dict[int, str]:
    """Device → the disposals that finished it by the day printed: their numbers in the ledger and days."""
    found: dict[int, list[str]] = {}
    for disposal in case.facts.of(Disposal, "contract", case.contract.id):
        if disposal.done_on <= case.day:
            text = lines(number_of(disposal), wareki(disposal.done_on))
            done = (line.device for line in disposal.lines if line.result == LineResult.DONE)
            for device in {device for device in done if device is not None}:
                found.setdefault(device, []).append(text)
    return {device: "\n".join(texts) for device, texts in found.items()}


def _stated(uses: list[DeviceUse], rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """What is stated of each device; where several uses of it differ, their texts stand side by side."""
    held: dict[str, list[dict[str, str]]] = {}
    for use, row in zip(uses, rows, strict=True):
        held.setdefault(f"device:{use.device}", []).append(row)
    return {key: of[0] if len(of) == 1 else _beside(of) for key, of in held.items()}


def _beside(rows: list[dict[str, str]]) -> dict[str, str]:
    return {label: "／".join(unique(row[label] for row in rows)) for label in rows[0]}


def _count(case: Case, uses: list[DeviceUse]) -> str:
    """How many devices of which kind are in use, and how many are planned or no longer used."""
    now = {use.device: use for use in uses if lasts(use, case.day)}
    planned = [number for number, use in now.items() if _planned(use, case)]
    kinds = Counter(case.facts.get(Device, number).kind for number in now if number not in planned)
    told = "、".join(f"{kind}{count}" for kind, count in kinds.items())
    ended = len({use.device for use in uses} - set(now))
    parts = [f"使用中　{len(now) - len(planned)}台・個" + (f"（{told}）" if told else "")]
    parts += [f"使用予定　{len(planned)}台・個"] if planned else []
    parts += [f"使用終了　{ended}台・個"] if ended else []
    return "　　".join(parts)


def _ask(case: Case, use: DeviceUse, wanted: Wanted) -> None:
    device = _device(case, use)
    number = device.control_number
    wanted.need(use.person, f"{number}の管理者（使用者）を選んでください。", "device_use", use.id, "person")
    wanted.need(use.location, f"{number}の設置・保管場所を選んでください。", "device_use", use.id, "location")
    if device.kind == DeviceKind.PAPER_BOX:
        return
    asked = {"serial": "製造番号", "storages": "記憶装置と暗号化の状況"}
    if device.kind in _MACHINES:
        asked |= {"maker": "メーカー", "model": "型番", "os": "OS", "anti_malware": "マルウェア対策ソフト"}
    for field, label in asked.items():
        sentence = f"{number}の{label}を入力してください。"
        wanted.need(getattr(device, field), sentence, "device", device.id, field)


FORM = Form(_ID, _TITLE, _KINDS, gather, draw)
