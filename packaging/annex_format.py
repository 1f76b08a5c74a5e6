"""Writes the tables of ``resources/annexes/FORMAT.md`` anew from what the code declares.

``--check``: writes nothing and answers 1 where the file says otherwise.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.annexes.asks import PARAMETERS, parameters_of
from app.annexes.kinds import KINDS, When
from app.annexes.parameter_types import Articles, Parameter

FILE = Path(__file__).resolve().parent.parent / "resources" / "annexes" / "FORMAT.md"


def tables() -> Mapping[str, str]:
    """The tables that stand under each heading."""
    return {
        "Parameters": _table(("name", "type", "values", "contract", ""), _parameters()),
        "Kinds": _table(("kind", "", "parameters"), _kinds()),
        "Moments": _table(("moment", ""), ((f"`{one}`", one.label) for one in When)),
    }


def written(text: str) -> str:
    """``text`` with its tables made anew. Raises ``ValueError`` naming a heading that has none."""
    for heading, table in tables().items():
        found = re.search(rf"(?ms)^## {heading}\n(?:(?!^[|#]).)*?(^\|.*?)(?=^[^|]|\Z)", text)
        if found is None:
            raise ValueError(f"FORMAT.md has no table under ## {heading}")
        text = f"{text[: found.start(1)]}{table}\n{text[found.end(1) :]}"
    return text


def _parameters() -> Iterable[tuple[str, ...]]:
    for name, one in PARAMETERS.items():
        yield f"`{name}`", one.written, _values(one), "yes" if one.by_contract else "", one.about


def _values(parameter: Parameter) -> str:
    """The closed list; of tables it is the columns."""
    return _code(parameter.columns if isinstance(parameter, Articles) else parameter.choices)


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _kinds() -> Iterable[tuple[str, ...]]:
    everywhere = {name for name, one in PARAMETERS.items() if not one.kinds}
    for name, kind in KINDS.items():
        yield f"`{name}`", kind.label, _code(one for one in parameters_of(name) if one not in everywhere)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = tuple(heads)
    lines = (columns, ("---",) * len(columns), *map(tuple, rows))
    return "\n".join(f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|" for cells in lines)


def main(arguments: list[str]) -> int:
    """Write the file, or with ``--check`` only compare it."""
    before = FILE.read_text(encoding="utf-8")
    after = written(before)
    if arguments == ["--check"]:
        return int(after != before)
    FILE.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
