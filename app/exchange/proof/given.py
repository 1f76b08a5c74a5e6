"""A paper from outside, whatever it is: a PDF of ours, or a client's own file that was filled and sent."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from app.common import PeopleError
from app.exchange.proof.comparing import (
    LARGEST_PDF,
    Comparison,
    compare,
    documents_of,
    mark_fault,
    read_pdf,
)
from app.exchange.proof.marks import Printed, printed
from app.file_kinds import FileKind, kind_of
from app.filesystem import read_given
from app.ledger.door import Ledger
from app.ledger.proof.heads import Kept
from app.records import Submission

OFFICE = (FileKind.WORD, FileKind.BOOK)
"""The kinds of a client's own file."""
_CODE = re.compile(r"(?<![0-9a-f])[0-9a-f]{20}(?![0-9a-f])")
_HEAD = re.compile(r"(?<!\d)(\d{1,18}):([0-9a-f]{64})(?![0-9a-f])")
_UNKNOWN = (
    "この台帳から発行したファイルかどうかを確かめられません。発行したときに保管したファイルのどれとも同じではなく、"
    "照合コードの記載もありません。WordやExcelで保存し直すと、内容が同じでも別のファイルになります。"
)


def read_paper(path: Path) -> bytes:
    """The bytes of a PDF, a .docx or an .xlsx. Raises ``PeopleError`` for anything else."""
    if path.suffix.lower() not in (".docx", ".xlsx"):
        return read_pdf(path)
    data = read_given(path, LARGEST_PDF, "発行したファイルを指定してください。")
    if kind_of(data, path.name) not in OFFICE:
        raise PeopleError(f"「{path.name}」はWord文書（.docx）でもExcelブック（.xlsx）でもありません。")
    return data


def compare_paper(ledger: Ledger, data: bytes, name: str = "") -> Comparison:
    """Find the document that a given file is or claims to be, and hold all it says to the ledger."""
    if kind_of(data, name) not in OFFICE:
        return compare(ledger, data)
    mark, digest = _mark(data), hashlib.sha256(data).hexdigest()
    same = named = None
    for one in documents_of(ledger):
        same = one if one.filled == digest else same
        named = one if mark and one.code == mark.code else named
    if same is not None:
        return _same(ledger, same)
    if named is not None:
        return Comparison(
            named,
            False,
            f"書類「{named.number}」の照合コードがありますが、発行したときのファイルと異なります。"
            "WordやExcelで保存し直しただけのときも異なります。台帳に保管したファイルと見比べてください。",
            mark,
        )
    return Comparison(None, False, _UNKNOWN, mark)


def _same(ledger: Ledger, document: Submission) -> Comparison:
    """Equal bytes alone prove nothing: what its record prints must be in the journal as well."""
    mark = printed(ledger.document_bytes(document))
    said = f"書類「{document.number}」として保管したファイルと"
    if wrong := mark_fault(ledger, document, mark):
        return Comparison(document, False, f"{said}同じですが、その記録に{wrong}", mark)
    void = "ただし、この書類は無効にされています。" if document.voided_on else ""
    return Comparison(document, True, f"{said}一致しました。{void}", mark)


def _mark(data: bytes) -> Printed | None:
    """What the file says of itself, where its form has places for it."""
    from app.exchange.filling.filler import inspect

    try:
        form = inspect(data, "")
    except PeopleError:
        return None
    text = "\n".join(unicodedata.normalize("NFKC", one) for _where, one in form.texts)
    code, head = _CODE.search(text), _HEAD.search(text)
    if code is None:
        return None
    return Printed(code[0], Kept(int(head[1]), head[2]) if head else None)
