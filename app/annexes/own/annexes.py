"""The annexes that users keep in their ledger, added to those of the product.

A text that cannot be used takes nothing else down: it is left out and named with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from app.annexes.annex import Annex
from app.annexes.catalogue import Catalogue, Unreadable, newest_first
from app.annexes.files.annex_file import parse, placed, read_table
from app.annexes.files.by_clause import read_by_clause
from app.annexes.files.faults import AnnexFaultsError, Fault
from app.annexes.own.overlay import Overlay, read_overlay, resolve
from app.common import PeopleError
from app.records import Facts, OwnAnnex
from app.records.contract import Option

Id = tuple[str, int]
"""Key and version of an annex."""

_KEPT = 64
"""Texts kept as read: more own annexes than an office ever works on at a time."""


class OwnAnnexes:
    """The catalogue of a ledger at any moment, composed anew only where its own annexes have changed."""

    def __init__(self, shipped: Catalogue) -> None:
        self._shipped = shipped
        self._last: tuple[tuple[OwnAnnex, ...], Catalogue] = ((), shipped)

    def catalogue(self, facts: Facts) -> Catalogue:
        """The product's annexes and those of the ledger; the same object while nothing has changed."""
        own = facts.all(OwnAnnex)
        known, made = self._last
        if len(own) == len(known) and all(one is other for one, other in zip(own, known, strict=True)):
            return made
        made = with_own(self._shipped, facts)
        self._last = (own, made)
        return made


def with_own(catalogue: Catalogue, facts: Facts) -> Catalogue:
    """``catalogue`` with the own annexes of ``facts`` in place of any that it held before."""
    shipped = catalogue.shipped or catalogue
    own = facts.all(OwnAnnex)
    if not own:
        return shipped
    resolving = Resolving(shipped, own)
    published = list(shipped.published)
    drafts: list[Annex] = []
    unreadable: list[Unreadable] = []
    for record in own:
        try:
            annex = resolving.annex((record.annex, record.version))
        except PeopleError as error:
            sentence = f"自社で登録した特記事項「{record.title}」第{record.version}版を使えません。{error}"
            unreadable.append(Unreadable(record.annex, record.version, record.title, sentence))
            continue
        (drafts if record.published_on is None else published).append(annex)
    newest, former = newest_first(published)
    return Catalogue(newest, former, tuple(drafts), tuple(unreadable), shipped)


class Resolving:
    """Finds annexes by key and version, and makes whole ones of overlays, each once."""

    def __init__(self, shipped: Catalogue, own: tuple[OwnAnnex, ...]) -> None:
        self._made: dict[Id, Annex] = {(annex.key, annex.version): annex for annex in shipped.published}
        self._shipped = frozenset(self._made)
        self._own: Mapping[Id, OwnAnnex] = {(record.annex, record.version): record for record in own}

    def annex(self, wanted: Id, chain: tuple[Id, ...] = ()) -> Annex:
        """The whole annex of an own record, or of the product. Raises ``PeopleError``.

        ``chain``: the overlays that rest on it, the outermost first.
        """
        if not chain and wanted in self._own and wanted in self._shipped:
            raise PeopleError(f"{_named(wanted)}は本製品の目録にあります。版の番号を変えて登録してください。")
        if wanted in self._made:
            return self._made[wanted]
        if wanted in chain:
            raise PeopleError(
                f"元にする特記事項をたどると自身に戻ります（{_told((*chain, wanted))}）。"
                "base を選び直してください。"
            )
        record = self._own.get(wanted)
        if record is None:
            raise PeopleError(
                f"元にする{_named(wanted)}がありません（{_told((*chain, wanted))}）。"
                "base と base_version を確かめてください。"
            )
        made = self.whole(read_own(record.content, shown_as(record)), (*chain, wanted))
        _agree(record, made)
        self._made[wanted] = made
        return made

    def whole(self, held: Annex | Overlay, chain: tuple[Id, ...] = ()) -> Annex:
        """A whole annex as it is, an overlay resolved on its base. Raises ``PeopleError``."""
        if isinstance(held, Annex):
            return held
        wanted = (held.base, held.base_version)
        try:
            base = self.annex(wanted, chain or ((held.key, held.version),))
        except AnnexFaultsError as error:
            # Its lines are those of another text and must not be taken for lines of this one.
            raise PeopleError(f"元にする{_named(wanted)}を使えません。{error}") from error
        return switchable(resolve(held, base), held)


def examine(catalogue: Catalogue, facts: Facts, content: str, shown: str) -> Annex:
    """The whole annex that ``content`` would be in the ledger of ``facts``.

    Raises ``AnnexFaultsError`` with every fault by its line.
    """
    shipped = catalogue.shipped or catalogue
    held = read_own(content, shown)
    if shipped.find(held.key, held.version):
        told = "この版は本製品の目録にあります。版の番号を変えてください。"
        raise AnnexFaultsError(shown, placed(content, [(("version",), told)]))
    try:
        return Resolving(shipped, facts.all(OwnAnnex)).whole(held)
    except AnnexFaultsError:
        raise
    except PeopleError as error:
        raise AnnexFaultsError(shown, placed(content, [(("base",), str(error))])) from error


def shown_as(record: OwnAnnex) -> str:
    """How the text of a record is called where its lines are named."""
    return f"「{record.title}」の内容"


@lru_cache(maxsize=_KEPT)
def read_own(content: str, shown: str) -> Annex | Overlay:
    """Read the text of an own annex, whole or an overlay. Raises ``PeopleError`` with all faults by line."""
    text = content.replace("\r\n", "\n")
    annex = read_by_clause(text)
    if annex is None:
        table = parse(text, shown)
        if "base" in table or "base_version" in table:
            return read_overlay(table, text, shown)
        annex = read_table(table, text, shown)
    if faults := [(("option", at, "key"), told) for at, told in _closed(annex)]:
        raise AnnexFaultsError(shown, placed(text, faults))
    return annex


def switchable(annex: Annex, overlay: Overlay) -> Annex:
    """``annex`` itself. Raises ``PeopleError`` where a contract could not switch one of its options on."""
    if found := [told for _at, told in _closed(annex)]:
        raise AnnexFaultsError(overlay.shown, [Fault(1, told) for told in found])
    return annex


def _closed(annex: Annex) -> list[tuple[int, str]]:
    """An option that no contract can choose would hide its clauses for ever."""
    choices = [str(option) for option in Option]
    return [
        (at, f"「{option.key}」は契約で選べる事項ではありません。{'・'.join(choices)}から選んでください。")
        for at, option in enumerate(annex.options)
        if option.key not in choices
    ]


def _agree(record: OwnAnnex, annex: Annex) -> None:
    if (record.annex, record.version) != (annex.key, annex.version):
        raise PeopleError(
            f"{shown_as(record)}の識別名と版（{annex.key} 第{annex.version}版）が、"
            f"登録した識別名と版（{record.annex} 第{record.version}版）と違います。どちらかに揃えてください。"
        )


def _named(wanted: Id) -> str:
    return f"特記事項「{wanted[0]}」第{wanted[1]}版"


def _told(chain: tuple[Id, ...]) -> str:
    return " → ".join(f"{key} 第{version}版" for key, version in chain)
