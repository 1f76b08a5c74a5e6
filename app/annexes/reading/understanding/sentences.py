"""Sentences of a paragraph, each with whose duty it is and what it does: ask, ban, allow or only tell.

Judged before any pattern: a definition, an exception, an ownership or the client's own duty holds the words
of many duties and is none of the vendor's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from app.annexes.reading.understanding.wording import Wording

GAP = "〓"
"""Stands where something was cut, so that every character keeps its place."""
_BRACKETS = re.compile(r"\([^()]*\)|以下「[^「」]*」(?:という。?)?")
_PARTS = re.compile(r"[^、]*、?")
_SENTENCES = re.compile(r"[^。]+。?")
_QUOTED = re.compile(r"「[^「」]*」")
_WAIVES = (
    r"(?:要しない|要さない|必要としない|必要(?:は|が)?ない|不要(?:とする|である|だ|です)|求めない|免除する"
    r"|省略(?:することが)?(?:できる|可能である)|省略して(?:も)?よい|省略する)(?:ものとする|こととする)?"
)
"""How a sentence says that something need not be done."""
_NAMED_LAST = re.compile(rf"{_WAIVES}$")
_WAIVED_LAST = re.compile(rf"{_WAIVES}$|この限りで(?:は)?ない$")
_END = 24
"""Letters of the longest way to say so: only there is looked for it."""
_PROVISO = re.compile("ただし|但し")
_WAIVED_FIRST = re.compile(rf"{_WAIVES}が、")
_ACTS = re.compile(
    r"[をに][^、をにはがも]{0,12}?(?:[しせてでえけげめれねべちりきぎびみい出置]"
    r"(?<!おいて)(?<!ついて)(?<!関して)(?<!対して)(?<!際して)(?<!よって)(?<!もって)(?<!当たって)(?<!として))、"
    r"|(?:[うくすつぬむるぐぶ]|必要(?:だ|である|です)|ます)(?:が|ものの|けれども|一方(?:で)?)、"
)
"""A verb after which the sentence goes on: what stands before it is asked, whatever its end waives."""
_LIMITED = re.compile(r"に限(?:る|られる|ります)(?:ものとする|こととする)?$")
"""What is allowed in one case alone is banned in every other, whoever allows it."""
_MUST = re.compile(
    r"(?:なければならない|ねばならない|なければなりません|てはならない|ではならない|てはなりません|(?<!含む)ものと(?:する|します)"
    r"|こと(?:とする)?|(?:提出|報告|返還|返却|消去|廃棄|保管|保存|実施|記録|届け出|通知|連絡)(?:する|します)"
    r"|(?:て|で|お?[一-龯ぁ-ん]+)(?:ください|下さい)|願います|願う)$"
)
"""How a sentence ends that asks for something."""
_DOES = re.compile(
    r"を(?![^、を。]*(?:含む|除く|いう|指す|負担する|有する|移転する|帰属する|定める|適用する|準用する|支払う|持つ|算定する"
    r"|許諾する)(?:ものと(?:する|します))?$)[^、を。]{1,16}[うくすつむるぐぶ]$"
)
"""How one ends that says what somebody does, not only what a thing is, whose it is or who pays for it."""
_RIGHTS = re.compile("著作権|特許権|所有権")
_OWNS = re.compile("帰属|帰する|移転|譲渡|有する|所有と|に属する")
_BESIDE = re.compile("(?:帰属する|所有に属する)(?=[一-龯])")
"""What belongs to somebody, said only beside what is asked about it."""
_MAKES_RULES = re.compile(
    "(?:規程|規則|規定|要領|要綱|手順書?|マニュアル|内規|基準|体制|ルール|計画)等?を(?:定め|整備|策定|作成)"
)
_OF_A_NOUN = re.compile(
    r"[うくすつむるぐぶた](?:もの|こと|[一-龯々ァ-ヶー]+)(?:を|に|で|と|へ|まで|により|によって|について)(?!よ?る?ものとする$)"
)
"""A verb that only says which: 「甲が行う研修を受ける」 is done by whoever takes the training."""
_UNHINDERED = re.compile(r"妨げ(?:ない|るものではない)(?:ものとする)?$")
_AGENT = re.compile(r"[^、。はがを]+が(?=[^。]*妨げ)")


class Who(StrEnum):
    """Whose sentence it is; what names nobody is the vendor's, as annexes are written."""

    VENDOR = "vendor"
    CLIENT = "client"


