"""What a letter calls itself above its numbers: its subject, or what it asks for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from app.annexes.reading.drafts import Draft
from app.annexes.reading.model import DocumentKind, Role
from app.annexes.reading.text import Line, bare

_SUBJECT = re.compile(
    r"[(〔【\[]?\s*(?:件\s*名|標\s*題|表\s*題|題\s*名|題\s*目|Subject)\s*[)〕】\]]?[\s:]\s*(?P<title>\S.*)"
)
_ABOUT = r"(?:について|に関して|に関する|に係る|に当たって|にあたって)"
_ASKS = r"(?:(?:お|御|ご)?(?:願い|依頼|通知|連絡|案内)|お知らせ)"
_ASKING = re.compile(rf"[^。、:]{{0,50}}(?:{_ABOUT}の?\(?|(?:の|への|する)){_ASKS}\)?")
_NAMED = re.compile(r"[^。、:]{2,50}(?:について|に関する件|の件)")
_HALF = re.compile("[にをの]?(?:関し|関する|係る|ついて|おける|対する|伴う|当たって|向けて|お?願い)|への|の")
"""How a line begins that is the second half of a title."""
_LONGEST = 60


def titled(lines: Sequence[Line], drafts: Sequence[Draft]) -> list[tuple[int, int, Role]]:
    """Give each of ``drafts`` that has numbers and no title the one of a letter; where these stand."""
    made = []
    for draft in drafts:
        if draft.title or not draft.nodes or draft.kind is DocumentKind.FORM:
            continue
        first = bisect_left(lines, draft.begin, key=lambda line: line.start)
        last = bisect_left(lines, min(node.begin for node in draft.nodes), key=lambda line: line.start)
        found = _found(lines[first:last])
        if found is not None:
            draft.title, start, end = found
            draft.titles.append((start, end))
            made.append((start, end, Role.TITLE))
    return made


def _found(above: Sequence[Line]) -> tuple[str, int, int] | None:
    for line in above:
        if (match := _SUBJECT.fullmatch(line.text)) and len(match["title"]) <= _LONGEST:
            return _clean(match["title"]), line.start, line.end
    for pattern in (_ASKING, _NAMED):
        for at, line in enumerate(above):
            if len(line.text) <= _LONGEST and pattern.fullmatch(bare(line.text)):
                half = at > 0 and _HALF.match(line.text) and above[at - 1].text[-1] not in "。)」様殿"
                before = above[at - 1] if half else line
                said = f"{before.text}{line.text}" if half else line.text
                return _clean(said), before.start, line.end
    return None


def _clean(said: str) -> str:
    return bare(said).strip("「」『』<>〈〉《》")
