"""情報資産授受票: one hand-over, a copy for each side, for both to sign."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from app.duties.case import Case
from app.duties.holding.balance import EVENTS
from app.duties.holding.handovers import TRANSFERS, handover_of
from app.duties.papers.claims import Each
from app.printing.blocks import Block, Column, Grid, Sheet, Table, Text, Title
from app.records import Event, Statement
from app.records.days import DayOnly, wareki_moment
from forms.form import Form
from forms.layout.both_sides import both_sides
from forms.layout.copies import copies
from forms.layout.handed import OPEN, giver, happened, protected, quantity_of, taker, told_by
from forms.parts.about import About
from forms.parts.cells import Cell, always, field, options
from forms.parts.letter import contract_grid, repeats, under
from forms.parts.paper import Paper
from forms.parts.texts import unique

_NO_HOUR = "（時刻の記録なし）"
_COPIES = ("発注者控", "受注者控")
_COLUMNS = (
    Column("№", 5, "center"),
    Column("情報項目", 28),
    Column("媒体", 13, fit=True),
    Column("数量", 11, "right", fit=True),
    Column("識別番号", 15),
    Column("本人の数", 9, "right", fit=True),
    Column("保護の措置", 22),
)
_KINDS = frozenset(str(kind) for kind in TRANSFERS)


def _handed(case: Case) -> list[Event]:
    """What changed hands by the day, hand-over by hand-over in the order of time; and what is asked for."""
    asked = set(case.only) if not case.comparing else set()
    found = [
        event
        for event in case.facts.over(EVENTS, case.contract.id)
        if event.kind in _KINDS and (happened(case, event) or f"event:{event.id}" in asked)
    ]
    first: dict[Hashable, tuple[Any, int]] = {}
    for event in sorted(found, key=lambda one: (one.happened_at, one.id)):
        first.setdefault(handover_of(event), (event.happened_at, event.id))
    return sorted(found, key=lambda one: (*first[handover_of(one)], one.happened_at, one.id))


def _told(case: Case) -> set[str]:
    return told_by(case, FORM.id)


def _together(_case: Case, event: Event) -> Hashable:
    return handover_of(event)


def _when(_case: Case, event: Event) -> str:
    told = wareki_moment(event.happened_at)
    return f"{told}{_NO_HOUR}" if isinstance(event.happened_at, DayOnly) else told


_KIND = field(Event, "kind", label="区分")
_WHEN: Cell[Event] = Cell("日時", _when)
_PLACE = field(Event, "handover_place", label="場所", needed=always)
_FROM = field(Event, "from_party", needed=always)
_TO = field(Event, "to_party", needed=always)
_HOW = field(Event, "method", label="授受の方法", needed=always)
_ITEM = field(Event, "asset.item")
_MEDIUM = field(Event, "asset.medium")
_QUANTITY: Cell[Event] = Cell("数量", quantity_of)
_IDENTIFIER = field(Event, "asset.identifier", label="識別番号")
_PROTECTED: Cell[Event] = Cell("保護の措置", lambda _case, event: protected(event))
_PERSONS = field(Event, "asset.persons", label="本人の数")
_ENTRY = (_KIND, _WHEN, _PLACE, _FROM, _TO, _HOW, _ITEM, _MEDIUM, _QUANTITY, _IDENTIFIER, _PROTECTED)
_LINE = (_ITEM, _MEDIUM, _QUANTITY, _IDENTIFIER)


def _facts(paper: Paper[Event]) -> dict[str, Any]:
    acts: dict[Hashable, list[tuple[Event, Any]]] = {}
    for event, entry in zip(paper.things, paper.entries, strict=True):
        acts.setdefault(handover_of(event), []).append((event, entry))
    return {"handovers": [_act(paper.case, held) for held in acts.values()]}


def _act(case: Case, held: Sequence[tuple[Event, Any]]) -> dict[str, Any]:
    """One hand-over: what its events share, and a line for each thing."""
    events = [event for event, _entry in held]
    entries = [entry for _event, entry in held]

    def of(cell: Cell[Event]) -> str:
        return "\n".join(unique(entry[cell.label] for entry in entries))

    return {
        "number": next((event.handover for event in events if event.handover), ""),
        "particulars": [
            [_KIND.label, of(_KIND), _WHEN.label, of(_WHEN)],
            [_PLACE.label, of(_PLACE)],
            [_FROM.label, _parties(giver(event) for event in events)],
            [_TO.label, _parties(taker(event) for event in events)],
            [_HOW.label, of(_HOW)],
        ],
        "items": [
            [
                *(entry[cell.label] for cell in _LINE),
                _PERSONS.read(case, event),
                entry[_PROTECTED.label],
            ]
            for event, entry in held
        ],
    }


def _parties(told: Iterable[str]) -> str:
    return "\n".join(unique("　".join(one.split("\n")) for one in told))


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """For each hand-over a sheet for either side, with everything that both are to sign."""
    return tuple(
        sheet for act in statement.facts["handovers"] for sheet in copies((_sheet(statement, act),), *_COPIES)
    )


def _sheet(statement: Statement, act: dict[str, Any]) -> Sheet:
    letter = statement.facts["letter"]
    number = act["number"]
    title = f"{FORM.title}（{statement.variant}）" if statement.variant else FORM.title
    rows = tuple((str(at), *row) for at, row in enumerate(act["items"], 1))
    particulars = tuple(tuple(row) for row in act["particulars"])
    sentence = f"　{under(statement)}次の契約に係る情報資産を、以下のとおり授受しました。"
    blocks: tuple[Block, ...] = (
        Text(f"作成日　{letter['date']}", align="right", size=9.5),
        Title(title),
        *repeats(statement),
        *((Text(f"授受番号　{number}", align="right", size=9.5, after=3),) if number else ()),
        Text(sentence, align="justify", after=4),
        contract_grid(letter["contract"]),
        Grid(particulars, size=9.5, label=0.18),
        Table(_COLUMNS, rows),
        both_sides("　上記の情報資産を、記載のとおり授受したことを確認しました。", _FROM.label, _TO.label),
        Text("本書は２通を作成し、双方が署名の上、１通ずつ保管します。", size=9, before=4),
    )
    return Sheet(blocks, f"{title}　{number}".strip(), close=True)


FORM = Form(
    id="transfer-slip",
    title="情報資産授受票",
    proves=(Each("transfer-record", words=("授受票",), rank=1),),
    about=About(
        Event,
        _handed,
        settled=_told,
        together=_together,
        empty="この契約の受領又は返還の記録がありません。情報資産の取扱記録を登録してください。",
        done="授受票に載せていない授受はありません。控えをもう一度出すときは「再提出」を選んでください。",
        past=True,
    ),
    entry=_ENTRY,
    called=_ITEM,
    needs=OPEN,
    choices={_KIND.label: tuple(kind for kind in options(_KIND) if kind in _KINDS)},
    facts=_facts,
    draw=draw,
)
