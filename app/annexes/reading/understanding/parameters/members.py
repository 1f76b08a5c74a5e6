"""The members of a list of nouns, as annexes join them: A、B及びC, A・B, Aのほか、B, Aその他のB."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.annexes.reading.understanding.sentences import GAP

_PARTS = re.compile("[^、]+")
_WORD = "[一-龥ァ-ヶー々A-Za-z0-9]"
_BY_A_WORD = "及び|並びに|又は|若しくは|または|および|ならびに|もしくは|・|その他(?:の|これに準ずる)?"
_JOINED = re.compile(
    f"{_BY_A_WORD}|(?<={_WORD})や(?={_WORD})"
    f"|(?<=[^ぁ-ん、])と(?={_WORD}|お(?!り))|(?<=[うくすつぬむぐぶるただ]か)と(?=[一-龥])|(?<=らまし)と(?=[一-龥])|(?<=[扱渡出返写]い|[渡出返写戻貸]し|[受持]ち|[一-龥]り|[一-龥]け|[一-龥]き)と(?={_WORD})"
)
"""What joins two members; と after a noun alone, since と follows what is said or thought as well."""
_OR = re.compile("又は|または|若しくは|もしくは")
_AND = re.compile("及び|並びに|および|ならびに")
"""In a list of several, what stands on both sides of 又は is one member."""
_NOT_JOINED = re.compile(
    "(?<=二度)と|と(?:同|異|共|協議|比|見|思|認|定め|称|呼|判|連携|連動|連絡(?![先網方]))"
)
_NO_NOUN = re.compile(
    "(?:後|(?<!名)前|^毎.{1,2}|際|場合|(?<!日)時|上|中|(?<![期時区人])間|都度|毎|以上|以内|以外|除|先立|当該|現在|今後|直|即|全部|一切)$"
    "|(?:速やか|直ちに|遅滞なく)$"
)
"""How what only says when or how ends."""
_NOUN = re.compile(
    rf"(?:[一-龥ァ-ヶー々A-Za-z0-9」{GAP}]|こと|もの|旨|わけ|いきさつ|あらまし|ようす|やり方|ところ|あて先"
    "|(?:^|[のとお])知らせ|写し|控え|扱い|おそれ|(?<=[うくすつぬむぐぶるたいだ])か)$"
)
"""How a noun ends that is a member."""
_NOUN_OF_A_VERB = re.compile(
    "(?:[^をにがはで]*[のとた])?[一-龥ァ-ヶー]{1,6}[りしちきいけえせみれ][一-龥]{0,2}[りしちきいけえせみれ]?"
)
_BEFORE_IT = re.compile("^.*[るたの](?=[一-龥ァ-ヶー])")
_OTHER_ONE = re.compile("のほか$|の外$")
_LED = re.compile(
    "^(?:.*取り決めた|.*[一-龥ァ-ヶー々A-Za-z0-9\ue000\ue001びたりでと](?:に(?!ち|あ|も|関|係|対|おけ|つい|よ|基|応|必|伴|従|準|向|属|至|限|触|携|就|入|出|当た)|へ(?!の))"
    "|.*?(?:[\ue000-\ue001]|双方|[者人員方])が(?![^、を]{1,4}[うくすつぬむるただ][一-龥])|.*(?:に|で)は|そのうち"
    "|.*に(?:関する|係る)(?:社内の)?|[^、]{0,14}(?:については?|において|に対し(?:て)?|により|によって)"
    "|(?:あらかじめ|予め|必ず|事前に|直ちに|速やかに|遅滞なく)|.*(?:[いしっえけせめりれび]て|んで)(?=[一-龥]|その)|.*の?下に|.*たら)"
)
"""What stands before the first member and is none of it."""
_ITS = re.compile("(?:その|当該)(?:者|方|人|相手方?|者ら)(?:の|における)|その|当該|前項の?|各号の|これらの")
_WHOSE = re.compile("^.*(?:者|人|員|方|先|全員|係|ひと|たち|様|さま|さん)の(?=お?[一-龥])")
_OF_AN_ACT = re.compile(
    "[^を]*を[^を、]{0,8}(?:した|った|いた|んだ|[うくぐすつぬぶむる])[^をにがはで、]{1,12}"
)
"""An act, and what is asked about it: the name of whoever did it."""
_ACTING = re.compile(
    "(?!.*(?:影響|被害)を)[^を]*を(?:[^を、]{0,6}[うくぐすつぬぶむる])(?=[一-龥ァ-ヶ])(?![者人方物]の)"
    "(?![^、]*(?:方法|仕組み|策|手立て|手だて|やり方|工夫|手順|訳|わけ|理由|目的|根拠)$)"
    "|[^を]*を(?=[^を、]{1,6}(?:いた|った|んだ|した)[者人]$)"
    "|.*[者人員方]が[^、をに]{1,4}[うくすつぬむるただ](?=[一-龥])"
)
"""An act that only says of whom or what is asked."""
_WHERE = re.compile(".*[一-龥ァ-ヶー]に(?=[一-龥][^、をに]{0,4}[うくすつぬむるただ][一-龥])")
"""The same of where it is done, before the first member."""
_CARRYING = re.compile("(?:^|を)(?:記し|記載し|明記し|明示し|記入し|記録し|書い|付け|付し|示し|載せ|添え)た")
"""What carries something is the paper, and no member of what it carries."""
_ALL_OF_THEM = re.compile("の各[一-龥]{1,3}$|の別$")
"""What several nouns have in common stands behind the last: they are one member."""
_SAYS_NOTHING = re.compile(
    "[ぁ-ん]{1,2}|旨|結果|詳細|写し|条項|(?:アクセス)?(?:記録|履歴|ログ)|同意|承認|承諾|(?:次|以下|下記|左記|前[項条]|各号|上記)(?:に|の|各号).*"
    "|必要(?:な|と認める)?(?:事項|措置|もの)|(?:掲げる|定める|示す)(?:事項|もの|内容|項目|書類)|事項|もの|(?:次|以下|下記)|各号|同項"
)
"""What only points at a list that stands elsewhere."""
_THE_REST = re.compile(
    "(?:必要な|これ(?:ら)?に(?:類|準)(?:する|ずる)|関係)?(?:事項|もの|こと|法令|資料|書類|措置|内容|情報)"
)
"""What その他 is only rounded off with."""
_TOPIC = re.compile("(?<![又たくて])は(?!がき)")
_ASKED = re.compile("(?:誰|だれ|どなた|いつ|どこ|何|どれ|なぜ)[^、]*か$")
"""A question is a member as it stands."""
LONGEST = 32
"""Characters of a member; a longer one is a clause of the sentence."""


def members(text: str, end: int, begin: int = 0, *, whose: bool = False) -> Iterator[tuple[int, int]]:
    """Where the members of the list stand that ends at ``end`` and begins behind ``begin`` at the earliest.

    whose: what says of whom they are is left out: a list of people has their names.
    """
    begin = max(begin, text.rfind("。", 0, end) + 1, text.rfind("|", 0, end) + 1)
    parts = [(one.start() + begin, one.end() + begin) for one in _PARTS.finditer(text[begin:end])]
    if not parts:
        return
    first = len(parts) - 1
    while first > 0 and _is_part(text[slice(*parts[first - 1])]):
        first -= 1
    several = first < len(parts) - 1 and _AND.search(text, parts[first][0], end) is not None
    found: list[tuple[int, int]] = []
    begin = parts[first][0]
    for start, stop in parts[max(0, first) :]:
        for span in _split(
            text, _own(text, start, stop), stop, first=start == begin, whose=whose, alternatives=several
        ):
            if found and _ALL_OF_THEM.search(text[slice(*span)]):
                found = [(found[0][0], span[1])]
            else:
                found.append(span)
    yield from found


def _is_part(part: str) -> bool:
    """Whether a list goes on with it; an act that is done before is none of the list."""
    return _noun(_OTHER_ONE.sub("", part)) and ("を" not in part or _OF_AN_ACT.fullmatch(part) is not None)


def _own(text: str, start: int, stop: int) -> int:
    """Where the words of a part begin, behind an act or a bracket that only says of what they are."""
    part = text[start:stop].rstrip(GAP)
    if asked := _ASKED.search(part):
        return start + asked.start()
    behind = part.rfind(GAP) + 1
    if (object_ := part.rfind("を") + 1) > behind and not _OF_AN_ACT.fullmatch(part):
        behind = object_
    topic = max((one.end() for one in _TOPIC.finditer(part)), default=0)
    return start + max(behind, topic)


def _split(
    text: str, start: int, stop: int, *, first: bool, whose: bool, alternatives: bool
) -> Iterator[tuple[int, int]]:
    joints = [one for one in _JOINED.finditer(text, start, stop) if not _NOT_JOINED.match(text, one.start())]
    if alternatives:
        joints = [one for one in joints if not _OR.fullmatch(one.group())]
    if "の" in text[start:stop].rpartition("・")[2] and "・" in text[start:stop]:
        joints = [one for one in joints if one.group() != "・"]
    at, other = start, False
    for joint in [*joints, None]:
        begin, close = _without_lead(text, at, joint.start() if joint else stop, first=first, whose=whose)
        rest = other and _THE_REST.fullmatch(text, begin, close)
        if 0 < close - begin <= LONGEST and not rest and _is_member(text, begin, close):
            yield begin, close
        other = joint is not None and joint.group().startswith("その他")
        at, first = joint.end() if joint else stop, False


def _without_lead(text: str, at: int, close: int, *, first: bool, whose: bool) -> tuple[int, int]:
    if _ASKED.match(text[at:close]):
        return at, close
    begin = at
    leads = [
        *((_LED, _ITS, _WHERE, _LED) if first else ()),
        _ITS,
        _ACTING,
        _ITS,
        *((_WHOSE,) if whose else ()),
    ]
    for lead in leads:
        if found := lead.match(text[begin:close]):
            begin += found.end()
    named = _OTHER_ONE.sub("", text[begin:close].rstrip(GAP))
    return begin, begin + len(named)


def _is_member(text: str, begin: int, close: int) -> bool:
    named = text[begin:close]
    return _noun(named) and not _SAYS_NOTHING.fullmatch(named) and not _CARRYING.search(named)


def _noun(text: str) -> bool:
    named = _NOUN.search(text) or _NOUN_OF_A_VERB.fullmatch(_BEFORE_IT.sub("", text))
    return named is not None and _NO_NOUN.search(text) is None
