"""Field kinds: how one value is stored, shown, read back and checked.

A value has four faces, and a kind converts between them:

1. ``value``  what the program works with (``date``, ``int``, ``str``, a tuple of rows …)
2. ``stored`` what SQLite holds (``str``, ``int`` or ``None``)
3. ``text``   what people read and type, in Japanese
4. ``json``   what goes out and comes in by file; a reference goes by the natural key of its record

Kinds know no widget and no SQL beyond a column type.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, ClassVar

from app.records.amounts import (
    MOST,
    PLACES,
    Amount,
    amount_stored,
    amount_text,
    in_digits,
    parse_amount,
    stored_amount,
)
from app.records.days import When, moment_from_iso, moment_to_iso, wareki, wareki_moment
from app.records.spelling.unseen import cleaned, unshown
from app.records.typed_days import TimeOfDayError, WeekdayError, parse_day, parse_moment

KeyOf = Callable[[str, int], str]
"""Record type and id → natural key text; raises ``KeyError`` for an unknown id."""
IdOf = Callable[[str, str], int]
"""Record type and natural key text → id; raises ``ValueError`` with a Japanese sentence."""


class WrongTypeError(ValueError):
    """A value of the wrong JSON type; ``str(error)`` is one Japanese sentence."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What a field means to people; the subclasses say what it means to the program.

    ``fixed``: the program writes it once, and nobody changes it by hand. ``unseen``: it is for the program
    alone, and no editor shows it. ``later``: it tells what became of a record that was there before, so that
    the form of a new one leaves it out.
    """

    label: str
    hint: str = ""
    listed: bool = False
    searched: bool = False
    group: str = ""
    fixed: bool = False
    unseen: bool = False
    later: bool = False

    name: ClassVar[str] = "text"
    sql: ClassVar[str] = "TEXT"
    python: ClassVar[Any] = str

    def to_stored(self, value: Any) -> str | int | None:
        return value  # type: ignore[no-any-return]  # the identity for kinds whose value SQLite holds as it is

    def from_stored(self, stored: Any) -> Any:
        return stored

    def to_text(self, value: Any) -> str:
        return "" if value is None else str(value)

    def from_text(self, text: str) -> Any:
        """Read what was typed. Raises ``ValueError`` with one Japanese sentence."""
        return text

    def to_json(self, value: Any, key_of: KeyOf) -> Any:
        del key_of
        return self.to_stored(value)

    def from_json(self, value: Any, id_of: IdOf) -> Any:
        """Read a JSON value (never null). Raises ``ValueError`` with one Japanese sentence."""
        del id_of
        if not isinstance(value, str):
            raise WrongTypeError(f"{self.label}は文字列で書いてください。")
        return self.from_text(value)

    def problems(self, value: Any) -> Iterator[str]:
        """What is wrong with ``value`` by itself, one Japanese sentence each."""
        del value
        return iter(())

    def is_empty(self, value: Any) -> bool:
        return value is None or value == "" or value == ()


@dataclass(frozen=True, kw_only=True)
class Text(Kind):
    """Text as typed: stored and printed as it is, but for what nobody could see (``spelling.unseen``)."""

    longest: int = 200
    lines: int = 1

    def from_text(self, text: str) -> str:
        return cleaned(text, several=self.lines > 1).text

    def dropped(self, text: str) -> int:
        """How many characters that nobody can see ``from_text`` leaves out of ``text``."""
        return cleaned(text, several=self.lines > 1).dropped

    def problems(self, value: str) -> Iterator[str]:
        if len(value) > self.longest:
            yield f"{self.label}は{self.longest}文字以内で入力してください。"
        if not self.fixed:
            yield from unshown_problems(self.label, value, several=self.lines > 1)


def unshown_problems(label: str, text: str, *, several: bool = False) -> Iterator[str]:
    """The first character that no paper can show, and where it stands."""
    if found := unshown(text, several=several):
        yield f"{label}の{found}は書類に印字できないため、消すか別の文字に改めてください。"


class Annex(Text):
    """The key of a catalogue annex, such as ``kimitsu-hoji``."""

    name: ClassVar[str] = "annex"


class FormId(Text):
    """The id of a printed form, such as ``oath``; people read its title, see ``Facts.form_title``."""


@dataclass(frozen=True, kw_only=True)
class Day(Kind):
    """A calendar day; 和暦 and western input, ISO in storage and JSON.

    ``past``: the day on which something was done, so that it is written down then or later and never before.
    ``back`` and ``ahead``: so many years from today it may lie without being asked about; a contract and what
    belongs to it hardly lie ten years off.
    """

    past: bool = False
    back: int = 10
    ahead: int = 10

    name: ClassVar[str] = "date"
    python: ClassVar[Any] = date

    def to_stored(self, value: date | None) -> str | None:
        return value.isoformat() if value else None

    def from_stored(self, stored: str | None) -> date | None:
        return date.fromisoformat(stored) if stored else None

    def to_text(self, value: date | None) -> str:
        return wareki(value) if value else ""

    def from_text(self, text: str) -> date:
        try:
            return parse_day(text)
        except WeekdayError as error:
            raise ValueError(_weekday(self.label, text, error)) from None
        except ValueError:
            raise ValueError(
                f"{self.label}「{text.strip()}」は日付として読めません。"
                "令和8年4月1日、R8.4.1、2026-04-01 のように入力してください。"
            ) from None


@dataclass(frozen=True, kw_only=True)
class Moment(Kind):
    """A day with hour and minute, naive local time, or the day alone where the hour is not known.

    ``past``, ``back`` and ``ahead`` as for ``Day``. The day alone is stored, shown and exported without an
    hour.
    """

    past: bool = False
    back: int = 10
    ahead: int = 10

    name: ClassVar[str] = "datetime"
    python: ClassVar[Any] = When

    def to_stored(self, value: When | None) -> str | None:
        return moment_to_iso(value) if value else None

    def from_stored(self, stored: str | None) -> When | None:
        return moment_from_iso(stored) if stored else None

    def to_text(self, value: When | None) -> str:
        return wareki_moment(value) if value else ""

    def from_text(self, text: str) -> When:
        try:
            return parse_moment(text)
        except WeekdayError as error:
            raise ValueError(_weekday(self.label, text, error)) from None
        except TimeOfDayError:
            raise ValueError(
                f"{self.label}「{text.strip()}」の時刻を読めません。9:30、15時、午後3時半 のように入力し、"
                "分からないときは時刻を空けてください。"
            ) from None
        except ValueError:
            raise ValueError(
                f"{self.label}「{text.strip()}」は日時として読めません。"
                "令和8年4月1日 9時30分、2026-04-01 9:30 のように入力してください。"
            ) from None


def _weekday(label: str, text: str, error: WeekdayError) -> str:
    return f"{label}「{text.strip()}」の曜日が日付と合いません。{error}"


@dataclass(frozen=True, kw_only=True)
class Number(Kind):
    """A whole number between ``least`` and ``most``, with its unit."""

    least: int = 0
    most: int = 999_999_999
    unit: str = ""

    name: ClassVar[str] = "number"
    sql: ClassVar[str] = "INTEGER"
    python: ClassVar[Any] = int

    def to_text(self, value: int | None) -> str:
        return "" if value is None else f"{value:,}"

    def from_text(self, text: str) -> int:
        wrong = f"{self.label}「{text.strip()}」は整数で入力してください。"
        try:
            bare = in_digits(text).strip().removesuffix(self.unit or "\0")
        except ValueError:
            raise ValueError(wrong) from None
        if not re.fullmatch(r"-?\d{1,60}", bare := bare.replace(",", "").strip()):
            raise ValueError(wrong)
        return int(bare)

    def from_json(self, value: Any, id_of: IdOf) -> int:
        if isinstance(value, str):
            return self.from_text(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongTypeError(f"{self.label}は整数で書いてください。")
        return value

    def problems(self, value: int) -> Iterator[str]:
        if value < self.least:
            yield f"{self.label}は{self.least:,}{self.unit}以上で入力してください。"
        if value > self.most:
            yield f"{self.label}は{self.most:,}{self.unit}以下で入力してください。"


@dataclass(frozen=True, kw_only=True)
class Quantity(Kind):
    """How much of something in its unit, to three decimals; what its unit allows, its record knows.

    Stored as a whole number, or as the digits of one that is not: no binary fraction ever stands for it.
    """

    name: ClassVar[str] = "quantity"
    sql: ClassVar[str] = "ANY"
    python: ClassVar[Any] = Amount

    def to_stored(self, value: Amount | None) -> int | str | None:
        return None if value is None else amount_stored(value)

    def from_stored(self, stored: int | str | None) -> Amount | None:
        return None if stored is None else stored_amount(stored)

    def to_text(self, value: Amount | None) -> str:
        return "" if value is None else amount_text(value)

    def from_text(self, text: str) -> Amount:
        try:
            return parse_amount(text)
        except ValueError:
            raise ValueError(
                f"{self.label}「{text.strip()}」は数として読めません。12、1,204、12.5 のように、"
                f"小数は{PLACES}桁までで入力してください。"
            ) from None

    def from_json(self, value: Any, id_of: IdOf) -> Amount:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise WrongTypeError(f"{self.label}は数で書いてください。")
        return self.from_text(str(value))

    def problems(self, value: Amount) -> Iterator[str]:
        if value <= 0:
            yield f"{self.label}は0より大きい数で入力してください。"
        if value > MOST:
            yield f"{self.label}は{MOST:,}以下で入力してください。"


class Version(Number):
    """The version of the annex that is named in the same row."""


@dataclass(frozen=True, kw_only=True)
class Flag(Kind):
    """Yes or no, in the field's own words."""

    yes: str = "はい"
    no: str = "いいえ"

    name: ClassVar[str] = "flag"
    sql: ClassVar[str] = "INTEGER"
    python: ClassVar[Any] = bool

    def to_stored(self, value: bool | None) -> int | None:
        return None if value is None else int(value)

    def from_stored(self, stored: int | None) -> bool | None:
        return None if stored is None else bool(stored)

    def to_text(self, value: bool | None) -> str:
        return "" if value is None else self.yes if value else self.no

    def from_text(self, text: str) -> bool:
        match text.strip():
            case self.yes:
                return True
            case self.no:
                return False
        raise ValueError(f"{self.label}は「{self.yes}」か「{self.no}」で入力してください。")

    def to_json(self, value: bool | None, key_of: KeyOf) -> bool | None:
        return value

    def from_json(self, value: Any, id_of: IdOf) -> bool:
        if isinstance(value, str):
            return self.from_text(value)
        if not isinstance(value, bool):
            raise WrongTypeError(f"{self.label}は true か false で書いてください。")
        return value


