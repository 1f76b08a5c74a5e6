"""Why a paragraph asks nothing of the vendor, where its words say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from app.annexes.reading.understanding.prepared import Prepared
from app.annexes.reading.understanding.sentences import Mode, Sentence, Who
from app.annexes.reading.understanding.wording import resource, wording


def silence(prepared: Prepared) -> str:
    """One reason in Japanese that holds for every sentence; empty where a sentence has none.

    The empty answer must never be taken for "nothing is asked".
    """
    reasons = [_reason(one) for one in prepared.sentences]
    return reasons[0] if reasons and all(reasons) else ""


def _reason(sentence: Sentence) -> str:
    for said, pattern in reasons().items():
        if pattern.search(sentence.text):
            return said
    if sentence.who is Who.CLIENT:
        return "発注者が行うことです。"
    if sentence.mode is Mode.ALLOWS:
        return "受注者ができることで、義務ではありません。"
    return ""


@cache
def reasons() -> Mapping[str, re.Pattern[str]]:
    """What people read → the words of such a sentence."""
    return {one["said"]: wording().compiled(one["words"]) for one in resource("silence.toml")["reason"]}
