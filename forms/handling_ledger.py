"""情報資産取扱台帳: every event of every asset of a contract in order, with the quantity that was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Block, Grid, Sheet, Text
from app.records import Approval, Asset, Disposal, Event, Location, Person, Statement
from app.records.amounts import Amount, amount_text
from app.records.days import wareki, wareki_moment
from app.records.event import EventKind
from forms.form import Form
from forms.layout.acts_on_assets import Act, acts_of, assets_of
from forms.layout.handed import UNTOLD, giver, taker
from forms.layout.registers import register_sheet
from forms.parts.about import About
from forms.parts.cells import Cell, register
from forms.parts.disposed import number_of, result_of
from forms.parts.paper import Paper
from forms.parts.texts import NONE, lines, or_none, quantity

_DISPOSAL = "廃棄・消去"
_BETWEEN = frozenset(
    str(kind) for kind in (EventKind.RECEIVED, EventKind.COLLECTED, EventKind.RETURNED, EventKind.HANDED_OVER)
)
"""Kinds in which something goes from hand to hand: who gave, who took and how belong to them."""
_BY_SOMEBODY = frozenset(str(kind) for kind in (EventKind.USED, EventKind.COPIED, EventKind.TAKEN_OUT))
"""Kinds of which it must be told who did it."""

Thing = Event | Disposal


def _text(label: str, width: float = 0, align: Any = "left", *, fit: bool = False) -> Cell[Thing]:
    """A column whose texts stand in the rows: an act is told there, not thing by thing."""
    return Cell(label, lambda _case, _thing: "", width, align, fit)


_NUMBER, _MEDIUM = _text("資産番号", 9, "center", fit=True), _text("媒体")
_ITEM, _IDENTIFIER = _text("情報項目", 16), _text("識別番号")
_WHEN, _KIND = _text("日時", 14, "center", fit=True), _text("取扱い")
_CHANGE, _LEFT = _text("数量", 9, "right", fit=True), _text("残数量")
_GIVER, _TAKER = _text("渡した者", 16), _text("受け取った者")
_WHO, _WHERE = _text("取り扱った者", 14), _text("場所・行き先")
_HOW, _WHY = _text("方法・保護の措置", 18), _text("目的・承諾")
_COLUMNS = (
    (_NUMBER, _MEDIUM),
    (_ITEM, _IDENTIFIER),
    (_WHEN, _KIND),
    (_CHANGE, _LEFT),
    (_GIVER, _TAKER),
    (_WHO, _WHERE),
    (_HOW, _WHY),
)


def _things(case: Case) -> Iterator[Thing]:
    """Every event and disposal that touched an asset by the day, each once, in the order of the ledger."""
    return iter({(type(act.record), act.record.id): act.record for act in acts_of(case)}.values())


def _when(case: Case, thing: Thing) -> str:
    return case.facts.shown(thing, "happened_at" if isinstance(thing, Event) else "done_on")


def _called(case: Case, thing: Thing) -> str:
    asset = case.facts.find(Asset, thing.asset) if isinstance(thing, Event) else None
    return (
        f"{asset.number}　{asset.item}" if asset else number_of(thing) if isinstance(thing, Disposal) else ""
    )


def _kind(_case: Case, thing: Thing) -> str:
    return thing.kind if isinstance(thing, Event) else f"{_DISPOSAL}（{thing.method}）"


def _amounts(case: Case, thing: Thing) -> str:
    """How much of what: of a disposal line by line, with what came of each."""
    if isinstance(thing, Event):
        asset = case.facts.find(Asset, thing.asset)
        return quantity(thing.quantity, asset.unit if asset else "")
    return "、".join(
        f"{line.item}　{quantity(line.quantity, line.unit)}（{result_of(thing, line)}）"
        for line in thing.lines
        if line.asset is not None
    )


def _between(_case: Case, thing: Thing) -> str:
    if not isinstance(thing, Event):
        return NONE
    return or_none("、".join(filter(None, (thing.from_party, thing.to_party, thing.counterpart))))


_ENTRY: tuple[Cell[Thing], ...] = (
    Cell("情報資産", _called),
    Cell("日時", _when),
    Cell("取扱い", _kind),
    Cell("数量", _amounts),
    Cell("渡した者・受け取った者", _between),
)


def _facts(paper: Paper[Thing]) -> dict[str, Any]:
    case = paper.case
    acts = list(acts_of(case))
    touched = {act.asset.id for act in acts}
    every = assets_of(case)
    return {
        "rows": [_row(case, act) for act in acts],
        "counts": _counts(every, acts),
        "silent": [f"{one.number}（{one.item}）" for one in every if one.id not in touched],
    }


def _counts(assets: Sequence[Asset], acts: Sequence[Act]) -> list[list[str]]:
    """How many assets and acts there are, each way by itself."""
    kinds = Counter(act.record.kind if isinstance(act.record, Event) else _DISPOSAL for act in acts)
    ways = "、".join(f"{kind}{kinds[kind]:,}件" for kind in (*EventKind, _DISPOSAL) if kinds[kind])
    left = {act.asset.id: act.left for act in acts}
    held = sum(1 for amount in left.values() if amount)
    return [
        ["情報資産", f"{len(assets):,}件", "残数量のある情報資産", f"{held:,}件"],
        ["取扱いの記録", f"{len(acts):,}件（{ways}）"],
    ]


def _row(case: Case, act: Act) -> dict[str, str]:
    told = _of_event(case, act.record) if isinstance(act.record, Event) else _of_disposal(case, act)
    asset = act.asset
    amount = act.line.quantity if act.line else act.record.quantity if isinstance(act.record, Event) else 0
    return {
        _NUMBER.label: asset.number,
        _MEDIUM.label: asset.medium,
        _ITEM.label: asset.item,
        _IDENTIFIER.label: or_none(asset.identifier),
        _CHANGE.label: _signed(act.change, amount, asset.unit),
        _LEFT.label: quantity(act.left, asset.unit),
        **told,
    }


def _signed(change: Amount, amount: Amount, unit: str) -> str:
    """The quantity of an act with its sign where it changes what is held; else as it is."""
    if not change:
        return quantity(amount, unit)
    return f"＋{amount_text(change)}{unit}" if change > 0 else f"－{amount_text(-change)}{unit}"


def _of_event(case: Case, event: Event) -> dict[str, str]:
    between = UNTOLD if event.kind in _BETWEEN else NONE
    person = case.facts.find(Person, event.person)
    untold = UNTOLD if event.kind in _BY_SOMEBODY else NONE
    approval = case.facts.find(Approval, event.approval)
    return {
        _WHEN.label: wareki_moment(event.happened_at),
        _KIND.label: event.kind,
        _GIVER.label: giver(event) or between,
        _TAKER.label: taker(event) or between,
        _WHO.label: person.name if person else untold,
        _WHERE.label: or_none(_place(case, event)),
        _HOW.label: lines(event.method, "、".join(event.safeguards), event.protection) or between,
        _WHY.label: or_none(lines(event.reason, f"承諾　{approval.number}" if approval else "")),
    }


def _place(case: Case, event: Event) -> str:
    """Where it happened or went; where a thing is kept after it was handed back is nobody's matter."""
    location = case.facts.find(Location, event.location)
    if event.kind in _BETWEEN and event.handover_place:
        return event.handover_place
    back = ("持帰り予定日", wareki(event.return_by)) if event.return_by else ()
    return lines(event.destination, location.name if location else "", *back)


