"""What a report of an accident may say on its day: what was known, and of the rest that it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from app.duties.case import Case
from app.printing.blocks import Block, Column, Grid, Table, Text
from app.printing.type.wareki import wareki
from app.records import Asset, Device, Incident
from app.records.days import DayOnly, When, wareki_moment
from app.records.device import DeviceKind
from app.records.incident import KNOWN_ON, IncidentAsset, IncidentKind, said_kinds
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import NONE, lines, quantity

UNKNOWN = "未確認"
"""What stands where a fact is not known on the day of the report: that anybody looks into it is a fact too,
and told only where it is recorded."""
KINDS = tuple(said_kinds((kind,)) for kind in IncidentKind)
"""The kinds of an accident, as they are printed."""
_NO_HOUR = "（時刻は不明）"
_MACHINES = (DeviceKind.PC, DeviceKind.SERVER, DeviceKind.MOBILE)
_CONCERNED = (
    Column("№", 5, "center"),
    Column("情報の内容", 39),
    Column("媒体", 20),
    Column("数量", 18, "right"),
    Column("本人の数", 18, "right"),
)
_NOTICES = (
    Column("日時", 22, fit=True),
    Column("段階・方法", 22),
    Column("相手方", 22),
    Column("伝えた内容", 34),
)
_COURSE = (Column("日時", 22, fit=True), Column("行った者", 22), Column("内容", 56))


def incidents_of(case: Case) -> tuple[Incident, ...]:
    """The incidents of the contract found by the day, by the time of their discovery."""
    held = case.facts.of(Incident, "contract", case.contract.id)
    return tuple(
        sorted(
            (one for one in held if one.found_at.date() <= case.day), key=lambda one: (one.found_at, one.id)
        )
    )


def about(held: Mapping[str, Any]) -> str:
    """Of what a report speaks: an accident, or what is suspected and not known to have happened."""
    what = "事故のおそれ" if held.get("suspected") else "事故（そのおそれを含む。）"
    return f"下記の契約の業務に関する{what}について、"


def suspicion(incident: Incident) -> dict[str, bool]:
    """What a statement keeps of an incident of which nothing is known but the suspicion."""
    return {"suspected": True} if incident.suspected else {}


def at(moment: When) -> str:
    """A moment; where nobody knows the hour, that is said."""
    told = wareki_moment(moment)
    return f"{told}{_NO_HOUR}" if isinstance(moment, DayOnly) else told


def known(text: str) -> str:
    """What is known, or that it is not."""
    return text or UNKNOWN


def happened(incident: Incident, day: date) -> str:
    """When it happened, if known by the day; without a day of its own it was known at the discovery."""
    since = incident.happened_known_on or incident.found_at.date()
    return at(incident.happened_at) if incident.happened_at and since <= day else UNKNOWN


def persons(incident: Incident, day: date) -> str:
    """How many people it concerns in all, as far as that was known by the day."""
    since = incident.persons_known_on or incident.found_at.date()
    told = incident.persons is not None and since <= day
    return f"{incident.persons:,}人" if told else UNKNOWN


def rows_of(incident: Incident, day: date) -> tuple[IncidentAsset, ...]:
    """What was known to be concerned by the day; what has no day of its own, since the discovery."""
    return tuple(row for row in incident.assets if row.known_on is None or row.known_on <= day)


def concerned(case: Case, incident: Incident, day: date) -> list[list[str]]:
    """A line for each thing concerned: what, on which medium, how much, how many people."""
    return [_concerned(case, row) for row in rows_of(incident, day)]


def _concerned(case: Case, row: IncidentAsset) -> list[str]:
    asset, device = case.facts.find(Asset, row.asset), case.facts.find(Device, row.device)
    item = row.item or (asset.item if asset else "")
    medium = row.medium or (asset.medium if asset else device.kind if device else "")
    unit = asset.unit if asset else "" if device is None else "台" if device.kind in _MACHINES else "個"
    amount = UNKNOWN if row.quantity is None else quantity(row.quantity, unit)
    people = UNKNOWN if row.persons is None else f"{row.persons:,}人"
    return [known(item), known(medium), amount, people]


def outline(case: Case, incident: Incident, day: date) -> list[list[str]]:
    """The rows of the outline: kind, discovery, time, place and circumstances."""
    return [
        ["種類", said_kinds(incident.kinds)],
        ["発見した日時", at(incident.found_at), "発見した者", known(incident.found_by)],
        ["発覚の経緯", known(incident.found_how)],
        ["発生した日時", happened(incident, day), "発生した場所", known(incident.place)],
        *_astray(incident, day),
        ["状況", known(incident.circumstances)],
    ]


def _astray(incident: Incident, day: date) -> list[list[str]]:
    """To whom it went by mistake and whether it is back, of what may have gone to somebody."""
    if not incident.recipient and incident.recovered is None:
        return []
    back = UNKNOWN
    if incident.recovered is False:
        back = "回収できていません"
    elif incident.known("recovered", day) and incident.recovered_on is not None:
        back = f"回収・削除を確認（{wareki(incident.recovered_on)}）"
    if not incident.recipient and "recipient" not in incident.astray:
        return [["回収", back]]
    return [["誤って渡った相手", known(incident.recipient), "回収", back]]


def notices(incident: Incident, day: date) -> list[list[str]]:
    """When the client was told by then, how, whom, and what."""
    held = sorted(
        (row for row in incident.notices if row.notified_at.date() <= day), key=lambda row: row.notified_at
    )
    return [
        [at(row.notified_at), lines(row.stage, row.how), known(row.to_whom), row.content or NONE]
        for row in held
    ]


def course(incident: Incident, day: date) -> list[list[str]]:
    """Who did what by then, in the order of time."""
    held = sorted((row for row in incident.timeline if row.at.date() <= day), key=lambda row: row.at)
    return [[at(row.at), known(row.who), row.what] for row in held]


def things_blocks(rows: Iterable[Iterable[str]], total: str, protection: str) -> tuple[Block, ...]:
    """The table of what is concerned, the number of people and how the medium was protected."""
    told = tuple((str(number), *row) for number, row in enumerate(rows, 1))
    table = Table(_CONCERNED, told) if told else Text(f"　情報の内容、媒体及び数量は、{UNKNOWN}です。")
    return (
        table,
        Grid((("本人の数（全体）", total), ("媒体の保護の状態", protection)), size=9.5, label=0.2),
    )


def notices_blocks(rows: Iterable[Iterable[str]]) -> tuple[Block, ...]:
    """The table of what the client was told; that there is no record of it is said."""
    told = tuple(tuple(row) for row in rows)
    return (Table(_NOTICES, told),) if told else (Text("　電話等による連絡の記録はありません。"),)


def course_blocks(rows: Iterable[Iterable[str]]) -> tuple[Block, ...]:
    """The table of the course of events."""
    told = tuple(tuple(row) for row in rows)
    return (Table(_COURSE, told),) if told else (Text("　この書面の日付までの記録はありません。"),)


def dated(*names: str) -> tuple[Asked[Incident], ...]:
    """Of what is written under ``names`` the day on which it became known: without it nobody can say what a
    report of a day may tell, and what was done or found out later would stand there as known."""
    return tuple(Asked(Incident, KNOWN_ON[name], partial(_undated, name=name)) for name in names)


def _undated(paper: Paper[Incident], name: str) -> Iterator[tuple[int, str]]:
    for incident in paper.things:
        spec = incident.spec
        empty = spec.field(name).kind.is_empty(getattr(incident, name))
        if not empty and getattr(incident, KNOWN_ON[name]) is None:
            day = spec.field(KNOWN_ON[name]).label
            yield (
                incident.id,
                f"{incident.number}（{wareki(incident.found_at.date())}発見）の"
                f"「{spec.field(name).label}」に{day}がありません。{day}を入力してください。",
            )
