"""点検 as papers tell of them: which of them, what was looked at, and with which result."""

from __future__ import annotations

from typing import Any

from app.duties.case import Case
from app.printing.type.wareki import wareki
from app.records import Asset, BackupRun, Check, Device, Improvement, Location, Rule, System
from app.records.check import CheckKind, Result
from forms.layout.period import UNRECORDED, falls
from forms.parts.about import About
from forms.parts.texts import lines, unique


def checks_of(case: Case, *kinds: str) -> tuple[Check, ...]:
    """The checks of some kinds that cover the contract and fall into the period, by day."""
    held = case.facts.covering(Check, case.contract.id)
    found = (one for one in held if one.kind in kinds and falls(case, one.done_on))
    return tuple(sorted(found, key=lambda one: (one.done_on, one.id)))


def about_checks(*kinds: CheckKind) -> About[Check]:
    """Papers about single checks of some kinds."""

    def select(case: Case) -> tuple[Check, ...]:
        return checks_of(case, *kinds)

    named = "・".join(kinds)
    return About(
        Check,
        select,
        past=True,
        empty=f"対象期間に、この契約についての{named}の点検の記録がありません。点検を登録してください。",
    )


def subject_of(case: Case, check: Check, *, placed: bool = True) -> str:
    """What was looked at: the place (where ``placed``), what else is named, the checker's own words."""
    facts = case.facts
    place, system = facts.find(Location, check.location), facts.find(System, check.system)
    asset, device = facts.find(Asset, check.asset), facts.find(Device, check.device)
    rule, backup = facts.find(Rule, check.rule), facts.find(BackupRun, check.backup)
    named = unique(
        (
            place.name if place and placed else "",
            system.name if system else "",
            f"{asset.number}　{asset.item}" if asset else "",
            device.control_number if device else "",
            rule.title if rule else "",
            f"バックアップ（{wareki(backup.done_on)}）　{backup.what}" if backup else "",
            check.document,
        )
    )
    return lines(*named, check.subject) or UNRECORDED


def result_of(check: Check) -> str:
    """How many items were found right and wrong; a check without items has no result on record."""
    if not check.items:
        return f"結果の{UNRECORDED}"
    counts = ((result, sum(row.result == result for row in check.items)) for result in Result)
    return "　".join(f"{result}{count}件" for result, count in counts if count)


def mending_of(case: Case, check: Check) -> str:
    """What was done about what was found wrong: as the check says, and by improvements known by the day."""
    held = case.facts.of(Improvement, "own_check", check.id)
    told = (_improved(case, one) for one in held if one.found_on <= case.day)
    return lines(check.action, *told)


def _improved(case: Case, one: Improvement) -> str:
    done = one.done_on if one.done_on and one.done_on <= case.day else None
    state = f"{wareki(done)}に実施" if done else "未実施"
    return f"改善　{one.finding}（{state}）"


def items_of(check: Check) -> str:
    """Every item with its result, as the statement keeps them."""
    return "／".join("　".join(filter(None, _item(row))) for row in check.items) or result_of(check)


def _item(row: Any) -> tuple[str, ...]:
    return row.measure, row.item, row.result, row.evidence, row.remark
