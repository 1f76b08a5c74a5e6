"""What a submitted document no longer states truly, line by line: as handed in, and as it is now."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.duties.papers.drift import ADDED, REMOVED, Difference
from app.records import Facts
from app.ui.parts.widgets import label, prose

_ONE_LINE = 8
"""Characters that are never broken into lines."""


def differences_grid(facts: Facts, differences: Iterable[Difference], *, narrow: bool = False) -> QWidget:
    """Before and after, a line for each thing that changed; ``narrow``: below each other."""
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    top = Qt.AlignmentFlag.AlignTop
    told = [one for difference in differences for one in told_lines(facts, difference)]
    for at, (name, before, after) in enumerate(told):
        if narrow:
            grid.addWidget(label(name, "sub"), 2 * at, 0, top)
            grid.addWidget(prose(f"{before} → {after}"), 2 * at + 1, 0, top)
            continue
        grid.addWidget(label(name, "sub"), at, 0, top)
        grid.addWidget(label(before) if len(before) <= _ONE_LINE else prose(before), at, 1, top)
        grid.addWidget(label("→", "sub"), at, 2, top)
        grid.addWidget(prose(after), at, 3)
    grid.setColumnStretch(0 if narrow else 3, 2)
    if not narrow and any(len(before) > _ONE_LINE for _, before, _ in told):
        grid.setColumnStretch(1, 1)
    return widget


def told_lines(facts: Facts, difference: Difference) -> list[tuple[str, str, str]]:
    """What changed, what it was as handed in, what it is now.

    What is new or gone is told by its name alone; what changed, label by label.
    """
    name = _name(facts, difference)
    if difference.kind == ADDED:
        starts = next((f"（{what} {after}）" for what, _, after in difference.lines if "開始" in what), "")
        return [(name, "届出なし", f"追加{starts}")]
    if difference.kind == REMOVED:
        return [(name, "届出あり", "終了")]
    return [
        (f"{name}：{what}", before or "なし", after or "なし") for what, before, after in difference.lines
    ]


def _name(facts: Facts, difference: Difference) -> str:
    """How people call the thing: as the document states it, else as the ledger does."""
    return difference.name or facts.title(facts.stated(difference.key)) or difference.key
