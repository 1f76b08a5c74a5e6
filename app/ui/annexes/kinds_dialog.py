"""Choosing the kinds of a clause: every kind with what it asks, searched by any word."""

from __future__ import annotations

from collections.abc import Sequence

from app.annexes.kinds import KINDS
from app.records.spelling.fold import holds, words_of
from app.ui.annexes.ticking_dialog import Ticked, TickingDialog
from app.ui.parts.live_line import search_line
from app.ui.parts.narrowed import nothing_fits

_ABOUT = "条項が受注者に求めることを選びます。求めることがない条項では選びません。"


class KindsDialog(TickingDialog[str]):
    """Check boxes with explanations; ``chosen`` are the names, those that there were before first."""

    def __init__(self, chosen: Sequence[str]) -> None:
        self._before = list(chosen)
        search = search_line("義務の種別を検索")
        kinds = (Ticked(one.name, one.label, one.about, one.name in chosen) for one in KINDS.values())
        super().__init__("義務の種別を選ぶ", _ABOUT, kinds, called="義務の種別", high=38, above=search)
        self.search = search
        self.search.followed.connect(self._filter)
        self.stack.addWidget(nothing_fits("義務の種別", self.search.clear))

    @property
    def chosen(self) -> list[str]:
        """The names ticked."""
        ticked = self.ticked
        kept = [name for name in self._before if name in ticked]
        return kept + [name for name in ticked if name not in kept]

    def _filter(self, text: str) -> None:
        words = words_of(text)
        found = {name for name in self.lines if holds(words, KINDS[name].label, KINDS[name].about)}
        for name, line in self.lines.items():
            line.setVisible(name in found)
        self.stack.setCurrentIndex(0 if found else 1)
