"""検索: everything that the ledger holds, by any part of any searched text."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.common import Progress
from app.ledger.content.search import Hit
from app.records import SPECS
from app.ui.context import Context
from app.ui.homes import home
from app.ui.parts.live_line import search_line
from app.ui.parts.spaced_lines import make_roomy
from app.ui.parts.widgets import button, em, label, row

_MOST = 200
_PATIENCE = 150


class SearchDialog(QDialog):
    """Results by record type while one types; Return opens."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.hits: list[Hit] = []
        self.setWindowTitle("検索")
        self.edit = search_line("検索する言葉", "氏名、番号、件名など（1文字から）")
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
        self.open_button = button("開く", self.open, kind="primary")
        self.open_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label("台帳全体の検索", "h2"))
        layout.addWidget(self.edit)
        layout.addWidget(self.results, 1)
        layout.addLayout(row(self._state, None, button("閉じる", self.reject), self.open_button))
        self.resize(em(self, 54), em(self, 36))
        self.results.setColumnWidth(0, em(self, 22))
        self._say()

    def find_now(self) -> None:
        """Search for what is typed, in the worker."""
        text = self.edit.seen().strip()
        if not text:
            self._show("", [])
            return

        def work(_progress: Progress) -> list[Hit]:
            return self.context.ledger.search(text, _MOST)

        self.context.operations.run(work, lambda hits: self._show(text, hits), owner=self, key="search")

    def open(self) -> None:
        """Open what is chosen, or the first result."""
        item = self.results.currentItem()
        hit = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        if hit is None and self.hits:
            hit = self.hits[0]
        if hit is not None:
            self.accept()
            self.context.navigate(home(hit.record, hit.id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.edit.hasFocus() and self.hits:
            self.results.setFocus()
            first = self.results.topLevelItem(0)
            if first is not None and first.childCount():
                self.results.setCurrentItem(first.child(0) or first)
            return
        super().keyPressEvent(event)

    def _show(self, text: str, hits: list[Hit]) -> None:
        order = list(SPECS)
        self.hits = sorted(hits, key=lambda hit: order.index(hit.record))
        self.results.clear()
        for kind, group in groupby(self.hits, key=lambda hit: hit.record):
            found = list(group)
            head = QTreeWidgetItem(self.results, [f"{SPECS[kind].label}（{len(found)}件）", ""])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            for hit in found:
                item = QTreeWidgetItem(head, [hit.title, hit.text])
                item.setData(0, Qt.ItemDataRole.UserRole, hit)
        self.results.expandAll()
        self._say(text)

    def _say(self, text: str = "") -> None:
        number = len(self.hits)
        if not text:
            said = "言葉を空白で区切ると、すべてを含む記録を探します。"
        elif not number:
            said = f"「{text}」を含む記録はありません。"
        else:
            said = f"{number}件" + ("（多いため一部だけ表示しています）" if number >= _MOST else "")
        self._state.setText(said)
        self.open_button.setEnabled(bool(number))

    def _open_item(self, item: QTreeWidgetItem) -> None:
        if item.data(0, Qt.ItemDataRole.UserRole) is not None:
            self.results.setCurrentItem(item)
            self.open()
