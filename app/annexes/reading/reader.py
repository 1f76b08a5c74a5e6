"""From a text to what was read of it."""

from __future__ import annotations

from app.annexes.reading.assembling import assembled
from app.annexes.reading.judging import refuse, refuse_before
from app.annexes.reading.model import Reading
from app.annexes.reading.splitting import Splitter
from app.annexes.reading.text import folded
from app.common import Progress


def read(raw: str, progress: Progress | None = None) -> Reading:
    """The documents and paragraphs of ``raw``. Raises ``PeopleError`` for what is no annex, ``Cancelled``."""
    refuse_before(raw)
    reading = split(raw, progress)
    refuse(reading)
    return reading


def split(raw: str, progress: Progress | None = None) -> Reading:
    """The same without judging whether it is an annex at all; raises ``Cancelled`` alone."""
    progress = progress or Progress()
    text = folded(raw, progress)
    return assembled(text, Splitter(text, progress).run(), progress)
