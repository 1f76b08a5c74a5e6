"""Records of the ledger that a row without a number may be: offered, and never taken for it by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from app.records import Facts, Person, Record, Spec
from app.records.kinds import Text
from app.records.namesakes import names_of
from app.records.spelling.fold import squeezed

_TELLING: Mapping[str, tuple[str, ...]] = MappingProxyType({"device": ("serial",)})
"""Fields by which two records are one, where the title does not tell."""
_BESIDES: Mapping[str, tuple[str, ...]] = MappingProxyType({"device": ("kind", "maker", "model")})
"""Fields by which two may be one that say nothing in those."""


class Likes:
    """The records of one type by what they are told by, in any spelling."""

    def __init__(self, facts: Facts, spec: Spec[Any]) -> None:
        self._spec = spec
        own = (name for name in spec.titled if name not in spec.key)
        texts = (name for name in own if isinstance(spec.field(name).kind, Text))
        self._names = _TELLING.get(spec.name) or tuple(texts)
        self._besides = _BESIDES.get(spec.name, ())
        self._held: dict[str, list[Record]] = defaultdict(list)
        for record in facts.all(spec.cls) if self._names else ():
            for word in self._words_of(record):
                self._held[word].append(record)

    def of(self, entry: Mapping[str, Any]) -> tuple[Record, ...]:
        """The records that are told by the same words as the entry; none where it says none."""
        return tuple(self._held.get(self._word(entry.get), ()))

    def together(self, entry: Mapping[str, Any]) -> str:
        """By what two rows without a number may be one person or one machine; empty where nothing tells.

        Other things bear one name as a matter of course: an asset is called after what is on it.
        """
        values = [entry.get(name) for name in self._names]
        tells = self._spec.cls is Person or self._spec.name in _TELLING
        return _word(values) if tells and values and all(values) else ""

    def _words_of(self, record: Record) -> Iterator[str]:
        if isinstance(record, Person):
            yield from dict.fromkeys(names_of(record))
            return
        if word := self._word(lambda name: getattr(record, name)):
            yield word

    def _word(self, value_of: Callable[[str], Any]) -> str:
        """By what it is told, empty for nothing: what has a serial number is told by no more than that."""
        values = [value_of(name) for name in self._names]
        if any(values) or not self._besides:
            return _word(values) if all(isinstance(one, str) and one for one in values) else ""
        more = [value_of(name) or "" for name in self._besides]
        return "\n" + _word(more) if all(isinstance(one, str) for one in more) else ""


def _word(values: list[Any]) -> str:
    return "\n".join(squeezed(str(value)) for value in values)
