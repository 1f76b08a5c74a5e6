"""One clause as a form: number, heading, summary, kinds, moments, options and the conditions of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.annexes.files.tables import Table
from app.annexes.files.toml_lines import Path
from app.annexes.kinds import KINDS, When, kind_label
from app.annexes.own.drafting import set_kinds
from app.ui.annexes.kinds_dialog import KindsDialog
from app.ui.annexes.parameters import KindParameters
from app.ui.clauses.box import Box, line, lines
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import button, clear, prose, row


class ClauseForm(QWidget):
    """Shows the table of one clause and writes into it. ``edited`` after every change by hand."""

    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._context = context
        self.clause: Table = {}
        self._options: list[str] = []
        self.part = Combo()
        self.part.setAccessibleName("文書")
        self.article = line("条項番号")
        self.heading = line("見出し")
        self.summary = lines("要約", 3)
        self.key = prose("", "hint")
        self.kinds_button = button("種別を選ぶ…", self.choose_kinds)
        self._chips = FlowLayout(spacing=6)
        self._when, self._options_row = QWidget(), QWidget()
        self.moments = self._checks(self._when, {str(one): one.label for one in When}, "when")
        self.options: dict[str, QCheckBox] = {}
        self.parameters: list[KindParameters] = []
        self._inside = QVBoxLayout()
        self._inside.setSpacing(10)
        self.boxes = self._boxes()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 0, 10, 10)
        layout.setSpacing(14)
        for box in self.boxes.values():
            layout.addWidget(box)
        layout.addLayout(self._inside)
        layout.addWidget(self.key)
        layout.addStretch(1)
        self.part.activated.connect(self._number)
        self.article.textEdited.connect(self._number)
        self.heading.textEdited.connect(lambda text: self._put("heading", text.strip()))
        self.summary.textChanged.connect(lambda: self._put("summary", self.summary.toPlainText().strip()))

    def show_clause(self, clause: Table, parts: Sequence[str], options: Sequence[str]) -> None:
        """Show the table of a clause; ``parts`` and ``options`` are what it can name."""
        self.clause = {}
        part, _, article = clause["number"].rpartition(" ")
        self.part.clear()
        for name in parts:
            self.part.addItem(name, name)
        self.part.setCurrentIndex(max(0, self.part.findData(part)))
        self.part.setVisible(len(parts) > 1)
        self.article.setText(article)
        self.heading.setText(clause["heading"])
        self.heading.setCursorPosition(0)
        self.summary.setPlainText(clause["summary"])
        self.key.say(f"識別名　{clause['key']}（番号が変わっても変わりません）")
        for moment, box in self.moments.items():
            box.setChecked(moment in clause["when"])
        self._show_options(options, clause.get("options", []))
        self.clause = clause
        self._show_kinds()
        self.mark([])

    def choose_kinds(self) -> None:
        """Choose what the clause asks, from the list with explanations."""
        dialog = KindsDialog(self.clause["kinds"])
        if self._context.dialogs.show(dialog) and dialog.chosen != self.clause["kinds"]:
            self._set_kinds(dialog.chosen)

    def drop_kind(self, kind: str) -> None:
        """Take one kind away."""
        self._set_kinds([one for one in self.clause["kinds"] if one != kind])

    def mark(self, faults: Sequence[tuple[Path, str]]) -> None:
        """Show what is wrong; paths are within the clause."""
        found: dict[str, list[str]] = defaultdict(list)
        inner: dict[tuple[str, str], list[str]] = defaultdict(list)
        for path, sentence in faults:
            name = str(path[0]) if path else "number"
            if name == "parameters" and len(path) > 1:
                kind = str(path[1]) if path[1] in KINDS else ""
                inner[kind, str(path[-1])].append(sentence)
            else:
                found[name].append(sentence)
        for name, box in self.boxes.items():
            box.mark(found.get(name, ()))
        for one in self.parameters:
            names = {name for kind, name in inner if kind in ("", one.kind)}
            one.mark({n: [*inner.get(("", n), ()), *inner.get((one.kind, n), ())] for n in names})

    def _boxes(self) -> dict[str, Box]:
        number, kinds = QWidget(), QWidget()
        number.setLayout(row(self.part, self.article))
        self.article.setMinimumWidth(self.fontMetrics().horizontalAdvance("あ") * 12)
        inside = QVBoxLayout(kinds)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self._chips)
        inside.addLayout(row(self.kinds_button, None))
        self._options_layout = FlowLayout(self._options_row, spacing=8)
        return {
            "number": Box("条項番号", number, need=True),
            "heading": Box("見出し", self.heading, need=True),
            "summary": Box("要約", self.summary, need=True, hint="自社の言葉で短くまとめます。"),
            "kinds": Box("義務の種別", kinds),
            "when": Box("時期", self._when, need=True),
            "options": Box(
                "該当する事項",
                self._options_row,
                hint="選んだ事項のすべてに契約が該当するときだけ、この条項が適用されます。",
            ),
        }

    def _checks(self, holder: QWidget, words: dict[str, str], name: str) -> dict[str, QCheckBox]:
        flow = FlowLayout(holder, spacing=8)
        made = {}
        for value, text in words.items():
            box = made[value] = QCheckBox(text)
            box.setAccessibleName(f"時期：{text}")
            box.clicked.connect(lambda on, value=value: self._turn(name, value, on))
            flow.addWidget(box)
        return made

    def _show_options(self, options: Sequence[str], chosen: Sequence[str]) -> None:
        clear(self._options_layout)
        self.options = {}
        for name in dict.fromkeys((*options, *chosen)):
            box = self.options[name] = QCheckBox(name)
            box.setAccessibleName(f"該当する事項：{name}")
            box.setChecked(name in chosen)
            box.clicked.connect(lambda on, name=name: self._turn("options", name, on))
            self._options_layout.addWidget(box)
        self.boxes["options"].setVisible(bool(self.options))

    def _show_kinds(self) -> None:
        clear(self._chips)
        for kind in self.clause["kinds"]:
            chip = button(f"{kind_label(kind)}　×", partial(self.drop_kind, kind))
            chip.setAccessibleName(f"義務の種別「{kind_label(kind)}」を外す")
            chip.setToolTip(f"{KINDS[kind].about}\n押すと外します。")
            self._chips.addWidget(chip)
        clear(self._inside)
        self.parameters = []
        for kind in self.clause["kinds"]:
            made = KindParameters(self._context.look, self.clause, kind)
            made.edited.connect(self.edited)
            self.parameters.append(made)
            self._inside.addWidget(made)

    def _set_kinds(self, kinds: list[str]) -> None:
        set_kinds(self.clause, kinds)
        self._show_kinds()
        self.edited.emit()

    def _turn(self, name: str, value: str, on: bool) -> None:
        held = self.clause.get(name, [])
        self._put(name, [one for one in held if one != value] + ([value] if on else []))

    def _number(self) -> None:
        part = self.part.currentData()
        article = self.article.text().strip()
        self._put("number", f"{part} {article}" if part else article)

    def _put(self, name: str, value: object) -> None:
        # While another clause is being shown there is none: its inputs change by themselves.
        if self.clause and self.clause.get(name) != value:
            self.clause[name] = value
            self.edited.emit()
