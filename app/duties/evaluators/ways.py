"""Of which ways of disposal a clause speaks."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.annexes.choices import Act
from app.duties.holding.destruction import DESTROYING, ERASING
from app.duties.verdict import Question
from app.records import Disposal
from app.records.disposal import Method
from app.records.kinds import OTHER

_BY_ACT: Mapping[Act, tuple[Method, ...]] = MappingProxyType({Act.DESTROY: DESTROYING, Act.ERASE: ERASING})


def meant(question: Question, disposal: Disposal) -> bool:
    """Whether the clause speaks of this way of disposal; a way in free words may be any."""
    acts = [act for act in question.asks.acts if act in _BY_ACT] or list(_BY_ACT)
    return disposal.method.startswith(OTHER) or any(disposal.method in _BY_ACT[act] for act in acts)
