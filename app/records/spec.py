"""Records: one frozen dataclass per kind of ledger entry, its declaration read once into a ``Spec``.

Annotations of records are data. Modules that declare records therefore do without
``from __future__ import annotations``: as text, each would have to be compiled again at every start.
"""

import types
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any, ClassVar, Generic, TypeVar, Union, get_args, get_origin

from app.records.kinds import File, IdOf, KeyOf, Kind, Row, Rows, Text, WrongTypeError

R = TypeVar("R", bound="Record")
Problems = dict[str, list[str]]
"""Field path (``name``, or ``rows.2.name`` with rows counted from 1) → Japanese sentences."""


class _Judged:
    """Beside the values: whether ``Spec.check`` found nothing wrong with this object, which never changes."""

    __slots__ = ("_sound",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(_Judged):
    """What every ledger entry has. ``id`` is 0 until saved and is never changed or reused.

    ``recorded_at`` / ``recorded_by`` say when and by whom this revision was written, apart from the
    day on which the thing itself happened. A record is never deleted: ``retired_at`` takes it out of
    the facts and keeps it in the ledger, with ``retired_why``.
    """

    spec: "ClassVar[Spec[Any]]"

    id: int = 0
    revision: int = 0
    recorded_at: datetime | None = None
    recorded_by: str = ""
    retired_at: datetime | None = None
    retired_why: str = ""
    note: Annotated[str, Text(label="備考", longest=2000, lines=3, searched=True, group="備考")] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield ``(field path, sentence)`` for whatever only the whole entry can tell."""
        return iter(())

    def numbered_with(self) -> "Hashable | None":
        """Records written together share the number that the ledger gives where this is the same.

        None: the record gets a number of its own. Only asked of types that get one.
        """
        return None

    def wants_number(self) -> bool:
        """Whether the ledger gives the record a number where nobody typed one."""
        return True

    def changed_from(self, before: "Record") -> Iterator[tuple[str, str]]:
        """Yield ``(field path, sentence)`` for whatever may no longer differ from ``before``."""
        del before
        return iter(())


KEPT_BY_THE_DOOR = ("id", "revision", "recorded_at", "recorded_by", "retired_at", "retired_why")


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: Kind
    required: bool
    default: Any

    @property
    def label(self) -> str:
        return self.kind.label


class Section(StrEnum):
    """Under which heading people look for a record type, in the order of the headings."""

    GROUND = "基本"
    PEOPLE = "人と体制"
    PLACES = "場所・機器・システム"
    ASSETS = "情報資産"
    DELEGATION = "再委託"
    CLIENT = "発注者とのやり取り"
    CHECKS = "点検・確認"
    DOCUMENTS = "書類"


class Made(StrEnum):
    """How a record of a type comes to be."""

    BY_HAND = "by hand"
    BY_ISSUING = "by issuing"
    """A printed form is issued; the record is never retired, a document is declared void instead."""
    WITH_OWNER = "with its owner"
    """Only together with another record, to which it belongs."""
    ONCE = "once"
    """By hand, and there is one at most."""
    FROM_STEP = "from a step"
    """By hand, but only from a step of the program, which fills in what it is about."""


class Shared(StrEnum):
    """How one act that serves several contracts is written down."""

    APART = "apart"
    """It serves one contract."""
    ONE = "one"
    """One record names all the contracts, or what they share."""
    ROUND = "round"
    """Each contract has its own record, and people make them in a single round."""


@dataclass(frozen=True, slots=True)
class Spec(Generic[R]):
    """One record type: its name in code, its 表示名, its class and its natural key.

    ``key`` names the fields that together identify a record to people and files; empty means the id.
    ``titled`` names the fields by which people call it.
    ``assigned`` is the pattern by which the ledger gives a missing key (``"E-{:03}"``); ``numbered``
    names the field where it is not the key. ``late``: the type had no number once; a record of that time is
    called by its id in the pattern, and so is whatever an older file says of it.
    ``carried`` names the fields that are usually the same in several such records entered one after another
    (``items.item``: that field of each nested row). Never a key, number, file, result, signature, document
    or day of having been done: what nobody saw or did would be written down unnoticed.
    ``each`` names the one reference in which records entered at once differ (20 workers of one contract).
    ``apart`` names further fields, beside key and title, in which no two records say the same.
    ``section`` is the heading under which people look for it. ``made`` says how one comes to be and
    ``shared`` how it serves several contracts at once.
    """

    name: str
    label: str
    cls: type[R]
    key: tuple[str, ...] = ()
    titled: tuple[str, ...] = ()
    assigned: str = ""
    made: Made = Made.BY_HAND
    shared: Shared = Shared.APART
    section: Section = Section.GROUND
    carried: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    each: str = ""
    numbered: str = ""
    late: bool = False

    @property
    def number_field(self) -> str:
        """The field in which the ledger fills in a missing number; empty where it gives none."""
        return (self.numbered or self.key[0]) if self.assigned else ""

    @property
    def late_key(self) -> bool:
        """Whether a record may be called by a number that it does not hold itself (``late``)."""
        return self.late and self.key == (self.number_field,)

    @property
    def single(self) -> bool:
        """Whether there is one at most (自社)."""
        return self.made is Made.ONCE

    @property
    def by_hand(self) -> bool:
        """Whether people enter it themselves; only such records are brought in from files."""
        return self.made in (Made.BY_HAND, Made.ONCE)

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is declared, in that order, 備考 last; read when first asked for."""
        return fields_of(self.cls)

    def field(self, name: str) -> Field:
        return next(f for f in self.fields if f.name == name)

    @property
    def reading(self) -> str:
        """The field that tells how the title is read (フリガナ), empty where a type has none."""
        return "kana" if any(f.name == "kana" for f in self.fields) else ""

    @property
    def repeated(self) -> bool:
        """Whether people enter several that are much alike."""
        return self.made is Made.BY_HAND and bool(self.carried)

    @property
    def alike(self) -> tuple[Field, ...]:
        """The fields in which several records may be given one value at a time."""
        own = {*self.key, *self.titled, *self.apart}
        return tuple(
            f
            for f in self.fields
            if self.repeated
            and f.name not in own
            and not (f.kind.fixed or f.kind.unseen or isinstance(f.kind, Rows | File))
        )

    @property
    def listed(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.kind.listed)

    def check(self, record: R) -> Problems:
        """All problems of ``record`` at once: missing facts, single values, rows, then the whole.

        They follow from its values alone, so that of one object they are looked for until there are none.
        """
        if getattr(record, "_sound", False):
            return {}
        problems = check_values(self.fields, record)
        if not problems:
            _gather(problems, record.problems())
        if not problems:
            object.__setattr__(record, "_sound", True)
        return problems

    def from_texts(self, texts: Mapping[str, Any], *, base: R | None = None) -> tuple[R | None, Problems]:
        """Read what people typed: the record, or every problem at once (never just the first).

        ``texts`` maps a field to its text, or, for nested rows, to a list of such mappings.
        ``base`` keeps what the door wrote on a record that is being changed.
        """
        values, problems = _read(self.fields, texts, lambda kind, text: kind.from_text(text))
        return self._build(values, problems, base)

    def from_json(
        self, entry: Mapping[str, Any], id_of: IdOf, *, base: R | None = None
    ) -> tuple[R | None, Problems]:
        """Read one imported object; as ``from_texts``, and unknown fields are problems too."""
        values, problems = _read(
            self.fields, entry, lambda kind, value: kind.from_json(value, id_of), strict=True
        )
        return self._build(values, problems, base)

    def to_json(self, record: R, key_of: KeyOf) -> dict[str, Any]:
        """One object that ``from_json`` reads back to the same record."""
        return _to_json(self.fields, record, key_of)

    def _build(self, values: dict[str, Any], problems: Problems, base: R | None) -> tuple[R | None, Problems]:
        if problems:
            for path, sentences in self._single_problems(values).items():
                problems.setdefault(path, sentences)
            return None, problems
        kept = {name: getattr(base, name) for name in KEPT_BY_THE_DOOR} if base else {}
        record = self.cls(**kept, **values)
        problems = self.check(record)
        return (None, problems) if problems else (record, {})

    def _single_problems(self, values: Mapping[str, Any]) -> Problems:
        found: Problems = {}
        for f in self.fields:
            if f.name in values and not isinstance(f.kind, Rows) and not f.kind.is_empty(values[f.name]):
                _gather(found, ((f.name, sentence) for sentence in f.kind.problems(values[f.name])))
        return found


def check_values(declared: tuple[Field, ...], holder: object, prefix: str = "") -> Problems:
    """Problems of single values and of nested rows, by field path."""
    problems: Problems = {}
    for f in declared:
        value, kind = getattr(holder, f.name), f.kind
        if kind.is_empty(value):
            if f.required:
                problems.setdefault(prefix + f.name, []).append(f"{f.label}を入力してください。")
        elif isinstance(kind, Rows):
            for number, row in enumerate(value, 1):
                problems.update(check_values(fields_of(kind.of), row, f"{prefix}{f.name}.{number}."))
        else:
            for sentence in kind.problems(value):
                problems.setdefault(prefix + f.name, []).append(sentence)
    return problems


def _gather(problems: Problems, found: Iterator[tuple[str, str]]) -> None:
    for path, sentence in found:
        problems.setdefault(path, []).append(sentence)


def _read(
    declared: tuple[Field, ...],
    given: Mapping[str, Any],
    read: Callable[[Kind, Any], Any],
    *,
    strict: bool = False,
    prefix: str = "",
) -> tuple[dict[str, Any], Problems]:
    values: dict[str, Any] = {}
    problems: Problems = {}
    if strict:
        for name in sorted(set(given) - {f.name for f in declared}):
            problems[prefix + name] = [f"「{name}」という項目はありません。項目名を確かめてください。"]
    for f in declared:
        raw = given.get(f.name)
        path = prefix + f.name
        if raw is None or (isinstance(raw, str) and not raw.strip()) or raw == []:
            values[f.name] = f.default
            if f.required:
                problems[path] = [f"{f.label}を入力してください。"]
        elif isinstance(f.kind, Rows):
            values[f.name] = _read_rows(f, f.kind, raw, read, strict, path, problems)
        else:
            try:
                values[f.name] = read(f.kind, raw)
            except ValueError as error:
                problems[path] = [str(error)]
    return values, problems


def _read_rows(
    f: Field,
    kind: Rows,
    raw: Any,
    read: Callable[[Kind, Any], Any],
    strict: bool,
    path: str,
    problems: Problems,
) -> tuple[Row, ...]:
    if not isinstance(raw, list) or not all(isinstance(entry, Mapping) for entry in raw):
        problems[path] = [str(WrongTypeError(f"{f.label}は項目の組の配列で書いてください。"))]
        return ()
    rows = []
    for number, entry in enumerate(raw, 1):
        values, wrong = _read(fields_of(kind.of), entry, read, strict=strict, prefix=f"{path}.{number}.")
        problems.update(wrong)
        if not wrong:
            rows.append(kind.of(**values))
    return tuple(rows)


def read_rows(
    field: Field, given: Any, read: Callable[[Kind, Any], Any], *, strict: bool = False
) -> tuple[tuple[Row, ...], Problems]:
    """The nested rows of a field that stands alone, read and checked; problems by row and field: 2.quantity.

    ``given``: a list of mappings, as in ``from_texts``; ``read``: one value by its kind.
    """
    kind, found = field.kind, dict[str, list[str]]()
    if not isinstance(kind, Rows):
        raise TypeError(kind)
    rows = _read_rows(field, kind, given, read, strict, field.name, found)
    for number, row in enumerate(rows if not found else (), 1):
        found.update(check_values(fields_of(kind.of), row, f"{field.name}.{number}."))
    return rows, {path.removeprefix(field.name).removeprefix("."): said for path, said in found.items()}


def _to_json(declared: tuple[Field, ...], holder: object, key_of: KeyOf) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for f in declared:
        value = getattr(holder, f.name)
        if isinstance(f.kind, Rows):
            entry[f.name] = [_to_json(fields_of(f.kind.of), row, key_of) for row in value]
        else:
            entry[f.name] = None if value is None else f.kind.to_json(value, key_of)
    return entry


def fields_of(cls: type[Any]) -> tuple[Field, ...]:
    """The declared fields of a record or row class, in the order of its declaration, 備考 last."""
    return _read_once(cls)


def _read_declaration(cls: Any) -> tuple[Field, ...]:
    names = [f for f in fields(cls) if f.name not in KEPT_BY_THE_DOOR]
    found = [_field(cls, f.name, f.type, f.default) for f in names]
    return tuple(sorted(found, key=lambda f: f.name == "note" and is_dataclass(cls)))


_read_once: Callable[[Any], tuple[Field, ...]] = cache(_read_declaration)


def _field(cls: type[Any], name: str, hint: Any, default: Any) -> Field:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{cls.__name__}.{name} needs a kind, and one that is not written as text")
    inner, kind = get_args(hint)
    if get_origin(inner) in (Union, types.UnionType):
        inner = reduce(or_, (part for part in get_args(inner) if part is not type(None)))
    held = inner if isinstance(inner, types.UnionType) else get_origin(inner) or inner
    if held != kind.python:
        raise TypeError(f"{cls.__name__}.{name} is {inner}, but {type(kind).__name__} holds {kind.python}")
    required = default is MISSING
    return Field(name, kind, required, _empty(kind) if required else default)


def _empty(kind: Kind) -> Any:
    return () if kind.python is tuple else "" if kind.python is str else None


def record(
    name: str,
    label: str,
    *,
    key: tuple[str, ...] = (),
    titled: tuple[str, ...] = (),
    assigned: str = "",
    made: Made = Made.BY_HAND,
    shared: Shared = Shared.APART,
    carried: tuple[str, ...] = (),
    apart: tuple[str, ...] = (),
    each: str = "",
    numbered: str = "",
    late: bool = False,
    section: Section,
) -> Callable[[type[R]], type[R]]:
    """Declare a record type: attach its ``Spec`` to the class as ``spec``."""

    def declare(cls: type[R]) -> type[R]:
        cls.spec = Spec(
            name,
            label,
            cls,
            key,
            titled,
            assigned,
            made,
            shared,
            section,
            carried,
            apart,
            each,
            numbered,
            late,
        )
        return cls

    return declare


def spec_of(cls: type[R]) -> Spec[R]:
    """The declaration of a record class."""
    return cls.spec
