"""The page on which PCs tell of themselves: all that will be written is shown first; then all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.common import Cancelled, PeopleError, Progress
from app.exchange.coming_in import importing
from app.exchange.coming_in.planner import ImportPlan, Outcome
from app.exchange.machine import brought, here, planning, telling
from app.exchange.machine.machine import UNTOLD, Machine
from app.ledger.writing import ChangeSet
from app.records import Device, Facts
from app.records.days import wareki
from app.ui.context import Context
from app.ui.machines.files import chosen, dragged, save_script
from app.ui.machines.said_view import SaidView
from app.ui.operations import Job, Lane
from app.ui.page import Page
from app.ui.parts.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Empty, Notice, Prose, button
from app.ui.targets import ReadMachines, ShowList, Target
from app.ui.undo.asking import newest, undo

if TYPE_CHECKING:
    from app.ledger.undoing.queue import Done

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
_STOPPED = "中止しました。何も登録していません。"
_MEND = "要確認の行の理由を見て、所有か管理番号を入力するか、ファイルを選び直してください。"
_TOLD = 4
"""Sentences about all PCs that are shown before the others are only counted."""
_SAME = "登録済みの内容と同じため、登録するものはありません。"


class _Made(NamedTuple):
    facts: Facts
    plan: ImportPlan


class _MovedError(PeopleError):
    """The ledger is another than the one that the plan was made for."""


class MachinesPage(Page):
    """Nothing is written before 登録する is pressed; then exactly what is shown, as one change."""

    shows = frozenset({Device.spec.name})

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, ReadMachines):
            raise TypeError(target)
        self._target = target
        self._machines: tuple[Machine, ...] = ()
        self._made: _Made | None = None
        self._writing = False
        self._job: Job | None = None
        self._done: Done | None = None
        self._build()
        self._show(self._begin)
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
        self.here_button = button("このPCを読み取る", self.read_here, key="R")
        self.files_button = button("ほかのPCのファイルを開く…", self.choose, key="O")
        self.script_button = button(
            "読取りスクリプトを保存…",
            lambda: save_script(context),
            hint="ほかのPCで開くと、そのPCの情報を1つのファイルに書き出します",
        )
        self.confirm = button("登録する", self.bring, kind="primary", key="S")
        context.look.dress(self.confirm, "save", "on-primary")
        self.notice = Notice()
        self.count = Prose("", "sub")
        self.asked = SaidView(context)
        self.asked.changed.connect(self._plan)
        self.table = LinesTable(context.look, "PCごとに登録する内容", _COLUMNS)
        self.table.setSortingEnabled(False)
        self.table.chosen.connect(self._tell)
        self.detail = Prose(_FIRST, "sub")
        self.told = Prose("", "sub")
        self._work = QWidget()
        inner = QVBoxLayout(self._work)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.count)
        inner.addWidget(self.asked)
        inner.addWidget(self.table, 1)
        inner.addWidget(self.detail)
        inner.addWidget(self.told)
        self._begin = Empty("PCの情報を読み取ります", _BEGIN)
        self.list_button = button("一覧を開く", self._open_list, kind="primary")
        self.undo_button = button("元に戻す", self._undo)
        self._end = Empty("登録しました", "", self.list_button, self.undo_button)
        self._stack = QStackedWidget()
        for widget in (self._begin, self._work, self._end):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(flow(self.here_button, self.files_button, self.script_button, None, self.confirm))
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if files := dragged(event.mimeData()):
            event.acceptProposedAction()
            self.open(files)

    def refresh(self) -> None:
        if self._machines and self._done is None and not self._writing:
            self._plan()

    def take(self, changes: ChangeSet) -> None:
        del changes
        if self._done is None:
            self.refresh()
            return
        latest = newest(self.context)
        if latest is None or latest.number < self._done.number:
            self._end.title.setText("元に戻しました")
            self._end.text.say("台帳は、登録する前の内容です。")
            self.undo_button.hide()

    def save(self) -> bool:
        """Ctrl+S: the same as the button."""
        if self.confirm.isEnabled() and self.confirm.isVisible():
            self.bring()
        return self._done is not None

    def read_here(self) -> None:
        """Ask this PC, in the worker: Windows may take its time."""
        today = self.context.today()
        self._read("このPCの情報を読み取っています", lambda progress: (here.this_pc(today, progress),))

    def choose(self) -> None:
        """Ask for the files of other PCs."""
        if files := chosen(self.context):
            self.open(files)

    def open(self, files: tuple[Path, ...]) -> None:
        """Read the files of other PCs."""
        self._read("PCの情報のファイルを読んでいます", lambda _progress: brought.read(files))

    def _read(self, title: str, reads: Callable[[Progress], tuple[Machine, ...]]) -> None:
        self._machines, self._made, self._done = (), None, None
        self.notice.say("")
        self._show(self._begin)
        self._begin.title.setText(f"{title}…")

        def work(progress: Progress) -> tuple[Machine, ...]:
            try:
                return reads(progress)
            except Cancelled:
                return ()

        # A drive that hangs, or a Windows that does not answer, keeps nobody else waiting.
        self.context.operations.run(
            work,
            lambda found: self.show_machines(found) if found else self._stopped(),
            title=title,
            failed=self._failed,
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
        self._plan()

    def _plan(self) -> None:
        self._made = None
        self._say_confirm()
        facts, today, machines = self.context.facts(), self.context.today(), self._machines
        owner, said = self.asked.owner, self.asked.said

        def work(_progress: Progress) -> _Made:
            return _Made(facts, planning.plan(facts, machines, owner=owner, said=said, today=today))

        self.context.operations.run(
            work, self._planned, failed=self._failed, owner=self, key=f"machines:{id(self)}"
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
        self._show(self._work)
        self.notice.say(*self._hindrance(plan))
        self._say_confirm()

    def _hindrance(self, plan: ImportPlan) -> tuple[str, str]:
        """Why it cannot be registered as it stands, with the tone of that."""
        if self.context.ledger.read_only:
            return "閲覧のみで開いているため、登録できません。", "info"
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

    def _say_confirm(self) -> None:
        plan = self.planned
        able = plan is not None and not plan.problems and _writes(plan) > 0
        self.confirm.setEnabled(able and not self.context.ledger.read_only)
        text = f"{_writes(plan):,}台を登録する" if plan is not None and able else "登録する"
        self.confirm.setText(text)
        self.confirm.setAccessibleName(text)

    def bring(self) -> None:
        """Write exactly the plan that is shown, as one change, or nothing."""
        made = self._made
        if made is None or not self.confirm.isEnabled():
            return
        self._writing = True
        self.confirm.setEnabled(False)
        ledger, backups = self.context.ledger, self.context.backups()

        def work(progress: Progress) -> ImportPlan | None:
            if ledger.facts() is not made.facts:
                raise _MovedError(_MOVED)
            try:
                importing.apply(ledger, made.plan, backups, progress)
            except Cancelled:
                return None
            return made.plan

        self._job = self.context.operations.run(
            work, self._written, title="PC・媒体を登録しています", failed=self._failed, owner=self
        )

    def _written(self, plan: ImportPlan | None) -> None:
        self._writing = False
        if plan is None:
            self._stopped()
            return
        self._done = newest(self.context)
        said = self._counted(plan)
        self._machines, self._made = (), None
        self._end.title.setText("登録しました")
        self._end.text.say(f"{self._job.late if self._job is not None else ''}{said}")
        self.undo_button.show()
        self._show(self._end)
        self.context.say(f"PC・媒体を登録しました（{said}）。")
        self.list_button.setFocus()

    def _undo(self) -> None:
        if self._done is not None:
            undo(self.context, self._done)

    def _open_list(self) -> None:
        self.context.navigate(ShowList(Device.spec.name))

    def _stopped(self) -> None:
        self.notice.say(_STOPPED, "info")
        self._show(self._work if self._made is not None else self._begin)
        self._say_confirm()

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        self.confirm.setVisible(widget is self._work)
        if widget is self._begin:
            self._begin.title.setText("PCの情報を読み取ります")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self._writing = False
        self.notice.say(error.sentence, "danger")
        self._show(self._work if self._machines else self._begin)
        self._say_confirm()
        if isinstance(error, _MovedError):
            self._plan()


def _writes(plan: ImportPlan) -> int:
    return plan.counts[Outcome.NEW] + plan.counts[Outcome.CHANGED]


def _untold(text: str) -> bool:
    return text.startswith(UNTOLD)
