"""体裁の設定: how a form is printed for a contract, edited beside the paper that follows what is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import PeopleError
from app.duties.papers.settings import setting_of
from app.records import Contract, Facts, PaperSetting
from app.records.paper_setting import PaperColumn
from app.ui.context import Context
from app.ui.editor.form import RecordForm
from app.ui.parts.dialogs import Unsaved
from app.ui.parts.space.upright import Upright
from app.ui.parts.widgets import button, label, prose, row

if TYPE_CHECKING:
    from app.duties.case import FormFace
    from app.records import Statement

_FIXED = ("contract", "form", "ends_on")
"""What follows from the paper that is being made, or belongs to the list of all settings."""
_FILE = ("own_file", "own_file_name", "places")
"""What has a page of its own."""
_KEPT = ("title", "style_number", "addressee", "copies", "beside", "seal", "ticks", "columns", "wording")


class SettingPanel(QWidget):
    """The setting of a form for a contract. ``edited`` while it is typed; ``closed`` when it is put away."""

    edited = Signal()
    closed = Signal()

    def __init__(
        self, context: Context, form: FormFace, contract: Contract, day: date, drawn: Statement | None
    ) -> None:
        super().__init__()
        self._context = context
        self._form = form
        self._held = setting_of(context.facts(), contract, form.id, day)
        self._columns = _columns_of(form, drawn)
        preset = {name: getattr(self._held, name) for name in _KEPT} if self._held else {}
        if not preset.get("columns"):
            preset["columns"] = self._columns
        starts_on = self._held.starts_on if self._held else day
        given = {**preset, "contract": contract.id, "form": form.id, "starts_on": starts_on}
        self.fields = RecordForm(context, PaperSetting.spec, preset=given)
        for name in (*_FIXED, *_FILE):
            self.fields.boxes[name].hide()
        self.fields.edited.connect(self.edited)
        self.save = button("この体裁を保存", self.keep, kind="primary")
        self.close_button = button("保存せずに閉じる", self._close)
        self._build(contract)

    def _build(self, contract: Contract) -> None:
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 8)
        column.setSpacing(6)
        column.addWidget(label(f"{self._form.title}の体裁", "h1"))
        column.addWidget(
            prose(
                f"契約「{contract.title}」でこの様式を印刷するときの体裁です。"
                "適用の始期以後の日付の書類に使われ、発行済みの書類は変わりません。"
                "「定められた文面」の段落には、「本文」（誓約書では「誓約文」）と入力します。",
                "hint",
            )
        )
        column.addWidget(self.fields)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(Upright(inner, "書類の体裁"), 1)
        layout.addWidget(self.fields.notice)
        layout.addLayout(row(self.save, self.close_button))

    def typed(self) -> PaperSetting | None:
        """The setting as typed, under the id of the one it begins from; None while it cannot be read."""
        made, _problems = PaperSetting.spec.from_texts(self.fields.texts())
        if made is None:
            return None
        made = self._whole(made)
        ids = [one.id for one in self._context.facts().all(PaperSetting)]
        return replace(made, id=self._held.id if self._held else max(ids, default=0) + 1)

    def applied(self, facts: Facts) -> Facts:
        """``facts`` as they would be with what is typed."""
        made = self.typed()
        return facts if made is None else facts.replaced([made])

    def _whole(self, made: PaperSetting) -> PaperSetting:
        """What is typed with what is set elsewhere: without it the client's own file would be given up.

        Columns that were listed to choose from and left as they are say nothing.
        """
        if made.columns == self._columns:
            made = replace(made, columns=())
        return (
            made if self._held is None else replace(made, **{one: getattr(self._held, one) for one in _FILE})
        )

    def keep(self) -> bool:
        """Write it: from another day on a new setting, so that papers of before keep theirs. False if not."""
        checked = self.fields.check()
        if not isinstance(checked, PaperSetting):
            return False
        made, ledger, held = self._whole(checked), self._context.ledger, self._held
        try:
            if held is not None and held.starts_on == made.starts_on:
                kept = {name: getattr(made, name) for name in _KEPT}
                ledger.change(replace(held, **kept))
            else:
                ledger.add(made)
        except PeopleError as error:
            self.fields.tell("".join(error.problems))
            return False
        self.fields.set_clean()
        self.closed.emit()
        return True

    def can_leave(self) -> bool:
        """Whether the setting may be put away with the page; it asks about what is not saved."""
        if not self.fields.dirty:
            return True
        answer = self._context.dialogs.ask_unsaved(f"{self._form.title}の体裁")
        if answer is Unsaved.SAVE:
            return self.keep()
        return answer is Unsaved.DISCARD

    def _close(self) -> None:
        if self.fields.dirty and not self._context.dialogs.ask(
            "体裁の設定を保存せずに閉じますか？", "保存せずに閉じる"
        ):
            return
        self.fields.set_clean()
        self.closed.emit()


def _columns_of(form: FormFace, drawn: Statement | None) -> tuple[PaperColumn, ...]:
    """The columns of the paper as the form draws it, each once, to choose from."""
    if drawn is None:
        return ()
    from app.printing.blocks import Table

    titles = dict.fromkeys(
        title
        for sheet in form.draw(drawn)
        for block in sheet.blocks
        if isinstance(block, Table)
        for column in block.columns
        for title in column.titles
    )
    return tuple(PaperColumn(column=title) for title in titles)
