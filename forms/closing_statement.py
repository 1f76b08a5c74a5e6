"""契約終了時 返還・廃棄照合表: every asset received or copied, how it ended, what is still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.duties.case import Case
from app.duties.evaluators.kept_backups import backups_left
from app.duties.holding.balance import Balance, balance, whereabouts
from app.duties.holding.destruction import flaws, not_ended
from app.duties.papers.claims import Cites
from app.duties.view import ContractView
from app.printing.blocks import Block, Column, Grid, Item, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import Approval, Asset, Disposal, Event, Instruction, Statement, Submission, stated_key
from app.records.event import GIVING_BACK, RECEIVING, EventKind
from app.records.spelling.collation import order
from forms.form import Form
from forms.layout.acts_on_assets import Act, acts_of
from forms.layout.both_sides import both_sides
from forms.layout.registers import register_sheet
from forms.parts.about import About
from forms.parts.cells import Cell, register
from forms.parts.disposed import number_of
from forms.parts.paper import Paper
from forms.parts.texts import NONE, lines, or_none, quantity

_MIDWAY = "途中"
_IN = frozenset(str(kind) for kind in (*RECEIVING, EventKind.COPIED))
_BACK = frozenset(str(kind) for kind in GIVING_BACK)
_PAPERS = ("disposal-certificate", "return-note", "transfer-slip")
"""The forms whose documents tell how something ended, by their ids."""


@dataclass(frozen=True)
class Line:
    """One asset with its balance on the day and everything that happened to it by then."""

    record: Asset
    balance: Balance
    acts: tuple[Act, ...]


def _things(case: Case) -> Iterator[Line]:
    """Every asset of the contract, by number; of a document that is compared, as of its own day.

    A statement speaks of one day: what happens later makes it no less true, a correction of its past does.
    """
    as_of = _as_of(case)
    acts: dict[int, list[Act]] = defaultdict(list)
    for act in acts_of(as_of):
        acts[act.asset.id].append(act)
    held = balance(as_of.facts, as_of.contract.id, as_of.day)
    for one in sorted(held, key=lambda one: (order(one.asset.number), one.asset.id)):
        yield Line(one.asset, one, tuple(acts.get(one.asset.id, ())))


def _as_of(case: Case) -> Case:
    return replace(case, day=case.called) if case.comparing and case.called else case


def _midway(case: Case) -> str:
    """Before the end of the contract nothing has closed: such a statement says so in its title."""
    return _MIDWAY if case.day < case.contract.last_day else ""


def _told(act: Act) -> str:
    """One act in a cell: what, when, how much."""
    what = act.record.kind if isinstance(act.record, Event) else act.record.method
    line = act.line.quantity if act.line else act.record.quantity if isinstance(act.record, Event) else 0
    failed = "（終わっていない）" if act.line and not act.change else ""
    return f"{what}　{wareki(act.at.date())}　{quantity(line, act.asset.unit)}{failed}"


def _came(_case: Case, line: Line) -> str:
    return lines(
        *(_told(act) for act in line.acts if isinstance(act.record, Event) and act.record.kind in _IN)
    )


def _went(_case: Case, line: Line) -> str:
    """How it ended, in the order of time: what was given away, and every line of a disposal."""
    return lines(
        *(_told(act) for act in line.acts if isinstance(act.record, Disposal) or act.record.kind in _BACK)
    )


def _left(_case: Case, line: Line) -> str:
    return quantity(line.balance.held, line.record.unit)


_NUMBER: Cell[Line] = Cell("資産番号", lambda _case, line: line.record.number, 9, "center", fit=True)
_MEDIUM: Cell[Line] = Cell("媒体", lambda _case, line: line.record.medium)
_ITEM: Cell[Line] = Cell("情報項目", lambda _case, line: line.record.item, 17)
_IDENTIFIER: Cell[Line] = Cell("識別番号", lambda _case, line: or_none(line.record.identifier))
_CAME: Cell[Line] = Cell("受領・取得・作成・複写", lambda case, line: or_none(_came(case, line)), 23)
_WENT: Cell[Line] = Cell("返還・引渡・廃棄・消去", lambda case, line: or_none(_went(case, line)), 25)
_LEFT: Cell[Line] = Cell("残数量", _left, 9, "right", fit=True)
_NOTES: Cell[Line] = Cell("摘要", lambda _case, _line: NONE, 17)
_ENTRY = (_NUMBER, _MEDIUM, _ITEM, _IDENTIFIER, _CAME, _WENT, _LEFT)
_COLUMNS = ((_NUMBER, _MEDIUM), (_ITEM, _IDENTIFIER), (_CAME,), (_WENT,), (_LEFT,), (_NOTES,))
_OPEN = (
    Column("資産番号", 10, "center", fit=True),
    Column("情報項目", 32),
    Column("残数量", 12, "right", fit=True),
    Column("所在・理由", 46),
)


def _facts(paper: Paper[Line]) -> dict[str, Any]:
    case, papers = paper.case, _papers(paper.case)
    open_ones = [line for line in paper.things if line.balance.held or not line.balance.moved]
    rows = [
        {**entry, _NOTES.label: or_none(_notes(case, line, papers))}
        for line, entry in zip(paper.things, paper.entries, strict=True)
    ]
    return {
        "rows": rows,
        "counts": _counts(paper.things),
        "open": [_open_row(line) for line in open_ones],
        "backups": _backups(case),
        "said": _said(case),
        "midway": wareki(case.contract.last_day) if _midway(case) else "",
    }


def _papers(case: Case) -> Mapping[str, tuple[str, ...]]:
    """What a document that the client has was made for → the numbers of these documents."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in case.facts.of(Submission, "contract", case.contract.id):
        if (
            one.form not in _PAPERS
            or not one.stands
            or one.submitted_on is None
            or one.submitted_on > case.day
        ):
            continue
        told = case.facts.told(one)
        for key in told.subjects if told else ():
            found[key][one.number] = None
    return {key: tuple(held) for key, held in found.items()}


