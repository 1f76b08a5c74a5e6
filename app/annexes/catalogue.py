"""The catalogue: every annex that the product knows, read from ``resources/annexes/*.toml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from app.annexes.annex import Annex, Option, Part
from app.annexes.clause import Clause
from app.annexes.files.annex_file import read_annex
from app.common import PeopleError

__all__ = ["Annex", "Catalogue", "Clause", "Option", "Part", "Unreadable", "load", "newest_first"]

_SHOWN = "resources/annexes"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An own annex that cannot be used, and why, in one Japanese sentence."""

    key: str
    version: int
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The annexes that a contract can carry, and what else is known of them.

    ``annexes`` are the newest published version of each, in the order of their keys; ``former`` the other
    published versions; ``drafts`` what no contract may carry yet; ``unreadable`` the own annexes that are
    left out. ``shipped`` is the catalogue of the product alone, where own annexes were added to it.
    """

    annexes: tuple[Annex, ...]
    former: tuple[Annex, ...] = ()
    drafts: tuple[Annex, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    shipped: Catalogue | None = None

    def annex(self, key: str, version: int | None = None) -> Annex:
        """Return the annex called ``key`` in that published version, or in its newest one.

        Raises ``PeopleError`` naming what there is, where the catalogue does not hold it.
        """
        for annex in self.annexes if version is None else self.published:
            if annex.key == key and version in (None, annex.version):
                return annex
        raise PeopleError(self._lacking(key, version))

    def find(self, key: str, version: int) -> Annex | None:
        """As ``annex``, or None where the catalogue does not hold that version."""
        held = (annex for annex in self.published if (annex.key, annex.version) == (key, version))
        return next(held, None)

    @property
    def published(self) -> tuple[Annex, ...]:
        """Every published version of every annex, the newest ones first."""
        return (*self.annexes, *self.former)

    def versions(self, key: str) -> tuple[int, ...]:
        """The published versions of an annex, ascending; none where it is not known."""
        return tuple(sorted(annex.version for annex in self.published if annex.key == key))

    def clauses(self, key: str, kind: str = "", version: int | None = None) -> tuple[Clause, ...]:
        """Return the clauses of the annex ``key``, or those of them that carry ``kind``.

        Raises ``PeopleError`` if the catalogue does not hold the annex.
        """
        annex = self.annex(key, version)
        return annex.with_kind(kind) if kind else annex.clauses

    def cite(self, clause: Clause) -> str:
        """Return the clause as it is cited on paper, such as 個人情報取扱特記事項第14第1項."""
        return self.annex(clause.annex, clause.version).cite(clause)

    def having(self, annex: Annex) -> Catalogue:
        """This catalogue with ``annex`` among the published ones, in place of that version if it is there."""
        others = [one for one in self.published if (one.key, one.version) != (annex.key, annex.version)]
        drafts = tuple(one for one in self.drafts if (one.key, one.version) != (annex.key, annex.version))
        newest, former = newest_first([*others, annex])
        return replace(self, annexes=newest, former=former, drafts=drafts)

    def _lacking(self, key: str, version: int | None) -> str:
        for one in self.unreadable:
            if one.key == key and version in (None, one.version):
                return one.sentence
        if any(one.key == key and version in (None, one.version) for one in self.drafts):
            number = "" if version is None else f"の第{version}版"
            return f"特記事項「{key}」{number}はまだ確定していません。確定してから指定してください。"
        if held := self.versions(key):
            title = self.annex(key).title
            known = "・".join(f"第{number}版" for number in held)
            return f"「{title}」の第{version}版は目録にありません。{known}から指定してください。"
        known = "、".join(annex.key for annex in self.annexes)
        return f"特記事項「{key}」は目録にありません。{known} のいずれかを指定してください。"


def newest_first(annexes: Iterable[Annex]) -> tuple[tuple[Annex, ...], tuple[Annex, ...]]:
    """The newest version of each annex in the order of the keys, and the others."""
    ordered = sorted(annexes, key=lambda annex: (annex.key, -annex.version))
    newest = {annex.key: annex for annex in reversed(ordered)}
    former = tuple(annex for annex in ordered if newest[annex.key] is not annex)
    return tuple(sorted(newest.values(), key=lambda annex: annex.key)), former


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
