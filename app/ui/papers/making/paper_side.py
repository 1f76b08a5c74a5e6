"""The paper beside the choices: its draft, what it lacks, or nothing, and whether that still holds."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.context import Context
from app.ui.papers.client_forms.filled_view import FilledView
from app.ui.papers.making.draft import Draft
from app.ui.papers.making.veil import Veil
from app.ui.papers.missing import MissingList
from app.ui.papers.preview import Preview
from app.ui.parts.widgets import Empty

MAKING_ANEW = "作り直しています"


class PaperSide(QStackedWidget):
    """What came of the choices. What was made of former ones never looks as though it were of these."""

    def __init__(self, context: Context, place: QWidget) -> None:
        """``place``: what it stands in."""
        super().__init__(place)
        self._context = context
        self._filled: FilledView | None = None
        self._missing: MissingList | None = None
        self._nothing: Empty | None = None
        self.preview = Preview(context)
        self.addWidget(self.preview)
        self.veil = Veil(context.look, self)
        self._shows = False

    @property
    def filled(self) -> FilledView:
        """The text of a filled file. Made when it is asked for: most papers go into our own form."""
        if self._filled is None:
            self._filled = FilledView(self._context)
            self._put_in(self._filled)
        return self._filled

    @property
    def missing(self) -> MissingList:
        """What a paper lacks. Made when it is asked for: most lack nothing."""
        if self._missing is None:
            self._missing = MissingList(self._context)
            self._put_in(self._missing)
        return self._missing

    @property
    def nothing(self) -> Empty:
        """What is there to be done while there is no paper. Made when it is asked for."""
        if self._nothing is None:
            self._nothing = Empty("様式と契約を選んでください", "選ぶと、ここに下書きが表示されます。")
            self._put_in(self._nothing)
        return self._nothing

    def _put_in(self, one: QWidget) -> None:
        self.addWidget(one)
        self.veil.raise_()

    def out_of_date(self) -> None:
        """What is shown was made of other choices, or of another ledger."""
        if self._shows:
            self.veil.lay(MAKING_ANEW)

    def show_nothing(self) -> None:
        """There is no paper to show."""
        self._shows = False
        self.preview.show_pdf(None)
        self._bring(self.nothing)

    def show_missing(self, made: Draft, contract: int) -> None:
        """Show what the paper lacks; a former one is no longer there to be gone back to."""
        self._shows = True
        self.preview.show_pdf(None)
        self.missing.show_facts(made.missing, contract)
        self._bring(self.missing)

    def show_draft(self, made: Draft) -> None:
        """Show the paper, or where it goes into a file of the client that cannot be printed, its text."""
        self._shows = True
        # Before it is drawn: it is drawn for the width that it has then.
        self._bring(self.preview if made.pdf else self.filled)
        self.preview.show_pdf(made.pdf)
        if made.filled is not None:
            self.filled.show_filled(made.filled)

    def _bring(self, one: Preview | Empty | MissingList | FilledView) -> None:
        self.veil.lift()
        self.setCurrentWidget(one)
