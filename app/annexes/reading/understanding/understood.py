"""Everything that is understood of one paragraph, and of a whole reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.annexes.kinds import When
from app.annexes.reading.model import Reading
from app.annexes.reading.understanding.above import SURE, changed
from app.annexes.reading.understanding.moments import Moment, moments
from app.annexes.reading.understanding.opinion.second import by_sentence, opinions
from app.annexes.reading.understanding.parameters.settings import Setting, settings
from app.annexes.reading.understanding.prepared import Paragraph, Prepared, prepare
from app.annexes.reading.understanding.proposing import (
    Found,
    Proposal,
    Weighed,
    hits,
    possible,
    proposals,
    weigh,
)
from app.annexes.reading.understanding.silence import silence
from app.common import Progress


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a paragraph asks of the vendor.

    kinds: in the order of the kinds. moments: `info` alone where there is no duty. settings: what the words
    set beside the kinds. silent: why nothing is asked, for people; empty beside no kinds says only that
    nothing was found, never that nothing is asked. offered: kinds that no pattern found and that the second
    opinion thinks possible; too few were counted to trust them, so people are asked and nothing is chosen.
    followed: the example that says it instead of the words, for people; empty where the words do.
    """

    kinds: tuple[Proposal, ...]
    moments: tuple[Moment, ...]
    settings: tuple[Setting, ...]
    silent: str
    offered: tuple[Proposal, ...] = ()
    followed: str = ""


LONGEST = 20_000
"""Characters of a paragraph that is read: what is longer is none, and would be read for minutes."""
_UNREAD = Understanding((), (Moment(When.INFO.value, 0.0, ()),), (), "")


def understand(paragraph: Paragraph) -> Understanding:
    """Kinds, moments and settings of one paragraph, or why it asks for nothing."""
    prepared = prepare(paragraph)
    met, likely = _looked_at(prepared)
    return _understood(prepared, weigh(prepared, met, likely), likely)


def _looked_at(prepared: Prepared) -> tuple[Found, Mapping[str, float]]:
    """The patterns that a paragraph meets, and how likely each kind is by its words.

    What a pattern finds is weighed by its sentence too; what none finds by the paragraph as a whole alone.
    """
    whole = opinions(prepared)
    best = by_sentence(prepared, whole)
    met = hits(prepared, possible(prepared, best))
    return met, {kind: best[kind] if kind in met else one for kind, one in whole.items()}


def _understood(prepared: Prepared, weighed: Weighed, likely: Mapping[str, float]) -> Understanding:
    proposed = proposals(prepared, weighed.found, weighed.sure)
    silent = "" if proposed else silence(prepared, likely)
    return Understanding(
        proposed,
        moments(prepared, weighed.found, proposed),
        settings(prepared, weighed.found),
        silent,
        () if silent else proposals(prepared, weighed.offered, weighed.sure),
    )


def understand_reading(reading: Reading, progress: Progress | None = None) -> tuple[Understanding, ...]:
    """One for each of ``reading.paragraphs``, in their order; items are read with their leads.

    A paragraph that only says "what was reported above has changed" has the kinds of what stands before it.
    In one that is too long to be one nothing is found. Raises ``Cancelled``.
    """
    progress = progress or Progress()
    made: list[Understanding] = []
    above: tuple[str, ...] = ()
    of = (-1, -1)
    for at, paragraph in enumerate(paragraphs(reading)):
        progress.step(at, len(reading.paragraphs), "条項の内容を読み取っています")
        held = reading.paragraphs[at]
        if len(held.text) > LONGEST:
            made.append(_UNREAD)
            continue
        if held.document != of[0]:
            above = ()
        prepared = prepare(paragraph)
        met, likely = _looked_at(prepared)
        weighed = _weighed(prepared, met, above, likely)
        made.append(_understood(prepared, weighed, likely))
        found = weighed.found
        if found:
            # The items of one lead are "the above" together.
            above = (
                tuple(dict.fromkeys((*above, *found))) if (held.document, held.lead) == of else tuple(found)
            )
            of = (held.document, held.lead if held.lead >= 0 else at)
    return tuple(made)


def _weighed(prepared: Prepared, met: Found, above: tuple[str, ...], likely: Mapping[str, float]) -> Weighed:
    """What the paragraph asks by its own words; where no pattern finds any, by those before it."""
    if not met and (found := changed(prepared, above)):
        return Weighed(found, {}, dict.fromkeys(found, SURE))
    return weigh(prepared, met, likely)


def paragraphs(reading: Reading) -> tuple[Paragraph, ...]:
    """The reading's paragraphs as they are understood, with the words for the parties of their document."""
    made = []
    for one in reading.paragraphs:
        parties = reading.documents[one.document].parties
        made.append(
            Paragraph(
                one.text,
                heading=one.heading,
                lead=reading.paragraphs[one.lead].text if one.lead >= 0 else "",
                client=parties.client[0] if parties.client else "",
                vendor=parties.vendor[0] if parties.vendor else "",
            )
        )
    return tuple(made)
