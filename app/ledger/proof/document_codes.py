"""The verification code of a document: what ties a sheet of paper to one entry of the journal."""

from __future__ import annotations

from app.ledger.proof import journal

CODE_LENGTH = 20
"""Hex digits of the verification code that a document prints."""


TAG_LENGTH = 4
"""Hex digits by which a page tells the ledger that it was printed from."""


def ledger_tag(ledger: str) -> str:
    """What tells this ledger from others on paper: it says nothing of the id that it is made of."""
    return journal.digest("ledger tag", ledger)[:TAG_LENGTH]


def verification_code(ledger: str, number: str, statement: str, head: str) -> str:
    """The code of a document from its canonical statement and the journal head before its entry."""
    return journal.digest(ledger, number, statement, head)[:CODE_LENGTH]
