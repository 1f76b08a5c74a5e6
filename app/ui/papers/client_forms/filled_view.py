"""A filled file as its text, place by place, with what is to be looked at; as it prints where that can be."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.exchange.documents.looking_again import notes_of
from app.exchange.filling.filler import Filled
from app.ui.context import Context
from app.ui.parts.tables.lines_table import Cell, Column, LinesTable, line
from app.ui.parts.widgets import Notice, label

_COLUMNS = (Column("場所", 12), Column("書かれている文字", 20, stretch=True))


class FilledView(QWidget):
    """What a filled file says."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.notice = Notice()
        self.table = LinesTable(context.look, "記入した結果", _COLUMNS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label("記入した結果（下書き。発行するまで番号はありません）", "h3"))
        layout.addWidget(self.notice)
        layout.addWidget(self.table, 1)

    def show_filled(self, filled: Filled | None) -> None:
        """Show a file, or nothing; what was put there stands out."""
        if filled is None:
            self.notice.say("")
            self.table.show_lines([])
            return
        put = {(one.where, "".join(one.text.split())) for one in filled.put}
        lines = []
        for number, (where, text) in enumerate(filled.texts):
            bare = "".join(text.split())
            ours = any(place == where and held in bare for place, held in put)
            shown = " ".join(text.splitlines())
            lines.append(line(number, where, Cell(shown, tone="ok" if ours else "")))
        self.table.show_lines(lines)
        self.notice.say("\n".join(notes_of(filled)), "warn")
