"""A paragraph made ready for patterns once: folded, cut into sentences, each sentence judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from app.annexes.reading.understanding.folded import Folded, fold
from app.annexes.reading.understanding.sentences import Mode, Sentence, Who, item_sentences, sentences
from app.annexes.reading.understanding.wording import wording

_CARRIED_ON = re.compile(
    r"^(?:ただし|但し|なお|また|この場合|その場合|その際|この際|これ|それ|同様|前[段項]|どうしても|やむを得|実施する場合)|(?:変更|交代|交替|異動|替わ|替え|変わ|変え|入れ替|増減|改め|改訂)[^。]{0,20}(?:とき|場合|際|たら)|いつでも|同様(?:とする|です|である)|同じです|後も|の場合は別です|ときは、その"
)
"""How a sentence begins, or ends, that says more about the one before it."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One numbered paragraph, or an item with the sentence that leads to it, as printed.

    client, vendor: what the text calls the parties; empty where that is not known.
    """

    text: str
    heading: str = ""
    lead: str = ""
    client: str = ""
    vendor: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that led to a proposal: where they stand in the paragraph as printed, end exclusive."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paragraph with what every question about it starts from. heading: folded."""

    paragraph: Paragraph
    folded: Folded
    sentences: tuple[Sentence, ...]
    heading: str

    def parts(self) -> Iterator[Prepared]:
        """Each sentence that asks for something, by itself and without the heading; none where one is all."""
        asking = [one for one in self.sentences if one.mode in (Mode.ASKS, Mode.BANS)]
        for one in asking if len(asking) > 1 else ():
            own = one.text[max(0, one.item - 1) :]
            yield Prepared(self.paragraph, Folded(own, (), ()), (one,), "")

    def near(self, hits: Mapping[str, Set[int]]) -> Mapping[str, frozenset[int]]:
        """Kind → the sentences about it: its own (``hits``), and those that go on about them.

        A proviso and "the same after the end" belong to the sentence before; a new duty has one of its own.
        What asks for something and names no kind belongs to the kinds of the sentence before it; in a
        paragraph about one kind alone all belongs to that, also what stands before its words.
        """
        named = frozenset(at for own in hits.values() for at in own)
        return {kind: self._near(own, named, alone=len(hits) == 1) for kind, own in hits.items()}

    def _near(self, own: Set[int], named: Set[int], *, alone: bool) -> frozenset[int]:
        wanted = set(own)
        for at, sentence in enumerate(self.sentences):
            asks = sentence.who is Who.VENDOR and sentence.mode is not Mode.TELLS
            goes_on = (asks and (alone or at not in named)) or _CARRIED_ON.search(sentence.text)
            before = alone and at < min(own) and sentence.mode in (Mode.ASKS, Mode.BANS)
            if before or (goes_on and at - 1 in wanted):
                wanted.add(at)
        return frozenset(wanted)

    def evidence(self, spans: Iterable[tuple[int, int]]) -> tuple[Evidence, ...]:
        """Spans of the folded text as words of the printed one.

        What stands in the lead is left out, and what stands within other words.
        """
        found = []
        held = set(spans)
        for start, end in sorted(held):
            within = any(one != (start, end) and one[0] <= start and end <= one[1] for one in held)
            if end > max(start, 0) and not within:
                first, last = self.folded.printed(max(start, 0), end)
                found.append(Evidence(first, last, self.paragraph.text[first:last]))
        return tuple(found)


def prepare(paragraph: Paragraph) -> Prepared:
    """``paragraph`` folded and cut; an item's sentences are read behind its lead."""
    folded = fold(paragraph.text, paragraph.client, paragraph.vendor)
    if paragraph.lead:
        lead = fold(paragraph.lead, paragraph.client, paragraph.vendor)
        cut = tuple(item_sentences(lead.text, folded.text, wording()))
    else:
        cut = tuple(sentences(folded.text, wording()))
    heading = fold(paragraph.heading, paragraph.client, paragraph.vendor).text
    return Prepared(paragraph, folded, cut, heading)
