"""The page on which PCs tell of themselves: all that will be written is shown first; then all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import Progress
from app.exchange.coming_in import importing
from app.exchange.coming_in.planner import ImportPlan, Outcome
from app.exchange.machine import brought, here, planning, telling
from app.exchange.machine.machine import UNTOLD, Machine
from app.records import Device, Facts
from app.records.days import wareki
from app.ui.context import Context
from app.ui.machines.files import chosen, save_script, told_by_machines
from app.ui.machines.said_view import SaidView
from app.ui.operations import Lane
from app.ui.parts.dropping import TakesFiles
from app.ui.parts.space.flow import flow
from app.ui.parts.tables.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.widgets import Empty, Prose, button
from app.ui.plan_page import MovedError, PlanPage, Wanted, Words, unless_stopped
from app.ui.targets import ReadMachines, ShowList, Target

if TYPE_CHECKING:
    pass

_COLUMNS = (
    Column("PC", 7),
    Column("状態", 5),
    Column("項目", 7),
    Column("いまの内容", 7),
    Column("登録する内容", 10, stretch=True),
)
_WORDS = {
    Outcome.NEW: ("＋", "新規", "ok"),
    Outcome.CHANGED: ("△", "変更", "info"),
    Outcome.SAME: ("", "変更なし", ""),
    Outcome.ERROR: ("？", "要確認", "warn"),
}
_BEGIN = (
    "「このPCを読み取る」で、このPCの型番、製造番号、OS、記憶装置の暗号化などを読み取ります。"
    "ほかのPCは、読取りスクリプトで書き出したファイルを開くか、この画面にドラッグしてください（複数可）。"
    "読み取った内容は、確かめてから登録します。"
)
_FIRST = "行を選ぶと、その内容の全部をここに表示します。"
_MOVED = "表示したあとに台帳が変わったため、登録しませんでした。今の台帳で確かめ直しています。"
_WORDS_OF_PAGE = Words(
    "登録する",
    "登録しました",
    "台帳は、登録する前の内容です。",
    "中止しました。何も登録していません。",
    "閲覧のみで開いているため、登録できません。",
)
_MEND = "要確認の行の理由を見て、所有か管理番号を入力するか、ファイルを選び直してください。"
_TOLD = 4
"""Sentences about all PCs that are shown before the others are only counted."""
_SAME = "登録済みの内容と同じため、登録するものはありません。"


class _Made(NamedTuple):
    facts: Facts
    plan: ImportPlan


class MachinesPage(TakesFiles, PlanPage):
    """Nothing is written before 登録する is pressed; then exactly what is shown, as one change."""

    shows = frozenset({Device.spec.name})
    words = _WORDS_OF_PAGE

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ReadMachines):
            raise TypeError(target)
        self._target = target
        self._machines: tuple[Machine, ...] = ()
        self._made: _Made | None = None
        self._build()
        if target.files:
            self.open(target.files)
        elif not target.others:
            self.read_here()

    def title(self) -> str:
        return "ほかのPCの情報を読み取る" if self._target.others else "このPCの情報を読み取る"

    @property
    def topic(self) -> str:
        return "02-daily/PCの情報を読み取る"

    @property
    def planned(self) -> ImportPlan | None:
        """The plan that is shown, and of which nothing has moved since."""
        return self._made.plan if self._made is not None else None

    def _build(self) -> None:
        context = self.context
        self.here_button = button("このPCを読み取る", self.read_again, key="R")
        self.files_button = button("ほかのPCのファイルを開く…", self.choose, key="O")
        self.script_button = button(
            "読取りスクリプトを保存…",
            lambda: save_script(context),
            hint="ほかのPCで開くと、そのPCの情報を1つのファイルに書き出します",
        )
        self.count = Prose("", "sub")
        self.asked = SaidView(context)
        self.asked.changed.connect(self.replan)
        self.table = LinesTable(context.look, "PCごとに登録する内容", _COLUMNS)
        self.table.setSortingEnabled(False)
        self.table.chosen.connect(self._tell)
        self.detail = Prose(_FIRST, "sub")
        self.told = Prose("", "sub")
        work = QWidget()
        inner = QVBoxLayout(work)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.count)
        inner.addWidget(self.asked)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.detail)
        inner.addWidget(self.told)
        self._begin = Empty("PCの情報を読み取ります", _BEGIN)
        self.list_button = button("一覧を開く", self._open_list, kind="primary")
        bar = flow(self.here_button, self.files_button, self.script_button, None, self.confirm)
        end = Empty("登録しました", "", self.list_button, self.undo_button)
        self.lay(bar, (), self._begin, work, end)
        self.setAcceptDrops(True)

    def takes(self, files: tuple[Path, ...]) -> bool:
        return told_by_machines(files)

    def drop(self, files: tuple[Path, ...]) -> None:
        if self.can_leave():
            self.open(files)

    @property
    def held(self) -> bool:
        return bool(self._machines)

    @property
    def ready(self) -> bool:
        return self._made is not None

    def can_leave(self) -> bool:
        if not self.held or not self.asked.typed or self._done is not None or self._writing:
            return True
        return self.context.dialogs.ask(
            "読み取った内容はまだ登録していません。登録せずに離れますか？",
            "登録せずに離れる",
            detail="入力した所有と管理番号は残りません。",
            grave=True,
        )

    def read_again(self) -> None:
        """このPCを読み取る: what was said by hand of other PCs is not given up unasked."""
        if self.can_leave():
            self.read_here()

    def read_here(self) -> None:
        """Ask this PC, in the worker: Windows may take its time."""
        today = self.context.today()
        self._read("このPCの情報を読み取っています", lambda progress: (here.this_pc(today, progress),))

    def choose(self) -> None:
        """Ask for the files of other PCs."""
        if (files := chosen(self.context)) and self.can_leave():
            self.open(files)

    def open(self, files: tuple[Path, ...]) -> None:
        """Read the files of other PCs."""
        self._read("PCの情報のファイルを読んでいます", lambda _progress: brought.read(files))

    def _read(self, title: str, reads: Callable[[Progress], tuple[Machine, ...]]) -> None:
        self._machines, self._made, self._done = (), None, None
        self.notice.say("")
        self.show_view(self._begin)
        self._begin.title.setText(f"{title}…")

        # A drive that hangs, or a Windows that does not answer, keeps nobody else waiting.
        self.context.operations.run(
            unless_stopped(reads),
            lambda found: self.show_machines(found) if found else self.stopped(),
            title=title,
            failed=self.failed,
            owner=self,
            key=f"machines-read:{id(self)}",
            lane=Lane.COPIES,
        )

    def show_machines(self, machines: tuple[Machine, ...]) -> None:
        """What was read; nothing is said of it yet."""
        self._machines = machines
        held = self.context.facts().find(Device, self._target.device) if self._target.device else None
        number = held.control_number if held is not None and not self._target.files else ""
        self.asked.ask(machines, number if len(machines) == 1 else "")
        self.replan()

    def replan(self) -> None:
        self._made = None
        self.say_confirm()
        facts, today, machines = self.context.facts(), self.context.today(), self._machines
        owner, said = self.asked.owner, self.asked.said

        def work(_progress: Progress) -> _Made:
            return _Made(facts, planning.plan(facts, machines, owner=owner, said=said, today=today))

        self.context.operations.run(
            work, self._planned, failed=self.failed, owner=self, key=f"machines:{id(self)}"
        )

    def _planned(self, made: _Made) -> None:
        self._made, plan = made, made.plan
        self.asked.mark(plan)
        self.count.say(self._counted(plan))
        self.table.show_lines(list(self._lines(made)))
        said = [f"・{text}" for text in telling.notes(plan)]
        more = f"\nほか{len(said) - _TOLD}件" if len(said) > _TOLD else ""
        self.told.say("\n".join(said[:_TOLD]) + more)
        self.told.setVisible(bool(said))
        self.say_plan()

    def hindrance(self) -> tuple[str, str]:
        plan = self.planned
        if plan is None:
            return "", "info"
        if errors := plan.counts[Outcome.ERROR]:
            return f"要確認が{errors:,}台あるため、まだ1台も登録できません。{_MEND}", "warn"
        return "" if _writes(plan) else _SAME, "info"

    def _lines(self, made: _Made) -> Iterator[Line]:
        outcomes = [row.outcome for row in made.plan.rows]
        # What wants an answer stands first.
        for at in sorted(range(len(outcomes)), key=lambda one: outcomes[one] is not Outcome.ERROR):
            machine = self._machines[at]
            sign, word, tone = _WORDS[outcomes[at]]
            state = Cell(f"{sign} {word}".strip(), word, tone)
            told = list(telling.lines(made.facts, self._machines, made.plan, at)) or [telling.Told("")]
            for number, one in enumerate(told):
                text = Cell(one.why or one.after, None, "warn" if one.why or _untold(one.after) else "")
                yield line((at, number), machine.called, state, one.label, one.before, text)

    def _counted(self, plan: ImportPlan) -> str:
        found = (f"{_WORDS[one][1]}{plan.counts[one]:,}台" for one in Outcome if plan.counts[one])
        days = sorted({machine.on for machine in self._machines})
        return f"{'、'.join(found)}　読み取った日：{'、'.join(wareki(day) for day in days)}"

    def _tell(self, keys: list[tuple[int, int]]) -> None:
        """The whole of the chosen line: nothing of it may be hidden by dots; and its PC is asked about."""
        made = self._made
        if not keys or made is None:
            self.detail.say(_FIRST)
            return
        at, number = keys[0]
        told = list(telling.lines(made.facts, self._machines, made.plan, at))
        if number < len(told):
            one = told[number]
            before = f"{one.before} → " if one.before else ""
            said = f"{one.label}：{before}{one.why or one.after or '（空欄）'}"
            self.detail.say(f"{self._machines[at].called}　{said}")
        self.asked.choose(at + 1)
        self.asked.mark(made.plan)

    def offer(self) -> str:
        plan = self.planned
        if plan is None or plan.problems or not _writes(plan):
            return ""
        return f"{_writes(plan):,}台を登録する"

    def wanted(self) -> Wanted | None:
        made, ledger, backups = self._made, self.context.ledger, self.context.backups()
        if made is None:
            return None

        def write(progress: Progress) -> None:
            if ledger.facts() is not made.facts:
                raise MovedError(_MOVED)
            importing.apply(ledger, made.plan, backups, progress)

        said = self._counted(made.plan)
        return Wanted("PC・媒体を登録しています", write, said, f"PC・媒体を登録しました（{said}）。")

    def let_go(self) -> None:
        self._machines, self._made = (), None

    def _open_list(self) -> None:
        self.context.navigate(ShowList(Device.spec.name))

    def show_view(self, widget: QWidget) -> None:
        super().show_view(widget)
        if widget is self._begin:
            self._begin.title.setText("PCの情報を読み取ります")


def _writes(plan: ImportPlan) -> int:
    return plan.counts[Outcome.NEW] + plan.counts[Outcome.CHANGED]


def _untold(text: str) -> bool:
    return text.startswith(UNTOLD)
