"""What an overlay has to say so that its base becomes a given annex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.annexes.annex import Annex
from app.annexes.files.tables import ANNEX, Table
from app.annexes.files.text import table_of

_PLAIN = ("number", "heading", "summary", "kinds", "when", "options")
_NESTED = ("part", "option", "clause")


def overlay_table(base: Annex, wanted: Table) -> Table:
    """The tables of an overlay on ``base`` that comes as near to ``wanted`` as an overlay can.

    It cannot say another order of the base's clauses, a word or an option taken away, nor a first clause
    that is new: whoever calls compares what it resolves to.
    """
    former = table_of(base)
    head = {key: wanted[key] for key in ANNEX if key in wanted and key not in _NESTED}
    known = {clause["key"]: clause for clause in former["clause"]}
    held = {clause["key"] for clause in wanted["clause"]}
    changes = [_change(known[clause["key"]], clause) for clause in wanted["clause"] if clause["key"] in known]
    return {
        **head,
        "base": base.key,
        "base_version": base.version,
        "drop": [key for key in known if key not in held],
        "part": list(_parts(former["part"], wanted["part"])),
        "option": [option for option in wanted["option"] if option not in former["option"]],
        "change": [change for change in changes if len(change) > 1],
        "clause": list(_added(wanted["clause"], known)),
    }


def _parts(former: list[Table], wanted: list[Table]) -> Iterator[Table]:
    known = {part["key"]: part for part in former}
    for part in wanted:
        old = known.get(part["key"], {})
        words = {word: text for word, text in part["words"].items() if old.get("words", {}).get(word) != text}
        title = {} if old.get("title") == part["title"] else {"title": part["title"]}
        if words or title:
            yield {"key": part["key"], **title, **({"words": words} if words else {})}


def _added(wanted: list[Table], known: dict[str, Table]) -> Iterator[Table]:
    before = ""
    for clause in wanted:
        if clause["key"] not in known:
            yield {**({"after": before} if before else {}), **clause}
        before = clause["key"]


def _change(former: Table, clause: Table) -> Table:
    """The key, and every field that differs."""
    found: Table = {"key": clause["key"]}
    for name in _PLAIN:
        if clause.get(name, []) != former.get(name, []):
            found[name] = clause.get(name, [])
    unset, parameters = _parameters(former.get("parameters", {}), clause.get("parameters", {}))
    if unset:
        found["unset"] = unset
    if parameters:
        found["parameters"] = parameters
    return found


def _parameters(former: Table, wanted: Table) -> tuple[list[str], dict[str, Any]]:
    """Names to take out (``kind.name`` within a kind), and what to set."""
    unset: list[str] = []
    changed: dict[str, Any] = {}
    for name in dict.fromkeys((*former, *wanted)):
        old, new = former.get(name), wanted.get(name)
        if name not in wanted:
            unset.append(name)
        elif isinstance(old, dict) and isinstance(new, dict):
            inner, within = _parameters(old, new)
            unset += [f"{name}.{one}" for one in inner]
            changed |= {name: within} if within else {}
        elif new != old:
            changed[name] = new
    return unset, changed
