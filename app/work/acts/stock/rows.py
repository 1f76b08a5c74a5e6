"""How one thing of a stock-take stands, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.records import Asset, Device
from app.records.amounts import Amount, amount_text

ABSENT = "なし"


class Seen(StrEnum):
    """How one thing stands, in the order in which it is told."""

    ABSENT = ABSENT
    SHORT = "数量不足"
    OVER = "数量超過"
    ELSEWHERE = "場所違い"
    RETIRED = "使用終了のもの"
    GONE = "残数量のないもの"
    UNUSED = "使用の登録なし"
    OTHER = "対象外のもの"
    UNKNOWN = "台帳にない番号"
    OPEN = "未確認"
    UNCOUNTED = "数量未確認"
    FOUND = "あり"


OFFENDING = (
    Seen.ABSENT,
    Seen.SHORT,
    Seen.OVER,
    Seen.ELSEWHERE,
    Seen.RETIRED,
    Seen.GONE,
    Seen.UNUSED,
    Seen.OTHER,
    Seen.UNKNOWN,
)
"""What has to be put right."""
LEFT = (Seen.OPEN, Seen.UNCOUNTED)
"""What is still to be looked at."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: its number, what it is in the ledger, and how it stands.

    ``fact``: why it stands so, as it is written down. ``way``: what is to be done, told on the screen alone.
    Of an asset ``due``: how many should be there; ``counted``: how many were, None where nobody counted.
    """

    number: str
    device: Device | None
    seen: Seen
    fact: str = ""
    way: str = ""
    asset: Asset | None = None
    due: Amount | None = None
    counted: Amount | None = None

    @property
    def told(self) -> str:
        """Both, in one line."""
        return self.fact + self.way

    @property
    def what(self) -> str:
        """What it is, in words; empty for what the ledger does not know."""
        if self.asset is not None:
            return f"{self.asset.medium}　{self.asset.item}"
        return self.device.kind if self.device else ""

    @property
    def amount(self) -> str:
        """How many of how many: 10／12枚; empty for what is not counted."""
        if self.asset is None:
            return ""
        there = "－" if self.counted is None else amount_text(self.counted)
        whole = "" if self.due is None else f"／{amount_text(self.due)}"
        return f"{there}{whole}{self.asset.unit}"
