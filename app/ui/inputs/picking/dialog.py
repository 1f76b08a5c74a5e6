"""Choosing many records at once, as for the attendance of a training or what goes back to the client."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout

from app.common import Progress
from app.records import SPECS
from app.records.spelling.fold import words_of
from app.ui.inputs.base import Combo, Making
from app.ui.inputs.picking.table import TicksTable
from app.ui.inputs.picking.told import Choice, Told, columns_of, told_of
from app.ui.operations import Lane
from app.ui.parts.live_line import search_line
from app.ui.parts.space.flow import flow
from app.ui.parts.space.screen import usable
from app.ui.parts.widgets import Empty, button, em, label

_AT_ONCE = 300
"""Records that are told of at once; of more the worker prepares what is told, and the dialog is there."""
_EDGE = 60
"""Logical pixels of the screen that the dialog leaves free, its frame among them."""
_WIDE, _HIGH = 66, 36
_CONTRACT = 14
"""Full-width characters of the contract that is chosen."""
_NAMED = 3
Unfit = Callable[[], Mapping[int, str]]
"""What cannot be chosen: id → why, empty where that goes without saying; a worker asks for it."""
_RETURNS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PickDialog(QDialog):
    """A table with ticks, a search line and the contract; ``chosen`` holds the ids in the order of the list.

    Return in the search ticks the only one that is found: numbers can be scanned one after the other.
    """

    def __init__(
        self,
        making: Making,
        kind: str,
        title: str,
        without: Collection[str] = (),
        *,
        ticked: Collection[int] = (),
        unfit: Unfit = dict,
        yes: str = "追加する",
    ) -> None:
        """``without``: ids, as text, that stand there already; ``ticked``: those chosen to begin with."""
        super().__init__()
        self.setWindowTitle(title)
        self._making, self._kind, self._label = making, kind, SPECS[kind].label
        self._without, self._ask_unfit = frozenset(without), unfit
        self._unfit: Mapping[int, str] = {}
        self._told = Told((), {})
        self._fit: tuple[Choice, ...] = ()
        self._shown: frozenset[int] = frozenset()
        self.search = search_line("検索", f"{self._label}を検索")
        self.search.followed.connect(lambda _seen: self._filter())
        self.contract = Combo()
        self.contract.setAccessibleName("契約で絞り込む")
        # The longest name of a contract would push the search into a line of its own.
        self.contract.setMinimumContentsLength(_CONTRACT)
        self.contract.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.contract.currentIndexChanged.connect(lambda _at: self._filter())
        self.table = TicksTable(making.context.look, title, columns_of(kind))
        self.table.lines.ticked = set(ticked)
        self.table.turned.connect(self._count)
        self.nothing = Empty("読み込んでいます…", "")
        self._stack = QStackedWidget()
        for widget in (self.nothing, self.table):
            self._stack.addWidget(widget)
        self._number = label("", "sub")
        self.all = button("すべて選ぶ（表示中）", self._all, kind="quiet")
        self.none = button("選択を外す", self._none, kind="quiet")
        self.ok = button(yes, self.accept, kind="primary", hint="Ctrl+Enter")
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.ok.click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 12)
        layout.setSpacing(8)
        layout.addWidget(label(title, "h2"))
        layout.addLayout(flow(self.search, self.contract))
        layout.addWidget(self._stack, 1)
        layout.addLayout(flow(self._number, self.all, self.none, None, button("戻る", self.reject), self.ok))
        room = usable(self).size()
        self.resize(min(em(self, _WIDE), room.width() - _EDGE), min(em(self, _HIGH), room.height() - _EDGE))
        self._count()
        self._load()

    @property
    def chosen(self) -> list[int]:
        """The ids ticked."""
        ticked = self.table.lines.ticked
        return [one.id for one in self._fit if one.id in ticked]

    @property
    def listed(self) -> list[int]:
        """The ids that are seen, from the top."""
        return self.table.seen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _RETURNS and self.search.hasFocus():
            if len(self.listed) == 1:
                self.table.tick(self.listed)
                self.search.selectAll()
            elif self.listed:
                self._into_table()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.listed:
            self._into_table()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.search.setFocus()

    def _into_table(self) -> None:
        self.table.setFocus()
        self.table.setCurrentIndex(self.table.lines.index(0, 0))

    def _load(self) -> None:
        context, making, kind = self._making.context, self._making, self._kind
        facts, today = context.facts(), context.today()

        def work(_progress: Progress | None = None) -> tuple[Told, Mapping[int, str]]:
            return told_of(facts, today, kind, making.candidates.of(kind)), self._ask_unfit()

        if facts.count(SPECS[kind].cls) <= _AT_ONCE:
            self._show(work())
        else:
            key = f"pick {id(self)}"
            context.operations.run(work, self._show, owner=self, key=key, lane=Lane.ROWS)

    def _show(self, made: tuple[Told, Mapping[int, str]]) -> None:
        told = self._told = made[0]
        self._unfit = made[1]
        self._fit = tuple(
            one for one in told.choices if str(one.id) not in self._without and one.id not in self._unfit
        )
        held = dict.fromkeys(one.contract for one in self._fit if one.contract)
        self.contract.blockSignals(True)
        self.contract.clear()
        self.contract.addItem("すべての契約", 0)
        for one in held:
            self.contract.addItem(told.contracts[one], one)
        self.contract.blockSignals(False)
        self.contract.setVisible(len(held) > 1)
        self._filter()

    def _filter(self) -> None:
        words, contract = words_of(self.search.seen()), self.contract.currentData() or 0
        found = [one for one in self._fit if contract in (0, one.contract) and one.holds(words)]
        self._shown = frozenset(one.id for one in found)
        self.table.show_lines([one.line for one in found])
        if not found and self._told.choices:
            self._say_nothing(words)
        elif not found:
            self._tell(f"{self._label}がまだ登録されていません", f"先に{self._label}を登録してください。")
        self._stack.setCurrentWidget(self.table if found else self.nothing)
        self._count()

    def _say_nothing(self, words: list[str]) -> None:
        """Why nothing is seen, and what to do: what is looked for may be there, and no choice."""
        typed, held = self.search.seen().strip(), [one for one in self._told.choices if one.holds(words)]
        barred = [one for one in held if one.id in self._unfit]
        if barred and (typed or not self._fit):
            told = "".join(map(self._why, barred[:_NAMED]))
            more = f"ほか{len(barred) - _NAMED:,}件も選べません。" if len(barred) > _NAMED else ""
            way = "ほかのものを選ぶには、検索の文字を消してください。" if self._fit else ""
            self._tell("選べるものがありません", f"{told}{more}{way}")
        elif any(str(one.id) in self._without for one in held) and (typed or not self._fit):
            self._tell("ほかに選べるものはありません", "探しているものは、既に加えてあります。")
        elif self.contract.currentData():
            self._tell("あてはまるものはありません", "「すべての契約」に戻すか、検索の文字を消してください。")
        else:
            title = f"「{typed}」にあたる{self._label}はありません"
            self._tell(title, "番号や名称の一部で探すか、検索の文字を消してください。")

    def _why(self, one: Choice) -> str:
        return f"{one.line.cells[0].text}：{self._unfit[one.id] or 'この手続きの対象にできません。'}"

    def _tell(self, title: str, text: str) -> None:
        self.nothing.title.setText(title)
        self.nothing.text.say(text)

    def _all(self) -> None:
        self.table.tick(self.listed)

    def _none(self) -> None:
        self.table.tick(tuple(self.table.lines.ticked), on=False)

    def _count(self) -> None:
        chosen = self.chosen
        hidden = sum(one not in self._shown for one in chosen)
        beside = f"（うち{hidden:,}件は表示していません）" if hidden else ""
        self._number.setText(f"{len(chosen):,}件を選択{beside}")
        self.ok.setEnabled(bool(chosen))
        self.none.setEnabled(bool(chosen))
        self.all.setEnabled(bool(self._shown - self.table.lines.ticked))


def pick_several(
    making: Making,
    kind: str,
    title: str,
    without: Collection[str] = (),
    *,
    ticked: Collection[int] = (),
    unfit: Unfit = dict,
    yes: str = "追加する",
) -> list[int]:
    """Let the user choose records. ``without`` names ids, as text, that are not offered.

    ``ticked``: the ids chosen to begin with; ``unfit``: what cannot be chosen; ``yes``: what choosing does.
    """
    dialog = PickDialog(making, kind, title, without, ticked=ticked, unfit=unfit, yes=yes)
    return dialog.chosen if making.context.dialogs.show(dialog) else []
