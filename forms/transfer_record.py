"""情報資産授受・返還記録: everything received and given back under a contract, and what is still held."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from app.duties.balance import Balance, balance, events_by_kind, whereabouts
from app.duties.case import Case
from app.printing.blocks import Column, Sheet, Table
from app.records import Asset, Event, Statement
from app.records.event import EventKind
from app.records.kinds import Moment
from forms.form import Form
from forms.parts.basis import basis
from forms.parts.letter import letter, letter_sheet, under
from forms.parts.texts import lines, or_none, quantity
from forms.parts.wanted import Wanted

_ID, _TITLE = "transfer-record", "情報資産授受・返還記録"
_KINDS = ("transfer-record",)
_TRANSFERS = (EventKind.RECEIVED, EventKind.COLLECTED, EventKind.RETURNED, EventKind.HANDED_OVER)
_PARTIES = (("from_party", "渡した者"), ("to_party", "受け取った者"), ("method", "授受の方法"))
_MOMENT = Moment(label="")
_COLUMNS = (
    Column("№", 3, "center", fit=True),
    Column("日時", 11, "center"),
    Column("区分", 5, "center", fit=True),
    Column("資産番号", 7, "center", fit=True),
    Column("情報項目", 16),
    Column("媒体", 8, fit=True),
    Column("数量", 6, "right", fit=True),
    Column("識別番号", 9),
    Column("渡した者", 15),
    Column("受け取った者", 15),
    Column("授受の方法・保護の措置", 14),
)
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


def gather(case: Case) -> Statement:
    """Every transfer until the day, and the balance on it. Raises ``MissingFactsError``."""
    wanted = Wanted(_TITLE, case)
    events = _transfers(case)
    stated = {f"event:{event.id}": _entry(event, asset) for event, asset in events}
    if case.comparing:
        return Statement(_ID, case.contract.id, case.day, stated=stated)
    wanted.need(
        events, "この契約の受領又は返還の記録がありません。情報資産の取扱記録を登録してください。", "event"
    )
    for event, asset in events:
        _ask(event, asset, wanted)
    facts: dict[str, Any] = {
        "letter": letter(case, wanted, basis(case, _KINDS)),
        "rows": [list(entry.values()) for entry in stated.values()],
        "balance": [
            _balance_row(one) for one in balance(case.facts, case.contract.id, case.day) if one.moved
        ],
    }
    return wanted.checked(Statement(_ID, case.contract.id, case.day, facts=facts, stated=stated))


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """One letter across: the transfers in order of time, then the balance."""
    held = statement.facts
    rows = tuple((str(number), *row) for number, row in enumerate(held["rows"], 1))
    balances = tuple(tuple(row) for row in held["balance"])
    sentence = f"{under(statement)}下記の契約に係る情報資産の授受及び返還を、次のとおり記録しました。"
    sections = (
        ("授受及び返還", (Table(_COLUMNS, rows, size=8),)),
        (f"{held['letter']['date']}現在の残数量", (Table(_BALANCE, balances, size=8),)),
    )
    return (letter_sheet(statement, _TITLE, sentence, sections, landscape=True),)


def _transfers(case: Case) -> list[tuple[Event, Asset]]:
    assets = {asset.id: asset for asset in case.facts.of(Asset, "contract", case.contract.id)}
    events = events_by_kind(case.facts, case.contract.id, case.day)
    found = [event for kind in _TRANSFERS for event in events.get(kind, ())]
    return [(event, assets[event.asset]) for event in sorted(found, key=attrgetter("happened_at", "id"))]


def _entry(event: Event, asset: Asset) -> dict[str, str]:
    when = _MOMENT.to_text(event.happened_at)
    giving = event.kind in (EventKind.RETURNED, EventKind.HANDED_OVER)
    from_name, to_name = ("", event.counterpart) if giving else (event.counterpart, "")
    return {
        "日時": when.replace(" ", "\n"),
        "区分": event.kind,
        "資産番号": asset.number,
        "情報項目": asset.item,
        "媒体": asset.medium,
        "数量": quantity(event.quantity, asset.unit),
        "識別番号": or_none(asset.identifier),
        "渡した者": lines(event.from_party, from_name),
        "受け取った者": lines(event.to_party, to_name),
        "授受の方法・保護の措置": lines(event.method, event.protection),
    }


def _balance_row(one: Balance) -> list[str]:
    asset = one.asset
    numbers = (one.received, one.copied, one.returned, one.disposed, one.held)
    shown = (quantity(number, asset.unit) for number in numbers)
    item = lines(asset.item, f"（残数量のうち{whereabouts(one)}）" if one.away else "")
    return [asset.number, item, asset.classification, asset.medium, *shown]


def _ask(event: Event, asset: Asset, wanted: Wanted) -> None:
    for field, label in _PARTIES:
        sentence = f"情報資産{asset.number}の{event.kind}の記録に、{label}を入力してください。"
        wanted.need(getattr(event, field), sentence, "event", event.id, field)


FORM = Form(_ID, _TITLE, _KINDS, gather, draw)
