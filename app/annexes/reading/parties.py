"""The words by which a document calls its two sides."""

from __future__ import annotations

import re
from collections import Counter

from app.annexes.reading.model import Parties

_CLIENT = (
    "甲",
    "発注者",
    "委託者",
    "実施機関",
    "注文者",
    "委託元",
    "本市",
    "本県",
    "本町",
    "本村",
    "本区",
    "市",
    "県",
    "町",
    "区",
)
_VENDOR = (
    "乙",
    "受注者",
    "受託者",
    "指定管理者",
    "受託事業者",
    "請負者",
    "事業者",
    "供給者",
    "委託先",
    "受任者",
    "丙",
)
_DEFINED = re.compile(r"\(以下[、,]?[^()]{0,10}?「([^「」]{1,12})」とい[うい]")
_BOUND = (
    r"[はもが](?:[^。]{0,400}?)"
    r"(?:なければならない|てはならない|てはいけない|ものとする|こと。|禁止する|義務を負う)"
)
_NAMED = re.compile(
    r"(?:^|(?<=[。、,\s)(」びはのにがをと・]))("
    + "|".join(map(re.escape, sorted({*_CLIENT, *_VENDOR}, key=len, reverse=True)))
    + r")(?=[はがにのをと、・及又へかもで等並])"
)


def parties(text: str) -> Parties:
    """Who is bound is the vendor. ``text``: preamble and clauses of one document, folded, on one line."""
    counted = Counter(match[1] for match in _NAMED.finditer(text))
    bound = Counter({word: len(re.findall(rf"(?:^|[。、\s)]){word}{_BOUND}", text)) for word in counted})
    vendors = [word for word, _ in bound.most_common() if word in _VENDOR and counted[word]]
    clients = [word for word, _ in counted.most_common() if word in _CLIENT]
    if "丙" in vendors and bound["丙"] > bound["乙"]:
        # Two offices give the work together: 甲 and 乙 both are clients.
        vendors = [word for word in vendors if word != "乙"]
        clients = [*clients, "乙"] if "乙" in counted else clients
    known = {*vendors, *clients}
    for word in dict.fromkeys(_DEFINED.findall(text)):
        if word in _VENDOR and word not in known:
            vendors.append(word)
        elif word in _CLIENT and word not in known:
            clients.append(word)
    return Parties(tuple(_likely(clients, counted)), tuple(_likely(vendors, counted)))


def _likely(words: list[str], counted: Counter[str]) -> list[str]:
    """Without those that are hardly named beside the commonest."""
    most = max((counted[word] for word in words), default=0)
    return [word for word in words if counted[word] * 5 >= most]
