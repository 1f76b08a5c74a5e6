"""改定: what a version changes, what that does to contracts under a former one, and bringing them over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.annexes.annex import Annex
from app.annexes.kinds import kind_label
from app.annexes.overrides import called
from app.annexes.revision import compare
from app.common import PeopleError, Progress
from app.duties.duty import Duty
from app.duties.whatif.revision_effects import UNMOVED, Effects, effects
from app.records import Contract
from app.records.days import wareki
from app.ui.annexes.comparison import Comparison
from app.ui.context import Context
from app.ui.inputs.base import Combo
from app.ui.operations import Job
from app.ui.parts.widgets import Notice, button, clear, label, prose, row

_MOST = 8
"""Duties named one by one under a contract; the rest is counted."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A contract under a former version, and what the new one would do to it, or why nobody knows."""

    contract: Contract
    version: int
    effects: Effects | None
    problem: str = ""


class RevisionView(QWidget):
    """``applied`` after contracts were brought over."""

    applied = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._annex: Annex | None = None
        self._job: Job | None = None
        self._published = False
        self.former = Combo()
        self.former.setAccessibleName("比べる版")
        self.former.activated.connect(self._compare)
        self.comparison = Comparison()
        self.boxes: dict[int, QCheckBox] = {}
        self._contracts = QVBoxLayout()
        self._contracts.setSpacing(10)
        self.notice = Notice()
        self.apply_button = button("選んだ契約に適用する", self.apply, kind="primary")
        beside = QWidget()
        beside.setProperty("role", "page")
        column = QVBoxLayout(beside)
        column.setContentsMargins(12, 0, 10, 10)
        column.setSpacing(10)
        column.addWidget(label("契約への影響", "h2"))
        column.addWidget(prose("発行済みの書類は、発行したときの条項のまま残ります。", "hint"))
        column.addWidget(self.notice)
        column.addLayout(self._contracts)
        column.addLayout(row(self.apply_button, None))
        column.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(_scrolled(self.comparison, "条項の相違"))
        split.addWidget(_scrolled(beside, "契約への影響"))
        split.setSizes([5000, 5000])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(row(label("比べる版", "sub"), self.former, None))
        layout.addWidget(split, 1)

    def load(self, annex: Annex | None, *, published: bool) -> None:
        """Show what ``annex`` changes; None: it has faults and cannot be compared."""
        self._annex, self._published = annex, published
        if annex is None:
            self.notice.say("条項の誤りを直すと、前の版と比べられます。", "warn")
            return
        chosen = self.former.currentData()
        self.former.clear()
        for version in reversed(former_versions(self._context, annex)):
            self.former.addItem(f"第{version}版", version)
        self.former.setCurrentIndex(max(0, self.former.findData(chosen)))
        self._compare()
        self._reckon(annex)

    def apply(self) -> None:
        """Bring the contracts that are ticked under this version, all or none."""
        annex, context = self._annex, self._context
        chosen = [number for number, box in self.boxes.items() if box.isChecked()]
        if annex is None or not chosen:
            return
        contracts = [context.facts().get(Contract, number) for number in chosen]
        if not context.dialogs.ask(
            f"{len(contracts)}件の契約を「{annex.title}」第{annex.version}版に移しますか？",
            "適用する",
            detail="1つの操作として記録し、「元に戻す」で取り消せます。",
        ):
            return

        def work(progress: Progress) -> int:
            from app.exchange.applying import apply_revision

            return len(apply_revision(context.ledger, context.catalogue, annex, contracts, progress))

        self._job = context.operations.run(work, self._done, title="新しい版の適用", owner=self)

    def _done(self, count: int) -> None:
        late = self._job.late if self._job is not None else ""
        self._context.say(f"{late}{count}件の契約に適用しました。")
        self.applied.emit()

    def _compare(self) -> None:
        version = self.former.currentData()
        if self._annex is not None and version is not None:
            old = self._context.catalogue.annex(self._annex.key, version)
            self.comparison.show_revision(compare(old, self._annex))

    def _reckon(self, annex: Annex) -> None:
        context = self._context
        facts, catalogue, forms, day = context.facts(), context.catalogue, context.forms, context.today()
        held = [
            (contract, row.version)
            for contract in facts.all(Contract)
            for row in contract.annexes
            if row.annex == annex.key and row.version != annex.version and contract.last_day >= day
        ]

        def work(progress: Progress) -> list[_Found]:
            found = []
            for number, (contract, version) in enumerate(held):
                progress.step(number, len(held), contract.title)
                try:
                    made = effects(facts, catalogue, forms, day, contract, annex)
                    found.append(_Found(contract, version, made))
                except PeopleError as error:
                    found.append(_Found(contract, version, None, str(error)))
            return found

        context.operations.run(work, self._show, owner=self, key="annex-revision")

    def _show(self, found: list[_Found]) -> None:
        ticked = {number for number, box in self.boxes.items() if box.isChecked()}
        clear(self._contracts)
        self.boxes = {}
        for one in found:
            self._contracts.addWidget(self._card(one, one.contract.id in ticked))
        if not found:
            self.notice.say("ほかの版が付いている履行中の契約はありません。", "info")
        elif not self._published:
            self.notice.say("この版を確定すると、契約に適用できます。", "info")
        else:
            self.notice.say("")
        self.apply_button.setVisible(bool(found) and self._published)
        self._allow()

    def _card(self, one: _Found, ticked: bool) -> QWidget:
        frame = QFrame()
        frame.setProperty("role", "rowbox")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(6)
        text = f"{one.contract.title}（第{one.version}版）"
        if one.effects is None:
            layout.addWidget(prose(text, "h3"))
            layout.addWidget(prose(one.problem, "error"))
            return frame
        box = self.boxes[one.contract.id] = QCheckBox(text)
        box.setAccessibleName(f"適用する契約：{one.contract.title}")
        box.setChecked(ticked)
        box.setEnabled(self._published)
        box.toggled.connect(self._allow)
        layout.addWidget(box)
        for heading, lines in _told(one.effects):
            layout.addWidget(label(heading, "sub"))
            more = [f"ほか{len(lines) - _MOST}件"] if len(lines) > _MOST else []
            layout.addWidget(prose("\n".join((*lines[:_MOST], *more))))
        return frame

    def _allow(self) -> None:
        self.apply_button.setEnabled(any(box.isChecked() for box in self.boxes.values()))


