"""An overlay: an annex written as changes to another one. Resolving it is pure and gives a whole annex.

The changes are laid over the tables of the base, and the result is read as strictly as a file of its
own: an overlay can no more hold an unknown kind or a second 第3条 than an annex can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.annexes.annex import Annex
from app.annexes.files.annex_file import placed
from app.annexes.files.faults import AnnexFaultsError
from app.annexes.files.tables import ANNEX, CLAUSE, OPTION, Reader, Shape, Table
from app.annexes.files.text import table_of
from app.annexes.files.toml_lines import Path

OVERLAY: Shape = {
    **{key: ANNEX[key] for key in ("schema", "key", "title", "version", "source")},
    "base": (str, True),
    "base_version": (int, True),
    "in_force_from": (date, False),
    "in_force_until": (date, False),
    "part": (list, False),
    "option": (list, False),
    "drop": (list, False),
    "change": (list, False),
    "clause": (list, False),
}
PART: Shape = {"key": (str, True), "title": (str, False), "words": (dict, False)}
CHANGE: Shape = {key: (kind, key == "key") for key, (kind, _) in CLAUSE.items()} | {"unset": (list, False)}
ADDITION: Shape = {**CLAUSE, "after": (str, False)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """Changes to the annex ``base`` in ``base_version``; ``table`` and ``text`` are what it was read from."""

    key: str
    title: str
    version: int
    base: str
    base_version: int
    shown: str
    text: str = field(repr=False)
    table: Mapping[str, Any] = field(repr=False, hash=False)


def read_overlay(table: Table, text: str, shown: str) -> Overlay:
    """Read the overlay in ``table``, parsed from ``text``. Raises ``PeopleError`` with all faults by line.

    What only the base can tell (a clause that is not there, a number used twice) is found by ``resolve``.
    """
    reader = Reader()
    good = reader.fields(table, (), OVERLAY)
    reader.head(good)
    for name, shape in (("part", PART), ("option", OPTION), ("change", CHANGE), ("clause", ADDITION)):
        for at, entry in reader.tables(good, name):
            held = reader.fields(entry, (name, at), shape)
            if name == "change":
                reader.names(held.get("unset", []), (name, at, "unset"), None, "条件")
    reader.names(good.get("drop", []), ("drop",), None, "条項")
    if reader.faults:
        raise AnnexFaultsError(shown, placed(text, reader.faults))
    return Overlay(
        key=good["key"],
        title=good["title"],
        version=good["version"],
        base=good["base"],
        base_version=good["base_version"],
        shown=shown,
        text=text,
        table=good,
    )


def resolve(overlay: Overlay, base: Annex) -> Annex:
    """The whole annex that the overlay makes of ``base``. Raises ``PeopleError`` with all faults by line."""
    merging = _Merging(overlay, base)
    reader = Reader()
    annex = reader.annex(merging.table())
    if annex is None or merging.faults:
        faults = [*merging.faults, *((merging.place(path), sentence) for path, sentence in reader.faults)]
        raise AnnexFaultsError(overlay.shown, placed(overlay.text, faults))
    return annex


@dataclass(slots=True)
class _Entry:
    """One table of the result, and where in the overlay it was last touched; () where it was not."""

    table: Table
    place: Path = ()


class _Merging:
    """The tables of the base with the overlay laid over them."""

    def __init__(self, overlay: Overlay, base: Annex) -> None:
        self._over = overlay.table
        self._base = table_of(base)
        self.faults: list[tuple[Path, str]] = []
        self._held = {
            name: [_Entry(entry) for entry in self._base[name]] for name in ("part", "option", "clause")
        }
        self._parts()
        self._options()
        self._changes()
        self._additions()
        self._drops()

    def table(self) -> Table:
        """The result as the tables of a whole annex."""
        head = {key: self._over[key] for key in ANNEX if key in self._over and key not in self._held}
        return {**head, **{name: [one.table for one in held] for name, held in self._held.items()}}

    def place(self, path: Path) -> Path:
        """Where in the overlay stands what is at ``path`` of the result."""
        if len(path) < 2 or path[0] not in self._held:
            return path
        place = self._held[str(path[0])][int(path[1])].place
        return (*place, *path[2:]) if place else ()

    def _find(self, name: str, key: str) -> _Entry | None:
        return next((one for one in self._held[name] if one.table["key"] == key), None)

    def _parts(self) -> None:
        for at, entry in enumerate(self._over.get("part", ())):
            held = self._find("part", entry["key"])
            if held is None:
                self._held["part"].append(_Entry(entry, ("part", at)))
                continue
            words = {**held.table["words"], **entry.get("words", {})}
            held.table = {**held.table, **entry, "words": words}
            held.place = ("part", at)

    def _options(self) -> None:
        for at, entry in enumerate(self._over.get("option", ())):
            held = self._find("option", entry["key"])
            if held is None:
                self._held["option"].append(_Entry(entry, ("option", at)))
            else:
                held.table, held.place = entry, ("option", at)

    def _changes(self) -> None:
        seen: set[str] = set()
        for at, change in enumerate(self._over.get("change", ())):
            place: Path = ("change", at)
            held = self._clause(change["key"], (*place, "key"))
            if held is None:
                continue
            if change["key"] in seen:
                self.faults.append(
                    ((*place, "key"), f"「{change['key']}」の変更が2つあります。1つにまとめてください。")
                )
            seen.add(change["key"])
            held.table = self._changed(held.table, change, place)
            held.place = place

    def _changed(self, table: Table, change: Mapping[str, Any], place: Path) -> Table:
        own = {key: value for key, value in change.items() if key not in ("unset", "parameters")}
        parameters = dict(table.get("parameters", {}))
        for name in change.get("unset", ()):
            if not _unset(parameters, name):
                self.faults.append(
                    ((*place, "unset"), f"「{name}」という条件は元の条項にありません。削除してください。")
                )
        for name, value in change.get("parameters", {}).items():
            before = parameters.get(name)
            if isinstance(before, dict) and isinstance(value, dict):
                parameters[name] = {**before, **value}
            else:
                parameters[name] = value
        return {**table, **own, "parameters": parameters}

    def _additions(self) -> None:
        for at, entry in enumerate(self._over.get("clause", ())):
            place: Path = ("clause", at)
            clauses = self._held["clause"]
            made = _Entry({key: value for key, value in entry.items() if key != "after"}, place)
            after = self._clause(entry["after"], (*place, "after")) if "after" in entry else None
            clauses.insert(clauses.index(after) + 1 if after else len(clauses), made)

    def _drops(self) -> None:
        for key in self._over.get("drop", ()):
            held = self._clause(key, ("drop",))
            if held is None:
                continue
            if held.place:
                self.faults.append(
                    (held.place, f"「{key}」は drop でも外しています。どちらかにしてください。")
                )
            self._held["clause"].remove(held)

    def _clause(self, key: str, path: Path) -> _Entry | None:
        held = self._find("clause", key)
        if held is None:
            base = self._base
            self.faults.append(
                (path, f"「{key}」という条項は元の「{base['title']}」第{base['version']}版にありません。")
            )
        return held


def _unset(parameters: Table, name: str) -> bool:
    """Take out ``name``, or ``kind.name``; False where there is none."""
    first, _, rest = name.partition(".")
    if not rest:
        return parameters.pop(first, None) is not None
    own = parameters.get(first)
    if not isinstance(own, dict) or rest not in own:
        return False
    parameters[first] = {key: value for key, value in own.items() if key != rest}
    if not parameters[first]:
        del parameters[first]
    return True
