"""Which record a file means by a natural key, in whatever spelling, or by the name that people call it."""

from __future__ import annotations

from collections import defaultdict

from app.records import SPECS, Facts
from app.records.kinds import Text
from app.records.spelling.fold import alike, squeezed

_LONGEST = 40
_MOST = 5


class Known:
    """Ids by type and natural key: of the records there are, and of those that a file is about to add."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._keys: dict[str, dict[str, list[int]]] = {}
        self._names: dict[str, dict[str, list[int]]] = {}

    def take(self, kind: str, key: str, record_id: int) -> None:
        """A record to come: what follows may name it."""
        self._by_key(kind)[alike(key)].append(record_id)

    def held(self, kind: str, key: str) -> int | None:
        """The record with that natural key: spelled so, else the only one that is spelled alike."""
        found = self._by_key(kind).get(alike(key), [])
        exact = [one for one in found if self._key(kind, one) == key]
        return exact[0] if exact else found[0] if len(found) == 1 else None

    def id_of(self, kind: str, key: str) -> int:
        """The record with that natural key, else the only one of that name. Raises ``ValueError``."""
        found = self.held(kind, key.strip())
        if found is not None:
            return found
        several = self._several(kind, key)
        if len(several) == 1:
            return several[0]
        spec, called = SPECS[kind], f"{SPECS[kind].label}「{key[:_LONGEST]}」"
        if several:
            keys = "、".join(self._key(kind, one) for one in several[:_MOST])
            label = spec.field(spec.key[0]).label
            raise ValueError(
                f"{called}は{len(several)}件あります（{keys}）。どれであるかを{label}で書いてください。"
            )
        raise ValueError(
            f"{called}が台帳にありません。キーを確かめるか、先に{spec.label}を登録してください。"
        )

    def lacks(self, kind: str, key: str) -> bool:
        """Whether there is no record, and none to come, that may be meant."""
        return self.held(kind, key.strip()) is None and not self._several(kind, key)

    def _several(self, kind: str, key: str) -> list[int]:
        found = self._by_key(kind).get(alike(key)) or self._by_name(kind).get(alike(key), [])
        return found or self._loosely(kind, key) or self._formerly(kind, key)

    def _loosely(self, kind: str, key: str) -> list[int]:
        """Those of the same key without hyphens and blanks: PC001 for PC-001."""
        wanted = squeezed(key)
        held = self._by_key(kind).items()
        return [one for spelled, ids in held if wanted and squeezed(spelled) == wanted for one in ids]

    def _formerly(self, kind: str, key: str) -> list[int]:
        """That which an older file calls by its id, before its type had numbers."""
        spec = SPECS[kind]
        if not (spec.late_key and key.strip().isdecimal()):
            return []
        return self._by_key(kind).get(alike(spec.assigned.format(int(key))), [])

    def _key(self, kind: str, record_id: int) -> str:
        record = self._facts.named(kind, record_id)
        return self._facts.key(record) if record else ""

    def _by_key(self, kind: str) -> dict[str, list[int]]:
        if kind not in self._keys:
            found = self._keys[kind] = defaultdict(list)
            for record in self._facts.all(SPECS[kind].cls):
                found[alike(self._facts.key(record))].append(record.id)
        return self._keys[kind]

    def _by_name(self, kind: str) -> dict[str, list[int]]:
        """Records by the text by which people call them, where that is not their key already."""
        if kind not in self._names:
            spec, found = SPECS[kind], self._names.setdefault(kind, defaultdict(list))
            own = spec.field(spec.titled[0])
            if spec.key and len(spec.titled) == 1 and own.name not in spec.key and isinstance(own.kind, Text):
                for record in self._facts.all(spec.cls):
                    found[alike(getattr(record, own.name))].append(record.id)
        return self._names[kind]
