"""Answers as people write them into a file (``--map``), in one list, the first thing that is wrong told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.common import PeopleError
from app.exchange.json_text import shown
from app.exchange.sheets.book import LAST_ROW, column_of
from app.exchange.tables.answers.answers import PASSED, Answers, Asks
from app.exchange.tables.words import Words
from app.records import Spec

_WHICH, _WHAT = ("row", "column", "value", "field"), ("write", "leave", "same", "new", "accept")
_SHAPE = (
    'answers は [{"column": "B", "value": "ノート", "write": "ノートPC"}, {"row": 5, "leave": true}] '
    "のように書いてください。"
)


def wrong(name: str, sentence: str) -> PeopleError:
    """What is wrong with the file called ``name``."""
    return PeopleError(f"対応の指定「{name}」：{sentence}")


def columns_of(held: Any, name: str) -> frozenset[int]:
    """The columns that a list of letters names. Raises ``PeopleError``."""
    if held is None:
        return frozenset()
    if not isinstance(held, list):
        raise wrong(name, 'erases は、空欄で登録済みの内容を消す列を ["B"] のように書いてください。')
    return frozenset(_column(one, name) for one in held)


def read(held: Any, name: str, spec: Spec[Any], words: Words) -> tuple[Answers, frozenset[int]]:
    """The answers, and the rows that are left out. ``words``: those of the fields. Raises ``PeopleError``."""
    if held is None:
        return Answers(), frozenset()
    if not isinstance(held, list) or not all(isinstance(one, Mapping) for one in held):
        raise wrong(name, _SHAPE)
    found = _Read(name, spec, words)
    for one in held:
        found.take(one)
    return found.answers(), frozenset(found.without)


def _column(text: Any, name: str) -> int:
    try:
        return column_of(str(text).strip().upper())
    except ValueError:
        raise wrong(name, f"「{shown(str(text))}」は列の名前（A、B、AAなど）ではありません。") from None


class _Read:
    """Collects one answer after the other."""

    def __init__(self, name: str, spec: Spec[Any], words: Words) -> None:
        self._name, self._spec, self._targets = name, spec, words.targets
        self._cells: dict[tuple[int, int], str] = {}
        self._words: dict[tuple[int, str], str] = {}
        self._values: dict[tuple[int, str], str] = {}
        self._groups: dict[tuple[int, str, str], str] = {}
        self._passed: set[tuple[int, Asks]] = set()
        self._same: dict[int, str] = {}
        self.without: set[int] = set()

    def answers(self) -> Answers:
        return Answers(
            self._cells, self._words, self._values, self._groups, frozenset(self._passed), self._same
        )

    def take(self, one: Mapping[str, Any]) -> None:
        """Raises ``PeopleError``."""
        for part in one:
            if part not in (*_WHICH, *_WHAT):
                raise self._wrong(
                    f"「{shown(part)}」という指定はありません。使えるのは{'・'.join((*_WHICH, *_WHAT))}です。"
                )
        said = [part for part in _WHAT if part in one]
        if len(said) != 1:
            raise self._wrong(f"{'・'.join(_WHAT)}のうち1つだけを書いてください。")
        if said[0] == "write":
            self._write(one)
        else:
            self._of_row(self._row(one), said[0], one[said[0]])

    def _write(self, one: Mapping[str, Any]) -> None:
        text = self._text(one, "write")
        path = one.get("field")
        if path is not None and path not in self._targets:
            raise self._wrong(f"「{shown(str(path))}」という項目は{self._spec.label}にありません。")
        by_row = "row" in one
        if by_row and path is not None:
            self._values[self._row(one), str(path)] = text
        elif by_row:
            self._cells[self._row(one), _column(one.get("column"), self._name)] = text
        else:
            column, value = _column(one.get("column"), self._name), self._text(one, "value").strip()
            if path is not None:
                self._groups[column, value, str(path)] = text
            else:
                self._words[column, value] = text

    def _of_row(self, row: int, what: str, said: Any) -> None:
        if what == "same":
            if not isinstance(said, str) or not said.strip():
                raise self._wrong('same は、登録済みの記録のキーを "E-003" のように書いてください。')
            self._same[row] = said.strip()
        elif said is not True:
            raise self._wrong(f"{what} は true と書いてください。")
        elif what == "leave":
            self.without.add(row)
        elif what == "new":
            self._passed |= {(row, Asks.NUMBER), (row, Asks.LIKE)}
        else:
            self._passed |= {(row, kind) for kind in PASSED - {Asks.NUMBER, Asks.LIKE}}

    def _row(self, one: Mapping[str, Any]) -> int:
        row = one.get("row")
        if isinstance(row, bool) or not isinstance(row, int) or not 1 <= row <= LAST_ROW:
            raise self._wrong("row は行の番号を書いてください。")
        return row

    def _text(self, one: Mapping[str, Any], part: str) -> str:
        text = one.get(part)
        if not isinstance(text, str):
            raise self._wrong(f"{part} は文字列で書いてください。")
        return text

    def _wrong(self, sentence: str) -> PeopleError:
        return wrong(self._name, f"answers の{sentence}")
