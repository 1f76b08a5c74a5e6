"""作業機器報告書: the machines and media in use on a contract, place by place, as told when a client asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Column, Gap, Sheet, Table, Text
from app.records import DeviceUse, Location, Statement
from app.records.spelling.collation import order
from forms.denied import USED
from forms.form import Form
from forms.layout.devices import (
    CONTROL,
    KEEPER,
    KIND,
    MODEL,
    PLACE,
    SERIAL,
    STARTS,
    expected,
    machine,
    rank,
)
from forms.parts.about import About
from forms.parts.lasting import split
from forms.parts.letter import Section, letter_sheet, under
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.texts import lines, on_one_line

_COLUMNS = (
    Column("№", 5, "center"),
    Column("管理番号", 13, fit=True),
    Column("種別", 14),
    Column("メーカー・型番", 26, lower="製造番号"),
    Column("管理者", 17, fit=True),
    Column("使用開始日", 20, "center", fit=True),
)


def _parted(case: Case) -> tuple[tuple[DeviceUse, ...], tuple[DeviceUse, ...]]:
    return split(case.facts.of(DeviceUse, "contract", case.contract.id), case.day)


def _lasting(case: Case) -> tuple[DeviceUse, ...]:
    """The uses of the day and those to come, by place and in it by kind and number."""

    def place(use: DeviceUse) -> str:
        held = case.facts.find(Location, use.location)
        return order(held.name) if held else ""

    return tuple(sorted(_parted(case)[0], key=lambda use: (place(use), rank(case, use))))


def _facts(paper: Paper[DeviceUse]) -> dict[str, Any]:
    places: dict[str, list[list[str]]] = {}
    for use, entry in zip(paper.things, paper.entries, strict=True):
        places.setdefault(entry[PLACE.label], []).append(_row(paper.case, use, entry))
    return {
        "places": [[name, _where(paper, name), rows] for name, rows in places.items()],
        "count": _count(paper.case, paper.things),
    }


def _count(case: Case, uses: Sequence[DeviceUse]) -> str:
    """How many devices there are, each counted once: what will move has a line for each of its places."""
    held = {use.device for use in uses}
    planned = held - {use.device for use in uses if not expected(case, use)}
    count = f"計{len(held)}点" + (f"（うち使用予定{len(planned)}点）" if planned else "")
    if len(held) == len(uses):
        return count
    return lines(count, "設置・保管場所、管理者等が変わるものは、それぞれの行に記載し、１点と数えています。")


def _where(paper: Paper[DeviceUse], name: str) -> str:
    """Address and room of a place."""
    held = next((one for one in paper.case.facts.all(Location) if one.name == name), None)
    return "　".join(filter(None, (held.address, held.room))) if held else ""


def _row(case: Case, use: DeviceUse, entry: Mapping[str, str]) -> list[str]:
    planned = "\n（予定）" if expected(case, use) else ""
    told = (CONTROL, KIND, MODEL, SERIAL, KEEPER, STARTS)
    held = {cell: on_one_line(entry[cell.label]) for cell in told}
    return [*(held[cell] for cell in told[:-1]), held[STARTS] + planned]


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter with a table for each place."""
    held = statement.facts
    blocks = [
        block
        for at, (name, where, rows) in enumerate(held["places"])
        for block in (
            Gap(2.0 if at else 0.0),
            Text("　".join(filter(None, (f"■{name}", where))), size=9.5, after=1, leads=True, hang=1),
            Table(_COLUMNS, tuple(_cells(number, row) for number, row in enumerate(rows, 1)), size=8.5),
        )
    ]
    count = Text(held["count"], size=9, align="right", before=3)
    sections: tuple[Section, ...] = (("設置・保管場所ごとの作業機器", (*blocks, count)),)
    sentence = (
        f"{under(statement)}下記の契約の業務に使用するPC及び電子媒体（{held['letter']['date']}現在）を、"
        "次のとおり報告します。"
    )
    return (letter_sheet(statement, FORM.title, sentence, sections, close=True),)


def _cells(number: int, row: list[str]) -> tuple[str | tuple[str, ...], ...]:
    control, kind, model, serial, keeper, since = row
    return str(number), control, kind, (model, serial), keeper, since


FORM = Form(
    id="device-report",
    title="作業機器報告書",
    proves=(Whole("equipment-register", words=("報告",), rank=1),),
    about=About(DeviceUse, _lasting, lambda case: _parted(case)[1]),
    entry=(CONTROL, KIND, MODEL, SERIAL, KEEPER, PLACE, STARTS),
    needs=(need(DeviceUse, "device.maker", machine), need(DeviceUse, "device.model", machine), *USED),
    facts=_facts,
    draw=draw,
)
