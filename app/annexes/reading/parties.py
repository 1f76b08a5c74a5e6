"""The words by which a document calls its two sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from enum import Enum

from app.annexes.reading.model import Parties

_CLIENT = (
    *("甲", "発注者", "委託者", "実施機関", "注文者", "委託元", "委託機関", "発注機関", "保有機関"),
    *("本市", "本県", "本町", "本村", "本区", "本府", "本都", "本道", "本組合", "本連合"),
    *("市", "県", "町", "区", "村", "府", "都", "組合", "広域連合"),
    *("市長", "町長", "村長", "区長", "知事"),
)
_VENDOR = (
    *("乙", "受注者", "受託者", "指定管理者", "受託事業者", "請負者", "事業者", "供給者", "委託先", "受任者"),
    *(
        "丙",
        "受託業者",
        "受託会社",
        "請負人",
        "請負業者",
        "受託人",
        "受注業者",
        "委託業者",
        "委託事業者",
        "会社",
    ),
)
_DEFINED = re.compile(
    r"(?P<name>[^。、()「」\n]{0,40})\(以下[、,]?[^()]{0,10}?「(?P<word>[^「」]{1,12})」とい[うい]"
)
_CALLED = re.compile(r"(?P<name>[^。、()「」\n]{1,40})を「(?P<word>[^「」]{1,12})」(?=と[しすい]|[、,とを])")
_FIRM = re.compile(
    "会社|法人|公社|協会|財団|社団|事業団|協同組合|センター|㈱|事務所|受託者|受注者|請負者|企業体"
)
_OFFICE = re.compile(r"(?:[市町村区県府都道]|組合|連合|企業団|委員会|[市町村区]長|知事|委託者|発注者)\s*$")
_VENDOR_LIKE = re.compile(r"(?!再|.*(?:責任者|従事者|担当者|作業者)).*(?:受託|受注|請負).*(?:者|人|社)")
_CLIENT_LIKE = re.compile(r"(?!再|.*(?:責任者|従事者|担当者)).*(?:発注|委託|注文)(?:者|機関|元)")
_OWN_NAME = re.compile(r"(?:^|[。\s])([一-龠々ぁ-んァ-ヶ]{1,8}?[市町村区県府都])(?=[はが][、\S])")
"""A city that speaks of itself by its name."""
_BOUND = (
    r"[はもが](?:[^。]{0,400}?)"
    r"(?:なければならない|てはならない|てはいけない|ものとする|こと。|禁止する|義務を負う)"
)


class Side(Enum):
    """One of both sides of a contract."""

    CLIENT = "client"
    VENDOR = "vendor"


def defined(text: str) -> dict[str, Side]:
    """The words that ``text``, folded, defines for its sides by name: (以下「甲」という。) behind a city."""
    found: dict[str, Side] = {}
    for match in (*_DEFINED.finditer(text), *_CALLED.finditer(text)):
        word, name = match["word"], match["name"]
        side = _side_of(word, name)
        if side is not None:
            found.setdefault(word, side)
    return (
        found if len({*found.values()}) > 1 else {word: side for word, side in found.items() if len(word) > 1}
    )


def _side_of(word: str, name: str) -> Side | None:
    if word in _VENDOR[1:] and word != "丙":
        return Side.VENDOR
    if word in _CLIENT[1:]:
        return Side.CLIENT
    if word in ("甲", "乙", "丙"):
        if _FIRM.search(name):
            return Side.VENDOR
        return Side.CLIENT if _OFFICE.search(name) else None
    if _VENDOR_LIKE.fullmatch(word):
        return Side.VENDOR
    return Side.CLIENT if _CLIENT_LIKE.fullmatch(word) or _OFFICE.search(f"{word} ") else None


def parties(text: str, given: Mapping[str, Side]) -> Parties:
    """Who is bound is the vendor. ``text``: preamble and clauses of one document, folded, on one line;
    ``given``: what is defined, there or in a document that it belongs to."""
    words = {**dict.fromkeys(_CLIENT, Side.CLIENT), **dict.fromkeys(_VENDOR, Side.VENDOR), **given}
    counted = Counter(match[1] for match in _named(words).finditer(text))
    bound = Counter(
        {word: len(re.findall(rf"(?:^|[。、\s)]){re.escape(word)}{_BOUND}", text)) for word in counted}
    )
    vendors = [word for word, _ in bound.most_common() if words[word] is Side.VENDOR]
    clients = [word for word, _ in counted.most_common() if words[word] is Side.CLIENT]
    if not given and "丙" in vendors and bound["丙"] > bound["乙"]:
        # Two offices give the work together: 甲 and 乙 both are clients.
        vendors = [word for word in vendors if word != "乙"]
        clients = [*clients, "乙"] if "乙" in counted else clients
    for word, side in given.items():
        if word not in counted and word in text:
            (vendors if side is Side.VENDOR else clients).append(word)
    if not clients:
        clients = [word for word, _ in Counter(_OWN_NAME.findall(text)).most_common(1)]
    return Parties(tuple(_likely(clients, counted)), tuple(_likely(vendors, counted)))


def completed(sides: Parties, others: list[Parties]) -> Parties:
    """``sides``, and where one is not named the word of another document with the same word for the other."""
    client, vendor = sides.client, sides.vendor
    for other in others:
        if not client and set(vendor) & set(other.vendor):
            client = other.client
        elif not vendor and set(client) & set(other.client):
            vendor = other.vendor
    return Parties(client, vendor)


def _named(words: Mapping[str, Side]) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(
        # Another company is none of the sides.
        rf"(?:^|(?<=[。、,\s)(」びはのにがをと・]))(?<!他の)(?<!別の)(?<!ほかの)(?<!よその)({listed})(?=[はがにのをと、・及又へかもで等並])"
    )


def _likely(words: list[str], counted: Counter[str]) -> list[str]:
    """Without those that are hardly named beside the commonest."""
    most = max((counted[word] for word in words), default=0)
    return [word for word in words if counted[word] * 5 >= most]
