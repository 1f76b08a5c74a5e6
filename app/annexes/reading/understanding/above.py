"""A paragraph that only says that what was reported above has changed has the kinds of that."""

from __future__ import annotations

from collections.abc import Mapping

from app.annexes.kinds import KINDS
from app.annexes.reading.understanding.prepared import Prepared
from app.annexes.reading.understanding.proposing import Hit
from app.annexes.reading.understanding.sentences import Who
from app.annexes.reading.understanding.wording import wording

SURE = 0.8
"""How often such a paragraph means all the kinds before it."""
CHANGING = frozenset(name for name, kind in KINDS.items() if kind.ready) | {
    "management-system",
    "management-rules",
    "transfer-method",
}
"""Kinds of which a change is reported."""


def changed(prepared: Prepared, before: tuple[str, ...]) -> Mapping[str, tuple[Hit, ...]]:
    """The kinds of ``before`` that the paragraph speaks of by "the above has changed"; else none."""
    for at, sentence in enumerate(prepared.sentences):
        hit = wording().judges["above"].search(sentence.text)
        if hit and sentence.who is Who.VENDOR:
            span = (hit.start() + sentence.start, hit.end() + sentence.start)
            return {kind: (Hit(SURE, at, (span,)),) for kind in KINDS if kind in before and kind in CHANGING}
    return {}
