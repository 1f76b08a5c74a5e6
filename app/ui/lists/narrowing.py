"""絞り込み of a list: saved filters recalled in one click, and what a list hides always said.

A list that shows a part and does not say so reads as the whole.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QMenu

from app.records import SavedList
from app.records.narrowing import columns_of, lost
from app.records.ordering import same_key
from app.records.saved_list import ListCondition
from app.ui.lists.columns import ColumnsDialog, chosen_columns, keep_columns
from app.ui.lists.condition_dialog import ConditionDialog
from app.ui.parts.widgets import Button, Notice, button

if TYPE_CHECKING:
    from app.ui.lists.view import RecordList

_WORD = "表示と絞り込み"


class Narrowing:
    """What narrows one list: the menu beside its search, and the line that says what is hidden."""

    def __init__(self, shown: RecordList) -> None:
        self._list = shown
        self._context = shown.context
        self._kept = 0
        """The id of the saved filter that is in use; 0 for none."""
        self.menu = QMenu(_WORD, shown)
        self.menu.setAccessibleName(_WORD)
        self.menu.aboutToShow.connect(self.fill)
        self.button = Button(_WORD)
        self.button.setAccessibleName(_WORD)
        self.button.setToolTip("保存した絞り込みを選び、条件や表示する項目を指定します")
        self.button.setMenu(self.menu)
        self.all_button = button("すべて表示", self.show_all)
        self.notice = Notice("", "info", self.all_button)

    @property
    def conditions(self) -> tuple[ListCondition, ...]:
        """The conditions to which the list is narrowed."""
        return self._list.model.shown.conditions

    def saved(self) -> list[SavedList]:
        """The filters that are kept for this list, by name."""
        name = self._list.spec.name
        held = (one for one in self._context.facts().all(SavedList) if one.record_kind == name)
        return sorted(held, key=lambda one: one.name)

    def fill(self) -> None:
        """Offer what is kept, and what can be done."""
        self.menu.clear()
        writes = not self._context.ledger.read_only
        for one in self.saved():
            made = self.menu.addAction(one.name, partial(self.recall, one))
            made.setCheckable(True)
            made.setChecked(one.id == self._kept)
        if self.saved():
            self.menu.addSeparator()
        self.menu.addAction("条件で絞り込む…", self.ask)
        keep = self.menu.addAction("この絞り込みを保存…", self.keep)
        keep.setEnabled(writes and self._list.model.shown.narrowed)
        kept = self._context.facts().find(SavedList, self._kept)
        if kept is not None:
            drop = self.menu.addAction(f"絞り込み「{kept.name}」を取り消す…", partial(self.drop, kept))
            drop.setEnabled(writes)
        self.menu.addSeparator()
        self.menu.addAction("表示する項目…", self.choose_columns)

    def recall(self, one: SavedList) -> None:
        """Narrow the list to a filter that was kept."""
        self._kept = one.id
        self._narrow(one.words, bool(one.retired), one.conditions)

    def ask(self) -> None:
        """Ask for conditions, and keep them where they get a name."""
        dialog = ConditionDialog(self._list.spec, self.conditions, "", naming=False)
        self._context.dialogs.show(dialog)
        if not dialog.conditions:
            return
        self._kept = 0
        shown = self._list.model.shown
        if dialog.name:
            self._keep(dialog.name, shown.text, shown.retired, dialog.conditions)
        self._narrow(shown.text, shown.retired, dialog.conditions)

    def keep(self) -> None:
        """Keep what the list is narrowed to under a name."""
        shown = self._list.model.shown
        dialog = ConditionDialog(self._list.spec, shown.conditions, shown.text.strip()[:60], naming=True)
        self._context.dialogs.show(dialog)
        if dialog.name:
            self._keep(dialog.name, shown.text, shown.retired, dialog.conditions)
            self._narrow(shown.text, shown.retired, dialog.conditions)

    def drop(self, one: SavedList) -> None:
        """Take a filter that was kept out of the ledger."""
        sure = f"絞り込み「{one.name}」を取り消しますか？"
        if self._context.dialogs.ask(sure, "取り消す", detail="記録そのものは変わりません。"):
            self._context.attempt(lambda: self._context.ledger.retire(one, "絞り込みの取消し"))
            self.show_all()

    def show_all(self) -> None:
        """Give up every narrowing."""
        self._list.show_all()

    def forget(self) -> None:
        """What is typed is another narrowing than the one that was recalled."""
        self._kept = 0

    def choose_columns(self) -> None:
        """Choose which fields the list shows."""
        shown, preferences = self._list, self._context.program.preferences
        dialog = ColumnsDialog(shown.spec, shown.model.columns)
        self._context.dialogs.show(dialog)
        if dialog.fields:
            keep_columns(preferences, shown.spec, dialog.fields)
            shown.show_columns(chosen_columns(preferences, shown.spec))

    def say(self) -> None:
        """Say by what the list is narrowed and how many records it hides."""
        model = self._list.model
        shown, count = model.shown, model.rowCount()
        if not shown.narrowed and not shown.retired:
            self.notice.say("")
            return
        gone = lost(self._list.spec, shown.conditions)
        if gone:
            self.notice.say(
                f"{self._called()}の項目「{'、'.join(gone)}」は、この一覧にありません。"
                "条件に合う記録を選べないため、条件を改めてください。",
                "warn",
            )
            return
        said = f"{self._called()}：" if shown.narrowed else ""
        if shown.retired:
            self.notice.say(f"{said}取消済みの記録だけを{count:,}件表示しています。", "info")
            return
        hidden = self._context.facts().count(self._list.spec.cls) - count
        none = "合う記録はありません。" if not count else f"{count:,}件を表示しています。"
        self.notice.say(f"{said}{none}ほか{max(0, hidden):,}件は表示していません。", "info")

    def _called(self) -> str:
        """By what it is narrowed, in words."""
        shown = self._list.model.shown
        kept = self._context.facts().find(SavedList, self._kept)
        if kept is not None:
            return f"絞り込み「{kept.name}」"
        labels = {one.name: one.label for one in columns_of(self._list.spec)}
        words = [f"「{shown.text.strip()}」を含む"] if shown.text.strip() else []
        words += [f"{labels.get(one.field, one.field)}「{one.value}」" for one in shown.conditions]
        return f"絞り込み（{'、'.join(words)}）"

    def _keep(self, name: str, text: str, retired: bool, conditions: tuple[ListCondition, ...]) -> None:
        """Keep it; under a name that there is already it takes the place of that one."""
        spec, ledger, reason = self._list.spec, self._context.ledger, f"絞り込みの保存　{name}"
        said: dict[str, Any] = {"words": text.strip(), "retired": retired or None, "conditions": conditions}
        made = SavedList(record_kind=spec.name, name=name, **said)
        held = next((one for one in self.saved() if same_key(one) == same_key(made)), None)

        def write() -> None:
            if held is not None:
                self._kept = ledger.change(replace(held, **said), reason=reason).id
            else:
                self._kept = ledger.add(made, reason=reason).id

        self._context.attempt(write)

    def _narrow(self, text: str, retired: bool, conditions: tuple[ListCondition, ...]) -> None:
        held = self._list
        with QSignalBlocker(held.search), QSignalBlocker(held.retired_box):
            held.search.setText(text)
            held.retired_box.setChecked(retired)
        held.model.narrow(text, retired, conditions)
