"""A way from one record over references to a field, such as ``location.room`` of a use: checked when made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.records import SPECS, Facts, Field, Record
from app.records.kinds import OTHER, Choice, Ref


def field_at(cls: type[Record], name: str) -> Field:
    """The field ``name`` of a record type. Raises ``TypeError`` naming what the ledger does not have."""
    spec = getattr(cls, "spec", None)
    if spec is None or SPECS.get(spec.name) is not spec:
        raise TypeError(f"{cls.__name__} is no record of the ledger")
    for field in cls.spec.fields:
        if field.name == name:
            return field
    raise TypeError(f"{cls.__name__} has no field {name!r}")


@dataclass(frozen=True)
class Path:
    """``text`` from a record of type ``start``. Raises ``TypeError`` for a way that no declaration has."""

    start: type[Record]
    text: str

    def __post_init__(self) -> None:
        try:
            self._ways  # noqa: B018  # read here: a path that leads nowhere is refused where it is written
        except TypeError as error:
            raise TypeError(f"{error} (path {self.text!r} from {self.start.__name__})") from None

    @cached_property
    def _ways(self) -> tuple[tuple[tuple[Field, type[Record]], ...], Field]:
        """The references on the way, each with the type of what it names; and the field at the end."""
        found: list[tuple[Field, type[Record]]] = []
        cls, (*through, last) = self.start, self.text.split(".")
        for name in through:
            field = field_at(cls, name)
            if not isinstance(field.kind, Ref):
                raise TypeError(f"{cls.__name__}.{name} names no other record")
            cls = SPECS[field.kind.to].cls
            found.append((field, cls))
        return tuple(found), field_at(cls, last)

    @property
    def label(self) -> str:
        """The label that the field itself declares."""
        return self._ways[1].label

    @property
    def ends(self) -> tuple[type[Record], str]:
        """The type of the record whose field stands at the end, and the name of that field."""
        through, last = self._ways
        return (through[-1][1] if through else self.start), last.name

    def text_of(self, facts: Facts, record: Record) -> str:
        """The text of the field as people read it; empty where it, or the way to it, is."""
        held, field = self.reached(facts, record)
        return facts.shown(held, field.name) if field is self._ways[1] else ""

    def lacking(self, facts: Facts, record: Record) -> tuple[Record, Field] | None:
        """The record and field to fill in before the field at the end says anything; None where it does."""
        held, field = self.reached(facts, record)
        says = field is self._ways[1] and not field.kind.is_empty(getattr(held, field.name))
        return self.untold(facts, record) if says else (held, field)

    def untold(self, facts: Facts, record: Record) -> tuple[Record, Field] | None:
        """The record and field where その他 stands at the end without its text, and would be printed so."""
        held, field = self.reached(facts, record)
        kind = field.kind
        bare = isinstance(kind, Choice) and kind.other and getattr(held, field.name) == OTHER
        return (held, field) if bare and field is self._ways[1] else None

    def reached(self, facts: Facts, record: Record) -> tuple[Record, Field]:
        """The last record on the way and the field; where the way breaks off, the reference that does."""
        held = record
        for field, cls in self._ways[0]:
            following = facts.find(cls, getattr(held, field.name))
            if following is None:
                return held, field
            held = following
        return held, self._ways[1]


def asking(facts: Facts, held: Record, field: Field) -> str:
    """The sentence that asks people for a field of a record, in the words of its declaration."""
    spec, title = held.spec, facts.title(held)
    name = spec.label if title == spec.label else f"{spec.label}「{title}」"
    verb = "選んで" if isinstance(field.kind, Choice | Ref) else "入力して"
    return f"{name}の{field.label}を{verb}ください。"
