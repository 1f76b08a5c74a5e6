"""A table is read in a process of its own, with that by which it is known again."""

from __future__ import annotations

from pathlib import Path

from app.common import Progress
from app.exchange.mending.runs import digest_of
from app.exchange.sheets import apart
from app.exchange.sheets.book import Book
from app.exchange.sheets.limits import LARGEST_FILE
from app.filesystem import read_given


def read_file(path: Path, progress: Progress) -> tuple[Book, str]:
    """What is in a file, and its digest. Raises ``PeopleError``, ``Cancelled``."""
    data = read_given(path, LARGEST_FILE, apart.TOO_LARGE)
    return apart.read(data, path.name, progress), digest_of(data)


def read_pasted(text: str, progress: Progress) -> tuple[Book, str]:
    """What was copied from a spreadsheet, and its digest. Raises as ``read_file``."""
    return apart.read_pasted(text, progress), digest_of(text.encode("utf-8", "replace"))
