"""What an import would do, entry by entry: values, and the one that makes them from the records there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.common import Progress
from app.exchange.coming_in import days
from app.exchange.coming_in.notes import Noted
from app.exchange.json_text import one_line, shown
from app.records import Facts, Person, Record, Spec, fields_of
from app.records.kinds import Rows
from app.records.known import Known
from app.records.ordering import number_of
from app.records.plausible import doubtful, replaced
from app.records.spelling.fold import alike

COUNTED = "件目"
"""Behind the number of an entry: which of the file."""
_EVERY = 200
"""Entries after which a wish to stop is heard."""
_PROVISIONAL = 1 << 40
"""Ids from here on stand for rows of the same file, which have no id before they are written."""


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """``row`` counts from 1; ``field`` is a path (``storages.2.encryption``), empty for the whole row.

    ``asked``: it may be meant so, and only a person can say.
    """

    row: int
    field: str
    sentence: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRow:
    row: int
    outcome: Outcome
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. With any problem it does nothing at all.

    ``doubts``: what is possible and hardly meant, for people to look at; it keeps nothing from being written.
    """

    spec: Spec[Any]
    rows: tuple[PlannedRow, ...]
    problems: tuple[ImportProblem, ...] = ()
    notes: tuple[str, ...] = ()
    """What to know before it is written: what is left out of texts, who may be there already."""
    doubts: tuple[ImportProblem, ...] = ()
    counted: str = COUNTED

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows are new, changed, same and wrong."""
        found = Counter(row.outcome for row in self.rows)
        return {str(outcome): found[outcome] for outcome in Outcome}

    def sentence_of(self, problem: ImportProblem) -> str:
        """The problem with its place, as people read it."""
        where = place(self.spec, problem.field)
        return f"{problem.row}{self.counted}{f'の{where}' if where else ''}：{problem.sentence}"


def provisional(row: int) -> int:
    """The id that stands for the record of an entry before it is written."""
    return _PROVISIONAL + row


def row_of(record_id: int) -> int:
    """The number of the entry for which a provisional id stands."""
    return record_id - _PROVISIONAL


def place(spec: Spec[Any], path: str) -> str:
    """A field path in people's words: 記憶装置の2行目の暗号化."""
    if not path:
        return ""
    name, _, rest = path.partition(".")
    field = next((f for f in spec.fields if f.name == name), None)
    if field is None:
        return f"「{shown(path)}」"
    if not isinstance(field.kind, Rows) or not rest:
        return f"「{field.label}」"
    number, _, inner = rest.partition(".")
    below = next((f.label for f in fields_of(field.kind.of) if f.name == inner), shown(inner))
    return f"「{field.label}」{number}行目の「{below}」"


