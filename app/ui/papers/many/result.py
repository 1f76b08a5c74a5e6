"""What was issued together: the numbers, and the ways out: one print job, one file, or a file each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.common import PeopleError, Progress
from app.exchange.documents.filing import (
    TOGETHER,
    apart_from_one_pdf,
    called_together,
    not_saved,
    one_pdf,
    save_each,
)
from app.exchange.documents.looking_again import looked_at, notes_of
from app.filesystem import pdf_name
from app.records import Contract, Submission
from app.ui.context import Context
from app.ui.papers.issuing.stopping import TOO_LATE, what_stands
from app.ui.papers.printing import print_pdf
from app.ui.papers.printing_port import SAVE_PDF
from app.ui.parts.dialogs import sentences
from app.ui.parts.space.flow import flow
from app.ui.parts.tables.lines_table import Column, LinesTable, line
from app.ui.parts.widgets import Notice, button, label
from app.ui.targets import ShowDocument
from app.work.states import named

_COLUMNS = (Column("文書番号", 6), Column("書類名", 12, stretch=True), Column("契約", 14, stretch=True))

_ONE = "1つのPDFに保存"
_NOTES = 6
"""Notes on the client's files that are shown; the rest stands in their records."""


def _called(one: Submission) -> str:
    return f"{one.title}（発注者の様式）" if one.filled else one.title


class Result(QWidget):
    """The papers that stand in the ledger now, in the order of their numbers."""

    def __init__(self, context: Context, again: Callable[[], object]) -> None:
        super().__init__()
        self._context = context
        self.made: tuple[Submission, ...] = ()
        self.taken_out = False
        """Whether they were printed or saved since they were issued."""
        self._apart = ""
        self.setProperty("role", "page")
        self._head = label("", "h2")
        self.notice = Notice()
        self.table = LinesTable(context.look, "まとめて発行した書類", _COLUMNS)
        self.table.picked.connect(lambda key: context.navigate(ShowDocument(key)))
        self.paper = button("まとめて印刷", self.print_all, kind="primary", key="P")
        context.look.dress(self.paper, "print", "on-primary")
        self.one = button(_ONE, self.save_one, key="S")
        context.look.dress(self.one, "pdf")
        self.each = button("フォルダに1件ずつ保存", self.save_each, key="D")
        self.more = button("続けて発行", again, key="N")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addWidget(self.notice)
        layout.addLayout(flow(self.paper, self.one, self.each, None, self.more))
        layout.addWidget(self.table, 1)

    def show_made(self, made: tuple[Submission, ...]) -> None:
        """Show what was issued just now."""
        self.made, self.taken_out = made, False
        facts = self._context.facts()
        self._head.setText(f"{len(made)}件の書類を発行し、台帳に保管しました")
        self.table.show_lines(
            [
                line(one.id, one.number, _called(one), named(facts, facts.get(Contract, one.contract)))
                for one in made
            ]
        )
        ours = not all(one.filled for one in made)
        self.paper.setEnabled(ours)
        self.one.setEnabled(ours)
        self._apart = apart_from_one_pdf(made)
        self.notice.say(self._apart, "warn")
        self._look_again()

    def take_keyboard(self) -> None:
        """The keyboard goes to what is done with the papers next."""
        (self.paper if self.paper.isEnabled() else self.each).setFocus()

    def say_too_late(self) -> None:
        """The person asked to stop when everything was filed already."""
        self._apart = "\n".join(filter(None, (f"{TOO_LATE}{what_stands(self.made)}", self._apart)))
        self.notice.say(self._apart, "warn")

    def _look_again(self) -> None:
        """Say what was left empty in the client's files, or may not show: nobody has seen them yet."""
        context, made = self._context, self.made
        if not apart_from_one_pdf(made):
            return

        def work(progress: Progress) -> str:
            looked = looked_at(context.ledger, context.forms, made, progress)
            told = [
                f"{one.number}：{note}"
                for one in made
                if one.id in looked
                for note in notes_of(looked[one.id])
            ]
            more = f"ほか{len(told) - _NOTES}件は、各書類の記録のPDFで確かめてください。"
            return "\n".join((*told[:_NOTES], *([more] if len(told) > _NOTES else [])))

        def done(told: str) -> None:
            self._apart = "\n".join(filter(None, (self._apart, told)))
            self.notice.say(self._apart, "warn")

        context.operations.run(work, done, failed=self._failed, owner=self)

    def print_all(self) -> None:
        """All of them in one print job."""
        from app.printing.pages import page_count

        context, made = self._context, self.made

        def work(progress: Progress) -> tuple[bytes, int]:
            pdf = one_pdf(context.ledger, made, progress)
            return pdf, page_count(pdf)

        def done(found: tuple[bytes, int]) -> None:
            print_pdf(context, found[0], called_together(made), found[1], self._take_out, failed=self._failed)

        context.operations.run(work, done, failed=self._failed, title="書類をまとめています", owner=self)

    def save_one(self) -> None:
        """All of them in one file."""
        context, made = self._context, self.made
        path = context.dialogs.save_file(SAVE_PDF, pdf_name(made[0].number, TOGETHER), "PDF (*.pdf)")
        if path is None:
            return
        named_ = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")

        def work(progress: Progress) -> str:
            from app.exchange.saving import save

            pdf = one_pdf(context.ledger, made, progress)
            try:
                save(named_, pdf)
            except PeopleError as error:
                raise PeopleError(not_saved(made, error)) from error
            return f"「{named_.name}」を保存しました。"

        self._run(work, "書類をまとめて保存しています")

    def save_each(self) -> None:
        """A file each in a folder."""
        context, made = self._context, self.made
        folder = context.dialogs.choose_folder("1件ずつ保存するフォルダ")
        if folder is None:
            return

        def work(progress: Progress) -> str:
            saved = save_each(context.ledger, made, Path(folder), progress)
            return f"フォルダ「{folder}」に{len(saved)}件を保存しました。"

        self._run(work, "書類を保存しています")

    def _run(self, work: Callable[[Progress], str], title: str) -> None:
        self._context.operations.run(work, self._say_saved, failed=self._failed, title=title, owner=self)

    def _say_saved(self, text: str) -> None:
        """What was saved, beside what is in no joined file."""
        self._take_out()
        self.notice.say("\n".join(filter(None, (text, self._apart))), "warn" if self._apart else "ok")

    def _take_out(self) -> None:
        self.taken_out = True

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        # Here the button beside the one that prints is called otherwise.
        self.notice.say(sentences(error.problems).replace(f"「{SAVE_PDF}」", f"「{_ONE}」"), "danger")
