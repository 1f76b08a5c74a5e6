"""Registers that somebody damaged, in every format: each is taken whole, or refused with nothing written."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from random import Random

from app.common import PeopleError
from app.exchange.coming_in.planner import Outcome
from app.exchange.going_out import csv_file, layout, workbook
from app.exchange.sheets import child
from app.exchange.sheets.book import Book, Cell, Sheet
from app.exchange.sheets.packing import Message, cells_of, unpacked
from app.exchange.tables import planning
from app.ledger.access import opening
from app.ledger.door import Ledger
from app.records import SPECS
from tests.faults.ground import NAME, Ground
from tests.faults.imports import all_or_nothing, damage
from tests.faults.tally import drawn
from tests.ledger.conftest import PASSPHRASE

_KINDS = ("device", "person", "location", "training", "client", "rule")
_OLD = Path(__file__).parents[1] / "exchange" / "sheets" / "register.xls"
_ODD = (b"", b"<a/>", b"<" * 9000, b"<a>" * 9000, b"\x00" * 9000, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
_ENCODINGS = ("utf-8-sig", "cp932", "utf-16")


class _Tables:
    """A ledger that one register after the other is brought into."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self._ledger, self._seed = ledger, seed
        facts = ledger.facts()
        self._tables = {
            name: layout.whole(SPECS[name], facts.all(SPECS[name].cls), facts.key_of) for name in _KINDS
        }
        self._books = {name: workbook.made(SPECS[name], table) for name, table in self._tables.items()}

    def try_one(self, number: int) -> None:
        draw = drawn(self._seed, "table", number)
        kind = draw.choice(_KINDS)
        name, data = self._damaged(draw, kind)
        with all_or_nothing(self._ledger) as counted:
            book = read(name, data)
            plan = planning.plan(self._ledger.facts(), SPECS[kind], book, update=True)
            done = planning.apply(self._ledger, plan, None)
            counted(done[str(Outcome.NEW)])

    def _damaged(self, draw: Random, kind: str) -> tuple[str, bytes]:
        match draw.randrange(4):
            case 0:
                return "a.xls", _bytes(draw, _OLD.read_bytes())
            case 1:
                table = self._tables[kind]
                text = csv_file.made([one.label for one in table.targets], table.rows).decode("utf-8-sig")
                return "a.csv", _bytes(draw, text.encode(draw.choice(_ENCODINGS), "replace"))
            case 2:
                return "a.xlsx", _bytes(draw, self._books[kind])
        return "a.xlsx", _parts(draw, self._books[kind])

    def end(self) -> None:
        found = self._ledger.verify()
        assert found.ok, found.problems[0].problem


def read(name: str, data: bytes) -> Book:
    """What the process that reads would tell. Raises ``PeopleError`` where it would refuse."""
    sheets: list[Sheet] = []
    head: Message = ()
    cells: list[Cell] = []
    told: Sequence[str] = ()
    for message in child.messages(name, data):
        match message:
            case ("cells", *_):
                cells.extend(cells_of(message))
            case ("sheet", *_) | ("end", _):
                if head:
                    sheets.append(unpacked(head, cells))
                head, cells = message, []
                told = message[1] if message[0] == "end" else told
            case ("no", sentence):
                raise PeopleError(sentence)
            case _:
                raise PeopleError("壊れているため読めません。")
    return Book(tuple(sheets), tuple(told))


def _bytes(draw: Random, data: bytes) -> bytes:
    made = bytearray(data)
    if draw.random() < 0.2:
        del made[draw.randrange(len(made)) :]
    damage(draw, made)
    return bytes(made)


def _parts(draw: Random, data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as book:
        made = {name: book.read(name) for name in book.namelist()}
    for _ in range(draw.randint(1, 3)):
        name = draw.choice(sorted(made))
        match draw.randrange(4):
            case 0 if len(made) > 1:
                del made[name]
            case 1:
                made[draw.choice(sorted(made))] = made[name]
            case 2:
                made[name] = draw.choice(_ODD)
            case _:
                made[name] = _bytes(draw, made[name] or b"a")
    return _zipped(made)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return out.getvalue()


@contextmanager
def tables(ground: Ground, seed: int) -> Iterator[_Tables]:
    """A ledger, and what is tried on it."""
    path = ground.begin("today") / NAME
    with Ledger.open(path, opening.unlock(path, PASSPHRASE)) as ledger:
        yield _Tables(ledger, seed)
