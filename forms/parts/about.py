"""Which records a form is about: their type, and which of them on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.duties.case import Case, MissingFact, Stated
from app.records import Contract, Facts, Record, stated_key
from app.records.days import wareki
from app.records.kinds import Ref
from app.records.paths import field_at
from app.records.statement import Told
from forms.parts.cells import key_of
from forms.parts.lasting import Period, split
from forms.parts.texts import BESIDE

T = TypeVar("T")


def _none(_case: Case) -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True)
class About(Generic[T]):
    """The things of a contract that a form states, each called by its record of type ``record``.

    ``select``: those of the day of the case, in the order of the paper. ``ended``: those that have ended by
    then. ``settled``: the keys of those that are dealt with already; they are left out unless asked for by
    name. ``empty`` and ``done``: what people read where there is none, and where all are settled; made
    from the declaration where not given. ``adds``: the type of record to add where there is none.
    ``past``: they have happened, and no later change of a name makes what was told of them wrong.
    ``formerly``: the field whose record older documents called the thing by. ``together``: things alike in
    it are told together or not at all, so that no paper tells of a part of what was one act.
    """

    record: type[Record]
    select: Callable[[Case], Iterable[T]]
    ended: Callable[[Case], Iterable[T]] = _none
    settled: Callable[[Case], Collection[str]] | None = None
    adds: type[Record] | None = None
    empty: str = ""
    done: str = ""
    formerly: str = ""
    past: bool = False
    together: Callable[[Case, T], Hashable] | None = None

    def __post_init__(self) -> None:
        if self.formerly:
            field_at(self.record, self.formerly)

    def chosen(self, case: Case) -> tuple[T, ...]:
        """What the document of the case is about."""
        held = tuple(self.select(case))
        if case.only:
            return self._whole(case, held, [one for one in held if key_of(one) in case.only])
        if case.comparing or case.again or self.settled is None:
            return held
        settled = self.settled(case)
        return self._whole(case, held, [one for one in held if key_of(one) not in settled])

    def _whole(self, case: Case, held: tuple[T, ...], found: Sequence[T]) -> tuple[T, ...]:
        """What was found, with all that is told together with any of it."""
        if self.together is None:
            return tuple(found)
        acts = {self.together(case, one) for one in found}
        return tuple(one for one in held if self.together(case, one) in acts)

    def missing(self, case: Case, title: str) -> Iterator[MissingFact]:
        """Why the document would be about nothing. Asked only where ``chosen`` is empty."""
        adds = (self.adds or self.record).spec
        if case.only:
            for key in case.only:
                held = case.facts.stated(key)
                called = f"{held.spec.label}「{case.facts.title(held)}」" if held else f"「{key}」"
                yield MissingFact(f"{called}は、この契約の{title}の対象になりません。", "")
            return
        if tuple(self.select(case)) and self.settled is not None:
            done = self.done or f"{title}に載せていない{self.record.spec.label}はありません。"
            yield MissingFact(done, "" if self.done else adds.name)
            return
        empty = self.empty or f"この契約の{adds.label}の記録がありません。{adds.label}を登録してください。"
        yield MissingFact(empty, adds.name)

    def recall(self, told: Told, facts: Facts, contract: Contract, now: Stated) -> Told:
        """What an older document told, each thing under the key of today (``FormFace.recall``)."""
        if not self.formerly:
            return told
        kind = field_at(self.record, self.formerly).kind
        older = f"{kind.to}:" if isinstance(kind, Ref) else ""
        stated: dict[str, Mapping[str, str]] = {}
        for key, entry in told.stated.items():
            meant = self._meant(key, entry, facts, contract) if key.startswith(older) else ()
            for at, one in enumerate(meant):
                new = stated_key(one)
                stated[new] = _own(entry, meant, at, now.get(new, {})) if len(meant) > 1 else entry
            if not meant:
                stated[key] = entry
        return told._replace(stated=stated)

    def _meant(self, key: str, entry: Mapping[str, str], facts: Facts, contract: Contract) -> tuple[Any, ...]:
        """The things of the contract that an older document meant by ``key``: those whose start it states."""
        held: list[Any] = [
            one
            for one in facts.of(self.record, "contract", contract.id)
            if getattr(one, self.formerly) == int(key.partition(":")[2])
        ]
        told = {part for text in entry.values() for part in text.split(BESIDE)}
        found = (one for one in held if len(held) == 1 or wareki(one.starts_on) in told)
        return tuple(sorted(found, key=lambda one: (one.starts_on, one.id)))


def _own(entry: Mapping[str, str], meant: Sequence[Any], at: int, now: Mapping[str, str]) -> dict[str, str]:
    """The texts of one (``at``) of several things that an older document put side by side.

    It put them in the order of their starts, and alike ones once. Where that leaves open which is whose, a
    text of today among them is taken as the thing's own.
    """
    whole = BESIDE.join(wareki(one.starts_on) for one in meant) in entry.values()
    found = {}
    for label, text in entry.items():
        parts = text.split(BESIDE)
        exact = whole and len(parts) == len(meant)
        found[label] = parts[at] if exact else now[label] if now.get(label) in parts else text
    return found


P = TypeVar("P", bound=Period)


def lasting(record: type[Any]) -> About[Any]:
    """The records of a type that name the contract and last on the day or begin later, by first day."""

    def parted(case: Case) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        return split(case.facts.of(record, "contract", case.contract.id), case.day)

    return About(record, lambda case: parted(case)[0], lambda case: parted(case)[1])
