"""The answer to what is asked of a row: one that is offered or typed, for the row, all alike, or a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.exchange.mending.answering import answered, answered_by_group
from app.exchange.mending.questions import Group, Question, Questions
from app.exchange.mending.replies import Deed, Reply, offered, writable
from app.exchange.tables.mapping import Said
from app.exchange.tables.planned import PlannedLine
from app.ui.importing import wording
from app.ui.inputs.base import Combo
from app.ui.parts.space.flow import flow
from app.ui.parts.widgets import Prose, button, em, label

_CHOOSE, _TYPED = "（答えを選んでください）", "入力した値にする"
_ONE = "この行だけ"
_OF_ONE = (Deed.SAME, Deed.ONLY)
"""Answers that are true of a single row alone."""
_WIDE = 16


class AnswerBox(QWidget):
    """``given(row)`` when an answer changed what is said of the table; ``said`` is that."""

    given = Signal(int)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.said = Said()
        self._questions: Questions | None = None
        self._line: PlannedLine | None = None
        self._replies: Sequence[Reply] = ()
        self.which = _combo("答える項目", 8)
        self.reply = _combo("答え", 12)
        self.typed = QLineEdit()
        self.typed.setAccessibleName("正しい値")
        self.typed.setPlaceholderText("正しい値を入力")
        self.scope = _combo("答えを使う行", 8)
        self.answer = button("答える", self.give, key="A")
        self.undo = button("答えを1つ戻す", self.back.emit, kind="link")
        self.asked = Prose("", "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._head = label("この行への答え", "h3")
        layout.addWidget(self._head)
        layout.addWidget(self.asked)
        layout.addLayout(flow(self.which, self.reply, self.typed, self.scope, self.answer, self.undo))
        self.which.currentIndexChanged.connect(lambda _at: self._offer())
        self.reply.currentIndexChanged.connect(lambda _at: self._follow())
        self.typed.textEdited.connect(self._type)
        self.typed.returnPressed.connect(self.give)
        self.show_question(None, None)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.typed.setMinimumWidth(em(self.typed, _WIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.reply.isVisible():
            self.give()
            return
        super().keyPressEvent(event)

    @property
    def question(self) -> Question | None:
        """What is being asked; None for nothing."""
        at, line = self.which.currentIndex(), self._line
        return Question(line, line.problems[at]) if line and 0 <= at < len(line.problems) else None

    def show_question(self, questions: Questions | None, line: PlannedLine | None) -> None:
        """Ask what is open of a row; nothing where it has no question."""
        self._questions = questions
        self._line = line if line is not None and line.problems else None
        with QSignalBlocker(self.which):
            self.which.clear()
            for number, problem in enumerate(self._line.problems if self._line else (), 1):
                self.which.addItem(f"{number}件目：{problem.where}")
        # A form says the sheet of each cell: the longest of them is to be read whole.
        self.which.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToContents)
        self.which.setVisible(self.which.count() > 1)
        for widget in (self._head, self.asked, self.reply, self.scope, self.answer):
            widget.setVisible(self._line is not None)
        self._offer()

    def show_history(self, *, any_answer: bool) -> None:
        """Whether an answer can be taken back."""
        self.undo.setVisible(any_answer)

    def take_focus(self) -> None:
        """Put the cursor where the answer is given."""
        if self.typed.isVisibleTo(self) and not self._offers_values():
            self.typed.setFocus()
            self.typed.selectAll()
        elif self.reply.isVisibleTo(self):
            self.reply.setFocus()

    def give(self) -> None:
        """Take what is chosen or typed as the answer."""
        question, questions = self.question, self._questions
        if question is None or questions is None:
            return
        reply = self._chosen()
        if reply is None:
            self.asked.say(
                f"{wording.reason_of(question.problem)}\n答えを選ぶか、正しい値を入力してください。"
            )
            self.take_focus()
            return
        scope = self.scope.currentData()
        self.said = self._said(questions, question, reply, scope)
        self.given.emit(question.line.row)

    def _said(self, questions: Questions, question: Question, reply: Reply, scope: Any) -> Said:
        if isinstance(scope, Group):
            if reply.deed is Deed.WRITE:
                return answered_by_group(self.said, question, scope, reply.text)
            asked: Sequence[Question] = questions.of_group(question.problem, scope)
        else:
            asked = questions.alike(question.problem) if scope else [question]
        words = bool(scope) and not question.problem.asks
        return answered(self.said, questions, asked, reply, words=words)

    def _chosen(self) -> Reply | None:
        held = self.reply.currentData()
        if held == _TYPED:
            text = self.typed.text().strip()
            return Reply(Deed.WRITE, text, text) if text else None
        return held if isinstance(held, Reply) else None

    def _offer(self) -> None:
        question, questions = self.question, self._questions
        with QSignalBlocker(self.reply), QSignalBlocker(self.scope):
            self.reply.clear()
            self.scope.clear()
            self.typed.setVisible(question is not None and writable(question))
            if question is None or questions is None:
                return
            at, count = self.which.currentIndex() + 1, self.which.count()
            self._head.setText("この行への答え" + (f"（{count}件のうち{at}件目）" if count > 1 else ""))
            self.asked.say(wording.reason_of(question.problem))
            self._replies = offered(questions, question)
            self.reply.addItem(_CHOOSE, None)
            if writable(question):
                self.reply.addItem(_TYPED, _TYPED)
            for one in self._replies:
                self.reply.addItem(one.label, one)
            self.typed.setText(" ".join(question.problem.value.split()))
            self._offer_scopes(questions, question)

    def _offer_scopes(self, questions: Questions, question: Question) -> None:
        problem = question.problem
        self.scope.addItem(_ONE, False)
        count = len({one.line.row for one in questions.alike(problem)})
        if count > 1:
            same = "同じ値" if problem.value.strip() and not problem.asks else "同じ質問"
            self.scope.addItem(f"{same}の{count:,}行すべて", True)
        for group in questions.groups(question):
            title = group.column.title or f"{group.column.letter}列"
            self.scope.addItem(f"{title}が「{group.shown}」の{group.size:,}行", group)
        self.scope.setEnabled(self.scope.count() > 1)

    def _offers_values(self) -> bool:
        return len(self._replies) > 1

    def _follow(self) -> None:
        """A chosen value stands in the field, to be changed before it is given."""
        held = self.reply.currentData()
        if isinstance(held, Reply):
            if held.deed is Deed.WRITE:
                self.typed.setText(held.text)
            if held.deed in _OF_ONE:
                self.scope.setCurrentIndex(0)
            self.scope.setEnabled(self.scope.count() > 1 and held.deed not in _OF_ONE)

    def _type(self, text: str) -> None:
        del text
        self.reply.setCurrentIndex(self.reply.findData(_TYPED))


def _combo(name: str, width: int) -> Combo:
    made = Combo()
    made.setAccessibleName(name)
    made.setMinimumContentsLength(width)
    made.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made
