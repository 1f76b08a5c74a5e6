"""A client's own form: its places on the left, the names with their values on the right, the result below."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from app.common import PeopleError, Progress
from app.duties.case import Case
from app.exchange.documents.own_form import keep_form, own_form_of
from app.exchange.filling.filler import Filled
from app.records import SPECS, Contract
from app.ui.context import Context
from app.ui.editor.ask_dialog import asked
from app.ui.inputs.base import Making
from app.ui.inputs.day import DayInput, day_of
from app.ui.manual import topic_of
from app.ui.page import Page
from app.ui.papers.client_forms.filled_view import FilledView
from app.ui.papers.client_forms.places_view import PlacesView
from app.ui.papers.client_forms.placing import Known, Opened, Placing, known, reopened
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Notice, Prose, button, label, row
from app.ui.targets import PlaceFacts, Target

_NO_PLACE = (
    "このファイルには記入できる場所がありません。WordかExcelで開き、記入する所に「{契約番号}」のように"
    "項目の名前を書いて保存してから、読み込み直してください。"
)
_PATTERN = "Word・Excel (*.docx *.xlsx)"


@dataclass(frozen=True, slots=True)
class _Read:
    """What the worker brings back: the names, and the file that is kept, if there is one."""

    known: Known
    opened: Opened | None = None
    placing: Placing | None = None
    failed: PeopleError | None = None


class PlacingPage(Page):
    """``finished`` once the form is kept: the page of the paper comes back.

    Any record may stand behind a value; what was placed and is not kept yet stays whatever changes.
    """

    shows = frozenset(SPECS)

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, PlaceFacts):
            raise TypeError(target)
        self._target = target
        self._known = Known(None)
        self._opened: Opened | None = None
        self._said = ""
        self.notice = Notice()
        self._file = Prose("ファイルは読み込まれていません。", "sub")
        self.load = button("ファイルを読み込む", self._load, key="F")
        self.day = DayInput(asked("submission", "issued_on"), Making(context))
        self.day.show_value(context.today())
        self.day.edit.setAccessibleName("適用の始期")
        self.keep = button("登録", self._keep, kind="primary", key="S")
        self.view = view = PlacesView(context.look)
        self.places, self.names, self.when = view.places, view.names, view.when
        self.put, self.take_out, self.suggest = view.put, view.take_out, view.suggest
        self.result = FilledView(context)
        self._kept = self._state()
        self._build()
        view.changed.connect(self._fill)
        view.suggested.connect(lambda count: context.say(f"{count}か所に項目を割り当てました。"))
        self.keep.setEnabled(False)

    def title(self) -> str:
        return "発注者の様式"

    @property
    def topic(self) -> str:
        return topic_of("paper_setting")

    def _build(self) -> None:
        form = self.context.forms[self._target.form]
        contract = self.context.facts().get(Contract, self._target.contract)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.result)
        self.tabs = QTabBar()
        for text in ("場所を決める", "記入した結果"):
            self.tabs.addTab(text)
        self.tabs.setAccessibleName("発注者の様式")
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 10, 12, 8)
        layout.setSpacing(6)
        layout.addWidget(Prose(f"{form.title}　{contract.number}　{contract.title}", "h2"))
        layout.addLayout(flow(self.load, row(label("適用の始期", "hint"), self.day), self.keep))
        layout.addWidget(self._file)
        layout.addWidget(self.notice)
        layout.addWidget(self.tabs)
        layout.addWidget(self._pages, 1)

    @property
    def dirty(self) -> bool:
        """Whether a file was read, a fact placed or the day changed since the form was kept."""
        return self._opened is not None and self._state() != self._kept

    def _state(self) -> tuple[object, ...]:
        opened = self._opened
        file = ("", b"") if opened is None else (opened.name, opened.data)
        return (*file, frozenset(self.view.placing.placed.values()), str(self.day.text()))

    def save(self) -> bool:
        """Keep the file with its places, and stay."""
        if not self.dirty or self._opened is None:
            return True
        day = day_of(str(self.day.text()))
        if day is None:
            self.notice.say("適用の始期を入力してください。", "danger")
            return False
        opened, target, ledger = self._opened, self._target, self.context.ledger
        placed, state = tuple(self.view.placing.placed.values()), self._state()
        file = (opened.data, opened.name)
        before, self._kept = self._kept, state  # what is written comes back as a change at once
        if not self.context.attempt(
            lambda: keep_form(ledger, target.contract, target.form, day, file, placed)
        ):
            self._kept = before
            return False
        self.context.say(f"「{opened.name}」を発注者の様式として登録しました。")
        return True

    def can_leave(self) -> bool:
        return self.left_with(unsaved=self.dirty)

    def _keep(self) -> None:
        if self.save():
            self.finished.emit()

    def _case(self) -> Case | None:
        context = self.context
        facts = context.facts()
        contract = facts.find(Contract, self._target.contract)
        if contract is None:
            return None
        today = context.today()
        return Case(facts, context.catalogue, contract, today, forms=context.forms, today=today)

    def refresh(self) -> None:
        form, case = self.context.forms[self._target.form], self._case()
        ledger = self.context.ledger
        if case is None:
            self.notice.say("この契約は取り消されています。", "danger")
            return

        def work(_progress: Progress) -> _Read:
            found = known(form, case)
            own = own_form_of(case.facts, case.contract.id, form.id, case.day)
            try:
                return _Read(found) if own is None else _Read(found, *reopened(ledger, own))
            except PeopleError as error:
                return _Read(found, failed=error)

        self._run(work, self._read)

    def _read(self, made: _Read) -> None:
        self._known = made.known
        self.view.show_names(made.known.names)
        if made.opened is not None and made.placing is not None and not self.dirty:
            self._take(made.opened, made.placing)
            self._kept = self._state()
        elif self._opened is not None:
            self.view.show_placed()
            self._fill()
        if made.known.lacking:
            self.notice.say(
                "項目の内容を表示するには、次の事項の入力が必要です。" + "".join(made.known.lacking), "warn"
            )
        if made.failed is not None:
            self._failed(made.failed)

    def _load(self) -> None:
        paths = self.context.dialogs.open_files("発注者の様式を選ぶ", _PATTERN)
        if paths:
            self.open_file(paths[0])

    def open_file(self, path: Path) -> None:
        """Read a client's file; the places that were chosen stay where the new file has them."""
        from app.exchange.json_text import read_file

        self._run(
            lambda _progress: Opened.of(read_file(path), path.name), self.show_opened, key=f"file:{id(self)}"
        )

    def show_opened(self, opened: Opened) -> None:
        """Take a file that was read; what was placed before goes to where its heading is now."""
        followed = self.view.placing.follow(self._opened, opened)
        self._take(opened, followed.placing)
        self._said = followed.said or self._said
        self.notice.say(self._said, "warn")

    def _take(self, opened: Opened, placing: Placing) -> None:
        self._opened = opened
        self._said = "" if opened.form.places else _NO_PLACE
        self.notice.say(self._said, "warn")
        self._file.say(f"「{opened.name}」　記入できる場所 {len(opened.form.places)}か所")
        self.view.show_form(opened.form, placing)
        self.keep.setEnabled(True)
        self._fill()

    def _fill(self) -> None:
        """Let the worker fill the file as it is placed now."""
        names, opened = self._known.names, self._opened
        if opened is None or names is None:
            return
        placing, told = Placing(dict(self.view.placing.placed)), self._known.statement
        self._run(lambda _progress: placing.fill(opened, names, told), self._filled, key=f"fill:{id(self)}")

    def _filled(self, filled: Filled) -> None:
        self.notice.say(self._said, "warn")
        self.result.show_filled(filled)
        told = len(filled.unfilled) + len(filled.remarks)
        self.tabs.setTabText(1, f"記入した結果（要確認{told}件）" if told else "記入した結果")

    def _run(self, work: Any, done: Any, *, key: str = "") -> None:
        self.context.operations.run(work, done, failed=self._failed, owner=self, key=key or f"{id(self)}")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self.notice.say(sentences((*error.problems, *filter(None, (self._said,)))), "danger")