OTHER = "その他"


@dataclass(frozen=True, kw_only=True)
class Choice(Kind):
    """One of a closed list. With ``other``, the list ends with その他, written as その他：text."""

    of: type[StrEnum]
    other: bool = False

    name: ClassVar[str] = "choice"

    @cached_property
    def choices(self) -> tuple[str, ...]:
        return (*(str(member) for member in self.of), *((OTHER,) if self.other else ()))

    def from_text(self, text: str) -> str:
        """Read one of the list. その他 alone says nothing, and would be printed so: its text is demanded."""
        bare = cleaned(text).text
        if bare in self.choices and not (self.other and bare == OTHER):
            return bare
        if self.other and re.fullmatch(rf"{OTHER}[：:]?", bare):
            raise ValueError(f"{self.label}の「{OTHER}」は、その内容も入力してください。")
        if self.other and (match := re.fullmatch(rf"{OTHER}[：:]\s*(.+)", bare, re.DOTALL)):
            return f"{OTHER}：{match[1]}"
        allowed = "・".join(self.choices)
        raise ValueError(f"{self.label}「{bare}」は選べません。{allowed} から選んでください。")

    def problems(self, value: str) -> Iterator[str]:
        try:
            self.from_text(value)
        except ValueError as error:
            yield str(error)
        else:
            yield from unshown_problems(self.label, value)


