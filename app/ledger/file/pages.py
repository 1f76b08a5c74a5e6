"""What the pages of an encrypted file look like from outside, without its key."""

from __future__ import annotations

PLAIN = b"SQLite format 3\x00"
"""How a database that is not encrypted begins."""
_RANDOM_ENOUGH = 200
"""Distinct byte values in one page: 4,096 random bytes hold about 256, text far fewer."""


def looks_encrypted(page: bytes) -> bool:
    """Whether ``page`` could come from an encrypted ledger: no text, no zeros, no other program's file."""
    return len(set(page)) >= _RANDOM_ENOUGH
