"""A table with the answers in it: cells written anew before it is read, rows completed after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.exchange.sheets.book import Cell, Sheet, column_of
from app.exchange.tables.answers.answers import PASSED, Answers, Asks, Meant
from app.exchange.tables.columns import Column
from app.exchange.tables.line import Line, Problem, put
from app.exchange.tables.own import CONFIRM, REST_STATE
from app.exchange.tables.values import cells
from app.exchange.tables.values.found import Ask, Sure, Wrong
from app.exchange.tables.words import Words
from app.records import Spec

Shown = Mapping[tuple[int, int], str]


def mended(sheet: Sheet, answers: Answers, below: int) -> Sheet:
    """``sheet`` as people say that it reads from row ``below`` on; places without a cell get one."""
    if not (answers.cells or answers.words):
        return sheet
    found: list[Cell] = []
    rest = dict(answers.cells)
    for cell in sheet.cells:
        place = cell.row, cell.column
        text = rest.pop(place, None)
        if text is None and cell.row >= below:
            text = answers.words.get((cell.column, cell.shown.strip()))
        if text is None or cell.row < below:
            found.append(cell)
        elif text:
            found.append(cell._replace(shown=text, value=Meant(text), struck=False))
    hidden = {cell.row for cell in sheet.cells if cell.hidden} - {
        cell.row for cell in sheet.cells if not cell.hidden
    }
    found += [
        Cell(row, column, text, Meant(text), row in hidden)
        for (row, column), text in rest.items()
        if text and row >= below
    ]
    return replace(sheet, cells=tuple(sorted(found, key=lambda one: (one.row, one.column))))


def meant(lines: Sequence[Line], answers: Answers) -> frozenset[tuple[int, str]]:
    """Row and field path of the values that somebody wrote as an answer."""
    if not answers:
        return frozenset()
    words = {(column, text.strip()) for (column, _), text in answers.words.items()}
    return frozenset(
        (line.row, path)
        for line in lines
        for path, (row, letter, shown) in line.places.items()
        if not letter
        or (row, column_of(letter)) in answers.cells
        or (column_of(letter), shown.strip()) in words
    )


def completed(lines: Sequence[Line], sheet: Sheet, answers: Answers, spec: Spec[Any], words: Words) -> None:
    """Put into the lines what people say of fields that no column tells, and which record a row is."""
    if not (answers.values or answers.groups or answers.same):
        return
    held = {(cell.row, cell.column): cell.shown.strip() for cell in sheet.cells} if answers.groups else {}
    own: dict[int, dict[str, str]] = defaultdict(dict)
    for (row, path), text in answers.values.items():
        own[row][path] = text
    for line in lines:
        # Its own answers stand before those of its group.
        for path, text in {**_of_groups(line, held, answers), **own.get(line.row, {})}.items():
            _give(line, path, text, words)
        key = answers.same.get(line.row)
        if key is not None and len(spec.key) == 1:
            line.entry[spec.key[0]] = key
            line.filled.add(spec.key[0])
        elif key is not None and not spec.key and key.isdecimal():
            line.entry["id"] = int(key)


def unsure(lines: Sequence[Line], columns: Sequence[Column], sheet: Sheet) -> None:
    """Ask of the rows that were saved for mending as they were: what spoke against them is seen no longer."""
    states = {one.number for one in columns if one.title == REST_STATE}
    if not states:
        return
    marked = {cell.row for cell in sheet.cells if cell.column in states and cell.shown.strip() == CONFIRM}
    for line in lines:
        if line.row in marked:
            reason = "元の表で確かめることがあった行です。"
            advice = f"理由の欄を見て確かめ、「{REST_STATE}」の欄を消してください。"
            line.problems.append(Problem(line.row, "", "", reason, advice, certain=False, asks=Asks.UNSURE))


def _of_groups(line: Line, held: Shown, answers: Answers) -> dict[str, str]:
    return {
        path: text
        for (column, shown, path), text in answers.groups.items()
        if held.get((line.row, column), "") == shown
    }


def _give(line: Line, path: str, text: str, words: Words) -> None:
    """A text for a field, read as a cell is; never in the place of what the row says itself."""
    target = words.targets.get(path)
    if target is None or not text:
        return
    name, _, inner = path.partition(".")
    if path in line.filled and (not inner or all(inner in row for row in line.entry.get(name, ()))):
        return
    read = cells.read(Cell(line.row, 1, text, Meant(text)), target, words, literal=True)
    match read:
        case Sure(value):
            if inner and line.entry.get(name):
                for row in line.entry[name]:
                    row.setdefault(inner, value)
                line.filled.add(path)
            else:
                put(line, path, value, words, (line.row, "", text))
        case Ask(reason, advice) | Wrong(reason, advice):
            line.filled.add(path)
            line.problems.append(
                Problem(line.row, "", text, reason, advice, certain=True, asks=Asks.FIELD, path=path)
            )


def still_open(line: Line, problems: list[Problem], answers: Answers) -> list[Problem]:
    """The problems of a line without the questions that people settled by bringing it in as it stands."""
    return [
        one
        for one in problems
        if not (one.asks in PASSED and {(line.row, one.asks), (one.row, one.asks)} & answers.passed)
        # When it ended was said by an answer, which is no part of the table.
        and not (one.asks == Asks.ENDED and one.path in line.entry)
    ]
