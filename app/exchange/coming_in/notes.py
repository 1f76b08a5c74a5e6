"""What an import lets pass and says: unseen characters left out, what may be there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from app.exchange.coming_in.likes import Likes
from app.exchange.json_text import one_line
from app.records import Facts, Field, Person, Spec, fields_of
from app.records.kinds import Rows, Text
from app.records.namesakes import names_of, told

_MOST = 20
"""So many rows that may be there already are told one by one."""
_NAMED = 3
"""So many records like a row are named."""


class Noted:
    """Collects row by row what the plan says once."""

    def __init__(self, facts: Facts, counted: str) -> None:
        self._facts = facts
        self._counted = counted
        self._places: list[tuple[int, str]] = []
        self._dropped = 0
        self._people: dict[str, list[str]] | None = None
        self._same: list[str] = []
        self._likes: Likes | None = None

    def dropped(self, row: int, spec: Spec[Any], given: Mapping[str, Any]) -> None:
        """Count what is left out of the texts of an entry."""
        for label, number in _dropped(spec.fields, given):
            self._places.append((row, label))
            self._dropped += number

    def person(self, row: int, person: Person) -> None:
        """Note who has the name of a new person already, in the ledger or further up in the file."""
        if self._people is None:
            self._people = defaultdict(list)
            for one in self._facts.all(Person):
                self._put(one, f"登録済みの{told(one)}")
        found = dict.fromkeys(who for name in names_of(person) for who in self._people.get(name, ()))
        if found:
            self._same.append(
                f"{row}{self._counted}の「{person.name}」は、{'、'.join(found)}と同じ氏名です。"
                "同じ人であれば、この件を除いてください。"
            )
        self._put(person, f"{row}{self._counted}の{told(person)}")

    def alike(self, row: int, spec: Spec[Any], entry: Mapping[str, Any]) -> None:
        """Note what the ledger holds that a thing without a number of its own may be."""
        if self._likes is None:
            self._likes = Likes(self._facts, spec)
        if found := self._likes.of(entry):
            called = "、".join(self._facts.key(one) for one in found[:_NAMED])
            more = f"ほか{len(found) - _NAMED}件" if len(found) > _NAMED else ""
            self._same.append(
                f"{row}{self._counted}は、登録済みの{spec.label}（{called}{more}）と同じかもしれません。"
                "同じものであれば、この件を除いてください。"
            )

    def _put(self, person: Person, who: str) -> None:
        held = self._people if self._people is not None else {}
        for name in set(names_of(person)):
            held[name].append(who)

    def sentences(self, spec: Spec[Any]) -> tuple[str, ...]:
        """One sentence for all that is left out, one for each person."""
        found: list[str] = []
        if self._places:
            row, label = self._places[0]
            more = f"ほか{len(self._places) - 1}か所" if len(self._places) > 1 else ""
            found.append(
                f"目に見えない文字{self._dropped}個を除いて{spec.label}を取り込みます"
                f"（{row}{self._counted}の「{label}」{more}）。"
            )
        found += self._same[:_MOST]
        if len(self._same) > _MOST:
            found.append(f"同じかもしれない{spec.label}がほかに{len(self._same) - _MOST}件あります。")
        return tuple(map(one_line, found))


def _dropped(declared: tuple[Field, ...], given: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for field in declared:
        value = given.get(field.name)
        if isinstance(field.kind, Text) and isinstance(value, str):
            if number := field.kind.dropped(value):
                yield field.label, number
        elif isinstance(field.kind, Rows) and isinstance(value, list):
            for row in value:
                if isinstance(row, Mapping):
                    yield from _dropped(fields_of(field.kind.of), row)
