"""Facts: a frozen view of every record that is not retired. Defined here, filled by the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from app.records.kinds import Day, Ref
from app.records.spec import Record, Row, fields_of
from app.records.vendor import Vendor

R = TypeVar("R", bound=Record)


class Facts:
    """All unretired records, by type and id. Nothing in it changes once made."""

    def __init__(self, records: Iterable[Record]) -> None:
        found: dict[type[Record], dict[int, Record]] = defaultdict(dict)
        for record in records:
            found[type(record)][record.id] = record
        self._by_type: dict[type[Record], dict[int, Record]] = {
            cls: dict(sorted(held.items())) for cls, held in found.items()
        }
        self._indexes: dict[tuple[type[Record], str], Mapping[int, tuple[Any, ...]]] = {}

    def replaced(self, changed: Iterable[Record], removed: Iterable[tuple[type[Record], int]] = ()) -> Facts:
        """A new view in which ``changed`` stand in place of their former revisions; ``removed`` are gone.

        Types without a change, and their indexes, are shared with this view.
        """
        new = Facts(())
        new._by_type = dict(self._by_type)
        touched: set[type[Record]] = set()

        def held(cls: type[Record]) -> dict[int, Record]:
            if cls not in touched:
                touched.add(cls)
                new._by_type[cls] = dict(new._by_type.get(cls, {}))
            return new._by_type[cls]

        unsorted: set[type[Record]] = set()
        for record in changed:
            known = held(type(record))
            # A new record comes last of itself; sorting 100,000 for each change would be felt.
            if record.id not in known and known and record.id < next(reversed(known)):
                unsorted.add(type(record))
            known[record.id] = record
        for cls, record_id in removed:
            held(cls).pop(record_id, None)
        for cls in unsorted:
            new._by_type[cls] = dict(sorted(new._by_type[cls].items()))
        new._indexes = {key: index for key, index in self._indexes.items() if key[0] not in touched}
        return new

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """Every record of a type, by ascending id."""
        return tuple(self._by_type.get(cls, {}).values())  # type: ignore[arg-type]  # filed by its own type

    def find(self, cls: type[R], record_id: int | None) -> R | None:
        """The record with that id, or None where there is none (or it is retired)."""
        if record_id is None:
            return None
        return self._by_type.get(cls, {}).get(record_id)  # type: ignore[return-value]  # filed by its own type

    def get(self, cls: type[R], record_id: int) -> R:
        """The record with that id. Raises ``KeyError`` where there is none."""
        found = self.find(cls, record_id)
        if found is None:
            raise KeyError((cls.spec.name, record_id))
        return found

    def of(self, cls: type[R], field: str, record_id: int) -> tuple[R, ...]:
        """The records of a type whose reference ``field`` names ``record_id``, by ascending id."""
        index = self._indexes.get((cls, field))
        if index is None:
            groups: dict[int, list[R]] = defaultdict(list)
            for record in self.all(cls):
                if (value := getattr(record, field)) is not None:
                    groups[value].append(record)
            index = {value: tuple(group) for value, group in groups.items()}
            self._indexes[cls, field] = index
        return index.get(record_id, ())

    @cached_property
    def vendor(self) -> Vendor | None:
        """The vendor, once entered."""
        return next(iter(self.all(Vendor)), None)

    @cached_property
    def _types(self) -> Mapping[str, type[Record]]:
        return {cls.spec.name: cls for cls in self._by_type}

    def named(self, kind: str, record_id: int | None) -> Record | None:
        """As ``find``, by the name of the record type."""
        cls = self._types.get(kind)
        return None if cls is None else self.find(cls, record_id)

    def key(self, record: Record) -> str:
        """The natural key of ``record`` as text: its key fields joined by a slash, or its id."""
        spec = record.spec
        if not spec.key:
            return str(record.id)
        return " / ".join(_key_part(getattr(record, name)) for name in spec.key)

    def key_of(self, kind: str, record_id: int) -> str:
        """The natural key of a record by type and id. Raises ``KeyError`` for an unknown one."""
        record = self.named(kind, record_id)
        if record is None:
            raise KeyError((kind, record_id))
        return self.key(record)

    def title(self, record: Record | None) -> str:
        """How people call ``record``: the fields named by its declaration, references by their own title."""
        if record is None:
            return ""
        fields = [record.spec.field(name) for name in record.spec.titled]
        return "　".join(self._shown(f.kind, getattr(record, f.name)) for f in fields) or record.spec.label

    def shown(self, holder: Record | Row, name: str) -> str:
        """The text of one field as people read it, references by the title of what they name."""
        kind = next(f.kind for f in fields_of(type(holder)) if f.name == name)
        return self._shown(kind, getattr(holder, name))

    def _shown(self, kind: Any, value: Any) -> str:
        if isinstance(kind, Ref):
            return self.title(self.named(kind.to, value))
        return str(kind.to_text(value))


def _key_part(value: Any) -> str:
    return Day(label="").to_stored(value) or "" if isinstance(value, date) else str(value)
