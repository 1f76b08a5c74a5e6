"""Excel beside a list: in from a file, out as shown or whole, and an empty form to be filled in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.common import Progress
from app.ui.importing import pasting
from app.ui.importing.files import OPENED
from app.ui.importing.saving import Made, save, text_file
from app.ui.parts.widgets import Button
from app.ui.system.saving_place import ask_where
from app.ui.targets import BringIn

if TYPE_CHECKING:
    from app.ui.lists.view import RecordList

_WORD = "Excel"
_BOOK, _TEXT = ".xlsx", ".csv"
_OLD_TEXT = "csv_shift_jis"
_PATTERN = "Excelブック (*.xlsx);;CSV (*.csv)"


class ExcelMenu:
    """The menu of one list, and its button."""

    def __init__(self, shown: RecordList) -> None:
        self._list = shown
        self._context = shown.context
        self.menu = QMenu(_WORD, shown)
        self.menu.setAccessibleName("Excelとのやり取り")
        self.bring_in = self.menu.addAction("Excelから取り込む…", self.choose)
        self.pasted = self.menu.addAction("コピーした表を取り込む（Ctrl+V）", self.paste)
        self.menu.addSeparator()
        self.menu.addAction("表示中の一覧を書き出す…", self.shown_out)
        self.menu.addAction("すべての項目を書き出す（取り込み直せます）…", self.whole_out)
        self.blank = self.menu.addAction("取込み用のひな形を作る…", self.blank_out)
        self.old_text = self.menu.addAction("CSVをShift_JISで書き出す（UTF-8を読めないソフト用）")
        self.old_text.setCheckable(True)
        self.old_text.setChecked(self._context.preferences.flag(_OLD_TEXT))
        self.old_text.toggled.connect(lambda on: self._context.preferences.set(**{_OLD_TEXT: on}))
        self.menu.aboutToShow.connect(self.fill)
        self.button = Button(_WORD)
        self.button.setAccessibleName("Excelとのやり取り")
        self.button.setToolTip(
            "Excelの台帳を取り込み、一覧をExcelに書き出します（ファイルのドラッグもできます）"
        )
        self.button.setMenu(self.menu)
        self.fill()

    @property
    def able(self) -> bool:
        """Whether records of the type can be brought in."""
        return self._list.spec.by_hand and not self._context.ledger.read_only

    def fill(self) -> None:
        """Offer what can be done."""
        self.bring_in.setVisible(self._list.spec.by_hand)
        self.bring_in.setEnabled(self.able)
        self.pasted.setVisible(self._list.spec.by_hand)
        self.pasted.setEnabled(self.able)
        self.blank.setVisible(self._list.spec.by_hand)

    def choose(self) -> None:
        """Ask for a file, and go to the page that brings it in."""
        for path in self._context.dialogs.open_files("取り込むファイルを選ぶ", OPENED)[:1]:
            self.open(path)

    def open(self, path: Path) -> None:
        """Go to the page that brings in the file."""
        self._context.navigate(BringIn(self._list.spec.name, path))

    def paste(self) -> None:
        """Go to the page that brings in what was copied from a spreadsheet."""
        given = pasting.held()
        if not self.able:
            return
        if isinstance(given, Path):
            self.open(given)
        elif given:
            self._context.navigate(BringIn(self._list.spec.name, pasted=given))
        else:
            self._context.say(pasting.NOTHING)

    def shown_out(self) -> None:
        """Write the rows and columns that one sees."""
        spec, model, context = self._list.spec, self._list.model, self._context
        ids, fields, retired = list(model.ids), model.columns, model.retired
        windows = self.old_text.isChecked()
        part = "（取消済み）" if retired else "（絞り込み）" if model.shown.narrowed else ""

        def make(progress: Progress, ending: str) -> Made:
            from app.exchange.going_out import layout, workbook

            facts = context.facts()
            held = (
                context.ledger.page(spec.name, ids)
                if retired
                else [one for each in ids if (one := facts.named(spec.name, each)) is not None]
            )
            progress.step(0, 0, spec.label)
            titles, rows = layout.for_people(facts, spec, held, fields)
            progress.step(0, 0, spec.label)
            if ending == _TEXT:
                return text_file(titles, rows, windows=windows)
            return Made(workbook.made_for_people(spec.label, titles, rows))

        self._save(f"{spec.label}{part}", f"{spec.label}{part} {len(ids):,}件", make)

    def whole_out(self) -> None:
        """Write every field of every record in force, to come back as it is."""
        spec, context, windows = self._list.spec, self._context, self.old_text.isChecked()

        def make(progress: Progress, ending: str) -> Made:
            from app.exchange.coming_in.importing import named_first
            from app.exchange.going_out import layout, workbook
            from app.records.ordering import in_order

            facts = context.facts()
            records = named_first(spec, in_order(facts.all(spec.cls)))
            progress.step(0, 0, spec.label)
            held = layout.whole(spec, records, facts.key_of)
            progress.step(0, 0, spec.label)
            if ending == _TEXT:
                return text_file([target.label for target in held.targets], held.rows, windows=windows)
            return Made(workbook.made(spec, held, progress))

        self._save(f"{spec.label}（すべての項目）", f"{spec.label}のすべての項目", make)

    def blank_out(self) -> None:
        """Write an empty workbook that people fill in and bring in."""
        spec = self._list.spec

        def make(_progress: Progress, _ending: str) -> Made:
            from app.exchange.going_out import template

            return Made(template.made(spec))

        self._save(f"{spec.label}のひな形", f"{spec.label}のひな形", make, pattern="Excelブック (*.xlsx)")

    def _save(
        self, name: str, what: str, make: Callable[[Progress, str], Made], pattern: str = _PATTERN
    ) -> None:
        from app.exchange import saving

        context = self._context
        chosen = ask_where(context, "tables", f"{name}を書き出す", f"{name}{_BOOK}", pattern)
        if chosen is None:
            return
        ending = chosen.suffix.lower()
        path = chosen
        if ending != _BOOK and (ending != _TEXT or _TEXT not in pattern):
            ending, path = _BOOK, chosen.with_name(f"{chosen.name}{_BOOK}")
        if not context.attempt(lambda: saving.check_place(path)):
            return
        save(context, path, what, lambda progress: make(progress, ending))
