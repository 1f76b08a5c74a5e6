"""What a submitted document no longer states truly, line by line: as handed in, and as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.common import Progress
from app.duties.papers.drift import ADDED, REMOVED, Difference, Drift, in_hand, outdated
from app.records import Facts, Submission
from app.ui.context import Context
from app.ui.parts.widgets import label, prose

_ONE_LINE = 8
"""Characters that are never broken into lines."""


_TOLD = 3
"""So many differences are told in a line; the rest is counted, and all stand on the document's page."""
SINCE_ISSUED = (
    "発行した後に、台帳の内容が変わりました。提出する前に作り直すか、要らないときは無効にしてください。"
)


def since_issued(
    context: Context, document: Submission, then: Callable[[Drift], None], owner: QObject
) -> None:
    """Find in the worker how the ledger changed since ``document`` was issued, for one that is not handed in.

    The engine looks at what was submitted alone: nothing said of a paper in hand that it is wrong by now.
    """
    if document.submitted_on is not None or document.voided_on is not None:
        return
    about = (context.facts(), context.catalogue, context.forms, document, context.today())

    def told(found: Drift | None) -> None:
        if found is not None:
            then(found)

    key = f"since-issued:{id(owner)}"
    context.operations.run(lambda _progress: in_hand(*about), told, owner=owner, key=key)


def differences_grid(
    facts: Facts, differences: Iterable[Difference], *, narrow: bool = False, submitted: bool = True
) -> QWidget:
    """Before and after, a line for each thing that changed; ``narrow``: below each other.

    ``submitted``: whether the document was handed in.
    """
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    top = Qt.AlignmentFlag.AlignTop
    told = [one for difference in differences for one in told_lines(facts, difference, submitted=submitted)]
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


def why_changed(facts: Facts, found: Drift, document: Submission) -> str:
    """In a line or two why ``document`` no longer agrees with the ledger, and how much more there is."""
    submitted = document.submitted_on is not None
    told = [
        f"{name}（{before} → {after}）"
        for one in found.differences
        for name, before, after in told_lines(facts, one, submitted=submitted)
    ]
    told += [fact.sentence.removesuffix("。") for fact in found.missing]
    more = f"　ほか{len(told) - _TOLD}件" if len(told) > _TOLD else ""
    said = "届け出た内容と現況が違います。" if submitted else SINCE_ISSUED
    return f"{document.number}：{said}{'、'.join(told[:_TOLD])}{more}"


def told_lines(facts: Facts, difference: Difference, *, submitted: bool = True) -> list[tuple[str, str, str]]:
    """What changed, what it was as handed in, what it is now.

    What is new or gone is told by its name alone; what changed, label by label.
    """
    name = _name(facts, difference)
    if difference.kind == ADDED:
        starts = next((f"（{what} {after}）" for what, _, after in difference.lines if "開始" in what), "")
        return [(name, "届出なし" if submitted else "記載なし", f"追加{starts}")]
    if difference.kind == REMOVED:
        return [(name, "届出あり", "終了") if submitted else (name, "記載あり", "台帳になし")]
    return [
        (f"{name}：{what}", before or "なし", after or "なし") for what, before, after in difference.lines
    ]


def _name(facts: Facts, difference: Difference) -> str:
    """How people call the thing: as the document states it, else as the ledger does."""
    return difference.name or facts.title(facts.stated(difference.key)) or difference.key


class InHand:
    """Which papers that are not handed in the ledger has moved away from, found out beside the window."""

    def __init__(self, context: Context, changed: Callable[[], None], owner: QObject) -> None:
        self.drifts: Mapping[int, Drift] = {}
        """By the id of the paper, as far as it is known: those of the ledger before stand until the next."""
        self._context = context
        self._changed = changed
        self._owner = owner
        self._of: tuple[Facts, date] | None = None

    def look(self) -> None:
        """Hold them against the ledger of now and tell where that changes anything; in the worker."""
        context = self._context
        facts, day = now = context.facts(), context.today()
        if self._of is not None and self._of[0] is facts and self._of[1] == day:
            return
        self._of = now
        catalogue, forms, papers = context.catalogue, context.forms, facts.all(Submission)

        def work(progress: Progress) -> dict[int, Drift]:
            found: dict[int, Drift] = {}
            for at, one in enumerate(papers):
                progress.step(at, len(papers))
                for drift in outdated(facts, catalogue, forms, (one,), day):
                    found[one.id] = drift
            return found

        context.operations.run(work, self._take, owner=self._owner, key=f"in-hand:{id(self)}")

    def _take(self, found: Mapping[int, Drift]) -> None:
        if found != self.drifts:
            self.drifts = found
            self._changed()
