"""What one clause asks in its new words: what somebody settled, and what the new words ask otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from app.annexes.files.tables import Table
from app.annexes.kinds import KINDS, When
from app.annexes.own.drafting import effective, set_parameter

_ASSUMED = "assumed"


@dataclass(slots=True)
class Merged:
    """The clause as it is now.

    ``added``: kinds that the new words ask and the old did not. ``unread``: kinds that stand although the
    new words no longer lead to them. ``disputed``: kinds of which a parameter was settled by somebody and is
    worded otherwise now; what was settled stands.
    """

    table: Table
    added: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)


def merged(ours: Table, was: Table | None, theirs: Table) -> Merged:
    """``ours``: the clause as it stands in the old one; ``theirs``: as the new words are read; ``was``: as
    the old words are read, None where nobody has them.

    No kind is ever taken away: a reading that finds nothing is no proof that nothing is asked.
    """
    base = was if was is not None else {}
    kinds = [
        kind
        for kind in KINDS
        if kind in ours["kinds"] or (kind in theirs["kinds"] and kind not in base.get("kinds", ()))
    ]
    made = Merged(
        {"key": ours["key"], "number": theirs["number"], "heading": theirs["heading"]}
        | {"summary": theirs["summary"], "kinds": kinds}
    )
    made.added = [kind for kind in kinds if kind not in ours["kinds"]]
    made.unread = [kind for kind in kinds if kind in ours["kinds"] and kind not in theirs["kinds"]]
    if was is not None:
        made.unread = [kind for kind in made.unread if kind in was["kinds"]]
    made.table["when"] = _when(ours, was, theirs, kinds)
    before = None if was is None else was.get("options", [])
    if options := _either(ours.get("options", []), before, theirs.get("options", [])):
        made.table["options"] = options
    for kind in kinds:
        if kind in made.added:
            _set(made.table, kind, effective(theirs, kind))
        else:
            held, disputed = _parameters(ours, was, theirs, kind)
            _set(made.table, kind, held)
            made.disputed += [kind] if disputed else []
    return made


def _either(ours: list[str], was: list[str] | None, theirs: list[str]) -> list[str]:
    """What somebody settled, unless the words say it otherwise than before. Where nobody knows what they said
    before, only what both say: a condition too many would hide the clause."""
    if was is None:
        return [one for one in ours if one in theirs]
    return list(ours if was == theirs else theirs)


def _when(ours: Table, was: Table | None, theirs: Table, kinds: list[str]) -> list[str]:
    if was is not None and set(was["when"]) == set(theirs["when"]):
        held = set(ours["when"])
    elif was is not None and set(was["when"]) == set(ours["when"]):
        held = set(theirs["when"])
    else:
        held = {*ours["when"], *theirs["when"]}
    idle = all(KINDS[kind].shown_only for kind in kinds)
    if idle and kinds:
        return [str(When.INFO)]
    # A moment that is only shown stands alone and never on a duty.
    return [str(when) for when in When if when in held and when is not When.INFO] or (
        [str(When.INFO)] if idle else [str(When.STANDING)]
    )


def _parameters(ours: Table, was: Table | None, theirs: Table, kind: str) -> tuple[dict[str, Any], bool]:
    """What holds for a kind that stood before, and whether somebody's word stands against the new one."""
    held = effective(ours, kind)
    new = effective(theirs, kind) if kind in theirs["kinds"] else held
    before = effective(was, kind) if was is not None and kind in was["kinds"] else None
    made, disputed = deepcopy(held), False
    for name in dict.fromkeys((*held, *new)):
        if name == _ASSUMED or held.get(name) == new.get(name):
            continue
        if before is None:
            # Nobody knows whether the old words said it: it is added where nothing was settled.
            made.setdefault(name, new.get(name, held.get(name)))
            disputed = disputed or name in held
        elif before.get(name) == new.get(name):
            continue
        elif before.get(name) == held.get(name):
            made.pop(name, None)
            made |= {name: new[name]} if name in new else {}
        else:
            disputed = True
    return made, disputed


def _set(table: Table, kind: str, held: dict[str, Any]) -> None:
    for name, value in _sound(held):
        set_parameter(table, kind, name, deepcopy(value))


def _sound(held: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is assumed is named last, and only where it has a value."""
    yield from ((name, value) for name, value in held.items() if name != _ASSUMED)
    if assumed := [name for name in held.get(_ASSUMED, ()) if name in held]:
        yield _ASSUMED, assumed
