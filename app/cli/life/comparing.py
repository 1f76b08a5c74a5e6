"""compare: a PDF, a scan or a typed number or code against the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.access import open_ledger
from app.cli.arguments import Wanted
from app.cli.output import put_error, put_json, put_line
from app.preferences import Preferences
from app.start import Product

if TYPE_CHECKING:
    from app.exchange.proof.looking import Looked

_FILES = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".docx", ".xlsx")


def compare(wanted: Wanted) -> int:
    """Say what was given is to this ledger; 1 where anything of it is not as it should be."""
    from app.exchange.proof.looking import look_at, look_up

    path = Path(wanted.what)
    with open_ledger(wanted, Product()) as ledger:
        if path.is_file() or path.suffix.casefold() in _FILES:
            found = look_at(ledger, path)
        else:
            found = [look_up(ledger, Preferences().backups(ledger.path), wanted.what)]
    if wanted.json:
        put_json([_told(one) for one in found])
    else:
        for one in found:
            put_line(one.sentence)
            for sentence in (*one.where, *([one.head] if one.submission else ())):
                put_line(f"　{sentence}")
    if wrong := [one for one in found if not one.good]:
        put_error(wrong[0].sentence if wrong[0].head_holds is not False else wrong[0].head)
    return 1 if wrong else 0


def _told(one: Looked) -> dict[str, object]:
    paper = one.submission
    head = {"entry": paper.head_sequence, "holds": one.head_holds} if paper else None
    return {
        "verdict": one.verdict.value,
        "number": paper.number if paper else None,
        "sentence": one.sentence,
        "where": list(one.where),
        "head": head,
    }
