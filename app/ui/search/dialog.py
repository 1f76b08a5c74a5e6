"""検索: what one can do, everything that the ledger holds, and the manual, while one types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.common import Progress
from app.ledger.content.search import Hit
from app.records import SPECS
from app.records.spelling.fold import fold
from app.ui.context import Context
from app.ui.homes import home
from app.ui.manual import Passage, passages
from app.ui.offers.menu import ground_of
from app.ui.parts.live_line import search_line
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.parts.widgets import button, em, label, row
from app.ui.search.acts import Act, acts, matching
from app.ui.search.acts_on import acts_on
from app.ui.search.early_words import EarlyWords
from app.ui.search.records import found
from app.ui.targets import ShowSettings, Target

_MOST = 200
"""Records named."""
_ACTS = 8
_PASSAGES = 8
_PATIENCE = 150
_MARKS = re.compile(r"[|*`#]|-{3,}")
"""What marks tables and headings in the manual's text."""
_TARGET = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Answer:
    text: str
    acts: Sequence[Act]
    hits: Sequence[Hit]
    told: Sequence[Passage]


class SearchDialog(QDialog):
    """Results in sections; Return opens what is chosen, or the first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.acts: list[Act] = []
        self.hits: list[Hit] = []
        self.told: list[Passage] = []
        self._answered = ""
        """The words to which what is shown is the answer."""
        self._hasty = False
        """Whether what is found first is to be opened as soon as it is there."""
        self.setWindowTitle("検索")
        self.edit = search_line("検索する言葉", "したいこと、氏名、番号、件名など（1文字から）")
        self.results = QTreeWidget()
        self.results.setAccessibleName("検索結果")
        make_roomy(self.results)
        self.results.setHeaderLabels(["名前", "見つかった内容"])
        self.results.setRootIsDecorated(False)
        self.results.setUniformRowHeights(True)
        self.results.itemActivated.connect(self._open_item)
        self._state = label("", "sub")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE)
        self._timer.timeout.connect(self.find_now)
        self.edit.followed.connect(lambda _seen: self._timer.start())
        self.edit.followed.connect(lambda _seen: self._calm())
        self.open_button = button("開く", self.open, kind="primary", key="O")
        self.open_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label("操作・記録・説明書の検索", "h2"))
        layout.addWidget(self.edit)
        layout.addWidget(self.results, 1)
        layout.addLayout(row(self._state, None, button("閉じる", self.reject, key="C"), self.open_button))
        self.resize(em(self, 58), em(self, 38))
        self.results.setColumnWidth(0, em(self, 24))
        self._say()

    def exec(self) -> int:
        return EarlyWords(self, self.edit).run()

    def find_now(self) -> None:
        """Search for what is typed, in the worker."""
        text = self.edit.seen().strip()
        if not text:
            self._show(_Answer("", (), (), ()))
            return
        context = self.context
        if not context.is_open:
            return
        ground = ground_of(context)

        def work(progress: Progress) -> _Answer:
            on = acts_on(ground, text, progress)
            return _Answer(
                text,
                (*on, *matching(acts(context.forms), text))[:_ACTS],
                found(context.ledger, text, _MOST, progress),
                _told(text)[:_PASSAGES],
            )

        context.operations.run(work, self._show, owner=self, key="search")

    def open(self) -> None:
        """Open what is chosen, or the first result, as soon as that is the answer to what is typed."""
        if self.edit.seen().strip() != self._answered:
            # What is shown belongs to other words: opened, it would be another person or contract.
            self._hasty = True
            return
        item = self.results.currentItem()
        self._go((item.data(0, _TARGET) if item is not None else None) or self._first())

    def _go(self, target: Target | None) -> None:
        if target is not None:
            self.accept()
            self.context.navigate(target)

    def _calm(self) -> None:
        """Whoever types on wants to see first what is found."""
        self._hasty = False
        self.open_button.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.edit.hasFocus() and self._first() is not None:
            self.results.setFocus()
            first = self.results.topLevelItem(0)
            if first is not None and first.childCount():
                self.results.setCurrentItem(first.child(0) or first)
            return
        super().keyPressEvent(event)

    def _first(self) -> Target | None:
        targets: Iterable[Target] = (
            *(one.target for one in self.acts),
            *(home(one.record, one.id) for one in self.hits),
            *(ShowSettings("manual", one.topic) for one in self.told),
        )
        return next(iter(targets), None)

    def _show(self, answer: _Answer) -> None:
        self.acts, self.hits, self.told = list(answer.acts), list(answer.hits), list(answer.told)
        self.results.clear()
        self._section("操作", [(one.name, one.about, one.target) for one in self.acts])
        for kind, group in groupby(self.hits, key=lambda hit: hit.record):
            self._section(
                SPECS[kind].label, [(one.title, one.text, home(one.record, one.id)) for one in group]
            )
        told = [(one.heading, _line(one), ShowSettings("manual", one.topic)) for one in self.told]
        self._section("説明書", told)
        self.results.expandAll()
        self._answered = answer.text
        self._say(answer.text)
        if self._hasty and answer.text == self.edit.seen().strip():
            self._hasty = False
            self.open()

    def _section(self, name: str, lines: Sequence[tuple[str, str, Target]]) -> None:
        if not lines:
            return
        head = QTreeWidgetItem(self.results, [f"{name}（{len(lines)}件）", ""])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        for title, text, target in lines:
            item = QTreeWidgetItem(head, [title, text])
            item.setData(0, _TARGET, target)
            item.setToolTip(0, title)
            item.setToolTip(1, text)

    def _say(self, text: str = "") -> None:
        number = len(self.acts) + len(self.hits) + len(self.told)
        if not text:
            said = "言葉を空白で区切ると、すべてを含むものを探します。"
        elif not number:
            said = f"「{text}」に当たる操作、記録、説明書はありません。"
        else:
            said = f"{number}件" + ("（多いため一部だけ表示しています）" if len(self.hits) >= _MOST else "")
        self._state.setText(said)
        self.open_button.setEnabled(bool(number))

    def _open_item(self, item: QTreeWidgetItem) -> None:
        self._go(item.data(0, _TARGET))


def _told(text: str) -> list[Passage]:
    """What the manual says of it: headings that hold every word before texts that do."""
    words = fold(text).split()
    headings, texts = [], []
    for one in passages():
        heading = fold(f"{one.chapter} {one.heading}")
        if all(word in heading for word in words):
            headings.append(one)
        elif all(word in f"{heading} {fold(one.text)}" for word in words):
            texts.append(one)
    return headings + texts


def _line(one: Passage) -> str:
    bare = " ".join(_MARKS.sub(" ", one.text).split())
    return bare if one.chapter == one.heading else f"{one.chapter}：{bare}"
