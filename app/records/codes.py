"""Kinds of field for codes: read in the form in which papers print them, whatever the input method wrote.

What was kept before in another form stays until its record is saved again; a cross-check names it. Natural
keys (control numbers, contract numbers, names) are no codes: they are printed as typed and compared alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.records.kinds import Text
from app.records.spelling import codes


@dataclass(frozen=True, kw_only=True)
class Code(Text):
    """A serial number or the like: half width, hyphens."""

    def from_text(self, text: str) -> str:
        return codes.code(text)


@dataclass(frozen=True, kw_only=True)
class Postal(Text):
    """A Japanese postal code, as 123-4567."""

    longest: int = 8

    def from_text(self, text: str) -> str:
        try:
            return codes.postal(text)
        except ValueError:
            raise ValueError(
                f"{self.label}「{text.strip()}」は、123-4567 のように7桁の数字で入力してください"
                "（国外の郵便番号は所在地に含めます）。"
            ) from None

    def problems(self, value: str) -> Iterator[str]:
        return _unread(self, value)


@dataclass(frozen=True, kw_only=True)
class Telephone(Text):
    """A telephone number, or several: half-width digits, hyphens; brackets, extensions and words as typed."""

    longest: int = 40

    def from_text(self, text: str) -> str:
        return codes.telephone(text)


@dataclass(frozen=True, kw_only=True)
class Mail(Text):
    """A mail address in half width."""

    def from_text(self, text: str) -> str:
        try:
            return codes.mail(text)
        except ValueError:
            raise ValueError(
                f"{self.label}「{text.strip()}」は、"
                "info@example.jp のように @ を1つだけ入れて入力してください。"
            ) from None

    def problems(self, value: str) -> Iterator[str]:
        yield from Text.problems(self, value)
        yield from _unread(self, value)


def _unread(kind: Text, value: str) -> Iterator[str]:
    try:
        kind.from_text(value)
    except ValueError as error:
        yield str(error)