def former_versions(context: Context, annex: Annex) -> tuple[int, ...]:
    """The published versions before this one, ascending."""
    return tuple(one for one in context.catalogue.versions(annex.key) if one < annex.version)


def _told(made: Effects) -> Iterator[tuple[str, list[str]]]:
    """What the version would do, as headings with lines; a heading alone where it would do nothing."""
    moved = [f"{_named(one.after)}：{_stands(one.before)} → {_stands(one.after)}" for one in made.moved]
    dropped = [f"{one.clause}の{called(one.name)}（{one.value}）" for one in made.dropped]
    groups = (
        ("新たに生じる義務", [f"{_named(duty)}：{_stands(duty)}" for duty in made.appearing]),
        ("なくなる義務", [_named(duty) for duty in made.disappearing]),
        ("状態や期限が変わる義務", moved),
        ("新しい版では数えない遵守確認と条文の控え", [one.clause for one in made.outdated]),
        ("引き継がれない、契約で定めた数値", dropped),
    )
    told = [(heading, lines) for heading, lines in groups if lines]
    yield from told or [(UNMOVED, [])]


def _named(duty: Duty) -> str:
    return f"{duty.clause.number} {kind_label(duty.kind)}"


def _stands(duty: Duty) -> str:
    return f"{duty.state.label}（{wareki(duty.due)}）" if duty.due else duty.state.label


def _scrolled(inner: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    area.setWidget(inner)
    return area