@dataclass(frozen=True, kw_only=True)
class Many(Kind):
    """Any number out of a closed list, in the order of the list."""

    of: type[StrEnum]

    name: ClassVar[str] = "choices"
    python: ClassVar[Any] = tuple

    @cached_property
    def choices(self) -> tuple[str, ...]:
        return tuple(str(member) for member in self.of)

    def to_stored(self, value: tuple[str, ...]) -> str:
        return json.dumps(value, ensure_ascii=False)

    def from_stored(self, stored: str | None) -> tuple[str, ...]:
        return tuple(json.loads(stored or "[]"))

    def to_text(self, value: tuple[str, ...]) -> str:
        return "、".join(value)

    def from_text(self, text: str) -> tuple[str, ...]:
        return self._ordered([part.strip() for part in text.split("、") if part.strip()])

    def to_json(self, value: tuple[str, ...], key_of: KeyOf) -> list[str]:
        return list(value)

    def from_json(self, value: Any, id_of: IdOf) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise WrongTypeError(f"{self.label}は文字列の配列で書いてください。")
        return self._ordered(value)

    def _ordered(self, parts: list[str]) -> tuple[str, ...]:
        for part in parts:
            if part not in self.choices:
                raise ValueError(
                    f"{self.label}「{part}」は選べません。{'・'.join(self.choices)} から選んでください。"
                )
        return tuple(choice for choice in self.choices if choice in parts)

    def problems(self, value: tuple[str, ...]) -> Iterator[str]:
        try:
            self._ordered(list(value))
        except ValueError as error:
            yield str(error)


