"""One list: search, sorting by header, several rows, and what can be done with them."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.common import Lazy, Progress
from app.exchange.handouts.catalogue import has_handouts
from app.records import Field, Made, Record, Spec
from app.records.kinds import Day, Moment, Number, Quantity
from app.records.naming import named_by
from app.ui.context import Context
from app.ui.homes import begin, begin_like, home, said_where_empty
from app.ui.importing.menu import ExcelMenu
from app.ui.lists.columns import chosen_columns
from app.ui.lists.model import RecordModel, Wish
from app.ui.lists.narrowing import Narrowing
from app.ui.machines.files import told_by_machines
from app.ui.machines.menu import machines_button
from app.ui.offers.menu import ActsMenu, acts_button, board
from app.ui.parts.dropping import TakesFiles
from app.ui.parts.live_line import search_line
from app.ui.parts.look import Look
from app.ui.parts.space.flow import flow
from app.ui.parts.tables.table import WHOLE, Table, runs_of
from app.ui.parts.widgets import Empty, Notice, button, label
from app.ui.targets import ReadMachines
from app.work.acts.offering import has_acts

_PATIENCE = 150
"""Milliseconds after the last key before a search begins."""

_QUIET = 100
"""Milliseconds after which the list says that it is at work."""
_AT_WORK = "一覧を読み込んでいます…"
_AT_ONCE = 100
"""Records that are retired at once; more are by the worker, which shows how far it is."""

_TOGETHER: Lazy[[Context, list[Record]], QDialog] = Lazy("app.ui.lists.together", "TogetherDialog")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was selected while the rows are exchanged: runs of ids, the current one; and what was shown."""

    chosen: tuple[array[int], ...] = ()
    current: int = 0
    wish: Wish = field(default_factory=Wish)


