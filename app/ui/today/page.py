"""きょう: what is due in all contracts on one day, as a list, as a calendar, as rounds and as a matrix."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.common import Lazy
from app.records import Contract
from app.ui.context import Context
from app.ui.offers.menu import AllActsMenu, acts_button
from app.ui.page import Page
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, button, label, row
from app.ui.reckoning.as_of import AsOf
from app.ui.reckoning.as_of_bar import AsOfNotice, DayChoice
from app.ui.reckoning.assessor import Assessment
from app.ui.reckoning.waiting import WAITING
from app.ui.targets import ShowSettings, ShowToday, Target
from app.ui.today.task_view import TasksView
from app.ui.today.view import View
from app.work.states import long_day

_NO_SHEET = (
    "回復シートを確かめた記録がありません。パスフレーズを忘れると、回復シートなしには誰も台帳を開けません。"
    "印刷し、書かれた回復コードを入力して確かめてください。"
)


@dataclass(frozen=True, slots=True)
class _View:
    key: str
    label: str
    make: Lazy[[Context], View]


_VIEWS = (
    _View("tasks", "すること", Lazy("app.ui.today.task_view", "TasksView")),
    _View("calendar", "予定表", Lazy("app.ui.calendar.view", "CalendarView")),
    _View("rounds", "定期作業", Lazy("app.ui.rounds.view", "RoundsView")),
    _View("matrix", "一覧表", Lazy("app.ui.matrix.view", "MatrixView")),
)


class TodayPage(Page):
    """The first page of every day; a view is made when it is first shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._as_of = AsOf.of(context)
        self._shown: Assessment | None = None
        self._views: dict[str, View] = {}
        self.tasks = TasksView(context)
        self.list, self.numbers = self.tasks.list, self.tasks.numbers
        self.contract, self.search = self.tasks.contract, self.tasks.search
        self._day = label("", "sub")
        self._state = label("", "hint")
        self.choice = DayChoice(context)
        self.acts = AllActsMenu(context, self)
        self.acts_button = acts_button(
            self.acts, "退職・移動・紛失のように、起きたことや行うことを登録します"
        )
        self.notice = AsOfNotice(context)
        self.unknown = Notice("", "danger")
        self.sheet = Notice("", "warn", button("回復シートを作成", self._make_sheet))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("表示の切替え")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for view in _VIEWS:
            self.tabs.addTab(view.label)
        self._stack = QStackedWidget()
        self._put("tasks", self.tasks)
        self._build()
        self.tabs.currentChanged.connect(lambda _at: self._show_view())
        self._as_of.ready.connect(self._show)
        self._as_of.moved.connect(self.refresh)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 0)
        layout.setSpacing(8)
        head = QWidget()
        above = QVBoxLayout(head)
        above.setContentsMargins(0, 0, 12, 0)
        above.setSpacing(10)
        self._heading = label("きょう", "h1")
        heading, choice = QWidget(), QWidget()
        heading.setLayout(row(self._heading, 4, self._day, 10))
        choice.setLayout(row(self._state, 4, self.acts_button, self.choice))
        choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        above.addLayout(flow(heading, self.tabs, None, choice, spacing=4))
        above.addWidget(self.sheet)
        above.addWidget(self.notice)
        above.addWidget(self.unknown)
        layout.addWidget(head)
        layout.addWidget(self._stack, 1)

    def title(self) -> str:
        return "きょう"

    def first_field(self) -> QWidget | None:
        return self.search if self.search.isVisibleTo(self) else super().first_field()

    def escape(self) -> bool:
        narrowed = self.view is self.tasks and bool(self.tasks.narrowed_to)
        if narrowed:
            self.tasks.widen()
        return narrowed

    @property
    def topic(self) -> str:
        return "02-daily/きょう"

    def show_target(self, target: Target) -> None:
        if isinstance(target, ShowToday) and target.view:
            self.tabs.setCurrentIndex(next(n for n, view in enumerate(_VIEWS) if view.key == target.view))

    def refresh(self) -> None:
        self._day.setText(long_day(self._as_of.day))
        self._heading.setVisible(not self._as_of.elsewhere)
        self.choice.refresh()
        self.notice.refresh()
        self.sheet.say("" if self.context.ledger.sheet_proven else _NO_SHEET, "warn")
        current = self._as_of.current()
        if current is None:
            self._shown = None
            self._state.setText(WAITING)
            self.unknown.say("")
            self._show_view()
        elif current is not self._shown:
            self._show(current)

    @property
    def view(self) -> View:
        """The view one sees."""
        view = _VIEWS[self.tabs.currentIndex()]
        if view.key not in self._views:
            self._put(view.key, view.make(self.context))
        return self._views[view.key]

    def _make_sheet(self) -> None:
        self.context.navigate(ShowSettings("access"))

    def _put(self, key: str, view: View) -> None:
        self._views[key] = view
        self._stack.addWidget(view)

    def _show_view(self) -> None:
        view = self.view
        if self._shown is not None:
            view.show_made(self._shown)
        else:
            view.wait()
        self._stack.setCurrentWidget(view)

    def _show(self, made: Assessment) -> None:
        self._shown = made
        self._day.setText(long_day(made.day))
        self.choice.refresh()
        self._state.setText("")
        self.unknown.say("\n".join(sentence for _contract, sentence in made.unknown), "danger")
        started = bool(made.facts.all(Contract))
        for widget in (self.tabs, self.choice):
            widget.setVisible(started)
        self.acts_button.setVisible(
            started and not self._as_of.elsewhere and not self.context.ledger.read_only
        )
        self._show_view()
