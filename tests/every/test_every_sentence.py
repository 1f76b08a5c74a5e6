"""No sentence about an imported file speaks of the program: people see heads, labels and their own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest

from app.annexes.asks import PARAMETERS
from app.annexes.catalogue import load
from app.annexes.files.annex_file import read_annex
from app.annexes.files.faults import AnnexFaultsError
from app.annexes.files.tables import ANNEX, CLAUSE, OPTION, PART, WORDS_OF
from app.annexes.files.text import text_of
from app.annexes.kinds import KINDS, When
from app.exchange.annexes import sheet as annex_sheet
from app.exchange.annexes.making import CLAUSES, HEAD, OPTIONS, PARTS, workbook
from app.exchange.annexes.making import PARAMETERS as CONDITION
from app.exchange.annexes.sheet import read_sheet
from app.exchange.annexes.workbook import Rows, read_workbook
from app.exchange.coming_in import importing
from app.records import SPECS, Facts, Field, Spec, fields_of
from app.records.kinds import Choice, Flag
from app.records.kinds import Rows as NestedRows

WORD = re.compile(r"[A-Za-z_]{2,}")
_WHOLE = read_workbook(workbook(load().annex("kawaguchi")), "見本")
SHEETS = {**_WHOLE, CLAUSES: _WHOLE[CLAUSES][:9]}
"""The beginning of an annex, with options and conditions, as the cells of a workbook."""
OFFERED = {
    word
    for one in PARAMETERS.values()
    for value in (one.choices or ())
    for word in re.findall(r"[A-Za-z_]{2,}", value)
} | {"true", "act", "article", "subject"}
"""What a condition offers to be written as its value."""
WRONG: tuple[Any, ...] = (None, "第3 1", "？", 5, 2.5, True, date(2026, 4, 1), "誓約書", "常時")
NAMES = {*KINDS, *(str(moment) for moment in When), *ANNEX, *PART, *OPTION, *CLAUSE, *WORDS_OF}
"""What the program calls things in an annex."""
_KEYS = " ".join([*NAMES, *PARAMETERS])


def ascii_words(text: str) -> set[str]:
    return set(WORD.findall(text))


def refused(sheets: dict[str, Rows], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said of a workbook with these cells."""
    monkeypatch.setattr(annex_sheet, "read_workbook", lambda _data, _shown, _progress: sheets)
    try:
        read_sheet(b"", "「見本」")
    except AnnexFaultsError as error:
        return [fault.sentence for fault in error.faults]
    return []


def edited(sheet: str, row: int, column: int, value: Any) -> dict[str, Rows]:
    """The cells with another value in one of them."""
    rows = [list(one) for one in SHEETS[sheet]]
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value
    return {**SHEETS, sheet: [tuple(one) for one in rows]}


@pytest.mark.parametrize("sheet", [HEAD, PARTS, OPTIONS, CLAUSES])
def test_a_workbook_is_spoken_of_by_its_heads(sheet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    for row in (0, 1, len(SHEETS[sheet])):
        for column in range(len(SHEETS[sheet][0])):
            for wrong in WRONG:
                found = refused(edited(sheet, row, column, wrong), monkeypatch)
                said += found
                for sentence in found:
                    own = {word for one in SHEETS[CLAUSES] for cell in one for word in ascii_words(str(cell))}
                    assert not ascii_words(sentence) & (NAMES - own), sentence
    assert len(set(said)) > 4


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_condition_is_spoken_of_as_it_is_written_in_its_cell(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    column = SHEETS[CLAUSES][0].index(CONDITION)
    for value in ("0", '""', "[]", '["？"]', "true", '"？"', "{ a = 1 }"):
        text = f"{name} = {value}"
        for row in (1, 5):
            for sentence in refused(edited(CLAUSES, row, column, text), monkeypatch):
                assert ascii_words(sentence) <= ascii_words(text) | OFFERED | {name}, sentence


def test_a_text_is_spoken_of_by_its_own_keys() -> None:
    text = text_of(load().annex("besshi-44"))
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if "=" not in line or at % 7:
            continue
        key = line.partition("=")[0].strip()
        for wrong in ("", f"{key} = 3", f"{key} = [3]", f"{key} = ''", "???"):
            changed = "\n".join([*lines[:at], wrong, *lines[at + 1 :]])
            try:
                read_annex(changed.encode(), "見本", "")
            except AnnexFaultsError as error:
                for fault in error.faults:
                    known = ascii_words(f"{text} {_KEYS} TOML UTF-8") | OFFERED
                    assert ascii_words(fault.sentence) <= known, fault.sentence


ODD: tuple[Any, ...] = ("？", 5, -5, True, [], [3], ["？"], {}, {"？": 1}, [{}], [{"？": 1}], "x" * 4100)
"""Values that hardly any field can have."""


def labels(declared: Iterable[Field]) -> Iterator[str]:
    """All that people read of the fields of a record type."""
    for field in declared:
        yield f"{field.label} {field.kind.hint}"
        if isinstance(field.kind, Choice):
            yield " ".join(field.kind.choices)
        if isinstance(field.kind, Flag):
            yield f"{field.kind.yes} {field.kind.no}"
        if isinstance(field.kind, NestedRows):
            yield from labels(fields_of(field.kind.of))


@pytest.mark.parametrize(
    "spec", [spec for spec in SPECS.values() if spec.by_hand], ids=lambda spec: spec.name
)
def test_records_are_spoken_of_by_their_labels(spec: Spec[Any]) -> None:
    everything = " ".join(text for one in SPECS.values() for text in (one.label, *labels(one.fields)))
    allowed = ascii_words(everything) | {"true", "false", "JSON", "info", "example", "jp"}
    for field in spec.fields:
        for wrong in ODD:
            planned = importing.plan(Facts(()), spec, [{field.name: wrong}])
            for problem in planned.problems:
                said = planned.sentence_of(problem)
                unknown = {word for word in ascii_words(said) - allowed if set(word) != {"x"}}
                assert not unknown, said
