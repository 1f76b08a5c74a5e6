"""Pictures in a statement: named by the hash of their bytes, which the ledger keeps.

A statement is text and a form knows no ledger, so ``draw`` puts the hash where the picture belongs and
whoever prints puts the bytes in its place (``app.exchange.documents.composing``).
"""

from __future__ import annotations


def by_hash(sha256: str) -> bytes | None:
    """What stands for the picture with this hash in a block; None for no picture."""
    return sha256.encode("ascii") or None
