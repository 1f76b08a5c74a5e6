"""Inputs for text, whole numbers, choices, several of a list, and yes or no."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.records import Field
from app.records.kinds import OTHER, Annex, Choice, Flag, Many, Number, Text
from app.ui.inputs.base import Combo, Input, Making
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import FlowLayout
from app.ui.parts.widgets import label

if TYPE_CHECKING:
    from app.ledger.writing import ChangeSet


def filled(widget: QWidget, *inner: QWidget) -> QHBoxLayout:
    """Fill ``widget`` with ``inner`` beside each other, without margins."""
    layout = QHBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    for number, each in enumerate(inner):
        layout.addWidget(each, 0 if number else 1)
    return layout


def unchosen(field: Field, *, compact: bool) -> str:
    """What a list says while nothing is chosen; where an answer is needed, that it waits for one."""
    if not field.required:
        return ""
    return "（選択）" if compact else "（選択してください）"


class TextInput(Input):
    """One line."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.edit = QLineEdit()
        self.edit.textEdited.connect(self.edited)
        self.edit.editingFinished.connect(self.settle)
        if compact and field.kind.hint:
            self.edit.setPlaceholderText(field.kind.hint)
        self.name(self.edit)
        filled(self, self.edit)

    def text(self) -> str:
        return self.edit.text()

    def show_value(self, value: Any) -> None:
        self.edit.setText(self.field.kind.to_text(value))
        self.edit.setCursorPosition(0)

    def fields(self) -> Sequence[QWidget]:
        return (self.edit,)

    def freeze(self) -> None:
        self.edit.setReadOnly(True)

    def settle(self) -> None:
        made, said = tidied(self.field, self.edit.text())
        if made != self.edit.text() and not self.edit.isReadOnly():
            self.edit.setText(made)
        if said:
            self.noted.emit(said)


def tidied(field: Field, text: str) -> tuple[str, str]:
    """A text as it will be kept (as it stands where it cannot be read), and what was left out of it."""
    if not isinstance(field.kind, Text):
        return text, ""
    try:
        made = field.kind.from_text(text)
    except ValueError:
        return text, ""
    dropped = field.kind.dropped(text)
    return made, f"目に見えない文字{dropped}個を除きました。" if dropped else ""


