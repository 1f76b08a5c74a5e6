"""The page of an import: a file is read, its columns are matched, every row is shown; then all or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QTabWidget, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.exchange.mending import runs
from app.exchange.sheets.book import Book
from app.exchange.tables import planning
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.records import SPECS, Spec
from app.ui.context import Context
from app.ui.importing import pasting, wording
from app.ui.importing.columns_view import ColumnsView
from app.ui.importing.known_notice import KnownNotice
from app.ui.importing.making import Asked, Made, made
from app.ui.importing.reading import read
from app.ui.importing.rest_out import save_rest
from app.ui.importing.rows_view import RowsView
from app.ui.importing.source import Source
from app.ui.parts.dropping import TakesFiles
from app.ui.parts.elide import Eliding
from app.ui.parts.keyboard import focused
from app.ui.parts.space.flow import flow
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import Empty, button
from app.ui.plan_page import MovedError, PlanPage, Wanted, Words, unless_stopped
from app.ui.targets import BringIn, ShowList, Target

_MOVED = "表示したあとに台帳が変わったため、取り込みませんでした。今の台帳で確かめ直しています。"
_WORDS = Words(
    "取り込む",
    "取り込みました",
    "台帳は、取り込む前の内容です。",
    "中止しました。何も登録していません。",
    "閲覧のみで開いているため、取り込めません。",
)
_BEGIN = (
    "Excelブック（.xlsx・.xlsm・.xls）かCSVを選ぶか、この画面にドラッグしてください。"
    "Excelでコピーした表を貼り付けることもできます（Ctrl+V）。"
    "取り込む前に、行ごとに内容を確かめられます。"
)


class ImportPage(TakesFiles, PlanPage):
    """Nothing is written before 取り込む is pressed; then exactly what is shown, as one change."""

    shows = frozenset(SPECS)
    words = _WORDS

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
        self.source = Source(context, self, target.kind, self._free)
        self.update_box = QCheckBox("登録済みも更新する")
        self.update_box.setAccessibleName("登録済みの記録も更新する")
        self.known = KnownNotice()
        self.columns = ColumnsView(context)
        self.rows = RowsView(context)
        self.tabs = QTabWidget()
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName("取込みの手順")
        self.list_button = button("一覧を開く", self._open_list, kind="primary")
        self.rest_button = button("除いた行を保存…", self.save_rest)
        self.rest_button.setVisible(False)
        self.again_button = button("別のファイルを取り込む…", self.source.choose)
        self._begin = Empty("取り込むファイルを選んでください", _BEGIN)
        self._build()
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
        return self.source.spec

    @property
    def planned(self) -> TablePlan | None:
        """The plan that is shown, and of which nothing has moved since."""
        return self._made.plan if self._made is not None else None

    def _build(self) -> None:
        self._file = Eliding("sub")
        views = ((self.columns, "列と項目"), (self.rows, "取り込む内容"))
        self._areas = [Upright(view, name) for view, name in views]
        for area, (view, name) in zip(self._areas, views, strict=True):
            self.tabs.addTab(area, name)
            view.setProperty("role", "page")
        work = QWidget()
        inner = QVBoxLayout(work)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self.tabs, 1)
        source = self.source
        bar = flow(*source.parts, self.update_box, None, self.confirm)
        end = Empty(
            "取り込みました", "", self.list_button, self.rest_button, self.undo_button, self.again_button
        )
        self.lay(bar, (self._file, self.known), self._begin, work, end)
        self._connect()

    def _connect(self) -> None:
        source = self.source
        source.kind.activated.connect(lambda _at: self._other_kind())
        source.chosen.connect(self.open)
        source.refused.connect(lambda why: self.notice.say(why, "warn"))
        self.update_box.toggled.connect(lambda _on: self.replan())
        self.known.forgotten.connect(self._forget)
        self.columns.decided.connect(self.replan)
        self.rows.left.connect(self.columns.leave_out)
        self.rows.rest_wanted.connect(self.save_rest)
        self.rows.box.given.connect(lambda _row: self.columns.answer(self.rows.box.said))
        self.rows.box.back.connect(self.columns.take_back)
        self.setAcceptDrops(True)
        # A field in which one writes takes the keys for itself.
        QShortcut(QKeySequence.StandardKey.Paste, self).activated.connect(source.paste)

    def takes(self, files: tuple[Path, ...]) -> bool:
        return len(files) == 1

    def drop(self, files: tuple[Path, ...]) -> None:
        if self._free():
            self.open(files[0])

    def show_target(self, target: Target) -> None:
        """What was brought in is chosen or pasted again: it is read anew, and what is known of it said."""
        if isinstance(target, BringIn) and self._done is not None:
            self._begin_with(target)

    def _begin_with(self, target: BringIn) -> None:
        if given := target.path or target.pasted:
            self.open(given)

    @property
    def held(self) -> bool:
        return self._book is not None

    @property
    def ready(self) -> bool:
        return self._made is not None

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

    def _free(self) -> bool:
        return not self._writing and self.can_leave()

    def open(self, given: Path | str) -> None:
        """Read another file, or the text of a table that was copied, in a process of its own."""
        name = given.name if isinstance(given, Path) else pasting.NAME
        self._book = self._made = self._done = None
        self._name = name
        for part in (self._file, self.known, self.notice):
            part.say("")
        self.show_view(self._begin)
        self._begin.title.setText("表を読んでいます…")
        self._begin.text.say(name)
        self.context.operations.run(
            unless_stopped(lambda progress: read(given, progress)),
            lambda found: self.stopped() if found is None else self.show_book(name, *found),
            title=f"{name}を読んでいます",
            failed=self.failed,
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
        self.replan()

    def _other_kind(self) -> None:
        self.renewed.emit()
        self.notice.say("")
        if self._book is not None:
            self.show_book(self._name, self._book, self._digest)

    def replan(self) -> None:
        """Let the worker say what would become of every row."""
        book, spec, said, update = self._book, self.spec, self.columns.said, self.update_box.isChecked()
        if book is None or spec is None:
            return
        self._made = None
        self.say_confirm()
        asked = Asked(self.context.facts(), spec, book, said, update, self.context.today())
        first = self._first

        self.context.operations.run(
            unless_stopped(lambda progress: made(asked, progress, first=first)),
            lambda found: self.stopped() if found is None else self._planned(found),
            title="取り込む内容を確かめています",
            failed=self.failed,
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
        first, self._first = self._first, False
        if first:
            decide = self.columns.undecided or planning.lacking(plan) or plan.offers
            self.tabs.setCurrentIndex(0 if decide else 1)
        self.say_plan()
        if first and self.isVisible() and focused(self) is not None:
            QTimer.singleShot(0, self.columns, self._take_field)

    def _take_field(self) -> None:
        """What is asked first takes the keyboard, and is seen: it may stand far below the columns."""
        field = self.columns.asked_first()
        if field is not None:
            field.setFocus()
            self._areas[0].ensureWidgetVisible(field, 0, 3 * field.height())

    def _forget(self) -> None:
        """Understand the table without what was said of such a one before."""
        self.known.say("")
        self._begun = Said()
        self.columns.forget()

    def save_rest(self) -> None:
        """Save the rows that are not brought in, with the reasons, as a workbook that comes in again."""
        if self._rest is not None:
            save_rest(self.context, self._rest)

    def hindrance(self) -> tuple[str, str]:
        plan = self.planned
        if plan is None:
            return "", "info"
        return wording.hindrance(plan), "warn" if wording.writes(plan) or plan.stops else "info"

    def offer(self) -> str:
        plan = self.planned
        if plan is None or wording.hindrance(plan):
            return ""
        erased = f"（{plan.erased:,}件の値を消す）" if plan.erased else ""
        return f"{wording.writes(plan):,}件を取り込む{erased}"

    def wanted(self) -> Wanted | None:
        made, ledger, backups = self._made, self.context.ledger, self.context.backups()
        if made is None:
            return None
        run = runs.run_of(made.plan, made.asked.said, self._name, self._digest)

        def write(progress: Progress) -> None:
            if ledger.facts() is not made.asked.facts:
                raise MovedError(_MOVED)
            planning.apply(ledger, made.plan, backups, progress, beside=(run,))

        label = made.plan.spec.label
        said = f"{label}：{wording.counted_all(made.plan)}"
        return Wanted(
            f"{label}を取り込んでいます", write, f"{self._name}\n{said}", f"{said}を取り込みました。"
        )

    def let_go(self) -> None:
        self._book = self._made = None
        self.rest_button.setVisible(self._rest is not None and bool(self._rest.said.without))

    def _open_list(self) -> None:
        if self.spec is not None:
            self.context.navigate(ShowList(self.spec.name))

    def show_view(self, widget: QWidget) -> None:
        super().show_view(widget)
        begins, ended = widget is self._begin, widget is self._end
        self.source.show_parts(begin=begins, end=ended)
        self._file.setVisible(not ended)
        self.known.setVisible(widget is self._work and bool(self.known.text))
        self.update_box.setVisible(widget is self._work)
        if begins:
            self._begin.title.setText("取り込むファイルを選んでください")
            self._begin.text.say(_BEGIN)

    def failed_on(self, error: PeopleError) -> None:
        # A sheet or a head that is not certain is chosen where the columns are.
        del error
        if self._book is not None:
            self.tabs.setCurrentIndex(0)
