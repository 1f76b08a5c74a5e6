"""The answers that are offered to a question. Each is something to choose: none is chosen for anybody."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType
from typing import Any

from app.exchange.mending.questions import Question, Questions
from app.exchange.tables.answers.answers import PASSED, Asks
from app.exchange.tables.beside.words import words_with
from app.exchange.tables.columns import INTO_NOTE, MAKER_AND_MODEL
from app.exchange.tables.values.doubts import HONOURED
from app.records import SPECS, Facts, Field, Record, Spec
from app.records.days import wareki
from app.records.kinds import OTHER, Choice, Day, Flag, Many, Moment, Number, Quantity, Ref, Text
from app.records.typed_days import parse_day

_ERAS = ("令和", "平成", "昭和")
_MOST_NAMED = 8
_MEASURED = 300
_CLOSE = 0.5
"""How much of two words must be the same for one to be offered for the other, from 0 to 1."""
_THREE = re.compile(r"['’]?(\d{1,2})\s*[./年-]\s*(\d{1,2})\s*[./月-]\s*(\d{1,2})日?")
_DIGITS = re.compile(r"(\d{1,2})(\d{2})(\d{2})")
_HELD = re.compile(r"セルの値は([^（）]+?)）")
_READ_AS = re.compile(r"」は([^「」]+?)とも")
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_AS_IT_STANDS: Mapping[str, str] = MappingProxyType(
    {
        Asks.HIDDEN: "この行を取り込む",
        Asks.LINED_OUT: "この行を取り込む",
        Asks.UNFILLED: "番号だけで取り込む",
        Asks.ENDED: "終わっていない（続いている）ものとして取り込む",
        Asks.NUMBER: "新しい記録にする（番号は自動で付ける）",
        Asks.LIKE: "別のもの（新しい記録にする）",
        Asks.GROUP: "空欄のままにする",
        Asks.PART: "片方だけで取り込む",
        Asks.WIDE: "左端の列の値として取り込む",
        Asks.RUNNING: "この行を取り込む",
        Asks.UPDATE: "登録済みの内容を、この行の内容に更新する",
        Asks.UNSURE: "確かめたので取り込む",
    }
)


class Deed(Enum):
    """What an answer does."""

    WRITE = auto()
    """The text stands at the place of the question, or is the value of the field that no column says."""
    PASS = auto()
    """The row is brought in as it stands."""
    SAME = auto()
    """The row is the record of the ledger whose key is the text."""
    LEAVE = auto()
    """The row is not brought in."""
    ONLY = auto()
    """The row is brought in, and the others that are the same record are not."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, and how it is offered."""

    deed: Deed
    label: str
    text: str = ""


LEAVE = Reply(Deed.LEAVE, "この行を取り込まない")


def offered(questions: Questions, question: Question) -> tuple[Reply, ...]:
    """What may be answered, what the question asks for first and leaving the row out last."""
    problem, spec, facts = question.problem, questions.planned.spec, questions.facts
    found: list[Reply] = []
    if problem.asks in (Asks.NUMBER, Asks.LIKE):
        found += _records(facts, spec, questions.likes.of(question.line.entry))
    if problem.asks == Asks.SEVERAL:
        found.append(Reply(Deed.ONLY, "この行を取り込み、同じ番号のほかの行は取り込まない"))
    if problem.asks == Asks.GROUP and (above := _above(questions, question)):
        found.append(Reply(Deed.WRITE, f"上の行と同じ「{above}」", above))
    if problem.asks in PASSED:
        found.append(Reply(Deed.PASS, _AS_IT_STANDS[problem.asks]))
    if problem.asks in ("", Asks.FIELD, Asks.PART, Asks.WIDE):
        found += _values(facts, questions, question)
    return (*found, LEAVE)


def writable(question: Question) -> bool:
    """Whether a text that somebody types answers it."""
    return question.problem.asks in ("", *_TYPED) and bool(question.problem.column or question.problem.path)


_TYPED = (Asks.FIELD, Asks.PART, Asks.WIDE, Asks.GROUP, Asks.NUMBER, Asks.LIKE, Asks.ENDED, Asks.SEVERAL)
"""Questions of rows that a typed value answers as well: the number, the day on which something ended."""