def _notes(case: Case, line: Line, papers: Mapping[str, tuple[str, ...]]) -> str:
    """Of what it is a copy, with which papers it ended, and all that keeps it from having ended well."""
    source, one = case.facts.find(Asset, line.record.copy_of), line.balance
    numbers = dict.fromkeys(n for act in line.acts for n in papers.get(stated_key(act.record), ()))
    more = one.returned + one.disposed > one.received + one.copied
    return lines(
        f"{source.number}の複写" if source else "",
        *dict.fromkeys(number_of(act.record) for act in line.acts if isinstance(act.record, Disposal)),
        f"提出書類　{'、'.join(numbers)}" if numbers else "",
        *_doubts(case, line),
        "受け入れた数量より多く返還・廃棄の記録がある" if more else "",
        f"うち{whereabouts(one)}" if one.away else "",
        f"うち持出し中{quantity(one.out, line.record.unit)}" if one.out else "",
        "" if one.moved else "取扱いの記録なし",
    )


def _doubts(case: Case, line: Line) -> Iterator[str]:
    """Why what was destroyed may be readable still, or was not destroyed at all: never printed as an end."""
    for act in line.acts:
        if not isinstance(act.record, Disposal) or act.line is None:
            continue
        approval = case.facts.find(Approval, act.record.approval)
        if words := not_ended(act.record, act.line):
            yield words
        for flaw in flaws(case.facts, act.record, (), (approval,) if approval else ()):
            if act.record.lines[flaw.row] is act.line:
                yield flaw.words


def _open_row(line: Line) -> list[str]:
    one, asset = line.balance, line.record
    place = one.place.name if one.place and one.held > one.away else ""
    why = lines(whereabouts(one) if one.away else "", place) if one.moved else "取扱いの記録なし"
    return [
        asset.number,
        asset.item,
        quantity(one.held, asset.unit) if one.moved else "不明",
        why or "所在の記録なし",
    ]


def _counts(things: tuple[Line, ...]) -> list[list[str]]:
    moved = [line.balance for line in things if line.balance.moved]
    held = sum(1 for one in moved if one.held)
    return [
        ["情報資産", f"{len(things):,}件", "残数量のないもの", f"{len(moved) - held:,}件"],
        ["残数量のあるもの", f"{held:,}件", "取扱いの記録のないもの", f"{len(things) - len(moved):,}件"],
    ]


def _backups(case: Case) -> list[str]:
    """Backups are copies too: those of which nothing says that they were erased."""
    view = ContractView(case.facts, case.catalogue, case.forms, case.contract, case.day)
    return [
        f"{run.what}（{wareki(run.done_on)}ほか{n}回分）" if n > 1 else f"{run.what}（{wareki(run.done_on)}）"
        for run, n in backups_left(view)
    ]


def _said(case: Case) -> str:
    """The client's word on what is left at the end, where there is one by the day."""
    said = case.facts.find(Instruction, case.contract.closing_instruction)
    if said is None or said.received_on > case.day:
        return ""
    return f"残る情報資産の扱いについては、{wareki(said.received_on)}に発注者の{said.kind}を受けています。"


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """The register across: the result, every asset, what is open, and a column for each side to sign."""
    held, contract = statement.facts, statement.facts["letter"]["contract"]
    # What is handed in once more says 再提出 in the place of 途中; it is no less midway for that.
    title = FORM.title if statement.variant == _MIDWAY or not held["midway"] else f"{FORM.title}（{_MIDWAY}）"
    blocks: tuple[Block, ...] = (
        Text("　情報資産の返還及び廃棄・消去を照合した結果は、次のとおりです。", before=2),
        *_so_far(statement),
        Grid(tuple(tuple(row) for row in held["counts"]), size=9.5, label=0.18),
        both_sides(
            "　次の１及び２のとおり照合しました。", contract["vendor_label"], contract["client_label"]
        ),
        Item("１", "情報資産ごとの受入れ及び返還・廃棄・消去"),
        register(_COLUMNS, held["rows"]),
        Item("２", "残数量のある情報資産等"),
        *_still_open(held),
    )
    return (register_sheet(statement, title, blocks, landscape=True),)


def _so_far(statement: Statement) -> tuple[Block, ...]:
    if not statement.facts["midway"]:
        return ()
    when = f"　契約の終了（{statement.facts['midway']}）前の途中経過であり、"
    return (Text(f"{when}返還及び廃棄・消去の完了を示すものではありません。", bold=True),)


def _still_open(held: Mapping[str, Any]) -> tuple[Block, ...]:
    if not held["open"] and not held["backups"]:
        return (Text("　ありません。"),)
    backups = "、".join(held["backups"])
    return (
        *((Table(_OPEN, tuple(tuple(row) for row in held["open"]), size=9),) if held["open"] else ()),
        *((Text(f"　消去の記録がないバックアップ：{backups}", size=9.5, before=3),) if backups else ()),
        *((Text(f"　{held['said']}", size=9.5, before=3),) if held["said"] else ()),
    )


FORM = Form(
    id="closing-statement",
    title="契約終了時 返還・廃棄照合表",
    proves=(Cites("return"), Cites("disposal")),
    about=About(
        Asset,
        _things,
        empty="この契約の情報資産が登録されていません。情報資産を登録してください。",
        past=True,
    ),
    entry=_ENTRY,
    called=_ITEM,
    under=("return", "disposal"),
    facts=_facts,
    draw=draw,
    marked=_midway,
)
