"""Reading the parameters of a clause: a closed vocabulary, so that a misspelt one is not a duty unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.clause import Asks
from app.annexes.files.toml_lines import Path
from app.annexes.kinds import KINDS

Fault = tuple[Path, str]


def read_parameters(table: Mapping[str, Any], kinds: Sequence[str]) -> tuple[dict[str, Asks], list[Fault]]:
    """Return what the clause asks for each of ``kinds``, and the faults by their place in ``table``.

    A table named like one of the kinds holds for that kind only, and wins over what holds for all.
    """
    faults: list[Fault] = []
    common = _values({key: value for key, value in table.items() if key not in KINDS}, (), faults)
    asked = {}
    for kind in kinds:
        own = table.get(kind, {})
        if not isinstance(own, dict):
            faults.append(((kind,), f"「{kind}」は parameters.{kind}.項目名 の形で書いてください。"))
            own = {}
        values = common | _values(own, (kind,), faults)
        faults.extend(_assumptions(values, kind, table))
        asked[kind] = _shared(Asks(**values))
    faults.extend(
        ((key,), f"「{key}」はこの条項の kinds にありません。どちらかを直してください。")
        for key in table
        if key in KINDS and key not in kinds
    )
    return asked, faults


@lru_cache(maxsize=4096)
def _shared(asks: Asks) -> Asks:
    """The first that asks the same: what is kept by what is asked is then found without comparing."""
    return asks


def _values(table: Mapping[str, Any], at: Path, faults: list[Fault]) -> dict[str, Any]:
    values = {}
    for key, value in table.items():
        parameter = PARAMETERS.get(key)
        if parameter is None:
            faults.append(((*at, key), f"「{key}」という条件はありません。つづりを直すか削除してください。"))
            continue
        try:
            values[key] = parameter.read(value)
        except ValueError as error:
            faults.append(((*at, key), f"「{key}」は、{error}"))
    return values


def _assumptions(values: Mapping[str, Any], kind: str, table: Mapping[str, Any]) -> list[Fault]:
    own = table.get(kind, {})
    at: Path = (kind, "assumed") if isinstance(own, dict) and "assumed" in own else ("assumed",)
    return [
        (at, f"「{name}」を assumed に挙げていますが、値がありません。")
        for name in values.get("assumed", ())
        if name == "assumed" or name not in values
    ]
