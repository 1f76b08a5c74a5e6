"""A table is read in a process of its own, with that by which it is known again."""

from __future__ import annotations

from pathlib import Path

from app.common import Progress
from app.exchange.mending.runs import digest_of
from app.exchange.sheets import apart
from app.exchange.sheets.book import Book
from app.exchange.sheets.limits import LARGEST_FILE
from app.filesystem import read_given


def read(given: Path | str, progress: Progress) -> tuple[Book, str]:
    """What is in a file, or in text copied from a spreadsheet; and its digest.

    Raises ``PeopleError``, ``Cancelled``.
    """
    if isinstance(given, str):
        return apart.read_pasted(given, progress), digest_of(given.encode("utf-8", "replace"))
    data = read_given(given, LARGEST_FILE, apart.TOO_LARGE)
    return apart.read(data, given.name, progress), digest_of(data)
