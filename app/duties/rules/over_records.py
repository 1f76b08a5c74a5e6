"""Rules over several records, which the ledger's door asks before it writes.

They refuse what cannot be true (more handed back than was there) and plans against a ban; what really
happened can always be recorded, with its reason, and then shows as a violation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from types import MappingProxyType
from typing import Any

from app.annexes.catalogue import Catalogue
from app.annexes.own.annexes import OwnAnnexes
from app.common import PeopleError
from app.duties.holding.balance import Movement, disposed_lines, movements
from app.duties.holding.parties import Parties
from app.duties.papers.dating import undated
from app.duties.rules.contracts import of_contract
from app.duties.rules.disposals import of_disposal
from app.duties.rules.gone import had_left
from app.duties.rules.own_annexes import needed, unusable
from app.duties.rules.pieces import broken_pieces
from app.duties.rules.references import across
from app.duties.rules.to_come import still_to_come
from app.records import (
    Asset,
    Assignment,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Event,
    Facts,
    LocationUse,
    Oath,
    OwnAnnex,
    Record,
    Submission,
    Training,
)
from app.records.amounts import Amount, amount_text
from app.records.days import DayOnly, When, ahead_of, wareki, wareki_moment
from app.records.device import Owner
from app.records.status import Status


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with ``record`` at field ``path``, in one Japanese sentence that says what to do.

    The window puts the sentence at that field, so a path names one; it is empty where the whole is wrong.
    """

    record: Record
    path: str
    sentence: str


Found = Iterator[tuple[str, str]]
_GONE: Mapping[str, str] = MappingProxyType(
    {
        "返還・引渡・廃棄": "手元に残っていません",
        "引渡": "渡せるものが手元に残っていません",
        "持出し": "持ち出せるものが手元に残っていません",
        "持帰り": "持ち出したままのものがありません",
    }
)


def rules(catalogue: Catalogue) -> Callable[[Facts, Sequence[Record]], tuple[Problem, ...]]:
    """The rule for the ledger's door: facts as they would be and the records written → what is wrong.

    ``catalogue`` is the product's; what the ledger itself keeps is added from the facts.
    """
    own = OwnAnnexes(catalogue)

    def check(after: Facts, changed: Sequence[Record]) -> tuple[Problem, ...]:
        return problems(own.catalogue(after), after, changed)

    return check


def problems(catalogue: Catalogue, after: Facts, changed: Sequence[Record]) -> tuple[Problem, ...]:
    """Every problem that ``changed`` (retired ones included) would bring into the facts ``after``."""
    found = [
        Problem(record, path, sentence)
        for record in changed
        if record.retired_at is None
        for path, sentence in chain(
            _of(catalogue, after, record),
            of_contract(catalogue, after, record),
            across(after, record),
            still_to_come(record),
            had_left(after, record),
            broken_pieces(after, record),
        )
    ]
    found.extend(_quantities(after, changed))
    found.extend(
        Problem(record, path, sentence)
        for record in changed
        if isinstance(record, OwnAnnex)
        for path, sentence in needed(after, record)
    )
    return tuple(found)


def _of(catalogue: Catalogue, after: Facts, record: Record) -> Found:
    match record:
        case Assignment():
            same = (o for o in after.of(Assignment, "person", record.person) if o.contract == record.contract)
            yield from _overlap(record, same, "同じ要員の従事", "役割は1件にまとめるか、期間を分けてください")
        case LocationUse():
            places = after.of(LocationUse, "location", record.location)
            same_use = (o for o in places if (o.contract, o.purpose) == (record.contract, record.purpose))
            yield from _overlap(record, same_use, "同じ場所の同じ用途の使用", "期間を分けてください")
        case DeviceUse():
            yield from _device_use(catalogue, after, record)
        case Asset():
            yield from _asset(after, record)
        case Disposal():
            yield from of_disposal(after, record)
            yield from _not_yet(record, "done_on", record.status, DayOnly(record.done_on))
        case Event():
            yield from _not_yet(record, "happened_at", record.status, record.happened_at)
        case Submission() if record.revision == 1:
            yield from _dated(after, record)
        case OwnAnnex():
            yield from unusable(catalogue, after, record)
        case Oath() | Training():
            yield from _contracts_once(record)


def _overlap(record: Any, others: Iterable[Any], what: str, how: str) -> Found:
    """Periods of the same thing may touch on one day (a move), but not run side by side."""
    for other in others:
        if other.id != record.id and _starts_before_end(record, other) and _starts_before_end(other, record):
            until = f"{wareki(other.ends_on)}まで" if other.ends_on else ""
            yield (
                "starts_on",
                f"{what}（{wareki(other.starts_on)}から{until}）と期間が重なっています。{how}。",
            )
            return


def _starts_before_end(one: Any, other: Any) -> bool:
    end: date | None = other.ends_on
    start: date = one.starts_on
    return end is None or start < end or (start == end == other.starts_on)


def _device_use(catalogue: Catalogue, after: Facts, use: DeviceUse) -> Found:
    same = (
        other
        for other in after.of(DeviceUse, "device", use.device)
        if (other.contract, other.status) == (use.contract, use.status)
    )
    yield from _overlap(use, same, "同じ機器の使用", "期間を分けてください")
    device = after.find(Device, use.device)
    contract = after.find(Contract, use.contract)
    if device is None or contract is None or device.owner != Owner.PRIVATE:
        return
    clause = _ban(catalogue, contract)
    if clause and use.status == Status.PLANNED:
        yield (
            "device",
            f"{clause}が私用の機器を禁じているため、私物の{device.control_number}の使用は予定できません。"
            "自社の機器を選んでください。",
        )
    elif clause and not use.reason:
        yield (
            "reason",
            f"{clause}が禁じている私物の{device.control_number}を使用した事実を記録するため、"
            "事情・理由を入力してください。",
        )


