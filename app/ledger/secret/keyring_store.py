"""The operating system's keyring: a convenience copy of the master key, for opening without typing.

Nothing rests on it. It may be absent, locked, emptied by an administrator, or swallow what it is
given; Windows raises errors of its own that no common base covers. So every failure here is a plain
no, and what was written is read back.
"""

from __future__ import annotations

import importlib
import os
from contextlib import suppress
from typing import Any

from app.ledger.secret.keys import KEY_BYTES

_USER = "master-key"


def _service(ledger: str) -> str:
    return f"jutaku-daicho/{ledger}"


def _backend() -> Any:
    import keyring

    if os.name == "nt":
        # Named outright: a frozen program has no entry points for keyring to find its backends by.
        backend: Any = importlib.import_module("keyring.backends.Windows").WinVaultKeyring()
        # The default would let the key roam to every computer of the domain.
        backend.persist = "local machine"
        return backend
    return keyring.get_keyring()


def remember(ledger: str, key: bytes) -> bool:
    """Keep ``key`` for the ledger of that id; False if the keyring did not really take it."""
    try:
        _backend().set_password(_service(ledger), _USER, key.hex())
    except Exception:  # see the module: no common base class
        return False
    return recall(ledger) == key


def recall(ledger: str) -> bytes | None:
    """The remembered key, or None."""
    try:
        held = _backend().get_password(_service(ledger), _USER)
        key = bytes.fromhex(held) if held else b""
    except Exception:  # see the module
        return None
    return key if len(key) == KEY_BYTES else None


def forget(ledger: str) -> bool:
    """Remove the remembered key; True if none is left."""
    with suppress(Exception):  # see the module; what counts is what is left
        _backend().delete_password(_service(ledger), _USER)
    return recall(ledger) is None
