"""An annex as a workbook that people fill in with a spreadsheet, and back to the text of an annex.

What a sheet says becomes the tables of an annex file and is read by the same reader: a fault is named
with its sheet, row and column.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.annexes.annex import HEAD as HEAD_LABELS
from app.annexes.annex import WORDS
from app.annexes.files.faults import AnnexFaultsError, Fault
from app.annexes.files.measure import beyond_measure
from app.annexes.files.tables import SCHEMA, Reader, Table
from app.annexes.files.text import text_of_table
from app.annexes.files.toml_lines import Lines, Path
from app.annexes.files.words import Words
from app.annexes.kinds import KINDS, When
from app.common import Progress
from app.exchange.annexes.making import (
    CLAUSES,
    HEAD,
    MANY_LABELS,
    OPTION_LABELS,
    OPTIONS,
    PARAMETERS,
    PART_LABELS,
    PARTS,
    TEXT_LABELS,
    workbook,
)
from app.exchange.annexes.workbook import Formula, Rows, read_workbook
from app.records.typed_days import WeekdayError, parse_day

__all__ = ["read_sheet", "workbook"]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The text of the annex in a workbook, and from which cell each of its lines came."""

    text: str
    cells: Mapping[int, tuple[str, int, str]]

    def placed(self, fault: Fault) -> Fault:
        """A fault of the text, at the cell it came from."""
        sheet, row, column = self.cells.get(fault.line, (HEAD, 1, ""))
        return Fault(row, fault.sentence, sheet, column)


def read_sheet(data: bytes, shown: str, progress: Progress | None = None) -> Sheets:
    """Read the annex in a workbook. Raises ``PeopleError`` with every fault by its cell, ``Cancelled``."""
    reading = _Reading(read_workbook(data, shown, progress))
    table = reading.table()
    reader = Reader(words=_SheetWords())
    if not reading.faults and reader.annex(table) is not None:
        text = text_of_table(table).rstrip()
        lines = Lines(text)
        return Sheets(text, {lines.of(path): cell for path, cell in reversed(reading.places.items())})
    faults = [*reading.faults, *(reading.placed(path, sentence) for path, sentence in reader.faults)]
    raise AnnexFaultsError(shown, faults)


class _SheetWords(Words):
    """The heads of the sheets and the names in their lists."""

    def field(self, path: Path) -> str:
        return _label(path) or str(path[-1])

    def kind(self, name: str) -> str:
        return KINDS[name].label if name in KINDS else name

    def moment(self, moment: When) -> str:
        return f"「{moment.label}」"

    def no_kind(self, key: str) -> str:
        return f"「{key}」（{self.kind(key)}）はこの条項の義務の種別にありません。どちらかを直してください。"

    def no_part(self, key: str, *, single: bool) -> str:
        if single:
            # A blank parts the name of a part from the number, and this annex has no part with a name.
            return "番号の中に半角の空白は使えません。空白を除いてください。"
        return (
            f"「{key}」はシート「{PARTS}」の{PART_LABELS['key']}にありません。"
            "番号か部の名前を直してください。"
        )

    def no_option(self, key: str) -> str:
        return f"「{key}」はシート「{OPTIONS}」にありません。加えるか、ここから削除してください。"


def _label(path: Path) -> str:
    """The head of the column in which what is at ``path`` stands, without its number; empty: none."""
    table, name = str(path[0]), str(path[-1])
    if len(path) == 1:
        return HEAD_LABELS.get(name, "")
    labels = {"part": PART_LABELS, "option": OPTION_LABELS, "clause": {**TEXT_LABELS, **MANY_LABELS}}
    return labels.get(table, {}).get(name, "")


@dataclass(frozen=True, slots=True)
class _Cell:
    sheet: str
    row: int
    column: int
    value: Any


