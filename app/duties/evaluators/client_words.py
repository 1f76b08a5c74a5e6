"""What the client's recorded words on an incident decide, and of what: words on one thing settle no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from app.duties.evaluators.stated import settled, states
from app.duties.holding.parties import folded
from app.duties.verdict import Lack, Question, open_record
from app.records import Incident, stated_key

REPORTS = ("報告", "書面", "文書", "提出", "届出", "届け出", "届書", "書いて", "連絡")
"""Words by which an instruction speaks of what is to be told."""
MEASURES = ("措置", "対応", "対処", "対策")
"""Words by which an instruction speaks of all measures, of whatever name."""
_ALL = ("何も", "一切", "すべて", "全て", "以上でよい", "以上で結構", "不問")
_PARTS = re.compile(
    r"[。；;\n]|が、|だが|ですが|ものの、|けれども?、|ただし|一方|(?<=不要)(?:だが|ですが|なので|のため|で?[、,]|とし、?)"
)
"""Where one thing ends and what is said of another may begin."""
_WAIVES = re.compile(
    r"不要|必要(は|が|も)?(ない|無い|なし|ありません)|(要|求め)(し|さ)?(ない|ません|ず)|(し|とら|取ら)?なくて(も)?(よ|良|結構|構)"
    r"|には?及ば(ない|ず|ません)|(以上|これ)で(よい|良い|結構)|不問|省(略|い)て?(よ|良|する)|省略して(よ|良)"
)
_TURNED = re.compile(
    r"(不要|よい|良い|結構|不問|省略)(と|に)?(は|も)?(し|認め|考え)?(ない|ません)|ことのない|よう"
)
"""Words that turn a waiver round (不要ではない), or only liken something to it."""
_OPEN = re.compile(
    r"要否|(か)?どうか|(か)?否か|とは(言|い|限)|か(を|は)?(検討|確認|判断|協議|相談)|追って|別途(指示|連絡|通知)|か[?？]?$|[?？]"
)
"""Words that leave the matter open though they name it."""
_IF = re.compile(r"れば|(?<!当)たら|なら|場合|限り|までは|までの間")
"""Words by which something is waived only if, or only until, something else happens."""
_OTHERS = re.compile(
    r"(本人|警察|署|委員会|利用者|住民|市民|町民|対象者|送付先|送信先|受取人|受信者|相手|家族|被害者|窓口)(の(方|皆様)|様|方|ら|等|など)*(へ|に|宛|あて|と(の|は))"
)
_CLIENT = re.compile(r"発注者|委託者|当(市|町|村|区|課|方|庁|部|局|職)|本(市|町|村|区|課)")
"""Whom others are told beside: what the client itself is told as well is a word on the report."""
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
    rf"{_BEFORE}(?P<of>(?:{_MATTER})(?:(?:及び|並びに|又は|と|や|も|[・、,])(?:{_MATTER}))*)?"
    rf"(?:(?:する|の)?(?:は|が|も|を)?)(?:{_WAIVES.pattern}){_AFTER}[.!、,]?"
)
"""A waiver that leaves no doubt: the matter itself, waived, and nothing after it that takes it back.

Of 「報告書に押印は不要」, 「警察への届は不要」 or 「報告は不要ではない」 nothing may be read: taken
for a waiver, a report that the client waits for would be settled.
"""


class Spoken(NamedTuple):
    """Of a matter: whether something is to be done, or nothing is, and whether any word leaves it open."""

    ordered: bool
    waived: bool
    left_open: bool

    @property
    def plain(self) -> bool:
        """Whether something was said of it, and no word of it leaves it open."""
        return (self.ordered or self.waived) and not self.left_open


def spoken(text: str, words: tuple[str, ...]) -> Spoken:
    """What ``text`` says of what ``words`` name.

    Words on everything only ever waive: to look at all machines is no word on the report. What may be meant
    otherwise, or for another day, leaves the matter open: read as a waiver it would end a duty that stands.
    """
    said = [_said(part, words) for part in map(folded, _PARTS.split(text))]
    return Spoken(_Says.ORDER in said, _Says.WAIVER in said and _Says.ORDER not in said, _Says.OPEN in said)


class _Says(Enum):
    NOTHING = auto()
    ORDER = auto()
    WAIVER = auto()
    OPEN = auto()


def _said(part: str, words: tuple[str, ...]) -> _Says:
    named = any(word in part for word in words)
    if not named and not any(word in part for word in _ALL):
        return _Says.NOTHING
    if words == REPORTS and _OTHERS.search(part) and not _CLIENT.search(part):
        return _Says.NOTHING
    if _OPEN.search(part) is not None or not settled(part.replace("今後", "")):
        return _Says.OPEN
    if _WAIVES.search(part) is None:
        return _Says.ORDER if named else _Says.NOTHING
    doubtful = _TURNED.search(part) is not None or _IF.search(part) is not None
    return _Says.WAIVER if _waives(part, words) and not doubtful else _Says.OPEN


def _waives(part: str, words: tuple[str, ...]) -> bool:
    """Whether a part waives what ``words`` name, or everything, and nothing narrower."""
    held = _CLEAN.fullmatch(part)
    if held is None:
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
    return said.plain and (said.waived or followed(incident))


def told(question: Question, incident: Incident, until: date | None = None) -> bool:
    """Whether the client has heard of the incident until the day (of the question at the latest), anyhow."""
    view = question.view
    day = view.day if until is None else min(until, view.day)
    if any(row.notified_at.date() <= day for row in incident.notices):
        return True
    proofs = (view.proof("incident-notice", stated_key(incident), stage=stage) for stage in (0, 1, 2))
    return any(one.submitted_on is not None and one.submitted_on <= day for one in proofs if one)


def followed(incident: Incident) -> bool:
    """Whether it is on record that what the client told to do was done.

    That it will be, or is not yet, is no such word; that it was heard is one where nothing was to be done.
    """
    done = folded(incident.instructions_done).rstrip("。")
    heard_only = _HEARD.fullmatch(done) and not _WAIVES.search(folded(incident.instructions))
    return settled(done) and not heard_only and _UNDONE.search(done) is None


_UNDONE = re.compile(
    r"まだ|未(だ|提出|報告|対応|実施|着手|完了|了|回収|連絡)|(でき|終わっ|済んで|終えて|して|出して)て?(い)?(ない|ません)"
    r"|できず|(する|します|いたします|致します|つもり|ところ|たい)(です)?$|中(です|である)?$"
)
"""Words by which people say that they are not done with what they were told."""
_HEARD = re.compile(r"(承知|了解|承り|承諾|受領|確認)(し|致し|いたし)?(た|ました)?")
_SHORT = 30


def unfollowed(incident: Incident) -> Iterator[Lack]:
    """What the client told to do of which nobody has written that it was done."""
    if not states(incident.instructions) or followed(incident):
        return
    line = " ".join(incident.instructions_done.split())
    told = line if len(line) <= _SHORT else f"{line[:_SHORT]}…"
    lacking = f"の記録「{told}」からは、済んだことが分かりません" if states(line) else "が記録されていません"
    yield Lack(
        f"{incident.called}について、発注者の指示への対応{lacking}。",
        "事故について発注者の指示を受けたときは、これに従い、その結果を残す必要があります。",
        "incident",
        incident.id,
        step=open_record(incident),
    )
