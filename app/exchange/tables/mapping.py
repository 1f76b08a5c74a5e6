"""What people say of a table beforehand (``--map``): its sheet, its head, its columns, what it leaves out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.exchange.coming_in.days import FIELD
from app.exchange.json_text import decode, shown
from app.exchange.sheets.book import LAST_ROW, column_of
from app.exchange.tables.answers import written
from app.exchange.tables.answers.answers import Answers
from app.exchange.tables.answers.written import wrong
from app.exchange.tables.beside.words import OTHERS, words_with
from app.exchange.tables.columns import INTO_NOTE, MAKER_AND_MODEL
from app.records import Spec

_PARTS = ("sheet", "header_row", "columns", "constants", "create", "erases", "answers")


@dataclass(frozen=True)
class Said:
    """What is said beforehand; what is not said is found out.

    ``columns``: the field of a column by its number, None for one that is not brought in. ``constants``: the
    value of a field where a row says none, which never stands in the place of one that the ledger holds.
    ``without``: the rows that people leave out, by the number of the first row of each record. ``making``:
    the types of which records are made that rows name and nobody has registered. ``erases``: the columns in
    which a blank erases what the ledger holds; in all others it leaves it alone.
    """

    sheet: str = ""
    head: tuple[int, ...] = ()
    columns: Mapping[int, str | None] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    without: frozenset[int] = frozenset()
    making: frozenset[str] = frozenset()
    erases: frozenset[int] = frozenset()
    answers: Answers = field(default_factory=Answers)


def read(data: bytes, name: str, spec: Spec[Any]) -> Said:
    """What the file called ``name`` says. Raises ``PeopleError``."""
    try:
        held = json.loads(decode(data)[0])
    except (ValueError, RecursionError):
        raise wrong(name, "JSONとして読めません。") from None
    if not isinstance(held, dict):
        raise wrong(name, "オブジェクト（{…}）で書いてください。")
    for part in held:
        if part not in _PARTS:
            raise wrong(name, f"「{shown(part)}」という指定はありません。使えるのは{'・'.join(_PARTS)}です。")
    answers, without = written.read(held.get("answers"), name, spec, words_with(spec))
    return Said(
        _sheet(name, held.get("sheet")),
        _head(name, held.get("header_row")),
        _columns(name, held.get("columns"), spec),
        _constants(name, held.get("constants"), spec),
        without,
        _making(name, held.get("create"), spec),
        written.columns_of(held.get("erases"), name),
        answers,
    )


def on_sheet(said: Said, sheet: str) -> Said:
    """The same, of the sheet called ``sheet``, if it is named."""
    return replace(said, sheet=sheet) if sheet else said


def _sheet(name: str, held: Any) -> str:
    if held is not None and not isinstance(held, str):
        raise wrong(name, "sheet はシートの名前を文字列で書いてください。")
    return held or ""


def _head(name: str, held: Any) -> tuple[int, ...]:
    rows = [] if held is None else held if isinstance(held, list) else [held]
    if any(isinstance(row, bool) or not isinstance(row, int) or not 1 <= row <= LAST_ROW for row in rows):
        raise wrong(name, "header_row は見出しの行の番号か、その配列で書いてください。")
    return tuple(sorted(rows))


def _columns(name: str, held: Any, spec: Spec[Any]) -> dict[int, str | None]:
    if held is None:
        return {}
    if not isinstance(held, dict):
        raise wrong(name, 'columns は {"B": "name", "C": null} のように書いてください。')
    known = words_with(spec).targets
    both = MAKER_AND_MODEL if "maker" in known and "model" in known else ""
    found: dict[int, str | None] = {}
    for letter, path in held.items():
        try:
            number = column_of(letter.strip().upper())
        except ValueError:
            raise wrong(name, f"「{shown(letter)}」は列の名前（A、B、AAなど）ではありません。") from None
        if path is not None and path not in known and path not in (both, INTO_NOTE):
            raise wrong(name, f"列{letter}の「{shown(path)}」という項目は{spec.label}にありません。")
        if path not in (None, INTO_NOTE) and path in found.values():
            raise wrong(name, f"項目「{shown(path)}」を2つの列に指定しています。1つにしてください。")
        found[number] = path
    return found


def _constants(name: str, held: Any, spec: Spec[Any]) -> dict[str, Any]:
    if held is None:
        return {}
    if not isinstance(held, dict):
        raise wrong(name, 'constants は {"owner": "自社"} のように書いてください。')
    known = words_with(spec).targets
    for path in held:
        if path not in known and path != FIELD:
            raise wrong(name, f"constants の「{shown(path)}」という項目は{spec.label}にありません。")
    return dict(held)


def _making(name: str, held: Any, spec: Spec[Any]) -> frozenset[str]:
    kinds = makeable(spec)
    given = [] if held is None else held
    if not isinstance(given, list) or any(kind not in kinds for kind in given):
        may = f'"{kinds[0]}" だけです' if kinds else "ありません"
        raise wrong(name, f"create に書ける種類は、{spec.label}では{may}（配列で書いてください）。")
    return frozenset(given)


def makeable(spec: Spec[Any]) -> tuple[str, ...]:
    """The type of which records can be made from what a table of ``spec`` names; empty for none."""
    return tuple(other.kind for other in OTHERS.get(spec.name, ()) if other.made)[:1]
