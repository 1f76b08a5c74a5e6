"""What a column may be called, and what may be written for a choice, in the words of offices."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from app.exchange.tables.own import ID, ID_LABEL
from app.records import Field, Spec, fields_of
from app.records.kinds import Choice, Many, Number, Rows
from app.records.spelling.fold import squeezed

_BRACKETED = re.compile(r"\([^()]*\)|【[^】]*】|\[[^\]]*\]|〔[^〕]*〕|<[^<>]*>")
_MARKS = re.compile(r"[*※●◎■□◆◇▼▽★☆:：・･、,.．/／|｜'\"’”＊_]+")
RUNNING = frozenset(
    {"no", "番号", "項番", "通番", "連番", "#", "№", "行", "行番号", "順", "順番", "件", "件番"}
)
"""What a column of running numbers is called."""


@lru_cache(maxsize=1 << 13)
def plain(text: str) -> str:
    """A title as it is compared: no blanks, marks or line ends, any width and kana."""
    return squeezed(_MARKS.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=1 << 13)
def titles_of(text: str) -> tuple[str, ...]:
    """A title, and the title without what it says in brackets: 台数（台） is 台数."""
    narrow = unicodedata.normalize("NFKC", text)
    found = dict.fromkeys((plain(narrow), plain(_BRACKETED.sub("", narrow))))
    return tuple(title for title in found if title)


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column may fill: ``path`` is its name, for nested rows ``storages.encryption``.

    ``beside``: what the other type is called whose field it is (``device_use.person`` of a machine's row).
    """

    path: str
    field: Field
    rows: Field | None = None
    beside: str = ""

    @property
    def label(self) -> str:
        """In people's words, which an export writes over its column."""
        above = self.beside or (self.rows.label if self.rows else "")
        return f"{above}：{self.field.label}" if above else self.field.label


def targets(spec: Spec[Any]) -> Iterator[Target]:
    """Every field that a column may fill, fields of nested rows among them."""
    for field in spec.fields:
        if isinstance(field.kind, Rows):
            for inner in fields_of(field.kind.of):
                yield Target(f"{field.name}.{inner.name}", inner, field)
        else:
            yield Target(field.name, field)
    if not (spec.key or spec.single):
        yield Target(ID, Field(ID, Number(label=ID_LABEL), False, None))


@dataclass(frozen=True)
class Words:
    """The words of one record type. ``titles``: title → the target and how near it is, 0 the nearest."""

    targets: Mapping[str, Target]
    titles: Mapping[str, tuple[tuple[int, str], ...]]
    values: Mapping[str, Mapping[str, str]]

    def named(self, text: str) -> tuple[tuple[int, str], ...]:
        """The paths that a title may mean, the nearest first; empty for none."""
        found: dict[str, int] = {}
        for farther, title in enumerate(titles_of(text)):
            for near, path in self.titles.get(title, ()):
                found[path] = min(found.get(path, 99), near * 2 + farther)
        return tuple(sorted((near, path) for path, near in found.items()))


@cache
def _resource() -> Mapping[str, Any]:
    text = resources.files("resources").joinpath("sheets", "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def makers() -> tuple[str, ...]:
    """Makers of machines and media, in the spellings of registers."""
    return tuple(_resource()["makers"]["names"])


@cache
def words_of(spec: Spec[Any]) -> Words:
    """The words of a record type, read once."""
    held = {target.path: target for target in targets(spec)}
    own = {**_resource().get("every", {}), **_resource().get(spec.name, {})}
    titles: dict[str, dict[str, int]] = {}
    for path, target in held.items():
        several = [path, target.label] if path != ID else [target.label]
        if target.rows is None or not target.rows.kind.later:
            several.append(target.field.label)
        for near, text in enumerate([*several, *own.get(path, ())]):
            # The full label of a nested field is its own; its short one may be that of another field, too.
            rank = 0 if text in (path, target.label) else 1 if near < len(several) else 2
            for title in titles_of(text)[:1]:
                known = titles.setdefault(title, {})
                known[path] = min(known.get(path, 99), rank)
    return Words(
        held,
        {title: tuple((near, path) for path, near in found.items()) for title, found in titles.items()},
        {path: _values(target, own.get("values", {}).get(path, {})) for path, target in held.items()},
    )


def _values(target: Target, own: Mapping[str, list[str]]) -> Mapping[str, str]:
    """Word as it is compared → the choice that it means."""
    kind = target.field.kind
    if not isinstance(kind, Choice | Many):
        return {}
    said = {squeezed(word): choice for choice, several in own.items() for word in several}
    return {**said, **{squeezed(choice): choice for choice in kind.choices}}
