"""What was judged in an earlier session, as bytes: a cache, and never evidence of anything.

It says under which head of the journal, program, annexes and forms it was judged, and for each contract on
which days it holds. Whatever does not fit, or cannot be read, is left aside and judged anew: any doubt.
"""

from __future__ import annotations

import json
import platform
import sys
import time
import unicodedata
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from jpholiday.__version__ import __version__ as holidays

from app.annexes.catalogue import Catalogue
from app.annexes.clause import Clause
from app.annexes.kinds import State
from app.common import uncollected
from app.duties.case import MissingFact
from app.duties.duty import Action, Duty, Evidence, Gap, Remark, Step
from app.duties.finding import Finding, Severity
from app.duties.papers.drift import Difference, Drift
from app.duties.planned import PlannedChange
from app.records import Facts, Submission
from app.records.assignment import AssignmentRole
from app.work.assessing import days_of
from app.work.assessment import NOTHING, Assessment, Kept, Reckoned

_JUDGING = ("app/annexes", "app/counting", "app/duties", "app/ledger", "app/records", "app/work", "forms")
_PLAIN = (str, int, bool, type(None))
_SHAPES: tuple[type[Any], ...] = (
    *(tuple, date, Clause, Submission),
    *(Reckoned, Duty, Gap, Step, Evidence, Remark, Drift, Difference, MissingFact, Finding, PlannedChange),
    *(State, Action, Severity, AssignmentRole),
)
"""All that judgements are made of, each told by its place here: nothing else is ever written or made."""


def stamp(catalogue: Catalogue, forms: Collection[str], head: str) -> str:
    """Stands for all that a judgement may depend on but the day; ``head``: the ledger and its journal's."""
    held = (head, program(), repr(catalogue), sorted(forms), time.tzname, platform.python_version())
    return sha256(repr(held).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program() -> str:
    """The program by its sources; of one that is frozen into a file, by that file."""
    root, found = Path(__file__).parents[2], sha256()
    sources = sorted(path for room in _JUDGING for path in (root / room).rglob("*.py"))
    for path in sources:
        found.update(f"{path.relative_to(root).as_posix()}\n".encode())
        found.update(path.read_bytes())
    if not sources:
        about = Path(sys.executable).stat()
        found.update(f"{about.st_size} {about.st_mtime_ns}".encode())
    return f"{found.hexdigest()} {holidays} {unicodedata.unidata_version}"


class _Table:
    """Values by number, each only once: what it is made of stands before it."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._known: dict[Any, int] = {}

    def put(self, value: Any) -> int:
        """The number of ``value``. Raises ``TypeError`` for what judgements are not made of."""
        kind = type(value)
        if kind in _PLAIN:
            return self._number((kind, value), value)
        shape = date if isinstance(value, date) and not isinstance(value, datetime) else kind
        if shape not in _SHAPES:
            raise TypeError(kind)
        row = (_SHAPES.index(shape), *map(self.put, _taken_apart(shape, value)))
        return self._number(row, row)

    def _number(self, key: Any, row: Any) -> int:
        number = self._known.setdefault(key, len(self.rows))
        if number == len(self.rows):
            self.rows.append(row)
        return number


def _taken_apart(shape: type[Any], value: Any) -> tuple[Any, ...]:
    if shape is date:
        return (value.isoformat(),)
    if shape is Clause:
        return value.annex, value.version, value.key
    if shape is Submission:
        return (value.id,)
    if issubclass(shape, Enum):
        return (value.value,)
    return tuple(getattr(value, name) for name in _names(shape)) if is_dataclass(shape) else tuple(value)


@cache
def _names(shape: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(shape))


def _makers(facts: Facts, catalogue: Catalogue) -> tuple[Callable[..., Any], ...]:
    """What makes a value of each shape from its parts."""
    clauses = {
        (one.annex, one.version, one.key): one for annex in catalogue.published for one in annex.clauses
    }
    special: Mapping[type[Any], Callable[..., Any]] = {
        tuple: lambda *parts: parts,
        date: date.fromisoformat,
        Clause: lambda *key: clauses[key],
        Submission: lambda number: facts.get(Submission, number),
        AssignmentRole: lambda role: AssignmentRole(role=role),
    }
    return tuple(special.get(shape, shape) for shape in _SHAPES)


class _Row(NamedTuple):
    contract: int
    first: int
    last: int
    value: int


def pack(made: Assessment, stamped: str) -> bytes:
    """What of ``made`` a later session may take over; what cannot be written is left out."""
    table, rows, own = _Table(), [], {}
    for number, found in made.contracts.items():
        if (days := days_of(made, number)) is not None:
            with suppress(TypeError):
                rows.append(_Row(number, *days, table.put(found)))
    for name, held in made.own.items():
        with suppress(TypeError):
            own[name] = table.put(held)
    whole = {"stamp": stamped, "table": table.rows, "contracts": rows, "own": own}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _made(table: list[Any], makers: tuple[Callable[..., Any], ...]) -> list[Any]:
    made: list[Any] = []
    with uncollected():
        for row in table:
            made.append(makers[row[0]](*[made[at] for at in row[1:]]) if type(row) is list else row)
    return made


def unpack(data: bytes, stamped: str, facts: Facts, catalogue: Catalogue, day: date) -> Kept:
    """What ``pack`` wrote and still holds on ``day``; nothing where it was judged under another stamp."""
    try:
        held = json.loads(data.decode("utf-8", "surrogatepass"))
        if held["stamp"] != stamped:
            return NOTHING
        made, number = _made(held["table"], _makers(facts, catalogue)), day.toordinal()
        rows = [_Row(*row) for row in held["contracts"]]
        found = {row.contract: made[row.value] for row in rows if row.first <= number <= row.last}
        if not all(isinstance(one, Reckoned) for one in found.values()):
            return NOTHING
        return Kept(found, {name: made[at] for name, at in held["own"].items()})
    except (ValueError, TypeError, LookupError, AttributeError):
        return NOTHING
