"""情報資産授受・返還記録: everything received and given back under a contract, and what is still held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import Any

from app.duties.case import Case
from app.duties.holding.balance import Balance, balance, events_by_kind, whereabouts
from app.duties.papers.claims import Whole
from app.printing.blocks import Column, Gap, Grid, Item, Sheet, Table
from app.records import Asset, Event, Statement
from app.records.event import EventKind
from forms.form import Form
from forms.layout.handed import giver, once, taker
from forms.parts.about import About
from forms.parts.cells import Cell, field, register
from forms.parts.letter import annex_sheet, letter_sheet, under
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.texts import lines, on_one_line, quantity

_TRANSFERS = (EventKind.RECEIVED, EventKind.COLLECTED, EventKind.RETURNED, EventKind.HANDED_OVER)
_BALANCE = (
    Column("資産番号", 10, "center", fit=True),
    Column("情報項目", 34),
    Column("区分", 13, fit=True),
    Column("媒体", 13, fit=True),
    Column("受領・取得", 9, "right", fit=True),
    Column("複写", 9, "right", fit=True),
    Column("返還", 9, "right", fit=True),
    Column("廃棄・消去", 9, "right", fit=True),
    Column("残数量", 9, "right", fit=True),
)


def _transfers(case: Case) -> list[Event]:
    """Every transfer until the day, in the order of time."""
    events = events_by_kind(case.facts, case.contract.id, case.day)
    found = [event for kind in _TRANSFERS for event in events.get(kind, ())]
    return sorted(found, key=attrgetter("happened_at", "id"))


def _when(case: Case, event: Event) -> str:
    return case.facts.shown(event, "happened_at").replace(" ", "\n")


def _quantity(case: Case, event: Event) -> str:
    return quantity(event.quantity, case.facts.get(Asset, event.asset).unit)


def _how(_case: Case, event: Event) -> str:
    return lines(event.method, "、".join(event.safeguards), event.protection)


_WHEN = Cell("日時", _when, 15, "center", fit=True)
_KIND = field(Event, "kind", label="区分")
_NUMBER = field(Event, "asset.number", 10, "center", fit=True, label="資産番号")
_ITEM = field(Event, "asset.item", 19)
_MEDIUM = field(Event, "asset.medium")
_QUANTITY = Cell("数量", _quantity, 10, "right", fit=True)
_IDENTIFIER = field(Event, "asset.identifier", label="識別番号")
_GIVER: Cell[Event] = Cell("渡した者", lambda _case, event: giver(event), 24, formerly=once)
_TAKER: Cell[Event] = Cell("受け取った者", lambda _case, event: taker(event), formerly=once)
_HOW = Cell("授受の方法・保護の措置", _how, 21)
_PERSONS = field(Event, "asset.persons", label="本人の数")
_ENTRY = (
    _WHEN,
    _KIND,
    _NUMBER,
    _ITEM,
    _MEDIUM,
    _QUANTITY,
    _IDENTIFIER,
    _GIVER,
    _TAKER,
    _HOW,
)
_COLUMNS = (
    (_WHEN, _KIND),
    (_NUMBER, _MEDIUM),
    (_ITEM, _IDENTIFIER),
    (_QUANTITY, _PERSONS),
    (_GIVER, _TAKER),
    (_HOW,),
)


def _facts(paper: Paper[Event]) -> dict[str, Any]:
    held = balance(paper.case.facts, paper.case.contract.id, paper.case.day)
    return {
        "rows": [
            {
                **entry,
                **{cell.label: on_one_line(entry[cell.label]) for cell in (_WHEN, _GIVER, _TAKER)},
                _PERSONS.label: _PERSONS.read(paper.case, event),
            }
            for event, entry in zip(paper.things, paper.entries, strict=True)
        ],
        "counts": _counts(paper.things, held),
        "balance": [_balance_row(one) for one in held if one.moved],
        "enclosures": [f"別紙　{FORM.title}"],
    }


def _counts(events: Iterable[Event], held: Iterable[Balance]) -> list[list[str]]:
    """How many transfers of each kind are recorded, and of how many assets something is still held."""
    found = Counter(event.kind for event in events)
    rows = [[f"{kind}の記録", f"{found[kind]}件"] for kind in _TRANSFERS if found[kind]]
    return [*rows, ["残数量のある情報資産", f"{sum(1 for one in held if one.moved and one.held)}件"]]


def _balance_row(one: Balance) -> list[str]:
    asset = one.asset
    numbers = (one.received, one.copied, one.returned, one.disposed, one.held)
    shown = (quantity(number, asset.unit) for number in numbers)
    item = lines(asset.item, f"（残数量のうち{whereabouts(one)}）" if one.away else "")
    return [asset.number, item, asset.classification, asset.medium, *shown]


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """A letter with the numbers; then across, the transfers in order of time, and the balance."""
    held = statement.facts
    day = held["letter"]["date"]
    sentence = f"{under(statement)}下記の契約に係る情報資産の授受及び返還を、別紙のとおり記録しました。"
    numbers = Grid(tuple(tuple(row) for row in held["counts"]), size=9.5, label=0.3)
    letter = letter_sheet(statement, FORM.title, sentence, ((f"授受の件数（{day}現在）", (numbers,)),))
    blocks = (
        Item("１", "授受及び返還"),
        register(_COLUMNS, held["rows"]),
        Gap(2),
        Item("２", f"{day}現在の残数量"),
        Table(_BALANCE, tuple(tuple(row) for row in held["balance"]), size=8),
    )
    return letter, annex_sheet(statement, FORM.title, blocks)


FORM = Form(
    id="transfer-record",
    title="情報資産授受・返還記録",
    proves=(Whole("transfer-record", words=("記録",)),),
    about=About(
        Event,
        _transfers,
        empty="この契約の受領又は返還の記録がありません。情報資産の取扱記録を登録してください。",
        past=True,
    ),
    entry=_ENTRY,
    called=_ITEM,
    needs=(need(Event, "from_party"), need(Event, "to_party"), need(Event, "method")),
    facts=_facts,
    draw=draw,
)
