"""What was proposed for a paragraph: kinds with their parameters, and moments, each to be ticked or not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.annexes.kinds import KINDS, When, kind_label
from app.annexes.reading.review.model import Detail, Item, Pick, State
from app.ui.annexes.reading.words import detail_words, reason
from app.ui.parts.space.flow import FlowLayout, flow
from app.ui.parts.widgets import button, clear, em, label, prose, row

KEYED = 9
"""Proposals that have a key: Alt and their number."""


class PicksView(QWidget):
    """Check boxes, the least sure first; what is ticked by hand is handed to the functions given."""

    def __init__(
        self,
        turn: Callable[[str], None],
        detail: Callable[[Detail, bool], None],
        moments: Callable[[list[str]], None],
    ) -> None:
        super().__init__()
        self._turn, self._detail, self._moments = turn, detail, moments
        self._item: Item | None = None
        self.boxes: dict[str, QCheckBox] = {}
        self.details: list[QCheckBox] = []
        self.moments: dict[str, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_item(self, item: Item) -> None:
        """Show the proposals of a paragraph."""
        self._item = item
        clear(self._column)
        self.boxes, self.details, self.moments = {}, [], {}
        self._column.addWidget(label("義務の種別", "h3"))
        if not item.picks:
            self._column.addWidget(prose(_nothing(item), "sub"))
        for number, pick in enumerate(shown(item), 1):
            self._column.addWidget(self._pick(number, pick, item))
        known = {pick.kind for pick in item.picks}
        if offered := [kind for kind in item.offered if kind not in known]:
            self._column.addWidget(label("ほかに考えられる種別（当たらないことが多いもの）", "hint"))
            first = len(item.picks) + 1
            made = (self._offered(kind, number) for number, kind in enumerate(offered, first))
            self._column.addLayout(flow(*made))
        if item.kinds or any(item.unsure(one) for one in item.moments if one.when != When.INFO):
            self._column.addWidget(label("時期", "h3"))
            self._column.addWidget(self._when(item))

    def _pick(self, number: int, pick: Pick, item: Item) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        key = f"{number}　" if number <= KEYED else ""
        box = self.boxes[pick.kind] = QCheckBox(f"{key}{kind_label(pick.kind)}")
        box.setChecked(pick.ticked)
        box.setAccessibleName(f"義務の種別：{kind_label(pick.kind)}")
        box.setAccessibleDescription(reason(pick, item))
        box.setToolTip(KINDS[pick.kind].about + (f"\nAlt+{number}でも切り替わります。" if key else ""))
        # Qt hands whether it is ticked to a function alone, never to a partial one.
        box.clicked.connect(lambda _on: self._turn(pick.kind))
        doubt = label("要確認", "chip", tone="warn") if pick.doubtful and not item.state.decided else None
        column.addLayout(flow(box, *([doubt] if doubt else [])))
        column.addLayout(row(em(self, 2), prose(reason(pick, item), "hint")))
        for one in item.details:
            if one.kind == pick.kind:
                column.addLayout(row(em(self, 2), self._parameter(one, item)))
        return holder

    def _offered(self, kind: str, number: int) -> QWidget:
        key = f"{number}　" if number <= KEYED else ""
        made = button(f"＋ {key}{kind_label(kind)}", partial(self._turn, kind), kind="quiet")
        made.setAccessibleName(f"種別「{kind_label(kind)}」を加える")
        made.setToolTip(KINDS[kind].about)
        return made

    def _parameter(self, one: Detail, item: Item) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        box = QCheckBox("")
        words = detail_words(one)
        holds = one.kind in item.kinds
        box.setChecked(one.ticked and holds)
        # Without its kind it says nothing, and to turn it would decide the paragraph.
        box.setEnabled(holds)
        box.setAccessibleName(f"{kind_label(one.kind)}の条件：{words}")
        box.setAccessibleDescription(reason(one, item))
        box.clicked.connect(lambda on: self._detail(one, on))
        self.details.append(box)
        told = prose(f"{words}　{reason(one, item)}", "hint")
        line = row(box)
        line.setAlignment(box, Qt.AlignmentFlag.AlignTop)
        line.addWidget(told, 1)
        column.addLayout(line)
        return holder

    def _when(self, item: Item) -> QWidget:
        holder = QWidget()
        layout = FlowLayout(holder, spacing=8)
        held = {one.when: one for one in item.moments}
        for when in When:
            if when is When.INFO:
                continue
            box = self.moments[str(when)] = QCheckBox(when.label)
            box.setAccessibleName(f"時期：{when.label}")
            box.setChecked(when in item.when)
            # Without any kind there is nothing to be due, and to turn it would decide the paragraph.
            box.setEnabled(bool(item.kinds))
            if when in held:
                box.setToolTip(reason(held[when], item))
            box.clicked.connect(lambda _on: self._timed())
            if when in held and item.unsure(held[when]):
                box.setAccessibleDescription(f"要確認　{reason(held[when], item)}")
                layout.add_layout(row(box, label("要確認", "chip", tone="warn")))
            else:
                layout.addWidget(box)
        return holder

    def _timed(self) -> None:
        self._moments([when for when, box in self.moments.items() if box.isChecked()])


def keyed(item: Item) -> list[str]:
    """The kinds that Alt and a number turn: those proposed, then those that are only possible."""
    known = [pick.kind for pick in shown(item)]
    return (known + [kind for kind in item.offered if kind not in known])[:KEYED]


def shown(item: Item) -> list[Pick]:
    """The kinds in the order in which they are shown and numbered: as the text leads to them."""
    return sorted(item.picks, key=lambda pick: pick.spans[:1] or ((len(item.text), 0),))


def _nothing(item: Item) -> str:
    if item.state in (State.ACCEPTED, State.CHANGED):
        return "この条項が求めることはないと確かめました。義務があれば、種別を選んでください。"
    if item.silent:
        return f"義務のない条項と読み取りました。{item.silent}"
    return (
        "この条項から義務は見つかりませんでした。義務がないと決まったわけではありません。"
        "条文を確かめ、あれば種別を選んでください。"
    )
