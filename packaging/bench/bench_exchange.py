"""How fast a register of PCs is read, understood, planned, written and taken back, against a bare read of it.

All is processor time of this one process, the least of several runs: *read* is the file to its cells as
people see them, *understood* the head, the columns and the value of every cell, *planned* the whole plan
(understood among it), which holds the rows against the ledger; *applied* is the one change with its journal,
held against the rules that the program holds every change against; *undone* is what it takes to work out what
goes back, and to put it back. The baseline is python-calamine's bare read where that package is there (it is
no part of the project's environment), else openpyxl's: values alone, no format, no merged cell, nothing that
is hidden. Ratios count, not seconds.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from big_file import CHEAP, PASSPHRASE
from openpyxl import Workbook, load_workbook

from app.annexes.catalogue import load
from app.duties.rules import over_records
from app.exchange.sheets.book import Book
from app.exchange.sheets.excel import workbook
from app.exchange.tables.mapping import Said
from app.exchange.tables.planning import apply, plan
from app.exchange.tables.rows.lines import Lines
from app.exchange.tables.sheets import chosen, tables
from app.exchange.tables.words import words_of
from app.ledger.door import Ledger
from app.records import SPECS, Facts

T = TypeVar("T")
_TITLES = (
    *("No.", "資産番号", "機器種別", "メーカー", "型番", "シリアルNo.", "OS", "ウイルス対策ソフト"),
    *("容量", "所有区分", "導入年月日", "備考"),
)
_FIRST = date(2020, 4, 1)
_DEVICE = SPECS["device"]


def register(rows: int) -> bytes:
    """A register of so many PCs below a title, with a day in 和暦 in each row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("PC管理台帳")
    sheet.append(["PC管理台帳"])
    sheet.append(_TITLES)
    for row in _rows(rows):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(rows: int) -> Iterator[list[object]]:
    for n in range(1, rows + 1):
        day = _FIRST + timedelta(days=n % 2000)
        told = f"R{day.year - 2018}.{day.month}.{day.day}"
        what = [n, f"N-{n:06}", "ノートPC", "富士通", f"U{n % 40}", f"S{n:09}", "Windows 11 Pro", "Defender"]
        yield [*what, "512GB", "購入" if n % 3 else "リース", told, f"席{n}" if n % 5 == 0 else None]


def _bare(data: bytes) -> int:
    book = load_workbook(BytesIO(data), read_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


def _understood(book: Book) -> int:
    words = words_of(_DEVICE)
    _, grid, head = chosen(book, Said(), words)
    return sum(
        len(Lines(grid, table.head, table.columns, _DEVICE, words).read(table.rows))
        for table in tables(grid, head, words, Said())
    )


def _timed(work: Callable[[], T], runs: int) -> tuple[float, T]:
    least, made = float("inf"), None
    for _ in range(runs):
        made = None
        gc.collect()
        started = time.process_time()
        made = work()
        least = min(least, time.process_time() - started)
    assert made is not None  # noqa: S101  # one run at least
    return least, made


def _calamine(data: bytes) -> int:
    read = importlib.import_module("python_calamine").CalamineWorkbook
    sheets = read.from_filelike(BytesIO(data))
    return sum(
        len(row) for at in range(len(sheets.sheet_names)) for row in sheets.get_sheet_by_index(at).to_python()
    )


def _written(book: Book, rows: int) -> tuple[float, float]:
    """What it takes to write the rows, and to take them back as one."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "bench.jutaku"
        rules = (over_records.rules(load()),)
        ledger, _code = Ledger.create(path, PASSPHRASE, "架空 担当", cost=CHEAP, rules=rules)
        try:
            planned = plan(ledger.facts(), _DEVICE, book)
            applied, counts = _timed(lambda: apply(ledger, planned, None), 1)
            undone, what = _timed(ledger.undo, 1)
        finally:
            ledger.close()
    if counts["new"] != rows or len(what.back) != rows:
        raise RuntimeError(counts)
    return applied, undone


def main(arguments: list[str]) -> int:
    """Measure and print a table. Returns the exit code."""
    parser = argparse.ArgumentParser(description="a register from Excel, step by step")
    parser.add_argument("--rows", type=int, default=10_000, help="of the register (default: 10000)")
    parser.add_argument("-n", type=int, default=3, metavar="TIMES", help="runs of each (default: 3)")
    wanted = parser.parse_args(arguments)
    data = register(wanted.rows)
    baselines = {"openpyxl read_only, values": _timed(lambda: _bare(data), wanted.n)[0]}
    if importlib.util.find_spec("python_calamine") is not None:
        baselines["calamine, values"] = _timed(lambda: _calamine(data), wanted.n)[0]
    read, book = _timed(lambda: Book(tuple(workbook.sheets(data))), wanted.n)
    understood, _ = _timed(lambda: _understood(book), wanted.n)
    planned, _ = _timed(lambda: plan(Facts(()), _DEVICE, book), wanted.n)
    applied, undone = _written(book, wanted.rows)
    steps = {
        "read": read,
        "understood": understood,
        "planned": planned,
        "applied": applied,
        "undone": undone,
    }
    name, bare = list(baselines.items())[-1]
    print(f"{f'{wanted.rows} rows, {len(_TITLES)} columns':<32}{'seconds':>9}   × {name}")
    for step, seconds in (baselines | steps).items():
        print(f"{step:<32}{seconds:>9.2f}{seconds / bare:>8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
