"""What no annex comes near, looked at before a text is read: its reader would take minutes, or gigabytes."""

from __future__ import annotations

import re

from app.annexes.files.faults import Fault

LONGEST_TEXT = 400_000
"""Characters of a text, as many as a record of the ledger holds: ten times the longest annex."""
LONGEST_LINE = 10_000
"""Characters of one line; the longest of an annex has a few hundred."""
MOST_PARTS = 32
"""Parts of one dotted key; an annex needs two. The reader's time grows with their square."""

_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
# From the beginning of a word only: else each of its characters would be tried as one.
_DOTTED = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MOST_PARTS}}}")


def beyond_measure(text: str) -> Fault | None:
    """The first thing in a text that is beyond all measure; None where there is none."""
    if len(text) > LONGEST_TEXT:
        return Fault(
            1,
            f"全体が{LONGEST_TEXT:,}文字を超えているため読めません。"
            "特記事項の書き出しから作り直すか、条項を分けてください。",
        )
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            return Fault(number, f"1行が{LONGEST_LINE:,}文字を超えているため読めません。行を分けてください。")
        if _DOTTED.search(line):
            told = f"点でつないだ名前が{MOST_PARTS}個を超えているため読めません。書き方を確かめてください。"
            return Fault(number, told)
    return None
