"""Choosing which of the documents in one text become the annex."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.annexes.reading.review.choosing import Spoken, meant, spoken
from app.annexes.reading.review.model import Review
from app.ui.annexes.reading.words import DOCUMENTS
from app.ui.annexes.ticking_dialog import Ticked, TickingDialog
from app.ui.context import Context

_ABOUT = (
    "条項のある文書が{}つあります。この契約に付く特記事項に印を付けてください。"
    "2つ以上に印を付けると、1つの特記事項にまとめます。印のない文書の条項は外します（後で戻せます）。"
)


class DocumentsDialog(TickingDialog[int]):
    """A check box for each document; nothing can be gone on with before one is ticked."""

    def __init__(self, documents: Sequence[Spoken], ticked: Collection[int]) -> None:
        lines = (
            Ticked(one.at, one.title or DOCUMENTS[one.kind], _told(one), one.at in ticked)
            for one in documents
        )
        super().__init__(
            "読み取る文書を選ぶ",
            _ABOUT.format(len(documents)),
            lines,
            called="文書",
            high=12 + 5 * min(len(documents), 5),
        )
        for box in self.boxes.values():
            box.toggled.connect(lambda _on: self._allow())
        # While it can do nothing Enter does nothing: it never turns away what was pasted.
        self.ok.setDefault(True)
        next(iter(self.boxes.values())).setFocus()
        self._allow()

    @property
    def chosen(self) -> frozenset[int]:
        """The places of the documents ticked."""
        return frozenset(self.ticked)

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
