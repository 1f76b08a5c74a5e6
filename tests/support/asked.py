"""Values for every parameter of a clause, made from its declaration: a new parameter is tried by itself."""

from __future__ import annotations

from typing import Any

from app.annexes.asks import NOTHING, PARAMETERS
from app.annexes.choices import Article
from app.annexes.parameter_types import Articles, Count, Flag, KindName, Many, One


def values_of(name: str) -> tuple[Any, ...]:
    """All values of a closed list, or some of an open one, that ask for something."""
    match PARAMETERS[name]:
        case One(members=members):
            return tuple(one for one in members if one is not getattr(NOTHING, name))
        case Many(of=of):
            return tuple((one,) for one in of)
        case Flag():
            return (True,)
        case Count():
            return (1, 2, 7)
        case KindName(among=among):
            return among
        case Articles():
            one = Article(act="個人情報の保護に関する法律", article="第66条", subject="安全管理措置")
            return ((one,), (one, Article(act="番号法", article="第48条", subject="罰則")))
        case text if isinstance(getattr(NOTHING, name), str):
            del text
            return ("日本", "架空国")
        case _:
            return (("数量",), ("数量", "媒体名"))
