"""The labelled paragraphs by which the reader of an unknown annex is measured hold what they promise.

A label that is no declared name, or a text that stands in both halves, would make every figure that is
measured by them wrong without anybody seeing it.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from app.annexes.files.parameters import read_parameters
from app.annexes.kinds import KINDS, When

Paragraph = Mapping[str, Any]

LABELLED = Path(__file__).parent / "labelled"
FILES = {"checking": ("checking",), "tuning": ("tuning", "earlier", "counted", "recounted")}
"""Each half with its files; a checking half that was counted too often is for tuning from then on."""
LEAST = {"checking": 590, "tuning": 1_140}
"""Paragraphs in each half."""
OF_A_KIND = 5
"""Paragraphs of each kind in each half."""
NEAR_MISSES = 60
"""Paragraphs of each half that ask for nothing, though the words of a duty stand in them."""
HANDS = 10
"""Authors of each half: a reader that knows one of them knows nothing of the others."""
SEVERAL = 60
"""Paragraphs with more than one kind, over both halves."""
RUN, SHARED = 4, 0.5
"""Two texts are near duplicates when of all their runs of so many characters this share stands in both."""
NEEDED = {"id", "style", "context", "text", "kinds", "when"}
ALLOWED = NEEDED | {"parameters", "tempting", "note"}


def of(half: str) -> list[Paragraph]:
    held = (tomllib.loads((LABELLED / f"{file}.toml").read_text(encoding="utf-8")) for file in FILES[half])
    return [one for file in held for one in file["paragraph"]]


PARAGRAPHS = [(half, one) for half in LEAST for one in of(half)]


def bare(text: str) -> str:
    """A text as it is compared: neither width nor blanks make another one of it."""
    return "".join(normalize("NFKC", text).split())


def broken(one: Paragraph) -> Iterator[str]:
    """What is wrong with the fields of a paragraph and the names in them."""
    if not set(one) >= NEEDED or not set(one) <= ALLOWED:
        yield f"fields: {sorted(one)}"
    if not {"client", "vendor"} <= set(one["context"]) <= {"client", "vendor", "heading", "lead"}:
        yield f"context: {sorted(one['context'])}"
    if not all(part.strip() for part in (one["text"], *one["context"].values())):
        yield "an empty text"
    kinds, tempting = one["kinds"], one.get("tempting", [])
    if unknown := {*kinds, *tempting} - set(KINDS):
        yield f"no kinds: {sorted(unknown)}"
    if doubled := [kind for kind, often in Counter([*kinds, *tempting]).items() if often > 1]:
        yield f"twice, or asked and a near miss: {doubled}"
    if not one["when"] or not set(one["when"]) <= set(When):
        yield f"no moments: {one['when']}"
    yield from (f"parameters: {fault}" for fault in read_parameters(one.get("parameters", {}), kinds)[1])


def astray(one: Paragraph) -> Iterator[str]:
    """What of the moments of a paragraph does not fit its kinds: a duty is never only for reading."""
    duties = [kind for kind in one["kinds"] if not KINDS[kind].shown_only]
    if When.INFO in one["when"] and (duties or len(one["when"]) > 1):
        yield f"{duties} with {one['when']}"
    if one["kinds"] and not duties and one["when"] != [When.INFO]:
        yield f"nothing to do, but {one['when']}"


def quoted(parameters: Mapping[str, Any]) -> Iterator[str]:
    """What the parameters of a paragraph hold in the words of its text."""
    for name, value in parameters.items():
        if name in KINDS:
            yield from quoted(value)
        elif name in ("items", "methods"):
            yield from value


def invented(one: Paragraph) -> Iterator[str]:
    """What stands in no text cannot be read from it: nobody could be measured by it."""
    text = bare(one["context"].get("lead", "") + one["text"])
    yield from (words for words in quoted(one.get("parameters", {})) if bare(words) not in text)


@pytest.mark.parametrize("fault", [broken, astray, invented])
def test_a_paragraph_is_labelled_with_declared_names(fault: Callable[[Paragraph], Iterator[str]]) -> None:
    assert [f"{one['id']}: {wrong}" for _, one in PARAGRAPHS for wrong in fault(one)] == []


def test_no_text_and_no_id_stands_twice() -> None:
    for told in (
        Counter(one["id"] for _, one in PARAGRAPHS),
        Counter(bare(one["text"]) for _, one in PARAGRAPHS),
    ):
        assert [name for name, often in told.items() if often > 1] == []


def test_the_halves_have_other_authors() -> None:
    checking, tuning = ({one["id"].partition("-")[0] for one in of(half)} for half in LEAST)
    assert not checking & tuning
    assert min(len(checking), len(tuning)) >= HANDS


def runs(one: Paragraph) -> frozenset[str]:
    text = bare(one["text"])
    return frozenset(text[at : at + RUN] for at in range(len(text) - RUN + 1))


def test_nothing_that_is_checked_stands_nearly_so_in_what_is_tuned_with() -> None:
    known = [(one["id"], runs(one)) for one in of("tuning")]
    standing = defaultdict[str, list[int]](list)
    for at, (_, told) in enumerate(known):
        for run in told:
            standing[run].append(at)
    near = []
    for one in of("checking"):
        own = runs(one)
        both = Counter(at for run in own for at in standing.get(run, ()))
        near += [
            f"{one['id']} is nearly {known[at][0]}"
            for at, often in both.items()
            if often >= SHARED * len(own | known[at][1])
        ]
    assert near == []


LESSONS = [
    hand
    for file in sorted((LABELLED / "lessons").glob("*.toml"))
    for hand in tomllib.loads(file.read_text(encoding="utf-8"))["hand"]
]


def test_a_lesson_is_labelled_with_declared_kinds() -> None:
    wrong = []
    for hand in LESSONS:
        assert set(hand) <= {"author", "client", "vendor", "lead", "paragraphs"}
        for kinds, text, *heading in hand["paragraphs"]:
            named = kinds.split()
            if (
                set(named) - set(KINDS)
                or len(named) != len(set(named))
                or not text.strip()
                or len(heading) > 1
            ):
                wrong.append(f"{hand['author']}: {text}")
    assert wrong == []


def test_a_lesson_stands_once_and_is_by_a_hand_of_its_own() -> None:
    lessons = Counter(
        bare(hand.get("lead", "") + paragraph[1]) for hand in LESSONS for paragraph in hand["paragraphs"]
    )
    assert [text for text, often in lessons.items() if often > 1] == []
    assert not set(lessons) & {bare(one["text"]) for _, one in PARAGRAPHS}
    authors = {one["id"].partition("-")[0] for _, one in PARAGRAPHS}
    assert not authors & {hand["author"] for hand in LESSONS}


def test_the_lessons_know_each_kind_and_what_asks_for_nothing() -> None:
    found = Counter(
        kind for hand in LESSONS for one in hand["paragraphs"] for kind in one[0].split() or ["nothing"]
    )
    assert min(found[kind] for kind in KINDS) >= OF_A_KIND
    assert found["nothing"] >= NEAR_MISSES


@pytest.mark.parametrize("half", LEAST)
def test_a_half_is_as_large_as_promised(half: str) -> None:
    assert len(of(half)) >= LEAST[half]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_there_often_enough(kind: str) -> None:
    found = Counter(half for half, one in PARAGRAPHS if kind in one["kinds"])
    assert all(found[half] >= OF_A_KIND for half in LEAST)


def test_near_misses_and_several_kinds_are_there_often_enough() -> None:
    missed = Counter(half for half, one in PARAGRAPHS if not one["kinds"] and one.get("tempting"))
    assert min(missed[half] for half in LEAST) >= NEAR_MISSES
    assert sum(len(one["kinds"]) > 1 for _, one in PARAGRAPHS) >= SEVERAL
