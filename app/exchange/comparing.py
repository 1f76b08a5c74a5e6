"""Does a PDF from outside still equal the copy that the ledger keeps?"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from app.common import PeopleError
from app.records import Facts, Submission

LARGEST_PDF = 100 * 1024 * 1024
"""Bytes."""

_CODE = re.compile(r"照合コード((?:[0-9a-f]){20})")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The document that a PDF is or claims to be, if any, and whether it is that document byte for byte."""

    submission: Submission | None
    same: bool
    sentence: str


def read_pdf(path: Path) -> bytes:
    """The bytes of a PDF file. Raises ``PeopleError`` if it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_PDF + 1)
    except OSError:
        raise PeopleError(f"「{path.name}」を読めません。場所とアクセス権を確かめてください。") from None
    if len(data) > LARGEST_PDF or b"%PDF-" not in data[:1024]:
        raise PeopleError(f"「{path.name}」はPDFではありません。発行した書類のPDFを指定してください。")
    return data


def compare(facts: Facts, pdf: bytes) -> Comparison:
    """Find the document by its bytes, else by the verification code printed in it."""
    held = facts.all(Submission)
    digest = hashlib.sha256(pdf).hexdigest()
    for one in held:
        if one.pdf == digest:
            void = "ただし、この書類は無効にされています。" if one.voided_on else ""
            return Comparison(one, True, f"書類「{one.number}」の控えと一致しました。{void}")
    code = printed_code(pdf)
    for one in held:
        if code and one.code == code:
            return Comparison(
                one,
                False,
                f"書類「{one.number}」の照合コードがありますが、内容が控えと異なります。"
                "改変されたおそれがあるため、控えと見比べてください。",
            )
    return Comparison(
        None, False, "この台帳から発行した書類ではありません。別の台帳か、手を加えたファイルです。"
    )


def printed_code(pdf: bytes) -> str:
    """The verification code on the first page, empty where none can be read."""
    from app.printing.pages import OpenPdf

    try:
        with OpenPdf(pdf) as opened:
            text = opened.text(0) if opened.page_count else ""
    except Exception:  # a foreign file: whatever the reader says of it, it shows no code
        return ""
    found = _CODE.search("".join(unicodedata.normalize("NFKC", text).split()))
    return found[1] if found else ""
