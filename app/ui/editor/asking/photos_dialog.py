"""写真の明細: which line of a disposal each photograph is of, for many photographs on one page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.records import Disposal
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.parts.space.screen import usable
from app.ui.parts.widgets import Notice, Prose, button, em, label, prose, row
from app.work.acts.disposing.photos import OTHER, WHOLE, called

_EDGE = 60
"""Logical pixels of the screen that the dialog leaves free, its frame among them."""


class PhotosDialog(QDialog):
    """``rows`` once accepted: for each name the line it is of, ``WHOLE`` or ``OTHER``."""

    def __init__(
        self,
        context: Context,
        disposal: Disposal,
        names: Sequence[str],
        proposed: Sequence[int | None],
        yes: str,
        *,
        other: bool,
    ) -> None:
        """``proposed``: the line of each, None where it is to be said. ``other``: it may be no photograph."""
        super().__init__()
        self.rows: tuple[int, ...] = ()
        self._names = tuple(names)
        self.setWindowTitle("写真の明細")
        facts = context.facts()
        choices = [(called(facts, disposal, at), at) for at in range(len(disposal.lines))]
        choices.append((called(facts, disposal, WHOLE), WHOLE))
        if other:
            choices.append(("写真ではない（受領書など）", OTHER))
        self.notice = Notice("", "danger")
        holder = QWidget()
        holder.setProperty("role", "page")
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.combos: list[Combo] = []
        for at, (name, line) in enumerate(zip(names, proposed, strict=True)):
            combo = Combo()
            combo.setAccessibleName(f"{name}の明細")
            combo.addItem("", None)
            for text, value in choices:
                combo.addItem(text, value)
            combo.setCurrentIndex(combo.findData(line) if line is not None else 0)
            self.combos.append(combo)
            grid.addWidget(Prose(name), at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(combo, at, 1)
        grid.setRowStretch(len(names), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName("写真の一覧")
        scroll.setWidget(holder)
        self.ok = button(yes, self.accept, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(10)
        layout.addWidget(label("写真の明細", "h2"))
        layout.addWidget(
            prose("どの明細の写真かを確かめてください。証明書には、明細ごとに写真の番号を印刷します。", "sub")
        )
        layout.addWidget(self.notice)
        layout.addWidget(scroll, 1)
        layout.addLayout(row(None, button("戻る", self.reject), self.ok))
        room = usable(self).size()
        self.resize(min(em(self, 52), room.width() - _EDGE), min(em(self, 32), room.height() - _EDGE))

    def accept(self) -> None:
        found = [combo.currentData() for combo in self.combos]
        if None in found:
            at = found.index(None)
            self.notice.say(f"「{self._names[at]}」がどの明細の写真かを選んでください。", "danger")
            self.combos[at].setFocus()
            return
        self.rows = tuple(found)
        super().accept()