class LinesInput(Input):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        lines = field.kind.lines if isinstance(field.kind, Text) else 3
        self.edit.setFixedHeight(self.fontMetrics().lineSpacing() * min(lines, 6) + 26)
        self.edit.textChanged.connect(self.edited)
        self.edit.installEventFilter(self)
        self.name(self.edit)
        filled(self, self.edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self.settle()
        return super().eventFilter(watched, event)

    def settle(self) -> None:
        held = self.edit.toPlainText()
        made, said = tidied(self.field, held)
        # Blanks around it are left to the reading: a line may only be begun.
        if said and not self.edit.isReadOnly():
            self.edit.setPlainText(made)
            self.noted.emit(said)

    def text(self) -> str:
        return self.edit.toPlainText()

    def show_value(self, value: Any) -> None:
        self.edit.setPlainText(self.field.kind.to_text(value))

    def fields(self) -> Sequence[QWidget]:
        return (self.edit,)

    def freeze(self) -> None:
        self.edit.setReadOnly(True)


class NumberInput(TextInput):
    """A number with its unit behind it."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        hold(self.edit, 4, 10)
        unit = field.kind.unit if isinstance(field.kind, Number) else ""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            if unit:
                layout.addWidget(label(unit, "sub"))
            layout.addStretch(1)
            layout.setStretch(0, 3)


class ChoiceInput(Input):
    """A closed list; その他 opens a line for what it is."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self._kind = field.kind
        self.combo = Combo()
        self.combo.addItem(unchosen(field, compact=compact), "")
        for choice in field.kind.choices if isinstance(field.kind, Choice) else ():
            self.combo.addItem(choice, choice)
        self.other = QLineEdit()
        self.other.setPlaceholderText("内容を入力")
        self.other.hide()
        self.name(self.combo)
        self.name(self.other, suffix="（その他の内容）")
        self.combo.activated.connect(self._chosen)
        self.combo.currentTextChanged.connect(self._open_other)
        self.other.textEdited.connect(self.edited)
        layout = filled(self, self.combo, self.other)
        layout.setStretch(1, 1)

    def text(self) -> str:
        chosen = str(self.combo.currentData() or "")
        said = self.other.text().strip()
        return f"{OTHER}：{said}" if chosen == OTHER and said else chosen

    def show_value(self, value: Any) -> None:
        head, mark, rest = str(value or "").partition("：")
        known = self.combo.findData(head) >= 0
        self.combo.setCurrentIndex(max(0, self.combo.findData(head if known else str(value or ""))))
        self.other.setText(rest if mark and head == OTHER else "")

    def fields(self) -> Sequence[QWidget]:
        return (self.combo, self.other)

    def _chosen(self) -> None:
        self.edited.emit()
        if self.combo.currentText() == OTHER:
            self.other.setFocus()

    def _open_other(self, chosen: str) -> None:
        self.other.setVisible(chosen == OTHER)


class ManyInput(Input):
    """A check box for each of a closed list."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.boxes: list[QCheckBox] = []
        layout = FlowLayout(self, spacing=10)
        for choice in field.kind.choices if isinstance(field.kind, Many) else ():
            box = QCheckBox(choice)
            box.toggled.connect(lambda _on: self.edited.emit())
            self.name(box, suffix=f"：{choice}")
            self.boxes.append(box)
            layout.addWidget(box)

    def text(self) -> str:
        return "、".join(box.text() for box in self.boxes if box.isChecked())

    def show_value(self, value: Any) -> None:
        for box in self.boxes:
            box.setChecked(box.text() in (value or ()))

    def fields(self) -> Sequence[QWidget]:
        return self.boxes


class FlagInput(Input):
    """Yes or no in the field's own words, or not yet said."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.combo = Combo()
        kind = field.kind
        if isinstance(kind, Flag):
            for shown, text in (("（未記入）", ""), (kind.yes, kind.yes), (kind.no, kind.no)):
                self.combo.addItem(shown, text)
        self.combo.activated.connect(self.edited)
        self.name(self.combo)
        filled(self, self.combo)

    def text(self) -> str:
        return str(self.combo.currentData() or "")

    def show_value(self, value: Any) -> None:
        self.combo.setCurrentIndex(max(0, self.combo.findData(self.field.kind.to_text(value))))

    def fields(self) -> Sequence[QWidget]:
        return (self.combo,)


class NamedInput(Input):
    """Something that is kept by its key, chosen by its title."""

    gone = "{}（ありません）"
    """How a key is shown that stands for nothing any more."""

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        self.combo = Combo()
        self.combo.addItem(unchosen(field, compact=compact), "")
        self._offer()
        self.combo.setMinimumContentsLength(10)
        self.combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.activated.connect(self.edited)
        self.name(self.combo)
        filled(self, self.combo)

    def _offer(self) -> None:
        for key, shown in self.offered():
            self.combo.addItem(shown, key)
            self.combo.setItemData(self.combo.count() - 1, shown, Qt.ItemDataRole.ToolTipRole)

    @abstractmethod
    def offered(self) -> Iterable[tuple[str, str]]:
        """Key and title of all that can be chosen, no title twice."""

    def text(self) -> str:
        return str(self.combo.currentData() or "")

    def show_value(self, value: Any) -> None:
        key = str(value or "")
        if key and self.combo.findData(key) < 0:
            # What is no longer known stays visible: saving must not lose it silently.
            self.combo.addItem(self.gone.format(key), key)
        self.combo.setCurrentIndex(max(0, self.combo.findData(key)))

    def fields(self) -> Sequence[QWidget]:
        return (self.combo,)


class AnnexInput(NamedInput):
    """An annex of the catalogue, by its title."""

    gone = "{}（目録にありません）"

    def __init__(self, field: Field, making: Making, *, compact: bool = False) -> None:
        super().__init__(field, making, compact=compact)
        making.context.changed.connect(self._hear)

    def _hear(self, changes: ChangeSet) -> None:
        """One was published meanwhile, or taken back: it is offered, or is no more."""
        if not self.making.context.is_open or all(kind != "own_annex" for kind, _ in changes.changed):
            return
        held = self.text()
        while self.combo.count() > 1:
            self.combo.removeItem(1)
        self._offer()
        self.show_value(held)

    def offered(self) -> Iterable[tuple[str, str]]:
        annexes = self.making.context.catalogue.annexes
        titles = [annex.title for annex in annexes]
        for annex in annexes:
            # One's own may be called as the one that it was made from.
            once = titles.count(annex.title) == 1
            yield annex.key, annex.title if once else f"{annex.title}（{annex.key}）"


class FormInput(NamedInput):
    """A printed form, by its title."""

    gone = "{}（この様式はありません）"

    def offered(self) -> Iterable[tuple[str, str]]:
        return ((form.id, form.title) for form in self.making.context.forms.values())


def text_input(field: Field, making: Making, *, compact: bool = False) -> Input:
    """The input for text of one line or of several."""
    several = isinstance(field.kind, Text) and not isinstance(field.kind, Annex) and field.kind.lines > 1
    return (LinesInput if several else TextInput)(field, making, compact=compact)


def column(widget: QWidget) -> QVBoxLayout:
    """Fill ``widget`` from top to bottom, without margins."""
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    return layout
