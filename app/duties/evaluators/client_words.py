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
_PARTS = re.compile(r"[。；;\n]|(?<=不要)(?:で)?[、,]|が、|だが|ですが|ものの、|けれども?、|ただし|一方")
"""Where one thing ends and what is said of another may begin."""
_WAIVES = re.compile(
    r"不要|必要(は|が|も)?(ない|無い|なし|ありません)|(要|求め)(し|さ)?(ない|ません|ず)|(し|とら|取ら)?なくて(も)?(よ|良|結構|構)"
    r"|には?及ば(ない|ず|ません)|(以上|これ)で(よい|良い|結構)|不問|省(略|い)て?(よ|良|する)"
)
_OPEN = re.compile(
    r"要否|(か)?どうか|(か)?否か|とは(言|い|限)|か(を|は)?(検討|確認|判断|協議|相談)|追って|別途(指示|連絡|通知)"
)
"""Words that leave the matter open though they name it."""


_MATTER = (
    r"(?:事故|書面|文書)?(?:での|による|の)?(?:報告|届出?|連絡)(?:書|書面)?(?:(?:の|を)?(?:提出|作成|送付))?"
    r"|(?:書面|文書)(?:(?:の|を)?(?:提出|作成|送付))?|提出"
    r"|本人(?:(?:へ|に対する|に)の?)?(?:通知|連絡|説明|報告)?|(?:対外的?な?)?公表|(?:発注者との)?協議"
    r"|再発(?:防止)?(?:の|に向けた)?(?:措置|対策|策)?|(?:被害の?)?拡大(?:の?防止)?の?(?:措置|対策|策)?"
    r"|原因の?(?:調査|究明|特定|報告)?|事実(?:関係)?の?(?:確認|調査|報告)?|被害の?(?:調査|確認|報告)?"
    r"|(?:問題の)?解決|措置|対応|対処|対策"
)
_BEFORE = (
    r"(?:.*(?:ため|ので|ことから)[、,]?)?"
    r"(?:(?:本件|今回|この(?:件|事故|事案)|本(?:事故|事案)|当該(?:事故|事案))(?:について|に関して|に関する|に係る|につき)?(?:は|の)?[、,]?"
    r"|(?:当?市|当?区|当?町|当?村|発注者|委託者|甲)(?:へ|に対する)の"
    r"|(?:今後の?|特に|特段の?|何も|何らの?|一切の?|すべて(?:の|は)?|全て(?:の|は)?)[、,]?)*"
)
_AFTER = (
    r"(?:で(?:す|ある|あります)|だ|と(?:する|します|した|しました|のこと(?:です)?)"
    r"|との(?:回答|指示|返答|連絡)(?:を(?:受けた|得た|いただいた)|が(?:あった|ありました)|あり)?"
    r"|と(?:回答|指示)(?:あり|があった|を受けた|された)?|と(?:言|い)われ(?:た|ました)|い|です)?"
)
_ABOUT = re.compile("本人|再発(防止)?|原因|事実(関係)?|(被害の?)?拡大|被害")
_CLEAN = re.compile(
    rf"{_BEFORE}(?P<of>(?:{_MATTER})(?:(?:及び|並びに|又は|または|と|や|も|[・、,])(?:{_MATTER}))*)?"
    rf"(?:(?:する|の)?(?:は|が|も|を)?)(?:{_WAIVES.pattern}){_AFTER}[.!、,]?"
)
"""A waiver that leaves no doubt: the matter itself, waived, and nothing after it that takes it back.

Of 「報告書に押印は不要」, 「警察への届は不要」 or 「報告は不要ではない」 nothing may be read: taken
for a waiver, a report that the client waits for would be settled.
"""


class Spoken(NamedTuple):
    """What the client said of a matter: whether anything, and whether it was that nothing is to be done."""

    named: bool
    waived: bool


def spoken(text: str, words: tuple[str, ...]) -> Spoken:
    """What ``text`` says of what ``words`` name.

    A part that leaves it to a later day says nothing, nor does one that waives something narrower, or
    perhaps something else.
    """
    parts = [
        part for part in map(folded, _PARTS.split(text)) if any(word in part for word in (*words, *_ALL))
    ]
    waived = [part for part in parts if _WAIVES.search(part) is not None and _waives(part, words)]
    others = [part for part in parts if part not in waived]
    ordered = any(_orders(part, words) for part in others)
    return Spoken(ordered or (bool(waived) and not others), bool(waived) and not others)


def _orders(part: str, words: tuple[str, ...]) -> bool:
    """Whether a part tells plainly to do what ``words`` name: 「すべて消去すること」 orders no report."""
    clear = _OPEN.search(part) is None and settled(part.replace("今後", ""))
    return clear and _WAIVES.search(part) is None and any(word in part for word in words)


def _waives(part: str, words: tuple[str, ...]) -> bool:
    """Whether a part waives, beyond doubt, what ``words`` name, or everything."""
    held = _CLEAN.fullmatch(part)
    if held is None or _OPEN.search(part) is not None or not settled(part.replace("今後", "")):
        return False
    if held["of"] is None:
        return any(word in part for word in _ALL)
    return any(word in _head(noun) for noun in re.findall(_MATTER, held["of"]) for word in words)


def _head(noun: str) -> str:
    """What a noun is about: to tell the persons is no report to the client."""
    about = _ABOUT.match(noun)
    return about[0] if about else noun


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
