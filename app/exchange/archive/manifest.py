"""What an archive says of itself: which ledger, as of which entry, and the SHA-256 of every part."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.ledger.archiving.described import Described

MANIFEST, README, SCHEMA = "manifest.json", "README.txt", "schema.json"
KIND = "jutaku-daicho-archive"
VERSION = 1
"""Of what this file describes; the tables have the ledger's own format besides."""
LONGEST = 64 * 1024 * 1024
"""Bytes of a manifest: some hundred thousand parts."""

_PART = re.compile(
    r"README\.txt|schema\.json|(?:journal|history)\.jsonl|(?:records|ledger)/[a-z_]+\.jsonl"
    r"|files/[0-9a-f]{64}\.[a-z0-9]{1,5}"
)
_HASH = re.compile(r"[0-9a-f]{64}")
_LEDGER = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class Part:
    """``size`` in bytes; ``rows``: lines, None for what is no list of them."""

    sha256: str
    size: int
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """``made_at`` has its offset. ``counts``: records of each type, those taken back too."""

    described: Described
    made_at: str
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return {
            name.removeprefix("records/").removesuffix(".jsonl"): part.rows or 0
            for name, part in self.parts.items()
            if name.startswith("records/")
        }

    def to_text(self) -> str:
        held = self.described
        about: dict[str, Any] = {
            "kind": KIND,
            "version": VERSION,
            "format": held.format,
            "ledger": held.ledger,
            "officer": held.officer,
            "made_at": self.made_at,
            "head": {"sequence": held.sequence, "hash": held.head},
        }
        parts = [
            {"name": name, "sha256": part.sha256, "size": part.size}
            | ({} if part.rows is None else {"rows": part.rows})
            for name, part in self.parts.items()
        ]
        return json.dumps({**about, "parts": parts}, ensure_ascii=False, indent=1) + "\n"


class NewerVersionError(Exception):
    """Written by a program whose archives are of another shape than this one knows."""


def is_ours(data: bytes) -> bool:
    """Whether a manifest says that it is one of an archive, of whatever version."""
    try:
        held = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(held, dict) and held.get("kind") == KIND


def read(data: bytes) -> Manifest:
    """What ``to_text`` wrote. Raises ``NewerVersionError``, and ``ValueError`` for anything else."""
    held = json.loads(data)
    if _whole(held["version"]) > VERSION:
        raise NewerVersionError
    head = held["head"]
    described = Described(
        _like(_LEDGER, held["ledger"]),
        _whole(held["format"]),
        _like(re.compile(r".{1,400}"), held["officer"]),
        _whole(head["sequence"]),
        _like(_HASH, head["hash"]),
    )
    parts: dict[str, Part] = {}
    for one in held["parts"]:
        name = _like(_PART, one["name"])
        if name in parts:
            raise ValueError("twice")
        rows = _whole(one["rows"]) if "rows" in one else None
        parts[name] = Part(_like(_HASH, one["sha256"]), _whole(one["size"]), rows)
    return Manifest(described, str(held["made_at"]), parts)


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError("number")
    return value


def _like(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValueError("text")
    return value