class Mode(StrEnum):
    """What a sentence does."""

    ASKS = "asks"
    BANS = "bans"
    TELLS = "tells"
    ALLOWS = "allows"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a folded text.

    start: where it begins there. text: with brackets cut. main: with what only says when cut as well; both
    keep the length of the sentence. item: where the item begins in a sentence read behind its lead, else 0.
    """

    start: int
    text: str
    main: str
    who: Who
    mode: Mode
    item: int = 0


def sentences(folded: str, wording: Wording) -> Iterator[Sentence]:
    """The sentences of a folded paragraph."""
    spared = _QUOTED.sub(lambda found: found.group().replace("。", GAP), folded)
    for found in _SENTENCES.finditer(_blank(_BRACKETS, spared)):
        yield from _apart(found.group().rstrip("。"), found.start(), wording)


def item_sentences(lead: str, folded: str, wording: Wording) -> Iterator[Sentence]:
    """The sentences of an item, each read behind its lead, which bans or asks for the item."""
    front = _blank(_BRACKETS, lead).rstrip("。")
    judged = _judged(front, 0, wording)
    for found in _SENTENCES.finditer(_blank(_BRACKETS, folded)):
        text = found.group().rstrip("。")
        start = found.start() - len(front) - 1
        own = _judged(text, 0, wording)
        mode = own.mode if own.mode in (Mode.TELLS, Mode.BANS) and judged.mode is Mode.ASKS else judged.mode
        whole = f"{front}、{text}"
        yield Sentence(start, whole, whole, judged.who, mode, len(front) + 1)


def _apart(text: str, start: int, wording: Wording) -> Iterator[Sentence]:
    """The sentence; as two where one part of it asks and the other only allows or tells: what is waived is no
    more than what is named there, and the duty beside it stands."""
    for end in _ends(text, wording):
        one = _judged(text[:end].rstrip("、"), start, wording)
        two = _judged(text[end:], start + end, wording)
        if _WAIVED_LAST.search(text):
            two = replace(two, mode=Mode.TELLS)
        if _asks(one) and not _asks(two):
            yield from (one, two)
            return
    for found in _WAIVED_FIRST.finditer(text) if "が、" in text else ():
        one = _judged(text[: found.end()].removesuffix("が、"), start, wording)
        two = _judged(text[found.end() :], start + found.end(), wording)
        if not _asks(one) and _asks(two):
            yield from (one, two)
            return
    whole = _judged(text, start, wording)
    yield from _told_first(whole, wording) if whole.mode is Mode.TELLS else (whole,)


def _told_first(whole: Sentence, wording: Wording) -> tuple[Sentence, ...]:
    """A sentence that seems only to tell; as two where it goes on to ask: who bears the cost, or what a word
    means, takes nothing away from what is asked behind it."""
    if not (_MUST.search(whole.text) or _DOES.search(whole.text)):
        return (whole,)
    for found in _PARTS.finditer(whole.text):
        end = found.end()
        one = _judged(whole.text[:end].rstrip("、"), whole.start, wording)
        two = _judged(whole.text[end:], whole.start + end, wording)
        if two.text and not _asks(one) and _asks(two):
            return one, two
    return (whole,)


def _ends(text: str, wording: Wording) -> list[int]:
    """Where what is asked may end before something is allowed, told or waived; the last place first."""
    said = [found.end() for found in wording.judges["asked_before"].finditer(text)]
    waives = _NAMED_LAST.search(text, len(text) - _END) and not _PROVISO.match(text)
    acts = [found.end() for found in _ACTS.finditer(text)] if waives else []
    return [*said[-1:], *(end for end in reversed(acts) if not _only_says_when(text, end, wording))]


def _only_says_when(text: str, end: int, wording: Wording) -> bool:
    """Whether the act before ``end`` belongs to an occasion: a consent that is got, and what is done before
    something else can be."""
    following = _PARTS.match(text, end)
    occasion = following is not None and wording.found("occasion", following.group().rstrip("、"))
    return wording.found("consent", text[:end]) or (text[end - 2] in "てで" and occasion)


def _asks(sentence: Sentence) -> bool:
    return sentence.mode in (Mode.ASKS, Mode.BANS)


def _judged(text: str, start: int, wording: Wording) -> Sentence:
    main = _without_occasions(text, wording)
    return Sentence(start, text, main, _who(text, main, wording), _mode(text, main, wording))


def _who(text: str, main: str, wording: Wording) -> Who:
    if _limits(text, wording):
        return Who.VENDOR
    if wording.found("both", main) or wording.found("vendor", main):
        return Who.VENDOR
    if wording.found("client", main):
        return Who.CLIENT
    last = wording.judges["client_last"].search(main)
    return Who.CLIENT if last and not _OF_A_NOUN.search(main, last.start()) else Who.VENDOR


def _mode(text: str, main: str, wording: Wording) -> Mode:
    if _only_tells(text, wording) or wording.found("exception", text):
        return Mode.TELLS
    if _UNHINDERED.search(text) and not _by_client(text, wording):
        return Mode.TELLS if unhindered(text, wording) else Mode.ASKS
    if _limits(text, wording):
        return Mode.BANS
    if wording.found("may", main):
        return Mode.ALLOWS
    return Mode.BANS if wording.found("ban", main) else Mode.ASKS


def _only_tells(text: str, wording: Wording) -> bool:
    """Whether a sentence tells: what it asks about a right, or about rules of the vendor's own, it asks."""
    if not any(one.search(text) for one in wording.told):
        return False
    if _MAKES_RULES.search(text) and wording.found("vendor", text):
        return False
    bare = text
    if _MUST.search(text):
        bare = _BESIDE.sub(lambda found: GAP * len(found.group()), text)
        if not _OWNS.search(bare):
            bare = _RIGHTS.sub(lambda found: GAP * len(found.group()), bare)
    return bare == text or any(one.search(bare) for one in wording.told)


