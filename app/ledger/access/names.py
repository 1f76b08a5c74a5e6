"""Whether a ledger's name leaves room for all that is named after it: key files, copies, backups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from app.filesystem import name_too_long
from app.ledger.copies import switching
from app.ledger.errors import LedgerError
from app.ledger.file.besides import SIDES
from app.ledger.file.small_files import temporary_name
from app.ledger.secret import keys

_DATED = "-20261231-235959-99"
"""What a copy's name tells of its moment, and which of several of one second it is."""


class UnnamableError(LedgerError):
    """No key file, copy or backup could be made under the name of ``path``; nothing was made."""

    def __init__(self, path: Path, most: int) -> None:
        shorten = f"拡張子を除いて{most}文字までに縮めてください" if most else "短い名前を付けてください"
        super().__init__(
            f"「{path.name}」は名前が長すぎて、鍵ファイルやバックアップ（この名前に日時などが付きます）を作れません。"
            f"{shorten}。"
        )


class UnopenableNameError(LedgerError):
    """What is looked for or made beside ``path`` whenever it is opened would have too long a name."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"「{path.name}」は名前が長すぎて開けません（作業用のファイルには、さらに長い名前が要ります）。"
            "台帳と鍵ファイルの名前を、同じだけ短くしてから開いてください。"
        )


def refuse_unnamable(path: Path) -> None:
    """Raise ``UnnamableError`` for a new ledger whose key files or copies could not be named after it."""
    if _fits(path):
        return
    most = next((size for size in range(len(path.stem), 0, -1) if _fits(path.with_stem(path.stem[:size]))), 0)
    raise UnnamableError(path, most)


def refuse_unopenable(path: Path) -> None:
    """Raise ``UnopenableNameError`` for a name too long for what opening looks for or makes beside it."""
    aside = switching.candidate_of(path).name + switching.ASIDE
    if any(map(name_too_long, (aside, *(path.name + side for side in SIDES)))):
        raise UnopenableNameError(path)


def _fits(path: Path) -> bool:
    return not any(map(name_too_long, _longest(path)))


def _longest(ledger: Path) -> Iterator[str]:
    """The longest names that the ledger, its backups and what a restore keeps of it get.

    Longest of all are those of key files while they are written: a kept ledger is opened as any other.
    """
    for added in ("", _DATED, f"-{switching.KEPT}{_DATED}"):
        second = keys.staged_paths(ledger.with_stem(ledger.stem + added))[1]
        yield temporary_name(second)
