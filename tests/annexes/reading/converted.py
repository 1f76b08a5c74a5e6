"""What converters and printers do to a text without changing what it says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable


def closed(text: str) -> str:
    """Without spaces, in one width and with one comma: how texts are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("，", "、").replace(",", "、")


def wrapped(size: int) -> Callable[[str], str]:
    def wrap(text: str) -> str:
        return "\n".join(
            line[at : at + size] for line in text.split("\n") for at in range(0, max(len(line), 1), size)
        )

    return wrap


def with_pages(text: str) -> str:
    """Page number and running head after every 35 lines, of a text that goes on for some pages."""
    made: list[str] = []
    lines = [line for line in wrapped(12)(text).split("\n") if line.strip()]
    for at, line in enumerate(lines):
        made.append(line)
        if at % 35 == 34:
            made += [f"- {at // 35 + 1} -", "見本市役所　情報政策課"]
    return "\n".join(made)


def numbers_alone(text: str) -> str:
    return re.sub(
        r"(?m)^((?:第 ?[0-9０-９]+(?: ?条)?|[0-9０-９]{1,2}|[(（][0-9０-９ア-ン][)）]))[ 　]+(?![日条])",
        r"\1\n",
        text,
    )


def spaced(text: str) -> str:
    return "\n".join(
        line if "\t" in line else line[:8] + re.sub(r"(\S{5})(?=\S)", r"\1 ", line[8:])
        for line in text.split("\n")
    )


CONVERTED: dict[str, Callable[[str], str]] = {
    "blank lines between": lambda text: text.replace("\n", "\n\n"),
    "no blank lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "Windows' line ends": lambda text: text.replace("\n", "\r\n"),
    "one width": lambda text: unicodedata.normalize("NFKC", text),
    "other commas": lambda text: text.replace("、", "，"),
    "wrapped at 40": wrapped(40),
    "wrapped at 33": wrapped(33),
    "spaces in words": spaced,
    "a space behind every character": lambda text: "\n".join(" ".join(line) for line in text.split("\n")),
    "numbers on lines of their own": numbers_alone,
    "characters that nobody sees": lambda text: "\u200b".join(text).replace("1\u200b0", "10"),
    "from right to left": lambda text: "\u202e" + text.replace("\n", "\n\u200f"),
    "on one line": lambda text: text.replace("\n", " "),
    "control characters": lambda text: text.replace("。", "\x01。\x02"),
}
TABULAR = {"wrapped at 40", "wrapped at 33", "a space behind every character", "one width"}
"""What no converter does to a table without losing its cells."""
LINES = frozenset(
    (
        *("bare heading before", "decimals", "boxes", "iroha", "chapters", "table", "extract", "deleted"),
        *("old kanji", "groups", "plain numbers in chapters", "annexed table"),
    )
)
"""What only the lines tell: where a heading without brackets ends, and what follows no sentence."""
CIRCLED = {("boxes", "one width"), ("circled paragraphs", "one width")}
"""Made plain, ① is a 1, which nobody can tell from others any more."""


def is_lossy(name: str, how: str) -> bool:
    """Whether ``how`` takes something from the style ``name`` that nobody can tell any more."""
    if how == "on one line" and name in LINES:
        return True
    return (name == "table" and how in TABULAR) or (name, how) in CIRCLED