def unhindered(text: str, wording: Wording) -> bool:
    """Whether a sentence says of an act of the vendor that nothing hinders it: he may, and need not.

    Where he is not to hinder somebody else, that is a duty.
    """
    if not _UNHINDERED.search(text) or _by_client(text, wording):
        return False
    agent = _AGENT.search(text)
    own = agent is None or re.search(wording.groups["vendor"], agent.group()) is not None
    return own or not wording.found("vendor", text)


def _by_client(text: str, wording: Wording) -> bool:
    return (
        re.search(rf"{wording.groups['client']}(?:が|による|の(?:監査|検査|調査|立入|請求|求め))", text)
        is not None
    )


def _limits(text: str, wording: Wording) -> bool:
    return _LIMITED.search(text) is not None and wording.found("consent", text)


def _without_occasions(text: str, wording: Wording) -> str:
    """The sentence with each part cut that only says when something is due."""
    parts = [found.group() for found in _PARTS.finditer(text) if found.group()]
    kept = list(parts)
    for at, part in enumerate(parts):
        if at == len(parts) - 1 or not wording.found("occasion", part.rstrip("、")):
            continue
        kept[at] = _cut(part, wording)
        while at and wording.found("joins", parts[at]) and kept[at - 1] == parts[at - 1]:
            at -= 1
            kept[at] = _cut(parts[at], wording)
    return "".join(kept)


def _cut(part: str, wording: Wording) -> str:
    """A part that only says when; its topic (…は) stays, and so does a consent, which lifts a ban."""
    if wording.found("consent", part):
        return part
    body = part.rstrip("、")
    return GAP * len(body) + part[len(body) :]


def _blank(what: re.Pattern[str], text: str) -> str:
    """``text`` with all that is found cut, brackets within brackets too."""
    while (cut := what.sub(lambda found: GAP * len(found.group()), text)) != text:
        text = cut
    return text
