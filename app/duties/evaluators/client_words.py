"""What the client's recorded words on an incident decide, and of what: words on one thing settle no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.duties.evaluators.stated import settled, states
from app.duties.holding.parties import folded
from app.duties.verdict import Lack, Question, open_record
from app.records import Incident, stated_key

REPORTS = ("報告", "書面", "文書", "提出", "届", "書いて", "連絡")
"""Words by which an instruction speaks of what is to be told."""
MEASURES = ("措置", "対応", "対処", "対策")
"""Words by which an instruction speaks of all measures, of whatever name."""
_ALL = ("何も", "一切", "すべて", "全て", "以上でよい", "以上で結構", "不問")
_PARTS = re.compile(r"[。；;\n]|が、|ものの、|けれども?、|ただし|一方")
"""Where one thing ends and what is said of another may begin."""
_WAIVES = re.compile(
    r"不要|必要(は|が|も)?(ない|無い|なし|ありません)|(要|求め)(し|さ)?(ない|ません|ず)|(し|とら|取ら)?なくて(も)?(よ|良|結構|構)"
    r"|には?及ば(ない|ず|ません)|(以上|これ)で(よい|良い|結構)|不問|省(略|い)て?(よ|良|する)"
)
_OPEN = re.compile(
    r"要否|(か)?どうか|(か)?否か|とは(言|い|限)|か(を|は)?(検討|確認|判断|協議|相談)|追って|別途(指示|連絡|通知)"
)
"""Words that leave the matter open though they name it."""


class Spoken(NamedTuple):
    """What the client said of a matter: whether anything, and whether it was that nothing is to be done."""

    named: bool
    waived: bool


def spoken(text: str, words: tuple[str, ...]) -> Spoken:
    """What ``text`` says of what ``words`` name. A part that leaves it to a later day says nothing."""
    parts = [
        part for part in map(folded, _PARTS.split(text)) if any(word in part for word in (*words, *_ALL))
    ]
    said = [part for part in parts if _OPEN.search(part) is None and settled(part.replace("今後", ""))]
    return Spoken(bool(said), bool(said) and all(_WAIVES.search(part) is not None for part in said))


def heard(question: Question, incident: Incident) -> bool:
    """Whether words of the client, told of the incident before, are on record until the day."""
    on = incident.instructions_on
    return (
        on is not None and incident.known("instructions", question.view.day) and told(question, incident, on)
    )


def decided(question: Question, incident: Incident, words: tuple[str, ...]) -> bool:
    """Whether the client said of what ``words`` name that it needs nothing, or what was ordered is done."""
    if not heard(question, incident):
        return False
    said = spoken(incident.instructions, words)
    return said.waived or (said.named and states(incident.instructions_done))


def told(question: Question, incident: Incident, until: date | None = None) -> bool:
    """Whether the client has heard of the incident until the day (of the question at the latest), anyhow."""
    view = question.view
    day = view.day if until is None else min(until, view.day)
    if any(row.notified_at.date() <= day for row in incident.notices):
        return True
    proofs = (view.proof("incident-notice", stated_key(incident), stage=stage) for stage in (0, 1, 2))
    return any(one.submitted_on is not None and one.submitted_on <= day for one in proofs if one)


def unfollowed(incident: Incident) -> Iterator[Lack]:
    """What the client told to do of which nobody has written that it was done."""
    if states(incident.instructions) and not states(incident.instructions_done):
        yield Lack(
            f"{incident.called}について、発注者の指示への対応が記録されていません。",
            "事故について発注者の指示を受けたときは、これに従い、その結果を残す必要があります。",
            "incident",
            incident.id,
            step=open_record(incident),
        )
