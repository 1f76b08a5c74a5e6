"""The acts that bind whoever works for a municipality, whether or not the annex of the contract says so.

Sources: 個人情報の保護に関する法律（平成15年法律第57号）: 第66条第2項 extends its 第1項 to those to whom a
municipality entrusts personal information; 第67条 and the penalties of 第176条, 第180条 and 第183条 hold for
those who do the work or did it. 行政手続における特定の個人を識別するための番号の利用等に関する法律
（平成25年法律第27号）: 第12条 binds whoever handles individual numbers, 第48条, 第49条 and 第51条 punish,
第57条 extends the penalties to the company.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.annexes.choices import AppliesTo, Article
from app.duties.case import Case
from app.duties.view import covers
from app.records.contract import Information, Option

_PRIVACY = "個人情報の保護に関する法律"
_NUMBERS = "行政手続における特定の個人を識別するための番号の利用等に関する法律"

ALWAYS = (
    Article(_PRIVACY, "第66条", "安全管理措置"),
    Article(_PRIVACY, "第67条", "従事者の義務"),
    Article(_PRIVACY, "第176条", "罰則"),
    Article(_PRIVACY, "第180条", "罰則"),
    Article(_PRIVACY, "第183条", "罰則"),
)
"""Where personal information is handled."""
NUMBERS = (
    Article(_NUMBERS, "第12条", "個人番号の適切な管理"),
    Article(_NUMBERS, "第48条", "罰則"),
    Article(_NUMBERS, "第49条", "罰則"),
    Article(_NUMBERS, "第51条", "罰則"),
    Article(_NUMBERS, "第57条", "罰則"),
)
"""Where specific personal information (特定個人情報) is handled."""


def binding(case: Case, named: Iterable[Article]) -> tuple[Article, ...]:
    """The articles that the clause names, then those of the acts that it does not name at all."""
    held = tuple(named)
    acts = {one.act for one in held}
    found = (*(ALWAYS if _personal(case) else ()), *(NUMBERS if _numbers(case) else ()))
    return (*held, *(one for one in found if one.act not in acts))


def _personal(case: Case) -> bool:
    """A contract that does not say what it handles is taken to handle personal information."""
    held = case.contract.information
    return not held or any(covers(AppliesTo.PERSONAL, one) for one in held) or _numbers(case)


def _numbers(case: Case) -> bool:
    contract = case.contract
    switched_on = any(Option.SPECIFIC_PERSONAL in row.options for row in contract.annexes)
    return switched_on or Information.SPECIFIC_PERSONAL in contract.information
