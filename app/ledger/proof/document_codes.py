"""The verification code of a document: what ties a sheet of paper to one entry of the journal."""

from __future__ import annotations

from app.ledger.proof import journal

CODE_LENGTH = 20
"""Hex digits of the verification code that a document prints."""


def verification_code(ledger: str, number: str, statement: str, head: str) -> str:
    """The code of a document from its canonical statement and the journal head before its entry."""
    return journal.digest(ledger, number, statement, head)[:CODE_LENGTH]
