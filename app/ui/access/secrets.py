"""Typing secrets: a passphrase with its strength in words, and the recovery code by groups."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.parts.look import Look
from app.ui.parts.widgets import label, prose, retone, row, tool

_SECRET = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)
_JAPANESE = "日本語は、目の印を押して文字を表示してから入力してください。"
"""A hidden line takes no input method: a passphrase made with the eye open has to be typed so ever after."""
GROUPS = 8
GROUP_LENGTH = 7
_BETWEEN = 8
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_STRENGTHS = (
    (45.0, "弱い", "danger", "ほかの人に推測されるおそれがあります。言葉を足して長くしてください。"),
    (60.0, "ふつう", "warn", "もう少し長くすると、さらに安全です。"),
    (80.0, "強い", "ok", "十分な強さです。"),
    (math.inf, "とても強い", "ok", "十分な強さです。"),
)
_SCRIPT_SIZES = (
    (str.islower, 26),
    (str.isupper, 26),
    (str.isdecimal, 10),
)


def strength(passphrase: str, names: Iterable[str] = ()) -> tuple[str, str, str]:
    """The strength of a passphrase in words, the tone to show it in, and what to do.

    One that is refused says why. Else a guess from what it is put together of and the scripts it mixes: a
    common word counts as one character, what is repeated once and a half. ``names``: see ``weakness``.
    """
    if why := _refused(passphrase, names):
        return "使えません", "danger", why
    text = unicodedata.normalize("NFKC", passphrase)
    size = sum(count for test, count in _SCRIPT_SIZES if any(c.isascii() and test(c) for c in text))
    size += 32 if any(c.isascii() and not c.isalnum() for c in text) else 0
    size += 80 if any(not c.isascii() for c in text) else 0
    held = _pieces(passphrase, names)
    effective = min(len(text), len(held), len(set(text)) * 1.5, len(set(held)) * 1.5)
    bits = effective * math.log2(max(size, 2))
    return next((word, tone, advice) for limit, word, tone, advice in _STRENGTHS if bits < limit)


def _refused(passphrase: str, names: Iterable[str]) -> str:
    # Late: the window that opens a ledger is painted before anything of the ledger is loaded.
    from app.ledger.secret.passphrases import weakness

    return weakness(passphrase, names)


def _pieces(passphrase: str, names: Iterable[str]) -> list[str]:
    # Late, for the same reason.
    from app.ledger.secret.passphrases import pieces

    return pieces(passphrase, names)


class SecretEdit(QWidget):
    """A line whose text is hidden until its owner asks to see it, and what to do about Japanese below it."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, look: Look, name: str, hint: str = _JAPANESE) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setAccessibleName(name)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self.eye = tool(f"{name}を表示する")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        look.dress(self.eye, "eye")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(self.edit, self.eye, spacing=4))
        if hint:
            layout.addWidget(prose(hint, "hint"))
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Forget what was typed, and hide the next."""
        self.edit.clear()
        self.eye.setChecked(False)

    def again(self) -> None:
        """Have it typed once more: the cursor in it, and what stands there replaced by the next key."""
        self.edit.setFocus()
        self.edit.selectAll()

    def mark(self, wrong: bool) -> None:
        """Show whether it is wrong."""
        retone(self.edit, invalid=wrong)

    def _show(self, shown: bool) -> None:
        """Show or hide what is typed.

        An input method asks whether a line is hidden only when the focus comes to it. Without that it would
        miss the next key, or leave readable what is to be hidden.
        """
        here = self.edit.hasFocus()
        self.edit.clearFocus()
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        # Qt says so of a hidden line alone: a shown secret must not be learnt and suggested either.
        self.edit.setInputMethodHints(self.edit.inputMethodHints() | _SECRET)
        if here:
            self.edit.setFocus()


class NewPassphrase(QWidget):
    """A passphrase typed twice, with its strength in words. ``changed`` after every key.

    ``names``: what whoever knows the ledger would guess first; ``name``: what it is called; ``later``: where
    it has to be typed as it was made.
    """

    changed = Signal()

    def __init__(
        self,
        look: Look,
        names: Callable[[], Iterable[str]] = tuple,
        *,
        name: str = "パスフレーズ",
        later: str = "台帳を開くときも同じです。",
    ) -> None:
        super().__init__()
        self._names = names
        self.first = SecretEdit(look, name, f"{_JAPANESE}{later}")
        self.second = SecretEdit(look, f"{name}（確認）", "")
        self._strength = label("", "chip", tone="muted")
        self._advice = prose("", "sub")
        self._match = label("", "error")
        strong = QHBoxLayout()
        strong.addWidget(label("強さ", "sub"))
        strong.addWidget(self._strength)
        strong.addWidget(self._advice, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label(name, "h3"))
        layout.addWidget(self.first)
        layout.addLayout(strong)
        layout.addSpacing(8)
        layout.addWidget(label("もう一度入力", "h3"))
        layout.addWidget(self.second)
        layout.addWidget(self._match)
        # From one line to the other in one step; the eyes come after both.
        for before, after in pairwise((self.first.edit, self.second.edit, self.first.eye, self.second.eye)):
            QWidget.setTabOrder(before, after)
        for each in (self.first, self.second):
            each.changed.connect(self._say)
        self.first.entered.connect(self._go_on)
        self._say()

    @property
    def lacking(self) -> str:
        """What keeps it from being taken, in one sentence; empty if nothing does."""
        typed = self.first.text()
        if not typed:
            return "新しいパスフレーズを入力してください。"
        if why := _refused(typed, self._names()):
            return f"新しいパスフレーズは使えません。{why}"
        return (
            ""
            if typed == self.second.text()
            else "新しいパスフレーズを、同じようにもう一度入力してください。"
        )

    def text(self) -> str:
        """The passphrase, empty unless it is taken and typed alike twice."""
        typed = self.first.text()
        taken = typed == self.second.text() and not _refused(typed, self._names())
        return typed if taken else ""

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()

    def _go_on(self) -> None:
        """Return in the first line: on to the second, if that is still to come."""
        if self.first.text() and not self.second.text():
            self.second.setFocus()

    def _say(self) -> None:
        typed, again = self.first.text(), self.second.text()
        word, tone, advice = strength(typed, self._names()) if typed else ("未入力", "muted", "")
        self._strength.setText(word)
        retone(self._strength, tone=tone)
        self._advice.say(advice)
        if not again:
            said, role = "", "hint"
        elif typed == again:
            said, role = "○ 一致しています", "hint"
        else:
            said, role = "✕ 一致していません", "error"
        self._match.setText(said)
        retone(self._match, role=role)
        self.changed.emit()


def plain_group(text: str) -> str:
    """A group of a recovery code as it is compared: any width or case, O for 0 and I or L for 1."""
    typed = unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES)
    return "".join(c for c in typed if c.isalnum())


class _GroupEdit(QLineEdit):
    """One group; a whole code pasted here goes into all of them. No input method composes in it."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().text())
            return
        super().keyPressEvent(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
        # The attribute of the widget does not do it: a line answers for itself.
        if query == Qt.InputMethodQuery.ImEnabled:
            return False
        if argument is None:
            return super().inputMethodQuery(query)
        return super().inputMethodQuery(query, argument)


def _above(edit: QWidget, sign: QWidget) -> QVBoxLayout:
    """A group with what is said of it below."""
    made = QVBoxLayout()
    made.setSpacing(2)
    made.addWidget(edit)
    made.addWidget(sign)
    return made


class CodeInput(QWidget):
    """The recovery code in its groups; the cursor goes on by itself. ``changed`` after every key.

    With ``expected`` each group says at once whether it is right. Nothing typed or pasted is dropped: what
    is too much for a group goes on into the empty ones behind it, or stays and is marked.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, expected: Callable[[], str] = str) -> None:
        super().__init__()
        self._expected = expected
        self.groups: list[_GroupEdit] = []
        self._signs = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_BETWEEN)
        for number in range(GROUPS):
            edit = _GroupEdit()
            edit.setAccessibleName(f"回復コード {number + 1}組目")
            edit.setMinimumWidth(self._wide(1))
            edit.textEdited.connect(lambda text, at=number: self._typed(at, text))
            edit.returnPressed.connect(self.entered)
            edit.pasted.connect(lambda text, at=number: self.fill(text, at))
            sign = label("", "hint")
            sign.setMinimumHeight(sign.fontMetrics().height() + 6)
            self.groups.append(edit)
            self._signs.append(sign)
        self._arrange(GROUPS // 2)
        self.setFocusProxy(self.groups[0])

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide(GROUPS // 4), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(GROUPS // 2 if self.width() >= self._wide(GROUPS // 2) else GROUPS // 4)

    def _wide(self, columns: int) -> int:
        """The least width of so many groups beside each other."""
        one = self.fontMetrics().horizontalAdvance("W" * GROUP_LENGTH) + 26
        return columns * one + (columns - 1) * _BETWEEN

    def _arrange(self, columns: int) -> None:
        """As on the sheet, half of the groups in a line; where that has no room, a quarter."""
        if columns == self._columns:
            return
        self._columns = columns
        for number, (edit, sign) in enumerate(zip(self.groups, self._signs, strict=True)):
            line, column = divmod(number, columns)
            self._grid.addWidget(edit, line * 2, column)
            self._grid.addWidget(sign, line * 2 + 1, column)

    def text(self) -> str:
        """The whole code as typed."""
        return "-".join(edit.text() for edit in self.groups)

    @property
    def complete(self) -> bool:
        """Whether every group is full, and right where the code is known."""
        if self._expected():
            return all(self._right(at) for at in range(GROUPS))
        return all(len(plain_group(edit.text())) == GROUP_LENGTH for edit in self.groups)

    @property
    def lacking(self) -> str:
        """Which group is not full, in one sentence; empty if all are. Says nothing of whether it is right."""
        lengths = [len(plain_group(edit.text())) for edit in self.groups]
        if not any(lengths):
            return "回復コードを入力してください。"
        short = next((at for at, length in enumerate(lengths, 1) if length != GROUP_LENGTH), 0)
        return f"回復コードの{short}組目を{GROUP_LENGTH}文字にしてください。" if short else ""

    def mark(self, group: int) -> None:
        """Show that group ``group``, counted from 1, is wrong, and put the cursor there."""
        edit = self.groups[group - 1]
        retone(edit, invalid=True)
        self._signs[group - 1].setText("✕ 違います")
        retone(self._signs[group - 1], role="error")
        edit.setFocus()
        edit.selectAll()

    def fill(self, text: str, at: int = 0) -> None:
        """Spread ``text`` over the groups from number ``at`` on; a whole code over all of them.

        What is left over stays in the last group, where it is marked.
        """
        rest = plain_group(text)
        if len(rest) >= GROUPS * GROUP_LENGTH:
            at = 0
        for number in range(at, GROUPS):
            part, rest = rest[:GROUP_LENGTH], rest[GROUP_LENGTH:]
            if part:
                self.groups[number].setText(part + (rest if number + 1 == GROUPS else ""))
                self._judge(number)
        self.changed.emit()

    def clear(self) -> None:
        """Forget what was typed."""
        for number, edit in enumerate(self.groups):
            edit.clear()
            self._judge(number)
        self.changed.emit()

    def _typed(self, at: int, text: str) -> None:
        plain = plain_group(text)
        behind = self.groups[at + 1 :]
        whole = len(plain) == GROUPS * GROUP_LENGTH
        if whole or (len(plain) > GROUP_LENGTH and behind and not any(each.text() for each in behind)):
            self.fill(plain, at)
            last = GROUPS - 1 if whole else min(at + len(plain) // GROUP_LENGTH, GROUPS - 1)
            self.groups[last].setFocus()
            return
        self._judge(at)
        if len(plain) == GROUP_LENGTH and behind and self._right_or_unknown(at):
            behind[0].setFocus()
            behind[0].selectAll()
        self.changed.emit()

    def _right(self, at: int) -> bool:
        known: Sequence[str] = self._expected().split("-")
        return at < len(known) and plain_group(self.groups[at].text()) == plain_group(known[at])

    def _right_or_unknown(self, at: int) -> bool:
        return not self._expected() or self._right(at)

    def _judge(self, at: int) -> None:
        length = len(plain_group(self.groups[at].text()))
        wrong = length == GROUP_LENGTH and not self._right_or_unknown(at)
        right = length == GROUP_LENGTH and bool(self._expected()) and not wrong
        over = length - GROUP_LENGTH
        retone(self.groups[at], invalid=wrong or over > 0)
        said = "○ 一致" if right else "✕ 違います" if wrong else f"✕ {over}文字多い" if over > 0 else ""
        self._signs[at].setText(said)
        retone(self._signs[at], role="error" if wrong or over > 0 else "hint")
