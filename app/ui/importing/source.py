"""Where the table of an import comes from: which records it holds, and the file that is chosen or pasted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.records import SPECS, Spec
from app.ui.context import Context
from app.ui.importing import pasting
from app.ui.importing.files import OPENED
from app.ui.inputs.base import Combo
from app.ui.parts.widgets import button, label

_NO_KIND = "取り込む記録の種類を先に選んでください。"


class Source(QObject):
    """``chosen``: the path of a file, or the text of a table that was copied. ``refused``: why there is none.

    ``free`` says whether another table may be taken now; it asks people where they would lose something.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, context: Context, parent: QWidget, kind: str, free: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._context = context
        self._free = free
        self.kind = Combo()
        self.kind.setAccessibleName("取り込む記録")
        for spec in SPECS.values():
            if spec.by_hand:
                self.kind.addItem(spec.label, spec.name)
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.kind_label = label("取り込む記録")
        self.choose_button = button("ファイルを選ぶ…", self.choose, key="O")
        self.paste_button = button(
            "貼り付け", self.paste, hint="Excelでコピーした表を取り込みます（Ctrl+V）", key="V"
        )

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """What stands in the bar of the page, in its order."""
        return self.kind_label, self.kind, self.choose_button, self.paste_button

    @property
    def spec(self) -> Spec[Any] | None:
        """The type of the records; None while nobody chose one."""
        return SPECS.get(str(self.kind.currentData() or ""))

    def choose(self) -> None:
        """Ask for the file."""
        if self._known():
            for path in self._context.dialogs.open_files("取り込むファイルを選ぶ", OPENED)[:1]:
                if self._free():
                    self.chosen.emit(path)

    def paste(self) -> None:
        """Take what was copied: the cells of a spreadsheet, or a file."""
        given: Path | str | None = pasting.held()
        if not self._known():
            return
        if given is None:
            self.refused.emit(pasting.NOTHING)
        elif self._free():
            self.chosen.emit(given)

    def show_parts(self, *, begin: bool, end: bool) -> None:
        """What is offered where one begins, while a table is shown, and at the end."""
        self.kind_label.setVisible(begin)
        self.kind.setVisible(begin)
        self.choose_button.setVisible(not end)
        self.paste_button.setVisible(not end)

    def _known(self) -> bool:
        if self.spec is None:
            self.refused.emit(_NO_KIND)
            self.kind.setFocus()
        return self.spec is not None
