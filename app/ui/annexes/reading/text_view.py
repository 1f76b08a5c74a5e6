"""The text as it was read, in its own order: the words that led to a proposal are marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.annexes.reading.review.model import Item, Review, Span, State
from app.ui.annexes.reading.words import named
from app.ui.parts.look import Look

_LEAST_LINES = 3
"""Lines of a paragraph with its head and the blank line behind it."""
_KEYS = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse


class TextView(QPlainTextEdit):
    """``chosen(place)`` when the caret comes into another paragraph; the caret says where one is split."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._review: Review | None = None
        self._at = -1
        self._heads: list[int] = []
        self._texts: list[int] = []
        self._rests: list[Span] = []
        self._marked = range(0)
        self._placing = False
        self.setReadOnly(True)
        self.setTextInteractionFlags(_KEYS)
        self.setAccessibleName("読み取った文章")
        self.setTabChangesFocus(True)
        self.cursorPositionChanged.connect(self._moved)
        self.verticalScrollBar().valueChanged.connect(lambda _at: self._follow())
        look.changed.connect(self._mark)

    def show_review(self, review: Review, at: int) -> None:
        """Show a review with the paragraph ``at`` marked; the caret goes there if it was elsewhere."""
        former, self._review = self._review, review
        self._placing = True
        if former is None or not _reads_alike(former, review):
            self.setPlainText(self._laid_out(review))
            self._at = -1
        moved, self._at = at != self._at, at
        if moved and review.items:
            self._go(self._texts[at])
        self._placing = False
        self._mark()

    @property
    def position(self) -> int:
        """Where in the text of the paragraph the caret stands; 0 outside of it."""
        review = self._review
        if review is None or not 0 <= self._at < len(review.items):
            return 0
        text = review.items[self._at].text
        units = self.textCursor().position() - self._texts[self._at]
        return next((at for at in range(len(text) + 1) if _wide(text[:at]) == units), 0)

    def place(self, position: int) -> None:
        """Put the caret there in the text of the paragraph that is marked."""
        self._placing = True
        text = self._review.items[self._at].text if self._review else ""
        self._go(self._texts[self._at] + _wide(text[:position]))
        self._placing = False

    def _laid_out(self, review: Review) -> str:
        """The text to be shown, and where in it everything stands."""
        self._heads, self._texts, self._rests = [], [], []
        made: list[str] = []
        size = 0
        rest = [*review.rest]

        def put(text: str) -> Span:
            nonlocal size
            start = size
            made.append(text)
            # Qt counts in UTF-16, where a rare kanji is two.
            size += _wide(text)
            return start, size

        for item in review.items:
            while rest and rest[0].before <= item.paragraph:
                one = rest.pop(0)
                self._rests.append(put(f"［{one.called}］{one.text}\n\n"))
            self._heads.append(put(f"{named(item)}\n")[0])
            self._texts.append(put(item.text)[0])
            put("\n\n")
        for one in rest:
            self._rests.append(put(f"［{one.called}］{one.text}\n\n"))
        return "".join(made).rstrip("\n")

    def _go(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.centerCursor()

    def _moved(self) -> None:
        if self._placing or not self._heads:
            return
        at = max(0, bisect_right(self._heads, self.textCursor().position()) - 1)
        if at != self._at:
            self._at = at
            self.chosen.emit(at)

    def _follow(self) -> None:
        """What comes into sight is marked too."""
        if self._heads and not self._placing and self._sight not in self._marked:
            self._mark()

    @property
    def _sight(self) -> int:
        """The place of the paragraph at the top of what is seen."""
        return max(0, bisect_right(self._heads, self.firstVisibleBlock().position()) - 1)

    def _mark(self) -> None:
        around, most = self._sight, self._most
        # Those in sight and somewhat more: to mark a long text whole takes seconds.
        self._marked = range(max(0, around - most), around + most)
        self.setExtraSelections([*self._selections()] if self._review else [])

    @property
    def _most(self) -> int:
        """How many paragraphs can be seen at once."""
        return self.viewport().height() // (_LEAST_LINES * self.fontMetrics().lineSpacing()) + 2

    def _selections(self) -> Iterator[QTextEdit.ExtraSelection]:
        colours = self._look.colours
        review = self._review
        if review is None:
            return
        evidence = self._evidence()
        faint = QTextCharFormat()
        faint.setForeground(QColor(colours["faint"]))
        yield from (self._over(start, end, faint) for start, end in self._rests)
        shown = range(self._marked.start, self._marked.stop + self._most)
        for at, item in enumerate(review.items):
            if at != self._at and at not in shown:
                continue
            head, text = self._heads[at], self._texts[at]
            here = QTextCharFormat()
            if at == self._at:
                here.setBackground(QColor(colours["select"]))
                here.setProperty(QTextFormat.Property.FullWidthSelection, True)
                yield self._over(head, head, here)
                here.clearProperty(QTextFormat.Property.FullWidthSelection)
                yield self._over(text, text + _wide(item.text), here)
            if item.state is State.SET_ASIDE:
                gone = QTextCharFormat(faint)
                gone.setFontStrikeOut(True)
                yield self._over(head, text + _wide(item.text), gone)
            for span in _spans(item):
                yield self._over(text + span[0], text + span[1], evidence)

    def _evidence(self) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setBackground(QColor(self._look.colours["warn-soft"]))
        made.setForeground(QColor(self._look.colours["text"]))
        made.setFontUnderline(True)
        made.setUnderlineColor(QColor(self._look.colours["warn"]))
        return made

    def _over(self, start: int, end: int, shape: QTextCharFormat) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        made = QTextEdit.ExtraSelection()
        made.cursor = cursor
        made.format = QTextCharFormat(shape)
        return made


def _reads_alike(one: Review, other: Review) -> bool:
    """Whether two reviews show the same text: most decisions change nothing of it."""
    if one.rest != other.rest or len(one.items) != len(other.items):
        return False
    return all(
        a is b or (a.number, a.heading, a.text, a.paragraph) == (b.number, b.heading, b.text, b.paragraph)
        for a, b in zip(one.items, other.items, strict=True)
    )


def _spans(item: Item) -> list[Span]:
    """Where the words of its proposals stand, as Qt counts."""
    found = {span for one in item.picks for span in one.spans}
    found |= {span for one in item.details for span in one.spans}
    text = item.text
    return [(_wide(text[:start]), _wide(text[:end])) for start, end in sorted(found)]


def _wide(text: str) -> int:
    """How many units of UTF-16 a text has."""
    return len(text.encode("utf-16-le")) // 2
