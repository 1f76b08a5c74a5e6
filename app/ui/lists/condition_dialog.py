"""条件で絞り込む: fields of a list and what each has to say, with a name to keep them by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.records import Spec
from app.records.kinds import Choice, Flag
from app.records.narrowing import columns_of
from app.records.saved_list import ListCondition
from app.ui.inputs.base import Combo
from app.ui.parts.live_line import LiveLine
from app.ui.parts.space.screen import usable
from app.ui.parts.widgets import Notice, button, em, label, prose, row

_EDGE = 60
"""Logical pixels of the screen that the dialog leaves free, its frame among them."""
_LINES = 5
"""Conditions that can be said at once; all of them have to be met."""


class _Line:
    """One condition: the field, and its value as a choice or as words."""

    def __init__(self, spec: Spec[Any], number: int) -> None:
        self._fields = {one.name: one for one in columns_of(spec)}
        self.field, self.choice = Combo(), Combo()
        self.field.setAccessibleName(f"条件{number}の項目")
        self.choice.setAccessibleName(f"条件{number}の値")
        self.words = LiveLine(f"条件{number}の値", "含む言葉")
        self.value = QStackedWidget()
        self.value.addWidget(self.words)
        self.value.addWidget(self.choice)
        self.field.addItem("", "")
        for one in self._fields.values():
            self.field.addItem(one.label, one.name)
        self.field.currentIndexChanged.connect(lambda _at: self._turn())
        self._turn()

    @property
    def said(self) -> ListCondition | None:
        """The condition; None where no field is chosen."""
        name = str(self.field.currentData() or "")
        value = self.choice.currentText() if self._chosen else self.words.text().strip()
        return ListCondition(field=name, value=value) if name else None

    @property
    def _chosen(self) -> bool:
        return self.value.currentWidget() is self.choice

    def show(self, one: ListCondition) -> None:
        self.field.setCurrentIndex(max(0, self.field.findData(one.field)))
        if self._chosen:
            self.choice.setCurrentIndex(self.choice.findText(one.value))
        else:
            self.words.setText(one.value)

    def focus(self) -> None:
        (self.choice if self._chosen else self.words).setFocus()

    def _turn(self) -> None:
        field = self._fields.get(str(self.field.currentData() or ""))
        kind = field.kind if field else None
        self.choice.clear()
        if isinstance(kind, Choice):
            self.choice.addItems(list(kind.choices))
        elif isinstance(kind, Flag):
            self.choice.addItems([kind.yes, kind.no])
        self.value.setCurrentIndex(1 if self.choice.count() else 0)
        self.value.setEnabled(field is not None)


class ConditionDialog(QDialog):
    """``conditions`` and ``name`` (empty: not to be kept) once accepted."""

    def __init__(
        self, spec: Spec[Any], conditions: Sequence[ListCondition], name: str, *, naming: bool
    ) -> None:
        """``naming``: the name is needed; what is narrowed is to be kept as it is."""
        super().__init__()
        self.conditions: tuple[ListCondition, ...] = ()
        self.name = ""
        self._naming = naming
        self.setWindowTitle("一覧の絞り込み")
        self.notice = Notice("", "danger")
        self.lines = [_Line(spec, at) for at in range(1, _LINES + 1)]
        for made, one in zip(self.lines, conditions, strict=False):
            made.show(one)
        self.name_line = QLineEdit(name)
        self.name_line.setMaxLength(60)
        self.name_line.setAccessibleName("絞り込みの名称")
        self.name_line.setPlaceholderText("例：今年度の紙の資料")
        self.ok = button("名前を付けて保存" if naming else "絞り込む", self.accept, kind="primary")
        self.ok.setDefault(True)
        self._build(spec)
        (self.name_line if naming else self.lines[0].field).setFocus()

    def _build(self, spec: Spec[Any]) -> None:
        holder = QWidget()
        holder.setProperty("role", "page")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for at, one in enumerate(self.lines):
            grid.addWidget(one.field, at, 0)
            grid.addWidget(one.value, at, 1)
        grid.setRowStretch(_LINES, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("条件")
        scroll.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label(f"{spec.label}の絞り込み", "h2"))
        layout.addWidget(prose("選んだ項目のすべてに合う記録だけを表示します。", "sub"))
        layout.addWidget(self.notice)
        layout.addWidget(scroll, 1)
        layout.addWidget(label("名称" if self._naming else "名称（保存して、また使うとき）", "h3"))
        layout.addWidget(self.name_line)
        layout.addLayout(row(None, button("戻る", self.reject), self.ok))
        room = usable(self).size()
        self.resize(min(em(self, 40), room.width() - _EDGE), min(em(self, 31), room.height() - _EDGE))

    def accept(self) -> None:
        found = [one for made in self.lines if (one := made.said) is not None]
        name = self.name_line.text().strip()
        empty = next((made for made in self.lines if made.said is not None and not made.said.value), None)
        if empty is not None:
            self.notice.say(f"「{empty.field.currentText()}」の値を入力してください。", "danger")
            empty.focus()
        elif self._naming and not name:
            self.notice.say("絞り込みの名称を入力してください。", "danger")
            self.name_line.setFocus()
        elif not self._naming and not found:
            self.notice.say("条件の項目を1つ以上選んでください。", "danger")
            self.lines[0].field.setFocus()
        else:
            self.conditions, self.name = tuple(found), name
            super().accept()
