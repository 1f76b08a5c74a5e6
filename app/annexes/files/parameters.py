"""Reading the parameters of a clause: a closed vocabulary, so that a misspelt one is not a duty unasked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from app.annexes.asks import PARAMETERS, Asks
from app.annexes.files.toml_lines import Path
from app.annexes.files.words import FILE_WORDS, Words
from app.annexes.kinds import KINDS

Fault = tuple[Path, str]
_NAMED = 3
"""Kinds that are named where a parameter stands in the wrong place; there may be dozens."""


def read_parameters(
    table: Mapping[str, Any], kinds: Sequence[str], words: Words = FILE_WORDS
) -> tuple[dict[str, Asks], list[Fault]]:
    """Return what the clause asks for each of ``kinds``, and the faults by their place in ``table``.

    A table named like one of the kinds holds for that kind only, and wins over what holds for all: for
    those of them that the parameter belongs to. One that belongs to none would ask for nothing, unseen.
    """
    faults: list[Fault] = []
    common = _values(
        {key: value for key, value in table.items() if key not in KINDS}, (), kinds, words, faults
    )
    asked = {}
    for kind in kinds:
        own = table.get(kind, {})
        if not isinstance(own, dict):
            faults.append(((kind,), f"「{kind}」は parameters.{kind}.項目名 の形で書いてください。"))
            own = {}
        values = for_kind(common, kind) | _values(own, (kind,), (kind,), words, faults)
        faults.extend(_assumptions(values, kind, own))
        asked[kind] = _shared(Asks(**values))
    faults.extend(_assumed_nowhere(common, kinds))
    faults.extend(((key,), words.no_kind(key)) for key in table if key in KINDS and key not in kinds)
    return asked, faults


def _assumed_nowhere(common: Mapping[str, Any], kinds: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """A parameter called assumed that belongs to no kind of the clause would be dropped unseen."""
    for name in common.get("assumed", ()):
        if not any(_belongs(name, kind) for kind in kinds):
            yield ("assumed",), f"「{name}」を assumed に挙げていますが、この条項の種別の条件ではありません。"


def for_kind(common: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What of the parameters that stand for all kinds of a clause holds for ``kind``."""
    held = {name: value for name, value in common.items() if _belongs(name, kind)}
    if assumed := [name for name in held.pop("assumed", ()) if _belongs(name, kind)]:
        held["assumed"] = type(common["assumed"])(assumed)
    return held


def _belongs(name: Any, kind: str) -> bool:
    """What nobody knows belongs everywhere: it is refused for itself, not for its place."""
    return name not in PARAMETERS or PARAMETERS[name].belongs_to(kind)


@lru_cache(maxsize=4096)
def _shared(asks: Asks) -> Asks:
    """The first that asks the same: what is kept by what is asked is then found without comparing."""
    return asks


def _values(
    table: Mapping[str, Any], at: Path, kinds: Sequence[str], words: Words, faults: list[Fault]
) -> dict[str, Any]:
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
        else:
            if not any(parameter.belongs_to(kind) for kind in kinds):
                faults.append(((*at, key), _misplaced(key, kinds, words)))
    return values


def _misplaced(name: str, kinds: Sequence[str], words: Words) -> str:
    """What the parameter has no meaning for, and where it would have one."""
    here = "・".join(f"「{words.kind(kind)}」" for kind in kinds) or "義務のない条項"
    there = PARAMETERS[name].kinds
    more = "など" if len(there) > _NAMED else ""
    known = "・".join(f"「{words.kind(kind)}」" for kind in there[:_NAMED])
    where = f"（{known}{more}の条件です）"
    return f"「{name}」は{here}では意味を持ちません{where}。削除するか、種別を直してください。"


def _assumptions(values: Mapping[str, Any], kind: str, own: Mapping[str, Any]) -> list[Fault]:
    at: Path = (kind, "assumed") if "assumed" in own else ("assumed",)
    return [
        (at, f"「{name}」を assumed に挙げていますが、値がありません。")
        for name in values.get("assumed", ())
        if name == "assumed" or name not in values
    ]
