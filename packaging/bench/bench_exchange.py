"""How fast a register of PCs is read, understood, planned, written and taken back, against a bare read of it.

All is processor time of one process, the least of several runs: *read* is the file to its cells as people see
them (no garbage is looked for meanwhile, as in the process that reads), *read apart* the same as the program
does it (a process of its own is started, reads, and sends what it found: the time of both), *understood* the
head, the columns and the value of every cell, *planned* the whole plan (understood among it), which holds the
rows against the ledger; *applied* is the one change with its journal, held against the rules that the program
holds every change against; *undone* is what it takes to work out what goes back, and to put it back. The
baseline is python-calamine's bare read where that package is there (it is no part of the project's
environment), else openpyxl's: values alone, no format, no merged cell, nothing that is hidden. Ratios count,
not seconds. *peak* is the most memory that the process held meanwhile (Linux alone tells it): the cells of
the file, the plan and the ledger's records among it, as the program holds them. Each size is measured in a
process of its own, from 50,000 rows on once.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, TypeVar

from big_file import CHEAP, PASSPHRASE
from openpyxl import Workbook, load_workbook

from app.annexes.catalogue import load
from app.common import uncollected
from app.duties.rules import over_records
from app.exchange.sheets.apart import read
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
_STATUS = Path("/proc/self/status")
_ONCE = 50_000
"""Rows from which on one run is long enough to tell."""


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


class Measured(NamedTuple):
    """Seconds of the processor, and the most megabytes held; 0 where the system does not tell."""

    seconds: float
    peak: float


def _used() -> float:
    """Seconds of the processor: of this process and, but on Windows, those that it started and that ended."""
    if sys.platform == "win32":
        return time.process_time()
    import resource

    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _timed(work: Callable[[], T], runs: int) -> tuple[Measured, T]:
    least, made = float("inf"), None
    gc.collect()
    _forget_peak()
    for _ in range(runs):
        made = None
        gc.collect()
        started = _used()
        made = work()
        least = min(least, _used() - started)
    assert made is not None  # noqa: S101  # one run at least
    return Measured(least, _peak()), made


def _forget_peak() -> None:
    if _STATUS.exists():
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    if not _STATUS.exists():
        return 0.0
    told = dict(
        line.split(":", 1) for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines()
    )
    return int(told["VmHWM"].split()[0]) / 1024


def _read(data: bytes) -> Book:
    with uncollected():
        return Book(tuple(workbook.sheets(data)))


def _apart(data: bytes) -> int:
    return len(read(data, "register.xlsx").sheets[0].cells)


def _calamine(data: bytes) -> int:
    read = importlib.import_module("python_calamine").CalamineWorkbook
    sheets = read.from_filelike(BytesIO(data))
    return sum(
        len(row) for at in range(len(sheets.sheet_names)) for row in sheets.get_sheet_by_index(at).to_python()
    )


def _written(book: Book, rows: int) -> tuple[Measured, Measured]:
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
    """Measure and print a table for each size. Returns the exit code."""
    parser = argparse.ArgumentParser(description="a register from Excel, step by step")
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000], help="of the registers")
    parser.add_argument("-n", type=int, default=3, metavar="TIMES", help="runs of each (default: 3)")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    wanted = parser.parse_args(arguments)
    if wanted.child:
        _measure(wanted.rows[0], wanted.n)
        return 0
    for rows in wanted.rows:
        runs = 1 if rows >= _ONCE else wanted.n
        command = [sys.executable, __file__, "--child", "--rows", str(rows), "-n", str(runs)]
        subprocess.run(command, check=True)  # noqa: S603  # this very script
    return 0


def _measure(rows: int, runs: int) -> None:
    data = register(rows)
    steps = {"openpyxl read_only, values": _timed(lambda: _bare(data), runs)[0]}
    if importlib.util.find_spec("python_calamine") is not None:
        steps["calamine, values"] = _timed(lambda: _calamine(data), runs)[0]
    name, bare = list(steps.items())[-1]
    steps["read"], book = _timed(lambda: _read(data), runs)
    steps["read apart"], _ = _timed(lambda: _apart(data), runs)
    steps["understood"], _ = _timed(lambda: _understood(book), runs)
    steps["planned"], _ = _timed(lambda: plan(Facts(()), _DEVICE, book), runs)
    del _
    steps["applied"], steps["undone"] = _written(book, rows)
    size = f"{rows:,} rows, {len(_TITLES)} columns"
    print(f"{size:<32}{'seconds':>9}{'MB, peak':>10}   × {name}")
    for step, one in steps.items():
        print(f"{step:<32}{one.seconds:>9.2f}{one.peak:>10.0f}{one.seconds / bare.seconds:>8.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
