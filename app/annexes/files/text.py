"""An annex as the text that ``annex_file`` reads back to the same annex."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.annexes.annex import Annex
from app.annexes.clause import Clause
from app.annexes.files.tables import SCHEMA, Table


def text_of(annex: Annex) -> str:
    """The whole annex as text. Reading it gives an annex that is equal to this one."""
    return text_of_table(table_of(annex))


def text_of_table(table: Table) -> str:
    """The tables of an annex as text, right or not: what is wrong in them is then named by its line."""
    lines = [*_entries({key: value for key, value in table.items() if not _nested(value)})]
    for name, held in table.items():
        for entry in held if _nested(held) else ():
            lines += ["", entry_text(name, entry)]
    return "\n".join(lines) + "\n"


def entry_text(name: str, entry: Table) -> str:
    """One table of the array ``name`` as it stands in such a text, without the line end behind it."""
    return "\n".join([f"[[{name}]]", *_entries(entry, name)])


def starting_from(annex: Annex, key: str, title: str, version: int = 1) -> str:
    """The text of an overlay on ``annex`` that changes nothing yet, under its own key, title and version."""
    head = {
        "schema": SCHEMA,
        "key": key,
        "title": title,
        "version": version,
        "base": annex.key,
        "base_version": annex.version,
        "source": f"「{annex.title}」第{annex.version}版を元に自社で登録した特記事項です。",
    }
    return "\n".join(_entries(head)) + "\n"


def table_of(annex: Annex) -> Table:
    """The annex as the tables of its file; nothing of it is shared with the annex."""
    head = {
        "schema": SCHEMA,
        "key": annex.key,
        "title": annex.title,
        "version": annex.version,
        "source": annex.source,
        "in_force_from": annex.in_force_from,
        "in_force_until": annex.in_force_until,
    }
    return {
        **{key: value for key, value in head.items() if value is not None},
        "part": [{"key": p.key, "title": p.title, "words": dict(p.words)} for p in annex.parts],
        "option": [{"key": option.key, "label": option.label} for option in annex.options],
        "clause": [clause_table(clause) for clause in annex.clauses],
    }


def clause_table(clause: Clause) -> Table:
    """One clause as the table of its entry."""
    table: Table = {
        "key": clause.key,
        "number": clause.number,
        "heading": clause.heading,
        "summary": clause.summary,
        "kinds": list(clause.kinds),
        "when": list(clause.when),
    }
    if clause.options:
        table["options"] = list(clause.options)
    if clause.parameters:
        # Through JSON, which is what parameters are: no list or table stays shared.
        table["parameters"] = json.loads(json.dumps(dict(clause.parameters)))
    return table


def parameter_lines(parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """The parameters of a clause, one line each (``oath.submit = "promptly"``)."""
    return tuple(line.removeprefix(".") for line in _dotted("", parameters))


def value_text(value: Any) -> str:
    """One value as it is written after the equals sign."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            # What JSON leaves as it is and TOML forbids.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Mapping():
            return "{ " + ", ".join(f"{key} = {value_text(one)}" for key, one in value.items()) + " }"
        case _:
            return "[" + ", ".join(value_text(one) for one in value) + "]"


def _entries(table: Mapping[str, Any], array: str = "") -> Iterator[str]:
    """The lines of one table: plain values first, then parameters and words under their own names."""
    for key, value in table.items():
        if key == "words":
            continue
        if isinstance(value, Mapping):
            yield from _dotted(key, value)
        else:
            yield f"{key} = {value_text(value)}"
    if words := table.get("words"):
        yield ""
        yield f"[{array}.words]"
        yield from _entries(words)


def _dotted(prefix: str, table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _dotted(f"{prefix}.{key}", value)
        else:
            yield f"{prefix}.{key} = {value_text(value)}"


def _nested(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
