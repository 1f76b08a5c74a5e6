"""What no PC tells: whose it is and its control number, asked for all new ones alike or for one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.exchange.coming_in.planner import ImportPlan, ImportProblem, Outcome
from app.exchange.machine.machine import Machine
from app.exchange.machine.planning import Said
from app.exchange.tables.telling import without_commands
from app.records import Device
from app.ui.context import Context
from app.ui.editor.box import FieldBox, FieldGrid
from app.ui.inputs.base import Combo, Making
from app.ui.inputs.by_kind import make_input
from app.ui.parts.widgets import label

_ALL = 0
_NUMBER = "新規は、空欄なら自動で付きます。登録済みのPCなら、その管理番号を入力します"


class SaidView(QWidget):
    """``changed`` after every answer by hand."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.owner = ""
        """所有 of every new PC of which nothing else is said."""
        self.typed = False
        """Whether anything was said by hand."""
        self._said: dict[int, Said] = {}
        self._alone = False
        making = Making(context)
        number = Device.spec.field("control_number")
        numbered = replace(number, kind=replace(number.kind, hint=_NUMBER))
        owner = Device.spec.field("owner")
        self.boxes = {one.name: FieldBox(one, make_input(one, making)) for one in (owner, numbered)}
        self.whom = Combo()
        self.whom.setAccessibleName("どのPCについての入力か")
        self.whom.activated.connect(lambda _at: self._show())
        self._head = label("どのPCか", "h3")
        self.grid = FieldGrid(tuple(self.boxes.values()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self._head, self.whom, self.grid):
            layout.addWidget(widget)
        for box in self.boxes.values():
            box.input.edited.connect(self._take)

    @property
    def said(self) -> Mapping[int, Said]:
        """What is said of single PCs, by their place counted from 1."""
        return dict(self._said)

    def ask(self, machines: Sequence[Machine], number: str = "") -> None:
        """Other PCs. ``number``: the control number of the only one, where it is known."""
        self.owner, self._said = "", {1: Said(number=number)} if number else {}
        self.typed, self._alone = False, len(machines) == 1
        self.whom.clear()
        self.whom.addItem("新規のPCすべて", _ALL)
        for at, machine in enumerate(machines, 1):
            self.whom.addItem(machine.called, at)
        for widget in (self._head, self.whom):
            widget.setVisible(not self._alone)
        self._show()

    def choose(self, at: int) -> None:
        """Ask about the PC at that place, counted from 1."""
        if not self._alone and self.whom.currentData() != at:
            self.whom.setCurrentIndex(self.whom.findData(at))
            self._show()

    def mark(self, planned: ImportPlan) -> None:
        """Say at the fields what keeps PCs from being registered, as far as an answer mends it."""
        at = self._at
        asked = [one for one in planned.problems if at in (_ALL, one.row)]
        whose = [one for one in asked if one.field == "owner"]
        own = [without_commands(one.sentence) for one in asked if _mended_by_number(one)]
        self.boxes["owner"].mark({"": [whose[0].sentence]} if whose else {})
        self.boxes["control_number"].mark({"": own} if own and at != _ALL else {})
        self.grid.leave_out(self._unasked(planned))
        self.setVisible(any(row.outcome is not Outcome.SAME for row in planned.rows))

    def _unasked(self, planned: ImportPlan) -> set[str]:
        """The fields in which an answer would change nothing: of a PC that is known, whose it is stays."""
        at = self._at
        if at == _ALL:
            return {"control_number"}
        if planned.rows[at - 1].outcome not in (Outcome.CHANGED, Outcome.SAME):
            return set()
        return {"owner"} if self._said.get(at, Said()).number else {"owner", "control_number"}

    @property
    def _at(self) -> int:
        return 1 if self._alone else int(self.whom.currentData() or _ALL)

    def _show(self) -> None:
        """The answers that were given for the one that is chosen."""
        at = self._at
        said = self._said.get(at, Said())
        self.boxes["owner"].input.show_value(self.owner if at == _ALL else said.owner)
        self.boxes["control_number"].input.show_value(said.number)

    def _take(self) -> None:
        self.typed = True
        owner, number = (str(box.input.text()).strip() for box in self.boxes.values())
        if self._at == _ALL:
            self.owner = owner
        else:
            self._said[self._at] = Said(owner, number)
        self.changed.emit()


def _mended_by_number(problem: ImportProblem) -> bool:
    """Whether it is the control number that has to be said or mended."""
    return problem.field == "control_number" or (not problem.field and "管理番号" in problem.sentence)
