"""関係: what hangs on a record, whatever its type; what is open about it stands first."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import Progress
from app.records import Contract, Facts, Record
from app.ui.context import Context
from app.ui.homes import home
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.widgets import prose
from app.ui.reckoning.assessor import Assessment, Assessor
from app.ui.targets import ShowContract
from app.work.relations import Open, Relation, open_about, relations
from app.work.states import mark, named, short_day

_COLUMNS = (
    Column("種類", 7),
    Column("日付", 6),
    Column("記録", 14, stretch=True),
    Column("関わり", 6),
    Column("内容", 18, stretch=True),
)
_NOTHING = "この記録を使っている記録はまだありません。"
_HOW = "済んでいないことと、この記録を使っている記録です。行をダブルクリックするかEnterで開きます。"
_WAITING = f"{_HOW}済んでいないことは、判定が終わりしだい示します。"


class _Found(NamedTuple):
    lines: list[Line]
    judged: bool


class RelatedView(QWidget):
    """Reckoned in the worker when it is looked at; ``load`` shows another record."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._context = context
        self._record: Record | None = None
        self._listens = False
        self.note = prose("", "sub")
        self.table = LinesTable(context.look, "関係する記録", _COLUMNS)
        self.table.picked.connect(context.navigate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 12, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.note)
        layout.addWidget(self.table, 1)

    def load(self, record: Record) -> None:
        """Show what hangs on ``record``."""
        self._record = record
        assessor = Assessor.of(self._context)
        if not self._listens:
            self._listens = True
            assessor.ready.connect(self._judged)
        self._find(record, assessor.current())

    def _judged(self, made: Assessment) -> None:
        if self._record is not None and self.isVisible():
            self._find(self._record, made)

    def _find(self, record: Record, made: Assessment | None) -> None:
        context, today = self._context, self._context.today()

        def work(_progress: Progress) -> _Found:
            facts = context.facts()
            held = [_open_line(facts, one) for one in open_about(facts, made.duties, record)] if made else []
            named_by = relations(facts, record, today)
            return _Found([*held, *(_line(facts, one) for one in named_by)], made is not None)

        context.operations.run(work, self._show, owner=self, key=f"related:{id(self)}")

    def _show(self, found: _Found) -> None:
        said = _HOW if found.lines else _NOTHING
        self.note.say(said if found.judged else _WAITING)
        self.table.show_lines(found.lines)


def _open_line(facts: Facts, one: Open) -> Line:
    shown, contract = mark(one.state), facts.find(Contract, one.contract)
    return line(
        ShowContract(one.contract, "duties", one.kind),
        Cell(shown.text, None, shown.tone),
        Cell(f"{short_day(one.due)}まで" if one.due else "", one.due),
        named(facts, contract) if contract else "",
        "",
        Cell(one.text, None, shown.tone),
    )


def _line(facts: Facts, one: Relation) -> Line:
    record, tone = one.record, "muted" if one.over else ""
    return line(
        home(record.spec.name, record.id),
        Cell(record.spec.label, None, tone),
        Cell(short_day(one.day) if one.day else "", one.day, tone),
        Cell(f"{facts.title(record)}{'（終了）' if one.over else ''}", None, tone),
        Cell(one.called, None, tone),
        Cell(one.told, None, tone),
    )
