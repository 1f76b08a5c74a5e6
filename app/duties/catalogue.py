"""The catalogue: every annex that the product knows, read from ``resources/annexes/*.toml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from app.common import PeopleError
from app.duties.annex import Annex, Option, Part
from app.duties.annex_file import read_annex
from app.duties.clause import Asks, Clause

__all__ = ["Annex", "Asks", "Catalogue", "Clause", "Option", "Part", "load"]

_SHOWN = "resources/annexes"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All annexes, in the order of their keys."""

    annexes: tuple[Annex, ...]

    def annex(self, key: str) -> Annex:
        """Return the annex called ``key``. Raises ``PeopleError`` if the catalogue does not hold it."""
        for annex in self.annexes:
            if annex.key == key:
                return annex
        held = "、".join(annex.key for annex in self.annexes)
        raise PeopleError(f"特記事項「{key}」は目録にありません。{held} のいずれかを指定してください。")

    def clauses(self, key: str, kind: str = "") -> tuple[Clause, ...]:
        """Return the clauses of the annex ``key``, or those of them that carry ``kind``.

        Raises ``PeopleError`` if the catalogue does not hold the annex.
        """
        annex = self.annex(key)
        return annex.with_kind(kind) if kind else annex.clauses

    def cite(self, clause: Clause) -> str:
        """Return the clause as it is cited on paper, such as 個人情報取扱特記事項第14第1項."""
        return self.annex(clause.annex).cite(clause)


def load(paths: Iterable[Path] | None = None) -> Catalogue:
    """Read the annexes at ``paths``, or those that come with the product.

    Raises ``PeopleError`` naming file and line of the first fault; its ``problems`` name all of that file.
    """
    files = _shipped() if paths is None else [(str(path), path.name, _bytes(path)) for path in paths]
    annexes = sorted((read_annex(data, shown, name) for shown, name, data in files), key=lambda a: a.key)
    for one, next_one in pairwise(annexes):
        if one.key == next_one.key:
            raise PeopleError(f"特記事項「{one.key}」のファイルが2つあります。どちらかを外してください。")
    return Catalogue(tuple(annexes))


def _shipped() -> list[tuple[str, str, bytes]]:
    from importlib.resources import files

    return [
        (f"{_SHOWN}/{entry.name}", entry.name, entry.read_bytes())
        for entry in files("resources").joinpath("annexes").iterdir()
        if entry.name.endswith(".toml")
    ]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PeopleError(
            f"特記事項のファイル {path} を読めません。場所と読取り権限を確かめてください。"
        ) from error
