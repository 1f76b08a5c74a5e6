"""What the options of a command say, as the fields that they are for hold it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.access import record_of
from app.cli.arguments import Wanted
from app.common import PeopleError
from app.records.kinds import Kind, Ref, Rows

if TYPE_CHECKING:
    from app.records import Facts, Field, Record

_JSON = ("[", "{")
"""How rows begin that are given by themselves; anything else is the name of a file."""


def record_named(facts: Facts, kind: str, key: str) -> Record:
    """The record of a type with this key. Raises ``PeopleError`` where there is none."""
    from app.records import SPECS

    found = record_of(facts, kind, key)
    if found is None:
        spec = SPECS[kind]
        called = spec.field(spec.key[-1]).label if spec.key else "番号"
        raise PeopleError(f"{spec.label}「{key}」は登録されていません。{called}を確かめてください。")
    return found


def answers(wanted: Wanted, facts: Facts, fields: Iterable[Field]) -> dict[str, Any]:
    """What the options say, as the fields of the act hold it. Raises ``PeopleError`` for a wrong one."""
    given = {field: _given(wanted, field) for field in fields}
    return {field.name: _answer(facts, field, text) for field, text in given.items() if text is not None}


def _given(wanted: Wanted, field: Field) -> str | None:
    """What an option says, or the file that stands for it; None where neither is given."""
    text: str | None = getattr(wanted, f"answer_{field.name}", None)
    path: Path | None = getattr(wanted, f"answer_{field.name}_file", None)
    if path is None:
        return text
    from app.exchange.text_file import read_text

    with _named(f"{_option(field)}-file"):
        return read_text(path)


def _answer(facts: Facts, field: Field, text: str) -> Any:
    kind = field.kind
    if not text.strip():
        # Said to be nothing: what was known already does not stand for it.
        return field.default
    if isinstance(kind, Ref):
        return record_named(facts, kind.to, text).id
    if isinstance(kind, Rows):
        return _rows(facts, field, text)
    try:
        value = kind.from_text(text)
    except ValueError as error:
        raise PeopleError(f"{_option(field)}：{error}") from None
    if problems := list(kind.problems(value)):
        raise PeopleError(f"{_option(field)}：{problems[0]}")
    return value


def _rows(facts: Facts, field: Field, text: str) -> Any:
    """Rows as JSON, or the name of a file that holds them. Raises ``PeopleError`` with every problem."""
    from app.exchange.json_text import read_value
    from app.exchange.text_file import read_text
    from app.records import read_rows
    from app.records.known import Known

    with _named(_option(field)):
        given = read_value(text if text.lstrip().startswith(_JSON) else read_text(Path(text)))
    known = Known(facts)

    def read(kind: Kind, value: Any) -> Any:
        return kind.from_json(value, known.id_of)

    rows, problems = read_rows(field, given, read, strict=True)
    if problems:
        option = _option(field)
        told = [
            f"{option} {path}：{said}" if path else f"{option}：{said}"
            for path, found in problems.items()
            for said in found
        ]
        raise PeopleError(told[0], told)
    return rows


@contextmanager
def _named(option: str) -> Iterator[None]:
    """Say of what cannot be read which option it was given to."""
    try:
        yield
    except PeopleError as error:
        raise PeopleError(f"{option}：{error.sentence}") from None


def _option(field: Field) -> str:
    return f"--{field.name.replace('_', '-')}"
