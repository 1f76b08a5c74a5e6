"""Rows that say in other words that a thing is gone or somebody left, and not when: asked about.

Read as they stand, a machine listed under 廃棄済 would count as in use.
"""

from __future__ import annotations

import re

from app.exchange.tables.answers.answers import Asks
from app.exchange.tables.grid import Grid
from app.exchange.tables.head import Head
from app.exchange.tables.line import Line, Problem
from app.exchange.tables.values.cells import ENDS
from app.exchange.tables.words import Words

_GONE = re.compile(
    r"廃棄|除却|処分済|撤去|使用停止|使用終了|利用終了|退職|退社|離任|転出|返却済|紛失|不使用|旧機"
)
_TITLE = re.compile(r"\W*(廃棄|除却|撤去|使用停止|使用終了|返却|退職|退社)")
_BOTH = re.compile(r"[・、／/]|及び|と|手続|申請|注意|.{20}")
"""A register of what there is and what is gone says nothing of one row by its title."""
_SAID = re.compile(r"(廃棄|除却|処分|撤去|退職|退社|返却|返納)(済|した|しました|$)|使用停止|使用終了|紛失")


class Ended:
    """Follows a table from the top and looks at each of its lines."""

    def __init__(self, grid: Grid, head: Head, words: Words) -> None:
        self._words = words
        self._ends = [path for path in ENDS if path in words.targets]
        above = [
            cell.shown for row in grid.filled() if row < head.rows[0] for cell in grid.cells(row).values()
        ]
        said = [text for text in (grid.sheet.name, *above) if _TITLE.match(text) and not _BOTH.search(text)]
        self._under = said[0].strip() if said else ""

    def band(self, text: str) -> None:
        """A row between others, which may be the title of those below."""
        self._under = text.strip() if _GONE.search(text) else ""

    def look(self, line: Line) -> None:
        """Ask, unless the line says when it ended."""
        if not self._ends or any(path in line.entry for path in self._ends):
            return
        note = str(line.entry.get("note", ""))
        why = ""
        if self._under:
            why = f"「{self._under}」の下に書かれています"
        elif _SAID.search(note):
            why = f"備考に「{note[:20]}」とあります"
        if why:
            label = self._words.targets[self._ends[0]].label
            line.problems.append(
                Problem(
                    line.row,
                    "",
                    "",
                    f"{why}が、{label}がありません。",
                    f"終わっていれば{label}を書き、続いていれば記載を改めてください。",
                    certain=False,
                    asks=Asks.ENDED,
                    path=self._ends[0],
                )
            )
