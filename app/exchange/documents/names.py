"""The list of names of a document: what its form prints, under the form's own labels.

Nothing is declared form by form. A form's grids give its single facts, its tables and repeated grids its
lists, what it states of each thing the list 明細; the letter around it and the document itself are named
here, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.duties.case import FormFace
from app.exchange.documents.composing import title_of
from app.exchange.filling.values import STATED, Listed, Names
from app.printing.blocks import Block, Grid, Item, KeepTogether, Table, Text, Title
from app.records import Statement
from app.records.days import wareki

NUMBER, CODE, HEAD = "文書番号", "照合コード", "台帳の先頭値"
_DATE = re.compile(r"(?P<era>\D+)(?P<year>元|\d+)年(?P<month>\d+)月(?P<day>\d+)日")
_COUNTED = re.compile(r"^[（(][0-9０-９]+[）)]")
"""（１） before the first label of a grid: one of several things of the same shape."""
_AS_OF = re.compile(r"（[^（）]*現在）$")
_CHANGED = re.compile(r"^変更後の|（(新規|変更|再提出)）$")
_LETTER = {"addressee": "宛名", "cited": "根拠条項"}
_CONTRACT = {
    "title": "契約件名",
    "number": "契約番号",
    "signed": "契約締結日",
    "period": "契約期間",
    "client": "発注者",
    "vendor": "受注者",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document says of itself once it is issued; all empty in a draft."""

    number: str = ""
    code: str = ""
    head: str = ""


def names_of(form: FormFace, statement: Statement, printed: Printed | None = None) -> Names:
    """Every name of the document with its value, as ``form`` would print it."""
    printed = printed or Printed()
    single = {
        NUMBER: printed.number,
        CODE: printed.code,
        HEAD: printed.head,
        "書類名": title_of(form, statement),
        "届出の区分": statement.variant,
        **_dates(statement),
        **_letter(statement.facts.get("letter", {})),
    }
    found = _Found()
    for sheet in form.draw(statement):
        found.take(sheet.title, sheet.blocks)
    for label, text in (*found.single.items(), *_of_subject(statement)):
        single.setdefault(label, text)
    lists = [*found.listed(), *_stated(statement.stated)]
    return Names(single, tuple(lists))


def _dates(statement: Statement) -> dict[str, str]:
    told = wareki(statement.on)
    parts = _DATE.fullmatch(told)
    if parts is None:
        return {"日付": told}
    return {
        "日付": told,
        "元号": parts["era"],
        "年": parts["year"],
        "月": parts["month"],
        "日": parts["day"],
    }


def _letter(held: Mapping[str, Any]) -> dict[str, str]:
    """The letter's own facts; a form without a letter has none of them."""
    contract = held.get("contract", {})
    found = {name: str(held[key]) for key, name in _LETTER.items() if key in held}
    found |= {str(label): str(text) for label, text in (*held.get("submitter", ()), *held.get("contact", ()))}
    found |= {name: str(contract[key]) for key, name in _CONTRACT.items() if key in contract}
    return found


@dataclass
class _Found:
    """What the blocks of a document hold, in their order."""

    single: dict[str, str] = field(default_factory=dict)
    _lists: dict[tuple[str, tuple[str, ...]], list[tuple[str, ...]]] = field(default_factory=dict)
    _heading: str = ""

    def take(self, title: str, blocks: Iterable[Block]) -> None:
        """Take up the blocks of one sheet."""
        self._heading = _named(title)
        for block in blocks:
            self._take(block)

    def listed(self) -> Iterator[Listed]:
        """The lists, no two of one name."""
        taken: dict[str, int] = {}
        for (name, columns), rows in self._lists.items():
            taken[name] = taken.get(name, 0) + 1
            more = str(taken[name]) if taken[name] > 1 else ""
            yield Listed(f"{name}{more}", columns, tuple(rows))

    def _take(self, block: Block) -> None:
        match block:
            case KeepTogether(blocks=inner):
                for one in inner:
                    self._take(one)
            case Title(text=text) | Item(text=text):
                self._heading = _named(text)
            case Text(leads=True, text=text) | Text(bold=True, text=text):
                self._heading = _named(text)
            case Grid():
                self._grid(block)
            case Table():
                self._table(block)
            case _:
                return

    def _grid(self, block: Grid) -> None:
        pairs = [
            (str(row[at]), str(row[at + 1]))
            for row in block.rows
            for at in range(0, len(row) - 1, 2)
            if row[at]
        ]
        if not pairs:
            return
        counted = _COUNTED.match(pairs[0][0])
        if counted is None:
            for label, text in pairs:
                name = label if self.single.get(label, text) == text else f"{self._heading}・{label}"
                self.single.setdefault(name, text)
            return
        first = (pairs[0][0][counted.end() :], pairs[0][1])
        self._add([first, *pairs[1:]])

    def _add(self, pairs: list[tuple[str, str]]) -> None:
        columns = tuple(label for label, _text in pairs)
        if len(set(columns)) == len(columns):
            rows = self._lists.setdefault((self._heading, columns), [])
            rows.append(tuple(text for _label, text in pairs))

    def _table(self, block: Table) -> None:
        columns = tuple(title.replace("\n", "") for column in block.columns for title in column.titles)
        if len(set(columns)) != len(columns) or not all(columns) or not block.head:
            return
        rows = self._lists.setdefault((self._heading, columns), [])
        for row in block.rows:
            texts: list[str] = []
            for column, held in zip(block.columns, row, strict=True):
                lanes = (held,) if isinstance(held, str) else held
                if len(column.titles) == 1:
                    texts.append("\n".join(lanes))
                else:
                    texts.extend((*lanes, "")[: len(column.titles)])
            rows.append(tuple(texts))


def _named(text: str) -> str:
    """The heading as a name: the same whether the document is the first of its kind or tells of a change."""
    bare = _AS_OF.sub("", text.strip().removeprefix("別紙").strip("　 "))
    return _CHANGED.sub("", bare)


def _stated(stated: Mapping[str, Mapping[str, str]]) -> Iterator[Listed]:
    columns = tuple(dict.fromkeys(label for row in stated.values() for label in row))
    if columns:
        rows = tuple(tuple(row.get(label, "") for label in columns) for row in stated.values())
        yield Listed(STATED, columns, rows)


def _of_subject(statement: Statement) -> Iterator[tuple[str, str]]:
    """Of a document about one record, what it states of that stands for itself."""
    if len(statement.subjects) == 1:
        yield from statement.stated.get(statement.subjects[0], {}).items()
