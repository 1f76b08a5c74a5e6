"""Reading the parameters of a clause: a closed vocabulary, so that a misspelt one is not a duty unasked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from app.annexes.clause import (
    Act,
    Answer,
    AppliesTo,
    Article,
    Asks,
    Cycle,
    Exempt,
    Further,
    Medium,
    Roll,
    Submit,
    Urgency,
    Workers,
)
from app.annexes.files.toml_lines import Path
from app.annexes.kinds import KINDS
from app.records.assignment import Role
from app.records.incident import IncidentKind
from app.records.training import Topic

Fault = tuple[Path, str]
_Read = Callable[[Any], Any]


def _one_of(choices: type[StrEnum]) -> _Read:
    def read(value: Any) -> StrEnum:
        if not isinstance(value, str) or value not in [str(choice) for choice in choices]:
            raise ValueError(f"{'・'.join(choices)} のいずれかで書いてください。")
        return choices(value)

    return read


def _many_of(choices: type[StrEnum]) -> _Read:
    one = _one_of(choices)

    def read(value: Any) -> tuple[StrEnum, ...]:
        return tuple(one(part) for part in _list(value))

    return read


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError("1つ以上の値を持つ配列で書いてください。")
    if any(value.count(part) > 1 for part in value):
        raise ValueError("同じ値が重なっています。1つにしてください。")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("空でない文字列で書いてください。")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(part) for part in _list(value))


def _yes(value: Any) -> bool:
    if value is not True:
        raise ValueError("true と書くか、項目ごと削除してください。")
    return True


def _count(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 1200:
        raise ValueError("1 以上 1200 以下の整数で書いてください。")
    return value


def _kind(value: Any) -> str:
    if not isinstance(value, str) or value not in KINDS:
        raise ValueError("義務の種別の名前で書いてください。")
    return value


def _exempt(value: Any) -> tuple[StrEnum, ...]:
    read: tuple[StrEnum, ...] = _many_of(Exempt)(value)
    if Exempt.NONE in read and len(read) > 1:
        raise ValueError("none（例外なし）はほかの例外と併せて書けません。")
    return read


def _articles(value: Any) -> tuple[Article, ...]:
    found = []
    for part in _list(value):
        if not isinstance(part, dict) or set(part) != {"act", "article", "subject"}:
            raise ValueError("act・article・subject の3つを持つ表の配列で書いてください。")
        found.append(Article(**{name: _text(text) for name, text in part.items()}))
    return tuple(found)


def _later(value: Any) -> StrEnum:
    word: Urgency = _one_of(Urgency)(value)
    if word is Urgency.BEFOREHAND:
        raise ValueError("第2段階の報告は事前にはできないため、「あらかじめ」以外で書いてください。")
    return word


_PARAMETERS: Mapping[str, _Read] = MappingProxyType(
    {
        "submit": _one_of(Submit),
        "urgency": _one_of(Urgency),
        "days_before": _count,
        "within_days": _count,
        "within_business_days": _count,
        "within_months": _count,
        "first_day": _yes,
        "roll": _one_of(Roll),
        "then": _later,
        "then_days": _count,
        "cycle": _one_of(Cycle),
        "subsidiaries": _yes,
        "tiers": _yes,
        "written": _yes,
        "instead": _kind,
        "exception": _exempt,
        "applies_to": _one_of(AppliesTo),
        "media": _many_of(Medium),
        "workers": _many_of(Workers),
        "roles": _many_of(Role),
        "topics": _many_of(Topic),
        "explain": _articles,
        "prescribed": _yes,
        "period_months": _count,
        "keep_months": _count,
        "items": _texts,
        "acts": _many_of(Act),
        "methods": _texts,
        "copies": _yes,
        "designated": _yes,
        "mishaps": _many_of(IncidentKind),
        "stages": _count,
        "country": _text,
        "answer": _one_of(Answer),
        "further": _one_of(Further),
        "best_effort": _yes,
        "assumed": _texts,
    }
)


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
        read = _PARAMETERS.get(key)
        if read is None:
            faults.append(((*at, key), f"「{key}」という条件はありません。つづりを直すか削除してください。"))
            continue
        try:
            values[key] = read(value)
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
