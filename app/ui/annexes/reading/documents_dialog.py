"""Choosing which of the documents in one text become the annex."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from app.annexes.reading.review.choosing import Spoken, meant, spoken
from app.annexes.reading.review.model import Review
from app.ui.annexes.reading.words import DOCUMENTS
from app.ui.context import Context
from app.ui.parts.space.scrolled import scrolled
from app.ui.parts.told_box import told_box
from app.ui.parts.widgets import button, em, label, prose, row

_ABOUT = (
    "条項のある文書が{}つあります。この契約に付く特記事項に印を付けてください。"
    "2つ以上に印を付けると、1つの特記事項にまとめます。印のない文書の条項は外します（後で戻せます）。"
)


class DocumentsDialog(QDialog):
    """A check box for each document; nothing can be gone on with before one is ticked."""

    def __init__(self, documents: Sequence[Spoken], ticked: Collection[int]) -> None:
        super().__init__()
        self.setWindowTitle("読み取る文書を選ぶ")
        self.boxes: dict[int, QCheckBox] = {}
        holder = QWidget()
        holder.setProperty("role", "page")
        column = QVBoxLayout(holder)
        column.setContentsMargins(4, 4, 12, 4)
        column.setSpacing(10)
        for one in documents:
            column.addWidget(self._line(one, on=one.at in ticked))
        column.addStretch(1)
        area = scrolled(holder, "文書")
        self.ok = button("決定", self.accept, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label("読み取る文書を選ぶ", "h2"))
        layout.addWidget(prose(_ABOUT.format(len(documents)), "sub"))
        layout.addWidget(area, 1)
        layout.addLayout(row(None, button("戻る", self.reject), self.ok))
        self.resize(em(self, 46), em(self, 12 + 5 * min(len(documents), 5)))
        # While it can do nothing Enter does nothing: it never turns away what was pasted.
        self.ok.setDefault(True)
        next(iter(self.boxes.values())).setFocus()
        self._allow()

    @property
    def chosen(self) -> frozenset[int]:
        """The places of the documents ticked."""
        return frozenset(at for at, box in self.boxes.items() if box.isChecked())

    def _line(self, one: Spoken, *, on: bool) -> QWidget:
        box, line = told_box(one.title or DOCUMENTS[one.kind], _told(one), on=on)
        box.toggled.connect(lambda _on: self._allow())
        self.boxes[one.at] = box
        return line

    def _allow(self) -> None:
        self.ok.setEnabled(bool(self.chosen))


def choose_documents(context: Context, review: Review) -> frozenset[int] | None:
    """The documents that somebody wants of a text; all where there is one. None: turned away."""
    documents = spoken(review)
    if len(documents) < 2:
        return frozenset(one.at for one in documents)
    dialog = DocumentsDialog(documents, meant(review))
    return dialog.chosen if context.dialogs.show(dialog) and dialog.chosen else None


def _told(one: Spoken) -> str:
    """What was found in the paragraphs of a document; the numbers are those of all of them."""
    counts = {
        "義務を見つけた条項": one.found,
        "見つからなかった条項": one.unfound,
        "義務のない条項": one.quiet,
    }
    told = "、".join(f"{name}{count}" for name, count in counts.items() if count)
    return f"{DOCUMENTS[one.kind]}、条項{one.count}（{told}）"
