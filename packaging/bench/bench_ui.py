"""How long the window stands still while one uses a long list, against a plain Qt table of the same size.

The acts are done to the real window over the big ledger: opened, sorted, filtered, searched, everything
selected and painted, scrolled, a change saved. A timer in the window's thread is to beat each millisecond;
how long it could not is the stall, told in processor time of that thread, so that what else runs on the
machine counts less: what a worker does meanwhile is none. The same acts are done to a plain ``QTableView`` on
a trivial model with as many rows and columns, sorted and filtered in the window's thread, as such models are.
Below it the page on which the text of an annex is read: of six hundred paragraphs one is decided and saved,
and all are opened again.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from big_file import copy, kept
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QTableView

from app.preferences import Preferences
from app.records import Event, Facts, OwnAnnex
from app.start import Product
from app.ui.annexes.reading.page import ReadingPage
from app.ui.context import Context, Program
from app.ui.lists.page import RecordsPage
from app.ui.lists.view import RecordList
from app.ui.operations import Operations
from app.ui.parts.dialogs import QtDialogs
from app.ui.parts.look import Look
from app.ui.search.dialog import SearchDialog
from app.ui.shell.window import MainWindow
from app.ui.targets import ReadAnnex, ShowList

_WORDS = "入力"
_ASKED = (
    "受託者は、業務で知った個人情報を他人に知らせてはならない。",
    "受託者は、市の書面による承諾を得ないで、個人情報を複写してはならない。",
    "受託者は、個人情報の漏えいを知ったときは、直ちに市に報告しなければならない。",
)
_READING = "架空市個人情報取扱特記事項\n\n" + "".join(
    f"第{at}条（条件{at}）\n　{_ASKED[at % 3]}（その{at}）\n" for at in range(1, 601)
)
_PATIENCE = 60.0
_REST = 5
"""Beats without work after which an act is over."""
_DOWN, _DISPLAY = Qt.SortOrder.DescendingOrder, Qt.ItemDataRole.DisplayRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass
class Heart:
    """Beats in the window's thread, and remembers the longest time of that thread between two beats."""

    app: QApplication
    busy: Callable[[], bool]
    _last: float = 0.0
    _worst: float = 0.0
    _rest: int = 0
    _timer: QTimer = field(default_factory=QTimer)

    def stall(self, act: Callable[[], object]) -> float:
        """Do something as a person would, wait until all of it is shown, and tell the longest stall in ms."""
        gc.collect()
        self._worst, self._rest, self._last = 0.0, 0, time.thread_time()
        QTimer.singleShot(0, act)
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        end = time.monotonic() + _PATIENCE
        while self._rest < _REST and time.monotonic() < end:
            self.app.processEvents()
        self._timer.stop()
        return self._worst * 1000

    def _beat(self) -> None:
        now = time.thread_time()
        self._worst, self._last = max(self._worst, now - self._last), now
        self._rest = 0 if self.busy() else self._rest + 1


