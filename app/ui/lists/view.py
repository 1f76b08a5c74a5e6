"""One list: search, sorting by header, several rows, and what can be done with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QStackedWidget, QVBoxLayout, QWidget

from app.common import Lazy
from app.records import Field, Made, Record, Spec
from app.records.kinds import Day, Moment, Number, Quantity
from app.records.naming import named_by
from app.ui.context import Context
from app.ui.homes import begin, begin_like, home, said_where_empty
from app.ui.lists.model import RecordModel
from app.ui.parts.flow import flow
from app.ui.parts.live_line import search_line
from app.ui.parts.look import Look
from app.ui.parts.table import WHOLE, Table
from app.ui.parts.widgets import Empty, Notice, button, label

_PATIENCE = 150
"""Milliseconds after the last key before a search begins."""

_TOGETHER: Lazy[[Context, list[Record]], QDialog] = Lazy("app.ui.lists.together", "TogetherDialog")


class RecordTable(Table):
    """Days, times and numbers are never cut: half of one reads as another."""

    def __init__(self, look: Look, name: str, fields: Sequence[Field]) -> None:
        super().__init__(look, name)
        self._fields = tuple(fields)

    def least(self, column: int) -> int:
        whole = isinstance(self._fields[column].kind, Day | Moment | Number | Quantity)
        return WHOLE if whole else super().least(column)


class RecordList(QWidget):
    """The records of one type."""

    def __init__(self, context: Context, spec: Spec[Any]) -> None:
        super().__init__()
        self.context = context
        self.spec = spec
        self.shows = frozenset({spec.name, *(kind for f in spec.listed for kind in named_by(f))})
        """Record types that a row tells of: its own, and those that its columns name."""
        self.model = RecordModel(context, spec)
        self.model.setParent(self)
        self._fresh: set[int] = set()
        """Records made since the list was last shown."""
        self._hidden: set[int] = set()
        """Those of them that it does not show."""
        self._build()
        self.model.modelReset.connect(self._count)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self.load()

    def _build(self) -> None:
        look, spec = self.context.look, self.spec
        self.show_all_button = button("すべて表示", self.show_all)
        self.hidden = Notice("", "warn", self.show_all_button)
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
            "まとめて変更…", self.change_together, hint="選んだ行の同じ欄に、同じ値をまとめて入れます"
        )
        self.search = search_line(f"{spec.label}の中を検索", "一覧の中を検索")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(lambda: self.model.filter(self.search.seen()))
        self.search.followed.connect(lambda _seen: self._timer.start())
        self.search.followed.connect(lambda _seen: self.hidden.say(""))
        self.retired_box = QCheckBox("取消済みを表示")
        self.retired_box.setAccessibleName("取消済みを表示")
        self.retired_box.toggled.connect(self.model.show_retired)
        self.table = RecordTable(look, f"{spec.label}の一覧", self.model.columns)
        self.table.use(self.model)
        self.table.opened.connect(self._open_row)
        self._offer_acts()
        self.empty = Empty(
            "", "", button("最初の1件を登録", self.add, kind="primary", name=f"最初の{spec.label}を登録")
        )
        self.nothing = Empty("見つかりません", "条件に合う記録はありません。検索の言葉を変えてください。")
        self.stack = QStackedWidget()
        for each in (self.table, self.empty, self.nothing):
            self.stack.addWidget(each)
        self._number = label("", "sub")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 10)
        layout.setSpacing(10)
        layout.addLayout(flow(label(spec.label, "h1"), self._number, None, self.new_button, spacing=12))
        layout.addLayout(
            flow(self.search, self.retired_box, self.open_button, self.together_button, self.retire_button)
        )
        layout.addWidget(self.hidden)
        layout.addWidget(self.stack, 1)
        # Only once they have their place: shown before, they would come up as windows of their own.
        self.new_button.setVisible(spec.by_hand)
        self.retire_button.setVisible(spec.made is not Made.BY_ISSUING)
        self.together_button.hide()
        QWidget.setTabOrder(self.table, self.retire_button)
        remove = QShortcut(QKeySequence.StandardKey.Delete, self.table)
        remove.activated.connect(self.retire)

    def _offer_acts(self) -> None:
        self.table.offer("開く", self.open)
        if self.spec.repeated:
            self.table.offer("複製して新規", self.copy, "Ctrl+D")
        if self.spec.alike:
            self.table.offer("選択した行をまとめて変更…", self.change_together)
        if self.spec.made is not Made.BY_ISSUING:
            self.table.offer("取り消す…", self.retire)

    def load(self) -> None:
        """Show what the ledger holds now; what was selected stays so."""
        kept = set(self.chosen)
        self.model.load()
        fresh, self._fresh = self._fresh, set()
        self._say_hidden(fresh)
        if not self._choose(fresh):
            self._choose(kept)

    def expect(self, ids: Collection[int]) -> None:
        """Select these new records when the list is shown next, or say why they are not in it."""
        self._fresh.update(ids)

    def show_all(self) -> None:
        """Give up the search and the list of what was retired, and show the record that they hid."""
        wanted = self._hidden
        self._timer.stop()
        with QSignalBlocker(self.search), QSignalBlocker(self.retired_box):
            self.search.clear()
            self.retired_box.setChecked(False)
        self.expect(wanted)
        self.model.show_all()
        self.load()

    def _choose(self, wanted: Collection[int]) -> bool:
        rows = [number for number, each in enumerate(self.model.ids) if each in wanted] if wanted else []
        self.table.choose_rows(rows)
        return bool(rows)

    def _say_hidden(self, fresh: Collection[int]) -> None:
        """A record just made that the list does not show would look as if it had not been kept."""
        self._hidden = set(fresh) - set(self.model.ids) if fresh else set()
        called = self._called(self.context.ledger.page(self.spec.name, sorted(self._hidden)))
        why = (
            "取消済みの記録を表示しているため"
            if self.model.retired
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
        return [ids[at] for at in self.table.chosen_rows() if at < len(ids)]

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
            for record in self.context.ledger.page(self.spec.name, self.chosen[:1]):
                begin_like(self.context, record)

    def change_together(self) -> None:
        """Give all selected records the same value in some fields."""
        if self.chosen and self.spec.alike and not self.model.retired:
            records = self.context.ledger.page(self.spec.name, self.chosen)
            self.context.dialogs.show(_TOGETHER(self.context, records))

    def retire(self) -> None:
        """Take the selected records out of the facts, all for one reason, together or not at all."""
        chosen = self.chosen
        if not chosen or self.model.retired or not self.retire_button.isVisibleTo(self):
            return
        records = self.context.ledger.page(self.spec.name, chosen)
        what = self._called(records)
        reason = self.context.dialogs.ask_text(
            f"{what}を取り消す",
            "取り消した記録は一覧から外れますが、履歴には残ります。取り消す理由を入力してください。",
            yes="取り消す",
        )
        if reason:
            self.context.attempt(lambda: self._retire(records, reason))

    def _retire(self, records: list[Record], reason: str) -> None:
        with self.context.ledger.write(reason) as change:
            for record in records:
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
        total, chosen = self.model.rowCount(), len(self.table.chosen_rows())
        self._number.setText(f"{total:,}件" + (f"　{chosen:,}件を選択中" if chosen else ""))
        self.open_button.setEnabled(chosen > 0)
        self.together_button.setVisible(chosen > 1 and bool(self.spec.alike) and not self.model.retired)
        self.retire_button.setEnabled(chosen > 0 and not self.model.retired)
        if self.spec.single:
            self.new_button.setVisible(not total)
        searched = bool(self.search.seen().strip()) or self.model.retired
        if total:
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
