"""What stands above the clauses: title, source, how each document calls its sides, and the forms found."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.annexes.reading.model import Document
from app.annexes.reading.review import choosing, deciding, drafting
from app.annexes.reading.review.forms import oath_places, prescribed, with_oath, without_oath, wording
from app.annexes.reading.review.model import Review
from app.ui.annexes.reading.words import DOCUMENTS
from app.ui.clauses.box import Box, line
from app.ui.parts.space.flow import FlowLayout, flow
from app.ui.parts.widgets import button, card, clear, em, label, prose

_FOUND = "文章から見つけた語です。違っていれば直してください。"
_UNFOUND = "文章から見つからない語は、空欄です。空欄のままなら「発注者」「受注者」とします。"
_SHOWN = 200
"""Characters of a form that are shown."""


class HeadView(QWidget):
    """``decided(review)`` when a side is called otherwise or a form is taken; ``titled`` with the title."""

    decided = Signal(object)
    titled = Signal()

    def __init__(self, *besides: QWidget) -> None:
        """``besides``: what else can be done with the text as a whole."""
        super().__init__()
        self.setProperty("role", "page")
        self._review: Review | None = None
        self.title = line("題名")
        self.source = line("出典")
        self.source.setPlaceholderText("契約書や告示の名称など")
        self.words: dict[tuple[int, str], QLineEdit] = {}
        self._holder = QWidget()
        self._parts = QVBoxLayout(self._holder)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 10, 10, 10)
        layout.setSpacing(10)
        frame, inside = card()
        inside.addWidget(Box("題名", self.title, need=True))
        inside.addWidget(Box("出典", self.source))
        layout.addWidget(frame)
        layout.addWidget(self._holder)
        layout.addLayout(flow(*besides))
        layout.addStretch(1)
        self.title.textEdited.connect(lambda _text: self.titled.emit())
        self.source.textEdited.connect(lambda _text: self.titled.emit())

    def enable(self, on: bool) -> None:
        """Whether anything may be changed; what is besides stays as it is."""
        for one in (self.title, self.source):
            one.setReadOnly(not on)
        self._holder.setEnabled(on)

    def show_review(self, review: Review) -> None:
        """Show the documents of a review, anew only where they are others."""
        former, self._review = self._review, review
        if former is not None and self._as_before(former, review):
            return
        clear(self._parts)
        self.words.clear()
        for at, document in enumerate(review.documents):
            if document.text:
                self._parts.addWidget(self._form(review, document))
            elif any(item.document == at for item in review.items):
                self._parts.addWidget(self._document(review, at, document))

    @staticmethod
    def _as_before(former: Review, review: Review) -> bool:
        """Whether nothing differs of what stands here: documents, their clauses, and the oath."""
        if former.documents != review.documents or _counts(former) != _counts(review):
            return False
        return (oath_places(former), prescribed(former)) == (oath_places(review), prescribed(review))

    def _document(self, review: Review, at: int, document: Document) -> QWidget:
        frame, inside = card()
        title = document.title or DOCUMENTS[document.kind]
        inside.addWidget(prose(f"{title}での呼び方", "h3"))
        found = document.parties.client and document.parties.vendor
        inside.addWidget(prose(f"{_FOUND if found else _UNFOUND}書類の文面に使います。", "hint"))
        fields = QWidget()
        layout = FlowLayout(fields, spacing=16)
        for name, label_, found in (
            ("client", "発注者を指す語", document.parties.client),
            ("vendor", "受注者を指す語", document.parties.vendor),
        ):
            edit = self.words[at, name] = line(f"{title}で{label_}")
            edit.setText(next(iter(found), ""))
            edit.setPlaceholderText(drafting.CLIENT if name == "client" else drafting.VENDOR)
            edit.setMinimumWidth(em(self, 12))
            edit.editingFinished.connect(partial(self._call, at))
            layout.addWidget(Box(label_, edit))
        inside.addWidget(fields)
        held = [item for item in review.items if item.document == at]
        if len({item.document for item in review.items}) > 1:
            gone = sum(not item.taken for item in held)
            inside.addLayout(flow(*self._whole(review, at, title, len(held), gone)))
        return frame

    def _whole(
        self, review: Review, at: int, title: str, count: int, gone: int
    ) -> tuple[QWidget | None, ...]:
        """To leave a document out that is none of the annex, and to take it back in; ``gone``: of its
        ``count`` paragraphs those that are out."""
        aside = choosing.is_aside(review, at)
        done = "すべて戻す" if aside else "すべて外す"
        out = button(
            f"この文書の{count}項を{done}",
            partial(self._turn_aside, at, aside=aside),
            name=f"{title}の条項を{done}",
        )
        out_of = f"（うち{gone}項は外しました）" if gone else ""
        told = label(f"条項 {count}項" + ("（外しました）" if aside else out_of), "sub")
        return told, None, out

    def _form(self, review: Review, document: Document) -> QWidget:
        frame, inside = card()
        inside.addWidget(prose(f"様式「{document.title or '題名なし'}」", "h3"))
        text = "\n".join(wording(document))
        inside.addWidget(prose(text[:_SHOWN] + ("…" if len(text) > _SHOWN else ""), "sub"))
        if not oath_places(review):
            told = "誓約書を求める条項に「誓約書」の種別を選ぶと、この文面を誓約書に使えます。"
            inside.addWidget(prose(told, "hint"))
        elif prescribed(review) == document:
            inside.addWidget(prose("誓約書の文面として使います。", "hint"))
            inside.addLayout(flow(button("誓約書の文面から外す", self._no_oath)))
        else:
            inside.addLayout(flow(button("誓約書の文面として使う", partial(self._oath, document))))
        return frame

    def _call(self, at: int) -> None:
        review = self._review
        if review is None:
            return
        client, vendor = (self.words[at, name].text().strip() for name in ("client", "vendor"))
        called = deciding.call(review, at, client, vendor)
        if called != review:
            self.decided.emit(called)

    def _turn_aside(self, at: int, *, aside: bool) -> None:
        if self._review is not None:
            deed = choosing.document_back if aside else choosing.document_aside
            self.decided.emit(deed(self._review, at))

    def _oath(self, document: Document) -> None:
        if self._review is not None:
            self.decided.emit(with_oath(self._review, document))

    def _no_oath(self) -> None:
        if self._review is not None:
            self.decided.emit(without_oath(self._review))


def _counts(review: Review) -> Counter[tuple[int, bool]]:
    """How many paragraphs of each document there are, and how many of them become clauses."""
    return Counter((item.document, taken) for item in review.items for taken in {False, item.taken})
