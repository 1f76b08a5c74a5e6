"""The paragraphs by which understanding is measured, each with what it asks, when, and what it sets."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.annexes.asks import PARAMETERS
from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.folded import fold
from app.annexes.reading.understanding.prepared import Paragraph

_HERE = Path(__file__).parents[2]
_LABELLED = _HERE / "tests" / "annexes" / "reading" / "labelled"
SETS = {"tuning": ("tuning", "earlier", "counted", "recounted"), "checking": ("checking",)}
"""Each half with its files; a checking half that was counted too often is for tuning from then on."""
OPENED = frozenset([*(f"k{number}" for number in range(1, 11)), *(f"f{number}" for number in range(1, 15))])
"""The authors of ``counted`` and ``recounted``: no pattern of a kind was made with them in sight."""
SOURCES = "sources"
"""The product's own annexes: what their clauses say in our words, which name records beside duties."""

Set = Mapping[tuple[str, str], Any]


@dataclass(frozen=True)
class Labelled:
    """One paragraph with what it asks for, what it seems to ask for, and whose hand it is.

    parameters: (kind, name) → value, for each kind to which the parameter belongs.
    """

    paragraph: Paragraph
    kinds: frozenset[str]
    tempting: frozenset[str]
    author: str
    when: frozenset[str]
    parameters: Set

    @property
    def text(self) -> str:
        """What is read of it: the lead, and the paragraph itself."""
        one = self.paragraph
        return fold(one.lead + one.text, one.client, one.vendor).text


def labelled(name: str) -> list[Labelled]:
    """One of the sets: ``tuning``, ``checking`` or ``sources``."""
    if name == SOURCES:
        return list(_sources())
    entries = (entry for file in SETS[name] for entry in _toml(_LABELLED / f"{file}.toml")["paragraph"])
    return [
        _one(entry, Paragraph(entry["text"], **entry["context"]), entry["id"].split("-")[0])
        for entry in entries
    ]


def lessons() -> Iterator[Labelled]:
    """Paragraphs that teach the second opinion: their kinds alone are said."""
    files = sorted((_LABELLED / "lessons").glob("*.toml"))
    for hand in (hand for file in files for hand in _toml(file)["hand"]):
        for kinds, text, *heading in hand["paragraphs"]:
            paragraph = Paragraph(
                text, *heading, **{one: hand.get(one, "") for one in ("lead", "client", "vendor")}
            )
            yield Labelled(paragraph, frozenset(kinds.split()), frozenset(), hand["author"], frozenset(), {})


def teaching() -> list[Labelled]:
    """All from which is learned: the paragraphs for tuning, and the lessons."""
    return [*labelled("tuning"), *lessons()]


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _sources() -> Iterator[Labelled]:
    for path in sorted((_HERE / "resources" / "annexes").glob("*.toml")):
        annex = _toml(path)
        words = {part["key"]: part["words"] for part in annex["part"]}
        for clause in annex["clause"]:
            said = words[clause["number"].rpartition(" ")[0]]
            text = Paragraph(
                clause["summary"], clause["heading"], client=said["client"], vendor=said["vendor"]
            )
            yield _one(clause, text, annex["key"])


def _one(entry: dict[str, Any], paragraph: Paragraph, author: str) -> Labelled:
    kinds = frozenset(entry["kinds"])
    return Labelled(
        paragraph,
        kinds,
        frozenset(entry.get("tempting", ())),
        author,
        frozenset(entry["when"]),
        for_kinds(entry.get("parameters", {}), kinds),
    )


def for_kinds(written: Mapping[str, Any], kinds: frozenset[str]) -> Set:
    """Parameters as a file has them, one by one for each kind; what was assumed is in no text."""
    made: dict[tuple[str, str], Any] = {}
    for kind in kinds:
        own = {name: value for name, value in written.items() if name not in KINDS} | written.get(kind, {})
        left = {"assumed", *own.get("assumed", ())}
        made |= {
            (kind, name): value
            for name, value in own.items()
            if name not in left and PARAMETERS[name].belongs_to(kind)
        }
    return made
