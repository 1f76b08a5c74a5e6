"""Writing an undo: exactly what was shown, as one change."""

from __future__ import annotations

from app.ledger.errors import LedgerError
from app.ledger.undoing.values import NOTHING, Undoing
from app.ledger.writing import Change


def put_back(change: Change, shown: Undoing) -> None:
    """Put back every record of ``shown`` that goes back. Raises ``LedgerError``; then nothing is written."""
    if change.facts is not shown.facts:
        raise LedgerError(
            "表示したあとに台帳の内容が変わったため、まだ元に戻していません。"
            "いまの内容で確かめ直してから、もう一度元に戻してください。"
        )
    if not shown.back:
        raise LedgerError(shown.stays[0].why if shown.stays else NOTHING)
    change.gather(len(shown.back))
    # What goes away first: whoever takes up its number again finds it free.
    for one in sorted(shown.back, key=lambda held: held.after.retired_at is None):
        change.put_back(one.after, shown.done.number)
