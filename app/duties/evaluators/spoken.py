"""Whether the way of a report was by word or on paper, whatever its stage says."""

from __future__ import annotations

_WORDS = ("電話", "口頭", "対面", "面談", "訪問")
_PAPERS = (
    "メール",
    "FAX",
    "ＦＡＸ",
    "ファクス",
    "ファックス",
    "郵送",
    "書面",
    "文書",
    "書類",
    "持参",
    "提出",
    "チャット",
)
"""Words in the way of a report that tell what was spoken from what can be read."""


def by_word(how: str) -> bool:
    """Whether the way of a report was by word alone, whatever its stage says."""
    return any(word in how for word in _WORDS) and not any(word in how for word in _PAPERS)


def on_paper(how: str) -> bool:
    """Whether the way of a report was in writing alone, whatever its stage says."""
    return any(word in how for word in _PAPERS) and not any(word in how for word in _WORDS)
