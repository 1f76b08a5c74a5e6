"""A client's own form: its places on the left, the names with their values on the right, the result below."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.duties.case import Case
from app.exchange.documents.own_form import keep_form, own_form_of
from app.exchange.filling.filler import Filled, suggest
from app.exchange.filling.values import BOX, Place
from app.records import Contract
from app.ui.context import Context
from app.ui.editor.ask_dialog import asked
from app.ui.inputs.base import Making
from app.ui.inputs.day import DayInput, day_of
from app.ui.manual import topic_of
from app.ui.page import Page
from app.ui.papers.client_forms.filled_view import FilledView
from app.ui.papers.client_forms.placing import Known, Opened, Placing, known, reopened
from app.ui.parts.dialogs import sentences
from app.ui.parts.lines_table import Cell, Column, Line, LinesTable, line
from app.ui.parts.live_line import LiveLine, search_line
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.parted import Parted
from app.ui.parts.widgets import Notice, Prose, button, label, row
from app.ui.targets import PlaceFacts, Target

_PATTERN = "Word・Excel (*.docx *.xlsx)"
_PLACES = (Column("位置", 10), Column("見出し・今の文字", 7, stretch=True), Column("記入する項目", 8))
_NAMES = (Column("項目", 9), Column("いまの内容", 10, stretch=True))
_LONGEST = 120
_FRAME = 40
"""Logical pixels that a list takes beside its columns: its frame, and the bar by which it is scrolled."""
_LOWEST = 160
"""Logical pixels below which a list would show a line or two, and finding a place in it would be a toil."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """What the worker brings back: the names, and the file that was kept, if there is one."""

    known: Known
    opened: Opened | None = None
    placing: Placing | None = None


class PlacingPage(Page):
    """``finished`` once the form is kept: the page of the paper comes back."""

    def __init__(self, context: Context, target: Target) -> None:
        super().__init__(context)
        if not isinstance(target, PlaceFacts):
            raise TypeError(target)
        self._target = target
        self._known = Known(None)
        self._opened: Opened | None = None
        self._placing = Placing()
        self._places: dict[str, Place] = {}
        self.notice = Notice()
        self._file = Prose("ファイルは読み込まれていません。", "sub")
        self.load = button("ファイルを読み込む", self._load, key="F")
        self.day = DayInput(asked("submission", "issued_on"), Making(context))
        self.day.show_value(context.today())
        self.day.edit.setAccessibleName("適用の始期")
        self.places = LinesTable(context.look, "記入できる場所", _PLACES)
        self.names = LinesTable(context.look, "項目といまの内容", _NAMES)
        self.search = search_line("項目を探す", "項目を探す")
        self.when = LiveLine("チェックする値", "チェックする値（空欄は横の文字）")
        self.put = button("選んだ場所に記入する", self._put, kind="primary", key="B")
        self.take_out = button("割当てを外す", self._take_out, key="D")
        self.suggest = button("見出しから割り当てる", self._suggest)
        self.keep = button("登録", self._save, kind="primary", key="S")
        self.result = FilledView(context)
        self._build()
        self.places.chosen.connect(lambda _keys: self._offer())
        self.names.chosen.connect(lambda _keys: self._offer())
        self.names.picked.connect(lambda _name: self._put())
        self.search.followed.connect(lambda _text: self._show_names())
        self._offer()
        self._begin()

    def title(self) -> str:
        return "発注者の様式"

    @property
    def topic(self) -> str:
        return topic_of("paper_setting")

    def _build(self) -> None:
        form = self.context.forms[self._target.form]
        contract = self.context.facts().get(Contract, self._target.contract)
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(label("様式の場所", "h3"))
        column.addWidget(self.places, 1)
        column.addLayout(flow(self.suggest, self.take_out))
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 0, 0, 0)
        column.addWidget(label("項目といまの内容", "h3"))
        column.addWidget(self.search)
        column.addWidget(self.names, 1)
        column.addWidget(self.when)
        column.addLayout(flow(self.put))
        for held, least in ((self.places, 27), (self.names, 20)):
            hold(held, least, around=_FRAME)
            held.setMinimumHeight(_LOWEST)
        self._pages = QStackedWidget()
        self._pages.addWidget(Parted(left, right, (1, 1)))
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

    def _case(self) -> Case:
        context = self.context
        facts = context.facts()
        contract = facts.get(Contract, self._target.contract)
        return Case(
            facts, context.catalogue, contract, context.today(), forms=context.forms, today=context.today()
        )

    def _begin(self) -> None:
        form, case = self.context.forms[self._target.form], self._case()
        ledger = self.context.ledger

        def work(_progress: Progress) -> _Begun:
            found = known(form, case)
            own = own_form_of(case.facts, case.contract.id, form.id, case.day)
            return _Begun(found) if own is None else _Begun(found, *reopened(ledger, own))

        self._run(work, self._begun)

    def _begun(self, made: _Begun) -> None:
        self._known = made.known
        if made.known.lacking:
            self.notice.say(
                "項目の内容を表示するには、次の事項の入力が必要です。" + "".join(made.known.lacking), "warn"
            )
        self._show_names()
        if made.opened is not None and made.placing is not None:
            self._placing = made.placing
            self._take(made.opened)

    def _load(self) -> None:
        paths = self.context.dialogs.open_files("発注者の様式を選ぶ", _PATTERN)
        if paths:
            self.open_file(paths[0])

    def open_file(self, path: Path) -> None:
        """Read a client's file; the places that were chosen stay where the new file has them."""
        from app.exchange.json_text import read_file

        self._run(lambda _progress: Opened.of(read_file(path), path.name), self.show_opened)

    def show_opened(self, opened: Opened) -> None:
        """Take a file that was read; of the places chosen before, those stay that it has."""
        self.notice.say("")
        there = {place.id for place in opened.form.places}
        lost = [one for one in self._placing.placed if one not in there]
        for one in lost:
            del self._placing.placed[one]
        self._take(opened)
        if lost:
            self.notice.say(f"新しいファイルにない場所（{len(lost)}か所）の割当てを外しました。", "warn")

    def _take(self, opened: Opened) -> None:
        self._opened = opened
        self._places = {place.id: place for place in opened.form.places}
        self._file.say(f"「{opened.name}」　記入できる場所 {len(self._places)}か所")
        self._changed()

    def _changed(self) -> None:
        """Show what is placed where, and let the worker fill the file with it."""
        names = self._known.names
        self.places.show_lines([self._place_line(one) for one in self._places.values()])
        self._offer()
        if self._opened is None or names is None:
            return
        opened, placing = self._opened, Placing(dict(self._placing.placed))
        self._run(lambda _progress: placing.fill(opened, names), self._filled, key=f"fill:{id(self)}")

    def _place_line(self, place: Place) -> Line:
        told = "　".join(filter(None, (place.near, place.text))) if place.near != place.text else place.text
        name = self._placing.name_at(place, self._known.names)
        unknown = place.id.startswith("{") and not name
        shown = Cell("△ 項目がありません", tone="warn") if unknown else Cell(name, tone="ok" if name else "")
        return line(place.id, f"{place.where}　{place.kind}", told[:_LONGEST], shown)

    def _show_names(self) -> None:
        wanted = self.search.seen().strip()
        held = () if self._known.names is None else self._known.names.all()
        self.names.show_lines(
            [
                line(one.name, one.name, one.shown[:_LONGEST])
                for one in held
                if wanted in one.name or wanted in one.shown
            ]
        )

    def _chosen(self) -> Place | None:
        keys = self.places.selected()
        return self._places.get(keys[0]) if keys else None

    def _offer(self) -> None:
        place = self._chosen()
        self.when.setVisible(place is not None and place.kind == BOX)
        self.put.setEnabled(place is not None and bool(self.names.selected()))
        self.take_out.setEnabled(place is not None and place.id in self._placing.placed)
        self.suggest.setEnabled(self._opened is not None and self._known.names is not None)
        self.keep.setEnabled(self._opened is not None)

    def _put(self) -> None:
        place, names = self._chosen(), self.names.selected()
        if place is None or not names:
            return
        self._placing.put(place, names[0], self.when.seen().strip() if place.kind == BOX else "")
        self.when.clear()
        self._changed()

    def _take_out(self) -> None:
        place = self._chosen()
        if place is not None:
            self._placing.take(place)
            self._changed()

    def _suggest(self) -> None:
        if self._opened is None or self._known.names is None:
            return
        found = [
            one
            for one in suggest(self._opened.form, self._known.names)
            if one.place not in self._placing.placed
        ]
        for one in found:
            self._placing.placed[one.place] = one
        self._changed()
        self.context.say(f"{len(found)}か所に項目を割り当てました。")

    def _filled(self, filled: Filled) -> None:
        self.notice.say("")
        self.result.show_filled(filled)
        told = len(filled.unfilled) + len(filled.remarks)
        self.tabs.setTabText(1, f"記入した結果（要確認{told}件）" if told else "記入した結果")

    def _save(self) -> None:
        day = day_of(str(self.day.text()))
        if self._opened is None or day is None:
            self.notice.say("適用の始期を入力してください。", "danger")
            return
        opened, target = self._opened, self._target
        placed, ledger = tuple(self._placing.placed.values()), self.context.ledger
        if self.context.attempt(
            lambda: keep_form(ledger, target.contract, target.form, day, (opened.data, opened.name), placed)
        ):
            self.finished.emit()
            self.context.say(f"「{opened.name}」を発注者の様式として登録しました。")

    def _run(self, work: Any, done: Any, *, key: str = "") -> None:
        self.context.operations.run(work, done, failed=self._failed, owner=self, key=key or f"{id(self)}")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        self.notice.say(sentences(error.problems), "danger")
