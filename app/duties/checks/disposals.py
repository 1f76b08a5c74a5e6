"""Cross-checks of disposals: a method that cannot work on the medium, a verification that was not passed."""

from __future__ import annotations

from collections.abc import Iterator

from app.duties.checks.check import Check, Found, found
from app.duties.finding import Severity
from app.duties.holding.destruction import made_good, misfits, not_ended
from app.duties.verdict import shown
from app.duties.view import ContractView
from app.records import Disposal
from app.records.disposal import DisposalLine
from app.records.status import planned_mark


def _what(disposal: Disposal, line: DisposalLine) -> str:
    day = f"{shown(disposal.done_on)}の廃棄・消去{planned_mark(disposal)}"
    return f"{day}のうち{line.item}（{line.medium}）"


def _over(view: ContractView, disposal: Disposal, line: DisposalLine) -> bool:
    return made_good(view.facts, view.disposals, disposal, line) is not None


def _not_passed(view: ContractView) -> Iterator[Found]:
    """What was not ended by a disposal, and by no later one: it still counts as held."""
    for disposal in view.disposals:
        for line in disposal.lines:
            why = not_ended(disposal, line)
            if why and not _over(view, disposal, line):
                yield found(f"{_what(disposal, line)}は、{why}。", disposal)


def _misfit(view: ContractView) -> Iterator[Found]:
    for disposal in (*view.disposals, *view.planned_disposals):
        reason = disposal.method_reason
        told = f"（理由・追加の措置：{reason}）" if reason else ""
        for flaw in misfits(view.facts, disposal):
            line = disposal.lines[flaw.row]
            if not _over(view, disposal, line):
                yield found(f"{_what(disposal, line)}は、{flaw.words}{told}。", disposal)


_KINDS = ("disposal", "disposal-certificate", "return")

CHECKS = (
    Check("disposal-not-passed", "終わっていない廃棄・消去", Severity.WARNING, _KINDS, _not_passed),
    Check("disposal-misfit", "媒体に合わない方法の廃棄・消去", Severity.WARNING, _KINDS, _misfit),
)
