"""What is kept with a paper (its stamped copy, its second copies): looked up, saved, printed once more."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from app.common import PeopleError
from app.records import Attachment, Submission
from app.records.attachment import AttachmentKind
from app.ui.context import Context
from app.ui.papers.printing import print_pdf
from app.ui.papers.printing_port import SAVE_PDF
from app.ui.parts.dialogs import sentences
from app.ui.parts.link import Link
from app.ui.parts.widgets import Notice, button, label, row
from app.ui.system.saving_place import ask_where
from app.ui.targets import EditRecord

SAVE, PRINT = "取り出して保存…", "印刷…"
_KEPT = "再発行の書類は下の「添付」に保管しましたが、印刷していません。"


def add_kept_files(layout: QVBoxLayout, context: Context, document: Submission, notice: Notice) -> None:
    """Each file with its entry and what can be done with it; ``notice`` says what went wrong."""
    held = context.facts().of(Attachment, "record_id", document.id)
    kept = [one for one in held if one.record_kind == "submission"]
    if kept:
        layout.addWidget(label("添付", "h3"))
    for one in kept:
        entry = EditRecord("attachment", one.id)
        layout.addWidget(Link(context.look, f"{one.kind}「{one.title}」", partial(context.navigate, entry)))
        save = button(SAVE, partial(_save, context, one), name=f"{one.title}を保存")
        ways = [save]
        if one.kind == AttachmentKind.REISSUED:
            again = partial(_print, context, document, one, notice)
            ways.insert(0, button(PRINT, again, name=f"{one.title}を印刷"))
        layout.addLayout(row(*ways, None))


def print_copy(context: Context, document: Submission, pdf: bytes, notice: Notice) -> None:
    """Print a second copy; where that fails, lead to the copy and never to the paper that bears no mark."""
    from app.printing.pages import page_count

    def failed(error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        why = sentences(error.problems).replace(SAVE_PDF, SAVE)
        notice.say(f"{_KEPT}{why}", "danger")

    print_pdf(context, pdf, f"{document.number}　{document.title}（再発行）", page_count(pdf), failed=failed)


def _print(context: Context, document: Submission, kept: Attachment, notice: Notice) -> None:
    print_copy(context, document, context.ledger.blob(kept.data), notice)


def _save(context: Context, kept: Attachment) -> None:
    from app.exchange.saving import save

    path = ask_where(context, "attachment", "添付を保存", kept.file_name)
    if path is not None:
        context.attempt(lambda: save(path, context.ledger.blob(kept.data)))
