"""Facts: a frozen view of every record that is not retired. Defined here, filled by the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from app.records.grouping import (
    Change,
    Groups,
    Way,
    group,
    group_by,
    group_over,
    regroup,
    regroup_by,
    regroup_over,
)
from app.records.kinds import FormId, Ref, Row, Rows, Text
from app.records.ordering import key_text
from app.records.spec import Record, fields_of
from app.records.statement import Told
from app.records.status import planned_mark
from app.records.submission import Submission
from app.records.table import Table
from app.records.vendor import Vendor

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_BEGUN = 40
"""Characters of a text of several lines that stand in a title."""
_STEPS = 16
"""So many changes back a view knows what changed without looking at every record."""
ID, ALL = "id", ""
Signs = Callable[[Any], Iterable[Any]]
"""What tells records apart, or marks them, read from one record alone."""
_NONE: Table[Any] = Table()
Asked = Mapping[tuple[type[Record] | str, str], set[int]]
"""Record type (or its name) and path → the ids asked for there.

The path is that of ``Facts.of``, ``id`` for a record itself, and empty, with the id 0, for all of the type.
"""
_Notes = defaultdict[tuple[type[Record] | str, str], set[int]]


class _Step(NamedTuple):
    """One change on the way to a view: the mark of the view before it, and the records it touched."""

    before: object
    changed: tuple[tuple[type[Record], int], ...]


@dataclass(slots=True)
class _Tables:
    """What views of the same records share, whoever asks through them."""

    by_type: dict[type[Record], Table[Any]]
    groups: dict[tuple[type[Record], str], Groups] = field(default_factory=dict)
    over: dict[Way[Any], Groups] = field(default_factory=dict)
    signed: dict[tuple[type[Record], Signs], Mapping[Any, tuple[Record, ...]]] = field(default_factory=dict)
    worked_out: dict[tuple[type[Record], Callable[..., Any]], Any] = field(default_factory=dict)
    several: dict[tuple[type[Record], Signs], Mapping[Any, tuple[Record, ...]]] = field(default_factory=dict)
    told: dict[str, Told | None] = field(default_factory=dict)
    whole: dict[type[Record], tuple[Any, ...]] = field(default_factory=dict)
    titles: Callable[[str], str] = str
    """Id of a printed form → its title."""
    mark: object = field(default_factory=object)
    """Stands for the view: the views themselves would each keep a table of 100,000 records alive."""
    steps: tuple[_Step, ...] = ()


class Facts:
    """All unretired records, by type and id. Nothing in it changes once made.

    A *watched* view notes in ``asked`` what is asked of it, found or not: whatever is worked out from it
    alone stays as it is until something of that is ``touched``. A way of asking that is not noted would
    leave an old answer standing.
    """

    def __init__(self, records: Iterable[Record], titles: Callable[[str], str] = str) -> None:
        """``titles``: id of a printed form → its title, asked when it is shown; else the id is shown."""
        found: dict[type[Record], dict[int, Record]] = defaultdict(dict)
        for record in records:
            found[type(record)][record.id] = record
        self._tables = _Tables({cls: Table(held) for cls, held in found.items()}, titles=titles)
        self._asked: _Notes | None = None

    def _view(self, tables: _Tables, asked: _Notes | None) -> Facts:
        view = Facts(())
        view._tables, view._asked = tables, asked
        return view

    def watched(self) -> Facts:
        """The same records, in a view that notes what is asked of it."""
        return self._view(self._tables, defaultdict(set))

    @property
    def asked(self) -> Asked:
        """What was asked so far; nothing of a view that is not watched."""
        return {} if self._asked is None else self._asked

    def replaced(self, changed: Iterable[Record], removed: Iterable[tuple[type[Record], int]] = ()) -> Facts:
        """A new view in which ``changed`` stand in place of their former revisions; ``removed`` are gone.

        Types and groups without a change are shared with this view. Of a watched view it is watched as well,
        and what is asked of it is noted in the same place.
        """
        wanted: dict[type[Record], dict[int, Record | None]] = defaultdict(dict)
        for record in changed:
            wanted[type(record)][record.id] = record
        for cls, record_id in removed:
            wanted[cls][record_id] = None
        changes: dict[type[Record], list[Change]] = {}
        old = self._tables
        new = _Tables(dict(old.by_type), dict(old.groups), told=old.told, titles=old.titles)
        for cls, records in wanted.items():
            before = old.by_type.get(cls, _NONE)
            new.by_type[cls] = before.put(records)
            changes[cls] = [(before.get(record_id), record) for record_id, record in records.items()]
            for path in self.paths(cls):
                new.groups[cls, path] = regroup(old.groups[cls, path], path, changes[cls])
        for way, groups in tuple(old.over.items()):
            new.over[way] = _regrouped(way, groups, old, new, changes)
        new.signed = {
            key: regroup_by(groups, key[1], changes[key[0]]) if key[0] in changes else groups
            for key, groups in tuple(old.signed.items())
        }
        new.whole = {cls: held for cls, held in tuple(old.whole.items()) if cls not in wanted}
        new.worked_out = {key: held for key, held in tuple(old.worked_out.items()) if key[0] not in wanted}
        new.several = {key: held for key, held in tuple(old.several.items()) if key[0] not in wanted}
        last = _Step(old.mark, tuple((cls, number) for cls, held in wanted.items() for number in held))
        new.steps = (*old.steps[1 - _STEPS :], last)
        return self._view(new, self._asked)

    def changed_since(self, older: Facts) -> tuple[Change, ...]:
        """What differs from ``older``: each record before and after, by identity.

        Types that both views share cost nothing, and neither does a view that this one was made from lately.
        """
        steps = self._tables.steps
        for at, step in enumerate(steps):
            if step.before is older._tables.mark:
                places = dict.fromkeys(place for later in steps[at:] for place in later.changed)
                pairs = ((older._held(*place), self._held(*place)) for place in places)
                return tuple((before, after) for before, after in pairs if before is not after)
        return self._compared(older)

    def _held(self, cls: type[Record], record_id: int) -> Record | None:
        return self._tables.by_type.get(cls, _NONE).get(record_id)

    def _compared(self, older: Facts) -> tuple[Change, ...]:
        found: list[Change] = []
        for cls in dict.fromkeys((*older._tables.by_type, *self._tables.by_type)):
            before, after = older._tables.by_type.get(cls, _NONE), self._tables.by_type.get(cls, _NONE)
            for old, new in after.unshared(before):
                found += [
                    (old.get(number), record)
                    for number, record in new.items()
                    if old.get(number) is not record
                ]
                found += [(record, None) for number, record in old.items() if number not in new]
        return tuple(found)

    def _note(self, cls: type[Record] | str, path: str, record_id: int) -> None:
        if self._asked is not None:
            self._asked[cls, path].add(record_id)

    def paths(self, cls: type[Record]) -> tuple[str, ...]:
        """The fields by which the records of a type have been grouped so far."""
        return tuple(path for held, path in tuple(self._tables.groups) if held is cls)

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """Every record of a type, by ascending id."""
        self._note(cls, ALL, 0)
        held = self._tables.whole.get(cls)
        if held is None:
            held = self._tables.whole[cls] = tuple(self._tables.by_type.get(cls, _NONE).values())
        return held

    def count(self, cls: type[Record]) -> int:
        """How many records of a type there are."""
        self._note(cls, ALL, 0)
        return len(self._tables.by_type.get(cls, _NONE))

    def find(self, cls: type[R], record_id: int | None) -> R | None:
        """The record with that id, or None where there is none (or it is retired)."""
        if record_id is None:
            return None
        # Asked tens of thousands of times: noted here and not by another call.
        if self._asked is not None:
            self._asked[cls, ID].add(record_id)
        return self._tables.by_type.get(cls, _NONE).get(record_id)

    def get(self, cls: type[R], record_id: int) -> R:
        """The record with that id. Raises ``KeyError`` where there is none."""
        found = self.find(cls, record_id)
        if found is None:
            raise KeyError((cls.spec.name, record_id))
        return found

    def of(self, cls: type[R], path: str, record_id: int) -> tuple[R, ...]:
        """The records of a type that name ``record_id`` at ``path``, by ascending id.

        ``path`` is a field, or a field of nested rows (``contracts.contract``).
        """
        self._note(cls, path, record_id)
        groups = self._tables.groups.get((cls, path))
        if groups is None:
            groups = self._tables.groups[cls, path] = group(
                self._tables.by_type.get(cls, _NONE).values(), path
            )
        return groups.get(record_id, ())

    def over(self, way: Way[R], record_id: int) -> tuple[R, ...]:
        """The records at the other end of ``way``, whose owners name ``record_id``, by ascending id."""
        self._note(way.cls, way.name, record_id)
        groups = self._tables.over.get(way)
        if groups is None:
            records, owners = (
                self._tables.by_type.get(way.cls, _NONE),
                self._tables.by_type.get(way.owner, _NONE),
            )
            groups = self._tables.over[way] = group_over(way, records.values(), owners)
        return groups.get(record_id, ())

    def ways(self) -> tuple[Way[Any], ...]:
        """The ways over which records have been grouped so far."""
        return tuple(self._tables.over)

    def once(self, cls: type[R], work_out: Callable[[Table[R]], T]) -> T:
        """What ``work_out`` answers about the records of a type, by ascending id; anew once one changes."""
        self._note(cls, ALL, 0)
        key = (cls, work_out)
        if key not in self._tables.worked_out:
            self._tables.worked_out[key] = work_out(self._tables.by_type.get(cls, _NONE))
        return self._tables.worked_out[key]  # type: ignore[no-any-return]  # kept under the function that made it

    def signed(
        self,
        cls: type[R],
        signs: Callable[[R], Iterable[Any]],
        sift: Callable[[Collection[R]], Iterable[R]] = tuple,
    ) -> Mapping[Any, tuple[R, ...]]:
        """The records of a type by each of their ``signs``, by ascending id; of a changed one read anew.

        ``sift``: leaves out of many records, quicker than one by one, such as bear no sign.
        """
        self._note(cls, ALL, 0)
        groups = self._tables.signed.get((cls, signs))
        if groups is None:
            held: Collection[Any] = self._tables.by_type.get(cls, _NONE).values()
            groups = group_by(sift(held), signs)
            self._tables.signed[cls, signs] = groups
        return groups  # type: ignore[return-value]  # filed by its own type

    def several(self, cls: type[R], signs: Callable[[R], Iterable[Any]]) -> Mapping[Any, tuple[R, ...]]:
        """Those of ``signed`` that several records bear; looked for anew once one of the type changes."""
        key = (cls, signs)
        groups = self.signed(cls, signs)
        if key not in self._tables.several:
            self._tables.several[key] = {sign: held for sign, held in groups.items() if len(held) > 1}
        return self._tables.several[key]  # type: ignore[return-value]  # filed by its own type

    def covering(self, cls: type[R], contract: int) -> tuple[R, ...]:
        """The records of a type that name ``contract`` among those they cover, by ascending id."""
        return self.of(cls, "contracts.contract", contract)

    def told(self, submission: Submission) -> Told | None:
        """What a document told the client, read once; None where it cannot be read."""
        text = submission.statement
        if text not in self._tables.told:
            self._tables.told[text] = Told.read(text)
        return self._tables.told[text]

    @property
    def vendor(self) -> Vendor | None:
        """The vendor, once entered."""
        return next(iter(self.all(Vendor)), None)

    @cached_property
    def _types(self) -> Mapping[str, type[Record]]:
        return {cls.spec.name: cls for cls in self._tables.by_type}

    def named(self, kind: str, record_id: int | None) -> Record | None:
        """As ``find``, by the name of the record type."""
        if record_id is not None:
            # By name, since a type without records is not known by its class.
            self._note(kind, ID, record_id)
        cls = self._types.get(kind)
        return None if cls is None else self.find(cls, record_id)

    def stated(self, key: str) -> Record | None:
        """The record that statements call ``key`` (``person:5``), or None where there is none."""
        kind, _, number = key.partition(":")
        return self.named(kind, int(number)) if number.isdecimal() else None

    def key(self, record: Record) -> str:
        """The natural key of ``record`` as text: its key fields joined by a slash, or its id."""
        return key_text(record)

    def key_of(self, kind: str, record_id: int) -> str:
        """The natural key of a record by type and id. Raises ``KeyError`` for an unknown one."""
        record = self.named(kind, record_id)
        if record is None:
            raise KeyError((kind, record_id))
        return self.key(record)

    def title(self, record: Record | None) -> str:
        """How people call ``record``: the fields named by its declaration, references by their own title.

        A plan says so, or its title would read as though it had been done. Of a text of several lines it is
        the beginning: a finding of a whole page would fill every sentence that names its improvement.
        """
        if record is None:
            return ""
        fields = [record.spec.field(name) for name in record.spec.titled]
        called = "　".join(_begun(f.kind, self._shown(f.kind, getattr(record, f.name))) for f in fields)
        return (called or record.spec.label) + planned_mark(record)

    def form_title(self, form: str) -> str:
        """How people call the printed form with this id; the id itself where there is none such any more."""
        return self._tables.titles(form)

    def shown(self, holder: Record | Row, name: str) -> str:
        """The text of one field as people read it, references by the title of what they name.

        Rows of one field each are told by their texts, others by their number.
        """
        return self._shown(_kind_of(type(holder), name), getattr(holder, name))

    def whole(self, holder: Record | Row, name: str) -> str:
        """As ``shown``, but rows by all that they hold: two of one number may say different things."""
        kind, value = _kind_of(type(holder), name), getattr(holder, name)
        if not isinstance(kind, Rows):
            return self._shown(kind, value)
        inner = [one.name for one in fields_of(kind.of)]
        return "／".join("　".join(filter(None, (self.whole(row, one) for one in inner))) for row in value)

    def _shown(self, kind: Any, value: Any) -> str:
        if isinstance(kind, Ref):
            return self.title(self.named(kind.to, value))
        if isinstance(kind, FormId):
            return self.form_title(value)
        if isinstance(kind, Rows) and len(inner := fields_of(kind.of)) == 1:
            return "、".join(self._shown(inner[0].kind, getattr(each, inner[0].name)) for each in value)
        return str(kind.to_text(value))


def _begun(kind: Any, text: str) -> str:
    """What a title says of a field: all of it, or how a text of several lines begins."""
    if not isinstance(kind, Text) or kind.lines == 1 or len(text) <= _BEGUN:
        return text
    return f"{text[:_BEGUN]}…"


def _declared_kind(cls: Any, name: str) -> Any:
    return next(f.kind for f in fields_of(cls) if f.name == name)


_kind_of: Callable[[Any, str], Any] = cache(_declared_kind)
"""The kind of a field: asked for each text of every paper that is compared."""


def _regrouped(
    way: Way[Any],
    groups: Groups,
    older: _Tables,
    newer: _Tables,
    changes: Mapping[type[Record], list[Change]],
) -> Groups:
    of_records, of_owners = changes.get(way.cls, []), changes.get(way.owner, [])
    if not of_records and not of_owners:
        return groups
    before, after = older.by_type.get(way.owner, _NONE), newer.by_type.get(way.owner, _NONE)
    return regroup_over(way, groups, before, after, of_records, of_owners)
