"""What the worker does with a text that comes in: read it, understand it, and say what of it was not read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.annexes.reading.review.ahead import worked_out
from app.annexes.reading.review.model import Review
from app.common import Progress
from app.records import Facts

if TYPE_CHECKING:
    from app.exchange.annexes.reading import ReadFile

Read = tuple[Review, Sequence[str]]
"""A text under review, and a sentence for whatever a person should know of it."""


def from_pasted(facts: Facts, text: str) -> Callable[[Progress], Read]:
    """The reading of what was pasted; it follows the examples of ``facts``."""
    from app.exchange.annexes.reading import read_pasted

    return _begun(facts, lambda progress: read_pasted(text, progress))


def from_file(facts: Facts, path: Path) -> Callable[[Progress], Read]:
    """The reading of a file; it follows the examples of ``facts``."""
    from app.exchange.annexes.reading import read_file

    return _begun(facts, lambda progress: read_file(path, progress))


def _begun(facts: Facts, read: Callable[[Progress], ReadFile]) -> Callable[[Progress], Read]:
    from app.annexes.reading.revising.reviewing import begun
    from app.exchange.readings.examples import examples_of

    examples = examples_of(facts)

    def work(progress: Progress) -> Read:
        found = read(progress)
        progress.step(0, 0, "条項を読み取っています")
        review, followed = begun(found.reading, examples, progress)
        return worked_out(review), (*found.told, *followed)

    return work


def known_again(facts: Facts, review: Review) -> Callable[[Progress], str]:
    """In a sentence, which annex of ``facts`` was read from the same words; empty where none was."""
    from app.exchange.readings.bringing import registered

    return lambda _progress: registered(facts, review)