class Plain(QAbstractTableModel):
    """The trivial model: the texts of all rows in memory."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._all = self._rows = rows

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._all[0])

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        return self._rows[index.row()][index.column()] if role == _DISPLAY else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._put(sorted(self._rows, key=lambda row: row[column], reverse=order == _DOWN))

    def filter(self, word: str) -> None:
        """Keep the rows that hold ``word``."""
        self._put([row for row in self._all if any(word in cell for cell in row)])

    def change(self, row: int) -> None:
        """Another text in one row."""
        self._rows[row] = (*self._rows[row][:-1], "変更")
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def _put(self, rows: list[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


Acts = Mapping[str, Callable[[], object]]


def plain_acts(facts: Facts) -> Acts:
    """The acts done to the plain table."""
    fields = [one.name for one in Event.spec.listed]
    rows = [tuple(facts.shown(one, name) for name in fields) for one in facts.all(Event)]
    model, table = Plain(rows), QTableView()

    def opened() -> None:
        table.setModel(model)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.resize(1180, 760)
        table.show()

    return {
        "open": opened,
        "sort": lambda: model.sort(3, _DOWN),
        "sort by a name": lambda: model.sort(0),
        "filter": lambda: model.filter(_WORDS),
        "filter off": lambda: model.filter(""),
        "select all": table.selectAll,
        "paint, all selected": table.viewport().repaint,
        "scroll": lambda: _scroll(table, 300),
        "jump": lambda: _scroll(table, table.verticalScrollBar().maximum() // 2),
        "save": lambda: model.change(5),
        "search": lambda: model.filter("架空"),
    }


def own_acts(context: Context, window: MainWindow) -> Acts:
    """The same acts done to the window."""

    def rows() -> RecordList:
        page = window.page
        if not isinstance(page, RecordsPage):
            raise TypeError(type(page))
        return page.list

    def save() -> None:
        held = context.facts().get(Event, rows().model.ids[5])
        context.ledger.change(replace(held, quantity=held.quantity + 1))

    def search() -> None:
        dialog = SearchDialog(context, window)
        dialog.edit.setText("架空")
        dialog.show()
        dialog.find_now()

    return {
        "open": lambda: window.open(ShowList("event")),
        "sort": lambda: rows().table.sortByColumn(3, _DOWN),
        "sort by a name": lambda: rows().table.sortByColumn(0, Qt.SortOrder.AscendingOrder),
        "filter": lambda: rows().search.setText(_WORDS),
        "filter off": lambda: rows().search.setText(""),
        "select all": lambda: rows().table.selectAll(),
        "paint, all selected": lambda: rows().table.viewport().repaint(),
        "scroll": lambda: _scroll(rows().table, 300),
        "jump": lambda: _scroll(rows().table, rows().table.verticalScrollBar().maximum() // 2),
        "save": save,
        "search": search,
    }


def reading_acts(context: Context, window: MainWindow) -> Acts:
    """What is done with the text of an annex, the paragraphs one after another."""

    def page() -> ReadingPage:
        held = window.page
        if not isinstance(held, ReadingPage):
            raise TypeError(type(held))
        return held

    def read() -> None:
        page().read_pasted(_READING)

    def again() -> None:
        saved = [*context.facts().all(OwnAnnex)][-1]
        window.open(ReadAnnex(saved.annex, saved.version))

    def leave() -> None:
        page().save()
        window.open(ShowList("event"))

    def turn() -> None:
        page().work.review.item.turn("audit")

    return {
        "reading: open": lambda: window.open(ReadAnnex()),
        "reading: read": read,
        "reading: first save": lambda: page().save(),
        "reading: decide": lambda: page().work.review.accept(),
        "reading: tick": turn,
        "reading: save": lambda: page().save(),
        "reading: undo": lambda: page().work.review.undo(),
        "reading: leave saved": leave,
        "reading: open saved": again,
    }


def _scroll(table: QTableView, far: int) -> None:
    bar = table.verticalScrollBar()
    bar.setValue(bar.value() + far if bar.value() + far < bar.maximum() else 0)


def measure(contracts: int, times: int) -> dict[str, tuple[float, ...]]:
    """By act: the longest stall of the window, and of the plain table, which no reading has; the least of
    several runs."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError(type(app))
    held, found = kept(contracts), dict[str, tuple[list[float], list[float]]]()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(Product(), Preferences(Path(folder) / "settings.json"))
        look = Look(app, "light")
        with program.product.open(copy(held, Path(folder)), held.key) as ledger:
            ledger.facts()
            operations = Operations(_fail)
            try:
                context = Context(program, ledger, QtDialogs(), operations, look)
                heart = Heart(app, lambda: operations.busy or _waiting(app))
                for _ in range(times):
                    window = MainWindow(context)
                    heart.stall(window.show)
                    for name, act in own_acts(context, window).items():
                        ours = found.setdefault(name, ([], []))[0]
                        ours.append(heart.stall(act))
                    for name, act in reading_acts(context, window).items():
                        found.setdefault(name, ([], []))[0].append(heart.stall(act))
                    window.hide()
                    for name, act in plain_acts(ledger.facts()).items():
                        found[name][1].append(heart.stall(act))
            finally:
                operations.stop()
        look.release()
    return {name: tuple(min(times) for times in both if times) for name, both in found.items()}


def _waiting(app: QApplication) -> bool:
    """Whether a list waits for the next key before it searches."""
    lists = (one for one in app.allWidgets() if isinstance(one, RecordList))
    return any(one._timer.isActive() for one in lists)  # nobody else has to know


def _fail(error: Exception) -> None:
    raise error


def main(arguments: list[str]) -> int:
    """Print a line for each act. Returns the exit code."""
    parser = argparse.ArgumentParser(description="stalls of the window's thread with a long list")
    parser.add_argument("--contracts", type=int, default=100, help="of 1,000 events each (default: 100)")
    parser.add_argument("-n", type=int, default=3, metavar="TIMES", help="runs (default: 3)")
    wanted = parser.parse_args(arguments)
    found = measure(wanted.contracts, max(1, wanted.n))
    print(f"{'longest stall, ms':<22}{'window':>9}{'plain table':>13}{'ratio':>9}")
    for name, (ours, *theirs) in found.items():
        beside = "".join(f"{one:>13.1f}{ours / one:>8.2f} x" for one in theirs)
        print(f"{name:<22}{ours:>9.1f}{beside}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
