"""生じる義務: what the annex as written would ask under a contract, beside what the contract has now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.annexes.annex import Annex
from app.annexes.kinds import State, kind_label
from app.common import Progress
from app.duties.duty import Duty
from app.duties.whatif.trial import Trial, Tried, imaginary, replaced_row, tried
from app.records import Contract
from app.records.contract import Option
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.widgets import Notice, label, prose, row
from app.work.states import mark, short_day

_IMAGINARY = 0
_COLUMNS = (
    Column("条項", 10),
    Column("見出し", 8, stretch=True),
    Column("義務の種別", 9),
    Column("状態", 6),
    Column("期限", 5),
    Column("今の契約では", 10),
)


class TrialView(QWidget):
    """Chooses a contract and shows its duties; reckoned in the worker, nothing is written."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._annex: Annex | None = None
        self._base = ""
        self._shown: Trial | None = None
        self.contract = Combo()
        self.contract.setAccessibleName("義務を試す契約")
        self.contract.setMinimumContentsLength(18)
        self.contract.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.contract.activated.connect(self.reckon)
        holder = QWidget()
        flow = FlowLayout(holder, spacing=8)
        self.options: dict[str, QCheckBox] = {}
        for name in (str(one) for one in Option):
            box = self.options[name] = QCheckBox(name)
            box.setAccessibleName(f"試す契約に該当する事項：{name}")
            box.clicked.connect(self.reckon)
            flow.addWidget(box)
        self._options = holder
        self.notice = Notice()
        self.summary = prose("", "sub")
        self.table = LinesTable(context.look, "生じる義務", _COLUMNS)
        self.table.chosen.connect(self._tell)
        self.why = prose("")
        choice = row(label("契約", "sub"), self.contract)
        choice.addWidget(holder, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(choice)
        layout.addWidget(self.notice)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.why)

    def load(self, annex: Annex | None, base: str) -> None:
        """Try ``annex``, which is based on the annex called ``base``; None: it cannot be tried yet."""
        self._annex, self._base = annex, base
        self._offer()
        self.reckon()

    def reckon(self) -> None:
        """Reckon anew for what is chosen."""
        self.notice.say("" if self._annex else "条項の誤りを直すと、生じる義務を確かめられます。", "warn")
        annex, base, context = self._annex, self._base, self._context
        if annex is None:
            self._show(Trial((), (), False))
            return
        facts, catalogue, forms, day = context.facts(), context.catalogue, context.forms, context.today()
        contract = facts.find(Contract, self.contract.currentData())
        row_ = replaced_row(contract, annex, base) if contract else None
        self._options.setEnabled(row_ is None)
        for name, box in self.options.items():
            if row_ is not None:
                box.setChecked(name in row_.options)
        options = tuple(name for name, box in self.options.items() if box.isChecked())

        def work(_progress: Progress) -> Trial:
            if contract is not None:
                return tried(facts, catalogue, forms, day, contract, annex, base, options)
            made = imaginary(facts, day)
            return tried(facts.replaced((made,)), catalogue, forms, day, made, annex, options=options)

        context.operations.run(work, self._show, owner=self, key="annex-trial")

    def _offer(self) -> None:
        chosen = self.contract.currentData() if self.contract.count() else None
        self.contract.clear()
        self.contract.addItem("架空の契約（きょうから1年、記録なし）", _IMAGINARY)
        for held in self._context.facts().all(Contract):
            self.contract.addItem(held.title, held.id)
            carries = self._annex and replaced_row(held, self._annex, self._base)
            if carries and chosen is None:
                chosen = held.id
        self.contract.setCurrentIndex(max(0, self.contract.findData(chosen)))

    def _show(self, trial: Trial) -> None:
        self._shown = trial
        lines = [*_lines(trial), *(_gone(at, duty) for at, duty in enumerate(trial.gone))]
        self.table.show_lines(lines)
        self.summary.say(_summed(trial))
        self._tell(self.table.selected())

    def _tell(self, keys: Sequence[tuple[str, int]]) -> None:
        if not keys or self._shown is None:
            self.why.say("行を選ぶと、判定の理由を表示します。" if self._shown and self._shown.found else "")
            return
        group, at = keys[0]
        duty = self._shown.found[at].duty if group == "found" else self._shown.gone[at]
        self.why.say(f"{duty.clause.number}　{duty.clause.heading}\n{duty.clause.summary}\n{duty.why}")


def _lines(trial: Trial) -> list[Line]:
    return [_line(("found", at), one.duty, _now(one, trial.compared)) for at, one in enumerate(trial.found)]


def _gone(at: int, duty: Duty) -> Line:
    return _line(("gone", at), duty, Cell("なくなる", tone="warn"))


def _line(key: tuple[str, int], duty: Duty, now: Cell) -> Line:
    shown = mark(duty.state)
    order = list(State).index(duty.state)
    return line(
        key,
        duty.clause.number,
        duty.clause.heading,
        kind_label(duty.kind),
        Cell(shown.text, order, shown.tone),
        Cell(short_day(duty.due), duty.due),
        now,
    )


def _now(one: Tried, compared: bool) -> Cell:
    if not compared:
        return Cell("")
    if one.before is None:
        return Cell("新たに生じる", tone="info")
    if not one.differs:
        return Cell("同じ")
    return Cell(f"{one.before.state.label}　{short_day(one.before.due)}".rstrip("　"), tone="warn")


def _summed(trial: Trial) -> str:
    counts = Counter(one.duty.state for one in trial.found)
    states = "、".join(f"{state.label} {counts[state]}" for state in State if counts[state])
    text = f"義務 {len(trial.found)}件" + (f"（{states}）" if states else "")
    if not trial.compared:
        return text
    new = sum(one.before is None for one in trial.found)
    moved = sum(one.differs for one in trial.found)
    return f"{text}\n今の契約と比べて、新たに生じる {new}件、なくなる {len(trial.gone)}件、変わる {moved}件"