class _Reading:
    """The tables of an annex out of the sheets, and where each of their values stands."""

    def __init__(self, sheets: Mapping[str, Rows]) -> None:
        self._sheets = sheets
        self.places: dict[Path, tuple[str, int, str]] = {}
        self.faults: list[Fault] = []
        self._columns: dict[tuple[str, str], int] = {}
        """The first column of each head, by sheet."""

    def table(self) -> Table:
        """What the sheets say, as the tables of an annex file; ``faults`` name what they cannot say."""
        table: Table = {"schema": SCHEMA, **self._head()}
        table["part"] = [
            self._part(at, row) for at, row in enumerate(self._rows(PARTS, PART_LABELS.values()))
        ]
        table["option"] = [
            self._plain(("option", at), row, OPTION_LABELS)
            for at, row in enumerate(self._rows(OPTIONS, OPTION_LABELS.values()))
        ]
        known = (*TEXT_LABELS.values(), PARAMETERS)
        table["clause"] = [
            self._clause(at, row) for at, row in enumerate(self._rows(CLAUSES, known, MANY_LABELS.values()))
        ]
        return table

    def placed(self, path: Path, sentence: str) -> Fault:
        """A fault of the reader at the cell that ``path`` came from, or where it would stand."""
        if len(path) == 1 and path not in self.places and path[0] in HEAD_LABELS:
            return Fault(self._head_row(HEAD_LABELS[str(path[0])]), sentence, HEAD, letters(2))
        label = _label(path) if len(path) > 1 else ""
        missing = path not in self.places
        while path and path not in self.places:
            path = path[:-1]
        sheet, row, column = self.places.get(path, (HEAD, 1, ""))
        found = self._columns.get((sheet, label)) if missing else None
        return Fault(row, sentence, sheet, letters(found) if found else column)

    def _head_row(self, label: str) -> int:
        """The row of an entry of the sheet of heads, filled in or not; the first where it is not there."""
        rows = self._sheets.get(HEAD, [])
        return next((at for at, values in enumerate(rows, 1) if values and values[0] == label), 1)

    def _say(self, cell: _Cell, sentence: str) -> None:
        self.faults.append(Fault(cell.row, sentence, cell.sheet, letters(cell.column)))

    def _note(self, path: Path, cell: _Cell) -> None:
        self.places.setdefault(path, (cell.sheet, cell.row, letters(cell.column)))

    def _sheet(self, name: str) -> Rows:
        if name not in self._sheets:
            self.faults.append(
                Fault(1, "このシートがありません。書き出したブックの形に合わせてください。", name)
            )
        return self._sheets.get(name, [])

    def _head(self) -> Table:
        names = {label: key for key, label in HEAD_LABELS.items()}
        found: Table = {}
        for at, values in enumerate(self._sheet(HEAD)[1:], 2):
            label, value = (*values, None, None)[:2]
            if label is None and value is None:
                continue
            cell = _Cell(HEAD, at, 2, value)
            key = names.get(str(label).strip())
            if key is None:
                self._say(
                    _Cell(HEAD, at, 1, label), f"「{label}」という項目はありません。つづりを直してください。"
                )
            elif value is not None:
                self._note((key,), cell)
                found[key] = self._head_value(key, cell)
        return found

    def _head_value(self, key: str, cell: _Cell) -> Any:
        if key == "version":
            text = self._text(cell)
            return int(text) if text.isdecimal() and len(text) < 10 else text
        if not key.startswith("in_force"):
            return self._text(cell)
        if isinstance(cell.value, datetime):
            return cell.value.date()
        if isinstance(cell.value, date):
            return cell.value
        try:
            return parse_day(self._text(cell))
        except WeekdayError as error:
            self._say(cell, str(error))
            return None
        except ValueError:
            self._say(cell, "日付として読めません。令和8年4月1日、2026-04-01 のように書いてください。")
            return None

    def _rows(self, name: str, labels: Any, numbered: Any = ()) -> Iterator[dict[str, list[_Cell]]]:
        """The rows below the heads, each as label → its cells that are not empty."""
        rows = self._sheet(name)
        heads = self._heads(name, rows[0] if rows else (), list(labels), list(numbered))
        for at, values in enumerate(rows[1:], 2):
            found: dict[str, list[_Cell]] = {"": [_Cell(name, at, 1, None)]}
            for column, value in enumerate(values, 1):
                if value is not None and column in heads:
                    found.setdefault(heads[column], []).append(_Cell(name, at, column, value))
                elif value is not None:
                    self._say(_Cell(name, at, column, value), "見出しのない列です。削除してください。")
            if len(found) > 1:
                yield found

    def _heads(
        self, name: str, values: tuple[Any, ...], labels: list[str], numbered: list[str]
    ) -> dict[int, str]:
        heads: dict[int, str] = {}
        for column, value in enumerate(values, 1):
            label = str(value or "").strip()
            bare = label.rstrip("0123456789") if label.rstrip("0123456789") in numbered else label
            if bare in numbered or (bare in labels and bare not in heads.values()):
                heads[column] = bare
                self._columns.setdefault((name, bare), column)
            elif label:
                told = f"「{label}」という列は読めないか、2つあります。見出しを直すか列を削除してください。"
                self._say(_Cell(name, 1, column, value), told)
        for label in labels:
            if values and label not in heads.values():
                self.faults.append(Fault(1, f"「{label}」の列がありません。加えてください。", name))
        return heads

    def _plain(self, path: Path, row: dict[str, list[_Cell]], labels: Mapping[str, str]) -> Table:
        """The texts of a row by their keys; an empty ``key`` of a part is a name of its own."""
        self._note(path, row[""][0])
        found: Table = {}
        for key, label in labels.items():
            for cell in row.get(label, ()):
                self._note((*path, key), cell)
                found[key] = self._text(cell)
        return found

    def _part(self, at: int, row: dict[str, list[_Cell]]) -> Table:
        found = self._plain(("part", at), row, PART_LABELS)
        words = {word: found[word] for word in WORDS if word in found}
        for word in words:
            self.places["part", at, "words", word] = self.places["part", at, word]
        return {"key": found.get("key", ""), "title": found.get("title", ""), "words": words}

    def _clause(self, at: int, row: dict[str, list[_Cell]]) -> Table:
        path: Path = ("clause", at)
        found = self._plain(path, row, TEXT_LABELS)
        found["kinds"] = self._names(
            (*path, "kinds"), row, {kind.label: name for name, kind in KINDS.items()}
        )
        found["when"] = self._names((*path, "when"), row, {moment.label: str(moment) for moment in When})
        if options := self._names((*path, "options"), row, {}):
            found["options"] = options
        for cell in row.get(PARAMETERS, ()):
            self._note((*path, "parameters"), cell)
            if parameters := self._parameters(cell):
                found["parameters"] = parameters
        return found

    def _names(self, path: Path, row: dict[str, list[_Cell]], names: Mapping[str, str]) -> list[str]:
        found = []
        for cell in row.get(MANY_LABELS[str(path[-1])], ()):
            self._note(path, cell)
            text = self._text(cell)
            found.append(names.get(text, text))
        return found

    def _parameters(self, cell: _Cell) -> Table:
        text = self._text(cell)
        try:
            if beyond_measure(text) is None:
                return tomllib.loads(text)
        except (ValueError, RecursionError):
            pass
        self._say(cell, "条件の書き方に誤りがあります。1行に1つ、名前 = 値 の形で書いてください。")
        return {}

    def _text(self, cell: _Cell) -> str:
        value = cell.value
        if isinstance(value, Formula):
            self._say(cell, "数式は読み取れません。値に置き換えてください。")
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, str | int) or isinstance(value, bool):
            self._say(cell, "文字として読めません。セルの書式を文字列にして書き直してください。")
            return ""
        return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def letters(column: int) -> str:
    """The name of a column as spreadsheets show it: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
