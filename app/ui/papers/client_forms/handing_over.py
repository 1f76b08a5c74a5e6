"""A client's filled file on its way out: saved as archived, printed where a program for it is there."""

from __future__ import annotations

from app.common import PeopleError, Progress
from app.exchange.documents.own_form import suffix_of
from app.exchange.saving import save
from app.filesystem import usable
from app.printing.pages import OpenPdf
from app.records import Submission
from app.ui.context import Context
from app.ui.papers.client_forms.office import Office
from app.ui.papers.printing import print_pdf
from app.ui.papers.printing_port import SAVE_PDF
from app.ui.parts.dialogs import sentences
from app.ui.parts.widgets import Notice
from app.ui.system.saving_place import ask_where

PRINT_FILLED, SAVE_FILLED = "提出するファイルを印刷", "提出するファイルを保存"
_NO_PROGRAM = (
    "このPCにLibreOfficeがないため、ここからは印刷できません。"
    f"「{SAVE_FILLED}」で保存し、WordかExcelで開いて印刷してください。"
)


def save_filled(context: Context, document: Submission) -> bool:
    """Ask where, and save the file as it was issued. True if it was saved."""
    suffix = suffix_of(document)
    name = f"{usable(f'{document.number}_{document.title}') or '書類'}{suffix}"
    path = ask_where(context, "filled", SAVE_FILLED, name, f"ファイル (*{suffix})")
    if path is None:
        return False
    named = path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")
    return context.attempt(lambda: save(named, context.ledger.blob(document.filled)))


def print_filled(context: Context, document: Submission, notice: Notice) -> None:
    """Print the file by LibreOffice; where that is not there, say how it is printed."""
    office = Office.found(context.preferences.path.parent)
    if office is None:
        notice.say(_NO_PROGRAM, "warn")
        return
    ledger, suffix = context.ledger, suffix_of(document)

    def work(progress: Progress) -> tuple[bytes, int]:
        pdf = office.pdf_of(ledger.blob(document.filled), suffix, progress)
        with OpenPdf(pdf) as opened:
            return pdf, opened.page_count

    def done(made: tuple[bytes, int]) -> None:
        print_pdf(context, made[0], f"{document.number}　{document.title}", made[1], failed=failed)

    def failed(error: Exception) -> None:
        if not isinstance(error, PeopleError):
            raise error
        # What is saved here is no PDF.
        notice.say(sentences(error.problems).replace(SAVE_PDF, SAVE_FILLED), "danger")

    context.operations.run(work, done, failed=failed, title="印刷用のPDFを作成しています")
