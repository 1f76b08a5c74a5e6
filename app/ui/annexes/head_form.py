"""What stands above the clauses of an annex: title, source, period, words of each document, options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.annexes.annex import NEEDED, WORDS
from app.annexes.files.tables import Table
from app.annexes.files.toml_lines import Path
from app.records.contract import Option
from app.records.days import wareki
from app.ui.annexes.words import FIELDS
from app.ui.clauses.box import Box, line, lines
from app.ui.inputs.day import day_of
from app.ui.parts.widgets import card, clear, label, prose, row

_DAYS = ("in_force_from", "in_force_until")


class HeadForm(QScrollArea):
    """Shows the tables of an annex and writes into them. ``edited`` after every change by hand."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("題名・用語")
        self._table: Table = {}
        self.boxes: dict[tuple[str | int, ...], Box] = {}
        self.words: dict[tuple[int, str], QLineEdit] = {}
        self.options: dict[str, tuple[QCheckBox, QLineEdit]] = {}
        self._inner = QWidget()
        self._inner.setProperty("role", "page")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(2, 12, 10, 12)
        self._column.setSpacing(14)
        self.setWidget(self._inner)

    def load(self, table: Table, *, editable: bool) -> None:
        """Show the tables of an annex."""
        self._table = table
        clear(self._column)
        self.boxes.clear()
        self.words.clear()
        self.options.clear()
        self._head()
        for at, part in enumerate(table["part"]):
            self._part(at, part)
        self._options()
        self._column.addStretch(1)
        self._inner.setEnabled(editable)

    def mark(self, faults: Sequence[tuple[Path, str]]) -> None:
        """Show what is wrong; what has no field of its own here is left to others."""
        found: dict[Path, list[str]] = defaultdict(list)
        for path, sentence in faults:
            found[path].append(sentence)
        for place, box in self.boxes.items():
            box.mark(found.get(place, ()))

    def _head(self) -> None:
        frame, inside = card()
        self.title = line(FIELDS["title"])
        self.title.setText(self._table["title"])
        self.title.textEdited.connect(lambda text: self._put("title", text.strip()))
        self.source = lines(FIELDS["source"], 2)
        self.source.setPlainText(self._table["source"])
        self.source.textChanged.connect(lambda: self._put("source", self.source.toPlainText().strip()))
        self.boxes["title",] = Box(FIELDS["title"], self.title, need=True)
        self.boxes["source",] = Box(FIELDS["source"], self.source, need=True, hint="契約書や告示の名称など。")
        days = QWidget()
        beside = row(spacing=24)
        days.setLayout(beside)
        for name in _DAYS:
            edit = line(FIELDS[name])
            edit.setPlaceholderText("例 R8.4.1")
            held = self._table.get(name)
            edit.setText(wareki(held) if held else "")
            edit.textEdited.connect(lambda text, name=name: self._put_day(name, text))
            box = self.boxes[name,] = Box(FIELDS[name], edit)
            beside.addWidget(box)
        for key in (("title",), ("source",)):
            inside.addWidget(self.boxes[key])
        inside.addWidget(days)
        self._column.addWidget(frame)

    def _part(self, at: int, part: Table) -> None:
        frame, inside = card()
        inside.addWidget(label(f"「{part['key']}」の用語" if part["key"] else "用語", "h2"))
        inside.addWidget(prose("特記事項で使われている語です。書類の文面にこの語を使います。", "sub"))
        title = line("文書の題名")
        title.setText(part["title"])
        title.textEdited.connect(lambda text: self._put_in(part, "title", text.strip()))
        self.boxes["part", at, "title"] = Box("文書の題名", title, need=True)
        inside.addWidget(self.boxes["part", at, "title"])
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        for number, (word, shown) in enumerate(WORDS.items()):
            edit = self.words[at, word] = line(f"{part['key']}{shown}")
            edit.setText(part["words"].get(word, ""))
            edit.textEdited.connect(lambda text, word=word: self._put_word(part["words"], word, text))
            box = self.boxes["part", at, "words", word] = Box(shown, edit, need=word in NEEDED)
            grid.addWidget(box, number // 2, number % 2)
        inside.addLayout(grid)
        self._column.addWidget(frame)

    def _options(self) -> None:
        frame, inside = card()
        inside.addWidget(label(FIELDS["options"], "h2"))
        inside.addWidget(
            prose(
                "契約ごとに該当するかを選ぶ事項です。選んだ事項は、条項の「該当する事項」で使えます。", "sub"
            )
        )
        held = {option["key"]: option["label"] for option in self._table["option"]}
        for name in (str(one) for one in Option):
            box, edit = QCheckBox(name), line(f"{name}の説明")
            box.setAccessibleName(f"該当する事項：{name}")
            box.setChecked(name in held)
            edit.setText(held.get(name, ""))
            edit.setPlaceholderText("どのような契約が該当するか")
            edit.setEnabled(name in held)
            self.options[name] = (box, edit)
            box.clicked.connect(lambda on, name=name: self._turn(name, on))
            edit.textEdited.connect(lambda _text, name=name: self._turn(name, on=True))
            box.setMinimumWidth(self.fontMetrics().horizontalAdvance("電磁的記録媒体") + 48)
            line_ = row(box)
            line_.addWidget(edit, 1)
            inside.addLayout(line_)
        self._column.addWidget(frame)

    def _turn(self, name: str, on: bool) -> None:
        edit = self.options[name][1]
        edit.setEnabled(on)
        others = {option["key"]: option for option in self._table["option"] if option["key"] != name}
        made = {"key": name, "label": edit.text().strip() or name}
        known = [option["key"] for option in self._table["option"]]
        if not on:
            self._table["option"] = list(others.values())
        elif name in known:
            self._table["option"] = [others.get(key, made) for key in known]
        else:
            self._table["option"] = [*others.values(), made]
        self.edited.emit()

    def _put(self, name: str, value: object) -> None:
        self._put_in(self._table, name, value)

    def _put_in(self, table: Table, name: str, value: object) -> None:
        table[name] = value
        self.edited.emit()

    def _put_day(self, name: str, text: str) -> None:
        if text.strip():
            # What is no day stays as it was typed, and the reader names it.
            self._table[name] = day_of(text) or text
        else:
            self._table.pop(name, None)
        self.edited.emit()

    def _put_word(self, words: dict[str, str], word: str, text: str) -> None:
        if text.strip() or word in NEEDED:
            words[word] = text.strip()
        else:
            words.pop(word, None)
        self.edited.emit()
