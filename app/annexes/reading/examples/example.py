"""One paragraph as somebody settled it, and the text in which the ledger keeps what it asks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Json
from app.annexes.files.tables import Reader, Table
from app.annexes.files.text import value_text
from app.annexes.kinds import KINDS, kind_label
from app.annexes.reading.comparing.alike import profile
from app.annexes.reading.examples.sketch import mark_of, sketch_of

NOTHING = "義務なし"
_ITEM = "\n〔項目〕\n"
"""Stands between the sentence that leads to an item and the item, which says nothing without it."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Example:
    """``text`` is empty where only its sketch came in. ``kinds`` empty: it asks nothing of the vendor.

    ``parameters`` as a clause has them. ``client``, ``vendor``: what ``text`` calls the parties. ``id``: that
    of its record, 0 where there is none; a later one is newer.
    """

    mark: str
    sketch: str
    kinds: tuple[str, ...]
    when: tuple[str, ...]
    parameters: Mapping[str, Json] = field(default_factory=dict, hash=False)
    text: str = ""
    client: str = ""
    vendor: str = ""
    id: int = 0

    @property
    def name(self) -> str:
        """What people read for it: the kinds."""
        return told(self.kinds)


def item_text(lead: str, text: str) -> str:
    """An item's wording: the sentence that leads to it, and its own words; else ``text`` as it is."""
    return f"{lead.strip()}{_ITEM}{text.strip()}" if lead else text


def parts_of(text: str) -> tuple[str, str]:
    """The sentence that leads to an item, empty where none does, and the words themselves."""
    lead, found, own = text.partition(_ITEM)
    return (lead, own) if found else ("", text)


def signs_of(text: str, client: str, vendor: str) -> tuple[str, str]:
    """Mark and sketch of a wording. An item has no sketch: it would be found again by its lead alone."""
    held = profile(text, client, vendor)
    return mark_of(held), sketch_of(profile("")) if parts_of(text)[0] else sketch_of(held)


def told(kinds: tuple[str, ...]) -> str:
    """Kinds as people read them in a row."""
    said = "・".join(kind_label(kind) for kind in kinds) or NOTHING
    return said if len(said) <= LONGEST_NAME else f"{said[: LONGEST_NAME - 1]}…"


def example_of(text: str, clause: Table, client: str = "", vendor: str = "") -> Example:
    """``text`` with what ``clause``, a table as annex files have it, says that it asks."""
    return Example(
        *signs_of(text, client, vendor),
        tuple(clause["kinds"]),
        tuple(clause["when"]),
        clause.get("parameters", {}),
        text,
        client,
        vendor,
    )


def asks_text(example: Example) -> str:
    """Kinds, moments and parameters as the lines that ``asks_of`` reads back."""
    held = {"kinds": list(example.kinds), "when": list(example.when), "parameters": dict(example.parameters)}
    return "\n".join(
        f"{name} = {value_text(value)}" for name, value in held.items() if value or name != "parameters"
    )


def asks_of(text: str) -> Table:
    """The ``kinds``, ``when`` and ``parameters`` of such lines. Raises ``ValueError`` for what is none."""
    try:
        held = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ValueError(text[:80]) from error
    return sound(held)


def sound(held: Any) -> Table:
    """``held`` where a clause may say it. Raises ``ValueError`` where it may not."""
    if not isinstance(held, dict) or set(held) - {"kinds", "when", "parameters"}:
        raise ValueError(str(held)[:80])
    table: Table = {"parameters": {}} | held
    reader = Reader()
    clause = {"key": "one", "number": "1", "heading": "1", "summary": "1", **table}
    parties = {"client": "甲", "vendor": "乙"}
    whole = {"schema": 1, "key": "one", "title": "1", "version": 1, "source": "1"}
    if (
        reader.annex(whole | {"part": [{"key": "", "title": "1", "words": parties}], "clause": [clause]})
        is None
    ):
        raise ValueError(reader.faults[0][1])
    return table


def without_words(example: Example) -> Example:
    """The same without anything of the text: what a parameter quotes goes as well as the text itself."""
    return Example(example.mark, example.sketch, example.kinds, example.when, _closed(example.parameters))


def _closed(parameters: Mapping[str, Json]) -> dict[str, Json]:
    made: dict[str, Json] = {}
    for name, value in parameters.items():
        if name in KINDS and isinstance(value, dict):
            if inner := _closed(value):
                made[name] = inner
        elif (name == "assumed" and isinstance(value, list)) or (
            name in PARAMETERS and not quotes(name, value)
        ):
            made[name] = value
    return _assumed(made)


def _assumed(made: dict[str, Json]) -> dict[str, Json]:
    """What is assumed has a value; what went without one is assumed no longer."""
    held = made.get("assumed")
    if isinstance(held, list):
        left: list[Json] = [name for name in held if name in made]
        made = {name: value for name, value in made.items() if name != "assumed"}
        if left:
            made["assumed"] = left
    return made


def quotes(name: str, value: Json) -> bool:
    """Whether the value of a parameter may hold words of the text: it comes from no closed list."""
    return not PARAMETERS[name].choices and isinstance(value, str | list | dict)
