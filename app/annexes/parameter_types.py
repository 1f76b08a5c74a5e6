"""The types of a clause's parameters: how each is written in a file, read, typed and said to people.

A parameter is declared once, on ``asks.Asks``, with one of these types. A value has four faces:

1. ``value``  what the engine works with (an enumeration, ``int``, ``True``, ``str``, a tuple of them)
2. what an annex holds (``read``): text, number, ``true``, a list, tables
3. ``words``  what people read beside the clause
4. ``text``   what a contract that sets the parameter by itself keeps, and ``typed`` reads back
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar
from unicodedata import normalize

from app.annexes.choices import Article, Choice
from app.annexes.kinds import KINDS

MOST = 1200
"""The largest number that a parameter may have."""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What one parameter means.

    label: what people call it; ledgers keep it where a contract sets it, so a shipped one never changes.
    about: its meaning in one English phrase, for the description of the file format.
    kinds: the kinds of duty whose evaluator looks at it; empty: all.
    by_contract: a contract may set it by itself. forms: the forms that print it.
    heading: what stands beside the clause where ``label`` asks rather than tells.
    """

    label: str
    about: str
    kinds: tuple[str, ...] = ()
    by_contract: bool = False
    forms: tuple[str, ...] = ()
    heading: str = ""

    one: ClassVar[type] = str
    """What the engine works with, or each of what it works with."""
    written: ClassVar[str] = "text"
    """How the file has it, in the description of the format."""
    entered: ClassVar[str] = "文字列"
    """The same for whoever fills in the spreadsheet of an annex."""

    @property
    def choices(self) -> Mapping[str, str]:
        """A closed list as the file has it, each value with its words; empty: anything goes."""
        return {}

    def belongs_to(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    def read(self, value: Any) -> Any:
        """A value from a file. Raises ``ValueError`` with one Japanese sentence: what to write instead."""
        if not isinstance(value, str) or not value.strip():
            raise ValueError("空でない文字列で書いてください。")
        return value

    def words(self, value: Any) -> str:
        return str(value)

    def text(self, value: Any) -> str:
        return self.words(value)

    def typed(self, text: str) -> Any:
        """What people mean by ``text``. Raises ``ValueError`` with one Japanese sentence."""
        if not text.strip():
            raise ValueError(f"「{self.label}」を入力してください。")
        return text.strip()

    def _unreadable(self, text: str, instead: str) -> ValueError:
        return ValueError(f"「{text}」は「{self.label}」の値として読めません。{instead}を入力してください。")


@dataclass(frozen=True, kw_only=True)
class Text(Parameter):
    """A word of the annex's own."""


@dataclass(frozen=True, kw_only=True)
class Flag(Parameter):
    """What holds by being there. ``sentence`` says what then holds, without a full stop."""

    sentence: str

    one: ClassVar[type] = bool
    written: ClassVar[str] = "true"
    entered: ClassVar[str] = "true"

    def read(self, value: Any) -> bool:
        if value is not True:
            raise ValueError("true と書くか、項目ごと削除してください。")
        return True

    def words(self, value: Any) -> str:
        return self.sentence if value else ""


@dataclass(frozen=True, kw_only=True)
class Count(Parameter):
    """A whole number, 1 to ``most``. ``said``: numbers that have words of their own."""

    unit: str
    most: int = MOST
    said: Mapping[int, str] = field(default_factory=dict)

    one: ClassVar[type] = int
    written: ClassVar[str] = "number"
    entered: ClassVar[str] = "整数"

    def read(self, value: Any) -> int:
        if type(value) is not int or not 1 <= value <= self.most:
            raise ValueError(f"1 以上 {self.most} 以下の整数で書いてください。")
        return value

    def words(self, value: Any) -> str:
        return self.said.get(value, f"{value}{self.unit}")

    def text(self, value: Any) -> str:
        return str(value)

    def typed(self, text: str) -> int:
        number = plain(text)
        if not number.isdecimal() or len(number) > len(str(self.most)) or not 1 <= int(number) <= self.most:
            raise self._unreadable(text, f"1から{self.most}までの整数")
        return int(number)


@dataclass(frozen=True, kw_only=True)
class One(Parameter):
    """One of a closed list. ``but``: members that make no sense here, ``because`` (…ため、) of what."""

    of: type[StrEnum]
    but: tuple[StrEnum, ...] = ()
    because: str = ""

    written: ClassVar[str] = "choice"
    entered: ClassVar[str] = "次のいずれか"

    @property
    def members(self) -> tuple[StrEnum, ...]:
        return tuple(one for one in self.of if one not in self.but)

    @property
    def choices(self) -> Mapping[str, str]:
        return {str(one): words_of(one) for one in self.members}

    def read(self, value: Any) -> StrEnum:
        if value in self.but:
            others = "・".join(f"「{words_of(one)}」" for one in self.but)
            raise ValueError(f"{self.because}{others}以外で書いてください。")
        return _member(self.members, value)

    def words(self, value: Any) -> str:
        return words_of(value)

    def typed(self, text: str) -> StrEnum:
        wanted = plain(text)
        for one in self.members:
            if wanted in (plain(str(one)), plain(words_of(one))):
                return one
        offered = "、".join(f"「{words_of(one)}」" for one in self.members)
        raise self._unreadable(text, f"{offered}のいずれか")


@dataclass(frozen=True, kw_only=True)
class KindName(Parameter):
    """A kind of duty, one of ``among``."""

    among: tuple[str, ...]

    written: ClassVar[str] = "kind"
    entered: ClassVar[str] = "義務の種別の名前"

    @property
    def choices(self) -> Mapping[str, str]:
        return {name: KINDS[name].label for name in self.among}

    def read(self, value: Any) -> str:
        if value not in self.among:
            raise ValueError(f"義務の種別の名前（{'・'.join(self.among)}）で書いてください。")
        return str(value)

    def words(self, value: Any) -> str:
        return KINDS[value].label if value else ""


@dataclass(frozen=True, kw_only=True)
class Several(Parameter):
    """A list without a value twice; the types below say of what."""

    def read(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list) or not value:
            raise ValueError("1つ以上の値を持つ配列で書いてください。")
        if any(value.count(part) > 1 for part in value):
            raise ValueError("同じ値が重なっています。1つにしてください。")
        return tuple(self.read_one(part) for part in value)

    def read_one(self, value: Any) -> Any:
        """One value of the list. Raises as ``read``."""
        return Parameter.read(self, value)

    def words(self, value: Any) -> str:
        return "、".join(self.words_of_one(one) for one in value)

    def words_of_one(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True, kw_only=True)
class Many(Several):
    """Several of a closed list. ``alone``: a member that stands with no other."""

    of: type[StrEnum]
    alone: StrEnum | None = None

    written: ClassVar[str] = "list"
    entered: ClassVar[str] = "次の配列"

    @property
    def choices(self) -> Mapping[str, str]:
        return {str(one): words_of(one) for one in self.of}

    def read(self, value: Any) -> tuple[Any, ...]:
        found = Several.read(self, value)
        if self.alone in found and len(found) > 1:
            raise ValueError(f"{self.alone}（{words_of(self.alone)}）はほかの値と併せて書けません。")
        return found

    def read_one(self, value: Any) -> StrEnum:
        return _member(tuple(self.of), value)

    def words_of_one(self, value: Any) -> str:
        return words_of(value)


@dataclass(frozen=True, kw_only=True)
class Texts(Several):
    """Words of the annex's own, in its order."""

    written: ClassVar[str] = "list of texts"
    entered: ClassVar[str] = "文字列の配列"


@dataclass(frozen=True, kw_only=True)
class Articles(Several):
    """Articles of acts, each a table."""

    one: ClassVar[type] = Article
    written: ClassVar[str] = "list of tables"
    entered: ClassVar[str] = "act・article・subject を持つ表の配列"
    columns: ClassVar[tuple[str, ...]] = tuple(one.name for one in fields(Article))

    def read_one(self, value: Any) -> Article:
        if not isinstance(value, dict) or set(value) != set(self.columns):
            raise ValueError(
                f"{'・'.join(self.columns)} の{len(self.columns)}つを持つ表の配列で書いてください。"
            )
        return Article(**{name: Parameter.read(self, text) for name, text in value.items()})

    def words_of_one(self, value: Any) -> str:
        return f"{value.act}{value.article}（{value.subject}）"


@dataclass(frozen=True, kw_only=True)
class Names(Texts):
    """Names of other parameters of the same clause."""

    written: ClassVar[str] = "list of names"
    entered: ClassVar[str] = "条件の名前の配列"


def words_of(value: StrEnum | None) -> str:
    """What people read for a member of a closed list; empty: there is none."""
    return value.words if isinstance(value, Choice) else str(value or "")


def plain(text: str) -> str:
    """Width and spaces make no difference to what people mean."""
    return "".join(normalize("NFKC", text).split())


def _member(members: tuple[StrEnum, ...], value: Any) -> StrEnum:
    for one in members:
        if isinstance(value, str) and one == value:
            return one
    raise ValueError(f"{'・'.join(members)} のいずれかで書いてください。")