def _ban(catalogue: Catalogue, contract: Contract) -> str:
    """The clause of the contract that bans private devices, as it is cited; empty where none does."""
    for row in contract.annexes:
        try:
            clauses = catalogue.clauses(row.annex, "private-device-ban", row.version)
        except PeopleError:
            continue
        for clause in clauses:
            if all(option in row.options for option in clause.options):
                return catalogue.cite(clause)
    return ""


def _asset(after: Facts, asset: Asset) -> Found:
    source = after.find(Asset, asset.copy_of)
    if source is None:
        return
    if source.contract != asset.contract:
        yield "copy_of", f"複写元の{source.number}は別の契約の情報資産です。同じ契約のものを選んでください。"
    seen = {asset.id}
    while source is not None:
        if source.id in seen:
            yield "copy_of", f"{asset.number}の複写元をたどると自身に戻ります。複写元を選び直してください。"
            return
        seen.add(source.id)
        source = after.find(Asset, source.copy_of)


def _not_yet(record: Disposal | Event, path: str, status: str, at: When) -> Found:
    """What is still to come is a plan: as done it would empty a balance and print as a fact."""
    now = record.recorded_at
    if status == Status.ACTUAL and now is not None and (ahead := ahead_of(at, now)):
        when = "日" if isinstance(at, DayOnly) else "日時"
        yield (
            path,
            f"{record.spec.label}の{when}（{wareki_moment(at)}）が{ahead}より後です。まだ行っていないことは"
            "「予定」として登録し、行った後に「実績」に改めてください。",
        )


def _dated(after: Facts, paper: Submission) -> Found:
    """No paper of a contract is older than the contract itself."""
    contract = after.find(Contract, paper.contract)
    if contract is not None and (sentence := undated(contract, paper.issued_on)):
        yield "issued_on", sentence


def _contracts_once(record: Oath | Training) -> Found:
    seen: set[int] = set()
    for number, contract in enumerate(record.contract_ids, 1):
        if contract in seen:
            yield (
                f"contracts.{number}.contract",
                f"{record.spec.label}の対象に同じ契約が2回あります。1つにしてください。",
            )
        seen.add(contract)


def _quantities(after: Facts, changed: Sequence[Record]) -> Iterator[Problem]:
    """No moment may see more handed back, destroyed or taken out than was held at that moment."""
    touched: dict[int, Record] = {}
    for record in changed:
        if isinstance(record, Event):
            touched.setdefault(record.asset, record)
        elif isinstance(record, Disposal):
            for line in record.lines:
                if line.asset is not None:
                    touched.setdefault(line.asset, record)
    written = {(record.spec.name, record.id) for record in changed}
    lines: dict[int, Any] = {}
    for asset_id, record in touched.items():
        asset = after.find(Asset, asset_id)
        if asset is None:
            continue
        if asset.contract not in lines:
            lines[asset.contract] = disposed_lines(after, asset.contract)
        own = lines[asset.contract].get(asset_id, ())
        yield from _running(after, asset, own, record, written)


def _running(
    after: Facts, asset: Asset, lines: Any, touched: Record, written: set[tuple[str, int]]
) -> Iterator[Problem]:
    held: Amount = 0
    out: Amount = 0
    away: Amount = 0
    for move in _steps(movements(after.of(Event, "asset", asset.id), lines, Parties(after, asset.contract))):
        sentence = _impossible(asset, move, held, out, away)
        if sentence:
            own = (move.record.spec.name, move.record.id) in written
            path = "quantity" if isinstance(touched, Event) else "lines"
            yield Problem(move.record if own else touched, move.path if own else path, sentence)
            return
        held += move.held
        # What is destroyed is with nobody; what is handed over or destroyed on the way is no longer out.
        away = min(away + move.away, held)
        out = min(out + move.out, held - away)


def _steps(moves: Sequence[Movement]) -> Iterator[Movement]:
    """What is asked one after the other: each movement; of a day on which any hour is not known, all that
    came and then all that went. What really happened must not be refused for its order within the day.
    """
    for _day, held in groupby(moves, key=lambda move: move.at.date()):
        of_day = tuple(held)
        if not any(isinstance(move.at, DayOnly) for move in of_day):
            yield from of_day
            continue
        came = sum(max(move.held, 0) for move in of_day)
        yield replace(of_day[0], held=came, out=0, away=0)
        yield replace(
            of_day[-1],
            held=sum(min(move.held, 0) for move in of_day),
            out=sum(move.out for move in of_day),
            away=sum(move.away for move in of_day),
        )


def _impossible(asset: Asset, move: Movement, held: Amount, out: Amount, away: Amount) -> str:
    """One sentence if ``move`` needs more than was there at its moment, else empty."""
    name, day = f"{asset.number}（{asset.item}）", wareki(move.at.date())
    if move.held < 0 and held + move.held < 0:
        what, most = "返還・引渡・廃棄", held
    elif move.away > 0 and away + move.away > held:
        what, most = "引渡", held - away
    elif move.out > 0 and out + move.out > held - away:
        what, most = "持出し", held - away - out
    elif move.out < 0 and out + move.out < 0:
        what, most = "持帰り", out
    else:
        return ""
    if not most:
        return (
            f"{name}は、{day}の{what}の時点で{_GONE[what]}。"
            "それまでの授受・廃棄の記録と日時を確かめてください。"
        )
    return (
        f"{name}は、{day}の{what}の数量がその時点で可能な数量（{amount_text(most)}{asset.unit}）を超えます。"
        "数量と日時を確かめてください。"
    )