class _Number(QLabel):
    """How many rows there are and how many are selected; it keeps the room that it has with all selected.

    Growing with the selection it would break the line, and the rows would move under the pointer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sub")
        self._most = ""

    def tell(self, total: str, chosen: str, most: str) -> None:
        """Show both; ``most``: the longest that ``chosen`` may become."""
        self._most = _joined(total, most)
        self.setText(_joined(total, chosen))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        needed = super().sizeHint()
        more = self.fontMetrics().horizontalAdvance(self._most)
        return needed.expandedTo(QSize(more + 2 * self.margin() + 2, needed.height()))


def _joined(*parts: str) -> str:
    return "　".join(filter(None, parts))


_GOES_OUT = ("asset", "device", "device_use")
"""Record types of which some may be out of the places of work."""


class RecordTable(Table):
    """Days, times and numbers are never cut: half of one reads as another."""

    def __init__(self, look: Look, name: str, model: RecordModel) -> None:
        super().__init__(look, name)
        self._model = model

    def least(self, column: int) -> int:
        whole = isinstance(self._model.columns[column].kind, Day | Moment | Number | Quantity)
        return WHOLE if whole else super().least(column)


class RecordList(TakesFiles, QWidget):
    """The records of one type."""

    def __init__(self, context: Context, spec: Spec[Any]) -> None:
        super().__init__()
        self.context = context
        self.spec = spec
        self.model = RecordModel(context, spec)
        self.model.setParent(self)
        self.model.columns = chosen_columns(context.program.preferences, spec)
        self._fresh: set[int] = set()
        """Records made since the list was last shown."""
        self._hidden: set[int] = set()
        """Those of them that it does not show."""
        self._old = True
        """Whether the ledger is to be asked before the list is seen."""
        self._answered = False
        """Whether the ledger was ever asked: before, nothing is known of how many there are."""
        self._kept = Kept()
        self._at_work = False
        """Whether it says that other rows are on their way."""
        self._build()
        self.model.modelAboutToBeReset.connect(self._remember)
        self.model.modelReset.connect(self._put_back)
        self.model.rowsRemoved.connect(lambda *_: self._count())
        self.model.listed.connect(self._show_listed)
        self.model.waiting.connect(self._wait)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self._count()

    @property
    def shows(self) -> frozenset[str]:
        """Record types that a row tells of: its own, and those that its columns name."""
        return frozenset({self.spec.name, *(kind for f in self.model.columns for kind in named_by(f))})

    def show_columns(self, fields: Sequence[Field]) -> None:
        """Show these fields in this order."""
        self.model.show_columns(fields)
        header = self.table.horizontalHeader()
        header.setSortIndicator(self.model.sorted_by, header.sortIndicatorOrder())

    @property
    def _acting(self) -> bool:
        """Whether there are acts on records of the type."""
        some = has_acts(self.spec.cls) or has_handouts(self.spec.cls)
        return some and not self.context.ledger.read_only

    def _build(self) -> None:
        look, spec = self.context.look, self.spec
        self.show_all_button = button("すべて表示", self.show_all)
        self.hidden = Notice("", "warn", self.show_all_button)
        self.narrowing = Narrowing(self)
        self.excel = ExcelMenu(self)
        self.new_button = button(
            f"{spec.label}を登録",
            self.add,
            kind="primary",
            hint=f"{spec.label}を新しく登録します（Ctrl+N）",
            key="N",
        )
        look.dress(self.new_button, "plus", "on-primary")
        self.open_button = button("開く", self.open, hint="選んだ行を開きます（Enter）", key="O")
        look.dress(self.open_button, "edit")
        self.retire_button = button(
            "取り消す…", self.retire, hint="選んだ行を一覧から外します（履歴は残ります）", key="D"
        )
        self.together_button = button(
            "まとめて変更…",
            self.change_together,
            hint="2行以上を選ぶと、同じ欄に同じ値をまとめて入れられます",
        )
        boards = (board(self.context),) if self.spec.name in _GOES_OUT else ()
        self.acts = ActsMenu(self.context, lambda: (self.chosen_records,), self, *boards)
        self.acts_button = acts_button(self.acts, "退職・移動・紛失のように、選んだ行に行うことです")
        self.search = search_line(f"{spec.label}の中を検索", "一覧の中を検索")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(lambda: self.model.filter(self.search.seen()))
        self.search.followed.connect(lambda _seen: self._timer.start())
        self.search.followed.connect(lambda _seen: self.hidden.say(""))
        self.search.followed.connect(lambda _seen: self.narrowing.forget())
        self.retired_box = QCheckBox("取消済みを表示")
        self.retired_box.setAccessibleName("取消済みを表示")
        self.retired_box.toggled.connect(self.model.show_retired)
        self.table = RecordTable(look, f"{spec.label}の一覧", self.model)
        self.table.use(self.model)
        self.table.opened.connect(self._open_row)
        self._offer_acts()
        self.empty = Empty(
            "", "", button("最初の1件を登録", self.add, kind="primary", name=f"最初の{spec.label}を登録")
        )
        self.nothing = Empty(
            "見つかりません",
            "条件に合う記録はありません。検索の言葉か条件を変えるか、「すべて表示」を押してください。",
            button("すべて表示", self.show_all, name=f"{spec.label}をすべて表示"),
        )
        self.stack = QStackedWidget()
        for each in (self.table, self.empty, self.nothing):
            self.stack.addWidget(each)
        self._number = _Number()
        self._sign = QTimer(self)
        self._sign.setSingleShot(True)
        self._sign.setInterval(_QUIET)
        self._sign.timeout.connect(self._say_at_work)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 10)
        layout.setSpacing(10)
        self.machines = [machines_button(self.context, self)] if self._tell_themselves else []
        ways = (self.excel.button, *self.machines, self.acts_button, self.new_button)
        layout.addLayout(flow(label(spec.label, "h1"), self._number, None, *ways, spacing=12))
        layout.addLayout(
            flow(
                self.search,
                self.narrowing.button,
                self.retired_box,
                self.open_button,
                self.together_button,
                self.retire_button,
            )
        )
        layout.addWidget(self.narrowing.notice)
        layout.addWidget(self.hidden)
        layout.addWidget(self.stack, 1)
        # Only once they have their place: shown before, they would come up as windows of their own.
        self.new_button.setVisible(spec.by_hand)
        self.retire_button.setVisible(spec.made is not Made.BY_ISSUING)
        # There before anything is selected: coming up then, it would push the rows away under the pointer.
        self.together_button.setVisible(bool(spec.alike))
        self.acts_button.setVisible(self._acting)
        QWidget.setTabOrder(self.table, self.retire_button)
        self.setAcceptDrops(True)
        remove = QShortcut(QKeySequence.StandardKey.Delete, self.table)
        remove.activated.connect(self.retire)
        if spec.by_hand:
            QShortcut(QKeySequence.StandardKey.Paste, self.table).activated.connect(self.excel.paste)

    @property
    def _tell_themselves(self) -> bool:
        """Whether records of the type are PCs, which tell of themselves."""
        return self.spec.name == "device" and not self.context.ledger.read_only

    def takes(self, files: tuple[Path, ...]) -> bool:
        return (self._tell_themselves and told_by_machines(files)) or (self.excel.able and len(files) == 1)

    def drop(self, files: tuple[Path, ...]) -> None:
        if self._tell_themselves and told_by_machines(files):
            self.context.navigate(ReadMachines(files))
        else:
            self.excel.open(files[0])

    def _offer_acts(self) -> None:
        self.table.offer("開く", self.open)
        if self._acting:
            self.table.addAction(self.acts.menuAction())
        if self.spec.repeated:
            self.table.offer("複製して新規", self.copy, "Ctrl+D")
        if self.spec.alike:
            self.table.offer("選択した行をまとめて変更…", self.change_together)
        if self.spec.made is not Made.BY_ISSUING:
            self.table.offer("取り消す…", self.retire)

    def load(self) -> None:
        """Show what the ledger holds now; what was selected stays so."""
        self._old = False
        self.model.load(texts=True)

    def outdate(self) -> None:
        """What the list shows may have changed: the ledger is asked before it is seen again."""
        self._old = True
        if self.isVisible():
            self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._old:
            self.load()

    def take(self, written: Collection[int]) -> None:
        """These records of the type were written, while the list is seen."""
        self.model.take(written)

    def _show_listed(self) -> None:
        self._answered = True
        fresh, self._fresh = self._fresh, set()
        self._say_hidden(fresh)
        self.narrowing.say()
        self._choose(fresh)
        self._count()

    def _remember(self) -> None:
        ids, current = self.model.ids, self.table.currentIndex().row()
        chosen = tuple(ids[run.start : run.stop] for run in self.table.chosen_runs())
        self._kept = Kept(chosen, ids[current] if 0 <= current < len(ids) else 0, self.model.shown)

    def _put_back(self) -> None:
        """Select what was selected, by record: the rows may stand in another order, or be others."""
        kept, ids = self._kept, self.model.ids
        wanted: set[int] = set().union(*kept.chosen)
        runs = runs_of(map(wanted.__contains__, ids)) if wanted else []
        if not self.table.choose_runs(runs):
            self.context.say("選択した行が離れ離れになるため、選択を解除しました。")
        at = self.model.row_of(kept.current) if kept.current else -1
        if at >= 0:
            self.table.make_current(at, show=kept.wish != self.model.shown)
        elif kept.wish != self.model.shown:
            self.table.scrollToTop()
        self._count()

    def _wait(self, begins: bool) -> None:
        if begins:
            self._sign.start()
            return
        self._sign.stop()
        if self._at_work:
            self._at_work = False
            self.context.say("")

    def _say_at_work(self) -> None:
        """At the bottom of the window: beside the number it would push the rows away under the pointer."""
        self._at_work = True
        self.context.say(_AT_WORK)
        self._count()

    def expect(self, ids: Collection[int]) -> None:
        """Select these new records when the list is shown next, or say why they are not in it."""
        self._fresh.update(ids)

    def show_all(self) -> None:
        """Give up the search and the list of what was retired, and show the record that they hid."""
        wanted = self._hidden
        self._timer.stop()
        self.narrowing.forget()
        with QSignalBlocker(self.search), QSignalBlocker(self.retired_box):
            self.search.clear()
            self.retired_box.setChecked(False)
        self.expect(wanted)
        self.model.show_all()
        self.load()

    def _choose(self, wanted: Collection[int]) -> None:
        rows = [row for row in map(self.model.row_of, wanted) if row >= 0]
        if rows:
            self.table.choose_rows(sorted(rows))

    def _say_hidden(self, fresh: Collection[int]) -> None:
        """A record just made that the list does not show would look as if it had not been kept."""
        self._hidden = set(fresh) - set(self.model.ids) if fresh else set()
        called = self._called(self._records(sorted(self._hidden)))
        why = (
            "取消済みの記録を表示しているため"
            if self.model.retired
            else "絞り込みの条件に合わないため"
            if self.model.shown.conditions
            else f"検索の言葉「{self.search.text()}」に合わないため"
        )
        self.hidden.say(
            f"登録した{called}は、{why}、この一覧に出ていません。" if self._hidden else "", "warn"
        )

    def renew(self) -> None:
        """Show the same rows with the texts of now."""
        self.model.renew()

    @property
    def chosen(self) -> list[int]:
        """The ids of the selected rows."""
        ids = self.model.ids
        return [each for run in self.table.chosen_runs() for each in ids[run.start : run.stop]]

    @property
    def chosen_records(self) -> list[Record]:
        """The records of the selected rows that are in force."""
        return [] if self.model.retired else self._records(self.chosen)

    def _records(self, ids: Sequence[int]) -> list[Record]:
        """The records of rows, retired ones too, as they stand at this moment."""
        facts, name = self.context.facts(), self.spec.name
        held = [facts.named(name, each) for each in ids]
        there = [record for record in held if record is not None]
        return there if len(there) == len(ids) else self.context.ledger.page(name, ids)

    def add(self) -> None:
        """Add a record of this type."""
        begin(self.context, self.spec.name)

    def open(self) -> None:
        """Open the first selected record."""
        rows = self.table.chosen_rows()
        if rows:
            self._open_row(rows[0])

    def copy(self) -> None:
        """Begin a record that takes over what is usually the same as in the first selected one."""
        if self.chosen:
            for record in self._records(self.chosen[:1]):
                begin_like(self.context, record)

    def change_together(self) -> None:
        """Give all selected records the same value in some fields."""
        if self.chosen and self.spec.alike and not self.model.retired:
            self.context.dialogs.show(_TOGETHER(self.context, self._records(self.chosen)))

    def retire(self) -> None:
        """Take the selected records out of the facts, all for one reason, together or not at all."""
        chosen = self.chosen
        if not chosen or self.model.retired or not self.retire_button.isVisibleTo(self):
            return
        records = self._records(chosen)
        what = self._called(records)
        reason = self.context.dialogs.ask_text(
            f"{what}を取り消す",
            "取り消した記録は一覧から外れますが、履歴には残ります。取り消す理由を入力してください。",
            yes="取り消す",
        )
        if not reason:
            return
        if len(records) <= _AT_ONCE:
            self.context.attempt(lambda: self._retire(records, reason, Progress()))
            return
        self.context.operations.run(
            lambda progress: self._retire(records, reason, progress),
            lambda _done: None,
            title=f"{what}を取り消しています",
        )

    def _retire(self, records: list[Record], reason: str, progress: Progress) -> None:
        with self.context.ledger.write(reason) as change:
            for number, record in enumerate(records):
                progress.step(number, len(records), self.spec.label)
                change.retire(record, reason)

    def _called(self, records: list[Record]) -> str:
        if not records:
            return ""
        if len(records) == 1:
            return f"{self.spec.label}「{self.context.facts().title(records[0])}」"
        return f"{self.spec.label}{len(records)}件"

    def _open_row(self, at: int) -> None:
        self.context.navigate(home(self.spec.name, self.model.ids[at], retired=self.model.retired))

    def _count(self) -> None:
        total, chosen = self.model.rowCount(), sum(map(len, self.table.chosen_runs()))
        told = f"{total:,}件" if self._answered else _AT_WORK if self._at_work else ""
        self._number.tell(told, f"{chosen:,}件を選択中" if chosen else "", f"{total:,}件を選択中")
        self.open_button.setEnabled(chosen > 0)
        besides = self.spec.name in _GOES_OUT
        self.acts_button.setEnabled((chosen > 0 or besides) and not self.model.retired)
        self.together_button.setEnabled(chosen > 1 and not self.model.retired)
        self.retire_button.setEnabled(chosen > 0 and not self.model.retired)
        if self.spec.single:
            self.new_button.setVisible(self._answered and not total)
        searched = self.model.shown.narrowed or self.model.retired
        if total or not self._answered:
            self.stack.setCurrentWidget(self.table)
        elif searched:
            self.stack.setCurrentWidget(self.nothing)
        else:
            self._say_empty()
            self.stack.setCurrentWidget(self.empty)

    def _say_empty(self) -> None:
        self.empty.title.setText(f"{self.spec.label}はまだありません")
        self.empty.text.say(said_where_empty(self.spec))
        for each in self.empty.buttons:
            each.setVisible(self.spec.by_hand)
