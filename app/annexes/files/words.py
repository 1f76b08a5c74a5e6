"""What people read for what an annex says of itself, and for the words that it has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WORD_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "client": "発注者の語",
        "vendor": "受注者の語",
        "subcontractor": "再委託先の語",
        "responsible": "責任者の語",
        "workers": "従事者の語",
        "place": "作業場所の語",
        "devices": "機器の語",
        "information": "情報の語",
    }
)
"""Each of ``WORDS``: the annex's own term for it."""

HEAD_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "key": "識別名",
        "title": "題名",
        "version": "版",
        "source": "出典",
        "in_force_from": "適用の始まり",
        "in_force_until": "適用の終わり",
    }
)
"""What an annex says of itself as a whole."""
