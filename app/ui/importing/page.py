"""The page of an import: a file is read, its columns are matched, every row is shown; then all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from app.common import Cancelled, PeopleError, Progress
from app.exchange.mending import runs
from app.exchange.sheets.book import Book
from app.exchange.tables import planning
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.telling import without_commands
from app.ledger.writing import ChangeSet
from app.records import SPECS, Spec
from app.ui.context import Context
from app.ui.importing import pasting, wording
from app.ui.importing.columns_view import ColumnsView
from app.ui.importing.files import OPENED, dropped
from app.ui.importing.known_notice import KnownNotice
from app.ui.importing.making import Asked, Made, made
from app.ui.importing.reading import read_file, read_pasted
from app.ui.importing.rest_out import save_rest
from app.ui.importing.rows_view import RowsView
from app.ui.inputs.base import Combo
from app.ui.operations import Job
from app.ui.page import Page
from app.ui.parts.elide import Eliding
from app.ui.parts.space.flow import flow
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Empty, Notice, button, label
from app.ui.targets import BringIn, ShowList, Target
from app.ui.undo.asking import newest, undo

if TYPE_CHECKING:
    from app.ledger.undoing.queue import Done

_MOVED = "表示したあとに台帳が変わったため、取り込みませんでした。今の台帳で確かめ直しています。"
_STOPPED = "中止しました。何も登録していません。"
_BEGIN = (
    "Excelブック（.xlsx・.xlsm・.xls）かCSVを選ぶか、この画面にドラッグしてください。"
    "Excelでコピーした表を貼り付けることもできます（Ctrl+V）。"
    "取り込む前に、行ごとに内容を確かめられます。"
)


class _MovedError(PeopleError):
    """The ledger is another than the one that the plan was made for."""


class ImportPage(Page):
    """Nothing is written before 取り込む is pressed; then exactly what is shown, as one change."""

    shows = frozenset(SPECS)

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, BringIn):
            raise TypeError(target)
        self._name = self._digest = ""
        self._rest: Asked | None = None
        self._begun = Said()
        """What was said of the file before anybody touched it."""
        self._book: Book | None = None
        self._made: Made | None = None
        self._first = True
        """Whether the file was not planned yet: what has to be decided first comes up by itself."""
        self._writing = False
        self._job: Job | None = None
        self._done: Done | None = None
        self.kind = Combo()
        self.kind.setAccessibleName("取り込む記録")
        for spec in SPECS.values():
            if spec.by_hand:
                self.kind.addItem(spec.label, spec.name)
        self.kind.setCurrentIndex(self.kind.findData(target.kind))
        self.choose_button = button("ファイルを選ぶ…", self.choose, key="O")
        self.paste_button = button(
            "貼り付け", self.paste, hint="Excelでコピーした表を取り込みます（Ctrl+V）", key="V"
        )
        self.update_box = QCheckBox("登録済みも更新する")
        self.update_box.setAccessibleName("登録済みの記録も更新する")
        self.confirm = button("取り込む", self.bring, kind="primary", key="S")
        context.look.dress(self.confirm, "save", "on-primary")
        self.notice = Notice()
        self.known = KnownNotice()
        self.columns = ColumnsView(context)
        self.rows = RowsView(context)
        self.tabs = QTabWidget()
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName("取込みの手順")
        self.list_button = button("一覧を開く", self._open_list, kind="primary")
        self.undo_button = button("元に戻す", self._undo)
        self.rest_button = button("除いた行を保存…", self.save_rest)
        self.rest_button.setVisible(False)
        self.again_button = button("別のファイルを取り込む…", self.choose)
        self._begin = Empty("取り込むファイルを選んでください", _BEGIN)
        self._end = Empty(
            "取り込みました", "", self.list_button, self.rest_button, self.undo_button, self.again_button
        )
        self._stack = QStackedWidget()
        self._build()
        self._show(self._begin)
        if self.spec is not None:
            self._begin_with(target)

    def title(self) -> str:
        return f"{self.spec.label}の取込み" if self.spec is not None else "Excelの台帳を取り込む"

    @property
    def topic(self) -> str:
        return "02-daily/Excelの台帳を取り込む、Excelに書き出す"

    @property
    def spec(self) -> Spec[Any] | None:
        """The type of the records; None while nobody chose one."""
        return SPECS.get(str(self.kind.currentData() or ""))

    @property
    def planned(self) -> TablePlan | None:
        """The plan that is shown, and of which nothing has moved since."""
        return self._made.plan if self._made is not None else None

    def _build(self) -> None:
        self._file = Eliding("sub")
        for view, name in ((self.columns, "列と項目"), (self.rows, "取り込む内容")):
            self.tabs.addTab(Upright(view, name), name)
            view.setProperty("role", "page")
        work = QWidget()
        inner = QVBoxLayout(work)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.tabs, 1)
        self._work = work
        for widget in (self._begin, work, self._end):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 10, 12, 8)
        layout.setSpacing(8)
        self._kind_label = label("取り込む記録")
        layout.addLayout(
            flow(
                self._kind_label,
                self.kind,
                self.choose_button,
                self.paste_button,
                self.update_box,
                None,
                self.confirm,
            )
        )
        layout.addWidget(self._file)
        layout.addWidget(self.known)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        self.kind.activated.connect(lambda _at: self._other_kind())
        self.update_box.toggled.connect(lambda _on: self._plan())
        self.known.forgotten.connect(self._forget)
        self.columns.decided.connect(self._plan)
        self.rows.left.connect(self.columns.leave_out)
        self.rows.rest_wanted.connect(self.save_rest)
        self.rows.box.given.connect(lambda _row: self.columns.answer(self.rows.box.said))
        self.rows.box.back.connect(self.columns.take_back)
        self.setAcceptDrops(True)
        # A field in which one writes takes the keys for itself.
        QShortcut(QKeySequence.StandardKey.Paste, self).activated.connect(self.paste)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open(path)

    def refresh(self) -> None:
        if self._book is not None and self._done is None and not self._writing:
            self._plan()

    def show_target(self, target: Target) -> None:
        """What was brought in is chosen or pasted again: it is read anew, and what is known of it said."""
        if isinstance(target, BringIn) and self._done is not None:
            self._begin_with(target)

    def _begin_with(self, target: BringIn) -> None:
        if target.path is not None:
            self.open(target.path)
        elif target.pasted:
            self.open_pasted(target.pasted)

    def take(self, changes: ChangeSet) -> None:
        del changes
        if self._done is not None:
            self._look_back(self._done)
        else:
            self.refresh()

    def save(self) -> bool:
        """Ctrl+S: the same as the button."""
        if self.confirm.isEnabled() and self.confirm.isVisible():
            self.bring()
        return self._done is not None

    def can_leave(self) -> bool:
        said, begun = self.columns.said, self._begun
        worked = replace(said, sheet="", head=()) != replace(begun, sheet="", head=())
        if self._book is None or self._done is not None or self._writing or not worked:
            return True
        return self.context.dialogs.ask(
            f"「{self._name}」はまだ取り込んでいません。取り込まずに離れますか？",
            "取り込まずに離れる",
            detail="列の対応、答え、入力した値は残りません。",
            grave=True,
        )

    def choose(self) -> None:
        """Ask for the file."""
        if self.spec is None:
            self._ask_kind()
            return
        for path in self.context.dialogs.open_files("取り込むファイルを選ぶ", OPENED)[:1]:
            self.open(path)

    def paste(self) -> None:
        """Take what was copied: the cells of a spreadsheet, or a file."""
        given = pasting.held()
        if self._writing:
            return
        if self.spec is None:
            self._ask_kind()
        elif given is None:
            self.notice.say(pasting.NOTHING, "warn")
        elif self.can_leave():
            if isinstance(given, Path):
                self.open(given)
            else:
                self.open_pasted(given)

    def _ask_kind(self) -> None:
        self.notice.say("取り込む記録の種類を先に選んでください。", "warn")
        self.kind.setFocus()

    def open(self, path: Path) -> None:
        """Read another file, in a process of its own."""
        self._read(path.name, lambda progress: read_file(path, progress))

    def open_pasted(self, text: str) -> None:
        """Read what was copied from a spreadsheet, in the same way."""
        self._read(pasting.NAME, lambda progress: read_pasted(text, progress))

    def _read(self, name: str, reads: Callable[[Progress], tuple[Book, str]]) -> None:
        self._book = self._made = self._done = None
        self._name = name
        self._file.say("")
        self.known.say("")
        self.notice.say("")
        self._show(self._begin)
        self._begin.title.setText("表を読んでいます…")
        self._begin.text.say(name)

        def work(progress: Progress) -> tuple[Book, str] | None:
            try:
                return reads(progress)
            except Cancelled:
                return None

        self.context.operations.run(
            work,
            lambda found: self._stopped() if found is None else self.show_book(name, *found),
            title=f"{name}を読んでいます",
            failed=self._failed,
            owner=self,
            key=f"import-file:{id(self)}",
        )

    def show_book(self, name: str, book: Book, digest: str = "") -> None:
        """What was read of a file, by whose ``digest`` it is known again; nothing is said of it yet."""
        spec = self.spec
        if spec is None:
            return
        self._name, self._book, self._first, self._done = name, book, True, None
        self._digest, self._begun = digest, Said()
        self.columns.show_book(spec, book)
        self._plan()

    def _other_kind(self) -> None:
        self.renewed.emit()
        self.notice.say("")
        if self._book is not None:
            self.show_book(self._name, self._book, self._digest)

    def _plan(self) -> None:
        """Let the worker say what would become of every row."""
        book, spec, said, update = self._book, self.spec, self.columns.said, self.update_box.isChecked()
        if book is None or spec is None:
            return
        self._made = None
        self._say_confirm()
        asked = Asked(self.context.facts(), spec, book, said, update, self.context.today())
        first = self._first

        def work(progress: Progress) -> Made | None:
            try:
                return made(asked, progress, first=first)
            except Cancelled:
                return None

        self.context.operations.run(
            work,
            lambda found: self._stopped() if found is None else self._planned(found),
            title="取り込む内容を確かめています",
            failed=self._failed,
            owner=self,
            key=f"import:{id(self)}",
        )

    def _planned(self, found: Made) -> None:
        self._made, self._rest, plan = found, found.asked, found.plan
        if self._first:
            self.known.tell(found, self._digest)
            self.columns.recall(found.asked.said)
            self._begun = found.asked.said
        self._file.say(f"{self._name}　{wording.found_at(plan)}　{wording.counted_all(plan)}")
        self.columns.show_plan(plan)
        self.rows.box.said = self.columns.said
        self.rows.box.show_history(any_answer=self.columns.answered)
        self.rows.show_plan(found.questions, out=bool(self.columns.said.without))
        if self._first:
            self._first = False
            decide = self.columns.undecided or planning.lacking(plan) or plan.offers
            self.tabs.setCurrentIndex(0 if decide else 1)
        self._show(self._work)
        why = wording.hindrance(plan)
        self.notice.say(why, "warn" if wording.writes(plan) or plan.stops else "info")
        self._say_confirm()

    def _forget(self) -> None:
        """Understand the table without what was said of such a one before."""
        self.known.say("")
        self._begun = Said()
        self.columns.forget()

    def save_rest(self) -> None:
        """Save the rows that are not brought in, with the reasons, as a workbook that comes in again."""
        if self._rest is not None:
            save_rest(self.context, self._rest)

    def _say_confirm(self) -> None:
        plan = self.planned
        able = plan is not None and not wording.hindrance(plan) and not self.context.ledger.read_only
        self.confirm.setEnabled(able)
        text = f"{wording.writes(plan):,}件を取り込む" if plan is not None and able else "取り込む"
        if plan is not None and able and plan.erased:
            text += f"（{plan.erased:,}件の値を消す）"
        self.confirm.setText(text)
        self.confirm.setAccessibleName(text)

    def bring(self) -> None:
        """Write exactly the plan that is shown, as one change, or nothing."""
        held = self._made
        if held is None or not self.confirm.isEnabled():
            return
        self._writing = True
        self.confirm.setEnabled(False)
        self.notice.say("")
        ledger, backups = self.context.ledger, self.context.backups()
        run = runs.run_of(held.plan, held.asked.said, self._name, self._digest)

        def work(progress: Progress) -> TablePlan | None:
            if ledger.facts() is not held.asked.facts:
                raise _MovedError(_MOVED)
            try:
                planning.apply(ledger, held.plan, backups, progress, beside=(run,))
            except Cancelled:
                return None
            return held.plan

        self._job = self.context.operations.run(
            work,
            self._written,
            title=f"{held.plan.spec.label}を取り込んでいます",
            failed=self._failed,
            owner=self,
        )

    def _written(self, plan: TablePlan | None) -> None:
        self._writing = False
        if plan is None:
            self._stopped()
            return
        self._done = newest(self.context)
        self._book = self._made = None
        said = f"{plan.spec.label}：{wording.counted_all(plan)}"
        self.rest_button.setVisible(self._rest is not None and bool(self._rest.said.without))
        self._end.title.setText("取り込みました")
        late = self._job.late if self._job is not None else ""
        self._end.text.say(f"{late}{self._name}\n{said}")
        self.undo_button.show()
        self._show(self._end)
        self.context.say(f"{said}を取り込みました。")
        self.list_button.setFocus()

    def _look_back(self, done: Done) -> None:
        """It may have been taken back: nothing else is said of it then."""
        latest = newest(self.context)
        if latest is None or latest.number < done.number:
            self._end.title.setText("元に戻しました")
            self._end.text.say("台帳は、取り込む前の内容です。")
            self.undo_button.hide()

    def _undo(self) -> None:
        if self._done is not None:
            undo(self.context, self._done)

    def _open_list(self) -> None:
        if self.spec is not None:
            self.context.navigate(ShowList(self.spec.name))

    def _stopped(self) -> None:
        self.notice.say(_STOPPED, "info")
        self._show(self._work if self._made is not None else self._begin)
        self._say_confirm()

    def _show(self, widget: QWidget) -> None:
        self._stack.setCurrentWidget(widget)
        ended = widget is self._end
        shown: tuple[tuple[QWidget, bool], ...] = (
            (self.choose_button, not ended),
            (self.paste_button, not ended),
            (self._file, not ended),
            (self.known, widget is self._work and bool(self.known.text)),
            (self._kind_label, widget is self._begin),
            (self.kind, widget is self._begin),
            (self.update_box, widget is self._work),
            (self.confirm, widget is self._work),
        )
        for one, wanted in shown:
            one.setVisible(wanted)
        self._begin.title.setText("取り込むファイルを選んでください")
        self._begin.text.say(_BEGIN)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self._writing = False
        self.notice.say(without_commands(error.sentence))
        # A sheet or a head that is not certain is chosen where the columns are.
        self._show(self._work if self._book is not None else self._begin)
        self._say_confirm()
        if isinstance(error, _MovedError):
            self._plan()
        elif self._book is not None:
            self.tabs.setCurrentIndex(0)
