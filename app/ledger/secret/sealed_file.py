"""A file of one's own beside what a ledger keeps: sealed with a key made from the ledger's.

For what can be made anew at any time and must not lie open on a disk. It is no part of the ledger: it is in
no backup, and nothing that is proven looks at it.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from app.filesystem import private_folder, read_plain, remove_file
from app.ledger.errors import WriteFailedError
from app.ledger.file.small_files import remains, write_whole

_NONCE = 12
_MOST = 256 * 1024 * 1024
"""Bytes that are read at most."""


def seal(path: Path, key: bytes, purpose: str, data: bytes) -> bool:
    """Put ``data`` at ``path``, sealed for ``purpose`` with the master ``key``; False where that failed."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCM(_key(key, purpose)).encrypt(nonce, data, None)
    try:
        private_folder(path.parent)
        for left in remains(path):
            remove_file(left)
        write_whole(path, nonce + sealed)
    except (OSError, WriteFailedError):
        return False
    return True


def unseal(path: Path, key: bytes, purpose: str) -> bytes | None:
    """What ``seal`` put there; None where nothing is that this key sealed for ``purpose``."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        held = read_plain(path, _MOST)
        return AESGCM(_key(key, purpose)).decrypt(held[:_NONCE], held[_NONCE:], None)
    except (OSError, ValueError, InvalidTag):
        return None


def _key(key: bytes, purpose: str) -> bytes:
    return hmac.digest(key, f"jutaku-daicho {purpose}".encode(), "sha256")
