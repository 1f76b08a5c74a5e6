"""From a text to what was read of it."""

from __future__ import annotations

from app.annexes.reading.assembling import assembled
from app.annexes.reading.judging import refuse, refuse_before
from app.annexes.reading.model import Reading
from app.annexes.reading.splitting import Splitter
from app.annexes.reading.text import folded


def read(raw: str) -> Reading:
    """The documents and paragraphs of ``raw``. Raises ``PeopleError`` for what is no annex."""
    refuse_before(raw)
    reading = split(raw)
    refuse(reading)
    return reading


def split(raw: str) -> Reading:
    """The same without judging whether it is an annex at all; raises nothing."""
    text = folded(raw)
    return assembled(text, Splitter(text).run())
