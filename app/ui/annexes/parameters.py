"""What a clause asks for one kind of duty: the conditions that are set, and the ones that can be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from app.annexes.asks import PARAMETERS, parameters_of
from app.annexes.files.tables import Table
from app.annexes.kinds import kind_label
from app.annexes.own.drafting import effective, set_parameter
from app.ui.clauses.parameter_inputs import first_value, input_of
from app.ui.inputs.base import Combo
from app.ui.parts.look import Look
from app.ui.parts.widgets import Prose, clear, label, row, tool

_ASSUMED = "assumed"


class KindParameters(QFrame):
    """The conditions of one kind, written into the table of the clause. ``edited`` after a change."""

    edited = Signal()

    def __init__(self, look: Look, clause: Table, kind: str) -> None:
        super().__init__()
        self._look = look
        self._clause = clause
        self.kind = kind
        self.errors: dict[str, Prose] = {}
        self.setProperty("role", "rowbox")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 10, 12)
        layout.setSpacing(8)
        layout.addWidget(label(f"{kind_label(kind)}の条件", "h3"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        layout.addLayout(self._rows)
        self.more = Combo()
        self.more.setAccessibleName(f"{kind_label(kind)}に加える条件")
        self.more.activated.connect(lambda at: self.add(str(self.more.itemData(at))))
        layout.addLayout(row(self.more, None))
        self._fill()

    def add(self, name: str) -> None:
        """Add a condition with its first value."""
        if name:
            self._set(name, first_value(name))
            self._fill()

    def remove(self, name: str) -> None:
        """Take a condition out; with it goes that it was assumed."""
        self.assume(name, False)
        self._set(name, None)
        self._fill()

    def assume(self, name: str, on: bool) -> None:
        """Note whether the annex itself says nothing of the condition."""
        held = [str(one) for one in effective(self._clause, self.kind).get(_ASSUMED, ())]
        wanted = [one for one in held if one != name] + ([name] if on else [])
        if wanted != held:
            self._set(_ASSUMED, wanted or None)

    def mark(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show what is wrong, by the name of the condition."""
        for name, error in self.errors.items():
            found = problems.get(name, ())
            error.say("\n".join(f"✕ {one}" for one in found))
            error.setVisible(bool(found))

    def _fill(self) -> None:
        clear(self._rows)
        self.errors.clear()
        held = effective(self._clause, self.kind)
        offered = parameters_of(self.kind)
        names = [*(name for name in offered if name in held), *(n for n in held if n not in offered)]
        for name in names:
            if name != _ASSUMED:
                self._put(name, held[name], name in held.get(_ASSUMED, ()))
        if not names:
            self._rows.addWidget(label("条件はありません。", "sub"))
        self.more.clear()
        self.more.addItem("条件を加える", "")
        for name in offered:
            if name not in held and name != _ASSUMED:
                self.more.addItem(PARAMETERS[name].label, name)

    def _put(self, name: str, value: object, assumed: bool) -> None:
        shown = PARAMETERS[name].label
        made = input_of(name, f"{kind_label(self.kind)}：{shown}")
        made.show_value(value)
        made.edited.connect(lambda: self._set(name, made.value()))
        open_ = QCheckBox("特記事項に定めがない")
        open_.setAccessibleName(f"{kind_label(self.kind)}：{shown}は特記事項に定めがない")
        open_.setToolTip("特記事項に定めがなく、自社で決めた条件です。画面には想定として表示されます。")
        open_.setChecked(assumed)
        open_.clicked.connect(lambda on: self.assume(name, on))
        away = tool(f"{kind_label(self.kind)}の「{shown}」を外す", lambda: self.remove(name))
        self._look.dress(away, "close")
        error = self.errors[name] = Prose("", "error")
        error.hide()
        self._rows.addLayout(row(label(shown, "sub"), None, open_, away))
        self._rows.addWidget(made)
        self._rows.addWidget(error)

    def _set(self, name: str, value: object) -> None:
        set_parameter(self._clause, self.kind, name, value)
        self.edited.emit()