def target_of(questions: Questions, question: Question) -> Field | None:
    """The field that the question is about; None for a whole row."""
    column = questions.column(question.problem)
    path = column.path if column is not None and column.path else question.problem.path
    known = words_with(questions.planned.spec).targets
    found = known.get({MAKER_AND_MODEL: "model", INTO_NOTE: "note"}.get(path, path))
    return found.field if found is not None else None


def _records(facts: Facts, spec: Spec[Any], held: tuple[Record, ...]) -> Iterator[Reply]:
    for one in held[:_MOST_NAMED]:
        key = facts.key(one)
        yield Reply(Deed.SAME, f"登録済みの{key}「{facts.title(one)}」と同じ{spec.label}", key)


def _above(questions: Questions, question: Question) -> str:
    column, lines = questions.column(question.problem), questions.planned.lines
    if column is None or column.path is None:
        return ""
    at = next((at for at, one in enumerate(lines) if one.row == question.line.row), 0)
    values = (lines[before].entry.get(column.path) for before in range(at - 1, -1, -1))
    return next((value for value in values if isinstance(value, str) and value), "")


def _values(facts: Facts, questions: Questions, question: Question) -> Iterator[Reply]:
    """The values that may be meant, and a blank where the field may be without one."""
    field, bare = target_of(questions, question), question.problem.value.strip()
    if field is None:
        return
    texts = dict.fromkeys(_readings(facts, field, bare, question))
    for text in texts:
        yield Reply(Deed.WRITE, text, text)
    if isinstance(field.kind, Text) and bare and bare not in texts and not question.problem.certain:
        yield Reply(Deed.WRITE, f"この文字のまま「{' '.join(bare.split())}」", bare)
    if bare and not field.required:
        yield Reply(Deed.WRITE, "空欄にする")


def _readings(facts: Facts, field: Field, bare: str, question: Question) -> Iterator[str]:
    kind, narrow = field.kind, unicodedata.normalize("NFKC", bare)
    if isinstance(kind, Choice | Many):
        yield from (one for one in kind.choices if one != OTHER or not getattr(kind, "other", False))
        if getattr(kind, "other", False) and bare:
            yield f"{OTHER}：{bare}"
    elif isinstance(kind, Flag):
        yield from (kind.yes, kind.no)
    elif isinstance(kind, Day | Moment):
        yield from _days(narrow, question.problem.reason)
    elif isinstance(kind, Number | Quantity):
        yield from (text.replace(",", "") for text in _NUMBER.findall(narrow)[:2])
    elif isinstance(kind, Ref):
        yield from _near(facts, SPECS[kind.to], bare)
    elif HONOURED.search(bare):
        yield HONOURED.sub("", bare)


def _days(bare: str, reason: str) -> Iterator[str]:
    """The days that the text may mean: every era in which there is such a day, and what the cell holds."""
    for held in (*_HELD.findall(reason), *_READ_AS.findall(reason)):
        yield from _day(held)
    found = _THREE.fullmatch(bare) or _DIGITS.fullmatch(bare)
    if found is None:
        return
    year, month, day = (int(part) for part in found.groups())
    for era in _ERAS:
        yield from _day(f"{era}{year}年{month}月{day}日")
    yield from _day(f"{2000 + year}-{month:02}-{day:02}")


def _day(text: str) -> Iterator[str]:
    try:
        yield wareki(parse_day(text))
    except ValueError:
        return


def _near(facts: Facts, spec: Spec[Any], bare: str) -> Iterator[str]:
    """The keys of records that are written much like it."""
    # Only what shares two signs next to each other is measured: of ten thousand that would be felt.
    pairs = {bare[at : at + 2] for at in range(max(1, len(bare) - 1))} if bare else set()
    by_word: dict[str, str] = {}
    for one in facts.all(spec.cls):
        key = facts.key(one)
        for word in (key, facts.title(one)):
            if len(by_word) < _MEASURED and any(pair in word for pair in pairs):
                by_word[word] = key
    close = difflib.get_close_matches(bare, by_word, _MOST_NAMED, _CLOSE)
    yield from dict.fromkeys(by_word[word] for word in close)
