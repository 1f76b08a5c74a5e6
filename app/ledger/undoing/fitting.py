"""What of a change can go back beside all that stays: names, numbers and the door's own rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.ledger.content.keys import WORTH, Keys, key_holder
from app.ledger.content.references import missing, users
from app.ledger.file.driver import Connection, one
from app.ledger.undoing.values import Back, Key
from app.ledger.writing import Rule
from app.records import Facts, Record


class Fitting:
    """Holds what would go back against the ledger as it then would be."""

    def __init__(self, connection: Connection, facts: Facts, rules: Sequence[Rule], number: int) -> None:
        """``number``: of the change that goes back."""
        self._connection, self._facts, self._rules, self._number = connection, facts, rules, number
        self._keys: Keys | None = None

    def fit(self, back: dict[Key, Back]) -> dict[Key, str]:
        """Take out of ``back`` what cannot go, until the rest can; return it, each with why.

        What names a record that has to stay, or is named by one, stays with it: nothing goes back by halves.
        """
        self._keys = Keys(self._connection) if len(back) >= WORTH else None
        stays: dict[Key, str] = {}
        while found := self._refused(back):
            stays |= found
            for key in found:
                del back[key]
        return stays

    def _refused(self, back: dict[Key, Back]) -> dict[Key, str]:
        after = self._facts.replaced(
            [one.after for one in back.values() if one.after.retired_at is None],
            [(type(one.after), one.after.id) for one in back.values() if one.after.retired_at is not None],
        )
        # The door's rules ask all of them at once, and may be slow: they are asked of what else can go.
        return dict(self._unfit(after, back)) or self._ruled(after, back)

    def _unfit(self, after: Facts, back: dict[Key, Back]) -> Iterator[tuple[Key, str]]:
        for key, held in back.items():
            record = held.after
            if record.retired_at is not None:
                if user := next(users(after, record), None):
                    yield key, f"{user.spec.label}「{after.title(user)}」で使われています。"
            elif lost := next(missing(after, record), None):
                _path, label, what = lost
                yield key, f"戻す内容の{label}にあった{what}が、今は取り消されています。"
            elif other := self._taken(back, held):
                title = after.title(other)
                yield key, f"戻す番号・名称が、今は{other.spec.label}「{title}」に使われています。"

    def _taken(self, back: dict[Key, Back], held: Back) -> Record | None:
        """The other record that stands in the place which ``held`` would take up again."""
        record, spec = held.after, held.after.spec
        before = held.before if held.before.retired_at is None else None
        if spec.single and before is None:
            others: Iterator[Record] = iter(self._facts.all(type(record)))
            return next((other for other in others if _stays(back, other)), None)
        if self._keys is not None and self._keys.surely_free(record):
            return None
        other = key_holder(self._connection, record, before)
        found = self._facts.named(spec.name, other) if other else None
        if found is None or not _stays(back, found) or (before and not self._written_since(found)):
            return None
        return found

    def _written_since(self, other: Record) -> bool:
        """Whether a record was written since the change: two that were alike before it may be so again."""
        sql = "SELECT 1 FROM journal WHERE record = ? AND record_id = ? AND change > ? LIMIT 1"
        return bool(one(self._connection, sql, (other.spec.name, other.id, self._number)))

    def _ruled(self, after: Facts, back: dict[Key, Back]) -> dict[Key, str]:
        written = tuple(held.after for held in back.values())
        found: dict[Key, str] = {}
        for rule in self._rules if written else ():
            for refusal in rule(after, written):
                key = refusal.record.spec.name, refusal.record.id
                # What is said of none of them stands in the way of all.
                for each in (key,) if key in back else tuple(back):
                    found.setdefault(each, refusal.sentence)
        return found


def _stays(back: dict[Key, Back], record: Record) -> bool:
    return (record.spec.name, record.id) not in back