@dataclass(frozen=True, kw_only=True)
class Ref(Kind):
    """Another record, held by its id; people and files see its natural key."""

    to: str

    name: ClassVar[str] = "ref"
    sql: ClassVar[str] = "INTEGER"
    python: ClassVar[Any] = int

    def from_text(self, text: str) -> int:
        if not text.strip().isdecimal():
            raise ValueError(f"{self.label}を一覧から選んでください。")
        return int(text)

    def to_json(self, value: int | None, key_of: KeyOf) -> str | None:
        return None if value is None else key_of(self.to, value)

    def from_json(self, value: Any, id_of: IdOf) -> int:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise WrongTypeError(f"{self.label}は参照先のキーを文字列で書いてください。")
        return id_of(self.to, str(value))

    def problems(self, value: int) -> Iterator[str]:
        if value < 1:
            yield f"{self.label}を一覧から選んでください。"


class File(Kind):
    """The SHA-256 (64 hex digits) of bytes that the ledger keeps apart, addressed by that hash."""

    name: ClassVar[str] = "file"

    def from_text(self, text: str) -> str:
        if not re.fullmatch(r"[0-9a-f]{64}", text.strip()):
            raise ValueError(f"{self.label}はファイルを選んで登録してください。")
        return text.strip()

    def problems(self, value: str) -> Iterator[str]:
        if value and not re.fullmatch(r"[0-9a-f]{64}", value):
            yield f"{self.label}はファイルを選んで登録してください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One nested row of a record; it has no life of its own."""


@dataclass(frozen=True, kw_only=True)
class Rows(Kind):
    """Nested rows: a child table in storage, a sub-grid on screen, a list of objects in JSON."""

    of: type[Row]

    name: ClassVar[str] = "rows"
    python: ClassVar[Any] = tuple

    def to_text(self, value: tuple[Row, ...]) -> str:
        return f"{len(value)}件" if value else ""
