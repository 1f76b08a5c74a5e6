"""What the program remembers between two starts, outside any ledger: one small file of the user's own.

It holds where things lie and how the window looks; never a secret and never a fact of the ledger.
``JUTAKU_HOME`` names another folder for it and for new ledgers (a portable installation, the tests).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from app.filesystem import patiently, private_folder, read_plain, write_anew

Json = str | int | bool

_NAME = "jutaku-daicho"
_FOLDER = "受託台帳"
_FIRST = "受託台帳.jutaku"
_MOST = 1024 * 1024
"""Bytes of the settings file."""


def _home() -> Path | None:
    named = os.environ.get("JUTAKU_HOME")
    return Path(named) if named else None


def settings_folder() -> Path:
    """Where the settings lie: the user's own configuration, on this computer only."""
    import platformdirs

    return _home() or Path(platformdirs.user_config_dir(_NAME, appauthor=False, roaming=False))


def data_folder() -> Path:
    """Where a new ledger is put unless another place is chosen: local data, never roaming."""
    import platformdirs

    return _home() or Path(platformdirs.user_data_dir(_NAME, appauthor=False, roaming=False))


def default_ledger() -> Path:
    """The path offered for a first ledger: where people look for their files, if a ledger may lie there.

    Who copies the documents to a new computer then takes the ledger along; the folder for a program's data
    is hidden.
    """
    return _own_place() or data_folder() / _FIRST


def _own_place() -> Path | None:
    import platformdirs

    from app.ledger.errors import LedgerError
    from app.ledger.file.places import cloud_warning, refuse_network

    documents = Path(platformdirs.user_documents_dir())
    path = documents / _FOLDER / _FIRST
    if _home() is not None or not documents.is_dir() or cloud_warning(path):
        return None
    try:
        refuse_network(documents / _FIRST)
    except LedgerError:
        return None
    return path


def backups_of(ledger: Path) -> Path:
    """Where a ledger's own backups go unless another folder is set."""
    from app.ledger.copies.backup import default_folder

    return default_folder(ledger)


class Preferences:
    """The settings file. A damaged or unreadable one counts as empty: it must never stop the program."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings_folder() / "settings.json"

    def read(self) -> Mapping[str, Json]:
        """Everything that is set."""
        try:
            held = json.loads(read_plain(self.path, _MOST).decode("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(held, dict):
            return {}
        return {name: value for name, value in held.items() if isinstance(value, str | int | bool)}

    def text(self, name: str, default: str = "") -> str:
        """One setting that is text."""
        value = self.read().get(name, default)
        return value if isinstance(value, str) else default

    def flag(self, name: str, default: bool = False) -> bool:
        """One setting that is yes or no."""
        value = self.read().get(name, default)
        return value if isinstance(value, bool) else default

    def number(self, name: str, default: int = 0) -> int:
        """One setting that is a whole number."""
        value = self.read().get(name, default)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def set(self, **changed: Json) -> None:
        """Keep some settings; those that cannot be written are only forgotten at the next start."""
        held = {**self.read(), **changed}
        beside = self.path.with_name(f"{self.path.name}.new")
        with suppress(OSError):
            private_folder(self.path.parent)
            write_anew(beside, json.dumps(held, ensure_ascii=False, indent=1))
            patiently(lambda: beside.replace(self.path))

    def ledger(self) -> Path | None:
        """The ledger that was used last, if one was."""
        named = self.text("ledger")
        return Path(named) if named else None

    def backups(self, ledger: Path) -> Path:
        """The folder for the backups of ``ledger``: the one that is set, else its own."""
        named = self.text("backups")
        return Path(named) if named else backups_of(ledger)
