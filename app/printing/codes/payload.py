"""What the code on a page says: of which ledger, which document, which page of the file.

Capitals and digits alone, so that it stays small: ``J1-7F3A-1A2B3C4D5E6F7A8B-12``. It names nobody, and
says nothing that the page does not print in plain letters beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 29
"""Characters that the symbol of one size holds with a quarter of it covered."""
CODE_DIGITS = 16
"""Of the 20 hex digits of the verification code: 64 bits, met by no other document by chance."""
LEDGER_DIGITS = 4
_LAST_PAGE = 9999
_SAID = re.compile(r"J1-([0-9A-F]{4})-([0-9A-F]{16})-(\d{1,4})")
_LATER = re.compile(r"J(?!1-)\d+-[0-9A-F]{4}-")


@dataclass(frozen=True, slots=True)
class PaperCode:
    """``ledger``, ``code``: hex digits in small letters. ``page``: of the file, from 1; 0: not said."""

    ledger: str
    code: str
    page: int


def payload(ledger: str, code: str, page: int) -> str:
    """What the code on page ``page`` of a document says."""
    told = page if page <= _LAST_PAGE else 0
    return f"J1-{ledger[:LEDGER_DIGITS]}-{code[:CODE_DIGITS]}-{told}".upper()


def paper_code(said: str) -> PaperCode | None:
    """What a code that was read says; None for one that is none of ours."""
    found = _SAID.fullmatch(said)
    return PaperCode(found[1].lower(), found[2].lower(), int(found[3])) if found else None


def is_newer(said: str) -> bool:
    """Whether it is a code of ours that this version cannot read."""
    return paper_code(said) is None and _LATER.match(said) is not None
