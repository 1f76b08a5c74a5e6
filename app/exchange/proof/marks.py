"""What a document prints about itself at the foot of each page, read out of the finished file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.ledger.proof.heads import Kept

_MARK = re.compile(r"照合コード([0-9a-f]{20})(?:台帳(\d{1,18}):([0-9a-f]{64}))?")


@dataclass(frozen=True, slots=True)
class Printed:
    """The verification code, and the head of the journal where it can be read."""

    code: str
    head: Kept | None


def printed(pdf: bytes) -> Printed | None:
    """What the first page prints; None where no code can be read, be it a foreign file or a scan."""
    from app.printing.inflating import PAPER, check_inflated
    from app.printing.pages import OpenPdf

    try:
        check_inflated(pdf, PAPER)
        with OpenPdf(pdf) as opened:
            text = opened.text(0) if opened.page_count else ""
    except Exception:  # a foreign file: whatever the reader says of it, it shows nothing
        return None
    found = _MARK.search("".join(unicodedata.normalize("NFKC", text).split()))
    if found is None:
        return None
    return Printed(found[1], Kept(int(found[2]), found[3]) if found[3] else None)
