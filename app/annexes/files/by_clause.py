"""The text of an annex read clause by clause, each once: of hundreds that stand in it, a person changes one.

What a clause is does not depend on where it stands. Whatever is not plainly cut is left to ``annex_file``,
which reads the text as a whole and names what is wrong by its line.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache

from app.annexes.annex import Annex
from app.annexes.files.measure import beyond_measure
from app.annexes.files.tables import Reader, Table

_CLAUSE = "\n[[clause]]\n"
_SEVERAL_LINES = ('"""', "'''")
"""Where a value may have lines, one of them may look like the beginning of a clause."""
_KEPT = 4_000
"""Clauses kept as read: those of six annexes as long as one can be."""


def read_by_clause(text: str) -> Annex | None:
    """The whole annex of a text; None where it is an overlay, has any fault, or cannot be cut for sure."""
    if any(sign in text for sign in _SEVERAL_LINES) or beyond_measure(text):
        return None
    head, *clauses = text.split(_CLAUSE)
    table = _table(head)
    if table is None or "clause" in table or not clauses:
        return None
    read = [held for one in clauses if (held := _clause(one)) is not None]
    return Reader().annex(table | {"clause": []}, read) if len(read) == len(clauses) else None


@lru_cache(maxsize=_KEPT)
def _clause(text: str) -> Table | None:
    table = _table(_CLAUSE + text)
    if table is None or set(table) != {"clause"} or len(table["clause"]) != 1:
        return None
    reader = Reader()
    held = reader.clause(table["clause"][0], ())
    return None if reader.faults else held


def _table(text: str) -> Table | None:
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError):
        return None
