"""A sentence as clues read it: with its brackets, and with the cell of a table's row that says when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.annexes.reading.understanding.prepared import Prepared
from app.annexes.reading.understanding.sentences import GAP, Sentence
from app.annexes.reading.understanding.struck import struck

_WHEN = re.compile(r"\|(?:実施|提出)?(?:時期|期限|期日|頻度)([^|。]+)")
"""The cell of a row that says when the rest of it is due."""
_GLOSS = re.compile(r"(?<=[A-Za-z])\(([一-龥ァ-ヶーぁ-ん]{1,8})\)")
"""What a bracket only says again in Japanese is read."""


@dataclass(frozen=True, slots=True)
class Read:
    """text: the sentence without numbers that are no parameter, and what its row says of when. open: the same
    with its brackets. aside: where in the folded paragraph what its row says begins."""

    sentence: Sentence
    text: str
    open: str
    aside: int

    def placed(self, span: tuple[int, int]) -> tuple[int, int]:
        """Where in the folded paragraph a span of the text stands."""
        own = len(self.sentence.text)
        move = self.sentence.start if span[0] <= own else self.aside - own - 1
        return span[0] + move, span[1] + move


def cell(prepared: Prepared) -> tuple[int, int] | None:
    """Where in the folded paragraph the cell stands that says when the row is due; none in no row."""
    said = _WHEN.search(prepared.folded.text)
    return said.span(1) if said else None


def read(prepared: Prepared, at: int) -> Read:
    """The sentence at ``at``."""
    sentence, folded = prepared.sentences[at], prepared.folded.text
    start, end = cell(prepared) or (0, 0)
    inside = sentence.start <= start < sentence.start + len(sentence.text)
    aside = f"、{folded[start:end]}" if end and not inside else ""
    own = whole = sentence.text
    if GAP in own:
        whole = _with_brackets(sentence, folded)
    for gloss in _GLOSS.finditer(whole):
        own = own[: gloss.start(1)] + gloss.group(1) + own[gloss.end(1) :]
    return Read(sentence, struck(own + aside), whole + aside, start)


def _with_brackets(sentence: Sentence, folded: str) -> str:
    return "".join(
        folded[sentence.start + place] if one == GAP and sentence.start + place >= 0 else one
        for place, one in enumerate(sentence.text)
    )
