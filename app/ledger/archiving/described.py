"""What an archive says of the ledger it holds, and what is told where it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.ledger.errors import LedgerError

KEY_FILE = "ledger/key_file.jsonl"
"""The part that holds the sealed master key."""


@dataclass(frozen=True, slots=True)
class Described:
    """A ledger as of the last entry of its journal: ``sequence`` and ``head`` are that entry's."""

    ledger: str
    format: int
    officer: str
    sequence: int
    head: str


class Source(Protocol):
    """An archive as a new ledger is made of it; each part is held against its checksum while it is read."""

    @property
    def name(self) -> str:
        """The archive's file, as people are told of it."""

    @property
    def described(self) -> Described:
        """What it says of itself."""

    @property
    def parts(self) -> Sequence[str]:
        """The names of the parts that hold lines, in the order in which they were written."""

    def lines(self, part: str) -> Iterator[str]:
        """The lines of a part. Raises ``LedgerError`` for one that is not what it was."""

    def files(self) -> Iterator[tuple[str, bytes]]:
        """SHA-256 and bytes of every kept file, one at a time. Raises likewise."""


class UnusableArchiveError(LedgerError):
    """No ledger can be made of this file; none was made."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"アーカイブ「{name}」{what}")


class BrokenArchiveError(UnusableArchiveError):
    """``part``: what of it is not as it was written, empty where that cannot be told."""

    def __init__(self, name: str, part: str = "") -> None:
        where = f"（{part}）" if part else ""
        super().__init__(
            name,
            f"は壊れているか、作成後に書き換えられています{where}。"
            "台帳は作成していません。別のアーカイブかバックアップを使ってください。",
        )


class NewerArchiveError(UnusableArchiveError):
    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            "は新しい版の受託台帳で作成されています。"
            "台帳は作成していません。受託台帳を更新してから取り込んでください。",
        )
