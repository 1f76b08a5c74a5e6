"""Of a change only a part can be taken back: what goes back, what stays and why, before it is written."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.ledger.undoing.values import Undoing
from app.ui.parts.space.scrolled import scrolled
from app.ui.parts.widgets import Prose, button, em, label, row
from app.work.undo_words import differences, named, quoted, then, when


class PartialDialog(QDialog):
    """Two lists and the button that takes back the first; accepted if the person wants that."""

    def __init__(self, shown: Undoing) -> None:
        super().__init__()
        # Not the name of the change itself: other programs can read the titles of windows.
        self.setWindowTitle("一部だけ元に戻す")
        done, count = shown.done, len(shown.back)
        again = "やり直す" if done.redo else "元に戻す"
        inner = QWidget()
        inner.setProperty("role", "page")
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(0, 0, 8, 0)
        self._inside.setSpacing(6)
        after = then(shown)
        self._put(
            f"{'やり直すもの' if done.redo else '元に戻るもの'}（{count}件）",
            "○",
            ((named(shown.facts, one.before), differences(shown, after, one)) for one in shown.back),
        )
        self._put(
            f"残るものとその理由（{len(shown.stays)}件）",
            "△",
            ((named(shown.facts, one.record), one.why) for one in shown.stays),
        )
        self._inside.addStretch(1)
        self.go = button(f"{count}件を{again}", self.accept, kind="danger", key="U")
        stay = button("戻る", self.reject, key="C")
        stay.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(Prose(f"{quoted(done)}は、一部だけ{again}ことができます", "h2"))
        layout.addWidget(Prose(f"{when(done)}の操作です（{done.count}件、{done.officer}）。", "sub"))
        layout.addWidget(scrolled(inner, "元に戻るものと残るもの"), 1)
        layout.addLayout(row(None, stay, self.go))
        self.resize(em(self, 46), em(self, 32))

    def _put(self, head: str, mark: str, lines: Iterable[tuple[str, str]]) -> None:
        self._inside.addWidget(label(head, "h3"))
        for name, text in lines:
            line = row()
            line.addWidget(label(mark, "sub"), 0, Qt.AlignmentFlag.AlignTop)
            told = QVBoxLayout()
            told.setSpacing(1)
            for held in (Prose(name), Prose(text, "sub")):
                held.setAlignment(Qt.AlignmentFlag.AlignTop)
                told.addWidget(held)
            line.addLayout(told, 1)
            self._inside.addLayout(line)
