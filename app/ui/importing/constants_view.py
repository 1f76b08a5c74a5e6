"""What no column says and is the same in all rows: asked for once, with its answer from the time before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.exchange.coming_in.days import FIELD
from app.exchange.tables.beside.words import words_with
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import TablePlan
from app.exchange.tables.planning import lacking
from app.records import Field, Spec
from app.records.kinds import Day
from app.records.known import Known
from app.ui.context import Context
from app.ui.editor.ask_dialog import FieldsForm, value_of
from app.ui.importing import wording
from app.ui.inputs.base import stop_before
from app.ui.parts.widgets import Prose, clear, label

_PAUSE = 400
"""Milliseconds without another key before the plan follows what is typed."""


class ConstantsView(QWidget):
    """``said(constants)`` when a value was entered: as ``Said.constants`` holds them; ``made(kinds)`` when
    records that rows name and that are not there are to be made, or no longer: as ``Said.making`` does.
    """

    said = Signal(object)
    made = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._spec: Spec[Any] | None = None
        self._recalled: Mapping[str, Any] = {}
        self._since: FieldsForm | None = None
        self.form: FieldsForm | None = None
        self.automatic = QCheckBox("")
        self.making = QCheckBox("")
        self._offers: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._read_form)
        self._constants, self._sinces = QVBoxLayout(), QVBoxLayout()
        self._asked = label("表にない項目（すべての行に同じ値を入れます）", "h3")
        self._asked_hint = Prose("登録済みの内容は、この値では変わりません。", "sub")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._asked)
        layout.addWidget(self._asked_hint)
        layout.addLayout(self._constants)
        layout.addLayout(self._sinces)
        layout.addWidget(self.automatic)
        layout.addWidget(self.making)
        self.automatic.toggled.connect(self._number)
        self.making.toggled.connect(lambda on: self.made.emit(frozenset(self._offers if on else ())))
        self.drop()

    def begin(self, spec: Spec[Any]) -> None:
        """Another file: nothing is known of it yet."""
        self._spec = spec
        self.drop()
        for box in (self.automatic, self.making):
            box.hide()
        self.recall(Said())

    def recall(self, said: Said) -> None:
        """What was said of such a table before; its fields come up with the next plan."""
        number = self._spec.number_field if self._spec is not None else ""
        with QSignalBlocker(self.automatic), QSignalBlocker(self.making):
            self.automatic.setChecked(bool(number) and said.constants.get(number) == "")
            self.making.setChecked(bool(said.making))

    def ask(self, planned: TablePlan, said: Said) -> None:
        """Ask for what no column says; what was asked once stays, with its answer."""
        spec, constants = planned.spec, said.constants
        self._recalled = constants
        known = words_with(spec, said.making).targets
        held = (path for path, value in constants.items() if value not in (None, ""))
        asked = dict.fromkeys((*(self.form.inputs if self.form else ()), *held, *lacking(planned)))
        there = {column.path for column in planned.columns}
        wanted = [path for path in asked if path in known and path not in there]
        if wanted != list(self.form.inputs if self.form else ()):
            self._make_form([wording.asked(known[path]) for path in wanted])
        for widget in (self._asked, self._asked_hint):
            widget.setVisible(bool(wanted))
        self._ask_since(planned)
        number = spec.number_field if spec.key and not spec.late else ""
        missing = bool(number) and any(
            line.entry and number not in line.entry for line in planned.lines if line.status != "skipped"
        )
        self.automatic.setVisible(missing or self.automatic.isChecked())
        if number:
            self.automatic.setText(f"{spec.field(number).label}のない行には、自動で番号を付ける")
            self.automatic.setAccessibleName(self.automatic.text())
        self._offers = planned.offers
        self.making.setVisible(bool(planned.offers) or self.making.isChecked())
        if planned.offers:
            self.making.setText(wording.offer(planned.offers))
            self.making.setAccessibleName(self.making.text())

    def _make_form(self, fields: list[Field]) -> None:
        held = {**self._values(fields), **self._texts()}
        clear(self._constants)
        self.form = FieldsForm(self.context, fields, {})
        for path, made in self.form.inputs.items():
            if path in held:
                made.show_value(held[path])
            made.edited.connect(lambda: self._pause.start(_PAUSE))
        self._constants.addWidget(self.form)
        QWidget.setTabOrder(stop_before(self.form), self.form)

    def _values(self, fields: list[Field]) -> dict[str, Any]:
        """The values that were said of such a table before."""
        id_of, found = Known(self.context.facts()).id_of, dict[str, Any]()
        for one in fields:
            if (value := self._recalled.get(one.name)) not in (None, ""):
                try:
                    found[one.name] = one.kind.from_json(value, id_of)
                except ValueError:
                    # What it named is no longer there: it is asked for anew.
                    continue
        return found

    def _ask_since(self, planned: TablePlan) -> None:
        """From when on values hold that change: asked where some change that hold from a day."""
        untold = any(not one.field for one in planned.plan.doubts)
        if self._since is None and untold:
            field = Field(
                FIELD, Day(label="変わる内容は、いつからですか（入力の誤りの訂正なら空欄）"), False, None
            )
            self._since = FieldsForm(self.context, [field], {})
            self._since.inputs[FIELD].edited.connect(lambda: self._pause.start(_PAUSE))
            self._sinces.addWidget(self._since)

    def _texts(self) -> Mapping[str, Any]:
        """The values that stand in the fields by now."""
        found: dict[str, Any] = {}
        for form in (self.form, self._since):
            for path, made in form.inputs.items() if form is not None else ():
                value, problems = value_of(made)
                if not any(problems.values()):
                    found[path] = value
        return found

    def _read_form(self) -> None:
        for form in (self.form, self._since):
            if form is not None and form.read() is None:
                return
        self.said.emit(self._constants_said())

    def _constants_said(self) -> dict[str, Any]:
        if self._spec is None:
            return {}
        known, key_of = words_with(self._spec).targets, self.context.facts().key_of
        found: dict[str, Any] = {}
        for path, value in self._texts().items():
            kind = Day(label="") if path == FIELD else known[path].field.kind
            if value is not None and not kind.is_empty(value):
                found[path] = kind.to_json(value, key_of)
        if self.automatic.isChecked():
            found[self._spec.number_field] = ""
        return found

    def _number(self) -> None:
        self.said.emit(self._constants_said())

    def drop(self) -> None:
        """Ask for nothing."""
        self._pause.stop()
        clear(self._constants)
        clear(self._sinces)
        self.form = self._since = None
        for widget in (self._asked, self._asked_hint):
            widget.hide()
