"""What an old disposal register was of: assets that nobody registered, made from its own lines.

A line without its asset would be a disposal of nothing, and its quantity would stand in no balance. So an
asset comes with the event by which it was received: of which kind and when, people say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.exchange.coming_in import importing
from app.exchange.coming_in.planner import ImportPlan, Outcome, provisional
from app.exchange.tables.answers.answers import Asks
from app.exchange.tables.beside import standing
from app.exchange.tables.beside.beside import Beside, ask, constants, moved, told
from app.exchange.tables.beside.words import ASSET, EVENT, path_of
from app.exchange.tables.line import Line
from app.exchange.tables.words import words_of
from app.records import SPECS, Facts
from app.records.amounts import Amount, amount_text
from app.records.kinds import OTHER
from app.records.known import Known
from app.records.spelling.fold import alike, squeezed
from app.records.status import Status

_LINES, _ASSET = standing.LINES, "lines.asset"
_SHARED = ("contract", "item", "medium", "unit")
"""Fields of an asset that its line says: what is wrong with them is said of the line."""
_FROM_LINE = ("item", "medium", "unit")
_DAY = len("2026-04-01")


@dataclass(slots=True)
class _Thing:
    """An asset that is to be made. ``row`` is that of the first line which names it."""

    row: int
    key: str
    entry: dict[str, Any]
    line: Line
    quantities: list[Any] = field(default_factory=list)


class Things:
    """The assets that the lines of disposals name and the ledger lacks."""

    def __init__(
        self,
        facts: Facts,
        lines: Sequence[Line],
        said: Mapping[str, Any],
        *,
        wanted: bool,
        literal: bool = False,
    ) -> None:
        self._literal = literal
        self._facts, self._lines = facts, lines
        self._known = Known(facts)
        self._wanted = wanted
        self._about = {line.row: (moved(line, ASSET), moved(line, EVENT)) for line in lines}
        self._constants = constants(said, ASSET), constants(said, EVENT)
        self._things: dict[str, _Thing] = {}
        self._keys: dict[tuple[int, int], str] = {}
        self._new: dict[int, range] = {}
        """Which of the lines of each disposal no record holds yet."""
        self.offers: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[tuple[str, str, int], ...]:
        """Type, key and id of each asset that is made."""
        return tuple((ASSET, one.key, provisional(one.row)) for one in self._things.values())

    def make(self, mapped: Mapping[str, str]) -> None:
        """Find what the ledger lacks: it is made, or offered. ``mapped``: the letter of a field's column."""
        for line in self._lines:
            for at, row in enumerate(self._rows(line)):
                number = str(row.get("asset", "") or "")
                if row.get("device") or (number and not self._known.lacks(ASSET, number)):
                    continue
                self.offers = (ASSET,)
                if self._wanted:
                    self._take(line, at, row, number)
                else:
                    self._offer(line, at, row, mapped.get(_ASSET, ""))

    def entry(self, line: Line) -> dict[str, Any]:
        """What a file of records would say of the disposal, its assets by name."""
        rows = [
            {**row, "asset": self._keys[line.row, at]} if (line.row, at) in self._keys else row
            for at, row in enumerate(self._rows(line))
        ]
        held = standing.held_disposal(self._facts, self._known, line)
        if held is None:
            self._new[line.row] = range(len(rows))
        elif not self._literal and (both := standing.joined(self._facts, held, rows)) is not None:
            self._new[line.row] = range(len(rows))
            return {**line.entry, _LINES: both}
        return {**line.entry, _LINES: rows} if rows else dict(line.entry)

    def planned(self, main: ImportPlan, mapped: Mapping[str, str], today: date | None) -> Iterator[Beside]:
        """The plans for the assets, and for how they were received."""
        things = {one.row: one.line for one in self._things.values()}
        assets = {one.row: one.entry for one in self._things.values()}
        events = {one.row: self._received(one) for one in self._things.values()}
        for short in self._short(main):
            if short.row not in events and self._came_so(short):
                things[short.row], events[short.row] = short.line, self._more(short)
            else:
                self._ask_for_more(short)
        for kind, entries in ((ASSET, assets), (EVENT, events)):
            if not entries:
                continue
            numbers = sorted(entries)
            plan = importing.plan(
                self._facts,
                SPECS[kind],
                [entries[number] for number in numbers],
                update=True,
                today=today,
                numbers=numbers,
                counted=main.counted,
                named=self.named if kind == EVENT else (),
            )
            told(plan, things, mapped, but=_SHARED)
            yield Beside(plan, entries, {number: things[number].row for number in numbers}, first=True)

    def _short(self, main: ImportPlan) -> Iterator[standing.Short]:
        """The assets that are there, and of which the ledger holds less than the rows dispose of."""
        new = {row.row for row in main.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)}
        told = [(line, self._new[line.row]) for line in self._lines if line.row in new & self._new.keys()]
        return standing.short_of(self._facts, self._known, told)

    def _came_so(self, short: standing.Short) -> bool:
        """Whether people say of this register's things what the ledger says of how this one came in."""
        about = self._about_event(short.line)
        return self._wanted and standing.received_so(self._facts, short.asset, about)

    def _more(self, short: standing.Short) -> dict[str, Any]:
        """What came in with the asset beside what the first part of the register disposed of."""
        entry = {**self._about_event(short.line), "asset": short.key, "status": Status.ACTUAL.value}
        return {**entry, "quantity": _written(short.lacking)}

    def _ask_for_more(self, short: standing.Short) -> None:
        unit = short.asset.unit
        for line, path in short.paths:
            ask(
                line,
                path,
                f"情報資産「{short.key}」は、台帳では手元に{amount_text(short.held)}{unit}しかありません"
                f"（取り込む廃棄は合わせて{amount_text(_amount(short.wanted))}{unit}）。",
                "数量と番号を確かめるか、受け取った記録を先に登録してください。",
            )

    def _about_event(self, line: Line) -> dict[str, Any]:
        return {**self._constants[1], **self._about[line.row][1]}

    def _rows(self, line: Line) -> list[dict[str, Any]]:
        rows = line.entry.get(_LINES)
        return rows if isinstance(rows, list) else []

    def _take(self, line: Line, at: int, row: Mapping[str, Any], number: str) -> None:
        place = line.places.get(f"{_LINES}.{at + 1}.item", (line.row, "", ""))[0]
        key = number or f"{place}行目の情報資産"
        about = {**self._constants[0], **self._about[line.row][0]}
        said = {name: row[name] for name in _FROM_LINE if name in row}
        entry = {**about, **said, "medium": _medium(str(row.get("medium", ""))), "number": number}
        held = standing.held_disposal(self._facts, self._known, line)
        if "contract" in line.entry:
            entry["contract"] = line.entry["contract"]
        elif held is not None:
            entry["contract"] = self._facts.key_of("contract", held.contract)
        there = self._things.setdefault(alike(key), _Thing(place, key, entry, line))
        if there.entry != entry:
            ask(
                line,
                f"{_LINES}.{at + 1}.asset",
                f"{there.row}行目と同じ情報資産「{key}」ですが、内容が違います。",
                "契約、情報項目、媒体、単位を揃えるか、番号を分けてください。",
            )
        there.quantities.append(row.get("quantity"))
        self._keys[line.row, at] = there.key

    def _offer(self, line: Line, at: int, row: Mapping[str, Any], column: str) -> None:
        line.asked.add(_ASSET)
        path, number = f"{_LINES}.{at + 1}.asset", row.get("asset")
        item = f"「{row['item']}」" if row.get("item") else ""
        named = f"「{number}」が台帳に" if number else f"{item}の番号が"
        if not number:
            # The number stands in its own column: nobody may write it over what the line tells.
            start = f"{_LINES}.{at + 1}."
            told = (held[0] for name, held in line.places.items() if name.startswith(start))
            line.places[path] = (next(told, line.row), column, "")
        ask(
            line,
            path,
            f"廃棄した情報資産{named}ありません。",
            "この台帳の記載から情報資産も登録するか（--map の create）、番号を直してください。",
            asks=Asks.VALUE if column else Asks.THING,
        )

    def _received(self, thing: _Thing) -> dict[str, Any]:
        """How the asset came in: with all that its lines dispose of."""
        about = self._about_event(thing.line)
        came, gone = str(about.get("happened_at", "")), str(thing.line.entry.get("done_on", ""))
        if came[:_DAY] > gone[:_DAY] and came and gone:
            ask(
                thing.line,
                path_of(EVENT, "happened_at"),
                "受け取った日が廃棄した日より後です。",
                "どちらの日付が正しいか確かめてください。",
            )
        entry = {**about, "asset": thing.key, "status": Status.ACTUAL.value}
        if (total := _total(thing.quantities)) is not None:
            entry["quantity"] = total
        return entry


def _medium(text: str) -> str:
    """The medium of a line as that of an asset: in its own words where it is none of the choices."""
    known = words_of(SPECS[ASSET]).values["medium"].get(squeezed(text))
    return known or (f"{OTHER}：{text}" if text else "")


def _total(quantities: Sequence[Any]) -> Any:
    """All of it together, as a file of records writes it; None where one is not known."""
    try:
        total = sum((Decimal(str(one)) for one in quantities), Decimal(0))
    except ArithmeticError:
        return None
    return _written(total)


def _written(total: Decimal) -> Any:
    return int(total) if total == int(total) else str(total)


def _amount(total: Decimal) -> Amount:
    return int(total) if total == int(total) else total