def _of_disposal(case: Case, act: Act) -> dict[str, str]:
    disposal, line = act.record, act.line
    if not isinstance(disposal, Disposal) or line is None:
        raise TypeError("an act without a line is an event")
    approval = case.facts.find(Approval, disposal.approval)
    return {
        _WHEN.label: case.facts.shown(disposal, "done_on"),
        _KIND.label: f"{_DISPOSAL}（{result_of(disposal, line)}）",
        _GIVER.label: NONE,
        _TAKER.label: NONE,
        _WHO.label: disposal.done_by or disposal.contractor or UNTOLD,
        _WHERE.label: or_none(disposal.place),
        _HOW.label: disposal.method,
        _WHY.label: lines(number_of(disposal), f"承諾　{approval.number}" if approval else ""),
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """The register across: asset by asset in the order of their numbers, the acts in the order of time."""
    held = statement.facts
    numbers = Grid(tuple(tuple(row) for row in held["counts"]), size=9.5, label=0.18)
    how = (
        "情報資産番号の順に、取扱いを日時の順に記載しています。"
        "残数量は、その取扱いの後に返還も廃棄・消去もされていない数量です。"
    )
    blocks: tuple[Block, ...] = (
        numbers,
        Text(how, size=9, before=3, after=3, leads=True),
        register(_COLUMNS, held["rows"]),
        *_silent(held),
    )
    return (register_sheet(statement, FORM.title, blocks, landscape=True),)


def _silent(held: Mapping[str, Any]) -> tuple[Block, ...]:
    """The assets of which nothing at all was recorded: named, or the register would look complete."""
    if not held["silent"]:
        return ()
    return (Text(f"取扱いの記録がない情報資産：{'、'.join(held['silent'])}", size=9, before=4),)


FORM = Form(
    id="handling-ledger",
    title="情報資産取扱台帳",
    proves=(Whole("handling-ledger"),),
    about=About(
        Event,
        _things,
        empty="この契約の情報資産の取扱記録がありません。取扱記録を登録してください。",
        past=True,
    ),
    entry=_ENTRY,
    facts=_facts,
    draw=draw,
)
