"""様式: choosing among all forms: those that something asks for now first, then by what one is doing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from app.annexes.kinds import kind_label
from app.duties.case import FormFace
from app.duties.duty import Action
from app.duties.papers.grouping import grouped
from app.records.spelling.fold import searchable, words_of
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.parts.live_line import search_line
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.parts.widgets import button, em, label, row
from app.work.states import mark, short_day
from app.work.tasks import Task

_NOW = "この契約でいま作成するもの"
_FORM = Qt.ItemDataRole.UserRole
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Asked:
    """A form that a task of the contract asks for: why, and by when."""

    form: str
    why: str


def asked_of(tasks: Iterable[Task]) -> tuple[Asked, ...]:
    """The forms that tasks ask for, each once, in the order of the tasks."""
    found: dict[str, Asked] = {}
    for task in tasks:
        if task.step.action is Action.ISSUE:
            due = f"　期限 {short_day(task.due)}" if task.due else ""
            form = str(task.step.target)
            found.setdefault(form, Asked(form, f"{mark(task.state).text}{due}"))
    return tuple(found.values())


class FormDialog(QDialog):
    """Every form under what one is doing, found by any word of its name or of the duties it serves.

    ``chosen``: the id of the form taken.
    """

    def __init__(self, forms: Mapping[str, FormFace], now: Sequence[Asked], current: str) -> None:
        super().__init__()
        self.chosen = current
        self.setWindowTitle("様式を選ぶ")
        self.search = search_line("様式を探す", "様式の名称、義務（例：研修、持出し、廃棄）")
        self.search.followed.connect(self._filter)
        self.search.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setAccessibleName("様式の一覧")
        self.list.setHeaderLabels(["様式", "満たす義務"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        make_roomy(self.list)
        self.list.itemActivated.connect(lambda item, _column: self._take(item))
        self._state = label("", "sub")
        self.ok = button("この様式にする", self._take_current, kind="primary", key="O")
        self.ok.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 12)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(self._state, None, button("戻る", self.reject, key="C"), self.ok))
        self._folded: list[tuple[QTreeWidgetItem, str]] = []
        self._fill(forms, now)
        self.resize(em(self, 58), em(self, 40))
        self.list.setColumnWidth(0, em(self, 19))
        self._mark(current)

    def _fill(self, forms: Mapping[str, FormFace], now: Sequence[Asked]) -> None:
        asked = [(forms[one.form], one.why) for one in now if one.form in forms]
        self._section(_NOW, asked)
        for group, held in grouped(forms.values()).items():
            self._section(group, [(form, "") for form in held])
        self.list.expandAll()
        self._filter("")

    def _section(self, name: str, held: Sequence[tuple[FormFace, str]]) -> None:
        if not held:
            return
        head = QTreeWidgetItem(self.list, [name, ""])
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        for form, why in held:
            duties = "・".join(map(kind_label, form.kinds))
            item = QTreeWidgetItem(head, [form.title, why or duties])
            item.setData(0, _FORM, form.id)
            item.setToolTip(0, form.title)
            item.setToolTip(1, duties)
            self._folded.append((item, searchable((form.title, duties, name))))

    def _filter(self, text: str) -> None:
        """Show what holds every word; the first of it is marked, so that Return takes it."""
        words = words_of(text)
        found: set[str] = set()
        for item, folded in self._folded:
            fits = all(word in folded for word in words)
            item.setHidden(not fits)
            if fits:
                found.add(str(item.data(0, _FORM)))
        for at in range(self.list.topLevelItemCount()):
            if head := self.list.topLevelItem(at):
                held = (head.child(n) for n in range(head.childCount()))
                head.setHidden(not any(one is not None and not one.isHidden() for one in held))
        first = next((item for item, _folded in self._folded if not item.isHidden()), None)
        if first is not None:
            self.list.setCurrentItem(first)
        self.ok.setEnabled(first is not None)
        self._state.setText(f"{len(found)}種類" if found else f"「{text.strip()}」に当たる様式はありません。")

    def _mark(self, form: str) -> None:
        for item, _folded in self._folded:
            if item.data(0, _FORM) == form:
                self.list.setCurrentItem(item)
                self.list.scrollToItem(item)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Down leads from what is typed into the list, as in every search of the program.
        if (
            watched is self.search
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in _DOWN
        ):
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _take_current(self) -> None:
        self._take(self.list.currentItem())

    def _take(self, item: QTreeWidgetItem | None) -> None:
        form = item.data(0, _FORM) if item is not None and not item.isHidden() else None
        if form:
            self.chosen = str(form)
            self.accept()


class FormChoice(Combo):
    """The form to make. Opened, it shows every form under what one is doing, to be searched.

    ``now``: what the contract chosen asks for, when it is opened.
    """

    def __init__(self, context: Context, now: Callable[[], Sequence[Asked]]) -> None:
        super().__init__()
        self._context, self._now = context, now
        self.setAccessibleName("様式")
        self.setMinimumContentsLength(10)
        self.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.addItem("（選んでください）", "")
        for held in grouped(context.forms.values()).values():
            for form in held:
                self.addItem(form.title, form.id)

    def showPopup(self) -> None:
        dialog = FormDialog(self._context.forms, self._now(), str(self.currentData() or ""))
        if self._context.dialogs.show(dialog):
            self.setCurrentIndex(self.findData(dialog.chosen))
