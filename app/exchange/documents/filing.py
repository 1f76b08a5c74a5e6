"""Documents that were issued together, on their way out: one file of them all, or a file each in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.common import PeopleError, Progress
from app.exchange.documents.own_form import suffix_of
from app.exchange.saving import save
from app.filesystem import pdf_name
from app.ledger.door import Ledger
from app.records import Submission

TOGETHER = "一式"
_NUMBERS = 10
"""Documents that one message names."""


def called_together(made: Sequence[Submission]) -> str:
    """How the file, or the print job, of several documents is called."""
    return f"{made[0].number}　{TOGETHER}"


def file_of(one: Submission) -> str:
    """The name of the file that is handed in: our PDF, or the client's own with its ending."""
    path = Path(pdf_name(one.number, one.title))
    return str(path.with_suffix(suffix_of(one) or path.suffix))


def one_pdf(ledger: Ledger, made: Sequence[Submission], progress: Progress | None = None) -> bytes:
    """Every document in one file, each as it was issued and under its own entry of the outline.

    A client's own file is no PDF and left out (``apart_from_one_pdf`` says so). Empty where nothing else is
    there. Raises ``Cancelled``.
    """
    from app.printing.binding.joining import Part, joined

    parts = [Part(f"{one.number}　{one.title}", ledger.document_bytes(one)) for one in made if not one.filled]
    return joined(parts, called_together(made), progress=progress) if parts else b""


def apart_from_one_pdf(made: Sequence[Submission]) -> str:
    """That these stand in the client's form and so in no joined PDF; empty where all are in ours."""
    filled = [one for one in made if one.filled]
    if not filled:
        return ""
    numbers = "、".join(one.number for one in filled[:_NUMBERS])
    more = f"ほか{len(filled) - _NUMBERS}件" if len(filled) > _NUMBERS else ""
    nothing = "1つのPDFは作成していません。" if len(filled) == len(made) else ""
    return (
        f"発注者の様式に記入した{len(filled)}件（{numbers}{more}）は、1つのPDFには含まれません。{nothing}"
        "1件ずつのファイルをWordかExcelで開いて印刷してください。"
    )


def save_each(
    ledger: Ledger, made: Sequence[Submission], folder: Path, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Save what is handed in of each document into ``folder``, whole or not at all.

    Raises ``PeopleError`` saying from which number on nothing was saved, ``Cancelled``.
    """
    paths: list[Path] = []
    for one in made:
        (progress or Progress()).step(len(paths), len(made), one.number)
        path = folder / file_of(one)
        try:
            save(path, ledger.blob(one.filled) if one.filled else ledger.document_bytes(one))
        except PeopleError as error:
            raise PeopleError(not_saved(made[len(paths) :], error)) from error
        paths.append(path)
    return tuple(paths)


def not_saved(made: Sequence[Submission], error: PeopleError) -> str:
    """That these stand in the ledger under their numbers though no file of them was written."""
    numbers = f"{made[0].number}から{made[-1].number}まで" if len(made) > 1 else made[0].number
    return (
        f"書類「{numbers}」は発行して台帳に保管しましたが、保存できませんでした。{error.sentence}"
        "書類の画面から控えを保存してください。"
    )
