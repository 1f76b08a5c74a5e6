"""条文の控え: the wording of a clause as people copied it from their own contract."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout

from app.annexes.reading.review.wording import clause_words
from app.records import ClauseText, Facts
from app.ui.clauses.list import Key
from app.ui.context import Context
from app.ui.parts.dialogs import Unsaved
from app.ui.parts.widgets import button, label, prose, row

_REMARK = (
    "契約書から条文を写しておく欄です。この台帳の中だけに保存され、判定には使いません。遵守状況報告書には、条項の内容として印字します。"
    "特記事項の文章を読み取って登録したときは、その条文を示します。空にして保存すると、控えを取り消します。"
)


class OwnText(QFrame):
    """The text of the clause one is at. What is typed for other clauses is kept until it is saved."""

    def __init__(self, context: Context, contract: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._contract = contract
        self._key: Key = ("", 0, "")
        self._drafts: dict[Key, str] = {}
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setPlaceholderText("条文を貼り付けるか、入力してください。")
        self.edit.setMinimumHeight(self.fontMetrics().lineSpacing() * 7)
        self.edit.textChanged.connect(self._typed)
        self.keep = button("控えを保存", self.save, kind="primary")
        self._state = label("", "hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(8)
        layout.addLayout(row(label("条文の控え", "h3"), 8, self._state, None, self.keep))
        layout.addWidget(prose(_REMARK, "hint"))
        layout.addWidget(self.edit)

    @property
    def dirty(self) -> bool:
        """Whether anything is not saved, for whatever clause."""
        return bool(self._drafts)

    def show_clause(self, key: Key) -> None:
        """Show the text of a clause: as typed, else as saved."""
        self._key = key
        self.edit.setAccessibleName(f"{key[2]}の条文の控え")
        wanted = self._drafts.get(key, self._stored(key))
        if self.edit.toPlainText() != wanted:
            self.edit.blockSignals(True)
            self.edit.setPlainText(wanted)
            self.edit.blockSignals(False)
        self._say()

    def save(self) -> bool:
        """Write every text that was typed, as one operation. True if nothing is left unsaved."""
        if self._drafts and self._context.attempt(self._write):
            self._drafts.clear()
            self._context.say("条文の控えを保存しました。")
        self._say()
        return not self._drafts

    def can_leave(self) -> bool:
        """Whether the texts may be put away; it asks about those that are not saved."""
        if not self._drafts:
            return True
        answer = self._context.dialogs.ask_unsaved("条文の控え")
        if answer is Unsaved.SAVE:
            return self.save()
        return answer is Unsaved.DISCARD

    def _typed(self) -> None:
        text = self.edit.toPlainText()
        if text.strip() == self._stored(self._key).strip():
            self._drafts.pop(self._key, None)
        else:
            self._drafts[self._key] = text
        self._say()

    def _say(self) -> None:
        self.keep.setEnabled(bool(self._drafts))
        others = len(self._drafts) - (self._key in self._drafts)
        unsaved = "未保存" if self._key in self._drafts else ""
        more = f"ほかの条項に未保存の控えが{others}件あります" if others else ""
        self._state.setText("　".join(filter(None, (unsaved, more))))

    def _stored(self, key: Key) -> str:
        annex, version, number = key
        return clause_words(self._context.facts(), self._contract, annex, version).get(number, "")

    def _write(self) -> None:
        facts = self._context.facts()
        with self._context.ledger.write("条文の控え") as change:
            for key, text in self._drafts.items():
                held = held_text(facts, self._contract, key)
                if held is not None and not text.strip():
                    change.retire(held, "控えを空にしたため")
                elif held is not None:
                    change.change(replace(held, text=text))
                elif text.strip():
                    annex, _version, number = key
                    change.add(ClauseText(contract=self._contract, annex=annex, clause=number, text=text))


def held_text(facts: Facts, contract: int, key: Key) -> ClauseText | None:
    """The saved text of a clause of a contract."""
    annex, _version, number = key
    held = (
        one
        for one in facts.of(ClauseText, "contract", contract)
        if (one.annex, one.clause) == (annex, number)
    )
    return next(held, None)
