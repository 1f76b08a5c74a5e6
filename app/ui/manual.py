"""The manual as it comes with the program: its chapters, and the passages under their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "approval": "08-deadlines/承諾",
        "attestation": "08-deadlines/人だけが確かめられること",
        "breach_handling": "08-deadlines/遅延と違反の処理",
        "audit": "10-incidents-audits/監査・調査の予告を受けたとき",
        "clause_text": "02-daily/条文の控え",
        "contract": "07-annexes/契約と版",
        "disposal": "02-daily/予定と実績",
        "event": "02-daily/予定と実績",
        "incident": "10-incidents-audits/事故対応の画面",
        "oath": "03-documents/誓約書",
        "own_annex": "07-annexes/画面で作る",
        "paper_setting": "03-documents/発注者の様式（Word・Excel）",
        "submission": "03-documents",
    }
)
"""Record type → where the manual tells of it."""
_DAILY = "02-daily"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the manual. ``key`` is its name without the ending (``02-daily``)."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one heading; ``topic`` is how it is named (``02-daily/きょう``)."""

    topic: str
    chapter: str
    heading: str
    text: str


def topic_of(kind: str) -> str:
    """Where the manual tells of the records of a type."""
    return TOPICS.get(kind, _DAILY)


def chapters() -> list[Chapter]:
    """Every chapter, in order."""
    found = []
    for entry in sorted(files("resources").joinpath("manual").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".md"):
            text = entry.read_text(encoding="utf-8")
            title = text.partition("\n")[0].lstrip("# ").strip()
            found.append(Chapter(entry.name.removesuffix(".md"), title, text))
    return found


def passages() -> Iterator[Passage]:
    """Everything that the manual says, heading by heading; what stands before the first has its chapter's."""
    for chapter in chapters():
        first, *rest = _HEADING.split(chapter.text)
        yield Passage(chapter.key, chapter.title, chapter.title, first.partition("\n")[2].strip())
        for heading, text in zip(rest[::2], rest[1::2], strict=True):
            yield Passage(f"{chapter.key}/{heading.strip()}", chapter.title, heading.strip(), text.strip())
