"""What a sentence only announces: items below, (1)(2) or ①②, and what brackets list behind a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.annexes.reading.understanding.parameters.members import members
from app.annexes.reading.understanding.sentences import Sentence

KINDS = frozenset(
    (
        "responsible-person",
        "worker-list",
        "management-system",
        "transfer-method",
        "takeout-approval",
        "handling-ledger",
        "subcontract-approval",
        "management-rules",
        "incident-notice",
        "disposal-certificate",
        "status-report",
    )
)
"""Kinds of which a paper carries what is listed; what is listed below other kinds are acts."""
IN_BRACKETS = KINDS | {"access-log", "improvement", "equipment-register"}
"""Kinds of which brackets behind a paper list what it carries; a log and a plan carry something as well."""
_ANNOUNCED = re.compile(
    "(?:次|以下|下記|左記)(?:の|に(?:掲げる|示す|定める))[^、。]{0,8}(?:事項|項目|内容|とおり|もの)"
)
_MARK = re.compile(r"\((?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[ア-ン])\)|[①-⑳]")
_WHOSE = re.compile("^.*(?:者|人|員|先)の")
_OF_SOMEBODY = re.compile("(?:お|ご)?(?:氏名|名前|住所|連絡先|電話番号|役職|職名|所属|生年月日)")
"""What is asked of people, and a member also where it stands alone."""
_JOINT = re.compile("及び|並びに|、|・")
_BRACKET = re.compile(
    r"(?:名簿|一覧表?|台帳|届|図|簿|表|票|書|紙|記録|履歴|ログ|計画|報告|体制|組織|内容|事項|項目|方法|やり方|動き)"
    r"(?:に|は)?\((?!以下|いわゆる|様式)([^()]*[、・及と][^()]*)\)"
)
_OF_THE_BRACKET = re.compile(
    "(?:等|など)?(?:を(?:記載|記入|明記|明示)?(?:した|記した|示した)(?:もの|書面)?)?(?:等|など)?$"
)
_NO_LIST = re.compile("という|含む|含み|除く|除き|限る|同じ|第[0-9]")
_NO_NOUN = re.compile(
    "(?:こと|る|う|く|す|つ|む|た|い|ん|を|に|は|て|(?<![持貸]出)(?<![受引]渡)(?<!ち出)(?<!し出)(?<!き渡)(?<!け渡)し)$"
)
_LONGEST = 26


def below(sentence: Sentence, folded: str) -> Iterator[tuple[int, int]]:
    """Where the items that ``sentence`` announces stand in ``folded``; none unless all are nouns."""
    if not _ANNOUNCED.search(sentence.text):
        return
    start = max(sentence.start, 0)
    marks = list(_MARK.finditer(folded, start))
    if len(marks) < 2:
        return
    ends = [*(one.start() for one in marks[1:]), len(folded)]
    spans = [_bare(folded, one.end(), end) for one, end in zip(marks, ends, strict=True)]
    if all(_noun(folded[slice(*one)]) for one in spans):
        yield from spans


def bracketed(sentence: Sentence, folded: str) -> Iterator[tuple[int, int]]:
    """Where in ``folded`` the nouns stand that brackets list behind what they are of."""
    start = max(sentence.start, 0)
    for found in _BRACKET.finditer(folded, start, sentence.start + len(sentence.text)):
        listed = found.group(1)
        spans = list(members(folded, found.start(1) + len(_OF_THE_BRACKET.sub("", listed)), found.start(1)))
        if (
            len(spans) > 1
            and not _NO_LIST.search(listed)
            and all(_noun(folded[slice(*one)]) for one in spans)
        ):
            yield from spans


def item(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where in an item's sentence its several nouns stand, where its lead announces them."""
    text = sentence.text
    if not sentence.item or not _ANNOUNCED.search(text, 0, sentence.item) or not _noun(text[sentence.item :]):
        return
    whose = _WHOSE.match(text[sentence.item :])
    at = sentence.item + (whose.end() if whose else 0)
    if _JOINT.search(text, at):
        yield from _between(text, at, len(text))
    elif whose and _OF_SOMEBODY.fullmatch(text, at):
        yield at, len(text)


def _between(text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    for joint in [*_JOINT.finditer(text, at, end), None]:
        yield at, joint.start() if joint else end
        at = joint.end() if joint else at


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the stop, and without what follows it."""
    stop = text.find("。", start, end)
    return start, end if stop < 0 else stop


def _noun(text: str) -> bool:
    """Whether it is a short name of something; what asks for an act is a duty of its own."""
    return 0 < len(text) <= _LONGEST and not _NO_NOUN.search(text)
