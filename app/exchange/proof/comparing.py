"""Does a PDF from outside still say what the ledger keeps, and what its journal holds?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.common import PeopleError
from app.exchange.proof.marks import Printed, printed
from app.filesystem import read_given
from app.ledger.door import Ledger
from app.ledger.errors import DamagedError
from app.records import Attachment, Record, Submission
from app.records.attachment import AttachmentKind

LARGEST_PDF = 100 * 1024 * 1024
"""Bytes."""
_AT_ONCE = 100
"""Documents held at one time."""
_COPY = (Submission.spec.name, AttachmentKind.REISSUED.value)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The document that a PDF is or claims to be, if any, and whether all of it agrees with the ledger.

    ``mark``: what the PDF prints about itself.
    """

    submission: Submission | None
    same: bool
    sentence: str
    mark: Printed | None


def read_pdf(path: Path) -> bytes:
    """The bytes of a PDF file. Raises ``PeopleError`` if it cannot be read."""
    data = read_given(path, LARGEST_PDF, "発行した書類のPDFを指定してください。")
    if b"%PDF-" not in data[:1024]:
        raise PeopleError(f"「{path.name}」はPDFではありません。発行した書類のPDFを指定してください。")
    return data


def documents_of(ledger: Ledger) -> Iterator[Submission]:
    """Every document of the ledger, a few at a time: nobody needs all records in memory for them.

    Raises ``DamagedError`` where one cannot be read, or holds what the program never writes.
    """
    ids = ledger.listing(Submission.spec.name)
    for start in range(0, len(ids), _AT_ONCE):
        yield from _page(ledger, Submission, ids[start : start + _AT_ONCE])


def _page(ledger: Ledger, cls: type[R], ids: Sequence[int]) -> list[R]:
    try:
        return [one for one in ledger.page(cls.spec.name, ids) if isinstance(one, cls)]
    except (ValueError, TypeError, LookupError) as error:
        raise DamagedError from error


def compare(ledger: Ledger, pdf: bytes) -> Comparison:
    """Find the document by its bytes, else by its verification code, and hold all it prints to the ledger.

    Equal bytes alone prove nothing: whoever has the key may have left the archived file as it was and
    written the journal anew around it. What the file prints must be in the journal as well.
    """
    mark, digest = printed(pdf), hashlib.sha256(pdf).hexdigest()
    same = named = None
    for one in documents_of(ledger):
        same = one if one.pdf == digest else same
        named = one if mark and one.code == mark.code else named
    if same is None and (copied := _reissued(ledger, digest)) is not None:
        return _of_copy(ledger, copied, mark)
    if same is not None:
        if wrong := mark_fault(ledger, same, mark):
            return Comparison(same, False, f"書類「{same.number}」の控えと同じファイルですが、{wrong}", mark)
        void = "ただし、この書類は無効にされています。" if same.voided_on else ""
        return Comparison(same, True, f"書類「{same.number}」の控えと一致しました。{void}", mark)
    if named is not None:
        more = mark_fault(ledger, named, mark)
        return Comparison(
            named,
            False,
            f"書類「{named.number}」の照合コードがありますが、内容が控えと異なります。"
            f"{f'また、{more}' if more else ''}改変されたおそれがあるため、控えと見比べてください。",
            mark,
        )
    return Comparison(None, False, _foreign(ledger, mark), mark)


def _reissued(ledger: Ledger, digest: str) -> Submission | None:
    """The document of which the file is a copy that was printed once more, marked 再発行."""
    name = Attachment.spec.name
    ids = ledger.listing(name)
    for start in range(0, len(ids), _AT_ONCE):
        for one in _page(ledger, Attachment, ids[start : start + _AT_ONCE]):
            if one.data == digest and (one.record_kind, one.kind) == _COPY:
                return ledger.get(Submission, one.record_id)
    return None


def _of_copy(ledger: Ledger, document: Submission, mark: Printed | None) -> Comparison:
    said = f"書類「{document.number}」を再発行したファイルと"
    if wrong := mark_fault(ledger, document, mark):
        return Comparison(document, False, f"{said}同じですが、{wrong}", mark)
    void = "ただし、この書類は無効にされています。" if document.voided_on else ""
    return Comparison(document, True, f"{said}一致しました。{void}", mark)


def mark_fault(ledger: Ledger, document: Submission, mark: Printed | None) -> str:
    """What of the print does not agree with the document's entry and the journal; empty if all does."""
    if mark is None or mark.head is None:
        return "印字された照合コードと先頭値を読み取れません。"
    if mark.code != document.code:
        return "印字された照合コードが台帳の登録と違います。台帳が書き換えられています。"
    if not ledger.hold(mark.head).holds:
        return (
            f"印字された先頭値（記録{mark.head.entry}番）が記録簿にありません。"
            "記録簿が作り直されたか、古いものに置き換えられています。"
        )
    return ""


def _foreign(ledger: Ledger, mark: Printed | None) -> str:
    if mark is None:
        return (
            "この台帳から発行した書類かどうかを確かめられません。照合コードを読み取れないため、途中で切れたか"
            "壊れたファイル、下書き、画像として読み込んだもの、別の台帳のもの、手を加えたファイルのいずれかです。"
            "元のPDFを選び直すか、書類に印字された先頭値を入力して照合してください。"
        )
    if mark.head is None:
        return (
            "印字された照合コードがこの台帳になく、先頭値は読み取れません。別の台帳の書類か、"
            "手を加えたファイルでなければ、台帳が古いものに置き換えられたか、書き換えられています。"
        )
    if ledger.hold(mark.head).holds:
        return (
            "印字された先頭値はこの台帳のものですが、この書類が台帳にありません。"
            "台帳から取り除かれたか、手を加えたファイルです。"
        )
    return (
        "この台帳から発行した書類ではありません。印字された照合コードも先頭値も、この台帳にありません。"
        "別の台帳の書類でなければ、台帳が古いものに置き換えられたか、書き換えられています。"
    )
