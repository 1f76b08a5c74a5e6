"""情報資産返還書: what goes back to the client, with its copies accounted for, and the client's receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.duties.case import Case
from app.duties.holding.balance import EVENTS, Balance, balance
from app.duties.holding.parties import Parties, Who
from app.duties.papers.claims import Each
from app.printing.blocks import Column, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Event, Statement
from app.records.event import GIVING_BACK, EventKind
from forms.form import Form
from forms.layout.both_sides import receipt
from forms.layout.handed import OPEN, happened, named, quantity_of, told_by
from forms.parts.about import About
from forms.parts.cells import Cell, field
from forms.parts.letter import letter_sheet, under
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.texts import lines, quantity

_COLUMNS = (
    Column("№", 5, "center"),
    Column("情報項目", 26),
    Column("媒体", 13, fit=True),
    Column("数量", 11, "right", fit=True),
    Column("識別番号", 14),
    Column("返還日", 18, "center", fit=True),
    Column("複写物", 22),
)
_NO_COPIES = "複写の記録なし"


def _returns(case: Case) -> list[Event]:
    """What was given back to the client by the day, in the order of time; what is asked for by name, too.

    Of what was 引渡 only that counts which certainly went to the client; of a 返還 to a name that nobody
    knows a person has to say so before it is printed.
    """
    parties = Parties(case.facts, case.contract.id)
    asked = set(case.only) if not case.comparing else set()
    found = [
        event
        for event in case.facts.over(EVENTS, case.contract.id)
        if event.kind in GIVING_BACK
        and _back(parties, event)
        and (happened(case, event) or f"event:{event.id}" in asked)
    ]
    return sorted(found, key=lambda one: (one.happened_at, one.id))


def _back(parties: Parties, event: Event) -> bool:
    who = parties.taker(event).who
    return who is Who.CLIENT or (who is Who.UNKNOWN and event.kind == EventKind.RETURNED)


_ITEM = field(Event, "asset.item")
_MEDIUM = field(Event, "asset.medium")
_QUANTITY: Cell[Event] = Cell("数量", quantity_of)
_IDENTIFIER = field(Event, "asset.identifier", label="識別番号")
_ON: Cell[Event] = Cell("返還日", lambda _case, event: wareki(event.happened_at.date()))
_ENTRY = (_ITEM, _MEDIUM, _QUANTITY, _IDENTIFIER, _ON)


def _facts(paper: Paper[Event]) -> dict[str, Any]:
    case = paper.case
    held = {one.asset.id: one for one in balance(case.facts, case.contract.id, case.day)}
    today = all(event.happened_at.date() == case.day for event in paper.things)
    return {
        "rows": [
            [*(entry[cell.label] for cell in _ENTRY), _copies(held, event.asset)]
            for event, entry in zip(paper.things, paper.entries, strict=True)
        ],
        "verb": "返還します" if today else "返還しました",
    }


def _copies(held: dict[int, Balance], asset: int) -> str:
    """What became of the copies of an asset and of their copies, by the day printed."""
    found = list(_made_from(held, asset))
    own = held[asset]
    mixed = f"複写{quantity(own.copied, own.asset.unit)}を含む" if own.copied else ""
    return lines(mixed, *map(_state, found)) or _NO_COPIES


def _made_from(held: dict[int, Balance], asset: int) -> Iterator[Balance]:
    seen, found = {asset}, [asset]
    for source in found:
        for number, one in held.items():
            if one.asset.copy_of == source and number not in seen:
                seen.add(number)
                found.append(number)
                yield one


def _state(one: Balance) -> str:
    """A copy in a cell: how much of it went which way, and what is left."""
    unit = one.asset.unit
    ways = (("返還", one.returned), ("廃棄・消去", one.disposed), ("残数量", one.held))
    told = "、".join(f"{way}{quantity(amount, unit)}" for way, amount in ways if amount)
    return f"{one.asset.item}：{told or '取扱いの記録なし'}"


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A letter with a line for each thing, and below it where the client confirms the receipt."""
    held = statement.facts
    sentence = f"{under(statement)}下記の契約に係る情報資産を、次のとおり{held['verb']}。"
    rows = tuple((str(number), *row) for number, row in enumerate(held["rows"], 1))
    note = Text("複写物の欄は、この書面の日付までの記録によります。", size=9, before=2)
    sheet = letter_sheet(statement, FORM.title, sentence, (("返還の内容", (Table(_COLUMNS, rows), note)),))
    received = "上記の情報資産を、記載の数量のとおり受領しました。"
    return (replace(sheet, blocks=(*sheet.blocks, receipt(received))),)


def _strangers(paper: Paper[Event]) -> Iterator[tuple[int, str]]:
    parties = Parties(paper.case.facts, paper.case.contract.id)
    for event, name in named(paper):
        party = parties.taker(event)
        if party.who is Who.UNKNOWN:
            yield (
                event.id,
                f"{name}の受け取った者「{party.name}」が発注者かを確かめられません。"
                "発注者の名称又は担当課が分かるように入力してください。",
            )


def _noted(case: Case) -> set[str]:
    return told_by(case, FORM.id)


FORM = Form(
    id="return-note",
    title="情報資産返還書",
    proves=(Each("return"),),
    about=About(
        Event,
        _returns,
        settled=_noted,
        empty="この契約の、発注者への返還の記録がありません。返還した取扱いを登録してください。",
        done="返還書に載せていない返還はありません。もう一度出すときは「再提出」を選んでください。",
        past=True,
    ),
    entry=_ENTRY,
    needs=(*OPEN, Asked(Event, "to_party", _strangers)),
    facts=_facts,
    draw=draw,
)
