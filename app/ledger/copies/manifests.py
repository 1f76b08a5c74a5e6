"""What a backup says of itself in the small file beside it, which anyone may have written or damaged."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from app.filesystem import opened

MANIFEST = ".json"
_MOST_TEXT = 65536
_MOST_NUMBER = 2**63 - 1
_YEARS = range(1970, 9000)
"""Far from both ends of the calendar: a day more or an offset must not leave it."""

_LEDGER = re.compile(r"[0-9a-f-]{36}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is, readable without its key. ``made_at`` has its offset; ``size`` in bytes."""

    ledger: str
    format: int
    made_at: str
    sequence: int
    head: str
    sha256: str
    size: int

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    def to_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Backup:
    """One finished backup."""

    path: Path
    manifest: Manifest


def note_of(path: Path) -> Path:
    """Where the manifest of the backup ``path`` lies."""
    return path.with_name(path.name + MANIFEST)


def read(note: Path) -> Manifest | None:
    """The manifest, None for whatever is none: it never raises, and it never waits for a pipe."""
    try:
        if not note.is_file():
            return None
        with opened(note) as file:
            data = file.read(_MOST_TEXT + 1)
        held = json.loads(data.decode("utf-8")) if len(data) <= _MOST_TEXT else None
    except (OSError, ValueError, RecursionError):
        return None
    return _checked(held) if isinstance(held, dict) else None


def backups(folder: Path) -> list[Backup]:
    """What ``folder`` holds with a readable manifest, the newest first; whether it is sound: ``soundness``.

    Raises ``OSError`` for a folder that is there and cannot be read; one that is missing holds none.
    """
    found = []
    try:
        notes = [note for note in folder.iterdir() if note.name.endswith(MANIFEST)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    for note in notes:
        path = note.with_name(note.name.removesuffix(MANIFEST))
        manifest = read(note)
        if manifest is not None and path.name and path.is_file():
            found.append(Backup(path, manifest))
    return sorted(found, key=lambda held: (held.manifest.moment, held.manifest.sequence), reverse=True)


def by_journal(held: Backup) -> tuple[int, datetime]:
    """The order in which backups of one journal were made, whatever the clock said then."""
    return held.manifest.sequence, held.manifest.moment


def _checked(held: dict[str, Any]) -> Manifest | None:
    texts = {"ledger": _LEDGER, "head": _HASH, "sha256": _HASH}
    wanted: dict[str, Any] = {field.name: held.get(field.name) for field in fields(Manifest)}
    if not all(_is_text(wanted[name], form) for name, form in texts.items()):
        return None
    if not all(_is_count(wanted[name]) for name in ("format", "sequence", "size")):
        return None
    manifest = Manifest(**wanted) if _is_moment(wanted["made_at"]) else None
    return manifest if manifest and manifest.size and manifest.format else None


def _is_text(value: Any, form: re.Pattern[str]) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_NUMBER


def _is_moment(value: Any) -> bool:
    try:
        moment = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        return False
    return moment.tzinfo is not None and moment.year in _YEARS