class Planner:
    def __init__(
        self,
        facts: Facts,
        spec: Spec[Any],
        update: bool,
        today: date | None,
        counted: str,
        added: Collection[str],
        meant: Container[tuple[int, str]],
    ) -> None:
        self._meant = meant
        self._added = added
        self._facts = facts
        self._spec = spec
        self._update = update
        self.known = Known(facts)
        self._seen: dict[str, tuple[int, str]] = {}
        self._noted = Noted(facts, counted)
        self._counted = counted
        self._today = today
        self._twins: dict[Record, Record] | None = None
        self._problems: list[ImportProblem] = []
        self._doubts: list[ImportProblem] = []

    def plan(self, entries: Sequence[Any], numbers: Sequence[int], progress: Progress) -> ImportPlan:
        rows: list[PlannedRow] = []
        for done, (number, entry) in enumerate(zip(numbers, entries, strict=True)):
            if done % _EVERY == 0:
                progress.step(done, len(entries), self._spec.label)
            rows.append(self._row(number, entry))
        notes = self._noted.sentences(self._spec)
        problems, doubts = tuple(self._problems), tuple(self._doubts)
        return ImportPlan(self._spec, tuple(rows), problems, notes, doubts, self._counted)

    def _row(self, number: int, entry: Any) -> PlannedRow:
        before = len(self._problems)
        record, held = self._read(number, entry)
        if record is None or len(self._problems) > before:
            return PlannedRow(number, Outcome.ERROR)
        for path, sentence in replaced(record, held):
            if (number, path) not in self._meant:
                self._problems.append(ImportProblem(number, path, one_line(sentence), asked=True))
        if len(self._problems) > before:
            return PlannedRow(number, Outcome.ERROR)
        if self._today is not None:
            for path, sentences in doubtful(record, self._today, held).items():
                self._doubts.extend(ImportProblem(number, path, sentence) for sentence in sentences)
        if held is None:
            return PlannedRow(number, Outcome.NEW, record)
        return PlannedRow(number, Outcome.SAME if record == held else Outcome.CHANGED, record)

    def _read(self, number: int, entry: Any) -> tuple[Record | None, Record | None]:
        if not isinstance(entry, Mapping):
            self._wrong(number, "", "項目の組（オブジェクト）で書いてください。")
            return None, None
        given = dict(entry)
        held = self._held(number, given)
        self._noted.dropped(number, self._spec, given)
        since = days.taken(given, held)
        if held is not None:
            there = self._spec.to_json(held, self._facts.key_of)
            # The first spelling of a key stays: this one is only alike.
            more = {name: _more(str(there[name]), given[name]) for name in self._added if name in given}
            given = {**there, **given, **more, **{name: there[name] for name in self._spec.key}}
        record, problems = self._spec.from_json(given, self.known.id_of, base=held)
        for path, sentences in problems.items():
            for sentence in sentences:
                self._wrong(number, path, sentence)
        if record is not None and held is not None:
            return self._dated(number, held, record, since), held
        # Of what somebody said that it is another one, nobody asks again whether it is.
        if record is None or (number, "") in self._meant:
            return record, held
        if isinstance(record, Person):
            self._noted.person(number, record)
        if not self._without_key(record):
            return record, held
        made, twin = self._unless_twin(number, record)
        if twin is None and record.spec.assigned and not isinstance(record, Person):
            self._noted.alike(number, self._spec, given)
        return made, twin

    def _dated(self, number: int, held: Record, record: Record, since: Any) -> Record:
        try:
            if said := days.untold(held, record, since):
                self._doubts.append(ImportProblem(number, "", said))
            return days.kept(held, record, since)
        except ValueError as error:
            self._wrong(number, "", str(error))
            return record

    def _held(self, number: int, given: dict[str, Any]) -> Record | None:
        """The record that an entry speaks of, if the ledger has it; finds fault with a key used before."""
        key, field = self._key(given)
        if not key:
            return None
        first, spelled = self._seen.setdefault(alike(key), (number, key))
        if first != number:
            so = f"の「{shown(spelled)}」" if spelled != key else ""
            self._wrong(
                number,
                field,
                f"{first}{self._counted}{so}と同じキー「{shown(key)}」です。どちらかにしてください。",
            )
            return None
        held = self._facts.named(self._spec.name, self.known.held(self._spec.name, key))
        if held is None:
            # Rows further down may name this one.
            self.known.take(self._spec.name, key, provisional(number))
        elif not self._update:
            called = self._facts.title(held) or self._spec.label
            there = f"{self._spec.label}「{shown(called)}」は既に登録されています"
            if self._facts.key(held) != key and self._spec.key:
                there = f"「{shown(key)}」は、登録済みの{self._spec.label}「{shown(called)}」と同じです"
            self._wrong(number, field, f"{there}。更新するときは「更新」（--update）を指定してください。")
        return held

    def _key(self, given: dict[str, Any]) -> tuple[str, str]:
        """The natural key of an entry as text, empty where it has none (yet); and the field it stands in."""
        spec = self._spec
        if spec.single:
            return next((self._facts.key(record) for record in self._facts.all(spec.cls)), ""), ""
        if spec.late_key and isinstance(number := given.get("id"), int) and not given.get(spec.number_field):
            # Written out before the type had numbers: the id stands in the number by which it is called now.
            del given["id"]
            given[spec.number_field] = spec.assigned.format(number)
        if not spec.key:
            number = given.pop("id", None)
            return (str(number) if isinstance(number, int) and not isinstance(number, bool) else ""), "id"
        parts = []
        for name in spec.key:
            kind = spec.field(name).kind
            try:
                value = kind.from_json(given[name], self.known.id_of)
            except (KeyError, ValueError):
                return "", name
            parts.append(str(kind.to_stored(value)))
        return (" / ".join(parts) if all(parts) else ""), spec.key[0]

    def _without_key(self, record: Record) -> bool:
        """Whether nothing in the file tells the record from one that is there already."""
        spec = self._spec
        # A number that the ledger gives itself tells nothing apart before it is given.
        unnumbered = spec.key == (spec.number_field,) and not getattr(record, spec.number_field)
        return not (spec.key or spec.single) or unnumbered

    def _unless_twin(self, number: int, record: Record) -> tuple[Record, Record | None]:
        # The same file brought in twice would otherwise double every quantity in the ledger.
        if self._twins is None:
            self._twins = {_bare(held): held for held in self._facts.all(type(record))}
        twin = self._twins.get(_bare(record))
        if twin is not None and not self._update:
            self._wrong(
                number,
                "",
                f"まったく同じ内容の{self._spec.label}（{_called(twin)}）が既に登録されています。"
                f"この件を除いてください。別の{'人' if isinstance(record, Person) else 'もの'}であれば、"
                f"{'番号' if self._spec.key else '違い'}を書いてください。",
            )
        return twin or record, twin

    def _wrong(self, row: int, field: str, sentence: str) -> None:
        self._problems.append(ImportProblem(row, field, one_line(sentence)))


def _bare(record: Record) -> Record:
    """``record`` without what the ledger keeps about it or gave it: its content alone."""
    spec = record.spec
    given: dict[str, Any] = {spec.number_field: ""} if spec.late or spec.key == (spec.number_field,) else {}
    return replace(record, id=0, revision=0, recorded_at=None, recorded_by="", **given)


def _more(there: str, said: Any) -> Any:
    """What stands there and, below it, every line of ``said`` that does not stand there yet."""
    if not isinstance(said, str):
        return said
    lines = there.splitlines()
    return "\n".join([there, *(line for line in said.splitlines() if line not in lines)]) if there else said


def _called(record: Record) -> str:
    return number_of(record) or f"id {record.id}"
