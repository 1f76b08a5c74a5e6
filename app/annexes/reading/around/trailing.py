"""What stands behind the items of a sentence and belongs to the sentence: …を記した書面を出すものとする。"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.annexes.reading.drafts import Cut
from app.annexes.reading.marks import Style
from app.annexes.reading.outline import LEAD, Node
from app.annexes.reading.text import Line

_LISTED = (
    *(Style.BRACED, Style.HALF, Style.CIRCLED, Style.KANJI, Style.KANJI_BRACED, Style.KANA),
    *(Style.KANA_BRACED, Style.IROHA, Style.IROHA_BRACED, Style.LATIN, Style.LATIN_BRACED),
)
_GOES_ON = re.compile(r"[をに](?:記載|掲げ|添え|付し|示し|明記|定め|記し)")
_ANEW = re.compile(r"前項|前各号|前号|この場合|ただし|なお|また(?!は)|上記")
_SUBJECT = re.compile(r"[^。、]{1,12}(?:は|が|も)、")
_CLOSED = ("。", "こと")
_SHORT, _FULL = 0.7, 0.95
"""Parts of a full line: a line that is shorter was not wrapped, or hardly before a word that begins anew."""


def lead_of(lines: Sequence[Line], order: int, usual: int, current: Cut) -> Node | None:
    """The node to which a line without a number goes back from the items before it; None where it stays.

    Of ``lines`` the one at ``order``; ``usual``: letters of a full line; ``current``: whose text it would be.
    """
    item = current.node
    if item is None or item.parent is None or item.mark.style not in _LISTED or order == 0:
        return None
    before, line = lines[order - 1].text, lines[order].text
    if lines[order - 1].end <= item.end:
        return None
    if item.mark.value[-1] == 1 or before[-1] in "。、":
        return None
    if _ANEW.match(line):
        return item.parent if len(before) <= _FULL * usual else None
    goes_on = _GOES_ON.match(line) or (_SUBJECT.match(line) and "。" in line)
    return item.parent if goes_on and len(before) <= _SHORT * usual else None


def leads_anew(text: str, begin: int, end: int) -> int | None:
    """Where in ``text`` between an item's number and the next number 1 the sentence begins that leads to what
    follows: on a line of its own, behind one that has ended. None where there is none."""
    at = text.rfind("\n", begin, len(text[:end].rstrip()))
    while at > begin:
        line = text[at + 1 : end]
        before = text[begin:at].rstrip()
        if line.strip() and before.endswith(_CLOSED):
            return at + 1 if LEAD.search(line) else None
        at = text.rfind("\n", begin, at)
    return None
