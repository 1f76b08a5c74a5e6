"""情報資産授受・返還記録: everything received and given back under a contract, and what is still held."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from app.duties.case import Case
from app.duties.holding.balance import Balance, balance, events_by_kind, whereabouts
from app.duties.papers.claims import Whole
from app.printing.blocks import Column, Sheet, Table
from app.records import Asset, Event, Statement
from app.records.event import EventKind
from forms.form import Form
from forms.parts.about import About
from forms.parts.cells import Cell, field, register
from forms.parts.letter import letter_sheet, under
from forms.parts.needs import need
from forms.parts.paper import Paper
from forms.parts.texts import lines, quantity

_TRANSFERS = (EventKind.RECEIVED, EventKind.COLLECTED, EventKind.RETURNED, EventKind.HANDED_OVER)
_GIVING = (EventKind.RETURNED, EventKind.HANDED_OVER)
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


def _from(_case: Case, event: Event) -> str:
    return lines(event.from_party, "" if event.kind in _GIVING else event.counterpart)


def _to(_case: Case, event: Event) -> str:
    return lines(event.to_party, event.counterpart if event.kind in _GIVING else "")


def _how(_case: Case, event: Event) -> str:
    return lines(event.method, "、".join(event.safeguards), event.protection)


_ITEM = field(Event, "asset.item", 16)
_ENTRY = (
    Cell("日時", _when, 11, "center"),
    field(Event, "kind", 5, "center", fit=True, label="区分"),
    field(Event, "asset.number", 7, "center", fit=True, label="資産番号"),
    _ITEM,
    field(Event, "asset.medium", 8, fit=True),
    Cell("数量", _quantity, 6, "right", fit=True),
    field(Event, "asset.identifier", 9, label="識別番号"),
    Cell("渡した者", _from, 15),
    Cell("受け取った者", _to, 15),
    Cell("授受の方法・保護の措置", _how, 14),
)


def _facts(paper: Paper[Event]) -> dict[str, Any]:
    held = balance(paper.case.facts, paper.case.contract.id, paper.case.day)
    return {
        "rows": [list(entry.values()) for entry in paper.entries],
        "balance": [_balance_row(one) for one in held if one.moved],
    }


def _balance_row(one: Balance) -> list[str]:
    asset = one.asset
    numbers = (one.received, one.copied, one.returned, one.disposed, one.held)
    shown = (quantity(number, asset.unit) for number in numbers)
    item = lines(asset.item, f"（残数量のうち{whereabouts(one)}）" if one.away else "")
    return [asset.number, item, asset.classification, asset.medium, *shown]


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter across: the transfers in order of time, then the balance."""
    held = statement.facts
    balances = tuple(tuple(row) for row in held["balance"])
    sentence = f"{under(statement)}下記の契約に係る情報資産の授受及び返還を、次のとおり記録しました。"
    sections = (
        ("授受及び返還", (register(_ENTRY, held["rows"], size=8),)),
        (f"{held['letter']['date']}現在の残数量", (Table(_BALANCE, balances, size=8),)),
    )
    return (letter_sheet(statement, FORM.title, sentence, sections, landscape=True),)


FORM = Form(
    id="transfer-record",
    title="情報資産授受・返還記録",
    proves=(Whole("transfer-record", words=("記録",)),),
    about=About(
        Event,
        _transfers,
        empty="この契約の受領又は返還の記録がありません。情報資産の取扱記録を登録してください。",
    ),
    entry=_ENTRY,
    called=_ITEM,
    needs=(need(Event, "from_party"), need(Event, "to_party"), need(Event, "method")),
    facts=_facts,
    draw=draw,
)
