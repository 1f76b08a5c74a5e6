"""An annex while it is being written: its tables, changed one by one, and the text that they make."""

from __future__ import annotations

from copy import deepcopy
from enum import StrEnum
from typing import Any

from app.annexes.annex import Annex
from app.annexes.files.annex_file import parse
from app.annexes.files.parameters import for_kind
from app.annexes.files.tables import Reader, Table
from app.annexes.files.text import clause_table, table_of, text_of_table
from app.annexes.files.toml_lines import Path
from app.annexes.kinds import KINDS
from app.annexes.own.overlay import read_overlay, resolve
from app.annexes.own.overlay_text import overlay_table
from app.common import PeopleError

_FIELDS = ("number", "heading", "summary", "kinds", "when", "options", "parameters")


class Standing(StrEnum):
    """How a clause stands to the annex that this one is based on; ``OWN`` where there is none."""

    OWN = ""
    KEPT = "変更なし"
    CHANGED = "変更"
    ADDED = "新設"


class Drafting:
    """The tables of one annex, with or without the ``base`` that it changes.

    The tables may be wrong at any time; ``faults`` says how, and only a right one has a text.
    """

    def __init__(self, annex: Annex, base: Annex | None = None) -> None:
        self.table: Table = table_of(annex)
        self.base = base
        self._former = {clause.key: clause_table(clause) for clause in base.clauses} if base else {}
        held = {clause["key"] for clause in self.clauses}
        self.dropped: list[Table] = [table for key, table in self._former.items() if key not in held]

    @property
    def clauses(self) -> list[Table]:
        """The tables of the clauses, in their order."""
        clauses: list[Table] = self.table["clause"]
        return clauses

    def standing(self, clause: Table) -> Standing:
        """How ``clause`` stands to the base."""
        if self.base is None:
            return Standing.OWN
        former = self._former.get(clause["key"])
        if former is None:
            return Standing.ADDED
        return Standing.KEPT if _plain(former) == _plain(clause) else Standing.CHANGED

    def add(self, at: int) -> int:
        """Put an empty clause behind the one at ``at`` and return its place."""
        part = self.clauses[at]["number"].rpartition(" ")[0] if self.clauses else self._first_part()
        made = {"key": self._new_key(), "number": f"{part} ".lstrip(), "heading": "", "summary": ""}
        self.clauses.insert(at + 1, {**made, "kinds": [], "when": []})
        return at + 1 if len(self.clauses) > 1 else 0

    def split(self, at: int) -> int:
        """Put a second clause with the same content behind the one at ``at`` and return its place.

        The first keeps its key and number; the second needs a number of its own.
        """
        part = self.clauses[at]["number"].rpartition(" ")[0]
        made = deepcopy(self.clauses[at]) | {"key": self._new_key(), "number": f"{part} ".lstrip()}
        self.clauses.insert(at + 1, made)
        return at + 1

    def drop(self, at: int) -> None:
        """Take a clause out; ``restore`` brings it back."""
        self.dropped.append(self.clauses.pop(at))

    def restore(self, key: str) -> int:
        """Bring a clause back behind the one that it followed in the base, or at the end; its place."""
        found = next(table for table in self.dropped if table["key"] == key)
        self.dropped.remove(found)
        before = list(self._former)[: list(self._former).index(key)] if key in self._former else ()
        held = [clause["key"] for clause in self.clauses]
        at = next((held.index(one) + 1 for one in reversed(before) if one in held), None)
        place = (0 if key in self._former else len(held)) if at is None else at
        self.clauses.insert(place, deepcopy(found))
        return place

    def move(self, at: int, by: int) -> int:
        """Move a clause up or down and return its place; only the order changes."""
        place = min(max(at + by, 0), len(self.clauses) - 1)
        self.clauses.insert(place, self.clauses.pop(at))
        return place

    def faults(self) -> list[tuple[Path, str]]:
        """Everything that is wrong, by its place in the tables."""
        return self._read()[1]

    def annex(self) -> Annex | None:
        """The annex as written, None while there are faults."""
        return self._read()[0]

    def text(self) -> str:
        """What the ledger keeps: the changes to the base, or the whole where no overlay can say it.

        Raises ``ValueError`` while there are faults.
        """
        annex = self.annex()
        if annex is None:
            raise ValueError(self.faults())
        if self.base is not None:
            text = text_of_table(overlay_table(self.base, self.table)).rstrip()
            if _resolved(text, self.base) == annex:
                return text
        return text_of_table(self.table).rstrip()

    def _read(self) -> tuple[Annex | None, list[tuple[Path, str]]]:
        reader = Reader()
        # A copy: the annex that is handed out must not change with the tables.
        annex = reader.annex(deepcopy(self.table))
        return annex, reader.faults

    def _new_key(self) -> str:
        taken = {one["key"] for one in (*self.clauses, *self.dropped)} | set(self._former)
        return next(key for number in range(1, len(taken) + 2) if (key := f"own-{number}") not in taken)

    def _first_part(self) -> str:
        return str(self.table["part"][0]["key"])


def _resolved(text: str, base: Annex) -> Annex | None:
    try:
        return resolve(read_overlay(parse(text, ""), text, ""), base)
    except PeopleError:
        return None


def _plain(clause: Table) -> dict[str, Any]:
    """The fields that can differ; one that is empty is as good as none."""
    return {name: clause[name] for name in _FIELDS if clause.get(name)}


def effective(clause: Table, kind: str) -> dict[str, Any]:
    """The parameters that hold for one kind of a clause, by name."""
    parameters = clause.get("parameters", {})
    common = {name: value for name, value in parameters.items() if name not in KINDS}
    own = parameters.get(kind, {})
    return for_kind(common, kind) | (own if isinstance(own, dict) else {})


def set_parameter(clause: Table, kind: str, name: str, value: Any) -> None:
    """Set a parameter for one kind of the clause; None takes it out. The other kinds keep what they have."""
    parameters = clause.setdefault("parameters", {})
    kinds = clause["kinds"]
    if name in parameters and len(kinds) > 1:
        common = {name: parameters.pop(name)}
        for one in kinds:
            for held, its in for_kind(common, one).items():
                parameters.setdefault(one, {}).setdefault(held, deepcopy(its))
    alone = len(kinds) == 1
    own = parameters if alone else parameters.setdefault(kind, {})
    if alone:
        parameters.get(kind, {}).pop(name, None)
    own.pop(name, None)
    if value is not None:
        own[name] = value
    for one in [one for one in parameters if one in KINDS and not parameters[one]]:
        del parameters[one]


def set_kinds(clause: Table, kinds: list[str]) -> None:
    """Set what kinds a clause has; parameters of a kind that is gone, or of such kinds alone, go with it."""
    clause["kinds"] = kinds
    parameters = clause.get("parameters", {})
    common = {name: value for name, value in parameters.items() if name not in KINDS}
    left = [for_kind(common, kind) for kind in kinds]
    for name in [*parameters]:
        if not (name in kinds or any(name in held for held in left)):
            del parameters[name]
    if "assumed" in parameters:
        lasting = {name for held in left for name in held.get("assumed", ())}
        parameters["assumed"] = [name for name in parameters["assumed"] if name in lasting]
