"""A round: the same thing confirmed for several clauses or contracts on one day, a record for each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.records import SPECS, Contract, Facts
from app.ui.context import Context
from app.ui.editor.ask_dialog import AskDialog, asked
from app.ui.editor.tick_list import TickList
from app.ui.parts.tables.spaced_lines import make_roomy
from app.ui.parts.widgets import button, label, row
from app.work.jobs import Job
from app.work.states import named

_SHARED: Mapping[str, tuple[tuple[str, bool], ...]] = MappingProxyType(
    {
        "attestation": (("confirmed_on", True), ("kept", True), ("how", True), ("remark", False)),
        "audit": (("kind", True), ("held_on", True), ("auditor", False), ("place", False)),
    }
)
"""Record type → the fields asked once for all, and whether each is needed."""


class RoundDialog(AskDialog):
    """What is the same for all, and a tick for each record that is made."""

    def __init__(self, context: Context, job: Job) -> None:
        name = SPECS[job.record].label
        super().__init__(
            context,
            f"{name}をまとめて登録",
            "実際に行ったものだけを選んでください。選んだものに1件ずつ記録します。",
            [asked(job.record, field, need=need) for field, need in _SHARED[job.record]],
            # A confirmation is given here and now; on which day something was held, only the officer knows.
            {"confirmed_on": context.today()},
            "記録する",
        )
        self._job = job
        self.list = TickList("対象")
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * 10)
        self._problem = label("", "error")
        self._problem.hide()
        self._fill(context.facts())
        self.body.insertLayout(0, row(label("対象", "h3"), None, button("すべて選ぶ", self.list.tick_all)))
        self.body.insertWidget(1, self.list)
        self.body.insertWidget(2, self._problem)

    def records(self) -> list[Mapping[str, Any]]:
        """The fields of each record that is to be made."""
        return [{**self.values, **dict(self._job.entries[at])} for at in self.list.ticked]

    def accept(self) -> None:
        nothing = not self.list.ticked
        self._problem.setText("対象を1件以上選んでください。" if nothing else "")
        self._problem.setVisible(nothing)
        if not nothing:
            super().accept()

    def _fill(self, facts: Facts) -> None:
        for entry in self._job.entries:
            self.list.add(_entry_words(facts, dict(entry)))
        make_roomy(self.list)


def record_round(context: Context, job: Job) -> bool:
    """Ask what was done and for what, and record it whole or not at all. True if something was written."""
    dialog = RoundDialog(context, job)
    name = SPECS[job.record].label
    dialog.write = lambda _values: _write(context, job.record, f"{name}をまとめて登録", dialog.records())
    written = context.dialogs.show(dialog)
    if written:
        context.say(f"{name}を{len(dialog.records())}件登録しました。")
    return written


def _write(context: Context, record: str, reason: str, made: list[Mapping[str, Any]]) -> None:
    with context.ledger.write(reason) as change:
        for values in made:
            change.add(SPECS[record].cls(**values))


def _entry_words(facts: Facts, entry: Mapping[str, Any]) -> str:
    contract = facts.get(Contract, entry["contract"])
    clause = entry.get("clause", "")
    return f"{named(facts, contract)}　{clause}".rstrip()
